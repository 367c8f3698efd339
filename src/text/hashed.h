/* Weights for three choices (the first always scores 0) under hashed features, without keys: features that meet in one row share it, in training as in
 * use, which costs less than the room that keys would take.
 *
 *   header  u32 magic, version, rows_log2, five of zero
 *   rows    i16[1 << rows_log2][2]   of the second and the third choice
 */
#ifndef DEM_TEXT_HASHED_H
#define DEM_TEXT_HASHED_H

#include "base/str.h"

enum { DEM_HASHED_VERSION = 2, DEM_HASHED_CHOICES = 3, DEM_HASHED_HEADER = 32 };
#define DEM_HASHED_MAGIC 0x31484C44u /* "DLH1" */

typedef struct dem_hashed {
  const int16_t (*row)[2];
  uint32_t mask;
} dem_hashed;

/* False when the blob is absent or is no sound table. */
bool dem_hashed_open(dem_str blob, dem_hashed *m);

static inline void dem_hashed_add(const dem_hashed *m, uint64_t feature, int32_t *score) {
  const int16_t *row = m->row[(uint32_t)feature & m->mask];
  score[1] += row[0];
  score[2] += row[1];
}

#endif
