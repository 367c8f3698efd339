/* Decides what of a token the network sees: its form with digits levelled, its ends in bytes, its shape. Pure arithmetic on
 * bytes, the same everywhere. Refuses to look at neighbours: the network does that. */
#include "text/net_look.h"

#include "base/utf8.h"

static uint64_t key_of(unsigned template, const char *bytes, size_t n) {
  uint64_t h = dem_hash(bytes, n, template + 1u);
  return h ? h : 1;
}

void dem_look_norm(dem_str norm, uint64_t key[DEM_LOOKS]) {
  char c[DEM_LOOK_BYTES] = {0};
  size_t n = norm.len < sizeof c ? norm.len : sizeof c;
  for (size_t i = 0; i < n; i++) c[i] = dem_is_digit((unsigned char)norm.data[i]) ? '0' : norm.data[i];
  for (unsigned t = 0; t < DEM_LOOKS; t++) key[t] = 0;
  key[DEM_LOOK_FORM] = key_of(DEM_LOOK_FORM, c, n);
  for (unsigned k = 2; k <= 4 && k <= n; k++) {
    key[DEM_LOOK_SUFFIX2 + k - 2] = key_of(DEM_LOOK_SUFFIX2 + k - 2, c + n - k, k);
    if (k < 4) key[DEM_LOOK_PREFIX2 + k - 2] = key_of(DEM_LOOK_PREFIX2 + k - 2, c, k);
  }
}

static char kind(uint32_t cp) {
  if (dem_cp_is_upper(cp)) return 'X';
  if (dem_cp_is_letter(cp)) return 'x';
  if (dem_cp_is_digit(cp)) return '0';
  return cp < 0x80 ? (char)cp : 'u';
}

/* Runs of one kind are shortened to two. */
uint64_t dem_look_shape(dem_str form, bool first) {
  char c[DEM_LOOK_BYTES];
  size_t n = 0;
  c[n++] = first ? '^' : '_';
  for (size_t i = 0, count = 0; i < form.len && count < DEM_LOOK_BYTES - 1; count++) {
    char k = kind(dem_utf8_next(form, &i));
    if (n < 3 || c[n - 1] != k || c[n - 2] != k) c[n++] = k;
  }
  return key_of(DEM_LOOK_SHAPE, c, n);
}
