/* Treebanks as training data. */
#ifndef DEM_TRAIN_DATA_H
#define DEM_TRAIN_DATA_H

#include "doc/doc.h"
#include "text/text_train.h"

typedef struct dem_data {
  dem_doc *doc; /* gold tags, lemmas and trees in the tokens; norm is set */
} dem_data;

/* Read CoNLL-U files (gzipped or not) one after another into one doc; false, with a line on stderr, when one cannot be read. */
bool dem_data_load(char **paths, int n, dem_data *data);
/* The same from bytes in CoNLL-U. */
bool dem_data_read(dem_str bytes, dem_data *data);
void dem_data_free(dem_data *data);

/* All of a file, gzipped or not; the caller frees. NULL, with a line on stderr, when it cannot be read. */
char *dem_data_bytes(const char *path, size_t *len);

/* Own generator, so that weights are the same everywhere (xorshift64*). */
typedef struct dem_random {
  uint64_t state;
} dem_random;
uint32_t dem_random_below(dem_random *r, uint32_t n);
void dem_shuffle(dem_random *r, uint32_t *at, uint32_t n);

#endif
