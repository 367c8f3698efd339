/* Strings: pointer and length, borrowed, not NUL-ended. ASCII classes without locale. */
#ifndef DEM_BASE_STR_H
#define DEM_BASE_STR_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "base/arena.h"
#include "demarche.h"

typedef demarche_str dem_str;
typedef demarche_span dem_span;

#define DEM_NONE UINT32_MAX /* no index */

/* A string from a literal, and printf arguments for "%.*s". */
#define DEM_S(literal) ((dem_str){(literal), sizeof(literal) - 1})
#define DEM_FMT(s) (int)(s).len, (s).data ? (s).data : ""

static inline bool dem_is_digit(unsigned char c) { return c >= '0' && c <= '9'; }
static inline bool dem_is_upper(unsigned char c) { return c >= 'A' && c <= 'Z'; }
static inline bool dem_is_lower(unsigned char c) { return c >= 'a' && c <= 'z'; }
static inline bool dem_is_alpha(unsigned char c) { return dem_is_upper(c) || dem_is_lower(c); }
static inline bool dem_is_space(unsigned char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }
static inline unsigned char dem_lower(unsigned char c) { return dem_is_upper(c) ? (unsigned char)(c + 32) : c; }

dem_str dem_str_of(const char *nul_ended); /* NULL gives an empty string */
bool dem_str_eq(dem_str a, dem_str b);
bool dem_str_is(dem_str a, const char *nul_ended);      /* equal */
bool dem_str_is_nocase(dem_str a, const char *lowered); /* equal when ASCII case is ignored; `lowered` is lower case */
int dem_str_cmp(dem_str a, dem_str b);                  /* bytewise, shorter first */
bool dem_str_starts(dem_str s, const char *prefix);
bool dem_str_ends(dem_str s, const char *suffix);
dem_str dem_str_trim(dem_str s); /* ASCII white space off both ends */
dem_str dem_str_sub(dem_str s, size_t begin, size_t end); /* clamped */
size_t dem_str_find(dem_str s, dem_str what, size_t from); /* SIZE_MAX when absent */
/* Cut at the first `at`: returns what stands before it, leaves the rest in *s. */
dem_str dem_str_cut(dem_str *s, char at);
dem_str dem_str_copy(dem_arena *arena, dem_str s);
/* printf into the arena; only %s %.*s %u %d %c and widths: no floating point. */
dem_str dem_str_format(dem_arena *arena, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* True when `word` is one of the `|`-separated parts of `list`. */
bool dem_str_in_list(dem_str list, dem_str word);
/* Unsigned decimal; false when empty, not all digits, or too large. */
bool dem_str_u32(dem_str s, uint32_t *out);

uint64_t dem_hash(const void *bytes, size_t len, uint64_t seed); /* XXH3 */

#endif
