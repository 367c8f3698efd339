/* Plain text and print views: what goes into which field, what stays in the body. */
#include "read/read.h"
#include "read_help.h"

static const char page[] =
    "\n\nNorway and Sweden 'Hopeful' on Border Talks\n\nBy Jane Doe, Reuters\n\nMarch 4, 2014\n\nUpdated: March 5, 2014 10:30 "
    "GMT\n\n"
    "Ministers shake hands in Oslo. **Kari Hansen/AFP**\n\n"
    "Norway said on Tuesday that **talks** had gone [well](https://example.org/a).\n\n"
    "Related article: Sweden's Premier Proposes *Talks*\n\nADVERTISEMENT\n\nThe ministers meet again in May.\n\n"
    "Original url:\n\nhttps://example.org/2014/03/04/oslo";

static void print_view(void **state) {
  (void)state;
  demarche_doc *doc = read_text(page);
  is(doc->format, "print");
  is(doc->headline, "Norway and Sweden 'Hopeful' on Border Talks");
  is(doc->byline, "Jane Doe, Reuters");
  is(doc->agency, "Reuters");
  is(doc->published, "2014-03-04");
  is(doc->updated, "2014-03-05");
  is(doc->url, "https://example.org/2014/03/04/oslo");
  is(doc->text, "Norway said on Tuesday that talks had gone well.\n\nThe ministers meet again in May.");
  assert_int_equal(doc->captions.n, 1);
  is(doc->captions.at[0].text, "Ministers shake hands in Oslo.");
  is(doc->captions.at[0].credit, "Kari Hansen/AFP");
  assert_int_equal(doc->related.n, 1);
  is(doc->related.at[0].text, "Sweden's Premier Proposes Talks");
  assert_non_null(note_of(doc, "left-out"));
  assert_non_null(note_of(doc, "markup"));
  assert_int_equal(doc->paragraphs.n, 2);
  is(dem_doc_slice(doc, doc->paragraphs.at[1]), "The ministers meet again in May.");
  demarche_doc_free(doc);
}

static void captions_and_credits(void **state) {
  (void)state;
  static const char *const cases[][3] = {
      {"Troops in Kabul (Reuters/Jane Doe)", "Troops in Kabul", "Reuters/Jane Doe"},
      {"FILE PHOTO: Troops march. REUTERS/Jane Doe", "Troops march.", "REUTERS/Jane Doe"},
      {"A soldier waits. Photo: John Smith", "A soldier waits.", "John Smith"},
      {"A soldier waits. Credit: John Smith/AP", "A soldier waits.", "John Smith/AP"},
      {"A soldier waits. *John Smith/EPA/AFP*", "A soldier waits.", "John Smith/EPA/AFP"},
      {"The palace on Monday. [John Smith/AP Photo]", "The palace on Monday.", "John Smith/AP Photo"},
  };
  for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
    char text[400];
    snprintf(text, sizeof text, "A Headline\n\n%s\n\nThe war goes on, officials said.", cases[i][0]);
    demarche_doc *doc = read_text(text);
    assert_int_equal(doc->captions.n, 1);
    is(doc->captions.at[0].text, cases[i][1]);
    is(doc->captions.at[0].credit, cases[i][2]);
    is(doc->text, "The war goes on, officials said.");
    demarche_doc_free(doc);
  }
}

static void story_is_no_furniture(void **state) {
  (void)state;
  static const char *const bodies[] = {
      "By Friday the talks had failed, two officials said.",
      "The vote was close (51 to 49), according to the speaker.",
      "He called it \"a **great** day\" for Oslo.",
      "Most voters, a Reuters/Ipsos poll found, want talks.",
      "The ministry wrote: by all means, talk.",
  };
  for (size_t i = 0; i < sizeof bodies / sizeof bodies[0]; i++) {
    char text[400];
    snprintf(text, sizeof text, "A Headline\n\n%s\n\nThe war goes on.", bodies[i]);
    demarche_doc *doc = read_text(text);
    assert_int_equal(doc->paragraphs.n, 2);
    assert_int_equal(doc->captions.n, 0);
    is(doc->format, "text");
    demarche_doc_free(doc);
  }
}

static void headlines(void **state) {
  (void)state;
  static const char *const cases[][2] = {
      {"Talks Fail\n\nOslo is calm.", "Talks Fail"},
      {"Will Talks Fail?\n\nOslo is calm.", "Will Talks Fail?"},
      {"Norway Thanks U.S.\n\nOslo is calm.", "Norway Thanks U.S."},
      {"# Talks Fail\n\nOslo is calm.", "Talks Fail"},
      {"Norway was calm on Monday.\n\nOslo is calm.", ""},
      {"Talks fail", ""},
      {"Oslo is calm.\n\nA short line\n\nIt stays.", ""},
  };
  for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
    demarche_doc *doc = read_text(cases[i][0]);
    is(doc->headline, cases[i][1]);
    demarche_doc_free(doc);
  }
}

static void head_on_one_line(void **state) {
  (void)state;
  demarche_doc *doc = read_text("A Headline\nBy AFP | June 26, 2020 | Updated: June 27, 2020\n\nOslo is calm.\n");
  is(doc->headline, "A Headline");
  is(doc->byline, "AFP");
  is(doc->agency, "AFP");
  is(doc->published, "2020-06-26");
  is(doc->updated, "2020-06-27");
  is(doc->text, "Oslo is calm.");
  demarche_doc_free(doc);
}

static void hard_wraps_are_joined(void **state) {
  (void)state;
  demarche_doc *doc = read_text(
      "A headline of one line\n\nThe foreign minister of Norway met her counterpart from Sweden on\n"
      "Tuesday. Both said that the talks, which they had called a first step\ntowards co-\noperation, went well.\n"
      "  An indented line begins a paragraph, as in old wires, and it runs on\nto here.\n");
  assert_int_equal(doc->paragraphs.n, 2);
  is(doc->text,
     "The foreign minister of Norway met her counterpart from Sweden on Tuesday. Both said that the talks, which they had "
     "called a first step towards co-operation, went well.\n\n"
     "An indented line begins a paragraph, as in old wires, and it runs on to here.");
  demarche_doc_free(doc);
}

static void long_lines_are_paragraphs(void **state) {
  (void)state;
#define LINE \
  "This paragraph stands on one line, however long it gets, because whoever saved the page did not wrap its lines at all."
  demarche_doc *doc = read_text("A headline\n" LINE " One.\n" LINE " Two\n" LINE " Three.\n");
  is(doc->headline, "A headline");
  assert_int_equal(doc->paragraphs.n, 3);
  demarche_doc_free(doc);
}

static void labels(void **state) {
  (void)state;
  static const char *const cases[][5] = {
      /* headline, headline left, status, version, genre */
      {"UPDATE 2-Talks go on", "Talks go on", "usable", "3", "news"},
      {"CORRECTED-UPDATE 1-Talks go on", "Talks go on", "corrected", "2", "news"},
      {"KILL: Talks go on", "Talks go on", "killed", "1", "news"},
      {"EMBARGOED - Talks go on", "Talks go on", "embargoed", "1", "news"},
      {"ANALYSIS-Why talks go on", "ANALYSIS-Why talks go on", "usable", "1", "analysis"},
      {"Opinion: Talks must go on", "Opinion: Talks must go on", "usable", "1", "opinion"},
      {"Talks go on | Factbox", "Talks go on | Factbox", "usable", "1", "factbox"},
      {"Update-hungry readers", "Update-hungry readers", "usable", "1", "news"},
  };
  for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
    char text[200];
    snprintf(text, sizeof text, "%s\n\nOslo is calm.", cases[i][0]);
    demarche_doc *doc = read_text(text);
    is(doc->headline, cases[i][1]);
    is(doc->status, cases[i][2]);
    is(doc->version, cases[i][3]);
    is(doc->genre, cases[i][4]);
    demarche_doc_free(doc);
  }
}

static void marks_of_the_desk(void **state) {
  (void)state;
  demarche_doc *doc = read_text("A Headline\n\nOslo is calm.\n\nabc/de/fgh\n");
  is(doc->text, "Oslo is calm.");
  is(doc->format, "text");
  demarche_doc_free(doc);
  doc = read_text("A Headline\n\nOslo is calm.\n\n(Reporting by Jane Doe; Editing by John Smith)\n");
  is(doc->text, "Oslo is calm.");
  assert_non_null(note_of(doc, "left-out"));
  demarche_doc_free(doc);
}

static void links(void **state) {
  (void)state;
  demarche_doc *doc = read_text(
      "A Headline\n\nOslo is calm.\n\nRead more:\n- [One story](https://example.org/1)\n- Another story\n\n"
      "Nothing else happened, said police.\n\nSource: https://example.org/2\n\n\xC2\xA9 2014 The Oslo Post\n");
  assert_int_equal(doc->related.n, 2);
  is(doc->related.at[0].text, "One story");
  is(doc->related.at[0].url, "https://example.org/1");
  is(doc->related.at[1].text, "Another story");
  is(doc->url, "https://example.org/2");
  is(doc->publisher, "The Oslo Post");
  is(doc->text, "Oslo is calm.\n\nNothing else happened, said police.");
  demarche_doc_free(doc);
}

static void emphasis_only_in_pairs(void **state) {
  (void)state;
  reads_as(BYTES("*A* and __b__ and ***c***, 5 * 3 and a_b_c, [x](http://y.z) and [z] *."),
           "A and b and c, 5 * 3 and a_b_c, x and [z] *.");
}

static void id_is_of_the_content(void **state) {
  (void)state;
  demarche_doc *a = read_bytes(BYTES("Oslo is calm."), "2014-03-04"), *b = read_bytes(BYTES("Oslo  is\ncalm.\r\n"), "");
  demarche_doc *c = read_text("Oslo was calm.");
  assert_true(dem_str_eq(a->id, b->id));
  assert_false(dem_str_eq(a->id, c->id));
  assert_int_equal(a->id.len, 16);
  is(a->published, "2014-03-04");
  assert_non_null(note_of(b, "no-date"));
  demarche_doc_free(a);
  demarche_doc_free(b);
  demarche_doc_free(c);
}

static void whole_text_loses_no_line(void **state) { /* as demarche_parse asks */
  (void)state;
  demarche_doc *doc = demarche_doc_new();
  if (dem_arena_catch(&doc->arena)) fail_msg("%s", doc->arena.error.text);
  doc->bytes = DEM_S("A Headline\n\nBy AFP\n\nOSLO, March 4 (AFP) - Oslo is *calm*.\n\nRelated: a story\n");
  doc->published_day = doc->dateline.date = DEM_NO_DAY;
  doc->whole = true;
  dem_read(doc);
  is(doc->text, "A Headline\n\nBy AFP\n\nOSLO, March 4 (AFP) - Oslo is *calm*.\n\nRelated: a story");
  is(doc->headline, "");
  assert_int_equal(doc->dateline.span.end, 0);
  demarche_doc_free(doc);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(print_view), cmocka_unit_test(whole_text_loses_no_line),
      cmocka_unit_test(captions_and_credits),
      cmocka_unit_test(story_is_no_furniture),
      cmocka_unit_test(headlines),
      cmocka_unit_test(head_on_one_line),
      cmocka_unit_test(hard_wraps_are_joined),
      cmocka_unit_test(long_lines_are_paragraphs),
      cmocka_unit_test(labels),
      cmocka_unit_test(marks_of_the_desk),
      cmocka_unit_test(links),
      cmocka_unit_test(emphasis_only_in_pairs),
      cmocka_unit_test(id_is_of_the_content),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
