/* The limits of one dispatch: defaults, and what a user makes of them. */
#ifndef DEM_BASE_LIMITS_H
#define DEM_BASE_LIMITS_H

#include "base/str.h"

typedef struct dem_limits {
  uint64_t input;      /* bytes of one dispatch, unpacked: larger ones are refused */
  uint64_t text;       /* bytes of text analysed: cut behind a sentence, noted */
  uint64_t depth;      /* nested elements: deeper ones are flattened, noted */
  uint64_t attributes; /* of one tag: further ones are passed over, noted */
  uint64_t layers;     /* of compression: more are refused */
  uint64_t ratio;      /* unpacked to packed size, past 1 MiB: more is refused */
} dem_limits;
#define DEM_LIMITS ((dem_limits){DEMARCHE_MAX_BYTES, DEMARCHE_MAX_TEXT, 512, 256, 2, 200})

/* Set limits from "depth=100,ratio=500"; those not named stay. False, with *why (static) when a name or number is wrong; then
 * nothing is set. A number may be as large as the limit's own bound: input 1 TiB, text 64 MiB, depth and attributes 10000. */
bool dem_limits_set(dem_limits *limits, dem_str text, const char **why);

#endif
