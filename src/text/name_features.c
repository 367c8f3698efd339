/* What the namer looks at in a word: its make, its neighbours, its cluster, the lexicon rows it stands in, and the run of capitals
 * it belongs to (so that "Ministry" is heard at the far end of "Ministry of Foreign Affairs"). Everything is computed once a
 * word; features are numbers of templates with up to two values. Linear: runs and lexicon matches are bounded. */
#include "base/utf8.h"
#include "text/name.h"

enum { RUN_MOST = 10 };

/* ---- words of the stretch ---- */

static uint32_t seen_at(const dem_name_seen *seen, uint32_t norm) {
  uint32_t at = (norm * 0x9E3779B1u >> 8) % DEM_NAME_SLOTS;
  while (seen->slot[at].norm && seen->slot[at].norm != norm) at = (at + 1) % DEM_NAME_SLOTS;
  return at;
}

static uint32_t norm_key(dem_str norm) {
  uint32_t key = (uint32_t)dem_hash(norm.data, norm.len, 5);
  return key ? key : 1;
}

static bool is_capital(dem_str form) {
  size_t at = 0;
  return form.len && dem_cp_is_upper(dem_utf8_next(form, &at));
}

static bool opens(dem_str norm) { return dem_str_is(norm, "\"") || dem_str_is(norm, "'") || dem_str_is(norm, "(") || dem_str_is(norm, "-"); }

/* Would any word have a capital here? */
static bool is_initial(const dem_doc *doc, const dem_sentence *s, uint32_t i) {
  while (i > s->first && opens(doc->tokens.at[i - 1].norm)) i--;
  if (i == s->first) return true;
  dem_str before = doc->tokens.at[i - 1].norm;
  return dem_str_is(before, ".") || dem_str_is(before, "?") || dem_str_is(before, "!") || dem_str_is(before, ":");
}

void dem_name_seen_in(const dem_doc *doc, uint32_t first, uint32_t last, dem_name_seen *seen) {
  memset(seen, 0, sizeof *seen);
  for (uint32_t k = first; k < last; k++) {
    const dem_sentence *s = &doc->sentences.at[k];
    for (uint32_t i = s->first; i < s->last; i++) {
      uint32_t norm = norm_key(doc->tokens.at[i].norm), at = seen_at(seen, norm);
      seen->slot[at].norm = norm;
      bool capital = is_capital(dem_doc_slice(doc, doc->tokens.at[i].span));
      if (!capital) seen->slot[at].small++;
      else if (!is_initial(doc, s, i)) seen->slot[at].capital++;
    }
  }
}

/* ---- one word ---- */

static uint8_t class_of(dem_str norm, const dem_word *w) {
  static const char *const alone[] = {",", ".", "of", "the", "and", "-", "'s", "(", ")", "for"};
  for (unsigned i = 0; i < sizeof alone / sizeof *alone; i++)
    if (dem_str_is(norm, alone[i])) return (uint8_t)(i + 1);
  if (w->traits & DEM_TRAIT_DIGIT) return 11;
  if (w->traits & DEM_TRAIT_SIGN) return 12;
  if (w->traits & DEM_TRAIT_ALL_UPPER) return 13;
  if (w->traits & DEM_TRAIT_UPPER) return 14;
  return norm.len <= 3 ? 15 : 0;
}

static void look_up(const dem_namer *namer, dem_name_word *w) {
  uint32_t at = dem_name_word_place(w->make.norm) & namer->word_mask, check = dem_name_word_check(w->make.norm);
  for (uint32_t i = 0; i < DEM_NAME_PROBES && namer->word[at]; at = (at + 1) & namer->word_mask, i++) {
    uint32_t slot = namer->word[at], cluster = slot & DEM_NAME_CLUSTERS;
    if (slot >> DEM_NAME_CHECK_AT != check) continue;
    w->lists = (uint8_t)(slot >> DEM_NAME_LISTS_AT);
    if (cluster == 0) return;
    w->cluster[0] = cluster; /* levels are nested: fine, by 8, by 64 */
    w->cluster[1] = (cluster - 1) / 8 + 0x10000;
    w->cluster[2] = (cluster - 1) / 64 + 0x20000;
    return;
  }
}

/* ---- lexicon matches ---- */

/* 2 bits a source: 0 none, 1 alone, 2 begins, 3 inside; then 3 bits for the state's kind, one for a large place. */
enum { KIND_AT = 8, LARGE_AT = 11, LARGE = 100000 /* people of a place */ };

static void mark(dem_name_word *w, uint32_t n, unsigned at, unsigned extra) {
  for (uint32_t i = 0; i < n; i++) w[i].table |= (uint16_t)((n == 1 ? 1u : i == 0 ? 2u : 3u) << at | extra);
}

static unsigned state_kind(const dem_table *states, uint32_t row) {
  dem_str kind = dem_table_cell(states, row, STATES_KIND);
  static const char *const kinds[] = {"name", "adjective", "people", "capital", "seat", "region"};
  for (unsigned i = 0; i < 6; i++)
    if (dem_str_is(kind, kinds[i])) return i + 1;
  return 7;
}

typedef enum source { PEOPLE, ORGANISATIONS, PLACES, STATES, SOURCES } source;

/* The longest match from token `at`; *extra is more about it. */
static dem_match match_at(const dem_namer *namer, dem_doc *doc, source from, uint32_t at, uint32_t limit, unsigned *extra) {
  const dem_table *table[SOURCES] = {namer->people, namer->organisations, NULL, namer->states};
  dem_match m = {DEM_NONE, at};
  *extra = 0;
  if (from == PLACES) {
    if (namer->places) m = dem_doc_match_place(doc, namer->places, at, limit);
    if (m.row == DEM_NONE) return m;
    dem_gaz_entry e = dem_gazetteer_entry(namer->places, m.row);
    if (e.people > LARGE || e.flags & DEM_GAZ_OWN) *extra = 1u << LARGE_AT;
    return m;
  }
  if (table[from]) m = dem_doc_match(doc, table[from], at, limit);
  if (from == STATES && m.row != DEM_NONE) *extra = state_kind(table[from], m.row) << KIND_AT;
  return m;
}

static void match(const dem_namer *namer, dem_doc *doc, const dem_sentence *s, dem_name_words *words) {
  dem_name_word *w = dem_name_words_at(words);
  for (source from = PEOPLE; from < SOURCES; from++)
    for (uint32_t i = 0; i < words->n;) {
      unsigned extra = 0;
      dem_match m = {DEM_NONE, 0};
      if (w[i].make.traits & DEM_TRAIT_UPPER) m = match_at(namer, doc, from, s->first + i, s->last, &extra);
      uint32_t n = m.row == DEM_NONE ? 1 : m.last - s->first - i;
      if (m.row != DEM_NONE) mark(w + i, n, 2 * from, extra);
      i += n;
    }
}

/* ---- runs of capitals ---- */

static bool links(dem_str norm) {
  return dem_str_in_list(DEM_S("of|the|for|and|de|da|do|del|di|la|al|el|bin|van|von|-|&|'s|'"), norm);
}

static void mark_run(dem_name_words *words, uint32_t first, uint32_t last) {
  dem_name_word *w = dem_name_words_at(words);
  for (uint32_t i = first; i < last; i++) {
    w[i].run_first = w[first].make.norm;
    w[i].run_last = w[last - 1].make.norm;
    w[i].before = (w + first)[-1].make.norm;
    w[i].after = w[last].make.norm;
    uint32_t right = last - 1 - i, left = i - first;
    w[i].place = (uint8_t)(1 + (left > 2 ? 2 : left) * 3 + (right > 2 ? 2 : right));
  }
}

static void mark_runs(const dem_doc *doc, const dem_sentence *s, dem_name_words *words) {
  const dem_name_word *w = dem_name_words_at(words);
  for (uint32_t i = 0; i < words->n;) {
    if (!(w[i].make.traits & DEM_TRAIT_UPPER)) {
      i++;
      continue;
    }
    uint32_t last = i + 1, at = i + 1;
    while (at < words->n && at < i + RUN_MOST) {
      if (w[at].make.traits & DEM_TRAIT_UPPER) last = ++at;
      else if (links(doc->tokens.at[s->first + at].norm) && at < last + 2) at++;
      else break;
    }
    mark_run(words, i, last);
    i = last;
  }
}

/* ---- the tree ---- */

static void look_at_tree(const dem_doc *doc, const dem_sentence *s, dem_name_words *words) {
  dem_name_word *w = dem_name_words_at(words);
  for (uint32_t i = 0; i < words->n; i++) {
    const dem_token *t = &doc->tokens.at[s->first + i];
    w[i].upos = (uint8_t)(1 + t->upos);
    w[i].deprel = t->deprel;
    w[i].tag = (uint32_t)dem_hash(t->tag.data, t->tag.len, 3);
    if (t->head < s->first || t->head >= s->last) continue;
    const dem_name_word *head = &w[t->head - s->first];
    w[i].head = head->make.norm;
    w[i].head_cluster = head->cluster[1];
    if (t->deprel == DEM_DEPREL_APPOS) w[t->head - s->first].apposed = w[i].make.norm;
  }
}

void dem_name_words_fill(const dem_namer *namer, dem_doc *doc, const dem_name_seen *seen, const dem_sentence *s, dem_name_words *words) {
  dem_name_word *w = dem_name_words_at(words);
  words->n = s->last - s->first;
  for (uint32_t i = 0; i < words->n; i++) {
    const dem_token *t = &doc->tokens.at[s->first + i];
    w[i] = (dem_name_word){.lists = 0};
    dem_word_make(dem_doc_slice(doc, t->span), t->norm, &w[i].make);
    w[i].class = class_of(t->norm, &w[i].make);
    w[i].initial = is_initial(doc, s, s->first + i);
    look_up(namer, &w[i]);
    uint32_t at = seen_at(seen, norm_key(t->norm));
    w[i].seen = (uint8_t)((seen->slot[at].small > 0) + 2 * (seen->slot[at].capital > 0));
  }
  for (uint32_t i = 0; i < DEM_NAME_PAD; i++) words->room[i] = w[words->n + i] = (dem_name_word){.lists = 0};
  look_at_tree(doc, s, words);
  match(namer, doc, s, words);
  mark_runs(doc, s, words);
}

uint32_t dem_name_features(const dem_name_word *w, uint64_t *f) {
  uint64_t *p = f;
  uint32_t t = 700;
  const dem_word *m = &w->make, *l = &w[-1].make, *r = &w[1].make;
#define ADD(a, b) *p++ = dem_feature(t++, (a), (b))
  ADD(0, 0);
  ADD(m->form, 0);
  ADD(m->norm, 0);
  ADD(l->norm, 0);
  ADD(r->norm, 0);
  ADD(w[-2].make.norm, 0);
  ADD(w[2].make.norm, 0);
  ADD(l->norm, m->norm);
  ADD(m->norm, r->norm);
  ADD(l->norm, r->norm);
  ADD(dem_two(l->norm, m->shape), w[-2].make.norm);
  ADD(dem_two(r->norm, m->shape), w[2].make.norm);
  ADD(l->norm, m->shape);
  ADD(r->norm, m->shape);
  ADD(m->shape, w->initial);
  ADD(m->shape, l->shape);
  ADD(m->shape, r->shape);
  ADD(dem_two(l->shape, m->shape), r->shape);
  ADD(dem_two(m->shape, r->shape), w[2].make.shape);
  ADD(dem_two(l->shape, m->shape), w[-2].make.shape);
  for (unsigned k = 0; k < 5; k++) ADD(m->suffix[k], m->traits);
  for (unsigned k = 1; k < 4; k++) ADD(m->prefix[k], m->traits);
  ADD(l->suffix[2], m->shape);
  ADD(r->suffix[2], m->shape);
  ADD(dem_two(w->initial, w->seen), m->traits);
  ADD(w->initial, m->norm);
  for (unsigned k = 0; k < 3; k++) {
    ADD(w->cluster[k], 0);
    ADD(w->cluster[k], m->shape);
    ADD(w[-1].cluster[k], m->shape);
    ADD(w[1].cluster[k], m->shape);
    ADD(w[-2].cluster[k], m->shape);
    ADD(w[2].cluster[k], m->shape);
    ADD(w[-1].cluster[k], w->cluster[k]);
    ADD(w->cluster[k], w[1].cluster[k]);
  }
  ADD(w[-1].cluster[1], dem_two(w->cluster[1], w[1].cluster[1]));
  ADD(w->table, m->shape);
  ADD(w->table, w[1].table);
  ADD(w->table, w[-1].table);
  ADD(w->table & 3u, m->traits);
  ADD(w->table >> 2 & 3u, m->traits);
  ADD(w->table >> 4 & 0x83u, m->traits);
  ADD(w->table >> 6 & 31u, m->traits);
  ADD(w->table >> 6 & 31u, r->norm);
  ADD(w->table, w->lists);
  ADD(w->lists, m->traits);
  ADD(dem_two(w->lists, w[1].lists), m->traits);
  ADD(dem_two(w->lists, w[-1].lists), m->traits);
  ADD(w->place, m->shape);
  ADD(w->run_last, w->place);
  ADD(w->run_first, w->place);
  ADD(w->before, w->place);
  ADD(w->after, w->place);
  ADD(w->upos, m->shape);
  ADD(w->tag, m->traits);
  ADD(dem_two(w[-1].upos, w->upos), w[1].upos);
  ADD(dem_two(w->deprel, w->upos), m->traits);
  ADD(dem_two(w->deprel, m->traits), w->head);
  ADD(dem_two(w->deprel, m->traits), w->head_cluster);
  ADD(dem_two(w->apposed, w->upos), m->traits);
  ADD(w->run_last, m->norm);
  ADD(w->before, m->norm);
#undef ADD
  return (uint32_t)(p - f);
}
