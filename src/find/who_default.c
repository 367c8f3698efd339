/* The country of people and bodies whose words name none ("police", "protesters"): that of a place in the same sentence,
 * if there is just one country; else the country of the whole dispatch, if one has more than half of all namings; else that
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

/* Country of the state, capital or place that token names; empty. */
static dem_str country_at(dem_doc *doc, const dem_table *states, uint32_t t, uint32_t limit, uint32_t *last) {
  dem_match m = dem_doc_match(doc, states, t, limit);
  *last = t + 1;
  bool longer = t > 0 && doc->tokens.at[t - 1].upos == DEM_UPOS_PROPN && doc->tokens.at[t - 1].space_after; /* "New Mexico" */
  if (m.row == DEM_NONE || longer || !dem_capital(doc, t)) return (dem_str){NULL, 0};
  *last = m.last;
  dem_str code = dem_table_cell(states, m.row, STATES_COUNTRY);
  return is_country(code) ? code : (dem_str){NULL, 0};
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

static void survey(dem_doc *doc, const dem_table *states, scene *s) {
  tallies all = {0};
  s->of_sentence = dem_array(&doc->arena, dem_str, doc->sentences.n);
  for (uint32_t i = 0; i < doc->sentences.n; i++) {
    dem_str only = {NULL, 0};
    bool several = false;
    for (uint32_t t = doc->sentences.at[i].first, last; t < doc->sentences.at[i].last; t = last) {
      dem_str code = country_at(doc, states, t, doc->sentences.at[i].last, &last);
      if (!code.len) continue;
      count(&doc->arena, &all, code);
      if (only.len && !dem_str_eq(only, code)) several = true;
      only = code;
    }
    if (!several) s->of_sentence[i] = only;
  }
  for (uint32_t i = 0; i < doc->mentions.n; i++) {
    const dem_entity *e = &doc->entities.at[doc->mentions.at[i].entity];
    dem_str *only = &s->of_sentence[doc->tokens.at[doc->mentions.at[i].head].sentence];
    if (e->kind != DEM_KIND_PLACE || e->row.len || !is_country(e->code)) continue;
    count(&doc->arena, &all, e->code);
    if (!only->len) *only = e->code;
  }
  s->home = home_of(&all, country_of_dateline(doc, &doc->arena, states));
}

static bool needs_country(const dem_entity *e) {
  if (e->code.len || e->vague || !e->sector.len || e->members.n || e->name.len) return false;
  return !dem_str_in_list(DEM_S("JRN|EDU|UNK|SOC|REL|BUS"), e->sector);
}

void dem_who_default(dem_doc *doc, const dem_model *model) {
  scene s = {0};
  survey(doc, dem_model_table(model, DEM_TABLE_STATES), &s);
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
