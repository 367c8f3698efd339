/* The grammar of time expressions: from pieces of a sentence to what they say, whatever day it points to.
 *
 * Every rule is a function that looks at the pieces from `i` on and returns one past what it took, or `i`. The longest
 * wins, the earlier in the list of rules when two are equally long. No rule looks further than a dozen pieces, so the whole
 * is linear. Refused: ages ("50 years old"), "75th anniversary", amounts that look like years ("2000 troops"), names of
 * months that are verbs ("may", "march"). */
#include "find/when_rule.h"

typedef struct scan {
  const dem_doc *doc;
  const dem_lex *lex;
  bool bc;
} scan;

typedef uint32_t rule(const scan *s, uint32_t i, dem_when *w);

void dem_when_clear(dem_when *w) {
  *w = (dem_when){0};
  w->year = w->month = w->day = w->weekday = w->quarter = w->half = w->decade = w->century = DEM_UNSAID;
  w->holiday_week = w->hour = w->minute = w->rel = DEM_UNSAID;
}

static bool kind_at(const scan *s, uint32_t i, dem_lex_class kind) { return s->lex[i].kind == kind; }
static bool sign_at(const scan *s, uint32_t i, char sign) { return s->lex[i].sign == sign && kind_at(s, i, DEM_LEX_SIGN); }
static bool word_at(const scan *s, uint32_t i, const char *word) { return dem_str_is(s->lex[i].word, word); }
static bool in_list(const scan *s, uint32_t i, const char *list) {
  return s->lex[i].word.len && dem_str_in_list(dem_str_of(list), s->lex[i].word);
}
static uint8_t upos(const scan *s, uint32_t i) { return s->doc->tokens.at[s->lex[i].token].upos; }
static uint32_t past_hyphen(const scan *s, uint32_t i) { return sign_at(s, i, '-') ? i + 1 : i; }
static uint32_t past_word(const scan *s, uint32_t i, const char *list) { return in_list(s, i, list) ? i + 1 : i; }

static dem_edge edge_of(dem_str text) {
  if (dem_str_is(text, "early")) return DEM_EDGE_EARLY;
  if (dem_str_is(text, "start")) return DEM_EDGE_START;
  if (dem_str_is(text, "mid")) return DEM_EDGE_MID;
  return dem_str_is(text, "late") ? DEM_EDGE_LATE : DEM_EDGE_END;
}

/* ---- numbers ---- */

/* "twenty six", "two hundred", "1,000", "24"; gives the number. */
static uint32_t number(const scan *s, uint32_t i, int32_t *value) {
  const dem_lex *l = s->lex;
  if (kind_at(s, i, DEM_LEX_DIGITS)) return *value = l[i].value, i + 1;
  if (!kind_at(s, i, DEM_LEX_NUMBER)) return i;
  *value = l[i].value;
  uint32_t j = i + 1, ones = past_hyphen(s, j);
  if (*value >= 20 && *value % 10 == 0 && kind_at(s, ones, DEM_LEX_NUMBER) && l[ones].value < 10) {
    *value += l[ones].value;
    j = ones + 1;
  }
  while (kind_at(s, j, DEM_LEX_SCALE) && *value < 100000) *value *= l[j++].value;
  return j;
}

/* How many: a number, "a", "a few", "several", "two or three", "two to three"; 0 stands for an unsaid number. */
static uint32_t quantity(const scan *s, uint32_t i, int32_t *value) {
  uint32_t j = number(s, i, value);
  if (j > i) {
    uint32_t more = past_word(s, past_hyphen(s, j), "to|or|and");
    int32_t other;
    uint32_t k = more > j ? number(s, more, &other) : j;
    if (k > more && !sign_at(s, j, '-') && !word_at(s, j, "and")) return k;
    return j;
  }
  uint32_t a = past_word(s, i, "a|an|the|another|one|its|his|her|their");
  if (kind_at(s, a, DEM_LEX_VAGUE)) return *value = word_at(s, a, "couple") ? 2 : 0, past_word(s, a + 1, "of|more");
  if (in_list(s, i, "a|an|another")) return *value = 1, past_word(s, i + 1, "single|full|whole|mere|further");
  return i;
}

static bool is_unit(const scan *s, uint32_t i) { return kind_at(s, i, DEM_LEX_UNIT) || kind_at(s, i, DEM_LEX_UNITS); }

/* "a year", "two hours", "10-year", "seconds"; fills count and unit. */
static uint32_t measure(const scan *s, uint32_t i, dem_when *w) {
  int32_t value;
  uint32_t j = quantity(s, i, &value);
  if (j == i) return i;
  if (kind_at(s, i, DEM_LEX_DIGITS) && s->lex[i].digits == 0 && value < 100) return i;
  uint32_t k = past_word(s, past_hyphen(s, j), "more|full|trading|consecutive|straight|whole|additional|calendar|working|long");
  bool share = in_list(s, k, "quarter|quarters") && (sign_at(s, k - 1, '-') || word_at(s, k + 1, "of")); /* "three-quarters" */
  bool rate = in_list(s, i, "a|an") && i > 0 && (kind_at(s, i - 1, DEM_LEX_DIGITS) || in_list(s, i - 1, "million|billion|thousand|cents|percent|dollars|pounds|euros|tons|barrels|units|times"));
  rate = rate && !in_list(s, k + 1, "ago|earlier|before|later|after");
  if (share || rate) return i; /* "$2 million a year" */
  if (!is_unit(s, k) || (value == 1 && kind_at(s, k, DEM_LEX_UNITS))) return i;
  if (kind_at(s, i, DEM_LEX_DIGITS) && s->lex[i].digits == 4 && kind_at(s, k, DEM_LEX_UNIT)) return i; /* "the 1988 quarter" */
  w->count = value;
  w->unit = s->lex[k].text.data[0];
  if (word_at(s, k + 1, "and") && in_list(s, k + 2, "a|one") && word_at(s, k + 3, "half")) return w->half_more = true, k + 4;
  return k + 1;
}

static uint32_t approximation(const scan *s, uint32_t i) {
  if (in_list(s, i, "more|less|fewer") && word_at(s, i + 1, "than")) return i + 2;
  if (word_at(s, i, "at") && in_list(s, i + 1, "least|most")) return i + 2;
  return kind_at(s, i, DEM_LEX_APPROX) ? i + 1 : i;
}

/* ---- parts of dates ---- */

static bool ends_sentence(const scan *s, uint32_t i) {
  return kind_at(s, i, DEM_LEX_END) || (s->lex[i].capital && !kind_at(s, i, DEM_LEX_MONTH));
}

/* A month's name; "may" and "march" only when capital and no verb; takes the point of an abbreviation. */
static uint32_t month(const scan *s, uint32_t i, int32_t *value) {
  const dem_lex *l = &s->lex[i];
  if (l->kind != DEM_LEX_MONTH || !l->capital) return i;
  bool verb = in_list(s, i, "may|march|mar") && (upos(s, i) == DEM_UPOS_AUX || upos(s, i) == DEM_UPOS_VERB);
  if (verb && !kind_at(s, i + 1, DEM_LEX_DIGITS)) return i;
  bool short_form = l->word.len <= 4 && !in_list(s, i, "may|june|july");
  bool led = i > 0 && in_list(s, i - 1, "in|of|last|this|next|since|until|till|by|from|to|and|early|late|mid");
  if (short_form && !sign_at(s, i + 1, '.') && !kind_at(s, i + 1, DEM_LEX_DIGITS) && !led) return i; /* "Jan" is a given name too */
  *value = l->value;
  return short_form && sign_at(s, i + 1, '.') && s->lex[i + 1].glued && !ends_sentence(s, i + 2) ? i + 2 : i + 1;
}

static bool is_year(const scan *s, uint32_t i) {
  const dem_lex *l = &s->lex[i];
  return l->kind == DEM_LEX_DIGITS && l->digits == 4 && l->value >= 1000 && l->value < 2200;
}

/* "2020", "'99"; with "BC" behind it. */
static uint32_t year(const scan *s, uint32_t i, dem_when *w) {
  const dem_lex *l = s->lex;
  if (sign_at(s, i, '\'') && kind_at(s, i + 1, DEM_LEX_DIGITS) && l[i + 1].digits == 2 && l[i + 1].glued) {
    w->year = l[i + 1].value + (l[i + 1].value < 30 ? 2000 : 1900);
    return i + 2;
  }
  int32_t rest;
  if (word_at(s, i, "nineteen") && kind_at(s, i + 1, DEM_LEX_NUMBER) && l[i + 1].value >= 10) {
    uint32_t end = number(s, i + 1, &rest);
    return rest < 100 ? (w->year = 1900 + rest, end) : i;
  }
  if (!kind_at(s, i, DEM_LEX_DIGITS) || !l[i].digits || l[i].digits > 4) return i;
  if (in_list(s, i + 1, "bc|bce") && l[i + 1].capital) return w->year = l[i].value, w->bc = true, i + 2;
  if (word_at(s, i + 1, "b") && sign_at(s, i + 2, '.') && word_at(s, i + 3, "c"))
    return w->year = l[i].value, w->bc = true, sign_at(s, i + 4, '.') ? i + 5 : i + 4;
  if (!is_year(s, i)) return i;
  w->year = l[i].value;
  return i + 1;
}

/* A year behind a month or a day: ", 2020", " 2020", " of 2020", " of that year". */
static uint32_t year_behind(const scan *s, uint32_t i, dem_when *w) {
  uint32_t j = sign_at(s, i, ',') || word_at(s, i, "of") ? i + 1 : i;
  uint32_t k = year(s, j, w);
  if (k > j) return k;
  if (!word_at(s, i, "of")) j = i;
  k = past_word(s, j, "the");
  if (in_list(s, k, "last|this|next|that|same") && word_at(s, k + 1, "year")) {
    if (!in_list(s, k, "that|same")) w->rel = s->lex[k].value;
    return k + 2;
  }
  return i;
}

static bool day_number(const scan *s, uint32_t i, int32_t *value) {
  const dem_lex *l = &s->lex[i];
  bool is = (l->kind == DEM_LEX_DIGITS && (l->digits == 1 || l->digits == 2)) || l->kind == DEM_LEX_ORDINAL;
  bool clock = sign_at(s, i + 1, ':') && kind_at(s, i + 2, DEM_LEX_DIGITS) && s->lex[i + 2].glued;
  if (!is || l->value < 1 || l->value > 31 || clock || sign_at(s, i + 1, '%')) return false;
  *value = l->value;
  return true;
}

static uint32_t part_of_day(const scan *s, uint32_t i, dem_when *w) {
  if (!kind_at(s, i, DEM_LEX_PART)) return i;
  w->part = s->lex[i].text;
  return i + 1;
}

/* "Friday", "Friday morning", "Friday," before a date. */
static uint32_t weekday(const scan *s, uint32_t i, dem_when *w) {
  if (!kind_at(s, i, DEM_LEX_WEEKDAY) || !s->lex[i].capital) return i;
  bool short_form = s->lex[i].word.len <= 5;
  if (short_form && in_list(s, i, "sun|sat|wed|fri") && !sign_at(s, i + 1, '.') && !kind_at(s, i + 1, DEM_LEX_MONTH) &&
      !(sign_at(s, i + 1, ',') && kind_at(s, i + 2, DEM_LEX_MONTH)))
    return i;
  w->weekday = s->lex[i].value;
  return short_form && sign_at(s, i + 1, '.') && !ends_sentence(s, i + 2) ? i + 2 : i + 1;
}

/* "June 26[th][, 2020]", "June 2020", "June". */
static uint32_t month_first(const scan *s, uint32_t i, dem_when *w) {
  int32_t m, d;
  uint32_t j = month(s, i, &m);
  if (j == i) return i;
  w->month = m;
  uint32_t k = past_word(s, j, "the");
  if (day_number(s, k, &d) && !(kind_at(s, k, DEM_LEX_ORDINAL) && is_unit(s, k + 1))) {
    w->day = d;
    j = k + 1;
    if (sign_at(s, j, ',') && !is_year(s, j + 1)) return j;
  }
  return year_behind(s, j, w);
}

/* "26 June[, 2020]", "the 26th of June". */
static uint32_t day_first(const scan *s, uint32_t i, dem_when *w) {
  int32_t m, d;
  uint32_t the = past_word(s, i, "the");
  if (!day_number(s, the, &d)) return i;
  uint32_t day_of = past_word(s, past_word(s, the + 1, "day"), "of"), j = month(s, day_of, &m);
  if (j == day_of) return i;
  w->day = d;
  w->month = m;
  return year_behind(s, j, w);
}

/* "2020-06-26", "6/26/2020", "06/26/98". */
static uint32_t numeric_date(const scan *s, uint32_t i, dem_when *w) {
  const dem_lex *l = s->lex;
  char sign = kind_at(s, i, DEM_LEX_DIGITS) ? l[i + 1].sign : 0;
  if ((sign != '-' && sign != '/') || !sign_at(s, i + 1, sign) || !kind_at(s, i + 2, DEM_LEX_DIGITS) || !sign_at(s, i + 3, sign) ||
      !kind_at(s, i + 4, DEM_LEX_DIGITS))
    return i;
  bool iso = l[i].digits == 4;
  int32_t y = iso ? l[i].value : l[i + 4].value, m = iso ? l[i + 2].value : l[i].value, d = iso ? l[i + 4].value : l[i + 2].value;
  if (!iso && l[i + 4].digits == 2) y += y < 30 ? 2000 : 1900;
  if (!iso && m > 12 && d <= 12) {
    int32_t swap = m;
    m = d;
    d = swap;
  }
  if (m < 1 || m > 12 || d < 1 || d > 31 || y < 1000 || y > 2200) return i;
  w->year = y;
  w->month = m;
  w->day = d;
  return i + 5;
}

static uint32_t date(const scan *s, uint32_t i, dem_when *w) {
  uint32_t j = month_first(s, i, w);
  if (j == i) j = day_first(s, i, w);
  return j == i ? numeric_date(s, i, w) : j;
}

/* "[Friday[,]] June 26 ...", "Friday [the 13th]", "Friday night". */
static uint32_t weekday_date(const scan *s, uint32_t i, dem_when *w) {
  w->kind = DEM_WHEN_CALENDAR;
  uint32_t j = weekday(s, i, w);
  uint32_t k = j > i && sign_at(s, j, ',') ? j + 1 : j;
  dem_when dated = *w;
  uint32_t end = date(s, k, &dated);
  if (end > k && (j == i || dated.day != DEM_UNSAID)) {
    *w = dated;
    return part_of_day(s, end, w);
  }
  return j > i ? part_of_day(s, j, w) : i;
}

/* ---- times of day ---- */

static uint32_t zone(const scan *s, uint32_t i) {
  if (kind_at(s, i, DEM_LEX_ZONE) && s->lex[i].capital) return i + 1;
  return sign_at(s, i, '(') && kind_at(s, i + 1, DEM_LEX_ZONE) && sign_at(s, i + 2, ')') ? i + 3 : i;
}

/* "am", "a.m.", "p.m"; true hour in w. */
static uint32_t half_day(const scan *s, uint32_t i, dem_when *w) {
  uint32_t j = i;
  bool pm = in_list(s, i, "p|pm");
  if (in_list(s, i, "am|pm")) j = i + 1;
  else if (in_list(s, i, "a|p") && sign_at(s, i + 1, '.') && word_at(s, i + 2, "m"))
    j = sign_at(s, i + 3, '.') && s->lex[i + 3].glued ? i + 4 : i + 3;
  if (j == i || w->hour > 12) return i;
  w->hour = w->hour % 12 + (pm ? 12 : 0);
  if (w->minute == DEM_UNSAID) w->minute = 0;
  return j;
}

/* "10:35 a.m.", "5 p.m. EST", "1400 GMT", "10:57", "noon". */
static uint32_t clock(const scan *s, uint32_t i, dem_when *w) {
  const dem_lex *l = s->lex;
  if (kind_at(s, i, DEM_LEX_PART) && in_list(s, i, "noon|midday|midnight")) {
    w->hour = word_at(s, i, "midnight") ? 24 : 12;
    w->minute = word_at(s, i, "midnight") ? DEM_UNSAID : 0;
    return i + 1;
  }
  if (!kind_at(s, i, DEM_LEX_DIGITS) || !l[i].digits || l[i].digits > 4) return i;
  bool minutes = l[i].digits <= 2 && (sign_at(s, i + 1, ':') || sign_at(s, i + 1, '.')) && l[i + 1].glued &&
                 kind_at(s, i + 2, DEM_LEX_DIGITS) && l[i + 2].digits == 2 && l[i + 2].value < 60;
  uint32_t j = minutes ? i + 3 : i + 1;
  w->hour = l[i].digits <= 2 ? l[i].value : l[i].value / 100;
  w->minute = minutes ? l[i + 2].value : l[i].digits > 2 ? l[i].value % 100 : DEM_UNSAID;
  uint32_t k = half_day(s, j, w), z = zone(s, k > j ? k : j);
  if (k > j) return z;
  if (w->hour > 24 || (w->minute != DEM_UNSAID && w->minute > 59)) return i;
  if (z > j && (minutes || l[i].digits == 4)) return z;
  return minutes && sign_at(s, i + 1, ':') ? j : i;
}

/* "5 p.m. EST Nov. 9", "9 a.m. Tuesday", "noon Saturday". */
static uint32_t clock_date(const scan *s, uint32_t i, dem_when *w) {
  w->kind = DEM_WHEN_CALENDAR;
  uint32_t j = clock(s, i, w);
  if (j == i) return i;
  dem_when dated = *w;
  uint32_t k = sign_at(s, j, ',') ? j + 1 : j, end = weekday_date(s, k, &dated);
  if (end > k && (dated.day != DEM_UNSAID || dated.weekday != DEM_UNSAID)) return *w = dated, end;
  if (kind_at(s, j, DEM_LEX_DAY)) {
    w->kind = DEM_WHEN_DAY;
    w->rel = s->lex[j].value;
    return j + 1;
  }
  return j;
}

/* ---- years, seasons, quarters, decades ---- */

static bool counts_things(const scan *s, uint32_t i) {
  uint8_t tag = upos(s, i);
  return tag == DEM_UPOS_NOUN && (kind_at(s, i, DEM_LEX_WORD) || is_unit(s, i)) && !s->lex[i].capital;
}

/* A year alone. An amount is refused: money, a count of things that no preposition of time introduces. */
static uint32_t bare_year(const scan *s, uint32_t i, dem_when *w) {
  w->kind = DEM_WHEN_CALENDAR;
  uint32_t j = year(s, i, w);
  bool led = i > 0 && (in_list(s, i - 1, "in|since|until|till|by|from|during|for|of|and|to|through|before|after|between|late|early|mid|year|fiscal|around|about|post|pre") || sign_at(s, i - 1, '('));
  if (j == i && s->bc && led && kind_at(s, i, DEM_LEX_DIGITS) && s->lex[i].digits == 3)
    return w->year = s->lex[i].value, w->bc = true, i + 1;
  if (j == i || w->bc || sign_at(s, i, '\'')) return j;
  if (i > 0 && (in_list(s, i - 1, "no|number|about|than") || sign_at(s, i - 1, '$') || sign_at(s, i - 1, '.') || sign_at(s, i - 1, ':')) && !led) return i;
  if (sign_at(s, j, '%') || (sign_at(s, j, ':') && s->lex[j].glued && kind_at(s, j + 1, DEM_LEX_DIGITS))) return i;
  if (sign_at(s, j, '-') && s->lex[j].glued && counts_things(s, j + 1) && s->lex[j + 1].glued) return i;
  if (kind_at(s, i, DEM_LEX_DIGITS) && s->lex[i].value < 1500 && !led) return i;
  return counts_things(s, j) && !(led && in_list(s, i - 1, "in|since|by|during|late|early|mid|of|the")) && s->lex[i].value % 100 == 0 ? i : j;
}

/* "[the] [year] 2020", "fiscal 1989", "FY2020". */
static uint32_t named_year(const scan *s, uint32_t i, dem_when *w) {
  w->kind = DEM_WHEN_CALENDAR;
  uint32_t j = past_word(s, i, "the"), k = past_word(s, past_word(s, j, "fiscal|fy|calendar|year"), "year");
  if (k == j) return i;
  uint32_t end = year(s, k, w);
  if (end > k) return end;
  int32_t n;
  end = number(s, k, &n); /* "the year two thousand" */
  return end > k && n >= 2000 && n < 2100 && word_at(s, k - 1, "year") ? (w->year = n, end) : i;
}

/* "[the] summer [of] [2016]", "last fall", "this spring". */
static uint32_t season(const scan *s, uint32_t i, dem_when *w) {
  w->kind = DEM_WHEN_CALENDAR;
  uint32_t j = past_word(s, i, "the");
  if (kind_at(s, j, DEM_LEX_EDGE)) w->edge = edge_of(s->lex[j].text), j++;
  if (kind_at(s, j, DEM_LEX_REL)) w->rel = s->lex[j].value, j++;
  j = past_word(s, j, "past|coming");
  uint32_t y = year(s, j, w);
  bool year_first = y > j && kind_at(s, y, DEM_LEX_SEASON);
  if (year_first) j = y;
  else w->year = DEM_UNSAID;
  if (!kind_at(s, j, DEM_LEX_SEASON)) return i;
  w->season = s->lex[j].text;
  uint32_t end = year_first ? j + 1 : year_behind(s, j + 1, w);
  bool led = i > 0 && in_list(s, i - 1, "in|during|since|by|until|through|of|and");
  bool sure = year_first || end > j + 1 || w->rel != DEM_UNSAID || (led && (j > i || !word_at(s, j, "fall"))) || w->edge;
  return sure && upos(s, j) != DEM_UPOS_VERB ? end : i;
}

/* Which quarter or half: "third", "fiscal third-", "last". */
static uint32_t quarter_name(const scan *s, uint32_t i, dem_when *w, int32_t *which) {
  uint32_t j = past_word(s, i, "fiscal");
  if (j > i) j = past_hyphen(s, j), w->text = DEM_S("fiscal");
  if (kind_at(s, j, DEM_LEX_ORDINAL) && s->lex[j].value >= 1 && s->lex[j].value <= 4) *which = s->lex[j].value;
  else if (in_list(s, j, "last|latter") && word_at(s, j + 1, "half")) *which = 2;
  else return i;
  uint32_t k = past_word(s, past_hyphen(s, j + 1), "fiscal");
  if (word_at(s, k, "quarter")) return w->unit = 'Q', k + 1;
  return word_at(s, k, "half") && *which <= 2 ? (w->unit = 'H', k + 1) : i;
}

/* "the third quarter [of 1990]", "third-quarter", "this year's first quarter", "the 1988 second quarter", "the 1988 period", "the second half of 2008". */
static uint32_t quarter(const scan *s, uint32_t i, dem_when *w) {
  w->kind = DEM_WHEN_CALENDAR;
  int32_t which;
  uint32_t j = past_word(s, i, "the"), y = year(s, j, w);
  if (y == j && kind_at(s, j, DEM_LEX_REL) && word_at(s, j + 1, "year") && sign_at(s, j + 2, '\'')) {
    w->rel = s->lex[j].value;
    y = past_word(s, j + 3, "s");
  } else if (y > j && sign_at(s, y, '\'')) {
    y = past_word(s, y + 1, "s");
  }
  if (y > j && j > i && in_list(s, y, "quarter|period")) return w->kind = DEM_WHEN_UNIT, w->unit = 'Q', w->text = DEM_S("quarter"), y + 1;
  uint32_t k = quarter_name(s, y, w, &which);
  if (k == y || (j > i && sign_at(s, k - 2, '-') && y == j)) return i;
  if (w->unit == 'Q') w->quarter = which;
  else w->half = which;
  return y == j ? year_behind(s, k, w) : k;
}

/* "1980s", "the '80s", "the nineties", "the mid-1990s"; "the 20th century", "nineteenth-century". */
static uint32_t decade(const scan *s, uint32_t i, dem_when *w) {
  w->kind = DEM_WHEN_CALENDAR;
  const dem_lex *l = s->lex;
  uint32_t j = past_word(s, i, "the");
  if (kind_at(s, j, DEM_LEX_EDGE)) w->edge = edge_of(l[j].text), j = past_hyphen(s, j + 1);
  if (kind_at(s, j, DEM_LEX_DECADE) && j > i) return w->decade = 1900 + l[j].value, j + 1;
  if (kind_at(s, j, DEM_LEX_ORDINAL)) {
    uint32_t k = past_hyphen(s, j + 1);
    if (!word_at(s, k, "century") || l[j].value < 1 || l[j].value > 30) return i;
    w->century = l[j].value - 1;
    w->bc = in_list(s, k + 1, "bc|bce");
    return w->bc ? k + 2 : k + 1;
  }
  uint32_t digits = sign_at(s, j, '\'') ? j + 1 : j;
  if (!kind_at(s, digits, DEM_LEX_DIGITS) || l[digits].value % 10) return i;
  uint32_t end = sign_at(s, digits + 1, '\'') ? digits + 2 : digits + 1;
  if (!word_at(s, end, "s") || !l[end].glued) return i;
  if (l[digits].digits == 4) w->decade = l[digits].value;
  else if (l[digits].digits == 2 && (digits > j || l[digits].value >= 20)) w->decade = 1900 + l[digits].value;
  else if (l[digits].digits == 3 && in_list(s, end + 1, "bc|bce")) return w->decade = l[digits].value, w->bc = true, end + 2;
  else return i;
  return end + 1;
}

/* ---- units by their distance ---- */

/* "last month", "this week", "the following year", "earlier this year", "the weekend", "next Monday", "last August". */
static uint32_t relative(const scan *s, uint32_t i, dem_when *w) {
  const dem_lex *l = s->lex;
  uint32_t j = i;
  if (kind_at(s, j, DEM_LEX_EDGE)) {
    w->edge = edge_of(l[j].text);
    j = past_word(s, past_hyphen(s, j + 1), "in");
  }
  bool the = in_list(s, j, "the|its");
  if (the) j++;
  if (!kind_at(s, j, DEM_LEX_REL)) return i;
  w->rel = l[j].value;
  bool narrative = in_list(s, j, "previous|following|preceding|subsequent|that|same") || (the && word_at(s, j, "next"));
  bool again = w->rel == 2 || (w->rel == 0 && !narrative);
  j = past_word(s, j + 1, again ? "same|very|past|coming" : "fiscal|calendar");
  if (w->rel == 2) w->rel = 0;
  if (in_list(s, j - 1, "past|coming") && j > i + 1) w->rel = word_at(s, j - 1, "past") ? -1 : 1;
  j = past_word(s, j, "fiscal");
  w->kind = narrative ? DEM_WHEN_SAME : DEM_WHEN_UNIT;
  if (kind_at(s, j, DEM_LEX_UNIT)) {
    w->unit = l[j].text.data[0];
    if (the && word_at(s, j + 1, "of") && w->rel) { /* "the last week of August" */
      w->kind = DEM_WHEN_LENGTH;
      w->count = 1;
      return j + 1;
    }
    bool day = w->unit == 'D' || w->unit == 'H' || w->unit == 'T' || w->unit == 'S';
    return day && !narrative ? i : j + 1;
  }
  if (w->kind == DEM_WHEN_SAME && kind_at(s, j, DEM_LEX_PART)) return w->unit = 'D', part_of_day(s, j, w);
  uint32_t end = weekday(s, j, w);
  w->kind = DEM_WHEN_CALENDAR;
  if (end > j) return part_of_day(s, end, w);
  return month(s, j, &w->month) > j ? weekday_date(s, j, w) : i;
}

/* "this morning", "last night", "tonight", "late yesterday", "tomorrow evening", "overnight". */
static uint32_t deictic(const scan *s, uint32_t i, dem_when *w) {
  uint32_t j = i;
  w->kind = DEM_WHEN_DAY;
  if (kind_at(s, j, DEM_LEX_EDGE)) w->edge = edge_of(s->lex[j].text), j++;
  if (kind_at(s, j, DEM_LEX_DAY)) return w->rel = s->lex[j].value, part_of_day(s, j + 1, w);
  if (kind_at(s, j, DEM_LEX_NIGHT)) return w->rel = s->lex[j].value, w->part = DEM_S("NI"), j + 1;
  if (in_list(s, j, "this|last") && kind_at(s, j + 1, DEM_LEX_PART)) {
    w->rel = word_at(s, j, "last") ? -1 : 0;
    return part_of_day(s, j + 1, w);
  }
  return i;
}

/* "year-ago", "the year-earlier quarter", "weeks ago": a unit without a number. */
static uint32_t bare_shift(const scan *s, uint32_t i, dem_when *w) {
  uint32_t j = past_word(s, i, "the");
  if (!is_unit(s, j)) return i;
  bool one = kind_at(s, j, DEM_LEX_UNIT);
  uint32_t k = past_hyphen(s, j + 1);
  if (one == (k == j + 1) || (!one && j > i) || !in_list(s, k, "ago|earlier|later")) return i;
  w->unit = s->lex[j].text.data[0];
  w->count = one ? 1 : 0;
  w->rel = word_at(s, k, "later") ? 1 : -1;
  w->text = s->lex[k].word;
  if (!one) return k + 1;
  uint32_t nth = kind_at(s, k + 1, DEM_LEX_ORDINAL) && word_at(s, k + 2, "quarter") ? k + 2 : k + 1;
  if (nth > k + 1 && s->lex[k + 1].value >= 1 && s->lex[k + 1].value <= 4) { /* "the year-ago third quarter" */
    w->kind = DEM_WHEN_CALENDAR;
    w->quarter = s->lex[k + 1].value;
    return nth + 1;
  }
  uint32_t end = past_word(s, k + 1, "quarter|period");
  return j > i && end == k + 1 ? i : end; /* "the year-ago level": without the article */
}

/* "[about] two days ago", "a year earlier", "three weeks later". */
static uint32_t shift(const scan *s, uint32_t i, dem_when *w) {
  w->kind = DEM_WHEN_SHIFT;
  uint32_t start = approximation(s, i), j = measure(s, start, w);
  if (j == start) return bare_shift(s, i, w);
  if (word_at(s, j, "or") && word_at(s, j + 1, "so")) j += 2;
  if (in_list(s, j, "earlier|previously|ago|before")) w->rel = -1;
  else if (in_list(s, j, "later|after|afterwards|afterward|hence|on")) w->rel = 1;
  else return i;
  if (in_list(s, j, "before|after|on") && !sign_at(s, j + 1, ',') && !sign_at(s, j + 1, '.')) return i;
  w->text = s->lex[j].word;
  return j + 1;
}

/* "the past three weeks", "recent months", "the next few days", "the last two hours", "coming years". */
static uint32_t stretch(const scan *s, uint32_t i, dem_when *w) {
  w->kind = DEM_WHEN_STRETCH;
  uint32_t j = past_word(s, word_at(s, i, "over") ? i : approximation(s, i), "the|these"), k = j;
  bool recent = word_at(s, j, "recent");
  if (!kind_at(s, j, DEM_LEX_REL) && !recent) return i;
  w->rel = recent ? -1 : s->lex[j].value;
  j = k + 1;
  k = measure(s, j, w);
  if (k > j) {
    if (word_at(s, k, "or") && word_at(s, k + 1, "so")) k += 2;
    return w->rel == 0 || w->rel == 2 ? i : k;
  }
  if (kind_at(s, j, DEM_LEX_UNITS) && (w->rel == -1 || w->rel == 1)) return w->unit = s->lex[j].text.data[0], j + 1;
  bool one = (word_at(s, j - 1, "past")) && kind_at(s, j, DEM_LEX_UNIT) && in_list(s, i, "the"); /* "the past year" */
  return one ? (w->count = 1, w->unit = s->lex[j].text.data[0], j + 1) : i;
}

/* "two hours", "a 10-year", "nearly three years", "the first nine months", "weeks". */
static uint32_t length(const scan *s, uint32_t i, dem_when *w) {
  w->kind = DEM_WHEN_LENGTH;
  uint32_t start = approximation(s, i), the = past_word(s, start, "the");
  if (the > start) the = kind_at(s, the, DEM_LEX_ORDINAL) || in_list(s, the, "final|latest|full") ? the + 1 : the;
  uint32_t j = measure(s, the, w);
  if (j > the && w->unit != 'B') {
    if (in_list(s, the, "a|an") && the > start) return i;
    if (the > start && sign_at(s, j - 2, '-')) return i; /* "the 30-day": without the article */
    uint32_t whole = past_word(s, past_hyphen(s, j), "long");
    if (word_at(s, whole, "old")) return i; /* an age */
    if (sign_at(s, j, '-') && in_list(s, j + 1, "ago|earlier")) return i; /* "a year-earlier": without the article */
    return whole > past_hyphen(s, j) ? whole : j;
  }
  bool plural = kind_at(s, i, DEM_LEX_UNITS) && !sign_at(s, i + 1, '\'');
  if (!plural || in_list(s, i, "seconds|weekends|quarters")) return i;
  bool led = i > 0 && in_list(s, i - 1, "for|in|within|after|over|of|took|takes|take|spent|lasted|last|by");
  return led ? (w->unit = s->lex[i].text.data[0], i + 1) : i;
}

/* "daily", "every Monday", "each year", "every two weeks", "per month", "Mondays". */
static uint32_t repeated(const scan *s, uint32_t i, dem_when *w) {
  w->kind = DEM_WHEN_SET;
  const dem_lex *l = s->lex;
  if (kind_at(s, i, DEM_LEX_SET)) return l[i].capital && i > 0 ? i : (w->text = l[i].text, i + 1);
  if (kind_at(s, i, DEM_LEX_WEEKDAYS) && l[i].capital) return w->weekday = l[i].value, i + 1;
  if (!in_list(s, i, "every|each|per")) return i;
  uint32_t j = past_word(s, i + 1, "other");
  w->count = j > i + 1 ? 2 : 1;
  if (kind_at(s, j, DEM_LEX_WEEKDAY)) return w->weekday = l[j].value, part_of_day(s, j + 1, w);
  if (kind_at(s, j, DEM_LEX_MONTH) && l[j].capital) return w->month = l[j].value, j + 1;
  if (kind_at(s, j, DEM_LEX_UNIT)) return w->unit = l[j].text.data[0], j + 1;
  int32_t n;
  uint32_t k = number(s, j, &n);
  return k > j && is_unit(s, k) ? (w->count = n, w->unit = l[k].text.data[0], k + 1) : i;
}

/* "now", "recently", "the future". */
static uint32_t reference(const scan *s, uint32_t i, dem_when *w) {
  w->kind = DEM_WHEN_REF;
  uint32_t j = past_word(s, i, "right|just|more|very|until");
  if (kind_at(s, j, DEM_LEX_REF) && !(word_at(s, j, "shortly") && in_list(s, j + 1, "after|before|afterwards|thereafter"))) {
    if (j > i && !word_at(s, i, "more") && !word_at(s, i, "right")) return i;
    if (word_at(s, j, "soon") && (in_list(s, j + 1, "as|after|enough|thereafter") || (i > 0 && in_list(s, i - 1, "as|too|how")))) return i;
    return w->text = s->lex[j].text, j + 1;
  }
  uint32_t the = past_word(s, past_word(s, i, "the"), "near|foreseeable|distant|recent");
  if (kind_at(s, the, DEM_LEX_REFNOUN) && the > i && upos(s, the) != DEM_UPOS_ADJ) return w->text = s->lex[the].text, the + 1;
  if (word_at(s, i, "current") && !is_unit(s, i + 1) && upos(s, i) == DEM_UPOS_ADJ) return w->text = DEM_S("PRESENT_REF"), i + 1;
  bool past_noun = word_at(s, the, "past") && the > i && !is_unit(s, the + 1) && !kind_at(s, the + 1, DEM_LEX_DIGITS) &&
                   (kind_at(s, the + 1, DEM_LEX_SIGN) || kind_at(s, the + 1, DEM_LEX_END) ||
                    (i > 0 && word_at(s, i - 1, "in") && kind_at(s, the + 1, DEM_LEX_WORD) && upos(s, the + 1) != DEM_UPOS_NOUN &&
                     upos(s, the + 1) != DEM_UPOS_ADJ && upos(s, the + 1) != DEM_UPOS_PROPN));
  if (past_noun) return w->text = DEM_S("PAST_REF"), the + 1;
  if (word_at(s, i, "these") && word_at(s, i + 1, "days")) return w->text = DEM_S("PRESENT_REF"), i + 2;
  if (word_at(s, i, "as") && word_at(s, i + 1, "soon") && word_at(s, i + 2, "as") && word_at(s, i + 3, "possible"))
    return w->text = DEM_S("FUTURE_REF"), i + 4;
  if (word_at(s, i, "at") && word_at(s, i + 1, "present")) return w->text = DEM_S("PRESENT_REF"), i + 2;
  return i;
}

/* "the night of April 18, 1775", "the morning of Friday". */
static uint32_t part_of_date(const scan *s, uint32_t i, dem_when *w) {
  uint32_t j = past_word(s, past_word(s, i, "the"), "early|late"), k = part_of_day(s, j, w);
  if (k == j || !word_at(s, k, "of")) return i;
  dem_str part = w->part;
  uint32_t end = weekday_date(s, k + 1, w);
  if (end == k + 1 || (w->day == DEM_UNSAID && w->weekday == DEM_UNSAID)) return i;
  w->part = part;
  return end;
}

static uint32_t holiday(const scan *s, uint32_t i, dem_when *w) {
  w->kind = DEM_WHEN_CALENDAR;
  uint32_t j = kind_at(s, i, DEM_LEX_REL) ? i + 1 : i;
  if (!kind_at(s, j, DEM_LEX_HOLIDAY) || !s->lex[j].capital) return i;
  if (j > i) w->rel = s->lex[i].value;
  dem_str rest = s->lex[j].text;
  uint32_t m, d, weekday_number;
  if (!dem_str_u32(dem_str_cut(&rest, '-'), &m) || !dem_str_u32(dem_str_cut(&rest, '-'), &d)) return i;
  w->month = (int32_t)m;
  if (dem_str_u32(rest, &weekday_number)) w->holiday_week = (int32_t)d, w->weekday = (int32_t)weekday_number;
  else w->day = (int32_t)d;
  if (in_list(s, j + 1, "eve") && s->lex[j + 1].capital && !rest.len) w->day--;
  return year_behind(s, past_word(s, j + 1, "day|eve"), w);
}

/* "the year", "the quarter", "the latest period": the one that is spoken of. */
static uint32_t definite(const scan *s, uint32_t i, dem_when *w) {
  w->kind = DEM_WHEN_UNIT;
  if (!word_at(s, i, "the")) return i;
  uint32_t j = past_word(s, i + 1, "latest|full|fiscal|entire|whole");
  bool period = word_at(s, j, "period") && word_at(s, j - 1, "latest"); /* of results: the quarter spoken of */
  if ((!in_list(s, j, "year|quarter|weekend") && !period) || sign_at(s, j + 1, '-')) return i;
  w->unit = period ? 'Q' : s->lex[j].text.data[0];
  w->rel = w->unit == 'Q' ? -1 : 0;
  if (w->unit == 'Q') w->text = DEM_S("quarter");
  if (w->unit == 'Y' && in_list(s, j + 1, "ended|ending")) { /* "the year ended June 30": a length of time */
    w->kind = DEM_WHEN_LENGTH;
    w->count = 1;
    return j + 1;
  }
  return in_list(s, j + 1, "of|to|in|when|that") && w->unit != 'B' ? i : j + 1;
}

static rule *const rules[] = {weekday_date, clock_date, bare_year, named_year, season,   quarter,   decade,   relative,
                              deictic,      shift,      stretch,   length,     repeated, reference, holiday, definite,
                              part_of_date};

static uint32_t longest(const scan *s, uint32_t i, dem_when *out) {
  uint32_t best = i;
  for (size_t r = 0; r < sizeof rules / sizeof *rules; r++) {
    dem_when w;
    dem_when_clear(&w);
    uint32_t end = rules[r](s, i, &w);
    if (end <= best) continue;
    best = end;
    *out = w;
  }
  return best;
}

/* "the end of [the year]", "early in [1914]", "mid-[July]", "late [last week]": an edge before any of the others. */
static uint32_t edged(const scan *s, uint32_t i, dem_when *w) {
  uint32_t j = past_word(s, i, "the|around|this");
  if (word_at(s, j, "year") && word_at(s, past_hyphen(s, j + 1), "end")) {
    uint32_t end = past_hyphen(s, j + 1) + 1;
    dem_when_clear(w);
    w->kind = DEM_WHEN_UNIT;
    w->unit = 'Y';
    w->rel = 0;
    w->edge = DEM_EDGE_END;
    return end;
  }
  if (!kind_at(s, j, DEM_LEX_EDGE)) return i;
  dem_edge edge = edge_of(s->lex[j].text);
  uint32_t k = past_word(s, past_hyphen(s, j + 1), "part"), of = past_word(s, k, "of|in");
  if ((edge == DEM_EDGE_START || edge == DEM_EDGE_END) && !word_at(s, k, "of")) return i;
  k = of;
  uint32_t end = longest(s, k, w);
  bool calendar = end > k && (w->kind == DEM_WHEN_CALENDAR || w->kind == DEM_WHEN_UNIT || w->kind == DEM_WHEN_SAME);
  if (!calendar || (w->hour != DEM_UNSAID)) return i;
  w->edge = edge;
  return end;
}

/* Most words begin no expression: only those of the tables, and these. */
static bool begins(const scan *s, uint32_t i) {
  if (kind_at(s, i, DEM_LEX_SIGN)) return s->lex[i].sign == '\'';
  if (!kind_at(s, i, DEM_LEX_WORD)) return true;
  return in_list(s, i, "the|a|an|at|as|its|his|her|their|another|each|every|per|more|less|fewer|these|right|just|very|until|fiscal|fy|"
                       "calendar|latter");
}

uint32_t dem_when_at(const dem_doc *doc, const dem_lex *lex, uint32_t i, bool bc, dem_when *out) {
  scan s = {doc, lex, bc};
  if (lex[i].kind == DEM_LEX_END || !begins(&s, i)) return i;
  uint32_t end = longest(&s, i, out);
  dem_when edge;
  uint32_t k = edged(&s, i, &edge);
  if (k > end) {
    *out = edge;
    end = k;
  }
  if (end > i) out->before = i > 0 && in_list(&s, i - 1, "before|by|until|till");
  return end;
}
