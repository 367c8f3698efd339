/* Pulls libxml2's reader and copies what comes into the arena. The reader gets memory only and is told to open nothing; the text has
 * no DTD when it comes here, so there are no entities to expand. It runs in its huge mode, because its own limits (depth 256, text
 * of 10 MB) would lose text that ours keep, and in recovery, because feeds with a stray sign are common. Invariant: the reader is
 * closed with the arena, however the read ends. */
#include "base/xml.h"

#include <libxml/xmlreader.h>

typedef struct builder {
  dem_arena *arena;
  dem_xml *root, *here, **slot;          /* slot: where the next kid of `here` goes */
  uint32_t depth, most, flattened, over; /* over: open elements that were flattened */
} builder;

static void close_reader(void *reader) { xmlFreeTextReader(reader); }

static void be_silent(void *context, const char *message, xmlParserSeverities severity, xmlTextReaderLocatorPtr at) {
  (void)context, (void)message, (void)severity, (void)at;
}

static dem_str copy(dem_arena *arena, const xmlChar *s) {
  return s ? dem_str_copy(arena, dem_str_of((const char *)s)) : (dem_str){NULL, 0};
}

static dem_xml *add(builder *b) {
  dem_xml *node = dem_new(b->arena, dem_xml);
  node->parent = b->here;
  if (b->slot) *b->slot = node;
  b->slot = &node->next;
  return node;
}

static void attributes(builder *b, xmlTextReaderPtr reader, dem_xml *node) {
  if (xmlTextReaderMoveToFirstAttribute(reader) != 1) return;
  do {
    dem_xml_attribute *a = dem_push(b->arena, &node->attributes);
    a->name = copy(b->arena, xmlTextReaderConstName(reader));
    a->value = copy(b->arena, xmlTextReaderConstValue(reader));
  } while (xmlTextReaderMoveToNextAttribute(reader) == 1);
  xmlTextReaderMoveToElement(reader);
}

static void open_element(builder *b, xmlTextReaderPtr reader) {
  bool empty = xmlTextReaderIsEmptyElement(reader) == 1;
  if (b->depth >= b->most) {
    b->flattened++;
    b->over += !empty;
    return;
  }
  dem_xml *node = add(b);
  node->name = copy(b->arena, xmlTextReaderConstName(reader));
  node->local = node->name;
  size_t colon = dem_str_find(node->name, DEM_S(":"), 0);
  if (colon != SIZE_MAX) node->local = dem_str_sub(node->name, colon + 1, node->name.len);
  attributes(b, reader, node);
  if (!b->root) b->root = node;
  if (empty) return;
  b->here = node;
  b->slot = &node->kid;
  b->depth++;
}

static void close_element(builder *b) {
  if (b->over) {
    b->over--;
    return;
  }
  if (!b->here) return;
  b->slot = &b->here->next;
  b->here = b->here->parent;
  b->depth--;
}

static void take(builder *b, xmlTextReaderPtr reader) {
  switch (xmlTextReaderNodeType(reader)) {
    case XML_READER_TYPE_ELEMENT: open_element(b, reader); break;
    case XML_READER_TYPE_END_ELEMENT: close_element(b); break;
    case XML_READER_TYPE_TEXT:
    case XML_READER_TYPE_CDATA:
    case XML_READER_TYPE_SIGNIFICANT_WHITESPACE:
    case XML_READER_TYPE_WHITESPACE:
      if (b->here) add(b)->text = copy(b->arena, xmlTextReaderConstValue(reader));
      break;
    default: break;
  }
}

const dem_xml *dem_xml_tree(dem_arena *arena, dem_str text, uint32_t depth, uint32_t *flattened, dem_str *why) {
  enum {
    OPTIONS = XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_RECOVER | XML_PARSE_HUGE | XML_PARSE_NOCDATA
  };
  builder b = {.arena = arena, .most = depth};
  dem_deferred *slot = dem_arena_defer(arena, close_reader);
  if (text.len > INT32_MAX) dem_arena_fail(arena, DEMARCHE_LIMIT, "XML of more than 2 GiB");
  xmlTextReaderPtr reader = xmlReaderForMemory(text.data ? text.data : "", (int)text.len, NULL, "UTF-8", OPTIONS);
  if (!reader) dem_arena_fail(arena, DEMARCHE_NOMEM, "out of memory while reading XML");
  dem_deferred_hold(slot, reader);
  xmlTextReaderSetErrorHandler(reader, be_silent, NULL);
  int status;
  while ((status = xmlTextReaderRead(reader)) == 1) take(&b, reader);
  *flattened = b.flattened;
  *why = status == 0 ? (dem_str){NULL, 0}
                     : dem_str_format(arena, "not well formed near line %d: what stands before is read",
                                      xmlTextReaderGetParserLineNumber(reader));
  return b.root;
}
