/* XML with many items, cut without reading it whole: what stands before the first item goes before each, with the end tags that close
 * it behind. Comments and CDATA are minded, and items within items. The root's name tells the item's. A search goes on where the
 * last window ended. Refuses: judging whether it is well formed; the reader of each piece does. */
#include "feed/cut.h"

#include <stdio.h>
#include <stdlib.h>

typedef struct family {
  const char *root, *item; /* names without prefix */
} family;

static const family families[] = {
    {"rss", "item"},        {"RDF", "item"},           {"feed", "entry"},         {"newsMessage", "newsItem"},
    {"NewsML", "NewsItem"}, {"Sentences", "Sentence"}, {"SENTENCES", "Sentence"}, {"archive", "nitf"},
    {"documents", "nitf"},
};

static bool is_name(unsigned char c) {
  return dem_is_alpha(c) || dem_is_digit(c) || c == '_' || c == '-' || c == '.' || c == ':' || c >= 0x80;
}

static dem_str name_at(dem_str s, size_t at) {
  size_t end = at;
  while (end < s.len && is_name((unsigned char)s.data[end])) end++;
  return dem_str_sub(s, at, end);
}

static dem_str local(dem_str name) {
  size_t colon = dem_str_find(name, DEM_S(":"), 0);
  return colon == SIZE_MAX ? name : dem_str_sub(name, colon + 1, name.len);
}

/* The end of the markup at `at` (a '<'), one past it; SIZE_MAX when it is not there. */
static size_t markup_end(dem_str s, size_t at) {
  dem_str rest = dem_str_sub(s, at, s.len);
  const char *end = dem_str_starts(rest, "<!--")        ? "-->"
                    : dem_str_starts(rest, "<![CDATA[") ? "]]>"
                    : dem_str_starts(rest, "<?")        ? "?>"
                                                        : NULL;
  if (end) {
    size_t i = dem_str_find(s, dem_str_of(end), at + 2);
    return i == SIZE_MAX ? SIZE_MAX : i + strlen(end);
  }
  char quote = 0;
  for (size_t i = at + 1, depth = 0; i < s.len; i++) {
    char c = s.data[i];
    if (quote) quote = c == quote ? 0 : quote;
    else if (c == '"' || c == '\'') quote = c;
    else if (c == '<') depth++;
    else if (c == '>' && depth-- == 0) return i + 1;
  }
  return SIZE_MAX;
}

static size_t next_mark(dem_str s, size_t at) {
  const char *p = at < s.len ? memchr(s.data + at, '<', s.len - at) : NULL;
  return p ? (size_t)(p - s.data) : SIZE_MAX;
}

/* Elements open where the first item begins, as end tags, innermost first. False when there are too many. */
static bool close_all(dem_cutter *c, const dem_str *open, size_t n) {
  size_t len = 0;
  while (n--) {
    if (len + open[n].len + 4 > sizeof c->suffix) return false;
    len += (size_t)snprintf(c->suffix + len, sizeof c->suffix - len, "</%.*s>", DEM_FMT(open[n]));
  }
  return true;
}

static const char *item_of(dem_str root) {
  for (size_t i = 0; i < sizeof families / sizeof families[0]; i++)
    if (dem_str_is(local(root), families[i].root)) return families[i].item;
  return NULL;
}

static bool set_prefix(dem_cutter *c, dem_str s, size_t at) {
  c->prefix = malloc(at + 1);
  if (!c->prefix) return false;
  memcpy(c->prefix, s.data, at);
  c->prefix_len = at;
  return true;
}

bool dem_is_xml_with_items(dem_cutter *c, dem_str s) {
  enum { MOST = 16 };
  dem_str open[MOST];
  size_t n = 0;
  const char *item = NULL;
  for (size_t at = next_mark(s, 0), end; at != SIZE_MAX; at = next_mark(s, end)) {
    end = markup_end(s, at);
    if (end == SIZE_MAX) return false;
    char kind = s.data[at + 1];
    if (kind == '!' || kind == '?') continue;
    if (kind == '/') {
      if (n) n--;
      continue;
    }
    dem_str name = name_at(s, at + 1);
    if (!item && !(item = item_of(name))) return false;
    if (dem_str_is(local(name), item)) {
      snprintf(c->item, sizeof c->item, "%.*s", DEM_FMT(name));
      return close_all(c, open, n) && set_prefix(c, s, at);
    }
    if (s.data[end - 2] == '/') continue;
    if (n == MOST) return false;
    open[n++] = name;
  }
  return false;
}

/* The next item begins at `begin`; where does it end? SIZE_MAX when that is not there. */
static size_t item_end(dem_cutter *c, dem_str s, size_t begin) {
  size_t depth = 0;
  for (size_t at = begin, end; at != SIZE_MAX; at = next_mark(s, end)) {
    end = markup_end(s, at);
    if (end == SIZE_MAX) return SIZE_MAX;
    bool closes = s.data[at + 1] == '/';
    if (!dem_str_is(name_at(s, at + 1 + closes), c->item)) continue;
    if (closes) depth--;
    else if (s.data[end - 2] != '/') depth++;
    if (depth == 0 || depth == SIZE_MAX) return end;
  }
  return SIZE_MAX;
}

static size_t item_begin(const dem_cutter *c, dem_str s, size_t from) {
  for (size_t at = next_mark(s, from); at != SIZE_MAX; at = next_mark(s, at + 1)) {
    if (dem_str_starts(dem_str_sub(s, at, s.len), "<!--")) {
      size_t end = markup_end(s, at);
      if (end == SIZE_MAX) return SIZE_MAX;
      at = end - 1;
      continue;
    }
    if (dem_str_is(name_at(s, at + 1), c->item)) return at;
  }
  return SIZE_MAX;
}

dem_cut dem_cut_xml(dem_cutter *c, dem_str s, bool ended, dem_cutting *out) {
  size_t begin = item_begin(c, s, 0);
  if (begin == SIZE_MAX && !ended) {
    size_t keep = s.len > 200 ? s.len - 200 : 0;
    if (!keep || dem_str_find(s, DEM_S("<!--"), 0) != SIZE_MAX) return DEM_CUT_MORE;
    return *out = (dem_cutting){.next = keep}, DEM_CUT_SKIP;
  }
  if (begin == SIZE_MAX) return DEM_CUT_END;
  size_t end = item_end(c, s, begin);
  if (end == SIZE_MAX && !ended) return DEM_CUT_MORE;
  if (end == SIZE_MAX) end = s.len; /* cut off: its reader says so */
  *out = (dem_cutting){.begin = begin, .end = end, .next = end};
  return DEM_CUT_PIECE;
}
