/* Anchoring: the days, the TIMEX3 value and the rule of one time expression.
 *
 * What is counted from: the publication day; in a narrative with dates of its own, the date spoken of last. A weekday is the
 * last one up to that day, the next one after it when the verb speaks of the future. A month or a day without a year is the
 * one nearest to that day on the side that the tense says. "Recent" and "coming" units without a number span three of them.
 * Invariant: from <= to whenever both are known. Without anything to count from the days stay open, and the rule says so. */
#include "find/when_solve.h"

#include <stdio.h>

enum { VAGUE_COUNT = 3 };

typedef struct solve {
  dem_doc *doc;
  const dem_when *w;
  dem_anchor *anchor;
  dem_tense tense;
  dem_time *t;
  dem_day now; /* the day that is counted from; DEM_NO_DAY */
  bool aside;  /* counted from publication within a narrative: the story's own date stays */
} solve;

#define say(s, ...) dem_str_format(&(s)->doc->arena, __VA_ARGS__)

static void settle(solve *s, dem_time_type type, dem_str value, const char *rule) {
  s->t->type = type;
  s->t->value = value;
  s->t->rule = dem_str_of(rule);
}

static void extend(solve *s, dem_day from, dem_day to, dem_precision precision, char unit) {
  s->t->from = from;
  s->t->to = to < from ? from : to;
  s->t->precision = precision;
  if (s->aside) return;
  s->anchor->last = from;
  s->anchor->last_unit = unit;
}

/* "today", "Monday", "this week" in a narrative mean the writer's. */
static void count_from_publication(solve *s) {
  if (s->anchor->published == DEM_NO_DAY) return;
  s->now = s->anchor->published;
  s->aside = s->anchor->narrative;
}

/* ---- values ---- */

static dem_str year_text(solve *s, int32_t year) {
  return year <= 0 ? say(s, "BC%04d", 1 - year) : say(s, "%04d", year);
}

static dem_str month_text(solve *s, dem_day day) {
  dem_civil c = dem_civil_of(day);
  dem_str year = year_text(s, c.year);
  return say(s, "%.*s-%02u", DEM_FMT(year), c.month);
}

static dem_str day_text(solve *s, dem_day day) {
  dem_str month = month_text(s, day);
  return say(s, "%.*s-%02u", DEM_FMT(month), dem_civil_of(day).day);
}

/* "1998-W08": ISO weeks, which belong to the year of their Thursday. */
static dem_str week_text(solve *s, dem_day day) {
  dem_day thursday = day - (dem_day)dem_weekday(day) + 3;
  int32_t year = dem_civil_of(thursday).year;
  return say(s, "%04d-W%02d", year, (thursday - dem_day_of(year, 1, 1)) / 7 + 1);
}

/* ---- intervals of a unit ---- */

/* Is `n` of the unit a time that our calendar bears, some thousand years? */
static bool countable(int32_t n, char unit) {
  int32_t years = unit == 'L' ? 1000 : unit == 'C' ? 100 : unit == 'E' ? 10 : 1;
  return n <= (unit == 'Y' || years > 1 ? 5000 / years : unit == 'M' || unit == 'Q' ? 20000 : 200000);
}

static dem_day move(dem_day day, int32_t n, char unit) {
  int32_t months = unit == 'M' ? 1 : unit == 'Q' ? 3 : unit == 'Y' ? 12 : unit == 'E' ? 120 : unit == 'C' ? 1200 : 0;
  if (unit == 'L') months = 12000;
  if (!months) return day + n * (unit == 'W' || unit == 'B' ? 7 : unit == 'F' ? 14 : unit == 'D' ? 1 : 0);
  dem_day start = dem_month_start(day, n * months);
  dem_civil c = dem_civil_of(start);
  uint32_t want = dem_civil_of(day).day, most = dem_days_in_month(c.year, c.month);
  return start + (dem_day)(want < most ? want : most) - 1;
}

static void whole_week(solve *s, dem_day day) {
  dem_day monday = day - (dem_day)dem_weekday(day);
  settle(s, DEM_TIME_DATE, week_text(s, day), "");
  extend(s, monday, monday + 6, DEM_PRECISION_WEEK, 'W');
}

static void whole_weekend(solve *s, dem_day day) {
  dem_day monday = day - (dem_day)dem_weekday(day);
  dem_str week = week_text(s, day);
  settle(s, DEM_TIME_DATE, say(s, "%.*s-WE", DEM_FMT(week)), "");
  extend(s, monday + 5, monday + 6, DEM_PRECISION_RANGE, 'W');
}

static void whole_month(solve *s, dem_day day) {
  settle(s, DEM_TIME_DATE, month_text(s, day), "");
  extend(s, dem_month_start(day, 0), dem_month_end(day, 0), DEM_PRECISION_MONTH, 'M');
}

static void whole_months(solve *s, int32_t year, int32_t first, int32_t last, const char *name, dem_precision precision) {
  dem_str text = year_text(s, year);
  settle(s, DEM_TIME_DATE, name ? say(s, "%.*s-%s", DEM_FMT(text), name) : text, "");
  dem_day from = dem_day_of(year, (uint32_t)first, 1);
  extend(s, from, dem_month_end(from, last - first), precision, name ? 'Q' : 'Y');
}

static void whole_quarter(solve *s, int32_t year, int32_t quarter) {
  char name[12];
  snprintf(name, sizeof name, "Q%d", quarter);
  s->anchor->quarter = dem_day_of(year, (uint32_t)(quarter * 3 - 2), 1);
  whole_months(s, year, quarter * 3 - 2, quarter * 3, name, DEM_PRECISION_QUARTER);
}

static int32_t floor_to(int32_t year, int32_t step) { return year - ((year % step) + step) % step; }

static void whole_years(solve *s, int32_t first, int32_t n) {
  bool decade = n == 10;
  int32_t shown = first < 0 ? -first : first;
  settle(s, DEM_TIME_DATE, say(s, "%s%0*d", first < 0 ? "BC" : "", decade ? 3 : 2, shown / n), "");
  extend(s, dem_day_of(first, 1, 1), dem_day_of(first + n, 1, 1) - 1, decade ? DEM_PRECISION_DECADE : DEM_PRECISION_CENTURY,
         decade ? 'E' : 'C');
}

static void whole_season(solve *s, int32_t year, dem_str season) {
  static const char names[] = "SPSUFAWI";
  int32_t first = 3;
  for (int k = 0; k < 4; k++)
    if (dem_str_starts(season, (char[]){names[2 * k], names[2 * k + 1], 0})) first = 3 + 3 * k;
  char name[3] = {season.data[0], season.data[1], 0};
  whole_months(s, year, first, first + 2, name, DEM_PRECISION_QUARTER);
}

static void whole(solve *s, dem_day day, char unit) {
  dem_civil c = dem_civil_of(day);
  switch (unit) {
    case 'W': case 'F': whole_week(s, day); return;
    case 'B': whole_weekend(s, day); return;
    case 'M': whole_month(s, day); return;
    case 'Q': whole_quarter(s, c.year, ((int32_t)c.month + 2) / 3); return;
    case 'Y': whole_months(s, c.year, 1, 12, NULL, DEM_PRECISION_YEAR); return;
    case 'E': whole_years(s, floor_to(c.year, 10), 10); return;
    case 'C': case 'L': whole_years(s, floor_to(c.year, 100), 100); return;
    default:
      settle(s, DEM_TIME_DATE, day_text(s, day), "");
      extend(s, day, day, DEM_PRECISION_DAY, 'D');
  }
}

/* ---- refinements ---- */

/* "2020-06-26TNI", "2020-06-26T17:00": a part of the day or a time of it behind a day's value. */
static void add_time(solve *s) {
  const dem_when *w = s->w;
  if (w->hour != DEM_UNSAID) {
    s->t->value = w->minute == DEM_UNSAID ? say(s, "%.*sT%02d", DEM_FMT(s->t->value), w->hour)
                                          : say(s, "%.*sT%02d:%02d", DEM_FMT(s->t->value), w->hour, w->minute);
  } else if (w->part.len) {
    s->t->value = say(s, "%.*sT%.*s", DEM_FMT(s->t->value), DEM_FMT(w->part));
  } else {
    return;
  }
  s->t->type = DEM_TIME_TIME;
  s->t->precision = DEM_PRECISION_TIME;
}

/* "early", "mid-", "the end of": a third of the interval; "before the end of" runs from now to its end. */
static void add_edge(solve *s) {
  dem_time *t = s->t;
  if (s->w->edge == DEM_EDGE_NONE || t->from == DEM_NO_DAY || t->from == t->to) return;
  dem_day third = (t->to - t->from + 1) / 3;
  if (s->w->edge == DEM_EDGE_EARLY || s->w->edge == DEM_EDGE_START) t->to = t->from + third;
  else if (s->w->edge == DEM_EDGE_MID) t->from += third, t->to -= third;
  else if (s->w->before && s->now != DEM_NO_DAY && s->now <= t->to) t->from = s->now;
  else t->from = t->to - third;
  if (t->precision != DEM_PRECISION_NONE) t->precision = DEM_PRECISION_RANGE;
}

static void open_value(solve *s, dem_str value) {
  settle(s, DEM_TIME_DATE, value, "no date to count from");
  s->t->precision = DEM_PRECISION_NONE;
}

/* ---- calendar expressions ---- */

/* The year that a date without one means: the nearest to now on the side that the tense says. */
static int32_t guess_year(solve *s, int32_t first_month, int32_t last_month, int32_t day) {
  dem_civil now = dem_civil_of(s->now);
  int32_t year = now.year;
  if (s->w->rel == 0) return year;
  if (s->anchor->narrative && s->w->rel == DEM_UNSAID) { /* mostly on in the year, now and then back or past its end */
    int32_t back = (int32_t)now.month - first_month;
    return back >= 7 ? year + 1 : back <= -10 ? year - 1 : year;
  }
  int32_t chosen = year, least = INT32_MAX;
  for (int32_t y = year - 1; y <= year + 1; y++) {
    dem_day from = dem_day_of(y, (uint32_t)first_month, day == DEM_UNSAID ? 1u : (uint32_t)day);
    dem_day to = day == DEM_UNSAID ? dem_month_end(from, last_month - first_month) : from;
    dem_day far = s->now < from ? from - s->now : s->now > to ? s->now - to : 0;
    bool future = from > s->now, past = to < s->now;
    if ((s->w->rel == -1 && !past) || (s->w->rel == 1 && !future)) continue;
    if (s->tense == DEM_TENSE_PAST && future) far += 250;
    if (s->tense == DEM_TENSE_FUTURE && past) far += 250;
    if (far < least) least = far, chosen = y;
  }
  return chosen;
}

static bool has_year(const dem_when *w) { return w->year != DEM_UNSAID; }
static int32_t said_year(const dem_when *w) { return w->bc ? 1 - w->year : w->year; }

static int32_t relative_year(solve *s, int32_t first, int32_t last, int32_t day) {
  return has_year(s->w) ? said_year(s->w) : guess_year(s, first, last, day);
}

static dem_day nth_weekday(int32_t year, int32_t month, int32_t weekday, int32_t n) {
  dem_day first = dem_day_of(year, (uint32_t)month, 1);
  dem_day day = first + (weekday - (int32_t)dem_weekday(first) + 7) % 7 + 7 * (n - 1);
  return day > dem_month_end(first, 0) ? day - 7 : day;
}

static void solve_month(solve *s) {
  const dem_when *w = s->w;
  int32_t day = w->day;
  if (!has_year(w) && s->now == DEM_NO_DAY) {
    open_value(s, day == DEM_UNSAID ? say(s, "XXXX-%02d", w->month) : say(s, "XXXX-%02d-%02d", w->month, day));
    return;
  }
  bool of_year = w->rel != DEM_UNSAID && w->weekday == DEM_UNSAID && day != DEM_UNSAID && !has_year(w);
  int32_t year = of_year ? dem_civil_of(s->now).year + w->rel : relative_year(s, w->month, w->month, day);
  dem_day first = dem_day_of(year, (uint32_t)w->month, 1);
  if (w->holiday_week != DEM_UNSAID) {
    whole(s, nth_weekday(year, w->month, w->weekday, w->holiday_week), 'D');
  } else if (day == DEM_UNSAID) {
    whole_month(s, first);
  } else {
    int32_t most = (int32_t)dem_days_in_month(year, (uint32_t)w->month);
    whole(s, first + (day < most ? day : most) - 1, 'D');
  }
  s->t->rule = dem_str_of(has_year(w) ? "as written" : s->anchor->narrative ? "nearest to the date spoken of last"
                          : s->tense == DEM_TENSE_FUTURE ? "next such date, the verb is future"
                                                         : "such a date nearest to publication");
}

static void solve_weekday(solve *s) {
  const dem_when *w = s->w;
  count_from_publication(s);
  if (s->now == DEM_NO_DAY) {
    open_value(s, say(s, "XXXX-WXX-%d", w->weekday + 1));
    return;
  }
  int32_t back = ((int32_t)dem_weekday(s->now) - w->weekday + 7) % 7;
  dem_day day = s->now - back;
  const char *rule = back ? "last such weekday before publication" : "the day of publication";
  if (w->rel == -1 && back == 0) {
    day -= 7;
  } else if (w->rel == 1 || (w->rel == DEM_UNSAID && s->tense == DEM_TENSE_FUTURE && back)) {
    day += 7;
    rule = "next such weekday after publication";
  } else if (w->rel == 0 && back) {
    dem_day monday = s->now - (dem_day)dem_weekday(s->now);
    day = s->tense == DEM_TENSE_PAST ? day : monday + w->weekday;
    rule = "that weekday of the same week";
  }
  whole(s, day, 'D');
  s->t->rule = dem_str_of(rule);
}

static void solve_season(solve *s) {
  const dem_when *w = s->w;
  int32_t first = dem_str_is(w->season, "SP") ? 3 : dem_str_is(w->season, "SU") ? 6 : dem_str_is(w->season, "FA") ? 9 : 12;
  if (!has_year(w) && s->now == DEM_NO_DAY) {
    open_value(s, say(s, "XXXX-%.*s", DEM_FMT(w->season)));
    return;
  }
  whole_season(s, relative_year(s, first, first + 2, DEM_UNSAID), w->season);
  s->t->rule = dem_str_of(has_year(w) ? "as written" : "such a season nearest to publication");
}

static void solve_quarter(solve *s) {
  const dem_when *w = s->w;
  bool half = w->half != DEM_UNSAID;
  int32_t which = half ? w->half : w->quarter;
  if (!has_year(w) && s->now == DEM_NO_DAY) {
    open_value(s, say(s, "XXXX-%c%d", half ? 'H' : 'Q', which));
    return;
  }
  int32_t span = half ? 6 : 3, last = which * span, year;
  s->tense = DEM_TENSE_UNKNOWN; /* results are told in any tense */
  if (has_year(w)) year = said_year(w);
  else if (w->rel != DEM_UNSAID) year = dem_civil_of(s->now).year + w->rel;
  else if (dem_str_is(w->text, "fiscal")) year = dem_civil_of(s->now).year; /* whose year begins when is not said */
  else year = guess_year(s, last - span + 1, last, DEM_UNSAID);
  if (half) whole_months(s, year, last - 5, last, which == 1 ? "H1" : "H2", DEM_PRECISION_RANGE);
  else whole_quarter(s, year, which);
  s->t->rule = dem_str_of(has_year(w) ? "as written" : "such a quarter nearest to publication");
}

static void solve_calendar(solve *s) {
  const dem_when *w = s->w;
  if (w->month != 0 && w->month != DEM_UNSAID) {
    solve_month(s);
  } else if (w->weekday != DEM_UNSAID) {
    solve_weekday(s);
  } else if (w->season.len) {
    solve_season(s);
  } else if (w->quarter != DEM_UNSAID || w->half != DEM_UNSAID) {
    solve_quarter(s);
  } else if (w->decade != DEM_UNSAID) {
    whole_years(s, w->bc ? -w->decade - 9 : w->decade, 10);
    if (w->bc) s->t->value = say(s, "BC%03d", w->decade / 10);
    s->t->rule = DEM_S("as written");
  } else if (w->century != DEM_UNSAID) {
    whole_years(s, w->bc ? -(w->century + 1) * 100 + 1 : w->century * 100, 100);
    s->t->value = say(s, "%s%02d", w->bc ? "BC" : "", w->century);
    s->t->rule = DEM_S("as written");
  } else if (has_year(w)) {
    whole_months(s, said_year(w), 1, 12, NULL, DEM_PRECISION_YEAR);
    s->t->rule = DEM_S("as written");
  } else { /* a time of day alone */
    if (s->now == DEM_NO_DAY) open_value(s, DEM_S("XXXX-XX-XX"));
    else whole(s, s->anchor->last != DEM_NO_DAY && s->anchor->last_unit == 'D' ? s->anchor->last : s->now, 'D');
    if (s->now != DEM_NO_DAY) s->t->rule = DEM_S("time of the day spoken of");
  }
}

/* ---- counted expressions ---- */

static dem_str duration(solve *s) {
  const dem_when *w = s->w;
  bool clock = w->unit == 'H' || w->unit == 'T' || w->unit == 'S';
  char unit = w->unit == 'T' ? 'M' : w->unit == 'F' ? 'W' : w->unit;
  int32_t count = w->unit == 'F' ? w->count * 2 : w->count;
  if (w->unit == 'B') return say(s, "P%dWE", count ? count : 1);
  if (!count) return say(s, "P%sX%c", clock ? "T" : "", unit);
  if (w->half_more && w->unit == 'H') return say(s, "PT%dH30M", count);
  return w->half_more ? say(s, "P%s%d.5%c", clock ? "T" : "", count, unit) : say(s, "P%s%d%c", clock ? "T" : "", count, unit);
}

static void solve_unit(solve *s) {
  const dem_when *w = s->w;
  if (w->unit == 'W' || w->unit == 'B') count_from_publication(s);
  if (s->now == DEM_NO_DAY) {
    open_value(s, w->rel < 0 ? DEM_S("PAST_REF") : w->rel > 0 ? DEM_S("FUTURE_REF") : DEM_S("PRESENT_REF"));
    return;
  }
  if (dem_str_is(w->text, "quarter") && s->anchor->quarter != DEM_NO_DAY) { /* of results: the one spoken of */
    dem_civil c = dem_civil_of(s->anchor->quarter);
    dem_day spoken = s->anchor->quarter;
    whole_quarter(s, has_year(w) ? w->year : c.year, ((int32_t)c.month + 2) / 3);
    if (has_year(w)) s->anchor->quarter = spoken;
    s->t->rule = DEM_S("the quarter spoken of");
    return;
  }
  if (has_year(w)) {
    whole_months(s, w->year, 1, 12, NULL, DEM_PRECISION_YEAR);
    s->t->rule = DEM_S("as written");
    return;
  }
  bool weekend = w->unit == 'B' && w->rel == 0 && s->tense != DEM_TENSE_FUTURE && dem_weekday(s->now) < 5;
  whole(s, move(s->now, weekend ? -1 : w->rel, w->unit), w->unit);
  s->t->rule = dem_str_of(w->rel < 0 ? "the one before that of publication" : w->rel > 0 ? "the one after that of publication"
                                                                                         : "the one of publication");
}

static void solve_same(solve *s) {
  dem_day from = s->anchor->last != DEM_NO_DAY ? s->anchor->last : s->now;
  if (from == DEM_NO_DAY) {
    open_value(s, DEM_S("PAST_REF"));
    return;
  }
  whole(s, move(from, s->w->rel, s->w->unit), s->w->unit);
  s->t->rule = DEM_S("counted from the date spoken of last");
}

/* "two days ago" from now, "two days later" from the date spoken of last. */
static void solve_shift(solve *s) {
  const dem_when *w = s->w;
  bool ago = dem_str_is(w->text, "ago");
  dem_day from = s->now;
  if (!ago && w->rel > 0 && s->anchor->last != DEM_NO_DAY) from = s->anchor->last;
  bool clock = w->unit == 'H' || w->unit == 'T' || w->unit == 'S';
  if (from == DEM_NO_DAY || w->count == 0) {
    settle(s, DEM_TIME_DATE, w->rel < 0 ? DEM_S("PAST_REF") : DEM_S("FUTURE_REF"),
           w->count ? "no date to count from" : "how many is not said");
    return;
  }
  if (!countable(w->count, w->unit)) {
    settle(s, DEM_TIME_DATE, DEM_S("PAST_REF"), "too long ago to count");
    return;
  }
  bool quarter = w->unit == 'Y' && w->count == 1 && w->rel < 0 && s->anchor->quarter != DEM_NO_DAY && s->anchor->figures;
  if (quarter) { /* "the third quarter ... a year earlier" compares quarters */
    dem_day same = s->anchor->quarter;
    whole(s, move(same, -1, 'Y'), 'Q');
    s->anchor->quarter = same;
    s->t->rule = DEM_S("the same quarter a year before");
    return;
  }
  whole(s, move(from, w->rel * w->count, w->unit), clock ? 'D' : w->unit == 'E' ? 'Y' : w->unit);
  s->t->rule = dem_str_of(from == s->now ? "counted from publication" : "counted from the date spoken of last");
}

/* Up to now or from now on. */
static void solve_stretch(solve *s) {
  const dem_when *w = s->w;
  settle(s, DEM_TIME_DURATION, duration(s), "no date to count from");
  int32_t n = w->count ? w->count : VAGUE_COUNT;
  if (s->now == DEM_NO_DAY || !countable(n, w->unit)) return;
  dem_day other = move(s->now, w->rel * n, w->unit);
  s->t->from = other < s->now ? other : s->now;
  s->t->to = other < s->now ? s->now : other;
  s->t->precision = DEM_PRECISION_RANGE;
  s->t->rule = dem_str_of(w->rel < 0 ? (w->count ? "so many up to publication" : "three of them up to publication")
                                     : (w->count ? "so many from publication on" : "three of them from publication on"));
}

static void solve_day(solve *s) {
  count_from_publication(s);
  if (s->now == DEM_NO_DAY) {
    open_value(s, s->w->rel < 0 ? DEM_S("PAST_REF") : s->w->rel > 0 ? DEM_S("FUTURE_REF") : DEM_S("PRESENT_REF"));
    return;
  }
  whole(s, s->now + s->w->rel, 'D');
  s->t->rule = DEM_S("counted from publication");
}

static void solve_set(solve *s) {
  const dem_when *w = s->w;
  dem_str value = w->text;
  if (w->weekday != DEM_UNSAID) value = say(s, "XXXX-WXX-%d", w->weekday + 1);
  else if (w->month != DEM_UNSAID) value = say(s, "XXXX-%02d", w->month);
  else if (w->unit) value = duration(s);
  settle(s, DEM_TIME_SET, value, "repeated");
  if (w->part.len) s->t->value = say(s, "%.*sT%.*s", DEM_FMT(value), DEM_FMT(w->part));
}

static void solve_reference(solve *s) {
  settle(s, DEM_TIME_DATE, s->w->text, "a reference without a date");
  if (s->now == DEM_NO_DAY || !dem_str_is(s->w->text, "PRESENT_REF")) return;
  s->t->from = s->t->to = s->now;
  s->t->precision = DEM_PRECISION_DAY;
  s->t->rule = DEM_S("the day of publication");
}

void dem_when_solve(dem_doc *doc, const dem_when *w, dem_tense tense, dem_anchor *anchor, dem_time *t) {
  solve s = {doc, w, anchor, tense, t, anchor->published, false};
  if ((anchor->narrative || anchor->published == DEM_NO_DAY) && anchor->last != DEM_NO_DAY) s.now = anchor->last;
  else if (anchor->narrative && anchor->published != DEM_NO_DAY) s.now = anchor->published;
  t->from = t->to = DEM_NO_DAY;
  t->precision = DEM_PRECISION_NONE;
  switch (w->kind) {
    case DEM_WHEN_CALENDAR: solve_calendar(&s); break;
    case DEM_WHEN_UNIT: solve_unit(&s); break;
    case DEM_WHEN_SAME: solve_same(&s); break;
    case DEM_WHEN_SHIFT: solve_shift(&s); break;
    case DEM_WHEN_STRETCH: solve_stretch(&s); break;
    case DEM_WHEN_LENGTH: settle(&s, DEM_TIME_DURATION, duration(&s), "a length of time"); break;
    case DEM_WHEN_SET: solve_set(&s); break;
    case DEM_WHEN_DAY: solve_day(&s); break;
    case DEM_WHEN_REF:
    case DEM_WHEN_NONE: solve_reference(&s); break;
  }
  add_time(&s);
  add_edge(&s);
}
