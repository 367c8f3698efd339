/* The door of stage 1: bytes -> dispatch.
 *
 * dem_read takes doc->bytes (one dispatch, any supported format) and fills the read layer of doc/doc.h: it never fails on odd
 * input, it notes what was odd. dem_read_next cuts one dispatch off an input that may hold many; pure, linear. */
#ifndef DEM_READ_READ_H
#define DEM_READ_READ_H

#include "doc/doc.h"

void dem_read(dem_doc *doc);
bool dem_read_next(dem_str *input, dem_str *piece);

#endif
