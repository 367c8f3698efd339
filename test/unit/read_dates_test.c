/* Dates of publication and datelines. */
#include "read_help.h"

/* What a JSON record with this date gives. */
static void published_as(const char *date, const char *want) {
  char text[300];
  snprintf(text, sizeof text, "{\"text\": \"Oslo is calm.\", \"published\": \"%s\"}", date);
  demarche_doc *doc = read_text(text);
  is(doc->published, want);
  demarche_doc_free(doc);
}

static void forms(void **state) {
  (void)state;
  published_as("2020-06-26", "2020-06-26");
  published_as("2020-06-26T10:00Z", "2020-06-26T10:00Z");
  published_as("2020-06-26 10:00:00", "2020-06-26T10:00:00");
  published_as("20200626", "2020-06-26");
  published_as("20200626101500", "2020-06-26");
  published_as("June 26, 2020", "2020-06-26");
  published_as("Jun. 26 2020", "2020-06-26");
  published_as("26 June 2020", "2020-06-26");
  published_as("26th of June, 2020", "2020-06-26");
  published_as("Fri, 26 Jun 2020 10:00 GMT", "2020-06-26");
  published_as("Friday, June 26, 2020", "2020-06-26");
  published_as("26-JUN-1987 15:01:01.79", "1987-06-26");
  published_as("26/06/2020", "2020-06-26");
  published_as("06/26/2020", "2020-06-26");
  published_as("26.6.2020", "2020-06-26");
  published_as("2020/06/26", "2020-06-26");
}

static void no_such_day(void **state) {
  (void)state;
  published_as("February 30, 2020", "");
  published_as("2020-13-01", "");
  published_as("June 2020", "");
  published_as("soon", "");
  published_as("99999999999999999999", "");
}

static void ambiguous_order_is_noted(void **state) {
  (void)state;
  demarche_doc *doc = read_text("{\"text\": \"Oslo is calm.\", \"date\": \"05/06/2020\"}");
  is(doc->published, "2020-06-05");
  assert_non_null(note_of(doc, "date-order"));
  demarche_doc_free(doc);
}

static void date_of_the_link(void **state) {
  (void)state;
  demarche_doc *doc = read_text("Oslo is calm.\n\nOriginal url: https://example.org/2014/03/04/oslo-1234\n");
  is(doc->published, "2014-03-04");
  assert_non_null(note_of(doc, "date-from-url"));
  demarche_doc_free(doc);
}

typedef struct dateline_case {
  const char *text, *dateline, *place, *agency, *date;
} dateline_case;

static void datelines(void **state) {
  (void)state;
  static const dateline_case cases[] = {
      {"PARIS, June 26 (AFP) - France spoke.", "PARIS, June 26 (AFP) -", "PARIS", "AFP", "2020-06-26"},
      {"MOSCOW (Reuters) \xE2\x80\x94 Russia spoke.", "MOSCOW (Reuters) \xE2\x80\x94", "MOSCOW", "Reuters", ""},
      {"GAZA CITY, Gaza Strip (AP) -- Hamas spoke.", "GAZA CITY, Gaza Strip (AP) --", "GAZA CITY, Gaza Strip", "AP", ""},
      {"BEIRUT/DAMASCUS, Sept 3 - Syria spoke.", "BEIRUT/DAMASCUS, Sept 3 -", "BEIRUT/DAMASCUS", "", "2019-09-03"},
      {"BEIJING, July 1 (Xinhua) -- China spoke.", "BEIJING, July 1 (Xinhua) --", "BEIJING", "Xinhua", "2020-07-01"},
      {"MOSCOW, June 26. /TASS/. Russia spoke.", "MOSCOW, June 26. /TASS/.", "MOSCOW", "TASS", "2020-06-26"},
      {"Paris (AFP) \xE2\x80\x93 France spoke.", "Paris (AFP) \xE2\x80\x93", "Paris", "AFP", ""},
      {"(Reuters) - The U.N. spoke.", "(Reuters) -", "", "Reuters", ""},
      {"RICHMOND, Va. Feb 10 - Bank spoke.", "RICHMOND, Va. Feb 10 -", "RICHMOND, Va.", "", "2020-02-10"},
      {"CAIRO \xE2\x80\x94 Egypt spoke.", "CAIRO \xE2\x80\x94", "CAIRO", "", ""},
      {"RIO DE JANEIRO, 26 June (EFE) - Brazil spoke.", "RIO DE JANEIRO, 26 June (EFE) -", "RIO DE JANEIRO", "EFE", "2020-06-26"},
  };
  for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
    demarche_doc *doc = read_bytes(cases[i].text, strlen(cases[i].text), "2020-06-27");
    is(doc->dateline.text, cases[i].dateline);
    is(dem_doc_slice(doc, doc->dateline.span), cases[i].dateline);
    is(doc->dateline.place, cases[i].place);
    is(doc->dateline.agency, cases[i].agency);
    is(dem_day_format(&doc->arena, doc->dateline.date), cases[i].date);
    is(doc->agency, cases[i].agency);
    is(doc->text, cases[i].text);
    demarche_doc_free(doc);
  }
}

static void no_datelines(void **state) {
  (void)state;
  static const char *const texts[] = {
      "BREAKING - Oslo is calm.",    "Norway said Sweden - its neighbour - was calm.",      "NATO (the alliance) met.",
      "The minister (58) resigned.", "Oslo \xE2\x80\x94 the capital \xE2\x80\x94 is calm.", "UN - the body - met.",
      "oslo (AFP) - norway spoke.",
  };
  for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
    demarche_doc *doc = read_text(texts[i]);
    is(doc->dateline.text, "");
    assert_int_equal(doc->dateline.span.end, 0);
    demarche_doc_free(doc);
  }
}

static void dateline_with_a_year_dates_the_dispatch(void **state) {
  (void)state;
  demarche_doc *doc = read_text("STOCKHOLM, Aug 29, 2014 (AFP) - Sweden spoke.");
  is(doc->published, "2014-08-29");
  assert_int_equal(doc->dateline.date, doc->published_day);
  demarche_doc_free(doc);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(forms),
      cmocka_unit_test(no_such_day),
      cmocka_unit_test(ambiguous_order_is_noted),
      cmocka_unit_test(date_of_the_link),
      cmocka_unit_test(datelines),
      cmocka_unit_test(no_datelines),
      cmocka_unit_test(dateline_with_a_year_dates_the_dispatch),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
