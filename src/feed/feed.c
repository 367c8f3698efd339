/* Which container is it, and its pieces one after the other. Each cutter looks at the stream's window; when that is too short it is
 * doubled, so that finding a piece costs its length. A piece that would be longer than the limit is reported and passed over, damage
 * in packed data loses the piece it is in, and both let the rest go on. Invariant: every byte is taken once, and what was lost is
 * named. */
#include "feed/feed.h"

#include <stdio.h>
#include <stdlib.h>

#include "feed/cut.h"
#include "feed/stream.h"

enum { LOOK = 64 << 10, CHUNK = 128 << 10 };

typedef enum kind { WHOLE, JSON_LINES, JSON_LIST, WARC, CSV, XML, ARTICLES, CHUNKS } kind;

struct dem_feed {
  dem_stream *stream;
  kind kind;
  dem_cutter cutter;
  dem_limits limits;
  const char *from;
  bool started, chunk, ended, csv_name;
};

static bool ends_in(const char *name, const char *tail) {
  size_t n = strlen(name), m = strlen(tail);
  return n >= m && dem_str_is_nocase((dem_str){name + n - m, m}, tail);
}

static bool is_csv_name(const char *path) {
  static const char *const tails[] = {".csv", ".tsv", ".tab"};
  static const char *const packed[] = {"", ".gz", ".zst"};
  char tail[16];
  for (size_t i = 0; i < 9; i++) {
    snprintf(tail, sizeof tail, "%s%s", tails[i / 3], packed[i % 3]);
    if (ends_in(path, tail)) return true;
  }
  return false;
}

dem_feed *dem_feed_open(const char *path, const char *from, bool chunk, dem_limits limits, demarche_error *err) {
  dem_feed *f = calloc(1, sizeof *f);
  if (f) f->stream = dem_stream_open(path, (uint32_t)limits.layers, limits.ratio, err);
  if (f && f->stream) {
    f->limits = limits;
    f->from = from;
    f->chunk = chunk;
    f->csv_name = is_csv_name(path);
    return f;
  }
  if (!f) *err = (demarche_error){DEMARCHE_NOMEM, "out of memory"};
  free(f);
  return NULL;
}

dem_feed *dem_feed_of(dem_str bytes) {
  dem_feed *f = calloc(1, sizeof *f);
  if (!f) return NULL;
  f->limits = DEM_LIMITS;
  f->stream = dem_stream_of(bytes);
  if (f->stream) return f;
  free(f);
  return NULL;
}

void dem_feed_close(dem_feed *f) {
  if (!f) return;
  dem_stream_close(f->stream);
  free(f->cutter.prefix);
  free(f);
}

/* ---- which container ---- */

static bool is(const dem_feed *f, const char *format) { return f->from && strcmp(f->from, format) == 0; }

static kind kind_of(dem_feed *f, dem_str start) {
  dem_str s = dem_str_trim(start);
  if (dem_str_starts(s, "\xEF\xBB\xBF")) s = dem_str_trim(dem_str_sub(s, 3, s.len));
  if (is(f, "warc") || dem_str_starts(s, "WARC/1.")) return WARC;
  if ((is(f, "csv") || is(f, "tsv") || (!f->from && f->csv_name)) && dem_is_csv(&f->cutter, start)) return CSV;
  if (f->from && !is(f, "jsonl") && !is(f, "ninjs") && !is(f, "rss") && !is(f, "newsml1") && !is(f, "newsmlg2") &&
      !is(f, "petrarch") && !is(f, "lexis") && !is(f, "factiva"))
    return WHOLE;
  if (s.len && s.data[0] == '{') return JSON_LINES;
  if (s.len > 1 && s.data[0] == '[' && dem_str_starts(dem_str_trim(dem_str_sub(s, 1, s.len)), "{")) return JSON_LIST;
  if (s.len && s.data[0] == '<') return dem_is_xml_with_items(&f->cutter, start) ? XML : WHOLE;
  if (f->chunk) return CHUNKS;
  return dem_is_articles(start) ? ARTICLES : WHOLE;
}

/* ---- cutters of their own ---- */

static dem_cut cut_json_lines(dem_str s, bool ended, dem_cutting *out) {
  demarche_str rest = s, piece;
  if (!demarche_next(&rest, &piece)) return ended ? DEM_CUT_END : DEM_CUT_MORE;
  if (!ended && rest.len == 0) return DEM_CUT_MORE; /* more of it may belong to the piece */
  out->begin = (size_t)(piece.data - s.data);
  out->end = out->begin + piece.len;
  out->next = s.len - rest.len;
  return DEM_CUT_PIECE;
}

static dem_cut cut_chunk(dem_str s, bool ended, dem_cutting *out) {
  if (!s.len && ended) return DEM_CUT_END;
  if (s.len <= CHUNK && !ended) return DEM_CUT_MORE;
  for (size_t i = s.len > CHUNK ? CHUNK : s.len; i + 1 < s.len;) {
    const char *p = memchr(s.data + i, '\n', s.len - i);
    if (!p) break;
    i = (size_t)(p - s.data) + 1;
    size_t k = i < s.len && s.data[i] == '\r' ? i + 1 : i;
    if (k >= s.len || s.data[k] != '\n') continue;
    *out = (dem_cutting){.begin = 0, .end = k + 1, .next = k + 1};
    return DEM_CUT_PIECE;
  }
  if (!ended) return DEM_CUT_MORE;
  *out = (dem_cutting){.begin = 0, .end = s.len, .next = s.len};
  return DEM_CUT_PIECE;
}

static dem_cut cut_whole(dem_str s, bool ended, dem_cutting *out) {
  if (!ended) return DEM_CUT_MORE;
  if (!s.len) return DEM_CUT_END;
  *out = (dem_cutting){.begin = 0, .end = s.len, .next = s.len};
  return DEM_CUT_PIECE;
}

static dem_cut cut(dem_feed *f, dem_str s, bool ended, dem_cutting *out) {
  *out = (dem_cutting){0};
  switch (f->kind) {
    case JSON_LINES: return cut_json_lines(s, ended, out);
    case JSON_LIST: return dem_cut_json_list(&f->cutter, s, ended, out);
    case WARC: return dem_cut_warc(&f->cutter, s, ended, out);
    case CSV: return dem_cut_csv(&f->cutter, s, ended, out);
    case XML: return dem_cut_xml(&f->cutter, s, ended, out);
    case ARTICLES: return dem_cut_articles(&f->cutter, s, ended, out);
    case CHUNKS: return cut_chunk(s, ended, out);
    default: return cut_whole(s, ended, out);
  }
}

/* ---- pieces ---- */

static bool trouble(dem_feed_piece *piece, const char *why) {
  *piece = (dem_feed_piece){0};
  snprintf(piece->trouble, sizeof piece->trouble, "%s", why);
  return true;
}

/* Copy the piece with what belongs round it; without either, and when the window lasts, it stays where it is. */
static bool make_piece(dem_feed *f, dem_str bytes, dem_feed_piece *piece) {
  const dem_cutter *c = &f->cutter;
  size_t tail = strlen(c->suffix);
  *piece = (dem_feed_piece){.bytes = bytes};
  if (f->kind == CSV) {
    piece->owned = dem_csv_to_json((dem_str){c->prefix, c->prefix_len}, bytes, c->sign, &piece->bytes.len);
    piece->bytes.data = piece->owned;
    return piece->owned || trouble(piece, "out of memory");
  }
  if (!c->prefix_len && dem_stream_is_whole(f->stream)) return true;
  piece->owned = malloc(c->prefix_len + bytes.len + tail + 1);
  if (!piece->owned) return trouble(piece, "out of memory");
  if (c->prefix_len) memcpy(piece->owned, c->prefix, c->prefix_len);
  memcpy(piece->owned + c->prefix_len, bytes.data, bytes.len);
  memcpy(piece->owned + c->prefix_len + bytes.len, c->suffix, tail);
  piece->bytes = (dem_str){piece->owned, c->prefix_len + bytes.len + tail};
  return true;
}

static bool say_too_long(dem_feed *f, dem_feed_piece *piece) {
  char why[120];
  snprintf(why, sizeof why, "larger than %llu bytes: not read (--limits input=N)", (unsigned long long)f->limits.input);
  f->cutter.scanned = 0;
  return trouble(piece, why);
}

/* The window holds more than the limit and no end of the piece: pass on to where the next line ends. */
static bool too_long(dem_feed *f, dem_str window, dem_feed_piece *piece) {
  bool whole_input = f->kind == WHOLE || f->kind == XML || f->kind == JSON_LIST;
  if (whole_input) {
    f->ended = true;
    return say_too_long(f, piece);
  }
  dem_stream_take(f->stream, window.len - 1); /* and on, to where a line begins */
  for (;;) {
    dem_str s = dem_stream_window(f->stream);
    const char *p = s.len ? memchr(s.data, '\n', s.len) : NULL;
    dem_stream_take(f->stream, p ? (uint64_t)(p - s.data) + 1 : s.len);
    if (p || !dem_stream_more(f->stream)) return say_too_long(f, piece);
  }
}

static bool lost(dem_feed *f, dem_feed_piece *piece) {
  trouble(piece, dem_stream_damage(f->stream));
  f->cutter.scanned = 0;
  f->ended = !dem_stream_resume(f->stream);
  return true;
}

static void start(dem_feed *f) {
  while (dem_stream_window(f->stream).len < LOOK && dem_stream_more(f->stream)) continue;
  f->kind = kind_of(f, dem_stream_window(f->stream));
  f->started = true;
}

bool dem_feed_next(dem_feed *f, dem_feed_piece *piece) {
  dem_cutting at;
  bool ended = dem_stream_is_whole(f->stream);
  if (!f->started) start(f);
  while (!f->ended) {
    dem_str window = dem_stream_window(f->stream);
    bool damage = ended && dem_stream_damage(f->stream)[0];
    dem_cut got = cut(f, window, ended, &at);
    bool partial = damage && at.next >= window.len && (f->kind != WHOLE || dem_stream_is_refused(f->stream));
    if (got == DEM_CUT_PIECE && at.end - at.begin > f->limits.input) {
      dem_stream_take(f->stream, at.next);
      return say_too_long(f, piece);
    }
    if (got == DEM_CUT_PIECE && !partial) {
      make_piece(f, dem_str_sub(window, at.begin, at.end), piece);
      dem_stream_take(f->stream, at.next);
      return true;
    }
    if (damage) return lost(f, piece);
    if (got == DEM_CUT_MORE && window.len > f->limits.input + LOOK) return too_long(f, window, piece);
    if (got == DEM_CUT_MORE) {
      ended = !dem_stream_more(f->stream);
    } else if (got == DEM_CUT_SKIP || got == DEM_CUT_LOST) {
      dem_stream_take(f->stream, at.next);
      if (got == DEM_CUT_LOST) return trouble(piece, at.why);
    } else {
      f->ended = true;
    }
  }
  return false;
}

bool dem_feed_at_end(dem_feed *f) {
  for (size_t at = 0;; at++) {
    dem_str s = dem_stream_window(f->stream);
    while (at < s.len && dem_is_space((unsigned char)s.data[at])) at++;
    if (at < s.len) return false;
    if (f->ended || !dem_stream_more(f->stream)) return !dem_stream_damage(f->stream)[0];
  }
}
