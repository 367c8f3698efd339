/* Sentences with two marked parties as training data. */
#ifndef DEM_TRAIN_PAIRS_DATA_H
#define DEM_TRAIN_PAIRS_DATA_H

#include "base/str.h"

typedef struct dem_pair_row {
  dem_str sentence, source, target; /* the parties' words; empty when not marked */
  dem_str type, mode, status, trigger; /* type: of PLOVER, YIELD, or NONE */
  bool ours; /* from a file of examples, not a table */
} dem_pair_row;

typedef struct dem_pairs {
  dem_pair_row *row;
  uint32_t n, cap;
  char **held; /* what the strings point into */
  uint32_t held_n;
} dem_pairs;

/* Read files one after another: a table with a header (id, sentence, source, target, type, ...), or examples as
 * train/examples/README.md tells. False, with a line on stderr that names file and line, when one is wrong. */
bool dem_pairs_load(char **paths, int n, dem_pairs *pairs);
void dem_pairs_free(dem_pairs *pairs);

#endif
