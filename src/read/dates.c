/* Dates as news pages and feeds write them: "June 26, 2020", "26 June 2020", "Fri, 26 Jun 2020 10:00 GMT", "26-JUN-2020", ISO
 * with or without a time, "26/06/2020". Days that do not exist are refused, whatever their form. A slashed date whose two numbers
 * could both be months is read as day before month and reported as ambiguous. Refuses: two-digit years, relative dates. */
#include "read/parts.h"

typedef struct scan {
  dem_str s;
  size_t at;
} scan;

static unsigned char peek(const scan *x) { return x->at < x->s.len ? (unsigned char)x->s.data[x->at] : 0; }

static void skip(scan *x, const char *signs) {
  while (peek(x) && strchr(signs, peek(x))) x->at++;
}

static dem_str word(scan *x) {
  size_t from = x->at;
  while (dem_is_alpha(peek(x)) || (peek(x) == 0xC3 && x->at + 1 < x->s.len))
    x->at += peek(x) == 0xC3 ? 2 : 1; /* Latin-1 letters in UTF-8 */
  return dem_str_sub(x->s, from, x->at);
}

/* Digits; 0 when there are none or more than eight. */
static size_t number(scan *x, uint32_t *value) {
  size_t from = x->at;
  while (dem_is_digit(peek(x))) x->at++;
  size_t n = x->at - from;
  return n <= 8 && dem_str_u32(dem_str_sub(x->s, from, x->at), value) ? n : 0;
}

/* Which of the names the word is, or is the beginning of by at least three letters; 0 for none. */
static uint32_t index_of(dem_str w, const char *const *names, uint32_t n) {
  if (w.len < 3) return 0;
  for (uint32_t i = 0; i < n; i++) {
    size_t len = strlen(names[i]), k = 0;
    while (k < w.len && k < len && dem_lower((unsigned char)w.data[k]) == (unsigned char)names[i][k]) k++;
    if (k == w.len && (w.len <= 4 || k == len)) return i + 1;
  }
  return 0;
}

static uint32_t whole_name(dem_str w, const char *const names[12]) {
  for (uint32_t i = 0; i < 12; i++)
    if (dem_str_is_nocase(w, names[i])) return i + 1;
  return 0;
}

/* In English, also by its beginning; whole in German, French and Spanish, which pages' own dates are often in. */
static uint32_t month_of(dem_str w) {
  static const char *const months[] = {"january", "february", "march",     "april",   "may",      "june",
                                       "july",    "august",   "september", "october", "november", "december"};
  static const char *const german[] = {"januar", "februar", "m\xC3\xA4rz", "april",   "mai",      "juni",
                                       "juli",   "august",  "september",   "oktober", "november", "dezember"};
  static const char *const french[] = {"janvier",
                                       "f\xC3\xA9vrier",
                                       "mars",
                                       "avril",
                                       "mai",
                                       "juin",
                                       "juillet",
                                       "ao\xC3\xBBt",
                                       "septembre",
                                       "octobre",
                                       "novembre",
                                       ("d\xC3\xA9" "cembre")};
  static const char *const spanish[] = {"enero", "febrero", "marzo",      "abril",   "mayo",      "junio",
                                        "julio", "agosto",  "septiembre", "octubre", "noviembre", "diciembre"};
  static const char *const *const others[] = {german, french, spanish};
  uint32_t month = index_of(w, months, 12);
  for (size_t i = 0; !month && i < 3; i++) month = whole_name(w, others[i]);
  return month;
}

static bool is_weekday(dem_str w) {
  static const char *const days[] = {"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"};
  return index_of(w, days, 7) != 0 || dem_str_is_nocase(w, "thurs");
}

static void ordinal(scan *x) {
  scan y = *x;
  dem_str w = word(&y);
  if (dem_str_is_nocase(w, "st") || dem_str_is_nocase(w, "nd") || dem_str_is_nocase(w, "rd") || dem_str_is_nocase(w, "th"))
    *x = y;
}

/* A year after the day and month, if one follows; the scan stays before what is none. */
static int32_t year_after(scan *x) {
  scan y = *x;
  uint32_t year;
  skip(&y, " ,.-");
  scan of = y;
  if (dem_str_is_nocase(word(&of), "de")) y = of, skip(&y, " ");
  size_t digits = number(&y, &year);
  dem_str after = dem_str_sub(y.s, y.at, y.at + 4);
  bool short_year = digits == 2 && after.len == 4 && after.data[0] == ' ' && after.data[3] == ':'; /* RFC 822: "3 Mar 21 08:00" */
  if (short_year) year += year < 70 ? 2000 : 1900;
  if ((digits != 4 && !short_year) || year < 1000 || year > 2999) return 0;
  *x = y;
  return (int32_t)year;
}

static bool exists(const dem_date_found *f) {
  if (f->month < 1 || f->month > 12 || f->day < 1) return false;
  return f->day <= dem_days_in_month(f->year ? f->year : 2000, f->month);
}

static bool month_first(scan *x, dem_date_found *f) {
  f->month = month_of(word(x));
  if (!f->month) return false;
  skip(x, " .");
  size_t digits = number(x, &f->day);
  if (digits < 1 || digits > 2) return false;
  ordinal(x);
  f->year = year_after(x);
  return true;
}

static bool day_first(scan *x, dem_date_found *f) {
  size_t digits = number(x, &f->day);
  if (digits < 1 || digits > 2) return false;
  ordinal(x);
  skip(x, " -.");
  scan y = *x;
  dem_str of = word(&y);
  if (dem_str_is_nocase(of, "of") || dem_str_is_nocase(of, "de")) *x = y;
  skip(x, " ");
  f->month = month_of(word(x));
  if (!f->month) return false;
  if (peek(x) == '.') x->at++;
  f->year = year_after(x);
  return true;
}

/* 2020/06/26, 26/06/2020, 06/26/2020, 26.06.2020 */
static bool numeric(scan *x, dem_date_found *f) {
  uint32_t a, b, c;
  size_t na = number(x, &a);
  unsigned char sign = peek(x);
  if (!na || !sign || !strchr("/.-", sign)) return false;
  x->at++;
  size_t nb = number(x, &b);
  if (!nb || nb > 2 || peek(x) != sign) return false;
  x->at++;
  size_t nc = number(x, &c);
  if (na == 4 && nc >= 1 && nc <= 2) return *f = (dem_date_found){.year = (int32_t)a, .month = b, .day = c}, true;
  if (na > 2 || nc != 4) return false;
  bool day_leads = b <= 12;
  *f = (dem_date_found){.year = (int32_t)c, .month = day_leads ? b : a, .day = day_leads ? a : b};
  if (day_leads && a <= 12) f->ambiguous = a != b && sign == '/';
  return true;
}

static bool iso(scan *x, dem_date_found *f) {
  dem_day day;
  scan y = *x;
  uint32_t unused;
  dem_str rest = dem_str_sub(x->s, x->at, x->s.len);
  bool stamp = !dem_day_parse(rest, &day); /* 20200626101500, as crawlers write it */
  if (stamp) {
    while (dem_is_digit(peek(&y))) y.at++;
    if (y.at - x->at != 14 || !dem_day_parse(dem_str_sub(rest, 0, 8), &day)) return false;
    x->at = y.at;
  } else {
    x->at += number(&y, &unused) == 8 ? 8 : 10;
  }
  dem_civil c = dem_civil_of(day);
  *f = (dem_date_found){.year = c.year, .month = c.month, .day = c.day};
  return true;
}

bool dem_read_date(dem_str s, dem_date_found *found) {
  static bool (*const forms[])(scan *, dem_date_found *) = {iso, numeric, month_first, day_first};
  scan x = {s, 0}, start;
  skip(&x, " ");
  start = x;
  if (is_weekday(word(&x))) skip(&x, " .,");
  else x = start;
  for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++) {
    scan y = x;
    *found = (dem_date_found){0};
    if (!forms[i](&y, found) || !exists(found) || dem_is_digit(peek(&y))) continue;
    if (i > 0 && dem_is_alpha(peek(&y))) continue; /* "T10:00" may follow ISO only */
    found->end = y.at;
    return true;
  }
  return false;
}

/* Words that go with a time of day. */
static bool is_clock_word(dem_str w) {
  static const char *const words[] = {"am",  "pm",   "a",   "p",   "m",   "t",   "z",   "at",    "gmt",  "utc",
                                      "et",  "est",  "edt", "ct",  "cst", "cdt", "pt",  "pst",   "pdt",  "bst",
                                      "cet", "cest", "eet", "msk", "ist", "jst", "hkt", "local", "time", "hrs"};
  for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
    if (dem_str_is_nocase(w, words[i])) return true;
  return false;
}

bool dem_read_date_line(dem_str s, dem_date_found *found) {
  if (s.len > 96 || !dem_read_date(s, found)) return false;
  scan x = {s, found->end};
  while (peek(&x)) {
    if (dem_is_alpha(peek(&x))) {
      if (!is_clock_word(word(&x))) return false;
    } else if (dem_is_digit(peek(&x)) || strchr(" :.,+-()|/", peek(&x))) {
      x.at++;
    } else {
      return false;
    }
  }
  return true;
}

static dem_day clamped(int32_t year, uint32_t month, uint32_t day) {
  uint32_t most = dem_days_in_month(year, month);
  return dem_day_of(year, month, day < most ? day : most);
}

dem_day dem_read_day(dem_date_found f, dem_day near) {
  if (!f.month || (!f.year && near == DEM_NO_DAY)) return DEM_NO_DAY;
  if (f.year) return clamped(f.year, f.month, f.day);
  int32_t year = dem_civil_of(near + 7).year;
  dem_day day = clamped(year, f.month, f.day);
  return day <= near + 7 ? day : clamped(year - 1, f.month, f.day);
}

/* "20200626T101502+0000", as wires write it, in the form with signs; false when it is none. */
static bool compact_form(dem_doc *doc, dem_str s, dem_str *out) {
  if (s.len < 15 || s.data[8] != 'T') return false;
  for (size_t i = 0; i < 15; i++)
    if (i != 8 && !dem_is_digit((unsigned char)s.data[i])) return false;
  dem_str zone = dem_str_sub(s, 15, s.len), minutes = {NULL, 0};
  bool four = zone.len == 5 && (zone.data[0] == '+' || zone.data[0] == '-');
  if (zone.len && !four && !dem_str_is(zone, "Z") && zone.len != 6) return false;
  if (four) minutes = dem_str_sub(zone, 3, 5), zone = dem_str_sub(zone, 0, 3);
  *out = dem_str_format(&doc->arena, "%.4s-%.2s-%.2sT%.2s:%.2s:%.2s%.*s%s%.*s", s.data, s.data + 4, s.data + 6, s.data + 9,
                        s.data + 11, s.data + 13, DEM_FMT(zone), four ? ":" : "", DEM_FMT(minutes));
  return true;
}

/* "2020-06-26T10:00:00Z" is kept as it is; every other form becomes its day. */
static dem_str iso_form(dem_doc *doc, dem_str s, dem_day day) {
  dem_str compact;
  if (compact_form(doc, s, &compact)) return compact;
  bool time = s.len > 15 && s.len <= 35 && s.data[4] == '-' && (s.data[10] == 'T' || s.data[10] == ' ') && s.data[13] == ':';
  for (size_t i = 0; time && i < s.len; i++) time = i == 10 || strchr("0123456789-:.+Z", s.data[i]) != NULL;
  if (!time) return dem_day_format(&doc->arena, day);
  return dem_str_format(&doc->arena, "%.*sT%.*s", DEM_FMT(dem_str_sub(s, 0, 10)), DEM_FMT(dem_str_sub(s, 11, s.len)));
}

static bool read_stamp(dem_doc *doc, dem_str s, dem_str *text, dem_day *day) {
  dem_date_found found;
  s = dem_str_trim(s);
  if (!dem_read_date(s, &found) || !found.year) return false;
  *day = dem_read_day(found, DEM_NO_DAY);
  *text = iso_form(doc, s, *day);
  if (found.ambiguous)
    dem_doc_note(doc, "date-order",
                 dem_str_format(&doc->arena, "\"%.*s\" is read as day/month/year", DEM_FMT(dem_str_sub(s, 0, found.end))),
                 (dem_span){0, 0});
  return true;
}

bool dem_read_published(dem_doc *doc, dem_str s) { return read_stamp(doc, s, &doc->published, &doc->published_day); }

bool dem_read_updated(dem_doc *doc, dem_str s) {
  dem_day day;
  return read_stamp(doc, s, &doc->updated, &day);
}

bool dem_read_day_in_url(dem_str url, dem_day *day) {
  dem_date_found f;
  for (size_t i = 0; i + 9 < url.len && i < 512; i++) {
    if (url.data[i] != '/' || !dem_is_digit((unsigned char)url.data[i + 1])) continue;
    dem_str rest = dem_str_sub(url, i + 1, url.len);
    if (!dem_read_date(rest, &f) || !f.year || f.ambiguous || f.end < 8) continue;
    *day = dem_read_day(f, DEM_NO_DAY);
    return true;
  }
  return false;
}

bool dem_read_url_date(dem_doc *doc) {
  if (!dem_read_day_in_url(doc->url, &doc->published_day)) return false;
  doc->published = dem_day_format(&doc->arena, doc->published_day);
  dem_doc_note(doc, "date-from-url", DEM_S("the text names no date; the one in its link is used"), (dem_span){0, 0});
  return true;
}
