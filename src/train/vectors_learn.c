/* Structured skip-gram with negative sampling (Mikolov et al. 2013; Ling et al. 2015, "Two/Too Simple Adaptations of Word2Vec
 * for Syntax Problems"): each word predicts its neighbours, and neighbours at different places are predicted by different
 * output vectors, so that words with the same grammar come to lie together. One thread and a fixed order of sums: the
 * same vectors for the same text. Sums run in 16 lanes that a compiler can hold in registers. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "train/data.h"
#include "train/vectors.h"

enum { REACH = 5, NEAR = 2, PLACES = 2 * (NEAR + 1), NEGATIVES = 5, NOISE = 1 << 22, LANES = 16, STEPS = 1024, LIMIT = 6 };
static const double START_RATE = 0.05, FREQUENT = 3e-4;

typedef struct learner {
  const dem_vectors_text *text;
  uint32_t width;
  float *in, *out[PLACES], *change;
  uint32_t *noise; /* ids, each as often as its count to the power 0.75 */
  uint32_t *keep;  /* by id: of 2^32, how often an occurrence is used */
  float sigmoid[STEPS];
  float rate;
  dem_random random;
} learner;

#if defined __x86_64__ && defined __GNUC__ && !defined __clang__ && !defined __SANITIZE_THREAD__
#define CLONES __attribute__((target_clones("avx2", "default")))
#else
#define CLONES
#endif

/* One pair: pull `out` and `in` together (target 1) or apart (0); in's part is added to `change`. */
CLONES static void learn_pair(const float *restrict in, float *restrict out, float *restrict change, uint32_t width, float target,
                              float rate, const float *restrict sigmoid) {
  float lane[LANES] = {0}, sum = 0;
  for (uint32_t i = 0; i < width; i += LANES)
    for (uint32_t k = 0; k < LANES; k++) lane[k] += in[i + k] * out[i + k];
  for (uint32_t k = 0; k < LANES; k++) sum += lane[k];
  float p = sum >= LIMIT ? 1 : sum <= -LIMIT ? 0 : sigmoid[(int)((sum + LIMIT) * (STEPS / (2.0f * LIMIT)))];
  float g = (target - p) * rate;
  for (uint32_t i = 0; i < width; i++) change[i] += g * out[i];
  for (uint32_t i = 0; i < width; i++) out[i] += g * in[i];
}

static void *must(void *p) {
  if (p) return p;
  fprintf(stderr, "demarche train: out of memory\n");
  exit(1);
}

static void make_noise(learner *l) {
  double total = 0, sum = 0;
  uint32_t at = 0;
  for (uint32_t w = 0; w < l->text->words; w++) total += pow(l->text->count[w], 0.75);
  for (uint32_t w = 0; w < l->text->words; w++) {
    sum += pow(l->text->count[w], 0.75);
    while (at < NOISE && (double)at < sum / total * NOISE) l->noise[at++] = w;
  }
  while (at < NOISE) l->noise[at++] = 0;
}

static void make_keep(learner *l) {
  double all = 0;
  for (uint32_t w = 0; w < l->text->words; w++) all += l->text->count[w];
  for (uint32_t w = 0; w < l->text->words; w++) {
    double share = l->text->count[w] / all, keep = sqrt(FREQUENT / share) + FREQUENT / share;
    l->keep[w] = keep >= 1 ? UINT32_MAX : (uint32_t)(keep * UINT32_MAX);
  }
}

static void start(learner *l) {
  size_t cells = (size_t)l->text->words * l->width;
  l->in = must(malloc(cells * sizeof(float) + 1));
  for (unsigned p = 0; p < PLACES; p++) l->out[p] = must(calloc(cells + 1, sizeof(float)));
  l->change = must(calloc(l->width, sizeof(float)));
  l->noise = must(malloc(NOISE * sizeof *l->noise));
  l->keep = must(malloc((l->text->words + 1) * sizeof *l->keep));
  for (size_t i = 0; i < cells; i++)
    l->in[i] = ((float)dem_random_below(&l->random, 1 << 20) / (1 << 20) - 0.5f) / (float)l->width;
  for (int i = 0; i < STEPS; i++) l->sigmoid[i] = (float)(1 / (1 + exp(-((i + 0.5) * 2 * LIMIT / STEPS - LIMIT))));
  make_noise(l);
  make_keep(l);
}

static unsigned place_of(int distance) {
  if (distance > 0) return (unsigned)(distance <= NEAR ? distance - 1 : NEAR);
  return (unsigned)(NEAR + 1 + (-distance <= NEAR ? -distance - 1 : NEAR));
}

static void learn_neighbour(learner *l, uint32_t word, uint32_t neighbour, float *out) {
  const float *in = l->in + (size_t)word * l->width;
  uint32_t noise[NEGATIVES];
  for (unsigned k = 0; k < NEGATIVES; k++) {
    noise[k] = l->noise[dem_random_below(&l->random, NOISE)];
    for (uint32_t i = 0; i < l->width; i += LANES) __builtin_prefetch(out + (size_t)noise[k] * l->width + i);
  }
  learn_pair(in, out + (size_t)neighbour * l->width, l->change, l->width, 1, l->rate, l->sigmoid);
  for (unsigned k = 0; k < NEGATIVES; k++)
    if (noise[k] != neighbour) learn_pair(in, out + (size_t)noise[k] * l->width, l->change, l->width, 0, l->rate, l->sigmoid);
}

/* Words [0, n) of a sentence. The farther ones are looked at less often. */
static void learn_sentence(learner *l, const uint32_t *word, int n) {
  for (int i = 0; i < n; i++) {
    int reach = 1 + (int)dem_random_below(&l->random, REACH);
    if (reach < NEAR) reach = NEAR;
    memset(l->change, 0, l->width * sizeof(float));
    for (int d = -reach; d <= reach; d++)
      if (d != 0 && i + d >= 0 && i + d < n) learn_neighbour(l, word[i], word[i + d], l->out[place_of(d)]);
    float *in = l->in + (size_t)word[i] * l->width;
    for (uint32_t k = 0; k < l->width; k++) in[k] += l->change[k];
  }
}

static void learn_epoch(learner *l, double done, double all) {
  enum { LONGEST = 512 };
  uint32_t sentence[LONGEST];
  int n = 0;
  const dem_vectors_text *t = l->text;
  for (size_t i = 0; i < t->n; i++) {
    bool end = t->word[i] == DEM_NONE || n == LONGEST;
    if (end) {
      l->rate = (float)(START_RATE * (1.001 - (done + (double)i) / all));
      learn_sentence(l, sentence, n);
      n = 0;
    }
    if (t->word[i] == DEM_NONE) continue;
    uint32_t dice = dem_random_below(&l->random, UINT32_MAX);
    if (dice <= l->keep[t->word[i]]) sentence[n++] = t->word[i];
  }
  learn_sentence(l, sentence, n);
}

float *dem_vectors_learn(const dem_vectors_text *text, uint32_t width, uint32_t epochs) {
  learner l = {.text = text, .width = width, .random = {20200626}};
  start(&l);
  for (uint32_t epoch = 0; epoch < epochs; epoch++) {
    learn_epoch(&l, (double)text->n * epoch, (double)text->n * epochs);
    fprintf(stderr, "vectors: epoch %u of %u\n", epoch + 1, epochs);
  }
  for (unsigned p = 0; p < PLACES; p++) free(l.out[p]);
  free(l.change);
  free(l.noise);
  free(l.keep);
  return l.in;
}
