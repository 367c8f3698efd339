#ifndef DEM_FIND_REFER_H
#define DEM_FIND_REFER_H

#include "doc/doc.h"

void dem_find_refer(dem_doc *doc, const dem_model *model);

#endif
