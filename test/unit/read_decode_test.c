/* Bytes to text: encodings, odd characters, what is refused. */
#include "read_help.h"

static void utf8_stays(void **state) {
  (void)state;
  reads_as(BYTES("Malm\xC3\xB6 \xE2\x80\x9Ctalks\xE2\x80\x9D."), "Malm\xC3\xB6 \xE2\x80\x9Ctalks\xE2\x80\x9D.");
  reads_as(BYTES("\xEF\xBB\xBFOslo is calm."), "Oslo is calm.");
}

static void utf16_in_both_orders(void **state) {
  (void)state;
  reads_as(BYTES("\xFF\xFEO\0s\0l\0o\0 \0i\0s\0 \0c\0a\0l\0m\0.\0"), "Oslo is calm.");
  reads_as(BYTES("\xFE\xFF\0O\0s\0l\0o\0 \0i\0s\0 \0c\0a\0l\0m\0."), "Oslo is calm.");
  reads_as(BYTES("O\0s\0l\0o\0 \0i\0s\0 \0c\0a\0l\0m\0.\0"), "Oslo is calm.");
  reads_as(BYTES("\0O\0s\0l\0o\0 \0i\0s\0 \0c\0a\0l\0m\0."), "Oslo is calm.");
  reads_as(BYTES("\xFF\xFE\x3D\xD8\x00\xDE \0o\0k\0"), "\xF0\x9F\x98\x80 ok"); /* a pair of surrogates */
}

static void utf16_of_odd_length_is_noted(void **state) {
  (void)state;
  demarche_doc *doc = read_bytes(BYTES("\xFF\xFEO\0k\0.\0x"), "");
  is(doc->text, "Ok.\xEF\xBF\xBD");
  assert_non_null(note_of(doc, "undecodable"));
  demarche_doc_free(doc);
}

static void windows_1252_and_latin_1(void **state) {
  (void)state;
  demarche_doc *doc = read_bytes(BYTES("\x93Talks\x94 in Malm\xF6 \x96 the minister\x92s aim\x85"), "");
  is(doc->text, "\xE2\x80\x9CTalks\xE2\x80\x9D in Malm\xC3\xB6 \xE2\x80\x93 the minister\xE2\x80\x99s aim\xE2\x80\xA6");
  assert_non_null(note_of(doc, "encoding"));
  demarche_doc_free(doc);
  reads_as(BYTES("Caf\xE9 in Z\xFCrich."), "Caf\xC3\xA9 in Z\xC3\xBCrich.");
}

static void cut_utf8_is_utf8(void **state) {
  (void)state;
  reads_as(BYTES("Malm\xC3\xB6 is calm\xE2\x80"), "Malm\xC3\xB6 is calm\xEF\xBF\xBD\xEF\xBF\xBD");
  reads_as(BYTES("Oslo is calm\xE2\x80"), "Oslo is calm\xEF\xBF\xBD\xEF\xBF\xBD");
}

static void odd_signs(void **state) {
  (void)state;
  demarche_doc *doc = read_bytes(BYTES("So\xC2\xAD"
                                       "ft hy\xE2\x80\x8Bphens,\xC2\xA0"
                                       "blanks\xE2\x80\x83too\x07.\0\0"),
                                 "");
  is(doc->text, "Soft hyphens, blanks too.");
  assert_non_null(note_of(doc, "invisible"));
  assert_non_null(note_of(doc, "control"));
  demarche_doc_free(doc);
}

static void line_ends_of_any_kind(void **state) {
  (void)state;
  const char *want = "One line ends.\n\nTwo lines end.";
  reads_as(BYTES("One line ends.\r\n\r\nTwo lines end.\r\n"), want);
  reads_as(BYTES("One line ends.\r\rTwo lines end.\r"), want);
  reads_as(BYTES("One line ends.\n\nTwo lines end."), want);
  reads_as(BYTES("One line ends.\xC2\x85\xC2\x85Two lines end."), want);
  reads_as(BYTES("One line ends.\xE2\x80\xA9Two lines end."), want);
}

static void binary_is_refused(void **state) {
  (void)state;
  char junk[4096];
  uint32_t x = 1;
  for (size_t i = 0; i < sizeof junk; i++) junk[i] = (char)((x = x * 1664525u + 1013904223u) >> 24);
  fails_with(junk, sizeof junk, "not text");
  fails_with(BYTES("\0\0\0\0\0\0\0\0\0\0\0\0"), "no words");
  fails_with(BYTES("BZh91AY&SY"), "bzip2");
  fails_with(BYTES("%PDF-1.4 and so on"), "PDF");
}

static void wordless_is_refused(void **state) {
  (void)state;
  fails_with(BYTES(""), "no words");
  fails_with(BYTES(" \n\n\t "), "no words");
  fails_with(BYTES("123 - 456\n"), "no words");
}

static void too_long_is_cut_at_a_sentence(void **state) {
  (void)state;
  size_t const n = DEMARCHE_MAX_TEXT + 1000;
  char *long_line = test_malloc(n);
  for (size_t i = 0; i < n; i++) long_line[i] = "Oslo is calm. "[i % 14];
  demarche_doc *doc = read_bytes(long_line, n, "");
  assert_true(doc->text.len <= DEMARCHE_MAX_TEXT && doc->text.len > DEMARCHE_MAX_TEXT - 100);
  assert_true(dem_str_ends(doc->text, "calm."));
  assert_non_null(note_of(doc, "cut"));
  demarche_doc_free(doc);
  test_free(long_line);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(utf8_stays),
      cmocka_unit_test(utf16_in_both_orders),
      cmocka_unit_test(utf16_of_odd_length_is_noted),
      cmocka_unit_test(windows_1252_and_latin_1),
      cmocka_unit_test(cut_utf8_is_utf8),
      cmocka_unit_test(odd_signs),
      cmocka_unit_test(line_ends_of_any_kind),
      cmocka_unit_test(binary_is_refused),
      cmocka_unit_test(wordless_is_refused),
      cmocka_unit_test(too_long_is_cut_at_a_sentence),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
