/* Names: whole by construction, found in our own sentences; damaged weights are refused or read
 * without harm. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "text/name.h"

static demarche_model *model;
static demarche_doc *doc;

static int open_model(void **state) {
  (void)state;
  demarche_error err;
  doc = demarche_doc_new();
  return doc && demarche_model_open(DEMARCHE_MODEL_PATH, &model, &err) == DEMARCHE_OK ? 0 : -1;
}

static int close_model(void **state) {
  (void)state;
  demarche_doc_free(doc);
  demarche_model_close(model);
  return 0;
}

/* The names as "PER[Ann Lee] LOC[Oslo]". */
static void named_as(const char *text, const char *want) {
  char got[2000] = "";
  size_t n = 0;
  assert_int_equal(demarche_parse(doc, model, (demarche_str){text, strlen(text)}, NULL), DEMARCHE_OK);
  for (uint32_t i = 0, end; i < doc->tokens.n; i = end) {
    const dem_token *t = doc->tokens.at;
    for (end = i + 1; t[i].name && end < doc->tokens.n && t[end].name && !t[end].name_begin;) end++;
    if (!t[i].name) continue;
    dem_str label = dem_name_text(t[i].name), words = dem_doc_words(doc, i, end);
    n += (size_t)snprintf(got + n, sizeof got - n, "%s%.*s[%.*s]", n ? " " : "", DEM_FMT(label), DEM_FMT(words));
  }
  assert_string_equal(got, want);
}

static void kinds(void **state) {
  (void)state;
  named_as("Angela Merkel met reporters in Nairobi on Monday.", "PER[Angela Merkel] LOC[Nairobi]");
  named_as("The French and Kenyan delegations left.", "GRP[French] GRP[Kenyan]");
  named_as("The World Health Organization sent doctors to Liberia.", "ORG[World Health Organization] LOC[Liberia]");
  named_as("they talked for two hours and agreed on nothing.", "");
}

static void moves(void **state) {
  (void)state;
  for (unsigned kind = 0; kind < DEM_NAME_COUNT - 1; kind++) {
    unsigned begins = 1 + 4 * kind, goes_on = begins + 1, ends = begins + 2, alone = begins + 3;
    assert_true(dem_name_may_follow(0, begins) && dem_name_may_follow(0, alone) && !dem_name_may_follow(0, goes_on) &&
                !dem_name_may_follow(0, ends));
    assert_true(dem_name_may_follow(begins, ends) && dem_name_may_follow(begins, goes_on) && !dem_name_may_follow(begins, 0));
    assert_true(dem_name_may_follow(ends, 0) && dem_name_may_follow(ends, begins) && !dem_name_may_follow(ends, goes_on));
    assert_false(dem_name_may_follow(begins, kind ? ends - 4 : ends + 4));
  }
}

static void damage(void **state) {
  (void)state;
  dem_str blob = dem_model_weights(model, DEM_WEIGHTS_NAME);
  dem_namer namer;
  assert_true(blob.len > 64);
  assert_true(dem_namer_open(blob, model, &namer));
  assert_false(dem_namer_open((dem_str){NULL, 0}, model, &namer));
  assert_false(dem_namer_open((dem_str){blob.data, 31}, model, &namer));
  assert_false(dem_namer_open((dem_str){blob.data, blob.len - 1}, model, &namer));
  assert_false(dem_namer_open((dem_str){blob.data, blob.len - 4}, model, &namer));
  uint32_t *copy = malloc(blob.len + 4);
  assert_non_null(copy);
  for (unsigned word = 0; word < 6; word++) { /* of the header */
    memcpy(copy, blob.data, blob.len);
    copy[word] ^= 0x55;
    assert_false(dem_namer_open((dem_str){(const char *)copy, blob.len}, model, &namer));
  }
  free(copy);
}

/* Whatever the weights say, names are whole and reading stays inside them (the sanitizers look on). */
static void any_weights(void **state) {
  (void)state;
  dem_str blob = dem_model_weights(model, DEM_WEIGHTS_NAME);
  uint32_t *copy = malloc(blob.len);
  uint64_t x = 88172645463325252u;
  dem_namer namer;
  assert_non_null(copy);
  memcpy(copy, blob.data, blob.len);
  for (size_t i = 8; i < blob.len / 4; i++) {
    x ^= x << 13, x ^= x >> 7, x ^= x << 17;
    copy[i] = (uint32_t)x;
  }
  assert_true(dem_namer_open((dem_str){(const char *)copy, blob.len}, model, &namer));
  static const char text[] = "Ann Lee met the Kenyan Bank of Commerce (KBC) in Oslo. \"No,\" said Lee, IN NEW YORK AND ROME.";
  assert_int_equal(demarche_parse(doc, model, (demarche_str){text, sizeof text - 1}, NULL), DEMARCHE_OK);
  dem_name_doc(&namer, doc);
  for (uint32_t i = 0; i < doc->tokens.n; i++) {
    const dem_token *t = &doc->tokens.at[i];
    assert_true(t->name < DEM_NAME_COUNT && (t->name || !t->name_begin));
    bool first = i == 0 || t[-1].sentence != t->sentence || t[-1].name != t->name;
    assert_true(!t->name || !first || t->name_begin);
  }
  free(copy);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(kinds), cmocka_unit_test(moves), cmocka_unit_test(damage),
                                     cmocka_unit_test(any_weights)};
  return cmocka_run_group_tests(tests, open_model, close_model);
}
