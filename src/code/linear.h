/* A linear model over hashed features, as it lies in the model file: read in place, integers only.
 *
 *   header  u32 magic, version, labels, slots_log2, cells, names_len, two of zero
 *   slots   u32[1 << slots_log2]   0 empty, else row << 10 | 10 bits of the feature; linear probing
 *   cells   u16[cells]             a row: count, then count times label | weight << 8; rows begin at even cells
 *   names   names_len bytes        one line a label
 *
 * Whatever the bytes say, reading stays inside the blob: rows are bounded by 256 cells past `limit`, labels by 256 scores.
 */
#ifndef DEM_CODE_LINEAR_H
#define DEM_CODE_LINEAR_H

#include "base/str.h"

enum { DEM_LINEAR_VERSION = 1, DEM_LINEAR_LABELS = 256, DEM_LINEAR_PROBES = 64, DEM_LINEAR_ROW = 256 };
#define DEM_LINEAR_MAGIC 0x314E4C44u /* "DLN1" */

typedef struct dem_linear {
  const uint32_t *slot;
  const uint16_t *cell;
  uint32_t mask, limit, labels;
  dem_str names;
} dem_linear;

/* False when the blob is absent or is no sound linear model; the reader then does without. */
bool dem_linear_open(dem_str blob, dem_linear *m);

/* Add the feature's weights to scores[DEM_LINEAR_LABELS]. */
static inline void dem_linear_add(const dem_linear *m, uint64_t feature, int32_t *score) {
  uint32_t tag = (uint32_t)(feature >> 54);
  for (uint32_t at = (uint32_t)feature & m->mask, i = 0; i < DEM_LINEAR_PROBES; at = (at + 1) & m->mask, i++) {
    uint32_t slot = m->slot[at];
    if (slot == 0) return;
    if ((slot & 1023) != tag) continue;
    uint32_t row = (slot >> 10) * 2;
    if (row > m->limit) return;
    const uint16_t *cell = m->cell + row;
    for (uint32_t n = *cell++ & 255; n; n--, cell++) score[*cell & 255] += (int8_t)(*cell >> 8);
    return;
  }
}

#endif
