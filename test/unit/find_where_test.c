/* Places: which names are, which of several, what is none; all from plain text with the packed gazetteer. */
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
  return demarche_model_open(DEMARCHE_MODEL_PATH, &model, NULL) == DEMARCHE_OK ? 0 : -1;
}

static int close_model(void **state) {
  (void)state;
  demarche_model_close(model);
  return 0;
}

/* "Words=Country/Area; " of every place; area only of towns. */
static void expect(const char *text, const char *want) {
  char got[1024] = "";
  demarche_doc *doc = demarche_doc_new();
  assert_non_null(doc);
  assert_int_equal(demarche_set(doc, "date", DEM_S("2020-06-26"), NULL), DEMARCHE_OK);
  assert_int_equal(demarche_code(doc, model, dem_str_of(text), NULL), DEMARCHE_OK);
  for (uint32_t i = 0; i < doc->places.n; i++) {
    const dem_place *p = &doc->places.at[i];
    dem_str words = dem_doc_slice(doc, p->span);
    size_t n = strlen(got);
    bool town = dem_str_starts(p->feature, "PPL");
    snprintf(got + n, sizeof got - n, "%.*s=%.*s%s%.*s; ", DEM_FMT(words), DEM_FMT(p->country), town ? "/" : "",
             town ? (int)p->admin1.len : 0, town ? p->admin1.data : "");
    assert_true(p->located && p->lat >= -9000000 && p->lat <= 9000000 && p->lon >= -18000000 && p->lon <= 18000000);
  }
  demarche_doc_free(doc);
  assert_string_equal(got, want);
}

static void landmarks_and_areas(void **state) {
  (void)state;
  expect("The parade took place in Red Square.", "Red Square=RUS; ");
  expect("Protesters gathered in Tahrir Square.", "Tahrir Square=EGY; ");
  expect("Rockets were fired from the Gaza Strip.", "Gaza Strip=PSE; ");
}

static void containers_decide(void **state) {
  (void)state;
  expect("The fire broke out in Alexandria, La., overnight.", "Alexandria=USA/Louisiana; La.=USA; ");
  expect("The fire broke out in Alexandria, Egypt, overnight.", "Alexandria=EGY/Alexandria; Egypt=EGY; ");
  expect("The fire broke out in Paris, Texas.", "Paris=USA/Texas; Texas=USA; ");
  expect("The fire broke out in Paris.", "Paris=FRA/Ile-de-France; ");
}

static void other_names_are_none(void **state) {
  (void)state;
  expect("The minister, John Washington, spoke in London.", "London=GBR/England; ");
  expect("They met in March and said no more.", "");
  expect("Give us time, they told the envoys.", "");
}

/* The letters of an acronym count: "us" is nobody's country. */
static void acronyms_are_spelt(void **state) {
  (void)state;
  expect("The envoy flew to the US.", "US=USA; ");
  expect("The envoy flew to us.", "");
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(landmarks_and_areas), cmocka_unit_test(containers_decide),
                                     cmocka_unit_test(other_names_are_none), cmocka_unit_test(acronyms_are_spelt)};
  return cmocka_run_group_tests(tests, open_model, close_model);
}
