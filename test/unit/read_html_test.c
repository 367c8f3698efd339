/* Web pages: what a browser shows of the story, and what the page says of itself. All pages are ours. */
#include "read_help.h"

#include <stdlib.h>

#define PARAGRAPH                                                                                                                \
  "<p>The ministers of both countries met in the border town on Tuesday, the first such meeting since the war began, and "       \
  "agreed to reopen the crossing.</p>"
#define SHOWN                                                                                                                    \
  "The ministers of both countries met in the border town on Tuesday, the first such meeting since the war began, and "          \
  "agreed to reopen the crossing."

#define SECOND "Trucks moved at noon, said the owners of the caf\xC3\xA9s along the road, who had waited for it since spring."
#define THIRD "The ministers will meet again in the autumn, when the harvest is in and the river is low enough to cross."

static void page_is(const char *page, const char *text) {
  demarche_doc *doc = read_text(page);
  is(doc->format, "html");
  is(doc->text, text);
  demarche_doc_free(doc);
}

static void story_without_furniture(void **state) {
  (void)state;
  demarche_doc *doc = read_text(
      "<!DOCTYPE html><html lang=en><head><title>Crossing to reopen | The Border Post</title>\n"
      "<meta property='og:site_name' content='The Border Post'><link rel=canonical href='https://post.example/2021/03/02/crossing'>\n"
      "<script type='application/ld+json'>{\"@context\": \"https://schema.org\", \"@graph\": [{\"@type\": \"NewsArticle\",\n"
      " \"headline\": \"Crossing to reopen\", \"datePublished\": \"2021-03-02T10:00:00+03:00\", \"dateModified\": \"2021-03-03\",\n"
      " \"author\": [{\"@type\": \"Person\", \"name\": \"Jane Doe\"}, {\"name\": \"Ali Kaya\"}]}]}</script></head><body>\n"
      "<nav><ul><li><a href=/>Home</a><li><a href=/world>World</a></ul></nav><header><a href=/>The Border Post</a></header>\n"
      "<article><h1>Crossing to reopen</h1><div class=byline>By Jane Doe</div>\n"
      "<figure><img src=a.jpg><figcaption>Trucks wait. (Reuters/Jane Doe)</figcaption></figure>\n"
      "<div class='article-body'>" PARAGRAPH "<div class=related-links><a href=/x>Earlier: Talks stall</a></div><p>" SECOND "</p>"
      "<h2>What comes next</h2><p>" THIRD "</p><p>Sign up for our newsletter.</p></div></article>\n"
      "<section id=comments><p>A reader writes that the crossing should never have been closed, and that it was a mistake.</p></section>\n"
      "<footer>&copy; 2021 The Border Post. All rights reserved.</footer></body></html>");
  is(doc->headline, "Crossing to reopen");
  is(doc->published, "2021-03-02T10:00:00+03:00");
  is(doc->updated, "2021-03-03");
  is(doc->byline, "Jane Doe; Ali Kaya");
  is(doc->publisher, "The Border Post");
  is(doc->url, "https://post.example/2021/03/02/crossing");
  is(doc->text, SHOWN "\n\n" SECOND "\n\nWhat comes next\n\n" THIRD);
  assert_int_equal(doc->captions.n, 1);
  is(doc->captions.at[0].text, "Trucks wait.");
  is(doc->captions.at[0].credit, "Reuters/Jane Doe");
  demarche_doc_free(doc);
}

static void no_marks_at_all(void **state) {
  (void)state;
  page_is("<html><head><title>T</title></head><body><table><tr><td><a href=1>One</a> <a href=2>Two</a></td><td>" PARAGRAPH "<p>" SECOND
          "</p><p>" SECOND "</p></td></tr></table></body></html>",
          SHOWN "\n\n" SECOND);
}

static void lines_and_references(void **state) {
  (void)state;
  page_is("<html><body><p>It is 5&nbsp;&lt;&nbsp;6, said caf&eacute; owner A&#233;r&#xf3; <b>bo</b>ld &amp&#8217;s \xC2\xAD"
          "case<br>and went on to say so "
          "twice.<br><br>Then he left the room without another word to anybody there.</body>",
          "It is 5 < 6, said caf\xC3\xA9 owner A\xC3\xA9r\xC3\xB3 bold &\xE2\x80\x99s case and went on to say so twice.\n\n"
          "Then he left the room without another word to anybody there.");
}

static void nothing_of_scripts(void **state) {
  (void)state;
  page_is(
      "<html><body><script>if (a < b) document.write('<p>No.</p>');</script><style>p { color: red }</style><noscript><p>No.</p></noscript>"
      "<template><p>No.</p></template><svg><title>No</title><text>No</text></svg>" PARAGRAPH
      "<textarea>No</textarea><select><option>No</select></body>",
      SHOWN);
}

static void encodings(void **state) {
  (void)state;
  static const char page[] =
      "<html><head><meta charset=windows-1251><title>x</title></head><body><p>\xCC\xEE\xF1\xEA\xE2\xE0 is where the "
      "two foreign ministers held their talks on Friday.</p></body></html>";
  page_is(page,
          "\xD0\x9C\xD0\xBE\xD1\x81\xD0\xBA\xD0\xB2\xD0\xB0 is where the two foreign ministers held their talks on Friday.");
  static const char lying[] =
      "<html><head><meta charset=iso-8859-1></head><body><p>Caf\xC3\xA9 owners met the mayor on Friday, he said on Saturday.</p>";
  page_is(lying, "Caf\xC3\xA9 owners met the mayor on Friday, he said on Saturday.");
  static const char latin[] = "<html><body><p>Caf\xE9 owners met the mayor on Friday, he said on \x93Saturday\x94.</p>";
  page_is(latin, "Caf\xC3\xA9 owners met the mayor on Friday, he said on \xE2\x80\x9CSaturday\xE2\x80\x9D.");
}

/* An element nested deeper than the limit is flattened, at the limit it is not; the text is kept either way. */
static void depth(void **state) {
  (void)state;
  for (unsigned n = 509; n < 513; n++) {
    char *page = malloc(20000), *p = page + sprintf(page, "<html><body>");
    for (unsigned i = 0; i < n; i++) p += sprintf(p, "<div>");
    sprintf(p, PARAGRAPH);
    demarche_doc *doc = read_text(page);
    is(doc->text, SHOWN);
    assert_int_equal(note_of(doc, "depth") != NULL, n + 3 > 512); /* html, body, n divs, p */
    demarche_doc_free(doc);
    free(page);
  }
}

static void attributes(void **state) {
  (void)state;
  for (unsigned n = 255; n < 258; n++) {
    char *page = malloc(8000), *p = page + sprintf(page, "<html><body><p");
    for (unsigned i = 0; i < n; i++) p += sprintf(p, " a%u=%u", i, i);
    sprintf(p, ">%s", strchr(PARAGRAPH, '>') + 1);
    demarche_doc *doc = read_text(page);
    is(doc->text, SHOWN);
    assert_int_equal(note_of(doc, "attributes") != NULL, n > 256);
    demarche_doc_free(doc);
    free(page);
  }
}

static void dates(void **state) {
  (void)state;
  static const struct {
    const char *head, *body, *published;
  } cases[] = {
      {"<meta property='article:published_time' content='2020-01-02T03:04:05Z'>", "", "2020-01-02T03:04:05Z"},
      {"<meta name=pubdate content='Thu, 02 Jan 2020 03:04:05 GMT'>", "", "2020-01-02"},
      {"", "<time datetime='2020-01-02'>today</time>", "2020-01-02"},
      {"", "<span itemprop=datePublished content='2020-01-02'></span>", "2020-01-02"},
      {"", "<span class=post-date>Posted on January 2, 2020 by staff</span>", "2020-01-02"},
      {"<link rel=canonical href='https://a.example/2020/01/02/b.html'>", "", "2020-01-02"},
      {"<meta property=og:url content='https://a.example/2020/01/01/b'><meta property='article:published_time' content='2020-01-02T03:04:05Z'>",
       "", "2020-01-01"},
      {"", "", ""},
  };
  for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
    char page[2000];
    snprintf(page, sizeof page, "<html><head>%s</head><body><div>%s</div><div class=story-body>" PARAGRAPH "</div></body></html>",
             cases[i].head, cases[i].body);
    demarche_doc *doc = read_text(page);
    is(doc->published, cases[i].published);
    is(doc->text, SHOWN);
    demarche_doc_free(doc);
  }
}

static void corrections_and_sections(void **state) {
  (void)state;
  demarche_doc *doc = read_text("<html><head><meta property='article:section' content='Opinion'></head><body><article>" PARAGRAPH "<p>" SECOND
                                "</p><p>Correction: An earlier version named the wrong town.</p></article></body></html>");
  is(doc->text, SHOWN "\n\n" SECOND);
  is(doc->status, "corrected");
  is(doc->genre, "opinion");
  is(note_of(doc, "editors")->message, "Correction: An earlier version named the wrong town.");
  demarche_doc_free(doc);
}

static void other_languages_are_left_out(void **state) {
  (void)state;
  static const struct {
    const char *page;
    bool foreign;
  } cases[] = {
      {"<html lang=fr><body><p>Le ministre a dit que les deux pays ont ouvert la porte de la ville et que le pont est dans un bon \xC3\xA9tat.</p>", true},
      {"<html lang=fr><body>" PARAGRAPH "<p>" SECOND "</p>", false}, /* a wrong declaration */
      {"<html lang=en><body><p>\xD0\x9C\xD0\xB8\xD0\xBD\xD0\xB8\xD1\x81\xD1\x82\xD1\x80 \xD1\x81\xD0\xBA\xD0\xB0\xD0\xB7\xD0\xB0\xD0\xBB \xD0\xBD\xD0\xB5\xD1\x82.</p>", true},
      {"<html lang=de><body><p>Kenya accused Uganda of lying.</p>", true}, /* too short to tell: as declared */
      {"<html><body><p>Kenya accused Uganda of lying.</p>", false},
  };
  for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
    demarche_doc *doc = read_text(cases[i].page);
    assert_int_equal(doc->foreign, cases[i].foreign);
    assert_int_equal(note_of(doc, "language") != NULL, cases[i].foreign);
    assert_true(doc->text.len > 0);
    demarche_doc_free(doc);
  }
}

static void odd_pages(void **state) {
  (void)state;
  page_is("<html><body><div class=x>" PARAGRAPH "</span></td></b></div></div></p></section>", SHOWN);
  page_is("<html><body><p>The river rose on Friday and nobody knows when it will fall again, they said.<p",
          "The river rose on Friday and nobody knows when it will fall again, they said.");
  page_is(
      "<html><body><ul><li>The river rose on Friday, the mayor of the town said.<li>It will fall on Sunday, he added, if the rain ends.</ul>",
      "The river rose on Friday, the mayor of the town said.\n\nIt will fall on Sunday, he added, if the rain ends.");
  page_is("<html><body><p>The river rose\xE2\x80\xA8on Friday\xC2\x85&#x2029; and fell again, they said on Sunday.</p>",
          "The river rose on Friday and fell again, they said on Sunday.");
  page_is("<html></html>", "");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(story_without_furniture),
      cmocka_unit_test(no_marks_at_all),
      cmocka_unit_test(lines_and_references),
      cmocka_unit_test(nothing_of_scripts),
      cmocka_unit_test(encodings),
      cmocka_unit_test(depth),
      cmocka_unit_test(attributes),
      cmocka_unit_test(dates),
      cmocka_unit_test(odd_pages),
      cmocka_unit_test(corrections_and_sections),
      cmocka_unit_test(other_languages_are_left_out),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
