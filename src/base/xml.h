/* XML as a tree in the arena, through libxml2's reader: no DTD, no entities but the five, nothing opened. */
#ifndef DEM_BASE_XML_H
#define DEM_BASE_XML_H

#include "base/str.h"

typedef struct dem_xml_attribute {
  dem_str name, value; /* name as written, prefix included */
} dem_xml_attribute;

typedef struct dem_xml {
  dem_str name;  /* as written, prefix included; empty for text */
  dem_str local; /* the name without its prefix */
  dem_str text;  /* of text */
  dem_list(dem_xml_attribute) attributes;
  struct dem_xml *kid, *next, *parent; /* kid: the first */
} dem_xml;

/* Most attributes a tag may have for the whole to be read; past `depth` elements are flattened: their text is kept, their tags go. */
enum { DEM_XML_ATTRIBUTES = 1000 };

/* The document element of `text`, which must be UTF-8 (dem_read_xml_mend made it so). What stands before an error is kept, and *why
 * says what was wrong, empty when nothing. NULL when there is no element at all. */
const dem_xml *dem_xml_tree(dem_arena *arena, dem_str text, uint32_t depth, uint32_t *flattened, dem_str *why);

#endif
