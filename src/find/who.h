#ifndef DEM_FIND_WHO_H
#define DEM_FIND_WHO_H

#include "doc/doc.h"

void dem_find_who(dem_doc *doc, const dem_model *model);

#endif
