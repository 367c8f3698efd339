/* Inside stage 4: what can be seen of two parties in a sentence, as features of a linear model (relate.c; the trainer).
 *
 * A feature is a hashed string ("between them: condemn"); its value, in tenths, says how much it weighs there. */
#ifndef DEM_CODE_PAIR_H
#define DEM_CODE_PAIR_H

#include "doc/doc.h"

enum { DEM_PAIR_SLOTS = 1 << 13, DEM_PAIR_MOST = DEM_PAIR_SLOTS * 3 / 4 };

/* The features of one pair; one that is seen twice keeps its larger value. What exceeds DEM_PAIR_MOST is left out. */
typedef struct dem_bag {
  uint64_t slot_key[DEM_PAIR_SLOTS]; /* 0: free */
  int32_t slot_value[DEM_PAIR_SLOTS];
  uint32_t slot[DEM_PAIR_MOST]; /* in the order seen */
  uint32_t n;
} dem_bag;

/* Fill an empty bag. The doc is coded; `source` and `target` are spans of its text, empty when the words are not in it. */
void dem_pair_features(dem_doc *doc, const dem_model *model, dem_span source, dem_span target, dem_bag *bag);

/* The token that the words' tree hangs by; DEM_NONE for an empty span. */
uint32_t dem_pair_head(const dem_doc *doc, dem_span span);

#endif
