/* UTF-8 and the few Unicode properties that reading text needs (properties from utf8proc). */
#ifndef DEM_BASE_UTF8_H
#define DEM_BASE_UTF8_H

#include "base/str.h"

/* Decode one code point at s.data[at]; *at moves past it. Malformed bytes give U+FFFD, one byte at a time. */
uint32_t dem_utf8_next(dem_str s, size_t *at);
/* Append a code point (1 to 4 bytes) to `out`; returns the bytes written. Surrogates and values past U+10FFFF give U+FFFD. */
size_t dem_utf8_put(char *out, uint32_t cp);
bool dem_utf8_valid(dem_str s);
size_t dem_utf8_count(dem_str s); /* code points of valid UTF-8 */

bool dem_cp_is_letter(uint32_t cp);
bool dem_cp_is_upper(uint32_t cp);
bool dem_cp_is_digit(uint32_t cp); /* Unicode Nd */
bool dem_cp_is_space(uint32_t cp);
bool dem_cp_is_mark(uint32_t cp); /* combining */
uint32_t dem_cp_lower(uint32_t cp);

/* The form under which lexicons are keyed and looked up: lower case, accents kept, typographic quotes and dashes as ASCII,
 * runs of white space as one space. Idempotent. */
dem_str dem_norm(dem_arena *arena, dem_str s);

/* Code-point offsets of byte offsets, in O(64) after an O(n) start. */
typedef struct dem_cp_index {
  dem_str text;
  uint32_t *count; /* code points before byte 64*i */
} dem_cp_index;
dem_cp_index dem_cp_index_of(dem_arena *arena, dem_str text);
uint32_t dem_cp_at(const dem_cp_index *index, uint32_t byte);

#endif
