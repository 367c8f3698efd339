/* Dual coordinate descent: visit the items in a shuffled order, move one item's multiplier to where the dual is least for it, keep
 * the plane in step; done when a whole round moves nothing by much. */
#include "train/svm.h"

#include <math.h>
#include <stdlib.h>

#include "train/data.h"

enum { ROUNDS = 200 };
#define ENOUGH 0.05 /* the largest projected gradient of a round that still counts as done */

static void *must(void *p) {
  if (!p) abort();
  return p;
}

static double dot(const dem_svm_item *x, const double *weight) {
  double sum = 0;
  for (uint32_t k = 0; k < x->n; k++) sum += weight[x->index[k]] * (double)x->value[k];
  return sum;
}

static double square(const dem_svm_item *x) {
  double sum = 0;
  for (uint32_t k = 0; k < x->n; k++) sum += (double)x->value[k] * (double)x->value[k];
  return sum;
}

/* One item; returns its projected gradient. */
static double step(const dem_svm_item *x, int8_t target, double cost, double length, double *multiplier, double *weight) {
  double diagonal = 0.5 / cost, gradient = target * dot(x, weight) - 1 + diagonal * *multiplier;
  double projected = *multiplier > 0 ? gradient : fmin(gradient, 0);
  if (projected == 0) return 0;
  double to = fmax(*multiplier - gradient / (length + diagonal), 0), by = (to - *multiplier) * target;
  *multiplier = to;
  for (uint32_t k = 0; k < x->n; k++) weight[x->index[k]] += by * (double)x->value[k];
  return fabs(projected);
}

void dem_svm_learn(const dem_svm_item *item, uint32_t items, const int8_t *target, const double *cost, uint32_t features, double *weight) {
  double *multiplier = must(calloc(items + 1, sizeof *multiplier)), *length = must(calloc(items + 1, sizeof *length));
  uint32_t *order = must(calloc(items + 1, sizeof *order)), n = 0;
  dem_random random = {20200626};
  for (uint32_t i = 0; i < features; i++) weight[i] = 0;
  for (uint32_t i = 0; i < items; i++) {
    if (target[i]) order[n++] = i;
    length[i] = square(&item[i]);
  }
  for (int round = 0; round < ROUNDS; round++) {
    double most = 0;
    dem_shuffle(&random, order, n);
    for (uint32_t k = 0; k < n; k++) {
      uint32_t i = order[k];
      most = fmax(most, step(&item[i], target[i], cost[i], length[i], &multiplier[i], weight));
    }
    if (most < ENOUGH) break;
  }
  free(multiplier);
  free(length);
  free(order);
}
