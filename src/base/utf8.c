/* UTF-8 by hand (a few lines, on every byte's path), properties by utf8proc. */
#include "base/utf8.h"

#include <utf8proc.h>

enum { BAD = 0xFFFD };

static uint32_t tail(dem_str s, size_t *at, uint32_t cp, unsigned n, uint32_t least) {
  if (s.len - *at < n + 1) return (*at)++, (uint32_t)BAD;
  for (unsigned i = 1; i <= n; i++) {
    unsigned char c = (unsigned char)s.data[*at + i];
    if ((c & 0xC0) != 0x80) return (*at)++, (uint32_t)BAD;
    cp = cp << 6 | (c & 0x3F);
  }
  if (cp < least || cp > 0x10FFFF || (cp >= 0xD800 && cp < 0xE000)) return (*at)++, (uint32_t)BAD;
  *at += n + 1;
  return cp;
}

uint32_t dem_utf8_next(dem_str s, size_t *at) {
  unsigned char c = (unsigned char)s.data[*at];
  if (c < 0x80) return (*at)++, c;
  if (c >= 0xC2 && c < 0xE0) return tail(s, at, c & 0x1F, 1, 0x80);
  if (c >= 0xE0 && c < 0xF0) return tail(s, at, c & 0x0F, 2, 0x800);
  if (c >= 0xF0 && c < 0xF5) return tail(s, at, c & 0x07, 3, 0x10000);
  return (*at)++, (uint32_t)BAD;
}

size_t dem_utf8_put(char *out, uint32_t cp) {
  if (cp > 0x10FFFF || (cp >= 0xD800 && cp < 0xE000)) cp = BAD;
  if (cp < 0x80) return out[0] = (char)cp, 1;
  if (cp < 0x800) return out[0] = (char)(0xC0 | cp >> 6), out[1] = (char)(0x80 | (cp & 0x3F)), 2;
  if (cp < 0x10000) {
    out[0] = (char)(0xE0 | cp >> 12);
    out[1] = (char)(0x80 | (cp >> 6 & 0x3F));
    out[2] = (char)(0x80 | (cp & 0x3F));
    return 3;
  }
  out[0] = (char)(0xF0 | cp >> 18);
  out[1] = (char)(0x80 | (cp >> 12 & 0x3F));
  out[2] = (char)(0x80 | (cp >> 6 & 0x3F));
  out[3] = (char)(0x80 | (cp & 0x3F));
  return 4;
}

bool dem_utf8_valid(dem_str s) {
  for (size_t i = 0; i < s.len;) {
    if ((unsigned char)s.data[i] < 0x80) {
      i++;
      continue;
    }
    size_t before = i;
    if (dem_utf8_next(s, &i) == BAD && i - before == 1) return false;
  }
  return true;
}

size_t dem_utf8_count(dem_str s) {
  size_t n = 0;
  for (size_t i = 0; i < s.len; i++) n += ((unsigned char)s.data[i] & 0xC0) != 0x80;
  return n;
}

static utf8proc_category_t category(uint32_t cp) { return utf8proc_category((utf8proc_int32_t)cp); }

bool dem_cp_is_letter(uint32_t cp) {
  if (cp < 0x80) return dem_is_alpha((unsigned char)cp);
  utf8proc_category_t c = category(cp);
  return c >= UTF8PROC_CATEGORY_LU && c <= UTF8PROC_CATEGORY_LO;
}

bool dem_cp_is_upper(uint32_t cp) {
  if (cp < 0x80) return dem_is_upper((unsigned char)cp);
  utf8proc_category_t c = category(cp);
  return c == UTF8PROC_CATEGORY_LU || c == UTF8PROC_CATEGORY_LT;
}

bool dem_cp_is_digit(uint32_t cp) {
  return cp < 0x80 ? dem_is_digit((unsigned char)cp) : category(cp) == UTF8PROC_CATEGORY_ND;
}

bool dem_cp_is_space(uint32_t cp) {
  if (cp < 0x80) return dem_is_space((unsigned char)cp);
  utf8proc_category_t c = category(cp);
  return cp == 0x85 || (c >= UTF8PROC_CATEGORY_ZS && c <= UTF8PROC_CATEGORY_ZP);
}

bool dem_cp_is_mark(uint32_t cp) {
  if (cp < 0x300) return false;
  utf8proc_category_t c = category(cp);
  return c >= UTF8PROC_CATEGORY_MN && c <= UTF8PROC_CATEGORY_ME;
}

uint32_t dem_cp_lower(uint32_t cp) {
  return cp < 0x80 ? dem_lower((unsigned char)cp) : (uint32_t)utf8proc_tolower((utf8proc_int32_t)cp);
}

/* ASCII stand-in for a typographic sign, or the code point itself. */
static uint32_t plain(uint32_t cp) {
  switch (cp) {
    case 0x2018: case 0x2019: case 0x201A: case 0x201B: case 0x2032: case 0x02BC: case 0x60: case 0xB4: return '\'';
    case 0x201C: case 0x201D: case 0x201E: case 0x201F: case 0x2033: case 0xAB: case 0xBB: return '"';
    case 0x2010: case 0x2011: case 0x2012: case 0x2013: case 0x2014: case 0x2015: case 0x2212: return '-';
    default: return cp;
  }
}

dem_str dem_norm(dem_arena *arena, dem_str s) {
  char *out = dem_arena_push(arena, s.len * 2 + 4); /* a lower-case form is at most 3 bytes for 2 */
  size_t n = 0;
  bool space = false;
  for (size_t i = 0; i < s.len;) {
    uint32_t cp = dem_utf8_next(s, &i);
    if (cp == 0xAD || cp == 0xFEFF || cp == 0x200B) continue;
    if (dem_cp_is_space(cp)) {
      space = n > 0;
      continue;
    }
    if (space) out[n++] = ' ';
    space = false;
    n += dem_utf8_put(out + n, cp < 0x80 && cp != 0x60 ? dem_lower((unsigned char)cp) : dem_cp_lower(plain(cp)));
  }
  return (dem_str){out, n};
}

dem_cp_index dem_cp_index_of(dem_arena *arena, dem_str text) {
  dem_cp_index x = {text, dem_array(arena, uint32_t, text.len / 64 + 1)};
  uint32_t n = 0;
  for (size_t i = 0; i < text.len; i++) {
    if (i % 64 == 0) x.count[i / 64] = n;
    n += ((unsigned char)text.data[i] & 0xC0) != 0x80;
  }
  if (text.len % 64 == 0) x.count[text.len / 64] = n;
  return x;
}

uint32_t dem_cp_at(const dem_cp_index *x, uint32_t byte) {
  if (byte > x->text.len) byte = (uint32_t)x->text.len;
  uint32_t n = x->count[byte / 64];
  for (size_t i = byte / 64 * 64; i < byte; i++) n += ((unsigned char)x->text.data[i] & 0xC0) != 0x80;
  return n;
}
