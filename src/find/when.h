#ifndef DEM_FIND_WHEN_H
#define DEM_FIND_WHEN_H

#include "doc/doc.h"

void dem_find_when(dem_doc *doc, const dem_model *model);

#endif
