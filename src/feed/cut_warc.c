/* Web archives (WARC 1.0 and 1.1, ISO 28500): records by their length. Only records that may hold a story are pieces: responses with
 * status 200 and a type of text, resources, conversions (WET). The rest (requests, metadata, images, redirects, revisits) is passed
 * over by its length, whatever its size. A record whose header makes no sense is reported, and the next "WARC/1." at the start of a
 * line is looked for. */
#include "feed/cut.h"

enum { LONGEST_HEADER = 64 << 10 };

static dem_str header_of(dem_str head, const char *name) { /* the value of a field, its name in lower case */
  size_t n = strlen(name);
  while (head.len) {
    dem_str line = dem_str_cut(&head, '\n');
    if (line.len > n && line.data[n] == ':' && dem_str_is_nocase(dem_str_sub(line, 0, n), name))
      return dem_str_trim(dem_str_sub(line, n + 1, line.len));
  }
  return (dem_str){NULL, 0};
}

/* Where a header block that begins at `from` ends, the blank line included; SIZE_MAX when its end is not there. */
static size_t block_end(dem_str s, size_t from) {
  for (size_t at = from; at < s.len;) {
    const char *p = memchr(s.data + at, '\n', s.len - at);
    if (!p) return SIZE_MAX;
    at = (size_t)(p - s.data) + 1;
    if (at < s.len && s.data[at] == '\n') return at + 1;
    if (at + 1 < s.len && s.data[at] == '\r' && s.data[at + 1] == '\n') return at + 2;
  }
  return SIZE_MAX;
}

static bool read_length(dem_str s, uint64_t *length) {
  *length = 0;
  for (size_t i = 0; i < s.len; i++) {
    if (!dem_is_digit((unsigned char)s.data[i]) || *length > UINT64_MAX / 100) return false;
    *length = *length * 10 + (uint64_t)(s.data[i] - '0');
  }
  return s.len > 0;
}

static bool starts_nocase(dem_str s, const char *lowered) {
  return dem_str_is_nocase(dem_str_sub(s, 0, strlen(lowered)), lowered);
}

static bool is_text_type(dem_str type) {
  return !type.len || starts_nocase(type, "text/html") || starts_nocase(type, "text/plain") ||
         starts_nocase(type, "application/xhtml") || starts_nocase(type, "text/xml") || starts_nocase(type, "application/xml") ||
         starts_nocase(type, "application/rss") || starts_nocase(type, "application/atom") ||
         starts_nocase(type, "application/json") || starts_nocase(type, "application/ld+json");
}

/* May the record hold a story? `http` is the start of its block. */
static bool is_wanted(dem_str head, dem_str http) {
  dem_str type = header_of(head, "warc-type");
  if (dem_str_is_nocase(type, "conversion") || dem_str_is_nocase(type, "resource"))
    return is_text_type(header_of(head, "content-type"));
  if (!dem_str_is_nocase(type, "response")) return false;
  if (!dem_str_starts(http, "HTTP/")) return is_text_type(header_of(head, "content-type"));
  size_t space = dem_str_find(dem_str_sub(http, 0, 16), DEM_S(" "), 0);
  bool ok = space != SIZE_MAX && dem_str_starts(dem_str_trim(dem_str_sub(http, space, http.len)), "200");
  size_t end = block_end(http, 0);
  return ok && is_text_type(header_of(dem_str_sub(http, 0, end == SIZE_MAX ? http.len : end), "content-type"));
}

/* The next record's start at or after `from`; SIZE_MAX. */
static size_t next_record(dem_str s, size_t from) {
  if (from == 0 && dem_str_starts(s, "WARC/1.")) return 0;
  size_t at = dem_str_find(s, DEM_S("\nWARC/1."), from ? from - 1 : 0);
  return at == SIZE_MAX ? SIZE_MAX : at + 1;
}

static dem_cut resync(dem_str s, bool ended, const char *why, dem_cutting *out) {
  size_t at = next_record(s, 1);
  *out = (dem_cutting){.why = why, .next = at != SIZE_MAX ? at : ended || s.len < 16 ? s.len : s.len - 8};
  return DEM_CUT_LOST;
}

dem_cut dem_cut_warc(dem_cutter *c, dem_str s, bool ended, dem_cutting *out) {
  size_t from = 0;
  (void)c;
  while (from < s.len && (s.data[from] == '\r' || s.data[from] == '\n')) from++;
  if (from == s.len) return ended ? DEM_CUT_END : DEM_CUT_MORE;
  if (from) return *out = (dem_cutting){.next = from}, DEM_CUT_SKIP;
  if (s.len < 7 && !ended) return DEM_CUT_MORE;
  if (!dem_str_starts(s, "WARC/1.")) return resync(s, ended, "no WARC record where one should begin", out);
  size_t head_end = block_end(s, 0);
  if (head_end == SIZE_MAX && !ended && s.len < LONGEST_HEADER) return DEM_CUT_MORE;
  if (head_end == SIZE_MAX) return resync(s, ended, "a WARC record whose header does not end", out);
  dem_str head = dem_str_sub(s, 0, head_end);
  uint64_t length;
  if (!read_length(header_of(head, "content-length"), &length)) return resync(s, ended, "a WARC record without a length", out);
  uint64_t next = head_end + length;
  bool all_there = next <= s.len, start_there = all_there || s.len - head_end >= 8192;
  if (!start_there && !ended) return DEM_CUT_MORE;
  *out = (dem_cutting){.begin = 0, .end = all_there ? (size_t)next : s.len, .next = next};
  if (!is_wanted(head, dem_str_sub(s, head_end, all_there ? (size_t)next : s.len))) return DEM_CUT_SKIP;
  if (all_there) return DEM_CUT_PIECE;
  if (!ended) return DEM_CUT_MORE;
  size_t other = next_record(s, 1); /* its length may be wrong */
  *out = (dem_cutting){.why = "a WARC record that is cut off", .next = other != SIZE_MAX ? other : s.len};
  return DEM_CUT_LOST;
}
