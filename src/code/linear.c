/* Checks a linear model's header against its length. Nothing else needs a check: see linear.h. */
#include "code/linear.h"

bool dem_linear_open(dem_str blob, dem_linear *m) {
  uint32_t h[8];
  if (blob.len < sizeof h || (uintptr_t)blob.data % 4) return false;
  memcpy(h, blob.data, sizeof h);
  if (h[0] != DEM_LINEAR_MAGIC || h[1] != DEM_LINEAR_VERSION) return false;
  if (h[2] == 0 || h[2] > DEM_LINEAR_LABELS || h[3] > 24 || h[4] < DEM_LINEAR_ROW) return false;
  uint64_t slots = (uint64_t)4 << h[3], cells = (uint64_t)h[4] * 2;
  if (sizeof h + slots + cells + h[5] != blob.len) return false;
  const char *p = blob.data + sizeof h;
  m->slot = (const uint32_t *)(const void *)p;
  m->cell = (const uint16_t *)(const void *)(p + slots);
  m->mask = (1u << h[3]) - 1;
  m->limit = h[4] - DEM_LINEAR_ROW;
  m->labels = h[2];
  m->names = (dem_str){p + slots + cells, h[5]};
  return true;
}
