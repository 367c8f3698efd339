/* Lemmas under given tags, the gaps where sentences may end, and blobs of both that are refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/utf8.h"
#include "doc/doc.h"
#include "text/gap.h"
#include "text/lemma.h"
#include "text/token.h"

static demarche_model *model;
static demarche_doc *doc;
static dem_lemmas lemmas;

static int open_model(void **state) {
  (void)state;
  doc = demarche_doc_new();
  if (!doc || demarche_model_open(DEMARCHE_MODEL_PATH, &model, NULL) != DEMARCHE_OK) return -1;
  return dem_lemmas_open(dem_model_weights(model, DEM_WEIGHTS_LEMMA), &lemmas) && dem_lemmas_sound(&lemmas) ? 0 : -1;
}

static int close_model(void **state) {
  (void)state;
  demarche_doc_free(doc);
  demarche_model_close(model);
  return 0;
}

static void words(void **state) {
  (void)state;
  static const char *const want[][3] = {{"rebels", "NNS", "rebel"},
                                        {"ministries", "NNS", "ministry"},
                                        {"gunmen", "NNS", "gunman"},
                                        {"crises", "NNS", "crisis"},
                                        {"headquarters", "NNS", "headquarters"},
                                        {"fled", "VBD", "flee"},
                                        {"overthrown", "VBN", "overthrow"},
                                        {"provoked", "VBD", "provoke"},
                                        {"trafficking", "VBG", "traffic"},
                                        {"dying", "VBG", "die"},
                                        {"vetoes", "VBZ", "veto"},
                                        {"is", "VBZ", "be"},
                                        {"n't", "RB", "not"},
                                        {"worse", "JJR", "bad"},
                                        {"them", "PRP", "they"},
                                        {"These", "DT", "this"},
                                        {"NAIROBI", "NNP", "Nairobi"},
                                        {"NATO", "NNP", "NATO"},
                                        {"Norway", "NNP", "Norway"},
                                        {"Norwegian", "JJ", "Norwegian"},
                                        {"Dutch", "JJ", "Dutch"},
                                        {"desk@example.org", "NN", "desk@example.org"},
                                        {"--", ",", "--"},
                                        {"quibbled", "VBD", "quibble"}};
  for (size_t i = 0; i < sizeof want / sizeof *want; i++) {
    dem_str form = dem_str_of(want[i][0]), norm = dem_norm(&doc->arena, form);
    dem_str got = dem_lemma(&lemmas, &doc->arena, form, norm, dem_str_of(want[i][1]));
    if (!dem_str_is(got, want[i][2])) print_error("%s %s: %.*s, not %s\n", want[i][0], want[i][1], DEM_FMT(got), want[i][2]);
    assert_true(dem_str_is(got, want[i][2]));
  }
}

/* Whatever the word, its lemma is valid UTF-8 and not empty. */
static void odd_words(void **state) {
  (void)state;
  static const char *const forms[] = {"\xC3\xA9s",
                                      "s",
                                      "ed",
                                      "\xF0\x9F\x98\x80s",
                                      "\xD7\xA9\xD7\x9C",
                                      ("e\xCC\x81" "d"),
                                      "'",
                                      "\xE2\x80\x94",
                                      "ing",
                                      "-s",
                                      ".",
                                      "#s",
                                      "A\xCC\x8As"};
  static const char *const tags[] = {"NN", "NNS", "NNP", "NNPS", "VBD", "VBG", "VBZ", "JJR", "JJS", "PRP", ":", "", "ZZ"};
  for (size_t i = 0; i < sizeof forms / sizeof *forms; i++)
    for (size_t k = 0; k < sizeof tags / sizeof *tags; k++) {
      dem_str form = dem_str_of(forms[i]), norm = dem_norm(&doc->arena, form);
      dem_str got = dem_lemma(&lemmas, &doc->arena, form, norm, dem_str_of(tags[k]));
      assert_true(got.len > 0 && dem_utf8_valid(got));
    }
}

static void gaps(void **state) {
  (void)state;
  static dem_gaps g;
  static const char text[] = "Oslo agreed. \"No,\" said Kenya of the U.S. Later, Mr. Moyo left , he said";
  doc->text = DEM_S(text);
  dem_tokenize(doc, (dem_span){0, sizeof text - 1});
  dem_gaps_load(&g, doc, 0, doc->tokens.n);
  for (uint32_t i = 0; i < doc->tokens.n; i++) {
    dem_str form = dem_doc_slice(doc, doc->tokens.at[i].span);
    if (dem_str_is(form, "of") || dem_str_is(form, "left") || dem_str_is(form, "\"")) continue;
    if (dem_str_is(form, "Oslo") || dem_str_is(form, "he") || i + 1 == doc->tokens.n) assert_false(dem_gap_open(&g, i));
    if (dem_str_is(form, ".") || dem_str_is(form, "U.S.")) assert_true(dem_gap_open(&g, i));
    if (dem_str_is(form, ".")) assert_int_equal(dem_gap_plain(&g, i), DEM_GAP_END);
    if (dem_str_is(form, "U.S.")) assert_int_equal(dem_gap_plain(&g, i), DEM_GAP_DOUBT);
  }
  doc->text = (dem_str){NULL, 0};
  doc->tokens.n = 0;
}

/* A copy of the blob with one 32-bit word changed, cut to `len`. */
static dem_str changed(dem_str blob, uint32_t word, uint32_t value, size_t len) {
  char *copy = malloc(blob.len);
  assert_non_null(copy);
  memcpy(copy, blob.data, blob.len);
  memcpy(copy + 4 * (size_t)word, &value, 4);
  return (dem_str){copy, len};
}

static bool lemmas_take(dem_str blob) {
  dem_lemmas l;
  bool sound = dem_lemmas_open(blob, &l) && dem_lemmas_sound(&l);
  free((char *)(uintptr_t)blob.data);
  return sound;
}

static bool gaps_take(dem_str blob) {
  dem_gap_weights w;
  bool sound = dem_gap_weights_open(blob, &w);
  free((char *)(uintptr_t)blob.data);
  return sound;
}

static void damaged_blobs(void **state) {
  (void)state;
  dem_str lemma = dem_model_weights(model, DEM_WEIGHTS_LEMMA), gap = dem_model_weights(model, DEM_WEIGHTS_SEGMENT);
  uint32_t rules;
  memcpy(&rules, lemma.data + 8, 4);
  assert_true(lemmas_take(changed(lemma, 4, 0, lemma.len)));
  for (uint32_t i = 0; i < 4; i++) assert_false(lemmas_take(changed(lemma, i, 0x7FFFFFFF, lemma.len)));
  assert_false(lemmas_take(changed(lemma, 8, 0x00000003, lemma.len)));            /* the first rule works on nothing */
  assert_false(lemmas_take(changed(lemma, 8 + 4 * rules, rules + 1, lemma.len))); /* a slot that names no rule */
  assert_false(lemmas_take(changed(lemma, 4, 0, lemma.len - 1)));
  for (uint32_t i = 0; i < 4; i++) assert_false(gaps_take(changed(gap, i, 99, gap.len)));
  assert_false(gaps_take(changed(gap, 3, 0, gap.len - 1)));
  assert_false(gaps_take(changed(gap, 3, 0, 8)));
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(words), cmocka_unit_test(odd_words), cmocka_unit_test(gaps),
                                     cmocka_unit_test(damaged_blobs)};
  return cmocka_run_group_tests(tests, open_model, close_model);
}
