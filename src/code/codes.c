/* Numbers and contexts. The score is that of the mode farthest from zero, else of the bare type; the CAMEO code is the frame's
 * or the usual one of the mode. Contexts are what the paragraph is about: words of the contexts table with their weights,
 * summed; a paragraph that only touches a subject takes it when the whole dispatch is about it. */
#include "base/utf8.h"
#include "code/coder.h"

#define CONTEXTS 37
#define ENOUGH 3u        /* weight in a paragraph that makes it a context */
#define ENOUGH_IN_ALL 8u /* weight in the dispatch that makes one mention enough */

static const char *const context_names[CONTEXTS] = {
  "military", "intelligence", "executive", "legislative", "election", "political_institutions", "pro_democracy", "pro_autocracy",
  "economic", "legal", "reparations", "human_rights", "rights_freedoms", "repression", "human_security", "gender", "lgbt",
  "religion_ethnicity", "inequality", "diplomatic", "territory", "peacekeeping", "health", "asylum", "migration", "disasters",
  "natural_resource", "environment", "technology", "terrorism", "cbrn", "cyber", "misinformation", "crime", "corruption",
  "illegal_drugs", "trafficking"};

static uint32_t context_number(dem_str name) {
  for (uint32_t i = 0; i < CONTEXTS; i++)
    if (dem_str_is(name, context_names[i])) return i;
  return 63; /* a word that is no context sets a bit nobody reads */
}

/* "-3.5" -> -35; no floating point. */
static int32_t tenths(dem_str s) {
  bool minus = s.len && s.data[0] == '-';
  int32_t v = 0;
  bool point = false, done = false;
  for (size_t i = minus; i < s.len && !done; i++) {
    if (s.data[i] == '.') point = true;
    else if (dem_is_digit((unsigned char)s.data[i]) && v < 100000) v = v * 10 + (s.data[i] - '0'), done = point;
  }
  if (!done) v *= 10;
  return minus ? -v : v;
}

static uint32_t type_row(dem_coder *c, dem_type type, dem_str mode) {
  dem_str name = dem_type_text(type);
  dem_str key = mode.len ? dem_str_format(&c->doc->arena, "%.*s/%.*s", DEM_FMT(name), DEM_FMT(mode)) : name;
  return dem_table_find(c->types, dem_norm(&c->doc->arena, key));
}

static int32_t magnitude(int32_t v) { return v < 0 ? -v : v; }

static void score(dem_coder *c, dem_event *e) {
  uint32_t row = type_row(c, e->type, (dem_str){NULL, 0});
  if (row == DEM_NONE) return;
  dem_str usual = dem_table_cell(c->types, row, TYPES_CAMEO);
  int32_t best = tenths(dem_table_cell(c->types, row, TYPES_SCORE)), moded = 0;
  for (uint32_t i = 0; i < e->modes.n; i++) {
    uint32_t r = type_row(c, e->type, e->modes.at[i]);
    if (r == DEM_NONE) continue;
    int32_t v = tenths(dem_table_cell(c->types, r, TYPES_SCORE));
    if (i == 0 || magnitude(v) > magnitude(moded)) moded = v, usual = dem_table_cell(c->types, r, TYPES_CAMEO);
  }
  e->score = e->modes.n ? moded : best;
  if (!e->cameo.len) e->cameo = usual;
}


void dem_codes(dem_coder *c, dem_event *e) {
  score(c, e);
  uint32_t row = dem_table_find(c->cameo, e->cameo);
  if (row != DEM_NONE) e->goldstein = tenths(dem_table_cell(c->cameo, row, CAMEO_GOLDSTEIN));
  uint64_t topics = 0;
  if (c->topics) topics = c->topics[c->doc->sentences.at[dem_tok(c, e->trigger_token)->sentence].paragraph];
  for (uint32_t i = 0; i < e->modes.n; i++)
    if (dem_str_is(e->modes.at[i], "cyber") || dem_str_is(e->modes.at[i], "misinformation"))
      topics |= 1ull << context_number(e->modes.at[i]);
  for (uint32_t i = 0; i < CONTEXTS; i++)
    if (topics >> i & 1) *dem_push(&c->doc->arena, &e->contexts) = dem_str_of(context_names[i]);
}

static void weigh(dem_coder *c, uint32_t row, uint32_t *weights, uint32_t *all) {
  for (uint32_t end = dem_table_end(c->contexts, row); row < end; row++) {
    uint32_t k = context_number(dem_table_cell(c->contexts, row, CONTEXTS_CONTEXT)), w = 0;
    if (k >= CONTEXTS || !dem_str_u32(dem_table_cell(c->contexts, row, CONTEXTS_WEIGHT), &w) || w > 9) continue;
    weights[k] += w;
    all[k] += w;
  }
}

static uint32_t paragraphs(const dem_doc *doc) {
  uint32_t n = 0;
  for (uint32_t s = 0; s < doc->sentences.n; s++)
    if (doc->sentences.at[s].paragraph >= n) n = doc->sentences.at[s].paragraph + 1;
  return n;
}

void dem_topics(dem_coder *c) {
  dem_doc *doc = c->doc;
  uint32_t n = paragraphs(doc), all[CONTEXTS] = {0};
  uint32_t(*weights)[CONTEXTS] = dem_arena_push_array(&doc->arena, sizeof *weights, n + 1u);
  c->topics = dem_array(&doc->arena, uint64_t, n + 1u);
  for (uint32_t s = 0; s < doc->sentences.n; s++) {
    const dem_sentence *sentence = &doc->sentences.at[s];
    for (uint32_t t = sentence->first; t < sentence->last;) {
      dem_match m = dem_doc_match(doc, c->contexts, t, sentence->last);
      uint32_t row = m.row != DEM_NONE ? m.row : dem_table_find(c->contexts, dem_tok(c, t)->lemma);
      if (row != DEM_NONE) weigh(c, row, weights[sentence->paragraph], all);
      t = m.row != DEM_NONE ? m.last : t + 1;
    }
  }
  for (uint32_t p = 0; p < n; p++)
    for (uint32_t k = 0; k < CONTEXTS; k++)
      if (weights[p][k] >= ENOUGH || (weights[p][k] && all[k] >= ENOUGH_IN_ALL)) c->topics[p] |= 1ull << k;
}
