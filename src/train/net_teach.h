/* Trees for text that has none, by networks that were trained before. */
#ifndef DEM_TRAIN_NET_TEACH_H
#define DEM_TRAIN_NET_TEACH_H

#include "train/data.h"

/* Set tags and trees of a doc's tokens by the network in file `first`. Where that in `second` (NULL: none) chooses another head or
 * relation, head and relation become unknown (DEM_NONE and DEM_DEPREL_DEP). False, with a line on stderr, when a file is no network. */
bool dem_teach(dem_doc *doc, const char *first, const char *second);

#endif
