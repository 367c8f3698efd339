/* "PARIS, June 26 (AFP) -": where and when the dispatch was filed, and by whom. One left-to-right scan over the first bytes of
 * the first paragraph: places, a region, a date, an agency, a dash. It is a dateline when the place stands in capitals and a dash
 * or an agency follows, or when an ordinary place name is backed by a known agency or by a date and a dash. It stays in the text;
 * its span tells the next stage that it is no sentence. Refuses: labels in capitals ("BREAKING -") and lower-case places. */
#include "base/utf8.h"
#include "read/parts.h"

enum { LONGEST = 160 }; /* bytes */

typedef struct scan {
  dem_str s;
  size_t at;
  dem_str place, agency; /* as written; agency in its usual form when known */
  bool capitals;         /* the first place is all capitals */
  bool known;            /* the agency is one we know */
  bool dash, dated;
  dem_date_found date;
} scan;

static bool at_text(const scan *x, const char *text) { return dem_str_starts(dem_str_sub(x->s, x->at, x->s.len), text); }

static void blanks(scan *x) {
  while (x->at < x->s.len && x->s.data[x->at] == ' ') x->at++;
}

static bool is_particle(dem_str w) {
  return dem_str_in_list(DEM_S("de|la|le|el|al|of|the|and|du|des|sur|upon|am|bin|das|dos|di|del|near|on|in"), w);
}

/* The end of the word that begins at `at`: letters, and what stands inside names. */
static size_t word_end(dem_str s, size_t at) {
  while (at < s.len) {
    size_t next = at;
    uint32_t cp = dem_utf8_next(s, &next);
    bool inside =
        cp == '\'' || cp == 0x2019 || cp == '.' || (cp == '-' && next < s.len && s.data[next] != '-' && s.data[next] != ' ');
    if (!dem_cp_is_letter(cp) && !dem_cp_is_mark(cp) && !inside) break;
    at = next;
  }
  return at;
}

static void look_at_case(dem_str w, size_t *upper, size_t *lower) {
  for (size_t at = 0; at < w.len;) {
    uint32_t cp = dem_utf8_next(w, &at);
    if (!dem_cp_is_letter(cp)) continue;
    *(dem_cp_is_upper(cp) ? upper : lower) += 1;
  }
}

static bool begins_upper(dem_str w) {
  size_t at = 0;
  return w.len && dem_cp_is_upper(dem_utf8_next(w, &at));
}

/* Up to five words of a name; false when there is none. `capitals`: no small letter but in particles. */
static bool name(scan *x, bool *capitals) {
  size_t words = 0, upper = 0, lower = 0, end = x->at;
  dem_date_found unused;
  for (size_t at = x->at; words < 5; words++) {
    size_t next = word_end(x->s, at);
    dem_str w = dem_str_sub(x->s, at, next);
    bool particle = words && is_particle(w);
    if (!particle && !begins_upper(w)) break;
    if (words && dem_read_date(dem_str_sub(x->s, at, x->s.len), &unused)) break; /* "RICHMOND, Va. Feb 10" */
    if (!particle) look_at_case(w, &upper, &lower);
    if (!particle) end = next;
    if (next >= x->s.len || x->s.data[next] != ' ') {
      words++;
      break;
    }
    at = next + 1;
  }
  x->at = end;
  *capitals = upper >= 2 && lower == 0;
  return upper > 0;
}

/* "BEIRUT/DAMASCUS", "GAZA CITY" */
static bool places(scan *x) {
  size_t from = x->at;
  bool capitals;
  if (!name(x, &x->capitals)) return false;
  while (at_text(x, "/")) {
    size_t back = x->at++;
    if (name(x, &capitals)) continue;
    x->at = back;
    break;
  }
  x->place = dem_str_sub(x->s, from, x->at);
  return true;
}

static bool date(scan *x) {
  dem_date_found found;
  dem_str rest = dem_str_sub(x->s, x->at, x->s.len);
  if (!dem_read_date(rest, &found)) return false;
  x->date = found;
  x->dated = true;
  x->at += found.end;
  return true;
}

/* ", Gaza Strip", ", Sept 3", ", 2020" in any order, at most three. */
static void after_commas(scan *x) {
  for (size_t i = 0; i < 3 && at_text(x, ","); i++) {
    size_t back = x->at++;
    bool unused;
    blanks(x);
    if (!x->dated && date(x)) continue;
    if (!x->dated && name(x, &unused)) {
      x->place = dem_str_sub(x->s, (size_t)(x->place.data - x->s.data), x->at);
      continue;
    }
    x->at = back;
    return;
  }
}

/* "(AFP)", "/TASS/", "(AFP via Getty)": what stands between the signs, when it is short and begins with a capital. */
static bool agency(scan *x) {
  bool slash = at_text(x, "/");
  if (!slash && !at_text(x, "(")) return false;
  const char *end = memchr(x->s.data + x->at + 1, slash ? '/' : ')', x->s.len - x->at - 1);
  if (!end) return false;
  dem_str inner = dem_str_sub(x->s, x->at + 1, (size_t)(end - x->s.data));
  if (!inner.len || inner.len > 40) return false;
  x->known = dem_read_agency_in(inner, &x->agency);
  if (!x->known) x->agency = inner;
  bool fits = x->known || (begins_upper(inner) && !memchr(inner.data, ' ', inner.len));
  if (!fits) x->agency = (dem_str){NULL, 0};
  if (fits) x->at = (size_t)(end - x->s.data) + 1;
  return fits;
}

static void dash(scan *x) {
  static const char *const dashes[] = {"---", "--", "\xE2\x80\x94", "\xE2\x80\x93", "\xE2\x80\x95", "- "};
  size_t back = x->at;
  blanks(x);
  if (x->agency.len && at_text(x, ".")) x->at++, back = x->at, blanks(x); /* "/TASS/. The" */
  for (size_t i = 0; i < sizeof dashes / sizeof dashes[0]; i++) {
    if (!at_text(x, dashes[i])) continue;
    x->at += i < 5 ? strlen(dashes[i]) : 1;
    x->dash = true;
    return;
  }
  x->at = back;
  if (x->at + 1 == x->s.len && x->s.data[x->at] == '-') x->at++, x->dash = true; /* a field, ended by its dash */
}

static bool is_label(dem_str place) {
  return place.len < 4 ||
         dem_str_in_list(DEM_S("BREAKING|UPDATE|NEWS|EXCLUSIVE|ANALYSIS|FACTBOX|URGENT|WATCH|VIDEO|ALERT|LIVE|CORRECTED|"
                               "OPINION|EDITORIAL|ADVISORY|BREAKING NEWS|FACT CHECK|EXPLAINER|INTERVIEW|PHOTOS|NOTE|CORRECTION|"
                               "TIMELINE|FEATURE|COLUMN|COMMENTARY|DEVELOPING|WARNING|EDITORS|TIPS"),
                         place);
}

static bool accepted(const scan *x) {
  if (!x->place.len) return x->known && x->dash;
  if (x->capitals && x->agency.len) return x->known || x->dash;
  if (x->capitals && x->dash) return x->dated || !is_label(x->place);
  return x->dash && (x->known || x->dated);
}

static bool scan_dateline(scan *x) {
  x->s = dem_str_sub(x->s, 0, x->s.len < LONGEST ? x->s.len : LONGEST);
  if (places(x)) after_commas(x);
  blanks(x);
  if (at_text(x, ".") && x->place.len) x->at++, blanks(x); /* "MOSCOW, June 26. /TASS/" */
  if (!x->dated && x->place.len && x->at < x->s.len && date(x)) blanks(x);
  if (agency(x)) after_commas(x);
  dash(x);
  return accepted(x);
}

/* The day that tells which year a date without one means. */
static dem_day near(const dem_doc *doc) {
  dem_day day = doc->published_day;
  if (day == DEM_NO_DAY && doc->option_date) dem_day_parse(dem_str_of(doc->option_date), &day);
  return day;
}

static void fill(dem_doc *doc, const scan *x) {
  dem_dateline *d = &doc->dateline;
  d->place = x->place;
  d->agency = x->agency;
  d->text = dem_str_trim(dem_str_sub(x->s, 0, x->at));
  if (!x->dated) return;
  d->date = dem_read_day(x->date, near(doc));
  if (!x->date.year || doc->published_day != DEM_NO_DAY) return;
  doc->published_day = d->date;
  doc->published = dem_day_format(&doc->arena, d->date);
}

void dem_read_dateline(dem_doc *doc) {
  if (!doc->paragraphs.n) return;
  scan x = {.s = dem_doc_slice(doc, doc->paragraphs.at[0])};
  if (!scan_dateline(&x)) return;
  fill(doc, &x);
  doc->dateline.span = (dem_span){doc->paragraphs.at[0].begin, doc->paragraphs.at[0].begin + (uint32_t)doc->dateline.text.len};
}

bool dem_read_dateline_field(dem_doc *doc, dem_str field) {
  scan x = {.s = dem_str_trim(field)};
  if (!scan_dateline(&x) && !x.place.len) return false;
  fill(doc, &x);
  return true;
}
