/* Clusters word vectors from the top down by k-means on the unit sphere: all words into 32, each of those into 8, each of those
 * into 8. Starts from evenly spaced members (vectors come by falling frequency), runs a fixed number of rounds; sums run in
 * the order of words: the same clusters for the same vectors. */
#include <math.h>
#include <stdlib.h>

#include "train/name_train.h"

enum { TOP = 32, BRANCH = 8, ROUNDS = 12 };

typedef struct kmeans {
  const float *vector;
  uint32_t width, k;
  float *centre;  /* k x width */
  uint32_t *kind; /* by member */
} kmeans;

static uint32_t nearest(const kmeans *m, const float *v) {
  uint32_t best = 0;
  float most = -2;
  for (uint32_t c = 0; c < m->k; c++) {
    float lane[16] = {0}, sum = 0;
    const float *centre = m->centre + (size_t)c * m->width;
    for (uint32_t i = 0; i < m->width; i += 16)
      for (uint32_t j = 0; j < 16; j++) lane[j] += v[i + j] * centre[i + j];
    for (uint32_t j = 0; j < 16; j++) sum += lane[j];
    if (sum > most) most = sum, best = c;
  }
  return best;
}

static void normalise(float *v, uint32_t width) {
  float sum = 1e-12f;
  for (uint32_t i = 0; i < width; i++) sum += v[i] * v[i];
  sum = 1 / sqrtf(sum);
  for (uint32_t i = 0; i < width; i++) v[i] *= sum;
}

static void move_centres(const kmeans *m, const uint32_t *member, uint32_t n) {
  for (uint32_t i = 0; i < m->k * m->width; i++) m->centre[i] *= 1e-3f; /* a centre that loses all members stays */
  for (uint32_t i = 0; i < n; i++)
    for (uint32_t j = 0; j < m->width; j++)
      m->centre[(size_t)m->kind[i] * m->width + j] += m->vector[(size_t)member[i] * m->width + j];
  for (uint32_t c = 0; c < m->k; c++) normalise(m->centre + (size_t)c * m->width, m->width);
}

/* Split members into k; kind[i] of each. */
static void split(kmeans *m, const uint32_t *member, uint32_t n, uint32_t k) {
  m->k = k;
  for (uint32_t c = 0; c < k; c++) {
    uint32_t from = n ? member[(uint64_t)c * n / k] : 0;
    memcpy(m->centre + (size_t)c * m->width, m->vector + (size_t)from * m->width, m->width * sizeof(float));
  }
  for (unsigned round = 0; round < ROUNDS; round++) {
    for (uint32_t i = 0; i < n; i++) m->kind[i] = nearest(m, m->vector + (size_t)member[i] * m->width);
    move_centres(m, member, n);
  }
}

/* One more level below clusters [0, clusters): of[i] becomes of[i] * BRANCH + kind. */
static void deepen(kmeans *m, uint16_t *of, uint32_t n, uint32_t clusters, uint32_t *member) {
  for (uint32_t c = clusters; c-- > 0;) {
    uint32_t count = 0;
    for (uint32_t i = 0; i < n; i++)
      if (of[i] == c) member[count++] = i;
    split(m, member, count, BRANCH);
    for (uint32_t i = 0; i < count; i++) of[member[i]] = (uint16_t)(c * BRANCH + m->kind[i]); /* clusters below c are yet to come */
  }
}

void dem_clusters(const float *vector, uint32_t n, uint32_t width, uint16_t *of) {
  uint32_t *member = malloc((n + 1) * sizeof *member);
  kmeans m = {.vector = vector, .width = width};
  m.centre = calloc((size_t)TOP * width, sizeof *m.centre);
  m.kind = calloc(n + 1, sizeof *m.kind);
  if (!member || !m.centre || !m.kind) abort();
  for (uint32_t i = 0; i < n; i++) member[i] = i;
  split(&m, member, n, TOP);
  for (uint32_t i = 0; i < n; i++) of[i] = (uint16_t)m.kind[i];
  deepen(&m, of, n, TOP, member);
  deepen(&m, of, n, TOP * BRANCH, member);
  for (uint32_t i = 0; i < n; i++) of[i]++;
  free(member);
  free(m.centre);
  free(m.kind);
}
