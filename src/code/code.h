/* The door of stage 4: finds -> events.
 *
 * Reads everything earlier, writes doc->events in the order of their triggers. */
#ifndef DEM_CODE_CODE_H
#define DEM_CODE_CODE_H

#include "doc/doc.h"

void dem_code(dem_doc *doc, const dem_model *model);

#endif
