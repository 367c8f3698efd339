#ifndef DEM_FIND_SAID_H
#define DEM_FIND_SAID_H

#include "doc/doc.h"

void dem_find_said(dem_doc *doc, const dem_model *model);

#endif
