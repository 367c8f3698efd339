/* Offices by day from the packed lexicon, and the codes of other schemes: intervals, snapshots, sources too old to know, CAMEO
 * actor codes composed in the manual's order, COW numbers. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "base/utf8.h"
#include "model/model.h"

static demarche_model *model;
static dem_arena arena;

static int open_model(void **state) {
  (void)state;
  dem_arena_init(&arena, (size_t)1 << 20);
  return demarche_model_open(DEMARCHE_MODEL_PATH, &model, NULL) == DEMARCHE_OK ? 0 : -1;
}

static int close_model(void **state) {
  (void)state;
  demarche_model_close(model);
  dem_arena_free(&arena);
  return 0;
}

static dem_day day(const char *iso) {
  dem_day d = DEM_NO_DAY;
  if (iso) assert_true(dem_day_parse(dem_str_of(iso), &d));
  return d;
}

/* "now|before|later|stale OFFICE" */
static void expect(const char *name, const char *on, const char *want) {
  char got[256];
  const dem_table *t = dem_model_table(model, DEM_TABLE_PEOPLE);
  uint32_t row = dem_table_find(t, dem_norm(&arena, dem_str_of(name)));
  assert_true(row != DEM_NONE);
  dem_office o = dem_office_on(model, row, day(on));
  const char *how = o.now != DEM_NONE ? "now" : o.last != DEM_NONE ? (o.last_is_stale ? "stale" : "before") : "later";
  row = o.now != DEM_NONE ? o.now : o.last != DEM_NONE ? o.last : o.next;
  snprintf(got, sizeof got, "%s %.*s", how, DEM_FMT(dem_table_cell(t, row, PEOPLE_OFFICE)));
  assert_string_equal(got, want);
}

static void an_office_counts_inside_its_interval(void **state) {
  (void)state;
  expect("Angela Merkel", "2005-11-22", "now Chancellor of Germany");
  expect("Angela Merkel", "2021-12-08", "now Chancellor of Germany");
  expect("Angela Merkel", "2021-12-09", "before Chancellor of Germany");
  expect("Emmanuel Macron", "2015-01-01", "now Economy Minister of France");
  expect("Emmanuel Macron", "2017-01-01", "before Economy Minister of France");
  expect("Emmanuel Macron", NULL, "now President of France");
}

static void an_open_end_is_trusted_for_a_while(void **state) {
  (void)state;
  expect("Emmanuel Macron", "2027-06-01", "now President of France");
  expect("Emmanuel Macron", "2030-01-01", "stale President of France");
}

static void a_list_of_one_month_is_trusted_a_year(void **state) {
  (void)state;
  dem_term june = {day("2019-06-01"), day("2019-06-30")};
  assert_true(dem_term_is_snapshot(june));
  assert_true(dem_term_holds(june, day("2018-06-01")) && dem_term_holds(june, day("2020-06-30")));
  assert_false(dem_term_holds(june, day("2018-05-30")) || dem_term_holds(june, day("2020-07-02")));
  assert_false(dem_term_holds(june, DEM_NO_DAY));
}

static void expect_code(const char *name, const char *country, const char *sector, const char *sectors, const char *want) {
  char got[32];
  dem_str code = dem_cameo_actor(&arena, model, dem_str_of(name), dem_str_of(country), dem_str_of(sector), dem_str_of(sectors));
  snprintf(got, sizeof got, "%.*s", DEM_FMT(code));
  assert_string_equal(got, want);
}

static void cameo_codes_are_composed(void **state) {
  (void)state;
  expect_code("", "FRA", "", "", "FRA");
  expect_code("", "FRA", "GOV", "MIL", "FRAGOVMIL");
  expect_code("", "CHL", "PTY", "GOV", "CHLGOVPTY"); /* PTY follows GOV */
  expect_code("", "KEN", "BUS", "GOV|BUS", "KENGOVBUS");
  expect_code("", "PER", "JRN", "", "PERMED");
  expect_code("", "PER", "MED", "", "PERHLH");
  expect_code("", "GEO", "GOV", "PRE", "GEOGOV"); /* no role for PRE */
  expect_code("", "KOS", "GOV", "", "KSVGOV");
  expect_code("", "ISM", "REL", "", "NGMREL");
  expect_code("", "", "MIL", "", "MIL");
  expect_code("", "FRA", "GOV", "MIL|COP|JUD|OPP|PTY", "FRAGOVMILCOPJUD"); /* five elements at most */
  expect_code("NATO", "IGO", "MIL", "", "IGOWSTNAT");
  expect_code("NATO", "FRA", "MIL", "", "FRAMIL"); /* another body of that name */
  expect_code("", "XXX", "YYY", "", "");
}

static void expect_cow(const char *country, const char *want) {
  char got[8];
  snprintf(got, sizeof got, "%.*s", DEM_FMT(dem_cow_number(&arena, model, dem_str_of(country))));
  assert_string_equal(got, want);
}

static void cow_numbers(void **state) {
  (void)state;
  expect_cow("USA", "2");
  expect_cow("DEU", "255");
  expect_cow("SRB", "345");
  expect_cow("UNO", "");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(an_office_counts_inside_its_interval), cmocka_unit_test(an_open_end_is_trusted_for_a_while),
      cmocka_unit_test(a_list_of_one_month_is_trusted_a_year), cmocka_unit_test(cameo_codes_are_composed),
      cmocka_unit_test(cow_numbers)};
  return cmocka_run_group_tests(tests, open_model, close_model);
}
