/* Sketches of texts, and the near-duplicates they find.
 *
 * A sketch is the MinHash (Broder, "On the resemblance and containment of documents", 1997) of the text's word 4-grams: for each
 * of DEM_SKETCH_SIZE hash functions the least value over all n-grams, its low 16 bits. The share of equal places estimates the
 * Jaccard resemblance of the two sets, and with the sets' sizes their containment. Dispatches that share a band of two places
 * are compared (locality-sensitive hashing). Integers only. */
#ifndef DEM_STORE_SKETCH_H
#define DEM_STORE_SKETCH_H

#include "base/str.h"

enum { DEM_SKETCH_SIZE = 64, DEM_SKETCH_BYTES = 4 + 2 * DEM_SKETCH_SIZE };

typedef struct dem_sketch {
  uint32_t grams; /* word 4-grams in the text; too few and it resembles nothing but its equal */
  uint16_t least[DEM_SKETCH_SIZE];
} dem_sketch;

/* Cost linear in the text. Letter case, punctuation and white space make no difference. */
void dem_sketch_of(dem_str text, dem_sketch *out);
void dem_sketch_write(const dem_sketch *sketch, unsigned char out[DEM_SKETCH_BYTES]); /* little-endian */
bool dem_sketch_read(dem_str bytes, dem_sketch *out);

/* How much of the shorter text is in the longer, in percent; 0 when they are too short to tell. */
unsigned dem_sketch_likeness(const dem_sketch *a, const dem_sketch *b);

/* The sketches of dispatches that lead, for finding what a new one is a copy of. Threads: one at a time. */
typedef struct dem_lead {
  int64_t dispatch;
  dem_sketch sketch;
} dem_lead;
typedef struct dem_index {
  dem_lead *lead;
  uint32_t n, cap;
  uint32_t *slot; /* lead + 1, by band; open addressing */
  uint32_t slots; /* a power of two */
} dem_index;

/* The lead that `sketch` is a near-duplicate of (the likest, the earliest of equals), or 0. Cost bounded whatever is in. */
int64_t dem_index_find(const dem_index *index, const dem_sketch *sketch, unsigned *likeness);
bool dem_index_add(dem_index *index, int64_t dispatch, const dem_sketch *sketch); /* false: out of memory */
void dem_index_free(dem_index *index);                                            /* and clears it */

#endif
