/* Quotations on given trees: speakers, addressees, contents, kinds, chains; and that other names and verbs change them. */
#include "find/said.h"
#include "tree_help.h"

static demarche_model *model;

static const char *const kinds[] = {"direct", "indirect", "mixed"};

/* "kind speaker > addressee < chain: content"; one quote a line. */
static void expect(const char *compact, const char *want) {
  char got[2048] = "";
  sheet s = {.doc = demarche_doc_new()};
  assert_non_null(s.doc);
  sheet_build(&s, compact);
  demarche_doc *doc = s.doc;
  dem_find_said(doc, model);
  for (uint32_t i = 0; i < doc->quotes.n; i++) {
    const dem_quote *q = &doc->quotes.at[i];
    size_t n = strlen(got);
    n += (size_t)snprintf(got + n, sizeof got - n, "%s %.*s", kinds[q->kind], DEM_FMT(dem_doc_slice(doc, q->speaker.span)));
    if (q->addressee.token != DEM_NONE)
      n += (size_t)snprintf(got + n, sizeof got - n, " > %.*s", DEM_FMT(dem_doc_slice(doc, q->addressee.span)));
    for (uint32_t k = 0; k < q->chain.n; k++)
      n += (size_t)snprintf(got + n, sizeof got - n, " < %.*s", DEM_FMT(dem_doc_slice(doc, q->chain.at[k].span)));
    if (!q->pieces.n) n += (size_t)snprintf(got + n, sizeof got - n, ": %.*s", DEM_FMT(dem_doc_slice(doc, q->span)));
    for (uint32_t k = 0; k < q->pieces.n; k++)
      n += (size_t)snprintf(got + n, sizeof got - n, "%s%.*s", k ? " ... " : ": ", DEM_FMT(dem_doc_slice(doc, q->pieces.at[k])));
    snprintf(got + n, sizeof got - n, "\n");
  }
  demarche_doc_free(doc);
  assert_string_equal(got, want);
}

static void a_clause_is_indirect(void **state) {
  (void)state;
  expect("Kenya/Kenya/PROPN/2/nsubj said/say/VERB/0/root that/that/SCONJ/6/mark troops/troop/NOUN/6/nsubj had/have/AUX/6/aux "
         "left/leave/VERB/2/ccomp ~././PUNCT/2/punct",
         "indirect Kenya: that troops had left\n");
  expect("Peru/Peru/PROPN/2/nsubj denied/deny/VERB/0/root that/that/SCONJ/6/mark troops/troop/NOUN/6/nsubj had/have/AUX/6/aux "
         "left/leave/VERB/2/ccomp ~././PUNCT/2/punct",
         "indirect Peru: that troops had left\n");
  expect("Kenya/Kenya/PROPN/2/nsubj built/build/VERB/0/root bridges/bridge/NOUN/2/obj ~././PUNCT/2/punct", "");
}

static void a_direct_one_is_broken_by_its_cue(void **state) {
  (void)state;
  expect("\"/\"/PUNCT/2/punct ~Stay/stay/VERB/5/ccomp ~,/,/PUNCT/2/punct ~\"/\"/PUNCT/2/punct said/say/VERB/0/root "
         "Ruto/Ruto/PROPN/5/nsubj ~,/,/PUNCT/9/punct \"/\"/PUNCT/9/punct ~wait/wait/VERB/5/parataxis here/here/ADV/9/advmod "
         "~././PUNCT/5/punct ~\"/\"/PUNCT/9/punct",
         "direct Ruto: Stay, ... wait here.\n");
}

static void a_colon_crosses_into_the_next_paragraph(void **state) {
  (void)state;
  expect("Ruto/Ruto/PROPN/2/nsubj told/tell/VERB/0/root reporters/reporter/NOUN/2/obj ~:/:/PUNCT/2/punct || "
         "\"/\"/PUNCT/3/punct ~We/we/PRON/3/nsubj leave/leave/VERB/0/root ~././PUNCT/3/punct ~\"/\"/PUNCT/3/punct || "
         "\"/\"/PUNCT/3/punct ~They/they/PRON/3/nsubj stay/stay/VERB/0/root ~././PUNCT/3/punct ~\"/\"/PUNCT/3/punct",
         "direct Ruto > reporters: We leave.\ndirect Ruto: They stay.\n");
}

static void a_fragment_belongs_to_the_source(void **state) {
  (void)state;
  expect("Ruto/Ruto/PROPN/2/nsubj voiced/voice/VERB/0/root \"/\"/PUNCT/5/punct ~deep/deep/ADJ/5/amod anger/anger/NOUN/2/obj "
         "~,/,/PUNCT/2/punct ~\"/\"/PUNCT/2/punct",
         "mixed Ruto: deep anger\n");
  expect(
      "Ruto/Ruto/PROPN/2/nsubj voiced/voice/VERB/10/ccomp \"/\"/PUNCT/5/punct ~deep/deep/ADJ/5/amod anger/anger/NOUN/2/obj "
      "~,/,/PUNCT/2/punct ~\"/\"/PUNCT/2/punct an/a/DET/9/det aide/aide/NOUN/10/nsubj said/say/VERB/0/root ~././PUNCT/10/punct",
      "indirect an aide: Ruto voiced \"deep anger\nmixed an aide: deep anger\n");
}

static void according_to(void **state) {
  (void)state;
  expect(
      "According/accord/VERB/3/case to/to/ADP/1/fixed Interpol/Interpol/PROPN/6/obl ~,/,/PUNCT/6/punct Ruto/Ruto/PROPN/6/nsubj "
      "told/tell/VERB/0/root Abiy/Abiy/PROPN/6/obj troops/troop/NOUN/9/nsubj left/leave/VERB/6/ccomp ~././PUNCT/6/punct",
      "indirect Interpol: Ruto told Abiy troops left\nindirect Ruto > Abiy < Interpol: troops left\n");
}

static void two_paragraphs_of_one_speech(void **state) {
  (void)state;
  expect("\"/\"/PUNCT/2/punct ~Stay/stay/VERB/5/ccomp ~,/,/PUNCT/2/punct ~\"/\"/PUNCT/2/punct said/say/VERB/0/root "
         "Ruto/Ruto/PROPN/5/nsubj ~././PUNCT/5/punct | \"/\"/PUNCT/2/punct ~Wait/wait/VERB/0/root here/here/ADV/2/advmod "
         "~././PUNCT/2/punct || \"/\"/PUNCT/2/punct ~Then/then/ADV/2/advmod go/go/VERB/0/root ~././PUNCT/2/punct "
         "~\"/\"/PUNCT/2/punct",
         "direct Ruto: Stay, ... Wait here. ... Then go.\n");
}

static void without_a_subject_the_words_beside_it_speak(void **state) {
  (void)state;
  expect("\"/\"/PUNCT/5/dep ~Stay/stay/VERB/5/dep ~,/,/PUNCT/5/dep ~\"/\"/PUNCT/5/dep said/say/VERB/0/root "
         "a/a/DET/5/dep guard/guard/NOUN/5/dep of/of/ADP/5/dep Abiy/Abiy/PROPN/5/dep ~././PUNCT/5/dep",
         "direct a guard of Abiy: Stay,\n");
  expect("Ruto/Ruto/PROPN/7/dep ~,/,/PUNCT/7/dep the/the/DET/7/dep chief/chief/NOUN/7/dep ~,/,/PUNCT/7/dep also/also/ADV/7/dep "
         "said/say/VERB/0/root ~:/:/PUNCT/7/dep \"/\"/PUNCT/7/dep ~Stay/stay/VERB/7/dep ~././PUNCT/7/dep ~\"/\"/PUNCT/7/dep",
         "direct Ruto: Stay.\n");
}

static int open_model(void **state) {
  (void)state;
  const char *path = getenv("DEMARCHE_MODEL");
  return demarche_model_open(path ? path : "en.dmm", &model, NULL) == DEMARCHE_OK ? 0 : -1;
}

static int close_model(void **state) {
  (void)state;
  demarche_model_close(model);
  return 0;
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_clause_is_indirect),
      cmocka_unit_test(a_direct_one_is_broken_by_its_cue),
      cmocka_unit_test(a_colon_crosses_into_the_next_paragraph),
      cmocka_unit_test(a_fragment_belongs_to_the_source),
      cmocka_unit_test(according_to),
      cmocka_unit_test(without_a_subject_the_words_beside_it_speak),
      cmocka_unit_test(two_paragraphs_of_one_speech),
  };
  return cmocka_run_group_tests(tests, open_model, close_model);
}
