/* An averaged perceptron over hashed features, and its blob (text/linear.h). */
#ifndef DEM_TRAIN_LEARNER_H
#define DEM_TRAIN_LEARNER_H

#include "base/str.h"

typedef struct dem_learner dem_learner;

dem_learner *dem_learner_new(void);
void dem_learner_free(dem_learner *l);

/* Sum the weights of features[0, n) into scores[256], which it clears; with `average`, the averaged weights. */
void dem_learner_score(dem_learner *l, const uint64_t *features, uint32_t n, int64_t *scores);
/* One mistake: `good` up, `bad` down, for every feature. Call dem_learner_tick after each decision. */
void dem_learner_update(dem_learner *l, const uint64_t *features, uint32_t n, unsigned good, unsigned bad);
void dem_learner_tick(dem_learner *l);
/* From now on score with averaged weights (times the number of ticks); no more updates. */
void dem_learner_average(dem_learner *l);

/* Write the blob: averaged weights as signed bytes, the smallest left out until `room` cells (2 bytes each) hold the rest. False, with a line on stderr, on failure. */
bool dem_learner_write(dem_learner *l, const char *path, uint32_t labels, dem_str names, uint32_t room);

#endif
