/* Which blocks are the story. Every block has a weight: its bytes, less what stands in links, and little when it is short or ends
 * no sentence. Marks of what is no story (menus, comments, related, ...) hold for all inside an element, unless the element has most
 * of the page's weight (a form round everything, a class "with-sidebar"). The story is in the element that says it is the body; else
 * in the article; else we go down from the page into the child with nearly all the weight as long as there is one. Of its blocks
 * those are kept that are no furniture. Linear: sums over elements are differences of prefix sums. Refuses: rules for one site. */
#include "base/utf8.h"
#include "read/html_parts.h"

enum { PROSE = 200 }; /* weight that no menu has */

typedef struct chooser {
  dem_html_page *p;
  uint64_t *all, *good; /* prefix sums over blocks: of weights; of weights outside what is no story */
  uint64_t *links;      /* prefix sums of bytes in links */
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
    c->links[i + 1] = c->links[i] + p->blocks.at[i].links;
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
  if (here >= PROSE) bad &= ~(uint32_t)(DEM_MARK_NAV | DEM_MARK_TAGS); /* sentences without links */
  if (here >= PROSE && c->links[e->last] == c->links[e->first]) bad &= ~(uint32_t)DEM_MARK_RELATED;
  if (e->marks & DEM_MARK_BYLINE && here * 10 < total) bad |= DEM_MARK_BYLINE;
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

/* A story in pieces: elements alike ("body-part" after "body-part") that have more together. What holds them all, then. */
static uint32_t with_pieces(const chooser *c, uint32_t story) {
  const dem_html_page *p = c->p;
  uint64_t together = 0;
  uint32_t end = 0;
  for (uint32_t i = 1; i < p->elements.n; i++) {
    const dem_html_element *e = &p->elements.at[i];
    if (e->likeness != p->elements.at[story].likeness || e->bad || e->first < end) continue;
    together += good_of(c, i);
    end = e->last;
  }
  if (together * 10 <= good_of(c, story) * 12) return story;
  while (story && good_of(c, story) * 100 < together * 95) story = p->elements.at[story].parent;
  return story;
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
  if (story != DEM_NONE) return with_pieces(c, story);
  story = heaviest_marked(c, DEM_MARK_CONTENT, 400);
  return story == DEM_NONE ? go_down(c, 0, 850) : go_down(c, story, 950);
}

/* ---- blocks of the story ---- */

static bool same_words(dem_arena *arena, dem_str a, dem_str b) {
  return a.len && b.len && dem_str_eq(dem_norm(arena, a), dem_norm(arena, b));
}

/* Does it begin with one of the lower-case words? Typographic apostrophes count as plain. */
static bool begins(dem_str s, const char *const *starts) {
  char low[64];
  size_t n = 0;
  for (size_t i = 0; i < s.len && n + 4 < sizeof low; i++) {
    bool quote = dem_str_starts(dem_str_sub(s, i, s.len), "\xE2\x80\x99");
    low[n++] = quote ? '\'' : (char)dem_lower((unsigned char)s.data[i]);
    if (quote) i += 2;
  }
  for (; *starts; starts++)
    if (dem_str_starts((dem_str){low, n}, *starts)) return true;
  return false;
}

/* A line that asks something of the reader, or tells whose the page is. */
static bool is_plea(dem_str s) {
  static const char *const always[] = {"subscribe ",
                                       "sign up ",
                                       "follow us",
                                       "like us on",
                                       "get the latest",
                                       "never miss",
                                       "don't miss",
                                       "to view the full",
                                       "click here",
                                       "if you're seeing this",
                                       "read more",
                                       "read also",
                                       "also read",
                                       "see also",
                                       "read next",
                                       "related:",
                                       "advertisement",
                                       "\xC2\xA9 ",
                                       "copyright ",
                                       "all rights reserv",
                                       "this article is the copyright",
                                       "share this",
                                       "this post contains",
                                       "we may receive",
                                       "we recommend the best",
                                       "do you want to be informed",
                                       "our standards:",
                                       "already a subscriber",
                                       "log in",
                                       "sponsored",
                                       "read the full",
                                       "already have an account",
                                       "first-time subscribers",
                                       "this material may not be published",
                                       NULL};
  static const char *const when_short[] = {
      "join our ",  "join us ",  "download ",   "follow the ", "support our ", "submit your ", "send us ", "for the latest",
      "more from ", "most read", "want to be ", "have a tip",  "want more",    "watch:",       "listen:",  "loading",
      "newsletter", "follow ",   "for more ",   "help us ",    "tags:",        "filed under",  NULL};
  static const char *const inside[] = {"our newsletter",
                                       "sign up here",
                                       "our free newsletter",
                                       "all rights reserved",
                                       "subscribe to our",
                                       "email address will not be published",
                                       NULL};
  if (s.len > 400) return false;
  if (begins(s, always) || (s.len < 200 && begins(s, when_short))) return true;
  for (size_t i = 0; inside[i] && s.len < 200; i++)
    if (dem_str_find(s, dem_str_of(inside[i]), 0) != SIZE_MAX) return true;
  return false;
}

/* "3:59 PM", "11 Jan 2019", "Posted on May 3, 2020 | News": a short line that is no sentence and holds a date with its year. */
static bool is_time(dem_str s) {
  dem_date_found f;
  if (s.len < 9 && s.len && dem_is_digit((unsigned char)s.data[0]) && memchr(s.data, ':', s.len)) return true;
  if (s.len > 90 || dem_read_ends_sentence(s)) return false;
  for (size_t i = 0; i < s.len; i++) {
    unsigned char before = i ? (unsigned char)s.data[i - 1] : ' ', here = (unsigned char)s.data[i];
    bool start = !dem_is_alpha(before) && !dem_is_digit(before) && (dem_is_digit(here) || dem_is_alpha(here));
    if (start && dem_read_date(dem_str_sub(s, i, s.len), &f) && f.year > 1980)
      return s.len < 60 || i == 0 || memchr(s.data, '|', s.len) || memchr(s.data, ':', s.len);
  }
  return false;
}

static bool is_furniture(const dem_html_page *p, const dem_html_block *b) {
  const dem_html_element *e = &p->elements.at[b->element];
  uint32_t share = dem_html_link_share(b), marks = b->marks | e->marks;
  bool paragraph = e->tag == DEM_TAG_P || e->tag == DEM_TAG_BLOCKQUOTE;
  if ((e->bad | (b->marks & DEM_MARKS_BAD)) & ~(uint32_t)(DEM_MARK_HEADER | (p->shown ? DEM_MARK_HIDDEN : 0))) return true;
  if ((share > 650 && b->text.len < 250) || (share > 500 && b->text.len < 120)) return true;
  if (share > 500 && !paragraph) return true;
  if (marks & (DEM_MARK_BYLINE | DEM_MARK_DATE) && b->text.len < 160) return true;
  return is_time(b->text) || is_plea(b->text);
}

static bool is_caption(const dem_html_page *p, const dem_html_block *b) {
  for (uint32_t e = b->element, up = 0; e != DEM_NONE && up < 4; e = p->elements.at[e].parent, up++)
    if ((p->elements.at[e].marks | b->marks) & (DEM_MARK_CAPTION | DEM_MARK_CREDIT)) return true;
  return false;
}

/* "(Credit: Jane Doe / The Post)" */
static bool is_credit_line(dem_str s) {
  static const char *const starts[] = {
      "credit:", "(credit:", "photo:", "(photo:", "image:", "(image:", "photo by ", "picture:", "image credit"};
  if (s.len > 160) return false;
  for (size_t i = 0; i < sizeof starts / sizeof starts[0]; i++)
    if (dem_str_is_nocase(dem_str_sub(s, 0, strlen(starts[i])), starts[i])) return true;
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
  for (uint32_t i = blocks->n; i-- > 0;) {
    if (!blocks->at[i].len) continue;
    if (!is_heading(tag_of(p, &p->blocks.at[from[i]]))) return;
    blocks->at[i].len = 0;
  }
}

/* A short line that stands in the story more than once is read once. */
static void drop_repeats(dem_arena *arena, dem_blocks *blocks) {
  enum { SHORT = 200, LEAST = 20 };
  uint32_t size = 16;
  while (size < blocks->n * 2) size *= 2;
  uint32_t *slot = dem_array(arena, uint32_t, size);
  for (uint32_t i = 0; i < blocks->n; i++) {
    dem_str s = blocks->at[i];
    if (s.len < LEAST || s.len > SHORT) continue;
    uint32_t at = (uint32_t)dem_hash(s.data, s.len, 7) & (size - 1);
    while (slot[at] && !dem_str_eq(blocks->at[slot[at] - 1], s)) at = (at + 1) & (size - 1);
    if (slot[at]) blocks->at[i].len = 0;
    else slot[at] = i + 1;
  }
}

/* "Jane Doe is our correspondent in Nairobi." at the end. */
static void drop_biography(const dem_doc *doc, dem_blocks *blocks) {
  dem_str name = dem_str_trim(dem_str_sub(doc->byline, 0, 40));
  const char *end = name.len ? memchr(name.data, ';', name.len) : NULL;
  if (end) name.len = (size_t)(end - name.data);
  if (name.len < 6) return;
  for (uint32_t i = blocks->n, looked = 0; i-- > 1 && looked < 3;) {
    dem_str s = blocks->at[i];
    if (!s.len) continue;
    looked++;
    bool named = s.len > name.len && memcmp(s.data, name.data, name.len) == 0;
    dem_str then = dem_str_sub(s, name.len, name.len + 30);
    if (named && (dem_str_find(then, DEM_S(" is "), 0) != SIZE_MAX || dem_str_find(then, DEM_S(" has "), 0) != SIZE_MAX))
      blocks->at[i].len = 0;
  }
}

typedef struct gathering {
  dem_html_page *p;
  dem_blocks blocks;
  uint32_t *from;    /* the page's block that each comes of */
  bool captions_too; /* the story is told in its captions */
} gathering;

/* "Correction: An earlier version ...", "Editor's note: ...": said to readers about the story, no part of it. */
static bool take_correction(dem_doc *doc, dem_str s) {
  static const char *const corrections[] = {"correction:", "corrections:", "correction (", "clarification:", "this article was amended", "this story has been corrected",
                                            "this article has been corrected", "this story was corrected", "this article has been amended", NULL};
  static const char *const notes[] = {"editor's note:", "editors' note:", "editors\xE2\x80\x99 note:", NULL};
  bool correction = begins(s, corrections);
  if (!correction && !begins(s, notes)) return false;
  if (correction && dem_str_is(doc->status, "usable")) doc->status = DEM_S("corrected");
  dem_doc_note(doc, "editors", dem_str_format(&doc->arena, "%.*s", DEM_FMT(dem_read_start(s, 300))), (dem_span){0, 0});
  return true;
}

/* Cleaned, on one line: signs that end lines outside HTML (U+2028, NEL) are blanks here. */
static dem_str clean_line(dem_arena *arena, dem_str s) {
  s = dem_str_trim(dem_read_clean(arena, s));
  if (!s.len || !memchr(s.data, '\n', s.len)) return s;
  char *out = dem_arena_push(arena, s.len);
  size_t n = 0;
  for (size_t i = 0; i < s.len; i++) {
    bool blank = s.data[i] == '\n' || s.data[i] == ' ';
    if (!blank) out[n++] = s.data[i];
    else if (n && out[n - 1] != ' ') out[n++] = ' ';
  }
  return (dem_str){out, n};
}

static void gather_block(gathering *g, uint32_t i) {
  dem_doc *doc = g->p->doc;
  const dem_html_block *b = &g->p->blocks.at[i];
  if (is_furniture(g->p, b)) return;
  dem_str text = clean_line(&doc->arena, b->text);
  if (!text.len || same_words(&doc->arena, text, doc->headline)) return;
  if (take_correction(doc, text)) return;
  if (tag_of(g->p, b) == DEM_TAG_H1 && !g->blocks.n && g->p->story) return; /* a headline, if not the one we took */
  if (is_credit_line(text) || (!g->captions_too && is_caption(g->p, b))) {
    add_caption(doc, text);
    return;
  }
  g->from[g->blocks.n] = i;
  *dem_push(&doc->arena, &g->blocks) = text;
}

/* Sentences that stand above the story's element: a lead. */
static bool is_lead(const dem_html_page *p, const dem_html_block *b) {
  const dem_html_element *e = &p->elements.at[b->element];
  if (b->text.len < 50 || dem_html_link_share(b) > 300 || is_caption(p, b)) return false;
  if (e->tag == DEM_TAG_H1 || e->bad & ~(uint32_t)DEM_MARK_HEADER) return false;
  return b->text.len >= 90 || dem_read_ends_sentence(b->text) || ((b->marks | e->marks) & DEM_MARK_LEAD);
}

/* Where a lead may begin: after the headline when it stands shortly before the story, else in what holds the story closely. */
static uint32_t lead_start(const dem_html_page *p) {
  uint32_t story = p->story, first = p->elements.at[story].first;
  for (uint32_t i = first; i-- > 0 && first - i < 60;)
    if (same_words(&p->doc->arena, p->blocks.at[i].text, p->doc->headline)) return i + 1;
  for (int up = 0; up < 3 && story; up++) story = p->elements.at[story].parent;
  return story ? p->elements.at[story].first : first;
}

/* Is most of the story's weight in captions (a gallery), or in parts shown one at a time (slides)? */
static void look_at_story(gathering *g) {
  dem_html_page *p = g->p;
  const dem_html_element *story = &p->elements.at[p->story];
  uint64_t all = 0, captions = 0, hidden = 0;
  for (uint32_t i = story->first; i < story->last; i++) {
    const dem_html_block *b = &p->blocks.at[i];
    uint32_t bad = p->elements.at[b->element].bad & ~(uint32_t)DEM_MARK_HEADER;
    if (bad & ~(uint32_t)DEM_MARK_HIDDEN) continue;
    all += b->weight;
    if (bad) hidden += b->weight;
    else if (is_caption(p, b)) captions += b->weight;
  }
  p->shown = hidden * 2 > all;
  g->captions_too = captions * 10 > all * 6;
}

dem_blocks dem_html_gather(dem_html_page *p) {
  const dem_html_element *story = &p->elements.at[p->story];
  gathering g = {.p = p};
  uint32_t start = lead_start(p);
  g.from = dem_array(&p->doc->arena, uint32_t, (size_t)(story->last - start) + 1);
  look_at_story(&g);
  for (uint32_t i = start; i < story->first; i++)
    if (is_lead(p, &p->blocks.at[i]) || is_caption(p, &p->blocks.at[i])) gather_block(&g, i);
  for (uint32_t i = story->first; i < story->last; i++) gather_block(&g, i);
  drop_repeats(&p->doc->arena, &g.blocks);
  drop_biography(p->doc, &g.blocks);
  drop_idle_headings(p, g.from, &g.blocks);
  return g.blocks;
}

void dem_html_choose(dem_html_page *p) {
  dem_arena *arena = &p->doc->arena;
  chooser c = {.p = p};
  c.all = dem_array(arena, uint64_t, (size_t)p->blocks.n + 1);
  c.good = dem_array(arena, uint64_t, (size_t)p->blocks.n + 1);
  c.links = dem_array(arena, uint64_t, (size_t)p->blocks.n + 1);
  c.heaviest = dem_array(arena, uint32_t, p->elements.n);
  c.marks_in = dem_array(arena, uint32_t, p->elements.n);
  weigh(&c);
  find_marks_inside(&c);
  spread_bad(&c);
  find_heaviest(&c);
  p->story = choose_story(&c);
}
