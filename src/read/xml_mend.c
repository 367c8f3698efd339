/* XML as it is sent becomes XML that a strict parser takes: the declared encoding becomes UTF-8, the DTD goes (with it every entity
 * it would define: they are not expanded, their names stay as text), HTML's named characters become characters, a bare '&' is
 * escaped, signs that XML forbids become spaces. One pass, linear. Elements that are not ended
 * are, end tags of nothing go. Refuses: mending attributes. */
#include "base/utf8.h"
#include "read/charset.h"
#include "read/html_token.h"
#include "read/xml.h"

typedef struct mender {
  dem_doc *doc;
  dem_str s;
  size_t at, n;
  char *out;
  uint32_t unknown;       /* entities left as text */
  dem_list(dem_str) open; /* names of elements that are not ended */
  uint32_t mended;        /* end tags that were missing or too many */
} mender;

static dem_str declared_encoding(dem_str s) {
  dem_str head = dem_str_sub(s, 0, 200);
  size_t end = dem_str_find(head, DEM_S("?>"), 0), at = dem_str_find(head, DEM_S("encoding"), 0);
  if (!dem_str_starts(head, "<?xml") || end == SIZE_MAX || at == SIZE_MAX || at > end) return (dem_str){NULL, 0};
  while (at < end && head.data[at] != '"' && head.data[at] != '\'') at++;
  size_t stop = at + 1;
  while (stop < end && head.data[stop] != head.data[at]) stop++;
  return dem_charset_of_label(dem_str_sub(head, at + 1, stop));
}

static dem_str to_utf8(dem_doc *doc, dem_str bytes) {
  dem_str name, declared = declared_encoding(bytes);
  bool known;
  dem_str text = dem_charset_decode(&doc->arena, bytes, declared.len ? declared : DEM_S("utf-8"), &name, &known);
  if (dem_str_is(name, "utf-8") && !dem_utf8_valid(text))
    text = dem_charset_decode(&doc->arena, bytes, DEM_S("windows-1252"), &name, &known);
  if (!dem_str_is(name, "utf-8")) dem_doc_note(doc, "encoding", dem_str_copy(&doc->arena, name), (dem_span){0, 0});
  return text;
}

static void copy(mender *m, size_t to) {
  memcpy(m->out + m->n, m->s.data + m->at, to - m->at);
  m->n += to - m->at;
  m->at = to;
}

static size_t behind(const mender *m, const char *end) {
  size_t i = dem_str_find(m->s, dem_str_of(end), m->at);
  return i == SIZE_MAX ? m->s.len : i + strlen(end);
}

/* <!DOCTYPE ...[...]>: to its end, quotes and the internal subset minded. */
static void skip_doctype(mender *m) {
  size_t depth = 0;
  for (char quote = 0; m->at < m->s.len; m->at++) {
    char c = m->s.data[m->at];
    if (quote) {
      if (c == quote) quote = 0;
    } else if (c == '"' || c == '\'') {
      quote = c;
    } else if (c == '<') {
      depth++;
    } else if (c == '>' && --depth == 0) {
      m->at++;
      return;
    }
  }
}

static void put(mender *m, dem_str s) {
  memcpy(m->out + m->n, s.data, s.len);
  m->n += s.len;
}

static void put_escaped(mender *m, dem_str s) {
  for (size_t i = 0; i < s.len; i++) {
    if (s.data[i] == '&') put(m, DEM_S("&amp;"));
    else if (s.data[i] == '<') put(m, DEM_S("&lt;"));
    else m->out[m->n++] = s.data[i];
  }
}

static void reference(mender *m) {
  static const char *const own[] = {"&amp;", "&lt;", "&gt;", "&quot;", "&apos;"};
  dem_str rest = dem_str_sub(m->s, m->at, m->at + 40);
  char out[8];
  size_t len, took;
  for (size_t i = 0; i < sizeof own / sizeof own[0]; i++) {
    if (!dem_str_starts(rest, own[i])) continue;
    copy(m, m->at + strlen(own[i]));
    return;
  }
  if (dem_html_reference(rest, 0, DEM_HTML_IN_ATTRIBUTE, out, &len, &took) && (rest.data[took - 1] == ';')) {
    bool control = len == 1 && (unsigned char)out[0] < 0x20 && !memchr("\t\n\r", out[0], 3);
    if (control) out[0] = ' ';
    put_escaped(m, (dem_str){out, len});
    m->at += took;
    return;
  }
  m->unknown += rest.len > 1 && dem_is_alpha((unsigned char)rest.data[1]) && memchr(rest.data, ';', rest.len) != NULL;
  put(m, DEM_S("&amp;"));
  m->at++;
}

static void character(mender *m) {
  unsigned char c = (unsigned char)m->s.data[m->at];
  if (c < 0x20 && c != '\t' && c != '\n' && c != '\r') {
    m->out[m->n++] = ' ';
    m->at++;
  } else if (c < 0x80) {
    m->out[m->n++] = (char)c;
    m->at++;
  } else {
    uint32_t cp = dem_utf8_next(m->s, &m->at);
    m->n += dem_utf8_put(m->out + m->n, cp == 0xFFFE || cp == 0xFFFF ? 0xFFFD : cp);
  }
}

static dem_str name_at(dem_str s, size_t at) {
  size_t end = at;
  while (end < s.len && !dem_is_space((unsigned char)s.data[end]) && !memchr("<>/=\"'", s.data[end], 6)) end++;
  return dem_str_sub(s, at, end);
}

static void close_last(mender *m) {
  dem_str name = m->open.at[--m->open.n];
  put(m, DEM_S("</"));
  put(m, name);
  put(m, DEM_S(">"));
}

/* An end tag: ends what is open inside its element too; one that ends nothing is dropped. */
static void end_tag(mender *m) {
  enum { LEVELS = 64 };
  dem_str name = name_at(m->s, m->at + 2);
  uint32_t up = 0;
  while (up < m->open.n && up < LEVELS && !dem_str_eq(m->open.at[m->open.n - 1 - up], name)) up++;
  bool found = up < m->open.n && up < LEVELS;
  m->mended += found ? up : 1;
  if (found) {
    do close_last(m);
    while (up--);
  }
  m->at = behind(m, ">");
}

/* A tag, to its '>'. Many attributes in one cost libxml2 the square of their number: such documents are refused. */
static void tag(mender *m) {
  uint32_t attributes = 0;
  dem_str name = name_at(m->s, m->at + 1);
  m->out[m->n++] = m->s.data[m->at++];
  for (char quote = 0; m->at < m->s.len;) {
    char c = m->s.data[m->at];
    if (c == '&') {
      reference(m);
      continue;
    }
    if (quote && c == '<') {
      put(m, DEM_S("&lt;"));
      m->at++;
      continue;
    }
    if (quote ? c == quote : c == '"' || c == '\'') quote = quote ? 0 : c;
    attributes += !quote && c == '=';
    if (attributes > DEM_XML_ATTRIBUTES)
      dem_arena_fail(&m->doc->arena, DEMARCHE_FORMAT, "XML with more than 1000 attributes in one tag");
    character(m);
    if (quote || c != '>') continue;
    if (m->n < 2 || m->out[m->n - 2] != '/') *dem_push(&m->doc->arena, &m->open) = name;
    return;
  }
  while (m->n && m->out[m->n - 1] != '<') m->n--; /* cut off in the middle: dropped */
  if (m->n) m->n--;
}

static void mark(mender *m) {
  dem_str rest = dem_str_sub(m->s, m->at, m->s.len);
  if (dem_str_starts(rest, "<!--")) {
    m->at = behind(m, "-->");
  } else if (dem_str_starts(rest, "<![CDATA[")) {
    size_t end = behind(m, "]]>");
    put(m, DEM_S("<![CDATA["));
    for (m->at += 9; m->at < end;) character(m);
    if (end == m->s.len && !dem_str_ends(m->s, "]]>")) put(m, DEM_S("]]>"));
  } else if (dem_str_starts(rest, "<!DOCTYPE") || dem_str_starts(rest, "<!doctype")) {
    dem_doc_note(m->doc, "dtd", DEM_S("the document type is not read: no entity is expanded, nothing is opened"),
                 (dem_span){0, 0});
    skip_doctype(m);
  } else if (dem_str_starts(rest, "<?")) {
    m->at = behind(m, "?>");
  } else if (rest.len > 1 && (dem_is_alpha((unsigned char)rest.data[1]) || memchr("_:", rest.data[1], 2) ||
                              (unsigned char)rest.data[1] >= 0x80)) {
    tag(m);
  } else if (rest.len > 1 && rest.data[1] == '/') {
    end_tag(m);
  } else {
    put(m, DEM_S("&lt;"));
    m->at++;
  }
}

dem_str dem_read_xml_mend(dem_doc *doc, dem_str bytes) {
  mender m = {.doc = doc, .s = to_utf8(doc, bytes)};
  size_t references = 0;
  for (size_t i = 0; i < m.s.len; i++)
    references += m.s.data[i] == '&' || m.s.data[i] == '<' || (unsigned char)m.s.data[i] >= 0x80;
  m.out = dem_arena_push(&doc->arena, 2 * m.s.len + 5 * references + 16);
  while (m.at < m.s.len) {
    char c = m.s.data[m.at];
    if (c == '<') mark(&m);
    else if (c == '&') reference(&m);
    else character(&m);
  }
  m.mended += m.open.n;
  size_t left = 0;
  for (uint32_t i = 0; i < m.open.n; i++) left += m.open.at[i].len + 3;
  char *out = left ? dem_arena_push(&doc->arena, m.n + left) : m.out;
  if (left) memcpy(out, m.out, m.n);
  m.out = out;
  while (m.open.n) close_last(&m);
  if (m.mended)
    dem_doc_note(doc, "xml", dem_str_format(&doc->arena, "%u end tags were missing or too many", (unsigned)m.mended),
                 (dem_span){0, 0});
  if (m.unknown)
    dem_doc_note(doc, "entity",
                 dem_str_format(&doc->arena, "%u entities that no DTD was read for stay as text", (unsigned)m.unknown),
                 (dem_span){0, 0});
  return (dem_str){m.out, m.n};
}
