/* The table of named character references. */
#ifndef DEM_READ_HTML_ENTITIES_H
#define DEM_READ_HTML_ENTITIES_H

#include <stddef.h>

typedef struct dem_html_entity {
  char name[33];     /* with its ';' where it has one */
  char characters[8]; /* UTF-8, NUL-ended */
} dem_html_entity;

extern const dem_html_entity dem_html_entities[]; /* sorted by name */
extern const size_t dem_html_entities_count;

#endif
