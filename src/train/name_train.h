/* The namer's trainer: word table, conditional random field, blob. */
#ifndef DEM_TRAIN_NAME_TRAIN_H
#define DEM_TRAIN_NAME_TRAIN_H

#include "text/text_train.h"
#include "train/trainers.h"

/* u32[1 << *log2] as in name.bin: every word that has a vector or stands in a lexicon list; the caller frees. `vectors`: a
 * file as `demarche train vectors` writes it. NULL, with a line on stderr, when it cannot be read. */
uint32_t *dem_name_word_table(const char *vectors, const dem_model *model, uint32_t *log2);

/* Clusters of unit vectors in three levels (32, each in 8, each in 8): of[i] = 1 + number of the finest. Deterministic. */
void dem_clusters(const float *vector, uint32_t n, uint32_t width, uint16_t *of);

/* What was learned. */
typedef struct dem_name_weights {
  const float *emit;   /* rows x TAGS */
  const uint64_t *key; /* by row: the feature */
  const uint8_t *wanted; /* by row: is it written? */
  uint32_t rows;
  const float *move;   /* DEM_NAME_MOVES; NULL: none */
  const uint32_t *word; /* the word table */
  uint32_t word_log2;
} dem_name_weights;

/* name.bin, at most `room` cells; the caller frees. */
char *dem_name_blob(const dem_name_weights *weights, uint32_t room, size_t *len);

#endif
