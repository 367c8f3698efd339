/* Markdown that print views leave in the text: "**bold**", "*italic*", "_italic_", "# heading", "[text](link)". Only whole pairs
 * within a window are taken off; a lone star or bracket stays. Linear: a search that failed is never made again over the same
 * bytes. Refuses: Markdown's other half (lists, code, images, escapes). */
#include "read/parts.h"

enum { WINDOW = 400 }; /* bytes between the two marks of a pair */

typedef struct unmarking {
  dem_str s;
  char *out;
  size_t n;
  size_t close[2], close_len[2]; /* the closing mark that is due, for '*' and '_'; len 0: none */
  size_t barren[2][4];           /* no closing mark of that length stands before this */
  dem_str *url;
} unmarking;

static bool is_word(dem_str s, size_t at) {
  if (at >= s.len) return false;
  unsigned char c = (unsigned char)s.data[at];
  return c >= 0x80 || dem_is_alpha(c) || dem_is_digit(c);
}

static bool is_blank(dem_str s, size_t at) { return at >= s.len || dem_is_space((unsigned char)s.data[at]); }

static size_t run_of(dem_str s, size_t at) {
  size_t n = 0;
  while (at + n < s.len && s.data[at + n] == s.data[at]) n++;
  return n;
}

/* Where the run of `len` marks that opens at `at` is closed; 0 when it is not. */
static size_t closing(unmarking *u, size_t at, size_t len, size_t kind) {
  size_t end = at + WINDOW < u->s.len ? at + WINDOW : u->s.len;
  size_t *barren = &u->barren[kind][len], i = *barren > at + len ? *barren : at + len;
  while (i < end) {
    size_t run = u->s.data[i] == u->s.data[at] ? run_of(u->s, i) : 0;
    if (run == len && !is_blank(u->s, i - 1) && !is_word(u->s, i + run)) return i;
    i += run ? run : 1;
  }
  *barren = i;
  return 0;
}

/* A mark at `at`: drop it when it opens or closes a pair. Returns the bytes passed. */
static size_t emphasis(unmarking *u, size_t at) {
  size_t kind = u->s.data[at] == '_', run = run_of(u->s, at);
  if (u->close_len[kind] && at == u->close[kind]) {
    u->close_len[kind] = 0;
    return run;
  }
  bool opens = run <= 3 && !u->close_len[kind] && !is_blank(u->s, at + run) && (at == 0 || !is_word(u->s, at - 1));
  size_t close = opens ? closing(u, at, run, kind) : 0;
  if (close) {
    u->close[kind] = close;
    u->close_len[kind] = run;
    return run;
  }
  memcpy(u->out + u->n, u->s.data + at, run);
  u->n += run;
  return run;
}

static size_t find_before(dem_str s, size_t from, char what, const char *stops) {
  for (size_t i = from; i < s.len && i < from + WINDOW; i++) {
    if (s.data[i] == what) return i;
    if (strchr(stops, s.data[i])) return SIZE_MAX;
  }
  return SIZE_MAX;
}

/* "[text](link)" at `at`: keep the text. Returns the bytes passed, 0 when it is none. */
static size_t link(unmarking *u, size_t at) {
  size_t end = find_before(u->s, at + 1, ']', "[");
  if (end == SIZE_MAX || end + 1 >= u->s.len || u->s.data[end + 1] != '(') return 0;
  size_t close = find_before(u->s, end + 2, ')', " ([");
  if (close == SIZE_MAX) return 0;
  dem_str text = dem_str_sub(u->s, at + 1, end);
  if (u->url && !u->url->len) *u->url = dem_str_sub(u->s, end + 2, close);
  if (text.len) memcpy(u->out + u->n, text.data, text.len);
  u->n += text.len;
  return close + 1 - at;
}

dem_str dem_read_unmark(dem_arena *arena, dem_str s, dem_str *url) {
  size_t at = s.len && s.data[0] == '#' ? run_of(s, 0) : 0;
  if (at > 6 || !is_blank(s, at)) at = 0;
  if (!at && !(s.len && (memchr(s.data, '*', s.len) || memchr(s.data, '_', s.len) || memchr(s.data, '[', s.len)))) return s;
  unmarking u = {.s = s, .out = dem_arena_push(arena, s.len), .url = url};
  while (at < s.len) {
    char c = s.data[at];
    size_t passed = c == '*' || c == '_' ? emphasis(&u, at) : c == '[' ? link(&u, at) : 0;
    if (!passed) u.out[u.n++] = c, passed = 1;
    at += passed;
  }
  return dem_str_trim((dem_str){u.out, u.n});
}
