/* Which blocks are the story. Every block has a weight: its bytes, less what stands in links, and little when it is short or ends
 * no sentence. Marks of what is no story (menus, comments, related, ...) hold for all inside an element, unless the element has most
 * of the page's weight (a form round everything, a class "with-sidebar"). The story is in the element that says it is the body; else
 * in the article; else we go down from the page into the child with nearly all the weight as long as there is one. Of its blocks
 * those are kept that are no furniture. Linear: sums over elements are differences of prefix sums. Refuses: rules for one site. */
#include "base/utf8.h"
#include "read/html_parts.h"

typedef struct chooser {
  dem_html_page *p;
  uint64_t *all, *good; /* prefix sums over blocks: of weights; of weights outside what is no story */
  uint32_t *heaviest;   /* of an element: the child with most good weight; DEM_NONE */
  uint32_t *marks_in;   /* BODY and CONTENT marks with much weight inside an element */
} chooser;

static uint64_t sum(const uint64_t *prefix, const dem_html_element *e) { return prefix[e->last] - prefix[e->first]; }
static uint64_t good_of(const chooser *c, uint32_t e) { return sum(c->good, &c->p->elements.at[e]); }

static bool is_heading(dem_html_tag tag) { return tag >= DEM_TAG_H1 && tag <= DEM_TAG_H6; }

static dem_html_tag tag_of(const dem_html_page *p, const dem_html_block *b) { return p->elements.at[b->element].tag; }

/* ---- weights ---- */

static uint32_t weight_of(const dem_html_page *p, const dem_html_block *b) {
  uint32_t share = dem_html_link_share(b), len = b->text.len < 100000 ? (uint32_t)b->text.len : 100000;
  if (share > 500) return 0;
  uint32_t weight = len * (1000 - share) / 1000;
  bool sentence = dem_read_ends_sentence(b->text) && len >= 40;
  if (is_heading(tag_of(p, b))) return weight / 8;
  return sentence ? weight : len >= 120 ? weight / 2 : weight / 8;
}

static void weigh(chooser *c) {
  dem_html_page *p = c->p;
  for (uint32_t i = 0; i < p->blocks.n; i++) {
    p->blocks.at[i].weight = weight_of(p, &p->blocks.at[i]);
    c->all[i + 1] = c->all[i] + p->blocks.at[i].weight;
  }
}

/* ---- what is no story ---- */

/* Marks of the story that carry a good part of the page: do they stand inside this element? */
static void find_marks_inside(chooser *c) {
  dem_html_page *p = c->p;
  uint64_t total = c->all[p->blocks.n];
  for (uint32_t i = p->elements.n; i-- > 1;) {
    dem_html_element *e = &p->elements.at[i];
    uint32_t own = e->marks & (DEM_MARK_BODY | DEM_MARK_CONTENT);
    if (own && sum(c->all, e) * 10 >= total * 3) c->marks_in[i] |= own;
    c->marks_in[e->parent] |= c->marks_in[i];
  }
}

/* Of the marks that speak against this element, those that can be true. */
static uint32_t credible(const chooser *c, uint32_t i) {
  const dem_html_element *e = &c->p->elements.at[i];
  uint32_t bad = e->marks & DEM_MARKS_BAD;
  uint64_t here = sum(c->all, e), total = c->all[c->p->blocks.n];
  if (!bad || here * 10 < total * 2) return bad;
  if (e->marks & DEM_MARK_BODY) return 0;
  if (bad & DEM_MARK_COMMENT) return c->marks_in[i] & DEM_MARK_BODY ? 0 : bad;
  if (c->marks_in[i]) return 0;
  return here * 2 > total ? 0 : bad;
}

static void spread_bad(chooser *c) {
  dem_html_page *p = c->p;
  for (uint32_t i = 1; i < p->elements.n; i++) {
    dem_html_element *e = &p->elements.at[i];
    e->bad = credible(c, i) | p->elements.at[e->parent].bad;
  }
  for (uint32_t i = 0; i < p->blocks.n; i++) {
    const dem_html_block *b = &p->blocks.at[i];
    bool bad = p->elements.at[b->element].bad || (b->marks & DEM_MARKS_BAD);
    c->good[i + 1] = c->good[i] + (bad ? 0 : b->weight);
  }
}

/* ---- the story's element ---- */

static void find_heaviest(chooser *c) {
  dem_html_page *p = c->p;
  for (uint32_t i = 0; i < p->elements.n; i++) c->heaviest[i] = DEM_NONE;
  for (uint32_t i = p->elements.n; i-- > 1;) {
    uint32_t parent = p->elements.at[i].parent, best = c->heaviest[parent];
    if (best == DEM_NONE || good_of(c, i) >= good_of(c, best)) c->heaviest[parent] = i;
  }
}

/* The element with the mark that has most weight, the innermost of equals; DEM_NONE when none has `least` per mille of all. */
static uint32_t heaviest_marked(const chooser *c, uint32_t mark, uint64_t least) {
  const dem_html_page *p = c->p;
  uint32_t best = DEM_NONE;
  for (uint32_t i = 1; i < p->elements.n; i++) {
    const dem_html_element *e = &p->elements.at[i];
    if (!(e->marks & mark) || e->bad || (dem_html_tag_is(e->tag) & DEM_TAG_TEXT)) continue;
    if (best == DEM_NONE || good_of(c, i) >= good_of(c, best)) best = i;
  }
  bool enough = best != DEM_NONE && good_of(c, best) * 1000 >= c->good[p->blocks.n] * least && good_of(c, best) > 0;
  return enough ? best : DEM_NONE;
}

/* A story in pieces: siblings alike ("body-part" after "body-part") that have more together. Their parent, then. */
static uint32_t with_siblings(const chooser *c, uint32_t story) {
  const dem_html_page *p = c->p;
  const dem_html_element *e = &p->elements.at[story];
  uint64_t together = 0;
  for (uint32_t i = e->parent + 1; i < p->elements.n; i++) {
    const dem_html_element *s = &p->elements.at[i];
    if (s->first >= p->elements.at[e->parent].last) break;
    if (s->parent == e->parent && s->likeness == e->likeness && !s->bad) together += good_of(c, i);
  }
  return together * 10 > good_of(c, story) * 12 ? e->parent : story;
}

static uint32_t go_down(const chooser *c, uint32_t e, uint64_t least) {
  for (uint32_t kid; (kid = c->heaviest[e]) != DEM_NONE; e = kid) {
    if (dem_html_tag_is(c->p->elements.at[kid].tag) & DEM_TAG_TEXT) break;
    if (good_of(c, kid) * 1000 < good_of(c, e) * least) break;
  }
  return e;
}

static uint32_t choose_story(const chooser *c) {
  uint32_t story = heaviest_marked(c, DEM_MARK_BODY, 250);
  if (story != DEM_NONE) return with_siblings(c, story);
  story = heaviest_marked(c, DEM_MARK_CONTENT, 400);
  if (story == DEM_NONE) story = 0;
  return go_down(c, story, 850);
}

/* ---- blocks of the story ---- */

static bool same_words(dem_arena *arena, dem_str a, dem_str b) {
  return a.len && b.len && dem_str_eq(dem_norm(arena, a), dem_norm(arena, b));
}

static bool is_furniture(const chooser *c, const dem_html_block *b) {
  const dem_html_page *p = c->p;
  const dem_html_element *e = &p->elements.at[b->element];
  uint32_t share = dem_html_link_share(b), marks = b->marks | e->marks;
  bool sentence = dem_read_ends_sentence(b->text);
  if (e->bad || (b->marks & DEM_MARKS_BAD)) return true;
  if (share > 800 && b->text.len < (e->tag == DEM_TAG_P && sentence ? 60 : 300)) return true;
  if (share > 500 && e->tag != DEM_TAG_P) return true;
  if (marks & (DEM_MARK_BYLINE | DEM_MARK_DATE) && b->text.len < 160) return true;
  return false;
}

static bool is_caption(const chooser *c, const dem_html_block *b) {
  for (uint32_t e = b->element, up = 0; e != DEM_NONE && up < 4; e = c->p->elements.at[e].parent, up++)
    if ((c->p->elements.at[e].marks | b->marks) & (DEM_MARK_CAPTION | DEM_MARK_CREDIT)) return true;
  return false;
}

static void add_caption(dem_doc *doc, dem_str block) {
  dem_str text, credit;
  if (!dem_read_caption(block, &text, &credit)) text = block, credit = (dem_str){NULL, 0};
  for (uint32_t i = 0; i < doc->captions.n; i++)
    if (dem_str_eq(doc->captions.at[i].text, text)) return;
  if (doc->captions.n < 100) *dem_push(&doc->arena, &doc->captions) = (dem_caption){text, credit};
}

/* Headings with nothing below them say what was left out. */
static void drop_idle_headings(const dem_html_page *p, const uint32_t *from, dem_blocks *blocks) {
  bool text_below = false;
  for (uint32_t i = blocks->n; i-- > 0;) {
    bool heading = is_heading(tag_of(p, &p->blocks.at[from[i]]));
    if (heading && !text_below) blocks->at[i].len = 0;
    if (!heading) text_below = true;
  }
}

static dem_blocks gather(const chooser *c) {
  dem_html_page *p = c->p;
  dem_doc *doc = p->doc;
  const dem_html_element *story = &p->elements.at[p->story];
  dem_blocks blocks = {0};
  uint32_t *from = dem_array(&doc->arena, uint32_t, (size_t)(story->last - story->first) + 1);
  for (uint32_t i = story->first; i < story->last; i++) {
    const dem_html_block *b = &p->blocks.at[i];
    if (is_furniture(c, b)) continue;
    dem_str text = dem_str_trim(dem_read_clean(&doc->arena, b->text));
    if (!text.len || same_words(&doc->arena, text, doc->headline)) continue;
    if (is_caption(c, b)) {
      add_caption(doc, text);
      continue;
    }
    from[blocks.n] = i;
    *dem_push(&doc->arena, &blocks) = text;
  }
  drop_idle_headings(p, from, &blocks);
  return blocks;
}

dem_blocks dem_html_choose(dem_html_page *p) {
  dem_arena *arena = &p->doc->arena;
  chooser c = {.p = p};
  c.all = dem_array(arena, uint64_t, (size_t)p->blocks.n + 1);
  c.good = dem_array(arena, uint64_t, (size_t)p->blocks.n + 1);
  c.heaviest = dem_array(arena, uint32_t, p->elements.n);
  c.marks_in = dem_array(arena, uint32_t, p->elements.n);
  weigh(&c);
  find_marks_inside(&c);
  spread_bad(&c);
  find_heaviest(&c);
  p->story = choose_story(&c);
  return gather(&c);
}
