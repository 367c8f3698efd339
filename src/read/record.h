/* What the readers of JSON formats share. */
#ifndef DEM_READ_RECORD_H
#define DEM_READ_RECORD_H

#include "base/json.h"
#include "read/parts.h"

dem_str dem_record_joined(dem_doc *doc, const dem_jnode *v,
                          const char *between);         /* a value, or those of a list; NULL gives empty */
dem_str dem_record_line(dem_doc *doc, dem_str s);       /* one line of it */
dem_blocks dem_record_body(dem_doc *doc, dem_str text); /* paragraphs of plain text or HTML; cleaned */

/* False when the object is none of theirs; nothing is changed then. */
bool dem_read_ninjs(dem_doc *doc, const dem_jnode *object);
bool dem_read_afp(dem_doc *doc, const dem_jnode *object);

#endif
