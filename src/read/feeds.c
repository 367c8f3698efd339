/* RSS (0.9x, 1.0 as RDF, 2.0) and Atom items, and the XML that PETRARCH's users have. The whole text is taken where the feed carries
 * it (content:encoded, Atom's content), else the summary, with a note, because a summary is not the story. Titles may hold HTML, even
 * twice escaped. Then: which XML is it? */
#include "read/xml.h"

static const dem_xml *prefixed(const dem_xml *node, const char *name) { /* a kid by its name as written */
  for (const dem_xml *kid = node ? node->kid : NULL; kid; kid = kid->next)
    if (dem_str_is(kid->name, name)) return kid;
  return NULL;
}

static dem_str line_of(dem_doc *doc, const dem_xml *node, const char *name) { return dem_xml_line(doc, prefixed(node, name)); }

static dem_str first_line(dem_doc *doc, const dem_xml *node, const char *const *names) {
  dem_str line = {NULL, 0};
  for (; *names && !line.len; names++) line = line_of(doc, node, *names);
  return line;
}

/* ---- items ---- */

static void take_text(dem_doc *doc, const dem_xml *whole, const dem_xml *summary) {
  dem_blocks blocks = {0};
  dem_xml_body(doc, whole, &blocks);
  if (!blocks.n) {
    dem_xml_body(doc, summary, &blocks);
    if (blocks.n)
      dem_doc_note(doc, "summary", DEM_S("the feed has a summary only; the story is behind its link"), (dem_span){0, 0});
  }
  dem_read_body(doc, &blocks);
  if (!doc->text.len) dem_doc_note(doc, "empty", DEM_S("the item has no text of its own"), (dem_span){0, 0});
}

/* Atom's <link href rel>; RSS's <link>text</link>. */
static dem_str link_of(dem_doc *doc, const dem_xml *item) {
  for (const dem_xml *kid = item->kid; kid; kid = kid->next) {
    if (!dem_str_is(kid->name, "link") && !dem_str_is(kid->name, "atom:link")) continue;
    dem_str href = dem_xml_get(kid, "href"), rel = dem_xml_get(kid, "rel");
    if (href.len && rel.len && !dem_str_is(rel, "alternate")) continue;
    href = href.len ? dem_read_clean(&doc->arena, href) : dem_xml_line(doc, kid);
    if (dem_read_is_url(href)) return href;
  }
  return (dem_str){NULL, 0};
}

static void take_author(dem_doc *doc, const dem_xml *item) {
  static const char *const names[] = {"dc:creator", "author", "itunes:author", NULL};
  dem_str line = dem_xml_line(doc, dem_xml_path(prefixed(item, "author"), "name")), bare, agency;
  if (!line.len) line = first_line(doc, item, names);
  size_t round = dem_str_find(line, DEM_S("("), 0); /* "desk@paper.example (Jane Doe)" */
  if (round != SIZE_MAX && memchr(line.data, '@', round) && dem_str_ends(line, ")"))
    line = dem_str_sub(line, round + 1, line.len - 1);
  doc->byline = dem_read_byline(line, &bare) ? bare : line;
  if (dem_read_agency_in(doc->byline, &agency)) doc->agency = agency;
}

static void take_times(dem_doc *doc, const dem_xml *item) {
  static const char *const first[] = {"published", "pubDate", "dc:date", "dcterms:created", "issued", "date", NULL};
  static const char *const last[] = {"updated", "atom:updated", "dcterms:modified", "modified", NULL};
  dem_read_wire_times(doc, first_line(doc, item, first), first_line(doc, item, last));
}

bool dem_read_feed(dem_doc *doc, const dem_xml *root) {
  const dem_xml *item = dem_xml_find(root, "item");
  bool atom = !item;
  if (atom) item = dem_str_is(root->local, "entry") ? root : dem_xml_find(root, "entry");
  if (!item) return false;
  const dem_xml *channel = atom ? root : dem_xml_kid(root, "channel");
  doc->format = DEM_S("rss");
  doc->headline = dem_xml_line(doc, dem_xml_kid(item, "title"));
  doc->url = link_of(doc, item);
  take_author(doc, item);
  take_times(doc, item);
  dem_str id = atom ? line_of(doc, item, "id") : line_of(doc, item, "guid");
  if (!doc->url.len && dem_read_is_url(id)) doc->url = id;
  if (id.len) doc->source = id;
  dem_read_wire_agency(doc, dem_xml_line(doc, prefixed(item, "source")));
  dem_read_wire_agency(doc, line_of(doc, item, "dc:publisher"));
  if (!doc->publisher.len && channel != item) doc->publisher = dem_xml_line(doc, dem_xml_kid(channel, "title"));
  dem_str language = dem_xml_line(doc, dem_xml_kid(channel, "language"));
  dem_read_language(doc, language.len ? language : dem_xml_get(root, "xml:lang"));
  const dem_xml *whole = prefixed(item, "content:encoded");
  if (!whole) whole = prefixed(item, "content");
  if (!whole) whole = prefixed(item, "atom:content");
  const dem_xml *summary = prefixed(item, "description");
  take_text(doc, whole, summary ? summary : prefixed(item, "summary"));
  return true;
}

/* ---- PETRARCH ---- */

bool dem_read_petrarch(dem_doc *doc, const dem_xml *root) {
  const dem_xml *sentence = dem_str_is(root->local, "Sentence") ? root : dem_xml_find(root, "Sentence");
  dem_blocks blocks = {0};
  if (!sentence) return false;
  doc->format = DEM_S("petrarch");
  dem_str date = dem_xml_get(sentence, "date"), id = dem_read_clean(&doc->arena, dem_xml_get(sentence, "id"));
  if (id.len) doc->source = id;
  dem_read_wire_times(doc, date, (dem_str){NULL, 0});
  dem_read_wire_agency(doc, dem_read_clean(&doc->arena, dem_xml_get(sentence, "source")));
  dem_str text = dem_xml_line(doc, dem_xml_kid(sentence, "Text"));
  if (text.len) *dem_push(&doc->arena, &blocks) = text;
  dem_read_body(doc, &blocks);
  if (!doc->text.len) dem_doc_note(doc, "empty", DEM_S("the sentence has no Text"), (dem_span){0, 0});
  return true;
}

/* ---- which XML ---- */

typedef struct family {
  const char *root, *format;
  bool (*read)(dem_doc *doc, const dem_xml *root);
} family;

static const family families[] = {
    {"rss", "rss", dem_read_feed},
    {"RDF", "rss", dem_read_feed},
    {"feed", "rss", dem_read_feed},
    {"entry", "rss", dem_read_feed},
    {"NewsML", "newsml1", dem_read_newsml1},
    {"NewsItem", "newsml1", dem_read_newsml1},
    {"newsMessage", "newsmlg2", dem_read_newsmlg2},
    {"newsItem", "newsmlg2", dem_read_newsmlg2},
    {"packageItem", "newsmlg2", dem_read_newsmlg2},
    {"nitf", "nitf", dem_read_nitf},
    {"archive", "nitf", dem_read_nitf},
    {"documents", "nitf", dem_read_nitf},
    {"Sentences", "petrarch", dem_read_petrarch},
    {"SENTENCES", "petrarch", dem_read_petrarch},
    {"Sentence", "petrarch", dem_read_petrarch},
};

static bool read_root(dem_doc *doc, const dem_xml *root) {
  for (size_t i = 0; i < sizeof families / sizeof families[0]; i++)
    if (dem_str_is(root->local, families[i].root)) return families[i].read(doc, root);
  return false;
}

void dem_read_xml(dem_doc *doc, dem_str bytes) {
  dem_str why;
  uint32_t flattened;
  const dem_xml *root = dem_xml_tree(&doc->arena, dem_read_xml_mend(doc, bytes), (uint32_t)doc->limits.depth, &flattened, &why);
  if (why.len) dem_doc_note(doc, "xml", why, (dem_span){0, 0});
  if (flattened)
    dem_doc_note(doc, "depth",
                 dem_str_format(&doc->arena, "%u elements nested too deep: their text is kept", (unsigned)flattened),
                 (dem_span){0, 0});
  if (root && read_root(doc, root)) return;
  dem_arena_fail(&doc->arena, DEMARCHE_FORMAT,
                 "XML of an unknown kind: RSS, Atom, NewsML 1.2, NewsML-G2, NITF and PETRARCH's are read");
}
