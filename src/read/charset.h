/* Encodings by the names that pages and mail give them. */
#ifndef DEM_READ_CHARSET_H
#define DEM_READ_CHARSET_H

#include "base/str.h"

typedef struct dem_charset_table {
  char name[16];
  uint16_t upper[128];
} dem_charset_table;
extern const dem_charset_table dem_charset_tables[];
extern const size_t dem_charset_tables_count;

/* The encoding a label means (WHATWG Encoding Standard, "get an encoding"), in lower case; empty when it is none. */
dem_str dem_charset_of_label(dem_str label);
/* What a page declares in its head (HTML Standard, "prescan"), or by a byte order mark; empty when nothing. */
dem_str dem_charset_declared(dem_str page);
/* The page in UTF-8, or in what is nearly that. `declared` may be empty: then it is what the page itself says. Bytes that are
 * valid UTF-8 are that, whatever was declared. *name is the encoding used, *known false when it is one we have no table for. */
dem_str dem_charset_decode(dem_arena *arena, dem_str page, dem_str declared, dem_str *name, bool *known);

#endif
