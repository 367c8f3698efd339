/* Decides what counts as a word's make: its form with digits levelled, its ends, its shape. Pure arithmetic on bytes, so the
 * same everywhere; refuses to look at neighbours. */
#include "text/word.h"

#include "base/utf8.h"

enum { LONG = 64 }; /* bytes of a form that count; the rest of a longer one does not tell words apart */

static uint32_t level(dem_str s) {
  char c[LONG];
  size_t n = s.len < LONG ? s.len : LONG;
  for (size_t i = 0; i < n; i++) c[i] = dem_is_digit((unsigned char)s.data[i]) ? '0' : s.data[i];
  return (uint32_t)dem_hash(c, n, s.len >= LONG);
}

static char kind(uint32_t cp) {
  if (dem_cp_is_upper(cp)) return 'X';
  if (dem_cp_is_letter(cp)) return 'x';
  if (dem_cp_is_digit(cp)) return '0';
  return cp < 0x80 ? (char)cp : 'u';
}

/* Runs of one kind are shortened to two. */
static void shape(dem_str form, dem_word *w) {
  char c[LONG];
  size_t n = 0, upper = 0, letters = 0;
  for (size_t i = 0, count = 0; i < form.len && count < LONG; count++) {
    char k = kind(dem_utf8_next(form, &i));
    upper += k == 'X';
    letters += k == 'X' || k == 'x';
    if (k == '0') w->traits |= DEM_TRAIT_DIGIT;
    if (k == '-') w->traits |= DEM_TRAIT_HYPHEN;
    if (n < 2 || c[n - 1] != k || c[n - 2] != k) c[n++] = k;
  }
  if (n && c[0] == 'X') w->traits |= DEM_TRAIT_UPPER;
  if (letters > 1 && upper == letters) w->traits |= DEM_TRAIT_ALL_UPPER;
  if (!letters && !(w->traits & DEM_TRAIT_DIGIT)) w->traits |= DEM_TRAIT_SIGN;
  w->shape = (uint32_t)dem_hash(c, n, 0);
}

void dem_word_make(dem_str form, dem_str norm, dem_word *w) {
  *w = (dem_word){.form = level(form), .norm = level(norm)};
  for (size_t k = 1; k <= 5 && k <= norm.len; k++) w->suffix[k - 1] = (uint32_t)dem_hash(norm.data + norm.len - k, k, k);
  for (size_t k = 1; k <= 4 && k <= norm.len; k++) w->prefix[k - 1] = (uint32_t)dem_hash(norm.data, k, k + 8);
  shape(form, w);
}
