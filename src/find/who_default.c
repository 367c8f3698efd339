/* The country of people and bodies whose words name none ("police", "protesters"): that of a place in the same sentence,
 * if there is just one country (locations before other namings; nationalities do not count); else the country of the whole dispatch, if one has more than half of all namings; else that
 * of the dateline, if the text names it too. Only for those who act for or in a country. Refuses foreigners by trade
 * (reporters, analysts) and persons known by name. */
#include "base/utf8.h"
#include "find/who.h"
#include "find/who_work.h"

typedef struct tally {
  dem_str code;
  uint32_t n;
} tally;
typedef dem_list(tally) tallies;

enum { COUNTRIES_MOST = 64 };

static void count(dem_arena *arena, tallies *all, dem_str code) {
  for (uint32_t i = 0; i < all->n; i++)
    if (dem_str_eq(all->at[i].code, code)) {
      all->at[i].n++;
      return;
    }
  if (all->n < COUNTRIES_MOST) *dem_push(arena, all) = (tally){code, 1};
}

static bool is_country(dem_str code) { return code.len == 3 && !dem_str_in_list(DEM_S("UNO|EUR|IGO|NGO|ISM|IMG|MNC"), code); }

typedef struct naming {
  dem_str code;  /* empty when no country is named here */
  uint32_t last; /* one past its tokens */
  bool located;  /* "in Kenya" */
  bool people;   /* an adjective or a demonym: says nothing of the place */
} naming;

static bool after_locative(const dem_doc *doc, const dem_table *words, uint32_t t) {
  if (t > 0 && dem_str_is(doc->tokens.at[t - 1].norm, "the")) t--;
  return t > 0 && dem_who_word(words, doc->tokens.at[t - 1].norm, "who-locative", NULL);
}

static naming naming_at(dem_doc *doc, const dem_table *states, const dem_table *words, uint32_t t, uint32_t limit) {
  dem_match m = dem_doc_match(doc, states, t, limit);
  naming n = {.last = t + 1};
  bool longer = t > 0 && doc->tokens.at[t - 1].upos == DEM_UPOS_PROPN && doc->tokens.at[t - 1].space_after; /* "New Mexico" */
  if (m.row == DEM_NONE || longer || !dem_capital(doc, t)) return n;
  n.last = m.last;
  dem_str code = dem_table_cell(states, m.row, STATES_COUNTRY), kind = dem_table_cell(states, m.row, STATES_KIND);
  if (is_country(code)) n.code = code;
  n.people = dem_str_is(kind, "adjective") || dem_str_is(kind, "people");
  n.located = after_locative(doc, words, t);
  return n;
}

typedef struct scene {
  dem_str *of_sentence; /* the only country of each sentence; empty when none or several */
  dem_str home;
} scene;

static dem_str country_of_dateline(const dem_doc *doc, dem_arena *arena, const dem_table *states) {
  if (!doc->dateline.place.len) return (dem_str){NULL, 0};
  uint32_t row = dem_table_find(states, dem_norm(arena, doc->dateline.place));
  return row == DEM_NONE ? (dem_str){NULL, 0} : dem_table_cell(states, row, STATES_COUNTRY);
}

static dem_str home_of(const tallies *all, dem_str dateline) {
  uint32_t total = 0, best = DEM_NONE;
  bool named = all->n == 0;
  for (uint32_t i = 0; i < all->n; i++) {
    total += all->at[i].n;
    if (best == DEM_NONE || all->at[i].n > all->at[best].n) best = i;
    if (dem_str_eq(all->at[i].code, dateline)) named = true;
  }
  if (best != DEM_NONE && all->at[best].n >= 2 && all->at[best].n * 2 > total) return all->at[best].code;
  return named && is_country(dateline) ? dateline : (dem_str){NULL, 0};
}

typedef struct only {
  dem_str code;
  bool several;
} only;

static void note(only *o, dem_str code) {
  if (o->code.len && !dem_str_eq(o->code, code)) o->several = true;
  o->code = code;
}

static dem_str settle(const only *o) { return o->several ? (dem_str){NULL, 0} : o->code; }

/* Places that no state's row names: "in Nairobi" by the places table; they are mentions with a country. */
static void survey_places(dem_doc *doc, const dem_table *words, only *located, tallies *all) {
  for (uint32_t i = 0; i < doc->mentions.n; i++) {
    const dem_mention *m = &doc->mentions.at[i];
    const dem_entity *e = &doc->entities.at[m->entity];
    if (e->kind != DEM_KIND_PLACE || e->row.len || !is_country(e->code)) continue;
    count(&doc->arena, all, e->code);
    if (after_locative(doc, words, m->first)) note(&located[doc->tokens.at[m->head].sentence], e->code);
  }
}

static void survey(dem_doc *doc, const dem_table *states, const dem_table *words, scene *s) {
  tallies all = {0};
  s->of_sentence = dem_array(&doc->arena, dem_str, doc->sentences.n);
  only *located = dem_array(&doc->arena, only, doc->sentences.n), *named = dem_array(&doc->arena, only, doc->sentences.n);
  for (uint32_t i = 0; i < doc->sentences.n; i++) {
    const dem_sentence *sentence = &doc->sentences.at[i];
    for (uint32_t t = sentence->first; t < sentence->last;) {
      naming n = naming_at(doc, states, words, t, sentence->last);
      t = n.last;
      if (!n.code.len) continue;
      count(&doc->arena, &all, n.code);
      if (n.located) note(&located[i], n.code);
      else if (!n.people) note(&named[i], n.code);
    }
  }
  survey_places(doc, words, located, &all);
  for (uint32_t i = 0; i < doc->sentences.n; i++)
    s->of_sentence[i] = located[i].code.len ? settle(&located[i]) : settle(&named[i]);
  s->home = home_of(&all, country_of_dateline(doc, &doc->arena, states));
}

static bool needs_country(const dem_entity *e) {
  if (e->code.len || e->vague || !e->sector.len || e->members.n || e->name.len) return false;
  return !dem_str_in_list(DEM_S("JRN|EDU|UNK|SOC|REL|BUS"), e->sector);
}

void dem_who_default(dem_doc *doc, const dem_model *model) {
  scene s = {0};
  survey(doc, dem_model_table(model, DEM_TABLE_STATES), dem_model_table(model, DEM_TABLE_WORDS), &s);
  for (uint32_t i = 0; i < doc->mentions.n; i++) {
    const dem_mention *m = &doc->mentions.at[i];
    dem_entity *e = &doc->entities.at[m->entity];
    if (m->form != DEM_FORM_NOMINAL || !needs_country(e)) continue;
    uint32_t sentence = doc->tokens.at[m->head].sentence;
    e->code = s.of_sentence[sentence].len ? s.of_sentence[sentence] : s.home;
    if (e->code.len)
      dem_doc_reason(doc, sentence, "\"%.*s\": %.*s, the country %s", DEM_FMT(dem_doc_slice(doc, m->span)), DEM_FMT(e->code),
                     s.of_sentence[sentence].len ? "named in the sentence" : "the dispatch is about");
  }
}
