/* Time expressions, from plain text through the tokenizer: spans, values, days; moved publication days; hostile runs. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "demarche.h"
#include "doc/doc.h"

static demarche_model *model;

static int open_model(void **state) {
  (void)state;
  demarche_error err;
  if (demarche_model_open(DEMARCHE_MODEL_PATH, &model, &err) == DEMARCHE_OK) return 0;
  fprintf(stderr, "%s\n", err.text);
  return 1;
}

static int close_model(void **state) {
  (void)state;
  demarche_model_close(model);
  return 0;
}

static demarche_doc *coded(const char *text, const char *date) {
  demarche_doc *doc = demarche_doc_new();
  assert_non_null(doc);
  assert_int_equal(demarche_set(doc, "date", dem_str_of(date), NULL), DEMARCHE_OK);
  assert_int_equal(demarche_code(doc, model, dem_str_of(text), NULL), DEMARCHE_OK);
  return doc;
}

/* "text=value from..to; " of every time expression. */
static void expect(const char *text, const char *date, const char *want) {
  char got[1024] = "";
  demarche_doc *doc = coded(text, date);
  for (uint32_t i = 0; i < doc->times.n; i++) {
    const dem_time *t = &doc->times.at[i];
    dem_str words = dem_doc_slice(doc, t->span), from = dem_day_format(&doc->arena, t->from), to = dem_day_format(&doc->arena, t->to);
    size_t n = strlen(got);
    snprintf(got + n, sizeof got - n, "%.*s=%.*s %.*s..%.*s; ", DEM_FMT(words), DEM_FMT(t->value), DEM_FMT(from), DEM_FMT(to));
  }
  demarche_doc_free(doc);
  assert_string_equal(got, want);
}

static void weekdays_look_back_or_ahead(void **state) {
  (void)state;
  expect("The ministers met on Monday.", "2020-06-26", "Monday=2020-06-22 2020-06-22..2020-06-22; ");
  expect("The ministers met on Friday.", "2020-06-26", "Friday=2020-06-26 2020-06-26..2020-06-26; ");
  expect("The ministers will meet on Monday.", "2020-06-26", "Monday=2020-06-29 2020-06-29..2020-06-29; ");
}

static void units_by_distance(void **state) {
  (void)state;
  expect("It fell last month.", "2020-01-15", "last month=2019-12 2019-12-01..2019-12-31; ");
  expect("It fell this week.", "2020-06-24", "this week=2020-W26 2020-06-22..2020-06-28; ");
  expect("It fell two weeks ago.", "2020-06-24", "two weeks ago=2020-W24 2020-06-08..2020-06-14; ");
  expect("It fell in the past three weeks.", "2020-06-24", "the past three weeks=P3W 2020-06-03..2020-06-24; ");
  expect("It must end before the end of the year.", "2020-06-24", "the end of the year=2020 2020-06-24..2020-12-31; ");
}

static void dates_as_written(void **state) {
  (void)state;
  expect("They signed it on June 26, 2015.", "2020-06-24", "June 26, 2015=2015-06-26 2015-06-26..2015-06-26; ");
  expect("They signed it on 26 June 2015.", "2020-06-24", "26 June 2015=2015-06-26 2015-06-26..2015-06-26; ");
  expect("They signed it in the third quarter of 1990.", "2020-06-24", "the third quarter of 1990=1990-Q3 1990-07-01..1990-09-30; ");
  expect("Talks lasted two hours.", "2020-06-24", "two hours=PT2H ..; ");
  expect("It ended 4000 days ago.", "2020-06-24", "4000 days ago=2009-07-12 2009-07-12..2009-07-12; ");
  expect("It ended 900000000 years ago.", "2020-06-24", "900000000 years ago=PAST_REF ..; ");
  expect("They met in the 1990s.", "2020-06-24", "the 1990s=199 1990-01-01..1999-12-31; ");
}

static void what_is_no_time(void **state) {
  (void)state;
  expect("Officials may march past 2000 troops at the 75th anniversary.", "2020-06-24", "");
  expect("They met on Monday.", "", "Monday=XXXX-WXX-1 ..; ");
}

/* Move the publication day and every relative day moves as far. */
static void moves_with_publication(void **state) {
  (void)state;
  static const char text[] = "They met on Monday, yesterday, today and tomorrow. Ten days ago it began; they will meet on Friday.";
  for (dem_day k = 0; k < 800; k += 7) {
    char date[16];
    dem_civil c = dem_civil_of(dem_day_of(2019, 12, 24) + k);
    snprintf(date, sizeof date, "%04d-%02u-%02u", c.year, c.month, c.day);
    demarche_doc *base = coded(text, "2019-12-24"), *moved = coded(text, date);
    assert_int_equal(base->times.n, 6);
    assert_int_equal(moved->times.n, 6);
    for (uint32_t i = 0; i < base->times.n; i++) {
      assert_int_equal(moved->times.at[i].from - base->times.at[i].from, k);
      assert_int_equal(moved->times.at[i].to - base->times.at[i].to, k);
    }
    demarche_doc_free(base);
    demarche_doc_free(moved);
  }
}

/* Whatever the words: spans in order inside the text, from <= to. */
static void holds_on_any_mix(void **state) {
  (void)state;
  static const char *const words[] = {"the",  "end",  "of",      "last", "31",    "February", "9999", "0",  "year", "ago", "a",      "BC",  "99999999",
                                      "next", "two",  "hundred", "'",    "s",     "-",        "Mon",  ".",  "noon", "p",   "m",      "Q",   "mid",
                                      "May",  "1990", "weeks",   "half", "third", "quarter",  "12",   ":", "30",   "GMT", "decades", "every"};
  uint32_t seed = 7;
  for (int round = 0; round < 300; round++) {
    char text[1024] = "It ";
    for (int i = 0; i < 40; i++) {
      seed = seed * 1103515245u + 12345u;
      strcat(text, words[(seed >> 16) % (sizeof words / sizeof *words)]);
      if (seed >> 31) strcat(text, " ");
    }
    demarche_doc *doc = coded(text, "2020-02-29");
    uint32_t end = 0;
    for (uint32_t i = 0; i < doc->times.n; i++) {
      const dem_time *t = &doc->times.at[i];
      assert_true(t->span.begin >= end && t->span.begin < t->span.end && t->span.end <= doc->text.len);
      assert_true((t->from == DEM_NO_DAY) == (t->to == DEM_NO_DAY) && t->from <= t->to);
      end = t->span.end;
    }
    demarche_doc_free(doc);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(weekdays_look_back_or_ahead), cmocka_unit_test(units_by_distance), cmocka_unit_test(dates_as_written),
    cmocka_unit_test(what_is_no_time), cmocka_unit_test(moves_with_publication), cmocka_unit_test(holds_on_any_mix)};
  return cmocka_run_group_tests(tests, open_model, close_model);
}
