/* A conditional random field over the namer's tags while it is learned (name_crf.c). */
#ifndef DEM_TRAIN_NAME_CRF_H
#define DEM_TRAIN_NAME_CRF_H

#include "text/text_train.h"
#include "train/data.h"

typedef struct dem_crf dem_crf;

dem_crf *dem_crf_new(uint32_t words); /* for so many words in all */
void dem_crf_free(dem_crf *c);

/* Pass over all words in order, once to count their features, once more to add them; features seen once are left out.
 * `wanted`: readers look at such a word. */
void dem_crf_count(dem_crf *c, const uint64_t *feature, uint32_t n);
void dem_crf_add(dem_crf *c, const uint64_t *feature, uint32_t n, unsigned class, unsigned gold, bool wanted);

/* All features are added: learning begins. */
void dem_crf_start(dem_crf *c);
/* One pass over the sentences, in a new order. */
void dem_crf_epoch(dem_crf *c, const dem_doc *doc, dem_random *random);
/* Remember the weights as they are; later, make the mean of all that was remembered the weights. */
void dem_crf_remember(dem_crf *c);
void dem_crf_take_mean(dem_crf *c);

/* What was learned: weights of `rows` features, TAGS each; DEM_NAME_MOVES of moves. */
uint32_t dem_crf_rows(const dem_crf *c);
const uint64_t *dem_crf_keys(const dem_crf *c);
const float *dem_crf_emit(const dem_crf *c);
const uint8_t *dem_crf_wanted(const dem_crf *c); /* by row: some wanted word has it */
const float *dem_crf_move(const dem_crf *c);

#endif
