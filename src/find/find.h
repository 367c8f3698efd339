/* The door of stage 3: trees -> who, when, where, said.
 *
 * Reads the read and text layers, writes mentions, entities, quotes, times and places. */
#ifndef DEM_FIND_FIND_H
#define DEM_FIND_FIND_H

#include "doc/doc.h"

void dem_find(dem_doc *doc, const dem_model *model);

#endif
