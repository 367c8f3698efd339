/* Plain text and the print view of a newspaper's page. Lines that are no story by their form (byline, date, links, captions,
 * "ADVERTISEMENT") go into their fields; the first short line without a full stop is the headline; the rest is the body. Where a
 * line stands counts: bylines and dates only near the top, copyright and desk sign-offs only near the end. Invariant: what is not
 * in the body is in a field or named in a note. doc->format is "print" when anything but a headline was found, else "text". */
#include "read/parts.h"

enum { TOP = 12, BOTTOM = 6 };                               /* lines */
enum { HEADLINE = 180, FRAME_LINE = 1200, MOST_NOTES = 50 }; /* bytes, bytes; notes on what was left out */

typedef enum wanted { WANT_NOTHING, WANT_URL, WANT_RELATED } wanted;

typedef struct page {
  dem_doc *doc;
  dem_lines lines;
  wanted want;       /* what the next line completes: a label stood alone */
  bool body;         /* a paragraph of the story was met: no headline after it */
  bool furniture;    /* something but a headline was found */
  uint32_t left_out; /* notes made */
} page;

static void leave_out(page *p, dem_str what) {
  if (p->left_out++ >= MOST_NOTES) return;
  dem_doc_note(p->doc, "left-out",
               dem_str_format(&p->doc->arena, "not part of the story: %.*s", DEM_FMT(dem_read_start(what, 200))),
               (dem_span){0, 0});
}

static bool at_top(uint32_t i) { return i < TOP; }
static bool at_bottom(const page *p, uint32_t i) { return i + BOTTOM >= p->lines.n; }

/* ---- one line: who wrote it, when ---- */

/* "By Jane Doe, Reuters", or an agency's name alone. With `take` false it only tells. */
static bool take_byline(page *p, dem_str s, bool take) {
  dem_str names, agency;
  bool by = dem_read_byline(s, &names);
  if (!by && !dem_read_agency(s, &agency)) return false;
  if (!take) return true;
  if (!by) names = (dem_str){NULL, 0};
  if (names.len && p->doc->byline.len)
    names = dem_str_format(&p->doc->arena, "%.*s; %.*s", DEM_FMT(p->doc->byline), DEM_FMT(names));
  if (names.len) p->doc->byline = names;
  if (!p->doc->agency.len && dem_read_agency_in(by ? names : s, &agency)) p->doc->agency = agency;
  return true;
}

/* "Updated: June 27, 2020 10:00 GMT": what is left when the label is off. */
static dem_str without_date_label(dem_str s, bool *update) {
  static const char *const updated[] = {"updated", "last updated", "modified", "last modified", "update", NULL};
  static const char *const published[] = {"published", "posted", "date", "first published", "publication date", "issued", NULL};
  dem_str rest = s;
  *update = dem_read_labelled(s, updated, &rest) || dem_str_starts(s, "Updated ");
  if (!*update) dem_read_labelled(s, published, &rest);
  if (dem_str_starts(rest, "Updated ")) return dem_str_sub(rest, 8, rest.len);
  if (dem_str_starts(rest, "Published ")) return dem_str_sub(rest, 10, rest.len);
  return rest;
}

static bool take_date(page *p, dem_str s, bool take) {
  bool update;
  dem_date_found found;
  dem_str rest = without_date_label(s, &update);
  if (!dem_read_date_line(rest, &found) || !found.year) return false;
  if (!take) return true;
  if (update) return dem_read_updated(p->doc, rest);
  if (!p->doc->published.len) return dem_read_published(p->doc, rest);
  return p->doc->published_day == dem_read_day(found, DEM_NO_DAY); /* said twice; another day belongs to the story */
}

static bool take_part(page *p, dem_str s, bool take) { return take_date(p, s, take) || take_byline(p, s, take); }

/* The end of the part of a line that begins at `from`: at " | ", " - ", a middle dot or a dash between blanks. */
static size_t part_end(dem_str s, size_t from, size_t *next) {
  static const char *const signs[] = {" | ", " - ", " \xC2\xB7 ", " \xE2\x80\xA2 ", " \xE2\x80\x93 ", " \xE2\x80\x94 "};
  size_t end = s.len;
  *next = s.len;
  for (size_t i = 0; i < sizeof signs / sizeof signs[0]; i++) {
    size_t at = dem_str_find(dem_str_sub(s, 0, end), dem_str_of(signs[i]), from);
    if (at != SIZE_MAX) end = at, *next = at + strlen(signs[i]);
  }
  return end;
}

/* "By AFP | June 26, 2020 | Updated: June 27, 2020": every part has to be a byline, an agency or a date. */
static bool take_parts(page *p, dem_str s, bool take) {
  size_t parts = 0;
  for (size_t from = 0, next; from < s.len; from = next, parts++) {
    dem_str part = dem_str_trim(dem_str_sub(s, from, part_end(s, from, &next)));
    if (!take_part(p, part, take) && !take) return false;
  }
  return parts > 1;
}

static bool take_head_line(page *p, dem_str s) {
  if (s.len > 160) return false;
  return take_part(p, s, true) || (take_parts(p, s, false) && take_parts(p, s, true));
}

/* ---- one line: links ---- */

static void add_related(page *p, dem_str text, dem_str url) {
  if (text.len > 2 && (dem_str_starts(text, "- ") || dem_str_starts(text, "* ")))
    text = dem_str_trim(dem_str_sub(text, 2, text.len));
  if (dem_str_starts(text, "\xE2\x80\xA2")) text = dem_str_trim(dem_str_sub(text, 3, text.len));
  if (dem_read_is_url(text)) url = text, text = (dem_str){NULL, 0};
  *dem_push(&p->doc->arena, &p->doc->related) = (dem_related){text, url};
}

static bool is_bullet(dem_str s) {
  return dem_str_starts(s, "- ") || dem_str_starts(s, "* ") || dem_str_starts(s, "\xE2\x80\xA2");
}

static void take_url(page *p, dem_str url) {
  if (!p->doc->url.len)
    p->doc->url = url;
  else if (!dem_str_eq(p->doc->url, url))
    add_related(p, (dem_str){NULL, 0}, url);
}

/* A line that a label on the line before is waiting for. */
static bool take_wanted(page *p, dem_str s, dem_str link) {
  wanted want = p->want;
  p->want = WANT_NOTHING;
  if (want == WANT_URL && dem_read_is_url(s)) return take_url(p, s), true;
  if (want != WANT_RELATED) return false;
  bool item = is_bullet(s) || link.len || dem_read_is_url(s);
  if (!item && (s.len > HEADLINE || dem_read_ends_sentence(s))) return false;
  add_related(p, s, link);
  if (item) p->want = WANT_RELATED; /* a list may go on; a bare line is alone */
  return true;
}

static const char *const origin[] = {"original url",     "url",      "link",       "permalink", "original link",
                                     "original article", "original", "source url", NULL};
static const char *const source[] = {"source", "publisher", NULL};
static const char *const related[] = {"related article", "related articles", "related",            "related story",
                                      "related stories", "related news",     "related content",    "read more",
                                      "read also",       "also read",        "see also",           "read next",
                                      "recommended",     "more on this",     "more on this story", NULL};

static bool take_link(page *p, uint32_t i, dem_str s, dem_str link) {
  dem_str rest, agency;
  if (p->want != WANT_NOTHING && take_wanted(p, s, link)) return true;
  if (dem_read_labelled(s, origin, &rest) && (!rest.len || dem_read_is_url(rest))) {
    if (rest.len) take_url(p, rest);
    if (!rest.len) p->want = WANT_URL;
    return true;
  }
  if (s.len <= 300 && dem_read_labelled(s, related, &rest)) {
    if (rest.len) add_related(p, rest, link);
    if (!rest.len) p->want = WANT_RELATED;
    return true;
  }
  if ((at_top(i) || at_bottom(p, i)) && s.len <= 160 && dem_read_labelled(s, source, &rest) && rest.len) {
    if (dem_read_is_url(rest)) return take_url(p, rest), true;
    if (dem_read_ends_sentence(rest)) return false;
    if (!p->doc->agency.len && dem_read_agency(rest, &agency)) p->doc->agency = agency;
    p->doc->publisher = rest;
    return true;
  }
  if (!dem_read_is_url(s)) return false;
  if (at_top(i) || at_bottom(p, i))
    take_url(p, s);
  else
    add_related(p, s, s);
  return true;
}

/* ---- one line: furniture ---- */

static bool is_furniture(dem_str s) {
  static const char *const whole[] = {"advertisement",
                                      "advertisement - story continues below",
                                      "story continues below",
                                      "article continues below",
                                      "story continues below advertisement",
                                      "article continues after ad",
                                      "continue reading",
                                      "read more",
                                      "share",
                                      "share this",
                                      "share this article",
                                      "share this story",
                                      "share on facebook",
                                      "share on twitter",
                                      "tweet",
                                      "print",
                                      "email",
                                      "save",
                                      "copy link",
                                      "comments",
                                      "leave a comment",
                                      "listen to this article",
                                      "subscribe",
                                      "sign up",
                                      "log in",
                                      "sponsored",
                                      "(more)",
                                      "(ends)",
                                      "ends",
                                      "-30-",
                                      "###",
                                      "* * *",
                                      "***",
                                      "---",
                                      "- - -",
                                      "-----",
                                      "___",
                                      "// end"};
  static const char *const prefixes[] = {"sign up for our ", "subscribe to our ", "click here to ",
                                         "follow us on ",    "download our app",  "sign up to our "};
  if (s.len > 100) return false;
  for (size_t i = 0; i < sizeof whole / sizeof whole[0]; i++)
    if (dem_str_is_nocase(s, whole[i])) return true;
  for (size_t i = 0; i < sizeof prefixes / sizeof prefixes[0]; i++)
    if (dem_str_is_nocase(dem_str_sub(s, 0, strlen(prefixes[i])), prefixes[i])) return true;
  return false;
}

/* "(c) 2020 AFP", "Copyright The Post" */
static bool take_copyright(page *p, dem_str s) {
  static const char *const signs[] = {"\xC2\xA9", "(c)", "(C)", "Copyright", "COPYRIGHT"};
  size_t sign = 0, count = sizeof signs / sizeof signs[0];
  while (sign < count && !dem_str_starts(s, signs[sign])) sign++;
  if (sign == count || s.len > 240) return false;
  dem_str rest = dem_str_trim(dem_str_sub(s, strlen(signs[sign]), s.len)), agency;
  if (dem_str_starts(rest, "\xC2\xA9")) rest = dem_str_sub(rest, 2, rest.len);
  while (rest.len && (dem_is_digit((unsigned char)rest.data[0]) || memchr(" ,.-", rest.data[0], 4)))
    rest = dem_str_sub(rest, 1, rest.len);
  size_t stop = dem_str_find(rest, DEM_S("."), 0);
  if (stop != SIZE_MAX) rest = dem_str_sub(rest, 0, stop);
  if (dem_read_agency_in(rest, &agency)) {
    if (!p->doc->agency.len) p->doc->agency = agency;
  } else if (!p->doc->publisher.len && rest.len && rest.len < 80) {
    p->doc->publisher = rest;
  }
  leave_out(p, s);
  return p->furniture = true;
}

static bool take_line(page *p, uint32_t i) {
  dem_str link = {NULL, 0}, raw = p->lines.at[i].text;
  if (is_furniture(raw)) return leave_out(p, raw), p->furniture = true;
  if (raw.len > FRAME_LINE) return p->want = WANT_NOTHING, false; /* a paragraph; no line of this page's frame is so long */
  dem_str s = dem_read_unmark(&p->doc->arena, raw, &link);
  if (take_link(p, i, s, link) || (at_top(i) && take_head_line(p, s))) return p->furniture = true;
  return at_bottom(p, i) && take_copyright(p, s);
}

/* ---- paragraphs ---- */

/* Initials of a desk: "abc/def/gh". */
static bool is_sign_off(dem_str s) {
  size_t letters = 0, signs = 0;
  if (s.len > 24) return false;
  for (size_t i = 0; i < s.len; i++) {
    unsigned char c = (unsigned char)s.data[i];
    bool sign = c == '/' || c == '-';
    if (!sign && !dem_is_lower(c) && !dem_is_digit(c)) return false;
    if (sign && (letters < 2 || letters > 5)) return false;
    signs += sign;
    letters = sign ? 0 : letters + 1;
  }
  return signs > 0 && letters >= 2 && letters <= 5;
}

static bool is_credits(dem_str s) {
  return s.len < 600 && (dem_str_starts(s, "(Reporting by ") || dem_str_starts(s, "Reporting by ") ||
                         dem_str_starts(s, "(Writing by ") || dem_str_starts(s, "(Additional reporting "));
}

static bool is_headline(dem_str s) {
  size_t n = s.len;
  if (n < 3 || n > HEADLINE || memchr(":;,", s.data[n - 1], 3)) return false;
  bool initials =
      n > 3 && s.data[n - 1] == '.' && dem_is_upper((unsigned char)s.data[n - 2]) && s.data[n - 3] == '.'; /* "U.S." */
  bool asks = s.data[n - 1] == '?' || s.data[n - 1] == '!';
  return initials || asks || !dem_read_ends_sentence(s);
}

static bool note_made(const dem_doc *doc, const char *code) {
  for (uint32_t i = 0; i < doc->notes.n; i++)
    if (dem_str_is(doc->notes.at[i].code, code)) return true;
  return false;
}

/* Markdown off; the first time it takes something, that is noted. */
static dem_str unmark(page *p, dem_str s) {
  dem_str bare = dem_read_unmark(&p->doc->arena, s, NULL);
  if (bare.len != s.len && !note_made(p->doc, "markup"))
    dem_doc_note(p->doc, "markup", DEM_S("Markdown taken off: emphasis, heading signs, the targets of links"), (dem_span){0, 0});
  return bare;
}

static bool take_block(page *p, dem_blocks *blocks, uint32_t i) {
  dem_doc *doc = p->doc;
  dem_str s = blocks->at[i], text, credit, genre;
  if (dem_read_caption(s, &text, &credit)) {
    text = unmark(p, text);
    *dem_push(&doc->arena, &doc->captions) = (dem_caption){text, credit};
    return p->furniture = true;
  }
  s = unmark(p, s);
  if (i < 3 && dem_read_genre_line(s, &genre)) {
    doc->genre = genre;
    return p->furniture = true;
  }
  bool last = i + 2 >= blocks->n;
  if (last && i > 0 && (is_sign_off(s) || is_credits(s))) return leave_out(p, s), true;
  if (!doc->headline.len && !p->body && i + 1 < blocks->n && is_headline(s)) return doc->headline = s, true;
  blocks->at[i] = s;
  return false;
}

static void take_blocks(page *p, dem_blocks *blocks) {
  for (uint32_t i = 0; i < blocks->n; i++) {
    if (take_block(p, blocks, i))
      blocks->at[i].len = 0;
    else
      p->body = true;
  }
}

void dem_read_whole(dem_doc *doc, dem_str text) {
  dem_lines lines = dem_read_lines(&doc->arena, text);
  dem_blocks blocks = dem_read_blocks(&doc->arena, &lines);
  dem_read_body(doc, &blocks);
  doc->format = DEM_S("text");
}

void dem_read_page(dem_doc *doc, dem_str text) {
  page p = {.doc = doc, .lines = dem_read_lines(&doc->arena, text)};
  for (uint32_t i = 0; i < p.lines.n; i++) p.lines.at[i].taken = take_line(&p, i);
  dem_blocks blocks = dem_read_blocks(&doc->arena, &p.lines);
  take_blocks(&p, &blocks);
  dem_read_body(doc, &blocks);
  doc->format = p.furniture ? DEM_S("print") : DEM_S("text");
}
