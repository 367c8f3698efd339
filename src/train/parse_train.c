/* Trains the parser with the dynamic oracle of the arc-hybrid system (Goldberg and Nivre 2013): in every state the moves that
 * lose no gold arc are known, so the parser may follow its own mistakes and learn from where they lead. Tags are those of
 * taggers that have not seen the sentence, as they will be in use. */
#include <stdio.h>
#include <stdlib.h>

#include "train/hashed_train.h"
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

typedef struct choice {
  unsigned best, best_free; /* moves */
} choice;

static choice choose(const dem_parse_state *s, const gold *g, const int32_t *score) {
  uint32_t cost[3], least = UINT32_MAX;
  costs(s, g, cost);
  for (unsigned m = 0; m < DEM_MOVES; m++)
    if (dem_parse_may(s, m) && cost[m] < least) least = cost[m];
  choice c = {DEM_MOVES, DEM_MOVES};
  for (unsigned m = 0; m < DEM_MOVES; m++) {
    if (!dem_parse_may(s, m)) continue;
    if (c.best == DEM_MOVES || score[m] > score[c.best]) c.best = m;
    if (cost[m] == least && (c.best_free == DEM_MOVES || score[m] > score[c.best_free])) c.best_free = m;
  }
  return c;
}

/* The relation the model gives the arc; learns when the arc is gold and the relation is not. */
static unsigned relation(dem_learner *l, const dem_parse_state *s, const gold *g, dem_arc arc, uint32_t *wrong) {
  uint64_t feature[DEM_PARSE_FEATURES];
  int64_t score[256];
  if (arc.head == s->n) return DEM_DEPREL_ROOT;
  uint32_t n = dem_relation_features(s, arc, feature);
  dem_learner_score(l, feature, n, score);
  unsigned best = DEM_DEPREL_DEP;
  for (unsigned rel = 0; rel < DEM_DEPREL_COUNT; rel++)
    if (rel != DEM_DEPREL_ROOT && score[rel] > score[best]) best = rel;
  if (g->head[arc.kid] != arc.head || best == g->rel[arc.kid]) return best;
  dem_learner_update(l, feature, n, g->rel[arc.kid], best);
  ++*wrong;
  return best;
}

typedef struct parse_run {
  const dem_doc *doc;
  const uint8_t *tags;
  dem_tagger tagger; /* for its tables of labels */
  dem_words words;
  dem_parse_state state;
  gold gold;
  dem_hashed_learner *moves;
  dem_learner *relations;
  dem_random random;
  uint32_t wrong_moves, wrong_relations;
} parse_run;

static void learn_sentence(parse_run *r, bool explore) {
  uint64_t feature[DEM_PARSE_FEATURES];
  int32_t score[DEM_HASHED_CHOICES];
  dem_parse_state *s = &r->state;
  while (!dem_parse_done(s)) {
    uint32_t n = dem_parse_features(s, feature);
    dem_hashed_score(r->moves, feature, n, score);
    choice c = choose(s, &r->gold, score);
    if (c.best != c.best_free) {
      dem_hashed_update(r->moves, feature, n, c.best_free, c.best);
      r->wrong_moves++;
    }
    dem_hashed_tick(r->moves);
    unsigned move = explore && dem_random_below(&r->random, 10) < 9 ? c.best : c.best_free;
    if (move == DEM_MOVE_SHIFT) dem_parse_shift(s);
    else dem_parse_attach(s, move, relation(r->relations, s, &r->gold, dem_parse_arc(s, move), &r->wrong_relations));
    if (move != DEM_MOVE_SHIFT) dem_learner_tick(r->relations);
  }
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

static void run_epochs(parse_run *r, uint32_t epochs) {
  uint32_t n = r->doc->sentences.n, *order = malloc((n + 1) * sizeof *order);
  if (!order) abort();
  for (uint32_t i = 0; i < n; i++) order[i] = i;
  for (uint32_t epoch = 0; epoch < epochs; epoch++) {
    r->wrong_moves = r->wrong_relations = 0;
    dem_shuffle(&r->random, order, n);
    for (uint32_t k = 0; k < n; k++) {
      set_up(r, order[k]);
      learn_sentence(r, epoch > 0);
    }
    fprintf(stderr, "parse: epoch %u: %u moves, %u relations wrong\n", epoch + 1, r->wrong_moves, r->wrong_relations);
  }
  free(order);
}

bool dem_train_parse(dem_data *data, const dem_recipe *recipe) {
  dem_labels labels;
  dem_labels_make(data->doc, &labels);
  uint8_t *tags = tags_of(data->doc, &labels, recipe->tags);
  parse_run *r = calloc(1, sizeof *r);
  if (!r) abort();
  r->doc = data->doc;
  r->tags = tags;
  r->random.state = 20200626;
  dem_tagger_labels((dem_str){labels.names, labels.len}, &r->tagger);
  r->moves = dem_hashed_learner_new(recipe->rows_log2);
  r->relations = dem_learner_new();
  run_epochs(r, recipe->epochs);
  char path[4096];
  snprintf(path, sizeof path, "%s/move.bin", recipe->out);
  bool ok = dem_hashed_write(r->moves, path);
  snprintf(path, sizeof path, "%s/relation.bin", recipe->out);
  ok = dem_learner_write(r->relations, path, DEM_DEPREL_COUNT, (dem_str){NULL, 0}, recipe->room) && ok;
  dem_hashed_learner_free(r->moves);
  dem_learner_free(r->relations);
  dem_labels_free(&labels);
  free(tags);
  free(r);
  return ok;
}
