#ifndef DEM_FIND_WHERE_H
#define DEM_FIND_WHERE_H

#include "doc/doc.h"

void dem_find_where(dem_doc *doc, const dem_model *model);

#endif
