/* Where quotations begin and end, from the marks alone. One pass over the text with two open places, one for double marks
 * (" '' `` “ ” „ « ») and one for single ones (' ‘ ’); a paragraph's end closes both. A double mark that nobody closed runs to
 * the end of its paragraph; when the next paragraph opens with a mark again, the quotation goes on there. A single mark that
 * nobody closed was an apostrophe. Invariant: stretches of one kind never overlap, and their spans slice valid UTF-8. It does
 * not judge who speaks, and does not tell a quotation from a scare quote. */
#include "find/said_marks.h"

#include "base/utf8.h"

typedef enum mark_kind { NO_MARK, DOUBLE_EITHER, DOUBLE_OPEN, DOUBLE_CLOSE, SINGLE_EITHER, SINGLE_OPEN, SINGLE_CLOSE } mark_kind;

typedef struct mark {
  mark_kind kind;
  uint32_t at, end; /* bytes */
} mark;

typedef struct place { /* an open quotation */
  bool open;
  bool continued;
  uint32_t at, begin;      /* the mark; the content */
  uint32_t weak, weak_end; /* single only: a closing mark that may be a possessive's apostrophe; 0 none */
} place;

typedef struct scan {
  dem_doc *doc;
  dem_stretches out;
  place twice, once; /* double and single marks */
  bool left_open;    /* the paragraph before ended inside double marks */
  bool fresh;        /* nothing but white space in this paragraph so far */
} scan;

static unsigned char byte_at(const scan *s, uint32_t at) {
  return at < s->doc->text.len ? (unsigned char)s->doc->text.data[at] : '\n';
}

static unsigned char byte_before(const scan *s, uint32_t at) { return at ? byte_at(s, at - 1) : '\n'; }

/* Does the text before `at` leave room for a word to begin? Dashes of three bytes (– —) and other marks do. */
static bool after_break(const scan *s, uint32_t at) {
  unsigned char c = byte_before(s, at);
  if (dem_is_space(c) || c == '(' || c == '[' || c == '-' || c == '/' || c == '"' || c == '\'' || c == '`') return true;
  if (at < 3) return false;
  const char *p = s->doc->text.data + at - 3;
  return !memcmp(p, "\xE2\x80\x93", 3) || !memcmp(p, "\xE2\x80\x94", 3) || !memcmp(p, "\xE2\x80\x9C", 3) ||
         !memcmp(p, "\xE2\x80\x98", 3);
}

/* Does a word or a number begin at `at`? */
static bool before_word(const scan *s, uint32_t at) {
  unsigned char c = byte_at(s, at);
  return !dem_is_space(c) && c != ',' && c != '.' && c != ';' && c != ')' && c != '!' && c != '?';
}

static mark_kind three_byte_kind(const char *p) {
  if (memcmp(p, "\xE2\x80", 2)) return NO_MARK;
  switch ((unsigned char)p[2]) {
    case 0x98: return SINGLE_OPEN;
    case 0x99: return SINGLE_CLOSE;
    case 0x9C: return DOUBLE_OPEN;
    case 0x9D: return DOUBLE_CLOSE;
    case 0x9E: return DOUBLE_OPEN;
    default: return NO_MARK;
  }
}

static mark mark_at(const scan *s, uint32_t at) {
  const char *p = s->doc->text.data + at;
  size_t left = s->doc->text.len - at;
  if (*p == '"') return (mark){DOUBLE_EITHER, at, at + 1};
  if (left > 1 && *p == '\'' && p[1] == '\'') return (mark){DOUBLE_EITHER, at, at + 2};
  if (left > 1 && *p == '`' && p[1] == '`') return (mark){DOUBLE_OPEN, at, at + 2};
  if (*p == '\'') return (mark){SINGLE_EITHER, at, at + 1};
  if (*p == '`') return (mark){SINGLE_OPEN, at, at + 1};
  if (left > 1 && !memcmp(p, "\xC2\xAB", 2)) return (mark){DOUBLE_OPEN, at, at + 2};
  if (left > 1 && !memcmp(p, "\xC2\xBB", 2)) return (mark){DOUBLE_CLOSE, at, at + 2};
  if (left > 2) return (mark){three_byte_kind(p), at, at + 3};
  return (mark){NO_MARK, at, at + 1};
}

static void add(scan *s, const place *p, uint32_t end, uint32_t outer_end, bool inner) {
  uint32_t begin = p->begin;
  while (begin < end && dem_is_space(byte_at(s, begin))) begin++;
  while (end > begin && dem_is_space(byte_at(s, end - 1))) end--;
  if (begin == end) return;
  dem_stretch *q = dem_push(&s->doc->arena, &s->out);
  q->span = (dem_span){begin, end};
  q->outer = (dem_span){p->at, outer_end};
  q->inner = inner;
  q->unclosed = end == outer_end;
  q->continued = p->continued;
}

static void drop_single(scan *s) {
  if (s->once.open && s->once.weak) add(s, &s->once, s->once.weak, s->once.weak_end, s->twice.open);
  s->once = (place){0};
}

static void open_double(scan *s, mark m) {
  s->twice = (place){.open = true, .at = m.at, .begin = m.end, .continued = s->fresh && s->left_open};
}

static void close_double(scan *s, uint32_t end, uint32_t outer_end) {
  bool single_outside = s->once.open && s->once.at < s->twice.at;
  if (!single_outside) drop_single(s);
  add(s, &s->twice, end, outer_end, single_outside);
  s->twice = (place){0};
}

static void take_double(scan *s, mark m) {
  bool can_open = m.kind == DOUBLE_OPEN || (m.kind == DOUBLE_EITHER && after_break(s, m.at) && before_word(s, m.end));
  bool can_close = m.kind == DOUBLE_CLOSE || m.kind == DOUBLE_EITHER;
  if (s->twice.open) {
    bool reopens = can_open && dem_is_space(byte_before(s, m.at));
    if (reopens) close_double(s, m.at, m.at); /* the one before was never closed */
    else if (can_close || m.kind == DOUBLE_OPEN) close_double(s, m.at, m.end);
    if (!reopens) return;
  }
  if (can_open) open_double(s, m);
}

/* A closing single mark after a letter other than s, or after a stop, ends a quotation; after s it may be a possessive. */
static void close_single(scan *s, mark m) {
  unsigned char before = byte_before(s, m.at), after = byte_at(s, m.end);
  if (dem_is_alpha(after) || dem_is_digit(after) || after >= 0xC3 || dem_is_space(before)) return;
  if (before != 's') {
    place p = s->once;
    s->once = (place){0};
    bool inner = s->twice.open && s->twice.at < p.at;
    add(s, &p, m.at, m.end, inner);
  } else if (!s->once.weak) {
    s->once.weak = m.at;
    s->once.weak_end = m.end;
  }
}

static void take_single(scan *s, mark m) {
  bool can_open =
      m.kind != SINGLE_CLOSE && after_break(s, m.at) && (dem_is_alpha(byte_at(s, m.end)) || byte_at(s, m.end) >= 0x80);
  if (can_open) {
    drop_single(s);
    s->once = (place){.open = true, .at = m.at, .begin = m.end};
  } else if (s->once.open && m.kind != SINGLE_OPEN) {
    close_single(s, m);
  }
}

static void end_paragraph(scan *s, uint32_t at) {
  if (s->fresh) return;
  bool was_open = s->twice.open;
  if (was_open) close_double(s, at, at);
  drop_single(s);
  s->left_open = was_open;
  s->fresh = true;
}

/* By beginning; a stretch closed late comes late. Inner ones are pushed before the outer that began earlier, so that
 * an insertion by a few places would not do for 10^6 inner ones: merge sort. */
static void sort_stretches(scan *s) {
  uint32_t n = s->out.n;
  dem_stretch *from = s->out.at, *to = dem_array(&s->doc->arena, dem_stretch, n ? n : 1);
  for (uint32_t width = 1; width < n; width *= 2) {
    for (uint32_t low = 0; low < n; low += 2 * width) {
      uint32_t mid = low + width < n ? low + width : n, high = mid + width < n ? mid + width : n;
      for (uint32_t i = low, j = mid, k = low; k < high; k++)
        to[k] = j == high || (i < mid && from[i].outer.begin <= from[j].outer.begin) ? from[i++] : from[j++];
    }
    dem_stretch *swap = from;
    from = to;
    to = swap;
  }
  s->out.at = from;
  s->out.cap = n;
}

dem_stretches dem_said_marks(dem_doc *doc) {
  scan s = {.doc = doc, .fresh = true};
  for (uint32_t at = 0; at < doc->text.len;) {
    if (doc->text.data[at] == '\n') {
      end_paragraph(&s, at++);
      continue;
    }
    mark m = mark_at(&s, at);
    if (m.kind != NO_MARK && m.kind <= DOUBLE_CLOSE) take_double(&s, m);
    else if (m.kind != NO_MARK) take_single(&s, m);
    if (!dem_is_space((unsigned char)doc->text.data[at])) s.fresh = false;
    at = m.kind == NO_MARK ? at + 1 : m.end;
  }
  end_paragraph(&s, (uint32_t)doc->text.len);
  sort_stretches(&s);
  return s.out;
}
