/* Trains the parser with the dynamic oracle of the arc-hybrid system (Goldberg and Nivre 2013): in every state the moves that
 * lose no gold arc are known, so the parser may follow its own mistakes and learn from where they lead. Tags are those of
 * taggers that have not seen the sentence, as they will be in use. */
#include <stdio.h>
#include <stdlib.h>

#include "train/trainers.h"

enum { FOLDS = 5, FOLD_EPOCHS = 5 };

typedef struct gold {
  uint16_t head[DEM_SENTENCE_MAX + 2]; /* n: ROOT */
  uint8_t rel[DEM_SENTENCE_MAX + 2];
} gold;

static void gold_of(const dem_doc *doc, const dem_sentence *s, gold *g) {
  uint32_t n = s->last - s->first;
  for (uint32_t i = 0; i < n; i++) {
    const dem_token *t = &doc->tokens.at[s->first + i];
    g->head[i] = (uint16_t)(t->head == DEM_NONE ? n : t->head - s->first);
    g->rel[i] = t->deprel;
  }
  g->head[n] = g->head[n + 1] = (uint16_t)(n + 1);
}

/* Gold arcs that each move makes impossible (they must still be possible in this state). */
static void costs(const dem_parse_state *s, const gold *g, uint32_t cost[3]) {
  uint32_t n = s->n, b = s->next, s0 = s->depth ? s->stack[s->depth - 1] : n + 1, s1 = s->depth > 1 ? s->stack[s->depth - 2] : n + 1;
  cost[0] = cost[1] = cost[2] = 0;
  for (uint32_t i = 0; i < s->depth; i++) {
    if (g->head[s->stack[i]] == b) cost[DEM_MOVE_SHIFT]++;
    if (s->stack[i] == g->head[b] && i + 1 < s->depth) cost[DEM_MOVE_SHIFT]++;
  }
  if (!s->depth) return;
  uint32_t kids = 0, head = g->head[s0];
  for (uint32_t i = b; i < n; i++) kids += g->head[i] == s0;
  cost[DEM_MOVE_LEFT] = kids + ((head > b && head <= n) || (head == s1 && s->depth > 1));
  cost[DEM_MOVE_RIGHT] = kids + (head >= b && head <= n);
}

/* Is the label free of cost: a free move, and the right relation where the move makes a gold arc? */
static bool is_free(const dem_parse_state *s, const gold *g, const uint32_t cost[3], unsigned label) {
  unsigned move = dem_move_of(label);
  if (cost[move]) return false;
  if (move == DEM_MOVE_SHIFT) return true;
  uint32_t kid = s->stack[s->depth - 1], head = move == DEM_MOVE_LEFT ? s->next : s->stack[s->depth - 2];
  return g->head[kid] == head ? dem_rel_of(label) == g->rel[kid] : dem_rel_of(label) != DEM_DEPREL_ROOT || head == s->n;
}

typedef struct choice {
  unsigned best, best_free; /* labels */
} choice;

static choice choose(const dem_parse_state *s, const gold *g, const int64_t *score) {
  uint32_t cost[3];
  costs(s, g, cost);
  bool may[3] = {dem_parse_may(s, 0), dem_parse_may(s, 1), dem_parse_may(s, 2)};
  uint32_t least = UINT32_MAX;
  for (unsigned m = 0; m < 3; m++)
    if (may[m] && cost[m] < least) least = cost[m];
  for (unsigned m = 0; m < 3; m++) cost[m] -= may[m] ? least : 0; /* where all lose, the least loss is free */
  choice c = {DEM_MOVES, DEM_MOVES};
  for (unsigned k = 0; k < DEM_MOVES; k++) {
    if (!may[dem_move_of(k)] || !dem_parse_fits(s, k)) continue;
    if (c.best == DEM_MOVES || score[k] > score[c.best]) c.best = k;
    if (is_free(s, g, cost, k) && (c.best_free == DEM_MOVES || score[k] > score[c.best_free])) c.best_free = k;
  }
  if (c.best_free == DEM_MOVES) c.best_free = c.best;
  return c;
}

static uint32_t learn_sentence(dem_learner *l, dem_parse_state *s, const gold *g, dem_random *random, bool explore) {
  uint64_t feature[DEM_PARSE_FEATURES];
  int64_t score[256];
  uint32_t wrong = 0;
  while (!dem_parse_done(s)) {
    uint32_t n = dem_parse_features(s, feature);
    dem_learner_score(l, feature, n, score);
    choice c = choose(s, g, score);
    if (c.best != c.best_free) {
      dem_learner_update(l, feature, n, c.best_free, c.best);
      wrong++;
    }
    dem_learner_tick(l);
    dem_parse_apply(s, explore && dem_random_below(random, 10) < 9 ? c.best : c.best_free);
  }
  return wrong;
}

/* Tags for every sentence from taggers trained on the other folds; by token. */
static uint8_t *jackknife(const dem_doc *doc, const dem_labels *labels) {
  uint8_t *tags = calloc(doc->tokens.n + 1, 1);
  bool *take = malloc(doc->sentences.n + 1);
  dem_words *words = malloc(sizeof *words);
  if (!tags || !take || !words) abort();
  for (uint32_t fold = 0; fold < FOLDS; fold++) {
    for (uint32_t i = 0; i < doc->sentences.n; i++) take[i] = i / 20 % FOLDS != fold;
    dem_learner *l = dem_tagger_train(doc, labels, take, FOLD_EPOCHS);
    for (uint32_t i = 0; i < doc->sentences.n; i++) {
      if (take[i]) continue;
      dem_words_fill(doc, &doc->sentences.at[i], words);
      dem_tagger_run(l, words, labels->count);
      for (uint32_t k = 0; k < words->n; k++) tags[doc->sentences.at[i].first + k] = dem_words_at(words)[k].label;
    }
    dem_learner_free(l);
  }
  free(take);
  free(words);
  return tags;
}

/* The same, from `path` when that has been made before. */
static uint8_t *tags_of(const dem_doc *doc, const dem_labels *labels, const char *path) {
  FILE *f = path ? fopen(path, "rb") : NULL;
  if (f) {
    uint8_t *tags = calloc(doc->tokens.n + 1, 1);
    bool whole = tags && fread(tags, 1, doc->tokens.n + 1u, f) == doc->tokens.n;
    fclose(f);
    if (whole) return tags;
    free(tags);
  }
  uint8_t *tags = jackknife(doc, labels);
  if (path && (f = fopen(path, "wb"))) {
    fwrite(tags, 1, doc->tokens.n, f);
    fclose(f);
  }
  return tags;
}

typedef struct parse_run {
  const dem_doc *doc;
  const uint8_t *tags;
  dem_tagger tagger; /* for its tables of labels */
  dem_words words;
  dem_parse_state state;
  gold gold;
} parse_run;

static void set_up(parse_run *r, uint32_t sentence) {
  const dem_sentence *s = &r->doc->sentences.at[sentence];
  dem_words_fill(r->doc, s, &r->words);
  dem_word *w = dem_words_at(&r->words);
  for (uint32_t i = 0; i < r->words.n; i++) {
    w[i].label = r->tags[s->first + i];
    r->words.upos[i] = r->tagger.upos[w[i].label];
  }
  gold_of(r->doc, s, &r->gold);
  dem_parse_start(&r->state, w, r->words.upos, r->words.n);
}

bool dem_train_parse(dem_data *data, const dem_recipe *recipe) {
  const dem_doc *doc = data->doc;
  dem_labels labels;
  dem_labels_make(doc, &labels);
  uint8_t *tags = tags_of(doc, &labels, recipe->tags);
  parse_run *r = calloc(1, sizeof *r);
  uint32_t n = doc->sentences.n, *order = malloc((n + 1) * sizeof *order);
  if (!r || !order) abort();
  r->doc = doc;
  r->tags = tags;
  dem_tagger_labels((dem_str){labels.names, labels.len}, &r->tagger);
  dem_learner *l = dem_learner_new();
  dem_random random = {20200626};
  for (uint32_t i = 0; i < n; i++) order[i] = i;
  for (uint32_t epoch = 0; epoch < recipe->epochs; epoch++) {
    uint32_t wrong = 0;
    dem_shuffle(&random, order, n);
    for (uint32_t k = 0; k < n; k++) {
      set_up(r, order[k]);
      wrong += learn_sentence(l, &r->state, &r->gold, &random, epoch > 0);
    }
    fprintf(stderr, "parse: epoch %u: %u wrong\n", epoch + 1, wrong);
  }
  bool ok = dem_learner_write(l, recipe->out, DEM_MOVES, (dem_str){NULL, 0}, recipe->room);
  dem_learner_free(l);
  dem_labels_free(&labels);
  free(tags);
  free(order);
  free(r);
  return ok;
}
