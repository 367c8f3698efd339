/* Dictionary files as they were written and as they should have been: dates, several codes, synonyms, markers, plurals, comments, and
 * that nothing odd stops the reader or goes unnamed. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/utf8.h"
#include "lexicon/dictionary.h"

static dem_arena arena;

static int open_arena(void **state) {
  (void)state;
  dem_arena_init(&arena, (size_t)1 << 26);
  return 0;
}

static int close_arena(void **state) {
  (void)state;
  dem_arena_free(&arena);
  return 0;
}

static void put(char *out, size_t room, const char *format, dem_str s) {
  size_t n = strlen(out);
  snprintf(out + n, room - n, format, DEM_FMT(s));
}

/* "PHRASE|PHRASE (PLURAL): CODE from..to, CODE; ..." and "!LINE why" for troubles. */
static void expect(dem_dic_kind kind, const char *text, const char *want) {
  char got[4096] = "";
  dem_dictionary d;
  dem_dictionary_read(&arena, dem_str_of(text), kind, &d);
  for (uint32_t i = 0; i < d.records.n; i++) {
    const dem_dic_record *r = &d.records.at[i];
    for (uint32_t k = 0; k < r->phrases.n; k++) put(got, sizeof got, k ? "|%.*s" : "%.*s", r->phrases.at[k]);
    for (uint32_t k = 0; k < r->plurals.n; k++) put(got, sizeof got, " (%.*s)", r->plurals.at[k]);
    for (uint32_t k = 0; k < r->codes.n; k++) {
      const dem_dic_code *c = &r->codes.at[k];
      put(got, sizeof got, k ? ", %.*s" : ": %.*s", c->code.len ? c->code : DEM_S("---"));
      if (c->from != DEM_NO_DAY || c->to != DEM_NO_DAY) {
        put(got, sizeof got, " %.*s..", dem_day_format(&arena, c->from));
        put(got, sizeof got, "%.*s", dem_day_format(&arena, c->to));
      }
    }
    put(got, sizeof got, "%.*s", r->prefix ? DEM_S(" ~;") : DEM_S(";"));
    if (r->story) put(got, sizeof got, "%.*s", DEM_S("story;"));
  }
  for (uint32_t i = 0; i < d.troubles.n; i++)
    put(got, sizeof got, "!%.*s", dem_str_format(&arena, "%u %s", d.troubles.at[i].line, d.troubles.at[i].why));
  assert_string_equal(got, want);
}

static void actors_have_synonyms_and_dated_codes(void **state) {
  (void)state;
  expect(DEM_DIC_ACTORS, "A_B_ [FJI]\n+C_\n\t[TON 880101-20010203]\n", "A B|C: FJI, TON 1988-01-01..2001-02-03;");
  expect(DEM_DIC_ACTORS, "A_\n\t[FJIGOV < 110304] [FJIELI >301231][---]\n", "A: FJIGOV ..2011-03-04, FJIELI 2030-12-31.., ---;");
  expect(DEM_DIC_ACTORS, "A [FJI 310101-320101]", "A: FJI 1931-01-01..1932-01-01;"); /* six digits: 31 to 99 are 19xx */
  expect(DEM_DIC_ACTORS, "A [FJIGOV/TONGOV]\nB\n", "A: FJIGOV, TONGOV;B;");
}

static void comments_are_cut(void **state) {
  (void)state;
  expect(DEM_DIC_ACTORS, "# x\n\n<!-- a\nB [FJI]\n-->A <!-- in --> [FJI] # y\n+C ; z [TON]\n<!DOCTYPE\n", "A|C: FJI;");
  expect(DEM_DIC_ACTORS, "A [FJI]\n---STOP---\nB [TON]\n", "A: FJI;");
}

static void what_cannot_be_read_is_named(void **state) {
  (void)state;
  expect(DEM_DIC_ACTORS, "[FJI]\n+B\nA [FJI 20120230-20130101]\nC [fji]\nD [FJI\nE [FJI 5]\n", 
         "A;C;D;E;!1 a code or synonym before the first name!2 a code or synonym before the first name!3 the dates of a code cannot be "
         "read!4 a code is no series of capitals and digits!5 a bracket is not closed!6 the dates of a code cannot be read");
  expect(DEM_DIC_ACTORS, "A [FJI 20130101-20120101]\n_ [FJI]\n",
         "A;!1 the dates of a code cannot be read!2 no phrase, or one that is too long");
}

static void agents_have_plurals_and_markers(void **state) {
  (void)state;
  expect(DEM_DIC_AGENTS, "LADY [~GOV]\nBOSS[~BUS]\nSTAFF {} [~LAB]\nDEPUTY OF X {DEPUTIES_OF_X } [~LEG]\nAID BODY [NGO~]\n",
         "LADY (LADIES): GOV;BOSS (BOSSES): BUS;STAFF: LAB;DEPUTY OF X (DEPUTIES OF X): LEG;AID BODY (AID BODIES): NGO ~;");
  expect(DEM_DIC_AGENTS, "!P! = MAN, MEN\nPOST!P! [~GOV]\nX!Q! [~GOV]\nY\n", "POSTMAN|POSTMEN: GOV;!3 a marker that was not defined!4 no code");
}

static void discards_may_be_stories_and_beginnings(void **state) {
  (void)state;
  expect(DEM_DIC_DISCARDS, "+REGATTA # x\nOAR CUP_\n1914\n+\n", "REGATTA ~;story;OAR CUP;1914 ~;!4 no phrase, or one that is too long");
}

static void kinds_are_told_by_name_or_brackets(void **state) {
  (void)state;
  assert_int_equal(dem_dictionary_kind(DEM_S("my.agents.txt"), DEM_S("")), DEM_DIC_AGENTS);
  assert_int_equal(dem_dictionary_kind(DEM_S("x"), DEM_S("A [~GOV]")), DEM_DIC_AGENTS);
  assert_int_equal(dem_dictionary_kind(DEM_S("x"), DEM_S("A [GOV]")), DEM_DIC_ACTORS);
  assert_int_equal(dem_dictionary_kind(DEM_S("x"), DEM_S("A")), DEM_DIC_DISCARDS);
}

static void bytes_that_are_not_utf8_are_latin1(void **state) {
  (void)state;
  expect(DEM_DIC_ACTORS, "W\xD6RNER [IGO]\n", "W\xC3\x96RNER: IGO;");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(actors_have_synonyms_and_dated_codes),   cmocka_unit_test(comments_are_cut),
      cmocka_unit_test(what_cannot_be_read_is_named),           cmocka_unit_test(agents_have_plurals_and_markers),
      cmocka_unit_test(discards_may_be_stories_and_beginnings), cmocka_unit_test(kinds_are_told_by_name_or_brackets),
      cmocka_unit_test(bytes_that_are_not_utf8_are_latin1)};
  return cmocka_run_group_tests(tests, open_arena, close_arena);
}
