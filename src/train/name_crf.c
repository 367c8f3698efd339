/* A conditional random field by stochastic gradient ascent with a step of its own for every weight (AdaGrad; Duchi et al. 2011).
 * Some of a word's features are left out at random, so that no one of them is relied on alone. One thread, fixed order. */
#include "train/name_crf.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum { TAGS = DEM_NAME_TAGS, SEEN_LOG2 = 26, DROP = 15 /* of 100 features */, LEAST_SEEN = 2 };
static const float RATE = 0.1f, START = 1e-2f, LEAST = 2e-3f /* smaller gradients are taken for none */;

#if defined __x86_64__ && defined __GNUC__ && !defined __clang__ && !defined __SANITIZE_THREAD__
#define CLONES __attribute__((target_clones("avx2", "default")))
#else
#define CLONES
#endif

struct dem_crf {
  float *emit, *square, *sum; /* rows x TAGS: weights, sums of squared gradients, sums of remembered weights */
  float move[DEM_NAME_MOVES], move_square[DEM_NAME_MOVES], move_sum[DEM_NAME_MOVES];
  uint32_t remembered;
  /* features */
  uint64_t *key; /* by row */
  uint32_t rows, *slot, mask;
  uint8_t *counter, *wanted; /* by a hash of the feature: how often it was seen; by row: looked at by readers */
  /* words */
  uint32_t words, added, *row;
  size_t *row_at, row_room; /* by word: where its rows begin */
  uint8_t *gold, *class;
  /* one sentence */
  float score[DEM_SENTENCE_MAX][TAGS], forward[DEM_SENTENCE_MAX][TAGS], backward[DEM_SENTENCE_MAX][TAGS];
  float exp_move[DEM_NAME_CLASSES][TAGS][TAGS]; /* follows `move` */
  bool may[TAGS][TAGS];
  uint32_t used[DEM_SENTENCE_MAX][DEM_NAME_FEATURES], uses[DEM_SENTENCE_MAX];
};

static void *must(void *p) {
  if (p) return p;
  fprintf(stderr, "demarche train: out of memory\n");
  exit(1);
}

dem_crf *dem_crf_new(uint32_t words) {
  dem_crf *c = must(calloc(1, sizeof *c));
  c->words = words;
  c->mask = (1u << 23) - 1;
  c->slot = must(calloc((size_t)c->mask + 1, sizeof *c->slot));
  c->key = must(malloc(((size_t)c->mask + 1) / 2 * sizeof *c->key));
  c->counter = must(calloc((size_t)1 << SEEN_LOG2, 1));
  c->wanted = must(calloc(((size_t)c->mask + 1) / 2, 1));
  c->row_at = must(calloc((size_t)words + 1, sizeof *c->row_at));
  c->gold = must(calloc(words + 1, 1));
  c->class = must(calloc(words + 1, 1));
  for (unsigned a = 0; a < TAGS; a++)
    for (unsigned b = 0; b < TAGS; b++) c->may[a][b] = dem_name_may_follow(a, b);
  return c;
}

void dem_crf_free(dem_crf *c) {
  if (!c) return;
  free(c->emit), free(c->square), free(c->sum), free(c->key), free(c->slot), free(c->counter), free(c->wanted);
  free(c->row), free(c->row_at), free(c->gold), free(c->class);
  free(c);
}

/* ---- features ---- */

void dem_crf_count(dem_crf *c, const uint64_t *f, uint32_t n) {
  for (uint32_t k = 0; k < n; k++) {
    uint8_t *seen = &c->counter[f[k] >> (64 - SEEN_LOG2)];
    if (*seen < 255) ++*seen;
  }
}

static uint32_t row_of(dem_crf *c, uint64_t key) {
  uint32_t at = (uint32_t)(key >> 7) & c->mask;
  for (; c->slot[at]; at = (at + 1) & c->mask)
    if (c->key[c->slot[at] - 1] == key) return c->slot[at] - 1;
  if (c->rows >= c->mask / 2) return DEM_NONE;
  c->key[c->rows] = key;
  c->slot[at] = ++c->rows;
  return c->rows - 1;
}

void dem_crf_add(dem_crf *c, const uint64_t *f, uint32_t n, unsigned class, unsigned gold, bool wanted) {
  size_t at = c->row_at[c->added];
  if (at + n > c->row_room) c->row = must(realloc(c->row, (c->row_room = 2 * c->row_room + (1u << 20)) * sizeof *c->row));
  for (uint32_t k = 0; k < n; k++) {
    if (c->counter[f[k] >> (64 - SEEN_LOG2)] < LEAST_SEEN) continue;
    uint32_t row = row_of(c, f[k]);
    if (row == DEM_NONE) continue;
    c->row[at++] = row;
    c->wanted[row] |= wanted;
  }
  c->class[c->added] = (uint8_t)class;
  c->gold[c->added] = (uint8_t)gold;
  c->row_at[++c->added] = at;
}

void dem_crf_start(dem_crf *c) {
  size_t cells = (size_t)c->rows * TAGS + 1;
  free(c->counter);
  c->counter = NULL;
  c->emit = must(calloc(cells, sizeof(float)));
  c->sum = must(calloc(cells, sizeof(float)));
  c->square = must(malloc(cells * sizeof(float)));
  for (size_t i = 0; i < cells; i++) c->square[i] = START;
  for (size_t i = 0; i < DEM_NAME_MOVES; i++) c->move_square[i] = START;
  for (size_t i = 0; i < DEM_NAME_MOVES; i++) (&c->exp_move[0][0][0])[i] = (&c->may[0][0])[i % (TAGS * TAGS)] ? expf(c->move[i]) : 0;
}

/* ---- one sentence ---- */

CLONES static void add_row(const dem_crf *c, uint32_t row, float *sum) {
  const float *w = c->emit + (size_t)row * TAGS;
  for (unsigned t = 0; t < TAGS; t++) sum[t] += w[t];
}

static void set_scores(dem_crf *c, uint32_t first, uint32_t n, dem_random *random) {
  for (uint32_t i = 0; i < n; i++) {
    float sum[TAGS] = {0}, most = -1e30f;
    c->uses[i] = 0;
    for (size_t k = c->row_at[first + i]; k < c->row_at[first + i + 1]; k++) {
      if (dem_random_below(random, 100) < DROP) continue;
      c->used[i][c->uses[i]++] = c->row[k];
      add_row(c, c->row[k], sum);
    }
    for (unsigned t = 0; t < TAGS; t++) most = sum[t] > most ? sum[t] : most;
    for (unsigned t = 0; t < TAGS; t++) c->score[i][t] = expf(sum[t] - most);
  }
}

static inline void scale(float *v) {
  float sum = 1e-30f;
  for (unsigned t = 0; t < TAGS; t++) sum += v[t];
  for (unsigned t = 0; t < TAGS; t++) v[t] /= sum;
}

static const float start_of[TAGS] = {1};

CLONES static void run_forward(dem_crf *c, const uint8_t *class, uint32_t n) {
  for (uint32_t i = 0; i < n; i++) {
    const float *before = i ? c->forward[i - 1] : start_of;
    float sum[TAGS] = {0};
    for (unsigned a = 0; a < TAGS; a++)
      for (unsigned b = 0; b < TAGS; b++) sum[b] += before[a] * c->exp_move[class[i]][a][b];
    for (unsigned b = 0; b < TAGS; b++) c->forward[i][b] = sum[b] * c->score[i][b];
    scale(c->forward[i]);
  }
}

CLONES static void run_backward(dem_crf *c, const uint8_t *class, uint32_t n) {
  for (unsigned t = 0; t < TAGS; t++) c->backward[n - 1][t] = c->may[t][0];
  for (uint32_t i = n - 1; i-- > 0;) {
    float after[TAGS];
    for (unsigned b = 0; b < TAGS; b++) after[b] = c->backward[i + 1][b] * c->score[i + 1][b];
    for (unsigned a = 0; a < TAGS; a++) {
      float sum = 0;
      for (unsigned b = 0; b < TAGS; b++) sum += after[b] * c->exp_move[class[i + 1]][a][b];
      c->backward[i][a] = sum;
    }
    scale(c->backward[i]);
  }
}

CLONES static void climb(float *restrict w, float *restrict square, const float *restrict gradient) {
  for (unsigned t = 0; t < TAGS; t++) {
    square[t] += gradient[t] * gradient[t];
    w[t] += RATE * gradient[t] / sqrtf(square[t]);
  }
}

/* False when the word is as good as certain, so that there is nothing to learn. */
static bool gradient_of(const dem_crf *c, uint32_t i, unsigned gold, float *p) {
  for (unsigned t = 0; t < TAGS; t++) p[t] = c->forward[i][t] * c->backward[i][t];
  scale(p);
  for (unsigned t = 0; t < TAGS; t++) p[t] = (float)(t == gold) - p[t];
  return p[gold] > LEAST;
}

static void climb_move(dem_crf *c, unsigned class, unsigned a, unsigned b, float g) {
  size_t at = ((size_t)class * TAGS + a) * TAGS + b;
  c->move_square[at] += g * g;
  c->move[at] += RATE * g / sqrtf(c->move_square[at]);
  c->exp_move[class][a][b] = expf(c->move[at]);
}

static void learn_move(dem_crf *c, const float *before, uint32_t i, unsigned class, unsigned from, unsigned to) {
  float p[TAGS][TAGS], sum = 1e-30f;
  for (unsigned a = 0; a < TAGS; a++)
    for (unsigned b = 0; b < TAGS; b++) sum += p[a][b] = before[a] * c->exp_move[class][a][b] * c->score[i][b] * c->backward[i][b];
  for (unsigned a = 0; a < TAGS; a++)
    for (unsigned b = 0; b < TAGS; b++) {
      float g = (float)(a == from && b == to) - p[a][b] / sum;
      if (c->may[a][b] && fabsf(g) > LEAST) climb_move(c, class, a, b, g);
    }
}

static void learn_sentence(dem_crf *c, const dem_sentence *s, dem_random *random) {
  uint32_t n = s->last - s->first;
  const uint8_t *class = c->class + s->first, *gold = c->gold + s->first;
  float p[TAGS];
  set_scores(c, s->first, n, random);
  run_forward(c, class, n);
  run_backward(c, class, n);
  for (uint32_t i = 0; i < n; i++) {
    if (!gradient_of(c, i, gold[i], p)) continue;
    for (uint32_t k = 0; k < c->uses[i]; k++) climb(c->emit + (size_t)c->used[i][k] * TAGS, c->square + (size_t)c->used[i][k] * TAGS, p);
    learn_move(c, i ? c->forward[i - 1] : start_of, i, class[i], i ? gold[i - 1] : 0, gold[i]);
  }
}

void dem_crf_epoch(dem_crf *c, const dem_doc *doc, dem_random *random) {
  uint32_t n = doc->sentences.n, *order = must(malloc((n + 1) * sizeof *order));
  for (uint32_t i = 0; i < n; i++) order[i] = i;
  dem_shuffle(random, order, n);
  for (uint32_t i = 0; i < n; i++)
    learn_sentence(c, &doc->sentences.at[order[i]], random);
  free(order);
}

void dem_crf_remember(dem_crf *c) {
  for (size_t i = 0; i < (size_t)c->rows * TAGS; i++) c->sum[i] += c->emit[i];
  for (size_t i = 0; i < DEM_NAME_MOVES; i++) c->move_sum[i] += c->move[i];
  c->remembered++;
}

void dem_crf_take_mean(dem_crf *c) {
  float n = (float)(c->remembered ? c->remembered : 1);
  for (size_t i = 0; i < (size_t)c->rows * TAGS; i++) c->emit[i] = c->sum[i] / n;
  for (size_t i = 0; i < DEM_NAME_MOVES; i++) c->move[i] = c->move_sum[i] / n;
}

uint32_t dem_crf_rows(const dem_crf *c) { return c->rows; }
const uint64_t *dem_crf_keys(const dem_crf *c) { return c->key; }
const float *dem_crf_emit(const dem_crf *c) { return c->emit; }
const uint8_t *dem_crf_wanted(const dem_crf *c) { return c->wanted; }
const float *dem_crf_move(const dem_crf *c) { return c->move; }
