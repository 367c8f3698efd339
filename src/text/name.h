/* Names of persons, organisations, locations, groups and other things. */
#ifndef DEM_TEXT_NAME_H
#define DEM_TEXT_NAME_H

#include "text/linear.h"
#include "text/name_features.h"

/* Set `name` of words[0, n), which are tagged; DEM_PAD zeros stand on both sides. */
void dem_name(const dem_linear *model, dem_word *words, uint32_t n);

#endif
