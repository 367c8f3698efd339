/* Which encoding a page is in, and its bytes in UTF-8. Labels and the look into a page's head follow the WHATWG standards; one rule
 * is ours: bytes that are valid UTF-8 and not all ASCII are UTF-8, because a wrong label is common and such bytes are never chance.
 * Encodings of several bytes a sign (Chinese, Japanese, Korean) are named but not decoded: no English text is in them. */
#include "read/charset.h"

#include "base/utf8.h"

enum { PRESCAN = 16384 }; /* the standard looks at 1024 and then lets the parser find the rest */

/* ---- labels ---- */

typedef struct alias {
  const char *label, *name;
} alias;

// clang-format off
static const alias aliases[] = {
    {"utf8", "utf-8"}, {"unicode-1-1-utf-8", "utf-8"}, {"unicode11utf8", "utf-8"}, {"x-unicode20utf8", "utf-8"}, {"utf-8", "utf-8"},
    {"utf-16", "utf-16le"}, {"utf-16le", "utf-16le"}, {"utf-16be", "utf-16be"}, {"unicode", "utf-16le"}, {"ucs-2", "utf-16le"},
    {"ascii", "windows-1252"}, {"us-ascii", "windows-1252"}, {"iso-8859-1", "windows-1252"}, {"iso8859-1", "windows-1252"},
    {"iso88591", "windows-1252"}, {"iso_8859-1", "windows-1252"}, {"latin1", "windows-1252"}, {"l1", "windows-1252"},
    {"ansi_x3.4-1968", "windows-1252"}, {"cp1252", "windows-1252"}, {"x-cp1252", "windows-1252"}, {"cp819", "windows-1252"},
    {"cp1250", "windows-1250"}, {"x-cp1250", "windows-1250"}, {"cp1251", "windows-1251"}, {"x-cp1251", "windows-1251"},
    {"cp1253", "windows-1253"}, {"cp1254", "windows-1254"}, {"iso-8859-9", "windows-1254"}, {"iso8859-9", "windows-1254"},
    {"latin5", "windows-1254"}, {"cp1255", "windows-1255"}, {"cp1256", "windows-1256"}, {"cp1257", "windows-1257"},
    {"cp1258", "windows-1258"}, {"tis-620", "windows-874"}, {"iso-8859-11", "windows-874"}, {"latin2", "iso-8859-2"},
    {"iso8859-2", "iso-8859-2"}, {"iso_8859-2", "iso-8859-2"}, {"latin3", "iso-8859-3"}, {"latin4", "iso-8859-4"},
    {"iso8859-5", "iso-8859-5"}, {"cyrillic", "iso-8859-5"}, {"arabic", "iso-8859-6"}, {"greek", "iso-8859-7"},
    {"iso8859-7", "iso-8859-7"}, {"hebrew", "iso-8859-8"}, {"iso-8859-8-i", "iso-8859-8"}, {"iso8859-15", "iso-8859-15"},
    {"latin9", "iso-8859-15"}, {"koi8", "koi8-r"}, {"koi", "koi8-r"}, {"koi8-ru", "koi8-u"}, {"866", "ibm866"}, {"cp866", "ibm866"},
    {"mac", "macintosh"}, {"x-mac-roman", "macintosh"},
    {"gb2312", "gbk"}, {"gbk", "gbk"}, {"gb_2312-80", "gbk"}, {"x-gbk", "gbk"}, {"gb18030", "gb18030"}, {"big5", "big5"},
    {"big5-hkscs", "big5"}, {"euc-jp", "euc-jp"}, {"x-euc-jp", "euc-jp"}, {"iso-2022-jp", "iso-2022-jp"}, {"shift_jis", "shift_jis"},
    {"shift-jis", "shift_jis"}, {"sjis", "shift_jis"}, {"x-sjis", "shift_jis"}, {"windows-31j", "shift_jis"}, {"euc-kr", "euc-kr"},
    {"ks_c_5601-1987", "euc-kr"}, {"korean", "euc-kr"}, {"windows-949", "euc-kr"},
    {"x-user-defined", "x-user-defined"},
};
// clang-format on

static const dem_charset_table *table_of(dem_str name) {
  for (size_t i = 0; i < dem_charset_tables_count; i++)
    if (dem_str_is_nocase(name, dem_charset_tables[i].name)) return &dem_charset_tables[i];
  return NULL;
}

dem_str dem_charset_of_label(dem_str label) {
  label = dem_str_trim(label);
  const dem_charset_table *t = table_of(label);
  if (t) return dem_str_of(t->name);
  for (size_t i = 0; i < sizeof aliases / sizeof aliases[0]; i++)
    if (dem_str_is_nocase(label, aliases[i].label)) return dem_str_of(aliases[i].name);
  return (dem_str){NULL, 0};
}

/* ---- the look into the head ---- */

static bool is_space(unsigned char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\f' || c == '\r'; }
static unsigned char at(dem_str s, size_t i) { return i < s.len ? (unsigned char)s.data[i] : 0; }

static dem_str lower(dem_str s, char *out, size_t most) {
  if (s.len > most) s.len = most;
  for (size_t i = 0; i < s.len; i++) out[i] = (char)dem_lower((unsigned char)s.data[i]);
  return (dem_str){out, s.len};
}

/* "text/html; charset=utf-8": the label behind charset=, unquoted; empty when there is none. */
static dem_str label_in_content(dem_str s) {
  char buffer[256];
  dem_str low = lower(s, buffer, sizeof buffer);
  for (size_t i = 0; (i = dem_str_find(low, DEM_S("charset"), i)) != SIZE_MAX;) {
    i += 7;
    while (is_space(at(s, i))) i++;
    if (at(s, i) != '=') continue;
    i++;
    while (is_space(at(s, i))) i++;
    unsigned char quote = at(s, i);
    if (quote == '"' || quote == '\'') {
      size_t end = i + 1;
      while (end < s.len && at(s, end) != quote) end++;
      return end < s.len ? dem_str_sub(s, i + 1, end) : (dem_str){NULL, 0};
    }
    size_t end = i;
    while (end < s.len && !is_space(at(s, end)) && at(s, end) != ';') end++;
    return dem_str_sub(s, i, end);
  }
  return (dem_str){NULL, 0};
}

typedef struct scan {
  dem_str s;
  size_t at;
} scan;

/* One attribute; false at the end of the tag. */
static bool attribute(scan *x, dem_str *name, dem_str *value) {
  while (is_space(at(x->s, x->at)) || at(x->s, x->at) == '/') x->at++;
  if (x->at >= x->s.len || at(x->s, x->at) == '>') return false;
  size_t from = x->at;
  *value = (dem_str){NULL, 0};
  while (x->at < x->s.len && !is_space(at(x->s, x->at)) && !memchr("/>", at(x->s, x->at), 2) &&
         (at(x->s, x->at) != '=' || x->at == from))
    x->at++;
  *name = dem_str_sub(x->s, from, x->at);
  size_t i = x->at;
  while (is_space(at(x->s, i))) i++;
  if (at(x->s, i) != '=') return true;
  i++;
  while (is_space(at(x->s, i))) i++;
  unsigned char quote = at(x->s, i);
  bool quoted = quote == '"' || quote == '\'';
  from = i += quoted;
  while (i < x->s.len && (quoted ? at(x->s, i) != quote : !is_space(at(x->s, i)) && at(x->s, i) != '>')) i++;
  if (quoted && i == x->s.len) return x->at = i, false;
  *value = dem_str_sub(x->s, from, i);
  x->at = i + quoted;
  return true;
}

static dem_str in_meta(scan *x) {
  dem_str name, value, charset = {NULL, 0};
  bool pragma = false, from_content = false, seen_content = false, seen_charset = false;
  while (attribute(x, &name, &value)) {
    if (dem_str_is_nocase(name, "http-equiv")) {
      pragma |= dem_str_is_nocase(value, "content-type");
    } else if (dem_str_is_nocase(name, "content") && !seen_content) {
      seen_content = true;
      dem_str label = dem_charset_of_label(label_in_content(value));
      if (label.len && !charset.len) charset = label, from_content = true;
    } else if (dem_str_is_nocase(name, "charset") && !seen_charset) {
      seen_charset = true;
      charset = dem_charset_of_label(value);
      from_content = false;
    }
  }
  bool cut = x->at >= x->s.len;
  if (cut || (from_content && !pragma)) return (dem_str){NULL, 0};
  if (dem_str_starts(charset, "utf-16")) return DEM_S("utf-8");
  return dem_str_is(charset, "x-user-defined") ? DEM_S("windows-1252") : charset;
}

static size_t behind(dem_str s, size_t from, const char *end) {
  size_t i = dem_str_find(s, dem_str_of(end), from);
  return i == SIZE_MAX ? s.len : i + strlen(end);
}

dem_str dem_charset_declared(dem_str page) {
  if (dem_str_starts(page, "\xEF\xBB\xBF")) return DEM_S("utf-8");
  if (dem_str_starts(page, "\xFE\xFF")) return DEM_S("utf-16be");
  if (dem_str_starts(page, "\xFF\xFE")) return DEM_S("utf-16le");
  scan x = {dem_str_sub(page, 0, PRESCAN), 0};
  dem_str unused, found;
  while (x.at < x.s.len) {
    const char *p = memchr(x.s.data + x.at, '<', x.s.len - x.at);
    if (!p) break;
    x.at = (size_t)(p - x.s.data);
    dem_str rest = dem_str_sub(x.s, x.at, x.s.len);
    bool meta = dem_str_is_nocase(dem_str_sub(rest, 0, 5), "<meta") && (is_space(at(rest, 5)) || at(rest, 5) == '/');
    bool tag = dem_is_alpha(at(rest, 1)) || (at(rest, 1) == '/' && dem_is_alpha(at(rest, 2)));
    if (dem_str_starts(rest, "<!--")) {
      x.at = behind(x.s, x.at + 2, "-->");
    } else if (meta) {
      x.at += 5;
      found = in_meta(&x);
      if (found.len) return found;
    } else if (tag) {
      while (x.at < x.s.len && !is_space(at(x.s, x.at)) && at(x.s, x.at) != '>') x.at++;
      while (attribute(&x, &unused, &unused)) continue;
    } else if (memchr("!/?", at(rest, 1), 3) && at(rest, 1)) {
      x.at = behind(x.s, x.at, ">");
    } else {
      x.at++;
    }
  }
  return (dem_str){NULL, 0};
}

/* ---- decoding ---- */

static bool is_ascii(dem_str s) {
  size_t i = 0;
  for (uint64_t word; i + 8 <= s.len; i += 8) {
    memcpy(&word, s.data + i, 8);
    if (word & 0x8080808080808080u) return false;
  }
  for (; i < s.len; i++)
    if ((unsigned char)s.data[i] >= 0x80) return false;
  return true;
}

static dem_str from_table(dem_arena *arena, dem_str s, const dem_charset_table *t) {
  size_t high = 0, n = 0;
  for (size_t i = 0; i < s.len; i++) high += (unsigned char)s.data[i] >= 0x80;
  char *out = dem_arena_push(arena, s.len + 2 * high + 1);
  for (size_t i = 0; i < s.len; i++) {
    unsigned char c = (unsigned char)s.data[i];
    if (c < 0x80) out[n++] = (char)c;
    else n += dem_utf8_put(out + n, t->upper[c - 0x80]);
  }
  return (dem_str){out, n};
}

static dem_str from_utf16(dem_arena *arena, dem_str s, bool big) {
  char *out = dem_arena_push(arena, s.len / 2 * 3 + 4);
  size_t n = 0;
  for (size_t i = 0; i + 1 < s.len; i += 2) {
    uint32_t a = (uint32_t)at(s, i + !big) << 8 | at(s, i + big), b;
    if (a >= 0xD800 && a < 0xDC00 && i + 3 < s.len) {
      b = (uint32_t)at(s, i + 2 + !big) << 8 | at(s, i + 2 + big);
      if (b >= 0xDC00 && b < 0xE000) a = 0x10000 + ((a - 0xD800) << 10 | (b - 0xDC00)), i += 2;
    }
    n += dem_utf8_put(out + n, a);
  }
  return (dem_str){out, n};
}

dem_str dem_charset_decode(dem_arena *arena, dem_str page, dem_str declared, dem_str *name, bool *known) {
  dem_str own = dem_charset_declared(page);
  bool marked = dem_str_starts(page, "\xEF\xBB\xBF") || dem_str_starts(page, "\xFE\xFF") || dem_str_starts(page, "\xFF\xFE");
  if (marked || !declared.len) declared = own;
  *known = true;
  *name = declared;
  if (dem_str_starts(declared, "utf-16"))
    return from_utf16(arena, dem_str_sub(page, marked ? 2 : 0, page.len), dem_str_ends(declared, "be"));
  if (dem_str_starts(page, "\xEF\xBB\xBF")) page = dem_str_sub(page, 3, page.len);
  if (dem_str_is(declared, "utf-8")) return page;
  if (is_ascii(page) || dem_utf8_valid(page)) return *name = DEM_S("utf-8"), page;
  const dem_charset_table *t = table_of(declared.len ? declared : DEM_S("windows-1252"));
  *known = t != NULL;
  if (!t) return page;
  *name = dem_str_of(t->name);
  return from_table(arena, page, t);
}
