/* Checks a hashed table's header against its length; the mask keeps every look-up inside. */
#include "text/hashed.h"

bool dem_hashed_open(dem_str blob, dem_hashed *m) {
  uint32_t h[DEM_HASHED_HEADER / 4];
  if (blob.len < sizeof h || (uintptr_t)blob.data % 2) return false;
  memcpy(h, blob.data, sizeof h);
  if (h[0] != DEM_HASHED_MAGIC || h[1] != DEM_HASHED_VERSION || h[2] > 24) return false;
  if (sizeof h + ((uint64_t)4 << h[2]) != blob.len) return false;
  m->row = (const int16_t(*)[2])(const void *)(blob.data + sizeof h);
  m->mask = (1u << h[2]) - 1;
  return true;
}
