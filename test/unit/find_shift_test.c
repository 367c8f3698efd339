/* Properties of times: a dispatch moved by k days moves every date that counts from its publication by k days, spans slice the
 * text, from <= to. Days of any k; weekdays and weeks of whole weeks; months, quarters and years of 28 years and of 400 years,
 * after which the calendar repeats itself. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/date.h"
#include "demarche.h"
#include "doc/doc.h"

enum { YEARS_28 = 10227, YEARS_400 = 146097 };

static demarche_model *model;

static int open_model(void **state) {
  (void)state;
  return demarche_model_open(DEMARCHE_MODEL_PATH, &model, NULL) == DEMARCHE_OK ? 0 : -1;
}

static int close_model(void **state) {
  (void)state;
  demarche_model_close(model);
  return 0;
}

static demarche_doc *code_on(const char *text, dem_day day) {
  char date[32];
  dem_civil c = dem_civil_of(day);
  snprintf(date, sizeof date, "%04d-%02u-%02u", (int)c.year, (unsigned)c.month, (unsigned)c.day);
  demarche_doc *doc = demarche_doc_new();
  assert_non_null(doc);
  assert_int_equal(demarche_set(doc, "date", dem_str_of(date), NULL), DEMARCHE_OK);
  assert_int_equal(demarche_code(doc, model, dem_str_of(text), NULL), DEMARCHE_OK);
  return doc;
}

static void check_whole(const demarche_doc *doc) {
  for (uint32_t i = 0; i < doc->times.n; i++) {
    const dem_time *t = &doc->times.at[i];
    assert_true(t->span.begin < t->span.end && t->span.end <= doc->text.len);
    assert_true(i == 0 || doc->times.at[i - 1].span.end <= t->span.begin);
    if (t->from != DEM_NO_DAY && t->to != DEM_NO_DAY) assert_true(t->from <= t->to);
  }
}

static void check_moved(const char *text, dem_day day, int32_t k, uint32_t times) {
  demarche_doc *here = code_on(text, day), *there = code_on(text, day + k);
  check_whole(here);
  assert_int_equal(here->times.n, times);
  assert_int_equal(there->times.n, times);
  for (uint32_t i = 0; i < times; i++) {
    const dem_time *a = &here->times.at[i], *b = &there->times.at[i];
    assert_int_not_equal(a->from, DEM_NO_DAY);
    if (b->from - a->from != k || b->to - a->to != k)
      fail_msg("%.*s moved by %d and %d days, not %d", DEM_FMT(dem_doc_slice(here, a->span)), (int)(b->from - a->from),
               (int)(b->to - a->to), (int)k);
  }
  assert_int_equal(here->events.n, there->events.n);
  for (uint32_t i = 0; i < here->events.n; i++) assert_int_equal(there->events.at[i].from - here->events.at[i].from, k);
  demarche_doc_free(here);
  demarche_doc_free(there);
}

static const char days[] = "The envoys met yesterday and will meet again tomorrow. Two days ago the army fired on a village. Soldiers held the town "
                           "for the past three days. The minister resigned today.";
static const char weeks[] = "Kenya closed the border on Tuesday. The talks failed last week, and the ministers will meet next Monday. They had met "
                            "three weeks ago. The army will leave on Sunday night.";
static const char months[] = "Kenya closed the border last month. The ministers will meet next year. Exports fell in the third quarter. The army "
                             "entered the town on March 3. The treaty was signed five years ago. The court will rule this summer.";

static void days_move_by_any_number(void **state) {
  (void)state;
  dem_day day = dem_day_of(2020, 6, 26);
  for (int32_t k = -40; k <= 400; k += 11) check_moved(days, day, k, 5);
}

static void weekdays_move_by_weeks(void **state) {
  (void)state;
  for (int32_t start = 0; start < 7; start++)
    for (int32_t k = 7; k <= 70; k += 21) check_moved(weeks, dem_day_of(2020, 6, 20) + start, k, 5);
}

static void months_move_by_calendars(void **state) {
  (void)state;
  for (uint32_t month = 1; month <= 12; month++) check_moved(months, dem_day_of(1992, month, 28), YEARS_28, 6);
  for (uint32_t month = 1; month <= 12; month++) check_moved(months, dem_day_of(1720, month, 17), YEARS_400, 6);
}

/* Without a date of publication relative expressions stay open and say so. */
static void unanchored_stays_open(void **state) {
  (void)state;
  demarche_doc *doc = demarche_doc_new();
  assert_non_null(doc);
  assert_int_equal(demarche_code(doc, model, dem_str_of("The envoys met yesterday. Kenya closed the border on Tuesday."), NULL), DEMARCHE_OK);
  assert_int_equal(doc->times.n, 2);
  for (uint32_t i = 0; i < doc->times.n; i++) {
    assert_int_equal(doc->times.at[i].from, DEM_NO_DAY);
    assert_int_equal(doc->times.at[i].precision, DEM_PRECISION_NONE);
    assert_true(doc->times.at[i].rule.len > 0);
  }
  demarche_doc_free(doc);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(days_move_by_any_number), cmocka_unit_test(weekdays_move_by_weeks),
                                     cmocka_unit_test(months_move_by_calendars), cmocka_unit_test(unanchored_stays_open)};
  return cmocka_run_group_tests(tests, open_model, close_model);
}
