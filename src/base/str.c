/* Plain functions over borrowed strings. Refuses: locale, NUL-ended results, in-place change. */
#include "base/str.h"

#include <stdarg.h>
#include <stdio.h>
#define XXH_INLINE_ALL
#include <xxhash.h>

dem_str dem_str_of(const char *s) { return (dem_str){s, s ? strlen(s) : 0}; }

bool dem_str_eq(dem_str a, dem_str b) { return a.len == b.len && (a.len == 0 || memcmp(a.data, b.data, a.len) == 0); }

bool dem_str_is(dem_str a, const char *s) { return dem_str_eq(a, dem_str_of(s)); }

bool dem_str_is_nocase(dem_str a, const char *lowered) {
  size_t n = strlen(lowered);
  if (a.len != n) return false;
  for (size_t i = 0; i < n; i++)
    if (dem_lower((unsigned char)a.data[i]) != (unsigned char)lowered[i]) return false;
  return true;
}

int dem_str_cmp(dem_str a, dem_str b) {
  size_t n = a.len < b.len ? a.len : b.len;
  int c = n ? memcmp(a.data, b.data, n) : 0;
  return c ? c : a.len < b.len ? -1 : a.len > b.len;
}

bool dem_str_starts(dem_str s, const char *prefix) {
  size_t n = strlen(prefix);
  return s.len >= n && memcmp(s.data, prefix, n) == 0;
}

bool dem_str_ends(dem_str s, const char *suffix) {
  size_t n = strlen(suffix);
  return s.len >= n && memcmp(s.data + s.len - n, suffix, n) == 0;
}

dem_str dem_str_trim(dem_str s) {
  while (s.len && dem_is_space((unsigned char)s.data[0])) s.data++, s.len--;
  while (s.len && dem_is_space((unsigned char)s.data[s.len - 1])) s.len--;
  return s;
}

dem_str dem_str_sub(dem_str s, size_t begin, size_t end) {
  if (end > s.len) end = s.len;
  if (begin > end) begin = end;
  return (dem_str){s.data ? s.data + begin : NULL, end - begin};
}

size_t dem_str_find(dem_str s, dem_str what, size_t from) {
  if (what.len == 0) return from <= s.len ? from : SIZE_MAX;
  while (from <= s.len && s.len - from >= what.len) {
    const char *p = memchr(s.data + from, what.data[0], s.len - from - what.len + 1);
    if (!p) return SIZE_MAX;
    from = (size_t)(p - s.data);
    if (memcmp(p, what.data, what.len) == 0) return from;
    from++;
  }
  return SIZE_MAX;
}

dem_str dem_str_cut(dem_str *s, char at) {
  const char *p = s->len ? memchr(s->data, at, s->len) : NULL;
  size_t n = p ? (size_t)(p - s->data) : s->len;
  dem_str head = {s->data, n};
  *s = p ? (dem_str){p + 1, s->len - n - 1} : (dem_str){s->data ? s->data + s->len : NULL, 0};
  return head;
}

dem_str dem_str_copy(dem_arena *arena, dem_str s) {
  char *p = dem_arena_push(arena, s.len);
  if (s.len) memcpy(p, s.data, s.len);
  return (dem_str){p, s.len};
}

dem_str dem_str_format(dem_arena *arena, const char *format, ...) {
  va_list args;
  va_start(args, format);
  int n = vsnprintf(NULL, 0, format, args);
  va_end(args);
  if (n < 0) return (dem_str){NULL, 0};
  char *p = dem_arena_push(arena, (size_t)n + 1);
  va_start(args, format);
  vsnprintf(p, (size_t)n + 1, format, args);
  va_end(args);
  return (dem_str){p, (size_t)n};
}

bool dem_str_in_list(dem_str list, dem_str word) {
  while (list.len) {
    dem_str part = dem_str_cut(&list, '|');
    if (dem_str_eq(part, word)) return true;
  }
  return false;
}

bool dem_str_u32(dem_str s, uint32_t *out) {
  uint64_t v = 0;
  if (s.len == 0 || s.len > 10) return false;
  for (size_t i = 0; i < s.len; i++) {
    if (!dem_is_digit((unsigned char)s.data[i])) return false;
    v = v * 10 + (uint64_t)(s.data[i] - '0');
  }
  if (v > UINT32_MAX) return false;
  *out = (uint32_t)v;
  return true;
}

uint64_t dem_hash(const void *bytes, size_t len, uint64_t seed) { return XXH3_64bits_withSeed(bytes, len, seed); }
