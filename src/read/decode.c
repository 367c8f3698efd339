/* Bytes to clean UTF-8. The encoding is told by a byte order mark, by where NUL bytes stand (UTF-16), by validity (UTF-8), and
 * is Windows-1252 otherwise, which holds Latin-1. Then every code point passes one filter: line ends of any kind become LF,
 * blanks of any kind a space, controls and invisible signs go. Invariant: the result is valid UTF-8 and no longer than what
 * was counted beforehand. Input is refused (DEMARCHE_FORMAT) when it has no letter, or when more than one code point in twenty
 * (and more than three) is a control sign or undecodable: random bytes have about one in eight, text has none. */
#include "base/utf8.h"
#include "read/parts.h"

typedef enum encoding { UTF_8, UTF_8_DAMAGED, UTF_16LE, UTF_16BE, WINDOWS_1252 } encoding;

typedef struct source {
  dem_str bytes;
  size_t at;
  encoding encoding;
} source;

typedef struct sink {
  char *out;
  size_t n;
  bool cr;     /* the last code point was CR: a LF after it is the same line end */
  bool letter; /* there was one */
  size_t points, bad, controls, invisible;
  bool json; /* inside a JSON string no line may end: NEL, LS and PS become spaces */
} sink;

enum { REPLACEMENT = 0xFFFD, UNDECODABLE = 0x110000, SAMPLE = 4096 };

/* 0x80 to 0x9F of Windows-1252; 0 where it has nothing. */
static const uint16_t windows_1252[32] = {0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
                                          0x2039, 0x0152, 0,      0x017D, 0,      0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
                                          0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178};

/* ---- which encoding ---- */

static bool starts(dem_str s, const char *mark, size_t n) { return s.len >= n && memcmp(s.data, mark, n) == 0; }

/* English in UTF-16 has a NUL in nearly every pair, always on the same side. */
static bool looks_utf16(dem_str s, encoding *which) {
  size_t pairs = (s.len < SAMPLE ? s.len : SAMPLE) / 2, nul[2] = {0, 0};
  for (size_t i = 0; i < pairs * 2; i++) nul[i & 1] += s.data[i] == 0;
  if (pairs < 2) return false;
  *which = nul[1] > nul[0] ? UTF_16LE : UTF_16BE;
  size_t most = nul[*which == UTF_16LE], least = nul[*which != UTF_16LE];
  return most * 2 > pairs && least * 10 < pairs;
}

/* Among bytes that are not valid UTF-8: more whole sequences than stray bytes, or nothing stray but a cut-off end? */
static bool looks_utf8(dem_str s) {
  size_t whole = 0, stray = 0, first_stray = s.len;
  for (size_t i = 0; i < s.len;) {
    size_t before = i;
    if ((unsigned char)s.data[i] < 0x80) {
      i++;
      continue;
    }
    uint32_t cp = dem_utf8_next(s, &i);
    if (cp == REPLACEMENT && i - before == 1) {
      stray++;
      if (first_stray > before) first_stray = before;
    } else {
      whole++;
    }
  }
  bool cut = s.len - first_stray <= 3 && s.len - first_stray == stray && (unsigned char)s.data[first_stray] >= 0xC2;
  return whole >= stray || (cut && stray > 0 && (unsigned char)s.data[first_stray] >= 0xE0);
}

static source open_source(dem_str s) {
  encoding utf16 = UTF_16LE;
  if (starts(s, "\xEF\xBB\xBF", 3)) s = dem_str_sub(s, 3, s.len);
  if (starts(s, "\xFF\xFE", 2)) return (source){dem_str_sub(s, 2, s.len), 0, UTF_16LE};
  if (starts(s, "\xFE\xFF", 2)) return (source){dem_str_sub(s, 2, s.len), 0, UTF_16BE};
  if (looks_utf16(s, &utf16)) return (source){s, 0, utf16};
  while (s.len && s.data[s.len - 1] == 0) s.len--; /* padding of tapes and fixed-size fields */
  if (dem_utf8_valid(s)) return (source){s, 0, UTF_8};
  return (source){s, 0, looks_utf8(s) ? UTF_8_DAMAGED : WINDOWS_1252};
}

/* ---- code points out of bytes ---- */

static uint32_t unit(const source *from, size_t at) {
  uint32_t a = (unsigned char)from->bytes.data[at], b = (unsigned char)from->bytes.data[at + 1];
  return from->encoding == UTF_16LE ? a | b << 8 : a << 8 | b;
}

static uint32_t next_utf16(source *from) {
  if (from->bytes.len - from->at < 2) return from->at = from->bytes.len, (uint32_t)UNDECODABLE;
  uint32_t high = unit(from, from->at);
  from->at += 2;
  if (high < 0xD800 || high >= 0xE000) return high;
  if (high >= 0xDC00 || from->bytes.len - from->at < 2) return UNDECODABLE;
  uint32_t low = unit(from, from->at);
  if (low < 0xDC00 || low >= 0xE000) return UNDECODABLE;
  from->at += 2;
  return 0x10000 + ((high - 0xD800) << 10 | (low - 0xDC00));
}

static uint32_t next(source *from) {
  if (from->encoding == UTF_16LE || from->encoding == UTF_16BE) return next_utf16(from);
  unsigned char c = (unsigned char)from->bytes.data[from->at];
  if (c < 0x80) return from->at++, c;
  if (from->encoding != WINDOWS_1252) {
    size_t before = from->at;
    uint32_t cp = dem_utf8_next(from->bytes, &from->at);
    return cp == REPLACEMENT && from->at - before == 1 ? UNDECODABLE : cp;
  }
  from->at++;
  if (c >= 0xA0) return c;
  return windows_1252[c - 0x80] ? windows_1252[c - 0x80] : UNDECODABLE;
}

/* The most bytes the clean text can have. */
static size_t room(const source *from) {
  if (from->encoding == UTF_8) return from->bytes.len + from->bytes.len / 2 + 3; /* C1 (2 bytes) may become 1252's sign (3) */
  if (from->encoding == UTF_16LE || from->encoding == UTF_16BE) return from->bytes.len / 2 * 3 + 3;
  size_t high = 0;
  for (size_t i = 0; i < from->bytes.len; i++) high += (unsigned char)from->bytes.data[i] >= 0x80;
  return from->bytes.len + 2 * high;
}

/* ---- the filter ---- */

static bool is_line_end(uint32_t cp) {
  return cp == '\n' || cp == '\r' || cp == 0x0B || cp == 0x0C || cp == 0x85 || cp == 0x2028 || cp == 0x2029;
}

static bool is_blank(uint32_t cp) {
  return cp == 0xA0 || cp == 0x1680 || (cp >= 0x2000 && cp <= 0x200A) || cp == 0x202F || cp == 0x205F || cp == 0x3000;
}

/* Soft hyphens, zero-width signs, directions: they show nothing and hide words from every look-up. */
static bool is_invisible(uint32_t cp) {
  return cp == 0xAD || cp == 0x61C || (cp >= 0x200B && cp <= 0x200F) || (cp >= 0x202A && cp <= 0x202E) ||
         (cp >= 0x2060 && cp <= 0x2069) || cp == 0xFEFF;
}

static bool is_control(uint32_t cp) {
  return cp < 0x20 || (cp >= 0x7F && cp < 0xA0) || (cp >= 0xFFF9 && cp <= 0xFFFB) || (cp & 0xFFFE) == 0xFFFE;
}

static void line_end(sink *to, uint32_t cp) {
  if (cp == '\n' && to->cr) {
    to->cr = false;
    return;
  }
  to->cr = cp == '\r';
  to->out[to->n++] = '\n';
  if (cp == 0x2029) to->out[to->n++] = '\n';
}

static void put(sink *to, uint32_t cp) {
  to->points++;
  if (cp == UNDECODABLE) to->bad++, cp = REPLACEMENT;
  if (to->json && cp >= 0x80 && is_line_end(cp)) cp = ' ';
  if (is_line_end(cp)) {
    line_end(to, cp);
    return;
  }
  to->cr = false;
  if (cp >= 0x80 && cp < 0xA0 && windows_1252[cp - 0x80]) cp = windows_1252[cp - 0x80]; /* 1252 that someone took for Latin-1 */
  if (cp == '\t') {
    to->out[to->n++] = '\t';
  } else if (is_control(cp)) {
    to->controls++;
  } else if (is_invisible(cp)) {
    to->invisible++;
  } else if (is_blank(cp)) {
    to->out[to->n++] = ' ';
  } else {
    if (!to->letter) to->letter = dem_cp_is_letter(cp);
    to->n += dem_utf8_put(to->out + to->n, cp);
  }
}

/* ---- out ---- */

static void note_oddities(dem_doc *doc, const source *from, const sink *to) {
  static const char *const names[] = {"UTF-8", "UTF-8 with damaged places", "UTF-16, little end first", "UTF-16, big end first",
                                      "no valid UTF-8; read as Windows-1252"};
  dem_span none = {0, 0};
  if (from->encoding != UTF_8) dem_doc_note(doc, "encoding", dem_str_of(names[from->encoding]), none);
  if (to->bad)
    dem_doc_note(doc, "undecodable", dem_str_format(&doc->arena, "%u undecodable places now hold U+FFFD", (unsigned)to->bad),
                 none);
  if (to->controls)
    dem_doc_note(doc, "control", dem_str_format(&doc->arena, "%u control characters taken out", (unsigned)to->controls), none);
  if (to->invisible)
    dem_doc_note(
        doc, "invisible",
        dem_str_format(&doc->arena, "%u invisible characters taken out (soft hyphens, zero-width)", (unsigned)to->invisible),
        none);
}

dem_str dem_read_decode(dem_doc *doc, dem_str bytes) {
  source from = open_source(bytes);
  sink to = {.out = dem_arena_push(&doc->arena, room(&from)), .json = dem_str_starts(dem_str_trim(dem_str_sub(bytes, 0, 64)), "{")};
  while (from.at < from.bytes.len) put(&to, next(&from));
  size_t junk = to.bad + to.controls;
  if (junk > 3 && junk > to.points / 20)
    dem_arena_fail(&doc->arena, DEMARCHE_FORMAT,
                   "not text but binary data: give UTF-8, UTF-16 or Windows-1252 text, or JSON Lines");
  if (!to.letter) dem_arena_fail(&doc->arena, DEMARCHE_FORMAT, "there are no words in it: give the text of a dispatch");
  note_oddities(doc, &from, &to);
  return (dem_str){to.out, to.n};
}

dem_str dem_read_clean(dem_arena *arena, dem_str utf8) {
  source from = {utf8, 0, UTF_8};
  sink to = {.out = dem_arena_push(arena, utf8.len * 3)}; /* whatever it is, it fits */
  while (from.at < utf8.len) put(&to, next(&from));
  return (dem_str){to.out, to.n};
}
