/* Features of two parties in a sentence: the words before, between and after them, the verbs and nouns that govern each, the way
 * between them on the tree, the types that the frame lexicon gives those words, and the events that the rules coded there. All
 * are plain counts over what other stages found; nothing here knows a type. Cost: linear in the text times the depth of trees.
 * Refuses nothing: a party that is not in the text leaves its features out. */
#include "code/pair.h"

#include <stdio.h>

enum { GOVERNORS = 3, CHAIN = 15 };

typedef struct pair {
  dem_doc *doc;
  const dem_table *frames;
  dem_span source, target;
  uint32_t head[2], chain[2][CHAIN], chain_n[2]; /* of source and target: from the head up */
  bool source_first;
  dem_bag *bag;
} pair;

static void add(dem_bag *bag, uint64_t key, int32_t value, bool sum) {
  if (key == 0) key = 1;
  uint32_t at = (uint32_t)key & (DEM_PAIR_SLOTS - 1);
  while (bag->slot_key[at] && bag->slot_key[at] != key) at = (at + 1) & (DEM_PAIR_SLOTS - 1);
  if (!bag->slot_key[at]) {
    if (bag->n == DEM_PAIR_MOST) return;
    bag->slot_key[at] = key;
    bag->slot[bag->n++] = at;
  }
  if (sum) bag->slot_value[at] += value;
  else if (value > bag->slot_value[at]) bag->slot_value[at] = value;
}

static void word(pair *p, const char *kind, dem_str text, int32_t value) {
  add(p->bag, dem_hash(text.data, text.len, dem_hash(kind, strlen(kind), 1)), value, false);
}

static bool inside(dem_span outer, const dem_token *k) { return k->span.begin < outer.end && k->span.end > outer.begin; }

static const dem_token *token(const pair *p, uint32_t t) { return &p->doc->tokens.at[t]; }

uint32_t dem_pair_head(const dem_doc *doc, dem_span span) {
  if (span.begin >= span.end) return DEM_NONE;
  for (uint32_t t = dem_doc_token_from(doc, span.begin); t < doc->tokens.n; t++) {
    const dem_token *k = &doc->tokens.at[t];
    if (!inside(span, k)) return DEM_NONE;
    if (k->head == DEM_NONE || !inside(span, &doc->tokens.at[k->head])) return t;
  }
  return DEM_NONE;
}

static void climb(pair *p, int side) {
  for (uint32_t t = p->head[side]; t != DEM_NONE && p->chain_n[side] < CHAIN; t = token(p, t)->head)
    p->chain[side][p->chain_n[side]++] = t;
}

/* ---- what the frame lexicon says of a word ---- */

static char part_of_speech(dem_upos upos) {
  switch (upos) {
    case DEM_UPOS_VERB: case DEM_UPOS_AUX: return 'V';
    case DEM_UPOS_NOUN: case DEM_UPOS_PROPN: return 'N';
    case DEM_UPOS_ADJ: return 'A';
    default: return 0;
  }
}

/* Every type of the word's rows, as its share of them. */
static void types(pair *p, const char *kind, uint32_t t, int32_t value) {
  char pos = part_of_speech(token(p, t)->upos);
  uint32_t row = pos ? dem_table_find(p->frames, token(p, t)->lemma) : DEM_NONE;
  if (row == DEM_NONE) return;
  int32_t of[DEM_TYPE_COUNT + 1] = {0}, all = 0;
  for (uint32_t end = dem_table_end(p->frames, row); row < end; row++) {
    dem_str cell = dem_table_cell(p->frames, row, FRAMES_POS);
    if (!cell.len || cell.data[0] != pos) continue;
    of[dem_type_of(dem_table_cell(p->frames, row, FRAMES_TYPE))]++;
    all++;
  }
  for (uint64_t k = 0; k <= DEM_TYPE_COUNT; k++)
    if (of[k]) add(p->bag, dem_hash(&k, sizeof k, dem_hash(kind, strlen(kind), 2)), value * of[k] / all, true);
}

/* ---- words by where they stand ---- */

typedef struct zone {
  const char *name[2]; /* source first, target first */
  int32_t value;
} zone;

enum { IN_SOURCE, IN_TARGET, BEFORE, BETWEEN, AFTER, ANYWHERE };
static const zone zones[] = {[IN_SOURCE] = {{NULL, NULL}, 3},  [IN_TARGET] = {{NULL, NULL}, 5}, [BEFORE] = {{"p>", "p<"}, 5},
                             [BETWEEN] = {{"m>", "m<"}, 10}, [AFTER] = {{"q>", "q<"}, 7},     [ANYWHERE] = {{NULL, NULL}, 7}};

static int zone_of(const pair *p, const dem_token *k) {
  if (inside(p->source, k)) return IN_SOURCE;
  if (inside(p->target, k)) return IN_TARGET;
  if (p->head[0] == DEM_NONE || p->head[1] == DEM_NONE) return ANYWHERE;
  dem_span first = p->source_first ? p->source : p->target, last = p->source_first ? p->target : p->source;
  return k->span.begin < first.begin ? BEFORE : k->span.begin < last.begin ? BETWEEN : AFTER;
}

static void words(pair *p) {
  for (uint32_t t = 0; t < p->doc->tokens.n; t++) {
    const dem_token *k = token(p, t);
    const zone *z = &zones[zone_of(p, k)];
    word(p, "w", k->lemma, z->value);
    if (z->name[0]) word(p, z->name[!p->source_first], k->lemma, z->value);
    types(p, "f", t, z->value);
    if (t + 1 == p->doc->tokens.n) break;
    dem_str next = token(p, t + 1)->lemma;
    uint64_t key = dem_hash(next.data, next.len, dem_hash(k->lemma.data, k->lemma.len, 3));
    add(p->bag, key, z->value * 7 / 10, false);
  }
}

/* ---- the tree ---- */

static void governors(pair *p, int side) {
  static const char *const name[2][GOVERNORS] = {{"ga0", "ga1", "ga2"}, {"gb0", "gb1", "gb2"}};
  static const char *const any[2] = {"ga", "gb"}, *const type[2] = {"gaf", "gbf"}, *const rel[2] = {"gar", "gbr"};
  for (uint32_t i = 1, depth = 0; i < p->chain_n[side] && depth < GOVERNORS; i++) {
    uint32_t t = p->chain[side][i];
    if (!part_of_speech(token(p, t)->upos) || token(p, t)->upos == DEM_UPOS_PROPN) continue;
    int32_t value = 10 - 2 * (int32_t)depth;
    word(p, name[side][depth], token(p, t)->lemma, value);
    word(p, any[side], token(p, t)->lemma, value);
    types(p, type[side], t, value);
    depth++;
  }
  if (p->chain_n[side]) word(p, rel[side], dem_deprel_text(token(p, p->chain[side][0])->deprel), 5);
}

static void on_way(pair *p, uint32_t t) {
  word(p, "way", token(p, t)->lemma, 10);
  types(p, "wayf", t, 10);
}

static void way(pair *p) {
  for (uint32_t i = 0; i < p->chain_n[0]; i++)
    for (uint32_t j = 0; j < p->chain_n[1]; j++) {
      if (p->chain[0][i] != p->chain[1][j]) continue;
      uint32_t meet = p->chain[0][i];
      word(p, "meet", token(p, meet)->lemma, 10);
      for (uint32_t k = 1; k < i; k++) on_way(p, p->chain[0][k]);
      for (uint32_t k = 1; k < j; k++) on_way(p, p->chain[1][k]);
      on_way(p, meet);
      return;
    }
}

/* ---- what the rules coded ---- */

static bool meets(const dem_parties *parties, dem_span span) {
  for (uint32_t i = 0; i < parties->n; i++)
    if (parties->at[i].span.begin < span.end && parties->at[i].span.end > span.begin) return true;
  return false;
}

static void events(pair *p) {
  for (uint32_t i = 0; i < p->doc->events.n; i++) {
    const dem_event *e = &p->doc->events.at[i];
    unsigned fit = (unsigned)meets(&e->actor, p->source) + (unsigned)meets(&e->recipient, p->target);
    char name[24];
    snprintf(name, sizeof name, "ev%u", fit);
    word(p, name, dem_type_text(e->type), 10);
    word(p, "ev", dem_type_text(e->type), 4 + 3 * (int32_t)fit);
    snprintf(name, sizeof name, "es%u.%u", fit, (unsigned)e->status);
    word(p, name, dem_type_text(e->type), 10);
    snprintf(name, sizeof name, "em%u", fit);
    for (uint32_t k = 0; k < e->modes.n; k++) word(p, name, e->modes.at[k], 10);
  }
}

void dem_pair_features(dem_doc *doc, const dem_model *model, dem_span source, dem_span target, dem_bag *bag) {
  pair p = {.doc = doc, .frames = dem_model_table(model, DEM_TABLE_FRAMES), .source = source, .target = target, .bag = bag};
  p.head[0] = dem_pair_head(doc, source);
  p.head[1] = dem_pair_head(doc, target);
  p.source_first = source.begin < target.begin;
  climb(&p, 0);
  climb(&p, 1);
  word(&p, "order", p.source_first ? DEM_S(">") : DEM_S("<"), 10);
  words(&p);
  governors(&p, 0);
  governors(&p, 1);
  way(&p);
  events(&p);
}
