/* Decides what of a gap between two tokens counts: the kinds and forms of the words around it, the stop before it past closing
 * quotes and brackets, the sentence so far (length, open quotes and brackets, first word), how far the next stop is, and the
 * habits of the paragraph (do small letters follow its full stops, does it end with one). Invariant: each token is looked at a
 * bounded number of times. Refuses gaps without white space, and those between two words of which the second is small. */
#include "text/gap.h"

#include "base/utf8.h"

enum { PAD = 4, FAR = 60, LONG = 48 };

/* Kinds of tokens. */
enum {
  NONE,
  SMALL,
  CAPITAL,
  SHOUT,
  INITIAL,
  ABBREVIATION,
  NUMBER,
  ORDINAL,
  CODE,
  ADDRESS,
  STOP,
  ASK,
  CRY,
  DOTS,
  COLON,
  SEMICOLON,
  COMMA,
  DASH,
  RULE,
  QUOTE,
  QUOTE_OPEN,
  QUOTE_CLOSE,
  APOSTROPHE,
  OPEN,
  CLOSE,
  BULLET,
  FACE,
  CLITIC,
  SIGN,
  FOREIGN
};

bool dem_gap_weights_open(dem_str blob, dem_gap_weights *w) {
  uint32_t h[4];
  *w = (dem_gap_weights){NULL, 0};
  if (blob.len < sizeof h) return false;
  memcpy(h, blob.data, sizeof h);
  if (h[0] != DEM_GAP_MAGIC || h[1] != DEM_GAP_VERSION || h[2] > 24 || h[3] || blob.len != sizeof h + ((size_t)1 << h[2]))
    return false;
  *w = (dem_gap_weights){(const int8_t *)(const void *)(blob.data + sizeof h), (1u << h[2]) - 1};
  return true;
}

static bool is_end(uint8_t kind) { return kind == STOP || kind == ASK || kind == CRY || kind == DOTS; }
static bool is_closer(uint8_t kind) { return kind == QUOTE || kind == QUOTE_CLOSE || kind == APOSTROPHE || kind == CLOSE; }

static uint8_t sign_kind(uint32_t cp, dem_str s) {
  static const struct {
    uint16_t cp;
    uint8_t kind;
  } signs[] = {{'!', CRY},         {'?', ASK},          {0x2026, DOTS},       {0x3002, STOP},       {':', COLON},
               {';', SEMICOLON},   {',', COMMA},        {'"', QUOTE},         {0x201C, QUOTE_OPEN}, {0x201D, QUOTE_CLOSE},
               {0xAB, QUOTE_OPEN}, {0xBB, QUOTE_CLOSE}, {0x2018, QUOTE_OPEN}, {0x2019, APOSTROPHE}, {'\'', APOSTROPHE},
               {'`', QUOTE_OPEN},  {'(', OPEN},         {'[', OPEN},          {'{', OPEN},          {')', CLOSE},
               {']', CLOSE},       {'}', CLOSE},        {0x2013, DASH},       {0x2014, DASH},       {0x2022, BULLET},
               {0xB7, BULLET},     {'>', BULLET},       {'|', BULLET},        {0x25CF, BULLET},     {0x25AA, BULLET}};
  bool more = s.len > 1 && dem_is_alpha((unsigned char)s.data[s.len - 1]);
  if (cp == '.') return s.len == 1 ? STOP : DOTS;
  if ((cp == ':' || cp == ';' || cp == '=') && s.len > 1) return FACE;
  if ((cp == '\'' || cp == 0x2019) && more) return CLITIC;
  if (cp == '-') return s.len < 4 ? DASH : RULE;
  if (cp == '*') return s.len == 1 ? BULLET : RULE;
  if (cp == '=' || cp == '_' || cp == '~' || cp == '#') return s.len > 2 ? RULE : SIGN;
  for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
    if (signs[i].cp == cp) return signs[i].kind;
  return cp < 0x2000 ? SIGN : FACE;
}

static bool is_address(dem_str s) {
  size_t n = s.len < LONG ? s.len : LONG;
  if (s.len < 5) return false;
  if (memchr(s.data, '@', n) || dem_str_starts(s, "www.")) return true;
  return dem_str_find(dem_str_sub(s, 0, n), DEM_S("://"), 0) != SIZE_MAX;
}

static uint8_t word_kind(dem_str s) {
  size_t upper = 0, lower = 0, n = s.len < LONG ? s.len : LONG;
  for (size_t i = 0; i < n; i++) {
    upper += dem_is_upper((unsigned char)s.data[i]);
    lower += dem_is_lower((unsigned char)s.data[i]);
  }
  if (is_address(s)) return ADDRESS;
  if (s.data[s.len - 1] == '.') return upper == 1 && lower == 0 && s.len == 2 ? INITIAL : ABBREVIATION;
  if (upper == 1 && s.len == 1) return INITIAL;
  if (upper > 1 && lower == 0) return SHOUT;
  return CAPITAL;
}

static uint8_t number_kind(dem_str s) {
  size_t n = s.len < LONG ? s.len : LONG, letters = 0, signs = 0;
  for (size_t i = 0; i < n; i++) {
    unsigned char c = (unsigned char)s.data[i];
    letters += dem_is_alpha(c) || c >= 0x80;
    signs += !dem_is_alpha(c) && !dem_is_digit(c);
  }
  if (is_address(s)) return ADDRESS;
  if (signs && !letters) return CODE; /* 2.5, 04/26/2001, 07:17 */
  return letters ? ORDINAL : NUMBER;
}

static uint8_t kind_of(dem_str s) {
  size_t at = 0;
  uint32_t cp = dem_utf8_next(s, &at);
  if (dem_cp_is_digit(cp)) return number_kind(s);
  if (cp >= 0x80 ? dem_cp_is_letter(cp) : dem_is_alpha((unsigned char)cp)) {
    if (dem_cp_is_upper(cp)) return word_kind(s);
    if (dem_cp_lower(cp) == cp && cp >= 0x250 && (cp < 0x370 || cp > 0x1FFF)) return FOREIGN; /* scripts without case */
    if (is_address(s)) return ADDRESS;
    return s.data[s.len - 1] == '.' ? ABBREVIATION : SMALL;
  }
  return sign_kind(cp, s);
}

/* Straight marks open or close by what they lean on. */
static uint8_t side(uint8_t kind, bool space_before, bool space_after) {
  if ((kind != QUOTE && kind != APOSTROPHE) || space_before == space_after) return kind;
  return space_before ? QUOTE_OPEN : QUOTE_CLOSE;
}

static uint32_t hash_low(dem_str s) {
  char c[LONG];
  size_t n = s.len < LONG ? s.len : LONG;
  for (size_t i = 0; i < n; i++) {
    unsigned char b = (unsigned char)s.data[i];
    c[i] = dem_is_digit(b) ? '0' : (char)dem_lower(b);
  }
  return (uint32_t)dem_hash(c, n, s.len > LONG);
}

/* How the paragraph writes: do small letters follow its stops (never, some, mostly), does it have stops, does it end with one? */
static uint32_t habit_of(const dem_gap_word *w, uint32_t n) {
  uint32_t stops = 0, small = 0, last = n;
  for (uint32_t i = 0; i + 1 < n; i++) {
    if (!is_end(w[i].kind) || w[i].kind == DOTS) continue;
    stops++;
    small += w[i + 1].kind == SMALL;
  }
  while (last && (is_closer(w[last - 1].kind) || w[last - 1].kind == FACE)) last--;
  bool ends = last && (is_end(w[last - 1].kind) || w[last - 1].kind == ABBREVIATION);
  uint32_t style = small == 0 ? 0 : small * 2 > stops ? 2 : 1;
  return style * 6 + (stops == 0 ? 0u : stops < 3 ? 1u : 2u) * 2 + ends;
}

void dem_gaps_load(dem_gaps *g, dem_doc *doc, uint32_t first, uint32_t last) {
  g->words.n = 0;
  g->n = last - first;
  for (uint32_t i = 0; i < g->n + 2 * PAD; i++) {
    dem_gap_word *w = dem_push(&doc->arena, &g->words);
    *w = (dem_gap_word){.kind = NONE};
    if (i < PAD || i >= g->n + PAD) continue;
    const dem_token *t = &doc->tokens.at[first + i - PAD];
    dem_str s = dem_doc_slice(doc, t->span);
    w->form = hash_low(s);
    w->suffix = hash_low(s.len > 3 ? dem_str_sub(s, s.len - 3, s.len) : s);
    w->space = t->space_after;
    w->kind = side(kind_of(s), w[-1].kind == NONE || w[-1].space, w->space);
  }
  uint32_t far = 0;
  for (uint32_t i = g->n + PAD; i > PAD; i--) {
    dem_gap_word *w = &g->words.at[i - 1];
    w->stop = far = is_end(w->kind) ? 0 : far < FAR ? far + 1 : FAR;
  }
  g->begin = g->depth = g->seen = 0;
  g->quoted = false;
  g->habit = habit_of(g->words.at + PAD, g->n);
}

bool dem_gap_open(const dem_gaps *g, uint32_t i) {
  const dem_gap_word *w = g->words.at + PAD + i;
  if (i + 1 >= g->n || !w->space) return false;
  bool word = w->kind == SMALL || w->kind == CAPITAL;
  return !(w[1].kind == SMALL && (word || w->kind == COMMA)) && w[1].kind != COMMA;
}

void dem_gaps_end(dem_gaps *g, uint32_t i) {
  g->begin = g->seen = i + 1;
  g->depth = 0;
  g->quoted = false;
}

static uint32_t bucket(uint32_t n) { return n < 5 ? n : n < 7 ? 5 : n < 10 ? 6 : n < 15 ? 7 : n < 25 ? 8 : n < 40 ? 9 : 10; }

static uint32_t mix(uint32_t template, uint64_t a, uint64_t b) {
  uint64_t x = (a + template) * 0xBF58476D1CE4E5B9u ^ (b + 0x9E3779B97F4A7C15u) * 0x94D049BB133111EBu;
  x ^= x >> 29;
  x *= 0xD6E8FEB86659FD93u;
  return (uint32_t)(x >> 32);
}

static void count_marks(dem_gaps *g, uint32_t i) {
  for (; g->seen <= i; g->seen++) {
    uint8_t kind = g->words.at[PAD + g->seen].kind;
    if (kind == QUOTE || kind == QUOTE_OPEN || kind == QUOTE_CLOSE) g->quoted = kind == QUOTE ? !g->quoted : kind == QUOTE_OPEN;
    if (kind == OPEN) g->depth++;
    if (kind == CLOSE && g->depth) g->depth--;
  }
}

/* The stop before the gap after w, past what closes on it. */
static const dem_gap_word *mark_of(const dem_gaps *g, const dem_gap_word *w) {
  for (uint32_t k = 0; k < 3 && w > g->words.at + PAD && is_closer(w->kind) && !w[-1].space; k++) w--;
  return w;
}

static bool speaks(const dem_gap_word *w) {
  static const char *const verbs[] = {"said", "says", "asked", "told", "added", "wrote", "replied"};
  for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++)
    if (w->form == hash_low(dem_str_of(verbs[i]))) return true;
  return false;
}

dem_gap_sense dem_gap_plain(const dem_gaps *g, uint32_t i) {
  const dem_gap_word *w = g->words.at + PAD + i, *r = w + 1, *m = mark_of(g, w);
  bool word = m[-1].kind == SMALL || m[-1].kind == CAPITAL || m[-1].kind == NUMBER || m[-1].kind == CODE || m[-1].kind == SHOUT;
  if (m->kind == STOP && word && (r->kind == CAPITAL || r->kind == QUOTE_OPEN || r->kind == ABBREVIATION || r->kind == SHOUT))
    return m != w && (speaks(r + 1) || speaks(r + 2) || speaks(r + 3)) ? DEM_GAP_DOUBT : DEM_GAP_END;
  if ((m->kind == CRY || m->kind == ASK) && r->kind == SMALL) /* a name with its mark, in a paragraph that is careful elsewhere */
    return g->habit < 12 && g->habit % 6 == 5 ? DEM_GAP_NONE : DEM_GAP_DOUBT;
  bool edited = g->habit < 6 && g->habit % 2; /* ends with a stop, no small letter after any */
  bool inside =
      w->kind == SMALL || w->kind == CAPITAL || w->kind == SHOUT || w->kind == NUMBER || w->kind == CODE || w->kind == COMMA;
  return edited && (inside || (w->kind == INITIAL && i > g->begin)) ? DEM_GAP_NONE : DEM_GAP_DOUBT;
}

void dem_gap_features(dem_gaps *g, uint32_t i, uint32_t f[DEM_GAP_FEATURES]) {
  const dem_gap_word *w = g->words.at + PAD + i, *r = w + 1, *m = mark_of(g, w);
  count_marks(g, i);
  const dem_gap_word *start = g->words.at + PAD + g->begin;
  uint32_t L = w->kind, R = r->kind, M = m->kind, closed = m != w;
  uint32_t length = bucket(i + 1 - g->begin), ahead = bucket(r->stop), open = g->quoted * 2u + (g->depth > 0);
  uint32_t LR = L * 32 + R, MR = (M * 2 + closed) * 32 + R, wide = (w[-1].kind * 32u + L) * 1024 + R * 32 + r[1].kind;
  uint32_t n = 0;
#define F(a, b) f[n] = mix(n, (a), (b)), n++
  F(0, 0);
  F(w->form, L);
  F(r->form, R);
  F(w->form, R);
  F(LR, r->form);
  F(w->form, r->form);
  F(w[-1].form, w->form);
  F(r->form, (uint64_t)r[1].form << 8 | R);
  F(LR, 0);
  F(LR, w[-1].kind);
  F(LR, r[1].kind);
  F(wide, 0);
  F(wide, w[-2].kind * 32u + r[2].kind);
  F(MR, 0);
  F(MR, length);
  F(MR, g->habit);
  F(MR, open);
  F(MR, ahead);
  F(LR, length * 16 + ahead);
  F(w->suffix, LR);
  F(MR, r->form);
  F(m[-1].form, MR);
  F(m[-1].suffix, MR);
  F(r[1].form, MR);
  F(start->form, LR);
  F(start->kind, wide);
  F(LR, length * 32 + g->habit);
  F(m[-1].kind, MR * 32 + r[1].kind);
  F(m[-1].form, (uint64_t)r->form << 12 | MR);
  F(wide, g->habit);
  F(LR, (open * 16 + length) * 32 + r[1].kind);
  F(w[-1].form, LR);
  F(r[1].form, (uint64_t)r[2].form << 12 | LR);
  F(r->suffix, LR);
#undef F
}
