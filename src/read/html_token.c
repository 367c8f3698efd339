/* One function a kind of token. Every search goes on from where the last one stopped, so that a page costs its length whatever it
 * holds; a tag that the input's end cuts is dropped, as the standard wants. Invariant: h->at only grows. Refuses: the tree
 * builder's half of the standard (what a tag means, which mode text is in); that is for the caller. */
#include "read/html_token.h"

void dem_html_init(dem_html *h, dem_arena *arena, dem_str input, uint32_t most) {
  h->most = most;
  h->attributes = dem_array(arena, dem_html_attribute, most);
  h->s = input;
  h->at = 0;
  h->mode = DEM_HTML_DATA;
  h->foreign = false;
  h->last = (dem_str){NULL, 0};
  h->count = h->passed = 0;
}

/* White space of the standard: no vertical tab. CR is what preprocessing would have made LF. */
static inline bool is_space(unsigned char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f'; }

static inline unsigned char peek(const dem_html *h, size_t at) { return at < h->s.len ? (unsigned char)h->s.data[at] : 0; }

static size_t find(const dem_html *h, char c, size_t from) {
  const char *p = from < h->s.len ? memchr(h->s.data + from, c, h->s.len - from) : NULL;
  return p ? (size_t)(p - h->s.data) : h->s.len;
}

static dem_str slice(const dem_html *h, size_t from, size_t to) { return (dem_str){h->s.data + from, to - from}; }

static bool give(dem_html_token *t, dem_html_kind kind, dem_str text) {
  *t = (dem_html_token){.kind = kind, .text = text};
  return true;
}

static bool starts_nocase(const dem_html *h, size_t at, const char *lowered) {
  size_t n = strlen(lowered);
  return h->s.len - at >= n && dem_str_is_nocase(slice(h, at, at + n), lowered);
}

/* ---- tags ---- */

static size_t skip_space(const dem_html *h, size_t at) {
  while (at < h->s.len && is_space((unsigned char)h->s.data[at])) at++;
  return at;
}

/* The value after "="; `at` is at its first byte. SIZE_MAX when the input ends in it. */
static size_t attribute_value(const dem_html *h, size_t at, dem_str *value) {
  unsigned char quote = peek(h, at);
  size_t from = at;
  if (quote == '"' || quote == '\'') {
    size_t end = find(h, (char)quote, at + 1);
    *value = slice(h, at + 1, end);
    return end == h->s.len ? SIZE_MAX : end + 1;
  }
  while (at < h->s.len && !is_space((unsigned char)h->s.data[at]) && h->s.data[at] != '>') at++;
  *value = slice(h, from, at);
  return at == h->s.len ? SIZE_MAX : at;
}

static size_t attribute_name(const dem_html *h, size_t at) {
  size_t from = at;
  for (; at < h->s.len; at++) {
    unsigned char c = (unsigned char)h->s.data[at];
    if (is_space(c) || c == '/' || c == '>' || (c == '=' && at > from)) break;
  }
  return at;
}

/* The same name, capitals aside? */
static bool same_name(dem_str a, dem_str b) {
  if (a.len != b.len) return false;
  for (size_t i = 0; i < a.len; i++)
    if (dem_lower((unsigned char)a.data[i]) != dem_lower((unsigned char)b.data[i])) return false;
  return true;
}

static void keep(dem_html *h, dem_str name, dem_str value) {
  if (h->count == h->most) {
    h->passed++;
    return;
  }
  for (uint32_t i = 0; i < h->count; i++)
    if (same_name(h->attributes[i].name, name)) return; /* the first one counts */
  h->attributes[h->count++] = (dem_html_attribute){name, value};
}

/* Attributes up to the '>', which is passed. False when the input ends first. */
static bool attributes(dem_html *h, size_t at, bool *self_closing) {
  h->count = 0;
  for (;;) {
    at = skip_space(h, at);
    if (at == h->s.len) return false;
    if (h->s.data[at] == '>') return h->at = at + 1, true;
    if (h->s.data[at] == '/') {
      at++;
      *self_closing = peek(h, at) == '>';
      continue;
    }
    size_t end = attribute_name(h, at);
    dem_str name = slice(h, at, end), value = {h->s.data + end, 0};
    at = skip_space(h, end);
    if (at < h->s.len && h->s.data[at] == '=') {
      at = skip_space(h, at + 1);
      if (at == h->s.len) return false;
      if (h->s.data[at] != '>') at = attribute_value(h, at, &value);
      if (at == SIZE_MAX) return false;
    }
    keep(h, name, value);
  }
}

static size_t name_end(const dem_html *h, size_t at) {
  while (at < h->s.len && !is_space((unsigned char)h->s.data[at]) && h->s.data[at] != '/' && h->s.data[at] != '>') at++;
  return at;
}

/* A tag whose name begins at `at`. */
static bool tag(dem_html *h, size_t at, dem_html_kind kind, dem_html_token *t) {
  size_t end = name_end(h, at);
  bool self_closing = false;
  if (!attributes(h, end, &self_closing)) return h->at = h->s.len, false;
  give(t, kind, slice(h, at, end));
  t->self_closing = self_closing;
  if (kind == DEM_HTML_START) h->last = t->text;
  if (kind == DEM_HTML_END) h->count = 0, h->mode = DEM_HTML_DATA;
  return true;
}

/* ---- comments, doctypes ---- */

/* What begins with "<!--"; `at` is behind it. */
static bool comment(dem_html *h, size_t at, dem_html_token *t) {
  size_t from = at;
  if (peek(h, at) == '>') return h->at = at + 1, give(t, DEM_HTML_COMMENT, slice(h, at, at));
  if (peek(h, at) == '-' && peek(h, at + 1) == '>') return h->at = at + 2, give(t, DEM_HTML_COMMENT, slice(h, at, at));
  for (at = find(h, '-', at); at < h->s.len; at = find(h, '-', at + 1)) {
    if (peek(h, at + 1) != '-') continue;
    bool bang = peek(h, at + 2) == '!';
    if (peek(h, at + 2 + bang) != '>' || at + 2 + bang >= h->s.len) continue;
    h->at = at + 3 + bang;
    return give(t, DEM_HTML_COMMENT, slice(h, from, at));
  }
  size_t end = h->s.len; /* cut: the dashes that had begun its end are not of it */
  if (end >= from + 3 && memcmp(h->s.data + end - 3, "--!", 3) == 0) end -= 3;
  else if (end >= from + 2 && memcmp(h->s.data + end - 2, "--", 2) == 0) end -= 2;
  else if (end > from && h->s.data[end - 1] == '-') end--;
  h->at = h->s.len;
  return give(t, DEM_HTML_COMMENT, slice(h, from, end));
}

static bool bogus_comment(dem_html *h, size_t at, dem_html_token *t) {
  size_t end = find(h, '>', at);
  h->at = end < h->s.len ? end + 1 : end;
  return give(t, DEM_HTML_COMMENT, slice(h, at, end));
}

/* A quoted identifier at `at`; false when none stands there. *at is behind it, or at the '>' or end that cuts it. */
static bool identifier(const dem_html *h, size_t *at, dem_str *id, bool *cut) {
  unsigned char quote = peek(h, *at);
  if (quote != '"' && quote != '\'') return false;
  size_t from = *at + 1, end = from;
  while (end < h->s.len && (unsigned char)h->s.data[end] != quote && h->s.data[end] != '>') end++;
  *id = slice(h, from, end);
  *cut = end == h->s.len || h->s.data[end] == '>';
  *at = *cut ? end : end + 1;
  return true;
}

/* PUBLIC "..." "..." or SYSTEM "..."; returns where it stopped, at the '>' when all was well. */
static size_t external_id(const dem_html *h, size_t at, dem_html_token *t, bool *junk) {
  bool cut = false, public = starts_nocase(h, at, "public"), system = starts_nocase(h, at, "system");
  if (!public && !system) return t->quirks = true, at;
  at = skip_space(h, at + 6);
  if (public) {
    t->has_public = identifier(h, &at, &t->public_id, &cut);
    if (!t->has_public || cut) return t->quirks = true, at;
    at = skip_space(h, at);
    if (peek(h, at) == '>' && at < h->s.len) return at;
  }
  t->has_system = identifier(h, &at, &t->system_id, &cut);
  if (!t->has_system || cut) return t->quirks = true, at;
  at = skip_space(h, at);
  *junk = at < h->s.len && h->s.data[at] != '>';
  return at;
}

static bool doctype(dem_html *h, size_t at, dem_html_token *t) {
  bool junk = false; /* behind the identifiers: passed over, even when the end is missing */
  at = skip_space(h, at);
  size_t end = at;
  while (end < h->s.len && !is_space((unsigned char)h->s.data[end]) && h->s.data[end] != '>') end++;
  give(t, DEM_HTML_DOCTYPE, slice(h, at, end));
  t->quirks = end == at;
  at = skip_space(h, end);
  if (t->text.len && at < h->s.len && h->s.data[at] != '>') at = external_id(h, at, t, &junk);
  end = find(h, '>', at);
  if (end == h->s.len && !junk) t->quirks = true;
  h->at = end < h->s.len ? end + 1 : end;
  return true;
}

/* ---- text ---- */

static bool text(dem_html *h, size_t from, size_t to, dem_html_token *t) {
  dem_html_mode mode = h->mode;
  h->at = to;
  if (from == to) return false;
  give(t, DEM_HTML_TEXT, slice(h, from, to));
  t->mode = mode;
  return true;
}

/* Is "</" at `at` followed by the name that ends this mode? */
static bool is_end_tag(const dem_html *h, size_t at) {
  size_t end = at + 2 + h->last.len;
  if (peek(h, at + 1) != '/' || !h->last.len || end >= h->s.len) return false;
  unsigned char c = peek(h, end);
  return (is_space(c) || c == '/' || c == '>') && same_name(slice(h, at + 2, end), h->last);
}

/* RCDATA and RAWTEXT: where the end tag stands, or the end. */
static size_t raw_end(const dem_html *h) {
  size_t at = find(h, '<', h->at);
  while (at < h->s.len && !is_end_tag(h, at)) at = find(h, '<', at + 1);
  return at;
}

static bool is_script_tag(const dem_html *h, size_t at) { /* behind "<" or "</" */
  unsigned char c = peek(h, at + 6);
  return at + 6 < h->s.len && starts_nocase(h, at, "script") && (is_space(c) || c == '/' || c == '>');
}

/* Scripts: "<!--" hides end tags of scripts that begin behind it, up to "-->". */
static size_t script_end(const dem_html *h) {
  enum { PLAIN, ESCAPED, DOUBLE } state = PLAIN;
  for (size_t at = h->at; at < h->s.len; at++) {
    if (state == PLAIN) at = find(h, '<', at);
    if (at >= h->s.len) break;
    char c = h->s.data[at];
    if (state != PLAIN && c == '-' && peek(h, at + 1) == '-') {
      while (peek(h, at) == '-') at++;
      if (peek(h, at) == '>') state = PLAIN;
      else at--;
    } else if (c == '<' && state != DOUBLE && is_end_tag(h, at)) {
      return at;
    } else if (c == '<' && state == PLAIN && starts_nocase(h, at, "<!--")) {
      state = ESCAPED;
      at++; /* its dashes may be those of "-->" */
    } else if (c == '<' && state == ESCAPED && is_script_tag(h, at + 1)) {
      state = DOUBLE;
    } else if (c == '<' && state == DOUBLE && peek(h, at + 1) == '/' && is_script_tag(h, at + 2)) {
      state = ESCAPED;
    }
  }
  return h->s.len;
}

/* Text of a mode that only its own end tag ends; then that tag. */
static bool special_text(dem_html *h, dem_html_token *t) {
  size_t from = h->at, end = h->mode == DEM_HTML_SCRIPT ? script_end(h) : raw_end(h);
  if (text(h, from, end, t)) return true;
  return end < h->s.len && tag(h, end + 2, DEM_HTML_END, t);
}

static bool cdata_text(dem_html *h, dem_html_token *t) {
  size_t from = h->at, end = find(h, ']', from);
  while (end < h->s.len && !(peek(h, end + 1) == ']' && peek(h, end + 2) == '>')) end = find(h, ']', end + 1);
  bool some = text(h, from, end, t);
  if (end < h->s.len) h->at = end + 3;
  h->mode = DEM_HTML_DATA;
  return some;
}

/* Does markup begin at this '<'? Otherwise it is a sign of the text. */
static bool is_markup(const dem_html *h, size_t at) {
  unsigned char c = peek(h, at + 1);
  if (c == '/') return at + 2 < h->s.len;
  return dem_is_alpha(c) || c == '!' || c == '?';
}

static bool data_text(dem_html *h, dem_html_token *t) {
  size_t from = h->at, at = find(h, '<', from);
  while (at < h->s.len && !is_markup(h, at)) at = find(h, '<', at + 1);
  return text(h, from, at, t);
}

static bool markup_declaration(dem_html *h, dem_html_token *t) {
  size_t at = h->at + 2;
  if (starts_nocase(h, at, "--")) return comment(h, at + 2, t);
  if (starts_nocase(h, at, "doctype")) return doctype(h, at + 7, t);
  if (!h->foreign || !dem_str_starts(slice(h, at, h->s.len), "[CDATA[")) return bogus_comment(h, at, t);
  h->at = at + 7;
  h->mode = DEM_HTML_CDATA;
  return cdata_text(h, t);
}

/* Markup at h->at; false when it gave no token (a tag without a name, a tag cut off). */
static bool markup(dem_html *h, dem_html_token *t) {
  size_t at = h->at;
  unsigned char c = peek(h, at + 1), d = peek(h, at + 2);
  if (dem_is_alpha(c)) return tag(h, at + 1, DEM_HTML_START, t);
  if (c == '!') return markup_declaration(h, t);
  if (c == '?') return bogus_comment(h, at + 1, t);
  if (dem_is_alpha(d)) return tag(h, at + 2, DEM_HTML_END, t);
  if (d == '>') return h->at = at + 3, false;
  return bogus_comment(h, at + 2, t);
}

bool dem_html_next(dem_html *h, dem_html_token *t) {
  while (h->at < h->s.len) {
    switch (h->mode) {
      case DEM_HTML_PLAINTEXT: return text(h, h->at, h->s.len, t);
      case DEM_HTML_CDATA:
        if (cdata_text(h, t)) return true;
        continue;
      case DEM_HTML_RCDATA:
      case DEM_HTML_RAWTEXT:
      case DEM_HTML_SCRIPT:
        if (special_text(h, t)) return true;
        continue;
      case DEM_HTML_DATA:
        if (h->s.data[h->at] == '<' && is_markup(h, h->at)) {
          if (markup(h, t)) return true;
        } else if (data_text(h, t)) {
          return true;
        }
    }
  }
  return false;
}

bool dem_html_get(const dem_html *h, const char *name, dem_str *raw) {
  size_t n = strlen(name);
  for (uint32_t i = 0; i < h->count; i++) {
    const dem_html_attribute *a = &h->attributes[i];
    if (a->name.len != n || !dem_str_is_nocase(a->name, name)) continue;
    *raw = a->value;
    return true;
  }
  return false;
}
