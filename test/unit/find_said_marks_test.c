/* Quotation marks to stretches: kinds of marks, apostrophes, paragraphs, nesting, hostile runs. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "find/said_marks.h"

/* The stretches of `text`, each in brackets, inner ones in round ones, "~" after one left open, "+" before one that goes on. */
static void expect(const char *text, const char *want) {
  char got[512] = "";
  demarche_doc *doc = demarche_doc_new();
  assert_non_null(doc);
  doc->text = dem_str_of(text);
  dem_stretches s = dem_said_marks(doc);
  for (uint32_t i = 0; i < s.n; i++) {
    dem_str part = dem_doc_slice(doc, s.at[i].span);
    size_t n = strlen(got);
    snprintf(got + n, sizeof got - n, "%s%c%.*s%c%s", s.at[i].continued ? "+" : "", s.at[i].inner ? '(' : '[', DEM_FMT(part),
             s.at[i].inner ? ')' : ']', s.at[i].unclosed ? "~" : "");
  }
  demarche_doc_free(doc);
  assert_string_equal(got, want);
}

static void every_kind_of_mark(void **state) {
  (void)state;
  expect("He said \"yes, we will\" today.", "[yes, we will]");
  expect("He said \xE2\x80\x9Cyes\xE2\x80\x9D today.", "[yes]");
  expect("He said \xC2\xAByes\xC2\xBB today.", "[yes]");
  expect("He said ''yes'' today.", "[yes]");
  expect("He said ``yes'' today.", "[yes]");
  expect("He said \xE2\x80\x98yes\xE2\x80\x99 today.", "[yes]");
  expect("Macron 'Confident' of Progress", "[Confident]");
}

static void apostrophes_are_no_marks(void **state) {
  (void)state;
  expect("Russia's envoy didn't see the ministers' letter.", "");
  expect("It was the rebels\xE2\x80\x99 last stand in the \xE2\x80\x98"
         "90s",
         "");
  expect("a 6\" gun", "");
  expect("The 'rebels' fled.", "[rebels]");
}

static void paragraphs(void **state) {
  (void)state;
  expect("\"We go.\n\nHe left.", "[We go.]~");
  expect("\"We go.\n\n\"They stay.\" He left.", "[We go.]~+[They stay.]");
  expect("He \"left. \"We go,\" he said.", "[left.][We go,]");
}

static void nesting(void **state) {
  (void)state;
  expect("\"He told me 'we stay' twice,\" she said.", "[He told me 'we stay' twice,](we stay)");
  expect("'I read \"War\" twice,' she said.", "[I read \"War\" twice,](War)");
}

static void nothing_inside(void **state) {
  (void)state;
  expect("", "");
  expect("\"\" '' \" \"", "");
  expect("\"", "");
}

static void a_million_marks(void **state) {
  (void)state;
  size_t n = 1000000;
  char *text = malloc(n);
  assert_non_null(text);
  static const char *const runs[] = {"\"", "'", " \"a", " 'a", "\"'", "' a's \""};
  for (size_t r = 0; r < sizeof runs / sizeof *runs; r++) {
    for (size_t i = 0; i < n; i++) text[i] = runs[r][i % strlen(runs[r])];
    demarche_doc *doc = demarche_doc_new();
    dem_arena_init(&doc->arena, (size_t)1 << 30);
    doc->text = (dem_str){text, n};
    dem_stretches s = dem_said_marks(doc);
    for (uint32_t i = 1; i < s.n; i++) assert_true(s.at[i - 1].outer.begin <= s.at[i].outer.begin);
    for (uint32_t i = 0; i < s.n; i++) assert_true(s.at[i].span.begin < s.at[i].span.end && s.at[i].span.end <= n);
    demarche_doc_free(doc);
  }
  free(text);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(every_kind_of_mark), cmocka_unit_test(apostrophes_are_no_marks),
      cmocka_unit_test(paragraphs),         cmocka_unit_test(nesting),
      cmocka_unit_test(nothing_inside),     cmocka_unit_test(a_million_marks),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
