/* Getting about in an XML tree, and text out of marked-up bodies. Everything here goes by an element's local name, because the formats
 * differ in prefixes only. Recursion is as deep as the tree, which dem_xml_tree bounds. */
#include "read/html_parts.h"
#include "read/xml.h"

/* ---- looking about ---- */

static bool is_named(const dem_xml *node, const char *local) { return node->name.len && dem_str_is(node->local, local); }

const dem_xml *dem_xml_next(const dem_xml *node, const char *local) {
  for (node = node ? node->next : NULL; node && !is_named(node, local); node = node->next) continue;
  return node;
}

const dem_xml *dem_xml_kid(const dem_xml *node, const char *local) {
  const dem_xml *kid = node ? node->kid : NULL;
  return kid && !is_named(kid, local) ? dem_xml_next(kid, local) : kid;
}

/* The node after this one in document order, inside `top`; `deeper`: its kids too. */
static const dem_xml *following(const dem_xml *node, const dem_xml *top, bool deeper) {
  if (deeper && node->kid) return node->kid;
  while (node != top && !node->next) node = node->parent;
  return node == top ? NULL : node->next;
}

const dem_xml *dem_xml_find(const dem_xml *top, const char *local) {
  for (const dem_xml *node = top; node; node = following(node, top, true))
    if (node != top && is_named(node, local)) return node;
  return NULL;
}

const dem_xml *dem_xml_path(const dem_xml *node, const char *path) {
  char name[64];
  while (node && *path) {
    const char *slash = strchr(path, '/');
    size_t n = slash ? (size_t)(slash - path) : strlen(path);
    if (n >= sizeof name) return NULL;
    memcpy(name, path, n);
    name[n] = 0;
    node = dem_xml_kid(node, name);
    path += n + (path[n] == '/');
  }
  return node;
}

dem_str dem_xml_get(const dem_xml *node, const char *attribute) {
  for (uint32_t i = 0; node && i < node->attributes.n; i++)
    if (dem_str_is(node->attributes.at[i].name, attribute)) return dem_str_trim(node->attributes.at[i].value);
  return (dem_str){NULL, 0};
}

/* ---- text ---- */

typedef struct words {
  dem_arena *arena;
  char *at;
  size_t n, cap;
} words;

static void add(words *w, dem_str s) {
  if (w->cap - w->n < s.len + 1) {
    size_t cap = w->cap * 2 > w->n + s.len + 1 ? w->cap * 2 : (w->n + s.len + 1) * 2;
    char *wider = dem_arena_push(w->arena, cap);
    if (w->n) memcpy(wider, w->at, w->n);
    w->at = wider;
    w->cap = cap;
  }
  if (s.len) memcpy(w->at + w->n, s.data, s.len);
  w->n += s.len;
}

static dem_str all_text(dem_arena *arena, const dem_xml *top) {
  words w = {.arena = arena};
  for (const dem_xml *node = top; node; node = following(node, top, true)) add(&w, node->text);
  return (dem_str){w.at, w.n};
}

static dem_str one_line(dem_doc *doc, dem_str s) {
  dem_lines lines = dem_read_lines(&doc->arena, dem_read_clean(&doc->arena, s));
  words w = {.arena = &doc->arena};
  for (uint32_t i = 0; i < lines.n; i++) {
    if (i) add(&w, DEM_S(" "));
    dem_str line = lines.at[i].text;
    for (size_t k = 0; k < line.len; k++)
      if (!dem_is_space((unsigned char)line.data[k]) || (k && !dem_is_space((unsigned char)line.data[k - 1])))
        add(&w, dem_str_sub(line, k, k + 1));
  }
  return (dem_str){w.at, w.n};
}

/* Tags that were escaped twice over: "&lt;b&gt;" in a title. */
static bool has_tags(dem_str s) {
  const char *p = s.len ? memchr(s.data, '<', s.len) : NULL;
  return (p && memchr(p, '>', s.len - (size_t)(p - s.data))) || dem_str_find(s, DEM_S("&#"), 0) != SIZE_MAX ||
         dem_str_find(s, DEM_S("&amp;"), 0) != SIZE_MAX || dem_str_find(s, DEM_S("&quot;"), 0) != SIZE_MAX;
}

dem_str dem_xml_line(dem_doc *doc, const dem_xml *node) {
  if (!node) return (dem_str){NULL, 0};
  dem_str text = all_text(&doc->arena, node);
  if (has_tags(text)) {
    dem_blocks blocks = dem_read_html_fragment(doc, text);
    words w = {.arena = &doc->arena};
    for (uint32_t i = 0; i < blocks.n; i++) add(&w, blocks.at[i]), add(&w, DEM_S(" "));
    text = (dem_str){w.at, w.n};
  }
  return dem_str_trim(one_line(doc, text));
}

dem_str dem_xml_path_line(dem_doc *doc, const dem_xml *node, const char *path) {
  return dem_xml_line(doc, dem_xml_path(node, path));
}

/* ---- bodies ---- */

static bool is_one_of(const dem_xml *node, const char *const *names) {
  for (; *names; names++)
    if (is_named(node, *names)) return true;
  return false;
}

typedef struct body {
  dem_doc *doc;
  dem_blocks *blocks;
  words line; /* of the paragraph at hand */
} body;

static void end_paragraph(body *b) {
  dem_str text = dem_str_trim((dem_str){b->line.at, b->line.n});
  b->line.n = 0;
  if (!text.len) return;
  if (has_tags(text)) {
    dem_blocks inner = dem_read_html_fragment(b->doc, dem_str_copy(&b->doc->arena, text));
    for (uint32_t i = 0; i < inner.n; i++) *dem_push(&b->doc->arena, b->blocks) = inner.at[i];
    return;
  }
  text = one_line(b->doc, dem_str_copy(&b->doc->arena, text));
  if (text.len) *dem_push(&b->doc->arena, b->blocks) = text;
}

/* Text without any paragraph tags: blank lines part its paragraphs. */
static void plain_paragraphs(body *b, dem_str s) {
  dem_lines lines = dem_read_lines(&b->doc->arena, dem_read_clean(&b->doc->arena, s));
  dem_blocks blocks = dem_read_blocks(&b->doc->arena, &lines);
  for (uint32_t i = 0; i < blocks.n; i++)
    if (blocks.at[i].len) *dem_push(&b->doc->arena, b->blocks) = blocks.at[i];
}

static void add_caption(body *b, const dem_xml *media) {
  dem_str text = dem_xml_line(b->doc, dem_xml_find(media, "media-caption")),
          credit = dem_xml_line(b->doc, dem_xml_find(media, "media-producer"));
  if (!text.len) text = dem_xml_line(b->doc, dem_xml_find(media, "figcaption"));
  if (text.len) *dem_push(&b->doc->arena, &b->doc->captions) = (dem_caption){text, credit};
}

static void walk(body *b, const dem_xml *node) {
  static const char *const blocks[] = {"p",       "block", "hl2",          "h1",   "h2",   "h3",         "h4", "h5",
                                       "h6",      "li",    "ul",           "ol",   "div",  "blockquote", "bq", "section",
                                       "tr",      "table", "pre",          "dt",   "dd",           "hr", "header",
                                       "article", "body",  "body.content", "para", "lead", "paragraph",  NULL};
  static const char *const skipped[] = {"media", "figure", "script", "style", "head", "docdata", "fn", "tagline", NULL};
  if (!node->name.len) {
    add(&b->line, node->text);
    return;
  }
  if (is_one_of(node, skipped)) {
    add_caption(b, node);
    return;
  }
  bool block = is_one_of(node, blocks);
  if (block) end_paragraph(b);
  for (const dem_xml *kid = node->kid; kid; kid = kid->next) walk(b, kid);
  if (is_named(node, "td") || is_named(node, "th") || is_named(node, "br")) add(&b->line, DEM_S(" "));
  if (block) end_paragraph(b);
}

void dem_xml_body(dem_doc *doc, const dem_xml *node, dem_blocks *blocks) {
  body b = {.doc = doc, .blocks = blocks, .line = {.arena = &doc->arena}};
  bool marked = false;
  if (!node) return;
  for (const dem_xml *kid = node->kid; kid; kid = kid->next) marked |= kid->name.len > 0;
  dem_str text = marked ? (dem_str){NULL, 0} : all_text(&doc->arena, node);
  if (!marked && !has_tags(text)) {
    plain_paragraphs(&b, text);
    return;
  }
  walk(&b, node);
  end_paragraph(&b);
}
