/* Mentions and entities on given trees: codes composed from words, offices by date, names and descriptions joined, pronouns,
 * metonymy; and that another country or day changes them. */
#include "tree_help.h"

#include "find/refer.h"
#include "find/said.h"
#include "find/who.h"

static demarche_model *model;

static int open_model(void **state) {
  (void)state;
  demarche_error err;
  if (demarche_model_open(DEMARCHE_MODEL_PATH, &model, &err) != DEMARCHE_OK) fprintf(stderr, "%s\n", err.text);
  return model ? 0 : -1;
}

static int close_model(void **state) {
  (void)state;
  demarche_model_close(model);
  return 0;
}

/* One entity a line: "name or (role) code sectors: mention; mention". Entities with neither code nor sector are left out. */
static void expect_on(const char *day, const char *compact, const char *want) {
  char got[2048] = "";
  sheet s = {.doc = demarche_doc_new()};
  assert_non_null(s.doc);
  sheet_build(&s, compact);
  demarche_doc *doc = s.doc;
  doc->published_day = DEM_NO_DAY;
  if (day) assert_true(dem_day_parse(dem_str_of(day), &doc->published_day));
  dem_find_who(doc, model);
  dem_find_said(doc, model);
  dem_find_refer(doc, model);
  dem_who_default(doc, model);
  for (uint32_t i = 0; i < doc->entities.n; i++) {
    const dem_entity *e = &doc->entities.at[i];
    if (!e->code.len && !e->sector.len) continue;
    size_t n = strlen(got);
    n += e->name.len ? (size_t)snprintf(got + n, sizeof got - n, "%.*s", DEM_FMT(e->name))
                     : (size_t)snprintf(got + n, sizeof got - n, "(%.*s)", DEM_FMT(e->role));
    n += (size_t)snprintf(got + n, sizeof got - n, " %.*s %.*s:", DEM_FMT(e->code), DEM_FMT(e->sector));
    for (uint32_t k = 0; k < e->mentions.n; k++)
      n += (size_t)snprintf(got + n, sizeof got - n, "%s %.*s", k ? ";" : "",
                            DEM_FMT(dem_doc_slice(doc, doc->mentions.at[e->mentions.at[k]].span)));
    snprintf(got + n, sizeof got - n, "\n");
  }
  demarche_doc_free(doc);
  assert_string_equal(got, want);
}

static void expect(const char *compact, const char *want) { expect_on("2020-06-26", compact, want); }

static void a_description_is_composed(void **state) {
  (void)state;
  expect("A/a/DET/5/det senior/senior/ADJ/5/amod French/French/ADJ/5/amod presidential/presidential/ADJ/5/amod "
         "official/official/NOUN/6/nsubj left/leave/VERB/0/root",
         "(senior French presidential official) FRA GOV: A senior French presidential official\n");
  expect("A/a/DET/5/det senior/senior/ADJ/5/amod Kenyan/Kenyan/ADJ/5/amod police/police/NOUN/5/compound "
         "official/official/NOUN/6/nsubj left/leave/VERB/0/root",
         "(senior Kenyan police official) KEN COP: A senior Kenyan police official\n");
  expect("An/a/DET/3/det army/army/NOUN/3/compound spokesman/spokesman/NOUN/4/nsubj spoke/speak/VERB/0/root "
         "in/in/ADP/6/case Peru/Peru/PROPN/4/obl",
         "(army spokesman) PER MIL: An army spokesman\nPeru PER : Peru\n");
}

static void a_country_acts_or_is_a_location(void **state) {
  (void)state;
  expect("Turkey/Turkey/PROPN/2/nsubj left/leave/VERB/0/root Syria/Syria/PROPN/2/obj",
         "Turkey TUR GOV: Turkey\nSyria SYR GOV: Syria\n");
  expect("Turkey/Turkey/PROPN/2/nsubj fought/fight/VERB/0/root in/in/ADP/4/case Syria/Syria/PROPN/2/obl",
         "Turkey TUR GOV: Turkey\nSyria SYR : Syria\n");
}

static void a_capital_is_a_government_beside_politics(void **state) {
  (void)state;
  expect("Paris/Paris/PROPN/2/nsubj insists/insist/VERB/0/root", "Paris FRA GOV: Paris\n");
  expect("Cairo/Cairo/PROPN/2/nsubj insists/insist/VERB/0/root", "Cairo EGY GOV: Cairo\n");
  expect("They/they/PRON/2/nsubj ate/eat/VERB/0/root in/in/ADP/4/case Paris/Paris/PROPN/2/obl", "Paris FRA : Paris\n");
}

static void an_office_counts_on_its_days(void **state) {
  (void)state;
  const char *merkel = "Angela/Angela/PROPN/3/nsubj Merkel/Merkel/PROPN/1/flat left/leave/VERB/0/root";
  expect_on("2018-03-20", merkel, "Angela Merkel DEU GOV: Angela Merkel\n");
  expect_on("2023-03-20", merkel, "Angela Merkel DEU ELI: Angela Merkel\n");
}

static void an_unknown_minister_is_coded_by_the_title(void **state) {
  (void)state;
  expect("Chilean/Chilean/ADJ/3/amod Justice/Justice/PROPN/3/compound Minister/Minister/PROPN/4/nmod:desc "
         "Xeno/Xeno/PROPN/6/nsubj Quallo/Quallo/PROPN/4/flat spoke/speak/VERB/0/root | "
         "Quallo/Quallo/PROPN/2/nsubj left/leave/VERB/0/root",
         "Xeno Quallo CHL GOV: Chilean Justice Minister Xeno Quallo; Quallo\n");
}

static void descriptions_join(void **state) {
  (void)state;
  expect("A/a/DET/3/det Kenyan/Kenyan/ADJ/3/amod official/official/NOUN/4/nsubj spoke/speak/VERB/0/root | "
         "Rebels/rebel/NOUN/2/nsubj fled/flee/VERB/0/root | "
         "The/the/DET/2/det official/official/NOUN/3/nsubj left/leave/VERB/0/root",
         "(Kenyan official) KEN GOV: A Kenyan official; The official\n(Rebels) KEN REB: Rebels\n");
  expect("Emmanuel/Emmanuel/PROPN/3/nsubj Macron/Macron/PROPN/1/flat met/meet/VERB/0/root Angela/Angela/PROPN/3/obj "
         "Merkel/Merkel/PROPN/4/flat | The/the/DET/3/det German/German/ADJ/3/amod leader/leader/NOUN/4/nsubj "
         "left/leave/VERB/0/root",
         "Emmanuel Macron FRA GOV: Emmanuel Macron\nAngela Merkel DEU GOV: Angela Merkel; The German leader\n");
}

static void pronouns_follow_gender_and_number(void **state) {
  (void)state;
  expect("Emmanuel/Emmanuel/PROPN/3/nsubj Macron/Macron/PROPN/1/flat met/meet/VERB/0/root Angela/Angela/PROPN/3/obj "
         "Merkel/Merkel/PROPN/4/flat | She/she/PRON/2/nsubj left/leave/VERB/0/root",
         "Emmanuel Macron FRA GOV: Emmanuel Macron\nAngela Merkel DEU GOV: Angela Merkel; She\n");
  expect("Turkey/Turkey/PROPN/2/nsubj ups/up/VERB/0/root its/its/PRON/4/nmod:poss support/support/NOUN/2/obj "
         "for/for/ADP/6/case rebels/rebel/NOUN/4/nmod",
         "Turkey TUR GOV: Turkey; its\n(rebels) TUR REB: rebels\n");
}

static void a_leader_may_go_by_the_surname(void **state) {
  (void)state;
  expect("Putin/Putin/PROPN/2/nsubj left/leave/VERB/0/root", "Vladimir Putin RUS GOV: Putin\n");
  expect("putin/putin/NOUN/2/nsubj left/leave/VERB/0/root", "");
}

static void commas_make_an_apposition(void **state) {
  (void)state;
  expect("The/the/DET/2/det president/president/NOUN/8/nsubj of/of/ADP/4/case Kenya/Kenya/PROPN/2/nmod ~,/,/PUNCT/6/punct "
         "Xeno/Xeno/PROPN/8/dep Quallo/Quallo/PROPN/6/flat ~,/,/PUNCT/6/punct left/leave/VERB/0/root",
         "Kenya KEN : Kenya\nXeno Quallo KEN GOV: The president of Kenya; Xeno Quallo\n");
}

static void two_countries_share_a_noun(void **state) {
  (void)state;
  const char *both = "Kenyan/Kenyan/ADJ/4/amod and/and/CCONJ/3/cc Ugandan/Ugandan/ADJ/1/conj officials/official/NOUN/5/nsubj "
                     "met/meet/VERB/0/root";
  expect(both, "(Kenyan and Ugandan officials)  GOV: Kenyan and Ugandan officials\n(Kenyan and Ugandan officials) KEN GOV:\n"
               "(Kenyan and Ugandan officials) UGA GOV:\n");
}

static void police_are_of_the_place(void **state) {
  (void)state;
  expect("Police/police/NOUN/2/nsubj arrested/arrest/VERB/0/root a/a/DET/5/det Kenyan/Kenyan/ADJ/5/amod "
         "reporter/reporter/NOUN/2/obj in/in/ADP/7/case Uganda/Uganda/PROPN/2/obl",
         "(Police) UGA COP: Police\n(Kenyan reporter) KEN JRN: a Kenyan reporter\nUganda UGA : Uganda\n");
  expect("Police/police/NOUN/2/nsubj arrested/arrest/VERB/0/root a/a/DET/5/det Kenyan/Kenyan/ADJ/5/amod "
         "reporter/reporter/NOUN/2/obj in/in/ADP/7/case Peru/Peru/PROPN/2/obl",
         "(Police) PER COP: Police\n(Kenyan reporter) KEN JRN: a Kenyan reporter\nPeru PER : Peru\n");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_description_is_composed),
      cmocka_unit_test(a_country_acts_or_is_a_location),
      cmocka_unit_test(a_capital_is_a_government_beside_politics),
      cmocka_unit_test(an_office_counts_on_its_days),
      cmocka_unit_test(an_unknown_minister_is_coded_by_the_title),
      cmocka_unit_test(descriptions_join),
      cmocka_unit_test(pronouns_follow_gender_and_number),
      cmocka_unit_test(a_leader_may_go_by_the_surname),
      cmocka_unit_test(commas_make_an_apposition),
      cmocka_unit_test(two_countries_share_a_noun),
      cmocka_unit_test(police_are_of_the_place),
  };
  return cmocka_run_group_tests(tests, open_model, close_model);
}
