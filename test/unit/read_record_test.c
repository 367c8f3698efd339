/* JSON Lines: cutting, fields, what fails alone. */
#include "read_help.h"

/* The pieces of an input, with '|' between; each trimmed. */
static void cut_as(const char *text, const char *want) {
  demarche_str input = {text, strlen(text)}, piece;
  char got[1000] = "";
  size_t n = 0;
  while (demarche_next(&input, &piece)) {
    dem_str bare = dem_str_trim(piece);
    assert_true(n + bare.len + 2 < sizeof got);
    if (n) got[n++] = '|';
    memcpy(got + n, bare.data, bare.len);
    n += bare.len;
  }
  got[n] = 0;
  assert_string_equal(got, want);
}

static void pieces(void **state) {
  (void)state;
  cut_as("{\"a\": 1}\n{\"b\": 2}\n", "{\"a\": 1}|{\"b\": 2}");
  cut_as("\n\n{\"a\": 1}\n\n\r\n{\"b\": 2}\n\n", "{\"a\": 1}|{\"b\": 2}");
  cut_as("\xEF\xBB\xBF{\"a\": 1}\n{\"b\": 2}", "{\"a\": 1}|{\"b\": 2}");
  cut_as("{\"a\": 1} {\"b\": 2}", "{\"a\": 1}|{\"b\": 2}");
  cut_as("{\n  \"a\": \"}{\\\"\",\n  \"b\": [1, {\"c\": 2}]\n}\n{\"d\": 3}\n",
         "{\n  \"a\": \"}{\\\"\",\n  \"b\": [1, {\"c\": 2}]\n}|{\"d\": 3}");
  cut_as("{\"a\": \n{\"b\": 2}\n", "{\"a\":|{\"b\": 2}");
  cut_as("{\"a\": \"cut\n{\"b\": 2}\n", "{\"a\": \"cut|{\"b\": 2}");
  cut_as("{\"a\": 1]\n{\"b\": 2}\n", "{\"a\": 1]|{\"b\": 2}");
  cut_as("Oslo is calm.\n{\"not\": \"cut\"}\n", "Oslo is calm.\n{\"not\": \"cut\"}");
  cut_as("", "");
}

/* U+0085 inside a string ends no line; C1 code points grow from two bytes to three. */
static void odd_signs_inside_strings(void **state) {
  (void)state;
  char text[400] = "{\"text\": \"Oslo\xC2\x85is calm ";
  for (int i = 0; i < 60; i++) strcat(text, "\xC2\x91\xC2\x97");
  strcat(text, "\"}");
  demarche_doc *doc = demarche_doc_new();
  demarche_error err;
  assert_int_equal(demarche_read(doc, (demarche_str){text, strlen(text)}, &err), DEMARCHE_OK);
  assert_true(dem_str_starts(doc->text, "Oslo is calm \xE2\x80\x98\xE2\x80\x94"));
  demarche_doc_free(doc);
}

static void junk_lines_fail_alone(void **state) {
  (void)state;
  const char *text =
      "{\"text\": \"Oslo is calm.\"}\nnot json\n{\"text\": \"So is Rome.\"}\n{\"text\": \"cut off\n{\"text\": \"And Bonn.\"}\n";
  demarche_str input = {text, strlen(text)}, piece;
  demarche_doc *doc = demarche_doc_new();
  demarche_error err;
  demarche_status got[8];
  size_t n = 0;
  while (n < 8 && demarche_next(&input, &piece)) got[n++] = demarche_read(doc, piece, &err);
  const demarche_status want[] = {DEMARCHE_OK, DEMARCHE_FORMAT, DEMARCHE_OK, DEMARCHE_FORMAT, DEMARCHE_OK};
  assert_int_equal(n, 5);
  assert_memory_equal(got, want, sizeof want);
  is(doc->text, "And Bonn.");
  demarche_doc_free(doc);
}

static void fields(void **state) {
  (void)state;
  demarche_doc *doc = read_text(
      "{\"id\": \"x-1\", \"title\": \"Talks\\ngo on\", \"maintext\": \"Oslo is calm.\\n\\nSo is Rome.\", \"date_publish\": "
      "\"2014-03-04\", \"author\": \"By Jane Doe, AP\", \"url\": \"https://example.org/1\", \"publisher\": \"The Post\", "
      "\"language\": \"nb\", \"dateline\": \"OSLO, March 3 -\"}");
  is(doc->format, "jsonl");
  is(doc->source, "x-1");
  is(doc->headline, "Talks go on");
  is(doc->text, "Oslo is calm.\n\nSo is Rome.");
  is(doc->published, "2014-03-04");
  is(doc->byline, "Jane Doe, AP");
  is(doc->agency, "AP");
  is(doc->url, "https://example.org/1");
  is(doc->publisher, "The Post");
  is(doc->dateline.place, "OSLO");
  is(dem_day_format(&doc->arena, doc->dateline.date), "2014-03-03");
  assert_int_equal(doc->dateline.span.end, 0);
  assert_non_null(note_of(doc, "language"));
  demarche_doc_free(doc);
}

static void text_stays_as_it_is(void **state) {
  (void)state;
  demarche_doc *doc = read_text("{\"text\": \"By AFP\\n\\nADVERTISEMENT **bold** https://example.org\\n\\nRelated: a story\"}");
  is(doc->text, "By AFP\n\nADVERTISEMENT **bold** https://example.org\n\nRelated: a story");
  is(doc->byline, "");
  assert_int_equal(doc->related.n, 0);
  demarche_doc_free(doc);
}

static void escapes_are_cleaned(void **state) {
  (void)state;
  demarche_doc *doc = read_text("{\"text\": \"Oslo\\u00a0is\\u0000 calm\\u2028and dry.\"}");
  is(doc->text, "Oslo is calm and dry.");
  demarche_doc_free(doc);
}

static void refusals(void **state) {
  (void)state;
  fails_with(BYTES("{\"text\": }"), "not JSON");
  fails_with(BYTES("{\"name\": \"Oslo\"}"), "no text");
  fails_with(BYTES("[{\"text\": \"Oslo is calm.\"}]"), "array");
  demarche_doc *doc = read_text("{\"headline\": \"Oslo is calm\", \"text\": \"\"}");
  is(doc->text, "");
  assert_non_null(note_of(doc, "empty"));
  demarche_doc_free(doc);
}

static void source_is_the_id_or_the_option(void **state) {
  (void)state;
  demarche_error err;
  demarche_doc *doc = demarche_doc_new();
  assert_int_equal(demarche_set(doc, "source", DEM_S("file.jsonl"), &err), DEMARCHE_OK);
  assert_int_equal(demarche_read(doc, DEM_S("{\"text\": \"Oslo is calm.\", \"source\": \"Reuters\"}"), &err), DEMARCHE_OK);
  is(doc->source, "file.jsonl");
  is(doc->agency, "Reuters");
  assert_int_equal(demarche_read(doc, DEM_S("{\"text\": \"Oslo is calm.\", \"id\": 7}"), &err), DEMARCHE_OK);
  is(doc->source, "7");
  demarche_doc_free(doc);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(pieces),
      cmocka_unit_test(junk_lines_fail_alone),
      cmocka_unit_test(fields),
      cmocka_unit_test(text_stays_as_it_is),
      cmocka_unit_test(escapes_are_cleaned),
      cmocka_unit_test(refusals),
      cmocka_unit_test(odd_signs_inside_strings),
      cmocka_unit_test(source_is_the_id_or_the_option),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
