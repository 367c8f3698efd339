/* Word vectors: the vocabulary and word stream they are learned from, and the learning (vectors.c, vectors_learn.c). */
#ifndef DEM_TRAIN_VECTORS_H
#define DEM_TRAIN_VECTORS_H

#include "base/str.h"

typedef struct dem_vectors_text {
  uint32_t *word; /* ids by falling count; DEM_NONE ends a sentence */
  size_t n;
  const uint32_t *count; /* by id */
  uint32_t words;        /* how many ids */
} dem_vectors_text;

/* words x width numbers from `epochs` passes over the text, one row a word; the caller frees. `width` is a multiple of 16.
 * The same numbers for the same input. */
float *dem_vectors_learn(const dem_vectors_text *text, uint32_t width, uint32_t epochs);

#endif
