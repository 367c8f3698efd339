/* What a browser makes of raw text: character references (section 13.2.5.72 on of the HTML standard), line ends, NULs. Text that
 * holds none of them is given back as it is, without a copy. A name is matched as long as possible; the search in the sorted table
 * narrows sign by sign, so that runs of '&' cost their length. */
#include "base/utf8.h"
#include "read/html_entities.h"
#include "read/html_token.h"

/* What 0x80 to 0x9F mean in numbers: Windows-1252; 0 where they mean themselves. */
static const uint16_t c1[32] = {0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
                                0x2039, 0x0152, 0,      0x017D, 0,      0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
                                0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178};

static unsigned char at_(dem_str s, size_t at) { return at < s.len ? (unsigned char)s.data[at] : 0; }

static int digit_of(unsigned char c, bool hex) {
  if (dem_is_digit(c)) return c - '0';
  c = dem_lower(c);
  return hex && c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static uint32_t number_means(uint32_t cp) {
  if (cp == 0 || cp > 0x10FFFF || (cp >= 0xD800 && cp < 0xE000)) return 0xFFFD;
  return cp >= 0x80 && cp < 0xA0 && c1[cp - 0x80] ? c1[cp - 0x80] : cp;
}

static bool numeric(dem_str s, size_t at, char out[8], size_t *len, size_t *took) {
  size_t i = at + 2;
  bool hex = dem_lower(at_(s, i)) == 'x';
  uint32_t cp = 0;
  i += hex;
  size_t from = i;
  for (int d; (d = digit_of(at_(s, i), hex)) >= 0; i++)
    if (cp <= 0x10FFFF) cp = cp * (hex ? 16 : 10) + (uint32_t)d;
  if (i == from) return false;
  if (at_(s, i) == ';') i++;
  *len = dem_utf8_put(out, number_means(cp));
  *took = i - at;
  return true;
}

/* The first entity at or after `from` whose name has at least the byte `c` at `k`; those before share the first k bytes. */
static size_t bound(size_t from, size_t to, size_t k, int c) {
  while (from < to) {
    size_t middle = from + (to - from) / 2;
    if ((unsigned char)dem_html_entities[middle].name[k] < c) from = middle + 1;
    else to = middle;
  }
  return from;
}

static const dem_html_entity *longest(dem_str s, size_t at, size_t *took) {
  const dem_html_entity *best = NULL;
  size_t from = 0, to = dem_html_entities_count;
  for (size_t k = 0; at + 1 + k < s.len; k++) {
    unsigned char c = (unsigned char)s.data[at + 1 + k];
    if (!dem_is_alpha(c) && !dem_is_digit(c) && c != ';') break;
    from = bound(from, to, k, c);
    to = bound(from, to, k, c + 1);
    if (from == to) break;
    if (dem_html_entities[from].name[k + 1] == 0) best = &dem_html_entities[from], *took = k + 2;
  }
  return best;
}

bool dem_html_reference(dem_str s, size_t at, dem_html_what what, char out[8], size_t *len, size_t *took) {
  if (at_(s, at + 1) == '#') return numeric(s, at, out, len, took);
  const dem_html_entity *e = longest(s, at, took);
  if (!e) return false;
  unsigned char last = (unsigned char)s.data[at + *took - 1], next = at_(s, at + *took);
  bool word_goes_on = next == '=' || dem_is_alpha(next) || dem_is_digit(next);
  if (what == DEM_HTML_IN_ATTRIBUTE && last != ';' && word_goes_on) return false;
  *len = strlen(e->characters);
  memcpy(out, e->characters, *len);
  return true;
}

static bool is_plain(dem_str raw, dem_html_what what) {
  if (!raw.len) return true;
  return !memchr(raw.data, '\r', raw.len) && !memchr(raw.data, 0, raw.len) &&
         (what == DEM_HTML_IN_RAW || !memchr(raw.data, '&', raw.len));
}

/* A reference is never shorter than a third of its characters; a NUL becomes three bytes. */
static size_t room(dem_str raw) {
  size_t n = raw.len;
  for (size_t i = 0; i < raw.len; i++) n += raw.data[i] == 0 ? 2 : raw.data[i] == '&' ? 4 : 0;
  return n + 8;
}

dem_str dem_html_decode(dem_arena *arena, dem_str raw, dem_html_what what) {
  if (is_plain(raw, what)) return raw;
  char *out = dem_arena_push(arena, room(raw));
  size_t n = 0, len, took;
  for (size_t i = 0; i < raw.len;) {
    char c = raw.data[i];
    if (c == '&' && what != DEM_HTML_IN_RAW && dem_html_reference(raw, i, what, out + n, &len, &took)) {
      n += len;
      i += took;
      continue;
    }
    i++;
    if (c == '\r') {
      if (at_(raw, i) != '\n') out[n++] = '\n';
    } else if (c == 0) {
      n += dem_utf8_put(out + n, 0xFFFD);
    } else {
      out[n++] = c;
    }
  }
  return (dem_str){out, n};
}

/* In ordinary text and CDATA a NUL stays, as the tokenizer leaves it for the tree builder to drop. */
static dem_str keep_nul(dem_arena *arena, dem_str raw, dem_html_what what) {
  char *out = dem_arena_push(arena, 3 * raw.len + 8);
  size_t n = 0;
  for (size_t from = 0; from <= raw.len;) {
    const char *nul = from < raw.len ? memchr(raw.data + from, 0, raw.len - from) : NULL;
    size_t to = nul ? (size_t)(nul - raw.data) : raw.len;
    dem_str part = dem_html_decode(arena, dem_str_sub(raw, from, to), what);
    if (part.len) memcpy(out + n, part.data, part.len);
    n += part.len;
    if (nul) out[n++] = 0;
    from = to + 1;
  }
  return (dem_str){out, n};
}

dem_str dem_html_text(dem_arena *arena, const dem_html_token *t) {
  bool references = t->mode == DEM_HTML_DATA || t->mode == DEM_HTML_RCDATA;
  dem_html_what what = references ? DEM_HTML_IN_TEXT : DEM_HTML_IN_RAW;
  bool kept = t->mode == DEM_HTML_DATA || t->mode == DEM_HTML_CDATA;
  if (kept && memchr(t->text.data, 0, t->text.len)) return keep_nul(arena, t->text, what);
  return dem_html_decode(arena, t->text, what);
}

dem_str dem_html_name(dem_arena *arena, dem_str raw) {
  bool small = !raw.len || !memchr(raw.data, 0, raw.len);
  for (size_t i = 0; small && i < raw.len; i++) small = !dem_is_upper((unsigned char)raw.data[i]);
  if (small) return raw;
  char *out = dem_arena_push(arena, 3 * raw.len + 1);
  size_t n = 0;
  for (size_t i = 0; i < raw.len; i++) {
    if (raw.data[i] == 0) n += dem_utf8_put(out + n, 0xFFFD);
    else out[n++] = (char)dem_lower((unsigned char)raw.data[i]);
  }
  return (dem_str){out, n};
}
