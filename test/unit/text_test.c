/* Sentences and tokens as the treebanks cut them, and trees that are trees whatever the text. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/utf8.h"
#include "doc/doc.h"

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

static void parse(const char *text) {
  assert_int_equal(demarche_parse(doc, model, (demarche_str){text, strlen(text)}, NULL), DEMARCHE_OK);
}

/* Tokens with blanks between, sentences with " | " between. */
static void cut_as(const char *text, const char *want) {
  char got[1000] = "";
  size_t n = 0;
  parse(text);
  for (uint32_t i = 0; i < doc->tokens.n; i++) {
    bool first = i == 0 || doc->tokens.at[i].sentence != doc->tokens.at[i - 1].sentence;
    n += (size_t)snprintf(got + n, sizeof got - n, "%s%.*s", i == 0 ? "" : first ? " | " : " ",
                          DEM_FMT(dem_doc_slice(doc, doc->tokens.at[i].span)));
  }
  assert_string_equal(got, want);
}

static void tokens(void **state) {
  (void)state;
  cut_as("Kenya's troops don't leave.", "Kenya 's troops do n't leave .");
  cut_as("They cannot say \"no\" to the U.S. envoy.", "They can not say \" no \" to the U.S. envoy .");
  cut_as("It cost $2.5 million (3,000 jobs), he said.", "It cost $ 2.5 million ( 3,000 jobs ) , he said .");
}

static void sentences(void **state) {
  (void)state;
  cut_as("Oslo is calm. So is Rome!", "Oslo is calm . | So is Rome !");
  cut_as("Mr. Smith met Gen. Jones. They left.", "Mr. Smith met Gen. Jones . | They left .");
  cut_as("\"We agree.\" He left.", "\" We agree . \" | He left .");
  cut_as("One line\n\nanother", "One line | another");
}

/* One root a sentence, every head inside it, no cycle; spans in order and valid UTF-8. */
static void check_trees(void) {
  uint32_t end = 0;
  for (uint32_t s = 0; s < doc->sentences.n; s++) {
    const dem_sentence *x = &doc->sentences.at[s];
    uint32_t roots = 0;
    for (uint32_t i = x->first; i < x->last; i++) {
      const dem_token *t = &doc->tokens.at[i];
      assert_true(t->span.begin >= end && t->span.end > t->span.begin);
      assert_true(dem_utf8_valid(dem_doc_slice(doc, t->span)));
      end = t->span.end;
      roots += t->head == DEM_NONE;
      if (t->head != DEM_NONE) assert_true(t->head >= x->first && t->head < x->last && t->head != i);
      uint32_t up = i, steps = 0;
      while (up != DEM_NONE && steps <= x->last - x->first) up = doc->tokens.at[up].head, steps++;
      assert_true(up == DEM_NONE);
    }
    assert_int_equal(roots, 1);
  }
}

static void trees_are_trees(void **state) {
  (void)state;
  static const char *const pieces[] = {"Kenya ", "accused ", "the ", "of ", ", ", "\" ", "( ", ". ", "\xF0\x9F\x98\x80 ", "e\xCC\x81",
                                       "\xD7\xA9 ", "- ", "n't ", "2.5 ", "said ", "\n\n"};
  char text[6000] = "Oslo is calm. ";
  uint64_t chance = 7;
  while (strlen(text) < sizeof text - 20) {
    chance = chance * 6364136223846793005u + 1442695040888963407u;
    strcat(text, pieces[chance >> 60]);
  }
  parse(text);
  assert_true(doc->tokens.n > 500);
  check_trees();
}

static void a_plain_clause_has_its_parts(void **state) {
  (void)state;
  parse("The minister visited Oslo on Monday.");
  const dem_token *t = doc->tokens.at;
  assert_int_equal(doc->sentences.at[0].root, 2);
  assert_true(dem_str_is(t[2].lemma, "visit"));
  assert_int_equal(t[1].deprel, DEM_DEPREL_NSUBJ);
  assert_int_equal(t[3].deprel, DEM_DEPREL_OBJ);
  assert_int_equal(t[3].upos, DEM_UPOS_PROPN);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(tokens), cmocka_unit_test(sentences), cmocka_unit_test(trees_are_trees),
                                     cmocka_unit_test(a_plain_clause_has_its_parts)};
  return cmocka_run_group_tests(tests, open_model, close_model);
}
