/* Stage 4 by itself: sentences with their trees and actors given, so that neither parser nor finder can help or hurt.
 * A sentence is written word/lemma:UPOS:TAG:head:relation, the head counting from 1. An actor is "word=CODE SECTOR". */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/utf8.h"
#include "code/code.h"
#include "doc/doc.h"

static demarche_model *model;

static dem_str text_of(dem_arena *a, const char *sentence, dem_doc *doc) {
  dem_str rest = dem_str_of(sentence), text = {dem_arena_push(a, rest.len + 1), 0};
  while (rest.len) {
    dem_str word = dem_str_cut(&rest, ' '), fields = word, form = dem_str_cut(&fields, ':'), lemma = form;
    dem_str surface = dem_str_cut(&lemma, '/');
    char *out = (char *)text.data;
    memcpy(out + text.len, surface.data, surface.len);
    uint32_t head = 0;
    dem_token *t = dem_push(a, &doc->tokens);
    t->span = (dem_span){(uint32_t)text.len, (uint32_t)(text.len + surface.len)};
    text.len += surface.len;
    out[text.len++] = ' ';
    t->norm = dem_norm(a, surface);
    t->lemma = lemma.len ? lemma : t->norm;
    t->upos = (uint8_t)dem_upos_of(dem_str_cut(&fields, ':'));
    t->tag = dem_str_cut(&fields, ':');
    assert_true(dem_str_u32(dem_str_cut(&fields, ':'), &head));
    t->head = head ? head - 1 : DEM_NONE;
    /* relations with a subtype are written with '.' here */
    dem_str rel = dem_str_copy(a, fields);
    for (size_t i = 0; i < rel.len; i++)
      if (rel.data[i] == '.') ((char *)rel.data)[i] = ':';
    t->deprel = (uint8_t)dem_deprel_of(rel);
    t->space_after = true;
    t->mention = t->over = DEM_NONE;
  }
  return text;
}

static void add_actor(dem_doc *doc, const char *spec) {
  dem_str rest = dem_str_of(spec), word = dem_str_cut(&rest, '='), code = dem_str_cut(&rest, ' ');
  for (uint32_t t = 0; t < doc->tokens.n; t++) {
    if (!dem_str_eq(dem_doc_slice(doc, doc->tokens.at[t].span), word)) continue;
    uint32_t entity = doc->entities.n;
    dem_entity *e = dem_push(&doc->arena, &doc->entities);
    *e = (dem_entity){.kind = DEM_KIND_GOVERNMENT, .name = word, .code = code, .sector = rest};
    *dem_push(&doc->arena, &e->mentions) = doc->mentions.n;
    *dem_push(&doc->arena, &doc->mentions) = (dem_mention){doc->tokens.at[t].span, t, t + 1, t, entity, DEM_FORM_NAME, DEM_USE_ACTOR};
    return;
  }
  fail_msg("no word %s", spec);
}

static dem_str side(dem_doc *doc, const dem_parties *p) {
  dem_str out = {NULL, 0};
  for (uint32_t i = 0; i < p->n; i++) {
    const dem_entity *e = &doc->entities.at[p->at[i].entity];
    out = dem_str_format(&doc->arena, "%.*s%s%.*s%s%.*s", DEM_FMT(out), i ? ";" : "", DEM_FMT(e->code), e->sector.len ? " " : "",
                         DEM_FMT(e->sector));
  }
  return out;
}

/* "TYPE mode status: actors > recipients", events joined by " | ". */
static void check(const char *sentence, const char *const *actors, const char *expected) {
  demarche_doc *doc = demarche_doc_new();
  assert_non_null(doc);
  assert_int_equal(dem_arena_catch(&doc->arena), 0);
  doc->published_day = dem_day_of(2020, 6, 26);
  doc->text = text_of(&doc->arena, sentence, doc);
  *dem_push(&doc->arena, &doc->sentences) =
    (dem_sentence){{0, (uint32_t)doc->text.len}, 0, doc->tokens.n, DEM_NONE, 0};
  dem_doc_index_tree(doc);
  for (; *actors; actors++) add_actor(doc, *actors);
  dem_doc_index_mentions(doc);
  doc->model = model;
  dem_code(doc, model);
  dem_str out = {NULL, 0};
  for (uint32_t i = 0; i < doc->events.n; i++) {
    const dem_event *e = &doc->events.at[i];
    dem_str mode = e->modes.n ? e->modes.at[0] : DEM_S("-");
    out = dem_str_format(&doc->arena, "%.*s%s%.*s %.*s %.*s: %.*s > %.*s", DEM_FMT(out), i ? " | " : "", DEM_FMT(dem_type_text(e->type)),
                         DEM_FMT(mode), DEM_FMT(dem_status_text(e->status)), DEM_FMT(side(doc, &e->actor)), DEM_FMT(side(doc, &e->recipient)));
  }
  char got[1024];
  snprintf(got, sizeof got, "%.*s", DEM_FMT(out));
  assert_string_equal(got, expected);
  demarche_doc_free(doc);
}

#define ACTORS(...) ((const char *const[]){__VA_ARGS__, NULL})

static void plain_and_passive(void **state) {
  (void)state;
  check("Chile:PROPN:NNP:2:nsubj condemned/condemn:VERB:VBD:0:root Peru:PROPN:NNP:2:obj", ACTORS("Chile=CHL", "Peru=PER"),
        "ACCUSE disapprove asserted: CHL > PER");
  check("Peru:PROPN:NNP:3:nsubj.pass was/be:AUX:VBD:3:aux.pass condemned/condemn:VERB:VBN:0:root by:ADP:IN:5:case "
        "Chile:PROPN:NNP:3:obl.agent",
        ACTORS("Chile=CHL", "Peru=PER"), "ACCUSE disapprove asserted: CHL > PER");
  check("Peru:PROPN:NNP:3:nsubj.pass was/be:AUX:VBD:3:aux.pass condemned/condemn:VERB:VBN:0:root", ACTORS("Peru=PER"), "");
}

static void figurative(void **state) {
  (void)state;
  check("Deputies/deputy:NOUN:NNS:3:nsubj bitterly:ADV:RB:3:advmod attacked/attack:VERB:VBD:0:root the:DET:DT:5:det "
        "proposal:NOUN:NN:3:obj of:ADP:IN:7:case Togo:PROPN:NNP:5:nmod",
        ACTORS("Deputies=KEN LEG", "Togo=TGO"), "ACCUSE disapprove asserted: KEN LEG > TGO");
  check("Rebels/rebel:NOUN:NNS:2:nsubj attacked/attack:VERB:VBD:0:root soldiers/soldier:NOUN:NNS:2:obj",
        ACTORS("Rebels=MLI REB", "soldiers=MLI MIL"), "ASSAULT - asserted: MLI REB > MLI MIL");
}

static void content_gives_the_mode(void **state) {
  (void)state;
  check("Peru:PROPN:NNP:2:nsubj urged/urge:VERB:VBD:0:root Cuba:PROPN:NNP:2:obj to:PART:TO:5:mark release:VERB:VB:2:xcomp "
        "two:NUM:CD:7:nummod reporters/reporter:NOUN:NNS:5:obj",
        ACTORS("Peru=PER", "Cuba=CUB", "reporters=CUB JRN"), "REQUEST yield asserted: PER > CUB");
  check("Peru:PROPN:NNP:2:nsubj threatened/threaten:VERB:VBD:0:root to:PART:TO:4:mark bomb:VERB:VB:2:xcomp Chile:PROPN:NNP:4:obj",
        ACTORS("Peru=PER", "Chile=CHL"), "THREATEN violence asserted: PER > CHL");
  check("Peru:PROPN:NNP:2:nsubj promised/promise:VERB:VBD:0:root to:PART:TO:4:mark send:VERB:VB:2:xcomp aid:NOUN:NN:4:obj to:ADP:IN:7:case "
        "Fiji:PROPN:NNP:4:obl",
        ACTORS("Peru=PER", "Fiji=FJI"), "AGREE - asserted: PER > FJI");
}

static void status(void **state) {
  (void)state;
  check("Peru:PROPN:NNP:4:nsubj did/do:AUX:VBD:4:aux not:PART:RB:4:advmod attack:VERB:VB:0:root Chile:PROPN:NNP:4:obj",
        ACTORS("Peru=PER", "Chile=CHL"), "ASSAULT - negated: PER > CHL");
  check("Peru:PROPN:NNP:3:nsubj is/be:AUX:VBZ:3:aux.pass suspected/suspect:VERB:VBN:0:root of:SCONJ:IN:5:mark "
        "favouring/favour:VERB:VBG:3:advcl Chile:PROPN:NNP:5:obj",
        ACTORS("Peru=PER", "Chile=CHL"), "SUPPORT - suspected: PER > CHL");
  check("Peru:PROPN:NNP:3:nsubj will:AUX:MD:3:aux meet:VERB:VB:0:root Chile:PROPN:NNP:3:obj", ACTORS("Peru=PER", "Chile=CHL"),
        "AGREE - asserted: PER;CHL > ");
  check("Peru:PROPN:NNP:3:nsubj will:AUX:MD:3:aux attack:VERB:VB:0:root Chile:PROPN:NNP:3:obj", ACTORS("Peru=PER", "Chile=CHL"),
        "ASSAULT - future: PER > CHL");
}

static void shared_arguments(void **state) {
  (void)state;
  check("Peru:PROPN:NNP:4:nsubj and:CCONJ:CC:3:cc Cuba:PROPN:NNP:1:conj condemned/condemn:VERB:VBD:0:root Chile:PROPN:NNP:4:obj "
        "and:CCONJ:CC:7:cc praised/praise:VERB:VBD:4:conj Fiji:PROPN:NNP:7:obj",
        ACTORS("Peru=PER", "Cuba=CUB", "Chile=CHL", "Fiji=FJI"),
        "ACCUSE disapprove asserted: PER;CUB > CHL | SUPPORT - asserted: PER;CUB > FJI");
}

static void invitations(void **state) {
  (void)state;
  check("Peru:PROPN:NNP:2:nsubj invited/invite:VERB:VBD:0:root Chile:PROPN:NNP:2:obj and:CCONJ:CC:6:cc Santiago:PROPN:NNP:6:nsubj "
        "accepted/accept:VERB:VBD:2:conj",
        ACTORS("Peru=PER", "Chile=CHL GOV", "Santiago=CHL GOV"), "AGREE - asserted: PER > CHL GOV | AGREE - asserted: CHL GOV > PER");
  check("Peru:PROPN:NNP:4:nsubj has/have:AUX:VBZ:4:aux not:PART:RB:4:advmod accepted/accept:VERB:VBN:0:root an:DET:DT:6:det "
        "invitation:NOUN:NN:4:obj from:ADP:IN:8:case Chile:PROPN:NNP:6:nmod",
        ACTORS("Peru=PER", "Chile=CHL"), "AGREE - negated: PER > CHL");
}

static void purposes_are_no_deeds(void **state) {
  (void)state;
  check("Peru:PROPN:NNP:2:nsubj praised/praise:VERB:VBD:0:root efforts/effort:NOUN:NNS:2:obj of:ADP:IN:5:case Chile:PROPN:NNP:3:nmod "
        "to:PART:TO:7:mark arm:VERB:VB:2:advcl Fiji:PROPN:NNP:7:obj",
        ACTORS("Peru=PER", "Chile=CHL", "Fiji=FJI"), "SUPPORT - asserted: PER > CHL");
}

static int open_model(void **state) {
  (void)state;
  const char *path = getenv("DEMARCHE_MODEL");
  demarche_error err;
  return demarche_model_open(path ? path : "en.dmm", &model, &err) != DEMARCHE_OK;
}

static int close_model(void **state) {
  (void)state;
  demarche_model_close(model);
  return 0;
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(plain_and_passive), cmocka_unit_test(figurative),
                                     cmocka_unit_test(content_gives_the_mode), cmocka_unit_test(status),
                                     cmocka_unit_test(shared_arguments), cmocka_unit_test(invitations),
                                     cmocka_unit_test(purposes_are_no_deeds)};
  return cmocka_run_group_tests_name("code: events", tests, open_model, close_model);
}
