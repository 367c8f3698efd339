/* An averaged perceptron without keys, for a few choices (text/hashed.h). */
#ifndef DEM_TRAIN_HASHED_TRAIN_H
#define DEM_TRAIN_HASHED_TRAIN_H

#include "text/text_train.h"

typedef struct dem_hashed_learner dem_hashed_learner;

dem_hashed_learner *dem_hashed_learner_new(uint32_t rows_log2);
void dem_hashed_learner_free(dem_hashed_learner *l);
void dem_hashed_score(const dem_hashed_learner *l, const uint64_t *features, uint32_t n, int32_t score[DEM_HASHED_CHOICES]);
void dem_hashed_update(dem_hashed_learner *l, const uint64_t *features, uint32_t n, unsigned good, unsigned bad);
void dem_hashed_tick(dem_hashed_learner *l);
bool dem_hashed_write(dem_hashed_learner *l, const char *path);

#endif
