/* The type of what one party did to another, from learned weights; shared with the trainer. */
#ifndef DEM_CODE_RELATE_TRAIN_H
#define DEM_CODE_RELATE_TRAIN_H

#include "code/pair.h"
#include "code/linear.h"

enum { DEM_RELATE_STEPS = 16, DEM_RELATE_HEAD = 8 + 2 * DEM_RELATE_STEPS };
#define DEM_RELATE_MAGIC 0x314C5244u /* "DRL1" */

typedef struct dem_relater {
  dem_linear model;
  uint32_t step; /* of the lead over the next best, in units of the score */
  uint16_t confidence[DEM_RELATE_STEPS]; /* per mille */
} dem_relater;

/* False when the blob is absent or unsound; reading a sound one stays inside it. */
bool dem_relater_open(dem_str blob, dem_relater *r);
/* Adds the weights of a bag to score[DEM_LINEAR_LABELS]. */
void dem_relate_score(const dem_relater *r, const dem_bag *bag, int32_t *score);

#endif
