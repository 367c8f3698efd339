/* A linear support vector machine for a small set of labels over sparse features (L2 loss, dual coordinate descent: Hsieh et al.,
 * ICML 2008, algorithm 1). Same data, same weights. */
#ifndef DEM_TRAIN_SVM_H
#define DEM_TRAIN_SVM_H

#include <stdbool.h>
#include <stdint.h>

typedef struct dem_svm_item {
  const uint32_t *index; /* features, each below `features`, none twice */
  const float *value;
  uint32_t n;
} dem_svm_item;

/* One label against the rest: weight[features] gets the plane. target[i]: +1 or -1, 0 leaves the item out; cost[i] is what an
 * error there costs. Aborts when memory runs out. */
void dem_svm_learn(const dem_svm_item *item, uint32_t items, const int8_t *target, const double *cost, uint32_t features, double *weight);

#endif
