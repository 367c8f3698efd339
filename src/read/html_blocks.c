/* One pass over the tokens: which elements hold which blocks of text, and what the page says of itself. It keeps a stack of open
 * elements but no tree of nodes; text goes straight into the block at hand, white space single. A start tag ends what it implies
 * (a paragraph by a block, an item by the next), an end tag ends the nearest element of its name within the same table cell; both
 * are found through links between stack entries of one name, so that no page costs more than its length. Elements nested deeper
 * than the limit are flattened: their text goes to the deepest one kept. Invariant: blocks are in text order, none is empty, and those
 * of an element are a range. Refuses: the adoption agency, foster parents, and everything else that moves nodes about. */
#include "read/html_parts.h"

enum { INLINE_DEPTH = 64 };

typedef struct open {
  dem_html_tag tag;
  dem_str name;       /* raw, of OTHER */
  uint32_t element;   /* innermost block element, this one included */
  uint32_t marks;     /* of inline elements around */
  uint16_t same;      /* stack index + 1 of the next outer entry with this tag; 0 for none */
  uint16_t cell;      /* stack index + 1 of the innermost table or cell outside this one */
  uint8_t inline_run; /* inline elements since the last block */
  bool skip, link;
} open;

typedef struct builder {
  dem_html_page *p;
  dem_arena *arena;
  dem_html h;
  dem_html_index index;
  open *stack;
  uint32_t most; /* entries of the stack */
  uint32_t depth;
  uint16_t head[DEM_TAG_COUNT]; /* stack index + 1 of the innermost */
  uint32_t over[DEM_TAG_COUNT]; /* opened past the limit and not closed */
  uint32_t skips, links;        /* open elements that skip, that are links */
  char *text;                   /* of the block at hand */
  size_t n, cap;
  bool blank; /* white space is due before the next word */
  bool broke; /* a <br> came and no text since */
  uint32_t linked, marked, marks;
} builder;

static open *top(builder *b) { return b->depth ? &b->stack[b->depth - 1] : NULL; }

static uint32_t element_here(builder *b) { return b->depth ? top(b)->element : DEM_NONE; }

/* ---- text ---- */

static void flush(builder *b) {
  b->blank = b->broke = false;
  if (!b->n) return;
  dem_html_block *block = dem_push(b->arena, &b->p->blocks);
  block->text = dem_str_copy(b->arena, (dem_str){b->text, b->n});
  block->element = element_here(b);
  block->links = b->linked;
  block->marks = (size_t)b->marked * 2 > b->n ? b->marks : 0;
  b->n = 0;
  b->linked = b->marked = b->marks = 0;
}

static void reserve(builder *b, size_t more) {
  if (b->cap - b->n >= more) return;
  size_t cap = b->cap ? b->cap : 4096;
  while (cap - b->n < more) cap *= 2;
  char *wider = dem_arena_push(b->arena, cap);
  if (b->n) memcpy(wider, b->text, b->n);
  b->text = wider;
  b->cap = cap;
}

static void append_words(builder *b, dem_str s) {
  reserve(b, s.len + 1);
  for (size_t i = 0; i < s.len;) {
    if (dem_is_space((unsigned char)s.data[i]) || !s.data[i]) { /* a NUL shows nothing, not even a gap */
      b->blank |= s.data[i] != 0;
      i++;
      continue;
    }
    size_t from = i;
    while (i < s.len && !dem_is_space((unsigned char)s.data[i]) && s.data[i]) i++;
    if (b->blank && b->n) b->text[b->n++] = ' ';
    b->blank = b->broke = false;
    memcpy(b->text + b->n, s.data + from, i - from);
    b->n += i - from;
  }
}

static void append(builder *b, const dem_html_token *t) {
  open *o = top(b);
  size_t before = b->n;
  if (b->skips || (b->depth == 0 && !b->p->elements.n && dem_str_trim(t->text).len == 0)) return;
  append_words(b, dem_html_text(b->arena, t));
  if (b->links) b->linked += (uint32_t)(b->n - before);
  if (o && o->marks) b->marked += (uint32_t)(b->n - before), b->marks |= o->marks;
}

/* ---- metadata ---- */

static dem_str value_of(builder *b, dem_str raw) { return dem_str_trim(dem_html_decode(b->arena, raw, DEM_HTML_IN_ATTRIBUTE)); }

static dem_str lowered(dem_arena *arena, dem_str s) { return dem_html_name(arena, dem_str_copy(arena, dem_str_sub(s, 0, 100))); }

static void add_meta(builder *b, dem_html_meta_kind kind, dem_str name, dem_str value) {
  if (!value.len) return;
  dem_html_meta *m = dem_push(b->arena, &b->p->metas);
  *m = (dem_html_meta){.kind = kind, .name = lowered(b->arena, name), .value = value};
  m->block = b->p->blocks.n;
  m->element = element_here(b);
}

static void take_meta(builder *b) {
  static const char *const keys[] = {"property", "name", "itemprop", "http-equiv"};
  dem_str content, key;
  if (!dem_html_get(&b->h, "content", &content)) return;
  for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++)
    if (dem_html_get(&b->h, keys[i], &key)) add_meta(b, DEM_META_NAME, key, value_of(b, content));
}

static void take_time(builder *b, dem_html_tag tag) {
  dem_str prop = {NULL, 0}, value = {NULL, 0}, classes = {NULL, 0};
  bool has = dem_html_get(&b->h, "itemprop", &prop);
  if (!has && dem_html_get(&b->h, "pubdate", &prop)) prop = DEM_S("datepublished"), has = true;
  if (!has && dem_html_get(&b->h, "class", &classes)) prop = classes;
  if (dem_html_get(&b->h, "datetime", &value) || (has && tag != DEM_TAG_META && dem_html_get(&b->h, "content", &value)))
    add_meta(b, DEM_META_TIME, prop.len ? prop : DEM_S("time"), value_of(b, value));
}

static void take_link(builder *b) {
  dem_str rel, href;
  if (dem_html_get(&b->h, "rel", &rel) && dem_html_get(&b->h, "href", &href)) add_meta(b, DEM_META_LINK, rel, value_of(b, href));
}

/* The raw text of a script or title, up to its end tag, which is passed. */
static dem_str raw_text(builder *b) {
  dem_html_token t;
  dem_str text = {NULL, 0};
  while (dem_html_next(&b->h, &t) && t.kind != DEM_HTML_END)
    if (!text.len) text = dem_html_text(b->arena, &t);
  b->h.mode = DEM_HTML_DATA;
  return text;
}

/* Elements whose content is no markup: taken whole here. True when the tag was one. */
static bool take_raw(builder *b, dem_html_tag tag) {
  dem_str type = {NULL, 0};
  if (b->h.foreign) return false;
  switch (tag) {
    case DEM_TAG_TITLE:
    case DEM_TAG_TEXTAREA: b->h.mode = DEM_HTML_RCDATA; break;
    case DEM_TAG_SCRIPT: b->h.mode = DEM_HTML_SCRIPT; break;
    case DEM_TAG_STYLE:
    case DEM_TAG_XMP:
    case DEM_TAG_IFRAME:
    case DEM_TAG_NOEMBED:
    case DEM_TAG_NOFRAMES: b->h.mode = DEM_HTML_RAWTEXT; break;
    case DEM_TAG_PLAINTEXT: b->h.mode = DEM_HTML_PLAINTEXT; return false;
    default: return false;
  }
  bool linked_data = tag == DEM_TAG_SCRIPT && dem_html_get(&b->h, "type", &type) &&
                     dem_str_is_nocase(dem_str_trim(dem_str_sub(type, 0, 19)), "application/ld+json");
  dem_str text = raw_text(b);
  if (tag == DEM_TAG_TITLE && !b->skips) add_meta(b, DEM_META_TITLE, DEM_S("title"), dem_str_trim(text));
  if (linked_data) add_meta(b, DEM_META_LD, DEM_S("ld+json"), text);
  return true;
}

/* ---- the stack ---- */

static void pop(builder *b) {
  open *o = top(b);
  if (dem_html_tag_is(o->tag) & DEM_TAG_BLOCK) {
    flush(b);
    b->p->elements.at[o->element].last = b->p->blocks.n;
  }
  if (o->tag == DEM_TAG_SVG || o->tag == DEM_TAG_MATH) b->h.foreign = false;
  b->skips -= o->skip;
  b->links -= o->link;
  b->head[o->tag] = o->same;
  b->depth--;
}

static void pop_to(builder *b, uint32_t index) { /* that one too */
  while (b->depth > index) pop(b);
}

static uint32_t cell_here(builder *b) { /* stack index + 1 of the innermost table or cell */
  open *o = top(b);
  if (!o) return 0;
  bool cell = o->tag == DEM_TAG_TD || o->tag == DEM_TAG_TH || o->tag == DEM_TAG_TABLE;
  return cell ? b->depth : o->cell;
}

static uint32_t later(uint32_t a, uint32_t c) { return a > c ? a : c; }

/* End the open `tag` unless something at or inside `limit` stands between. */
static void end_implied(builder *b, dem_html_tag tag, uint32_t limit) {
  if (b->head[tag] > limit) pop_to(b, b->head[tag] - 1u);
}

static void end_what_is_implied(builder *b, dem_html_tag tag) {
  const uint16_t *head = b->head;
  uint32_t cell = cell_here(b), table = head[DEM_TAG_TABLE], row = later(table, head[DEM_TAG_TR]);
  end_implied(b, DEM_TAG_P, cell);
  switch (tag) {
    case DEM_TAG_LI:
      end_implied(b, tag, later(cell, later(head[DEM_TAG_UL], later(head[DEM_TAG_OL], head[DEM_TAG_MENU]))));
      break;
    case DEM_TAG_DD:
    case DEM_TAG_DT:
      end_implied(b, DEM_TAG_DD, later(cell, head[DEM_TAG_DL]));
      end_implied(b, DEM_TAG_DT, later(cell, head[DEM_TAG_DL]));
      break;
    case DEM_TAG_TR: end_implied(b, DEM_TAG_TR, table); break;
    case DEM_TAG_TD:
    case DEM_TAG_TH:
      end_implied(b, DEM_TAG_TD, row);
      end_implied(b, DEM_TAG_TH, row);
      break;
    case DEM_TAG_TBODY:
    case DEM_TAG_TFOOT: end_implied(b, DEM_TAG_TR, table); break;
    default: break;
  }
}

/* ---- start tags ---- */

static uint32_t marks_of_tag(dem_html_tag tag) {
  switch (tag) {
    case DEM_TAG_NAV:
    case DEM_TAG_MENU: return DEM_MARK_NAV;
    case DEM_TAG_FOOTER: return DEM_MARK_FOOTER;
    case DEM_TAG_HEADER: return DEM_MARK_HEADER;
    case DEM_TAG_ASIDE: return DEM_MARK_SIDE;
    case DEM_TAG_FORM:
    case DEM_TAG_FIELDSET: return DEM_MARK_FORM;
    case DEM_TAG_ARTICLE:
    case DEM_TAG_MAIN: return DEM_MARK_CONTENT;
    case DEM_TAG_FIGCAPTION:
    case DEM_TAG_CAPTION: return DEM_MARK_CAPTION;
    default: return 0;
  }
}

/* "display: none" and its like. */
static bool hides(dem_str style) {
  size_t at = dem_str_find(style, DEM_S("display"), 0);
  if (at == SIZE_MAX) return false;
  dem_str rest = dem_str_trim(dem_str_sub(style, at + 7, at + 24));
  return rest.len && rest.data[0] == ':' && dem_str_starts(dem_str_trim(dem_str_sub(rest, 1, rest.len)), "none");
}

static uint32_t marks_of_role(dem_str role) {
  if (dem_str_is_nocase(role, "navigation") || dem_str_is_nocase(role, "search") || dem_str_is_nocase(role, "menu"))
    return DEM_MARK_NAV;
  if (dem_str_is_nocase(role, "banner")) return DEM_MARK_HEADER;
  if (dem_str_is_nocase(role, "contentinfo")) return DEM_MARK_FOOTER;
  if (dem_str_is_nocase(role, "complementary")) return DEM_MARK_SIDE;
  if (dem_str_is_nocase(role, "dialog")) return DEM_MARK_PROMO;
  return dem_str_is_nocase(role, "main") || dem_str_is_nocase(role, "article") ? DEM_MARK_CONTENT : 0;
}

static uint32_t marks_here(builder *b, dem_html_tag tag, dem_str *classes) {
  uint32_t marks = marks_of_tag(tag);
  bool whole_page = tag == DEM_TAG_HTML || tag == DEM_TAG_BODY;
  for (uint32_t i = 0; i < b->h.count; i++) {
    dem_str name = b->h.attributes[i].name, value = b->h.attributes[i].value;
    if (name.len < 2 || name.len > 11 || whole_page) continue;
    if (dem_str_is_nocase(name, "class")) marks |= dem_html_marks(&b->index, value), *classes = value;
    else if (dem_str_is_nocase(name, "id") || dem_str_is_nocase(name, "itemprop")) marks |= dem_html_marks(&b->index, value);
    else if (dem_str_is_nocase(name, "role")) marks |= marks_of_role(value);
    else if (dem_str_is_nocase(name, "style")) marks |= hides(dem_str_sub(value, 0, 300)) ? DEM_MARK_HIDDEN : 0;
    else if (dem_str_is_nocase(name, "hidden")) marks |= DEM_MARK_HIDDEN;
  }
  return marks;
}

static void push(builder *b, dem_html_tag tag, dem_str name) {
  dem_str classes = {NULL, 0};
  bool block = dem_html_tag_is(tag) & DEM_TAG_BLOCK;
  uint32_t marks = marks_here(b, tag, &classes), parent = element_here(b);
  open *outer = top(b), *o = &b->stack[b->depth];
  *o = (open){.tag = tag, .name = name, .element = parent, .same = b->head[tag], .cell = (uint16_t)cell_here(b)};
  o->skip = dem_html_tag_is(tag) & DEM_TAG_SKIP;
  o->link = tag == DEM_TAG_A;
  o->marks = block ? 0 : (outer ? outer->marks : 0) | marks;
  o->inline_run = block || !outer ? 0 : (uint8_t)(outer->inline_run + 1);
  if (block) {
    dem_html_element *e = dem_push(b->arena, &b->p->elements);
    *e = (dem_html_element){.parent = parent, .first = b->p->blocks.n, .marks = marks, .tag = tag};
    e->likeness = (uint32_t)dem_hash(classes.data ? classes.data : "", classes.len, tag);
    o->element = b->p->elements.n - 1;
  }
  b->skips += o->skip;
  b->links += o->link;
  b->depth++;
  b->head[tag] = (uint16_t)b->depth;
}

static void break_line(builder *b) {
  if (b->broke) flush(b);
  else b->blank = b->broke = true;
}

static void take_void(builder *b, dem_html_tag tag) {
  if (tag == DEM_TAG_BR) break_line(b);
  if (tag == DEM_TAG_META) take_meta(b);
  if (tag == DEM_TAG_LINK) take_link(b);
  if (dem_html_tag_is(tag) & DEM_TAG_BLOCK) flush(b);
}

static void start(builder *b, const dem_html_token *t) {
  dem_html_tag tag = dem_html_tag_of(&b->index, t->text);
  unsigned is = dem_html_tag_is(tag);
  if (b->h.count && !b->skips) take_time(b, tag);
  if (is & DEM_TAG_VOID || (b->h.foreign && t->self_closing)) {
    take_void(b, tag);
    return;
  }
  if (tag == DEM_TAG_HTML && !b->p->language.len) dem_html_get(&b->h, "lang", &b->p->language);
  if (take_raw(b, tag)) return;
  if ((tag == DEM_TAG_HTML || tag == DEM_TAG_BODY) && b->head[tag]) return;
  if (is & DEM_TAG_BLOCK) flush(b), end_what_is_implied(b, tag);
  if (tag >= DEM_TAG_H1 && tag <= DEM_TAG_H6 && top(b) && top(b)->tag >= DEM_TAG_H1 && top(b)->tag <= DEM_TAG_H6) pop(b);
  if (tag == DEM_TAG_A) end_implied(b, DEM_TAG_A, cell_here(b));
  bool deep = b->depth == b->most || (!(is & DEM_TAG_BLOCK) && top(b) && top(b)->inline_run >= INLINE_DEPTH);
  if (deep) {
    b->over[tag]++;
    b->p->flattened++;
    return;
  }
  push(b, tag, t->text);
  if (tag == DEM_TAG_SVG || tag == DEM_TAG_MATH) b->h.foreign = true;
}

/* ---- end tags ---- */

static bool same_name(dem_str a, dem_str b) { return a.len == b.len && memcmp(a.data, b.data, a.len) == 0; }

static void end_inline(builder *b, dem_html_tag tag, dem_str name) {
  for (uint32_t i = b->depth; i-- > 0 && !(dem_html_tag_is(b->stack[i].tag) & DEM_TAG_BLOCK);) {
    if (b->stack[i].tag != tag || (tag == DEM_TAG_OTHER && !same_name(b->stack[i].name, name))) continue;
    pop_to(b, i);
    return;
  }
  if (tag == DEM_TAG_A && b->head[DEM_TAG_A] > cell_here(b)) pop_to(b, b->head[DEM_TAG_A] - 1u);
}

static void end(builder *b, const dem_html_token *t) {
  dem_html_tag tag = dem_html_tag_of(&b->index, t->text);
  if (tag == DEM_TAG_BR) break_line(b);
  if (tag == DEM_TAG_P && !b->head[tag]) flush(b);
  if (b->over[tag]) {
    b->over[tag]--;
    if (dem_html_tag_is(tag) & DEM_TAG_BLOCK) flush(b);
    return;
  }
  if (tag == DEM_TAG_HTML || tag == DEM_TAG_BODY) return; /* text behind them is of the page too */
  if (!(dem_html_tag_is(tag) & (DEM_TAG_BLOCK | DEM_TAG_SKIP))) {
    end_inline(b, tag, t->text);
    return;
  }
  bool of_table = tag == DEM_TAG_TABLE || tag == DEM_TAG_TR || tag == DEM_TAG_TD || tag == DEM_TAG_TH || tag == DEM_TAG_TBODY;
  if (b->head[tag] && (of_table || b->head[tag] > cell_here(b))) pop_to(b, b->head[tag] - 1u);
}

void dem_html_blocks(dem_html_page *p, dem_str text) {
  builder *b = dem_new(&p->doc->arena, builder);
  dem_html_token t;
  b->p = p;
  b->arena = &p->doc->arena;
  b->most = (uint32_t)p->doc->limits.depth + 1;
  b->stack = dem_array(b->arena, open, b->most);
  dem_html_init(&b->h, b->arena, text, (uint32_t)p->doc->limits.attributes);
  dem_html_index_tags(&b->index);
  dem_html_index_words(&b->index);
  *dem_push(b->arena, &p->elements) = (dem_html_element){.parent = DEM_NONE, .tag = DEM_TAG_HTML};
  b->stack[b->depth++] = (open){.tag = DEM_TAG_OTHER}; /* whatever stands outside <html> */
  while (dem_html_next(&b->h, &t)) {
    if (t.kind == DEM_HTML_TEXT) append(b, &t);
    else if (t.kind == DEM_HTML_START) start(b, &t);
    else if (t.kind == DEM_HTML_END) end(b, &t);
  }
  flush(b);
  pop_to(b, 1);
  p->elements.at[0].last = p->blocks.n;
  p->passed = b->h.passed;
}

uint32_t dem_html_link_share(const dem_html_block *b) { return (uint32_t)((uint64_t)b->links * 1000 / b->text.len); }
