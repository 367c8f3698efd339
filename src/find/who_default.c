/* The country of people and bodies whose words name none ("police", "the prime minister", "Parliament", "Minister Xeno"). Each
 * country that the dispatch names gets points: for its share of all namings (states, places, people and bodies that the lexicon
 * knows), for the dateline, for being where this sentence or the one before takes place, for being named in the sentence, and
 * when the last one of the same trade was of it ("the prosecutor" after "a court in Lima"). The best with enough points wins.
 * Where a sentence takes place says more of people than of institutions, and nothing of names. Refuses foreigners by trade
 * (reporters, analysts) and whoever the lexicon knows. */
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
  bool capital;  /* "Brussels" alone says little of where the story is */
  bool people;   /* an adjective or a demonym: says nothing of the place */
} naming;

static bool after_locative(const dem_doc *doc, const dem_table *words, uint32_t t) {
  if (t > 0 && dem_str_is(doc->tokens.at[t - 1].norm, "the")) t--;
  return t > 0 && dem_who_word(words, doc->tokens.at[t - 1].norm, "who-locative", NULL);
}

static naming naming_at(dem_doc *doc, const dem_table *states, const dem_table *words, bool caseless, uint32_t t, uint32_t limit) {
  dem_match m = dem_doc_match(doc, states, t, limit);
  naming n = {.last = t + 1};
  bool longer = t > 0 && doc->tokens.at[t - 1].upos == DEM_UPOS_PROPN && doc->tokens.at[t - 1].space_after; /* "New Mexico" */
  if (m.row == DEM_NONE || longer) return n;
  if (caseless ? doc->tokens.at[t].norm.len < 3 : !dem_capital(doc, t)) return n;
  n.last = m.last;
  dem_str code = dem_table_cell(states, m.row, STATES_COUNTRY), kind = dem_table_cell(states, m.row, STATES_KIND);
  if (is_country(code)) n.code = code;
  n.people = dem_str_is(kind, "adjective") || dem_str_is(kind, "people");
  n.capital = dem_str_is(kind, "capital") || dem_str_is(kind, "seat");
  n.located = after_locative(doc, words, t);
  return n;
}

typedef struct scene {
  tallies all;              /* namings by country */
  uint32_t total;
  dem_str *located, *named; /* by sentence: the only country of its locations; the only other one named; empty */
  dem_str dateline;         /* that of the dateline, where the text names it too; empty */
} scene;

static dem_str country_of_dateline(const dem_doc *doc, dem_arena *arena, const dem_table *states) {
  if (!doc->dateline.place.len) return (dem_str){NULL, 0};
  uint32_t row = dem_table_find(states, dem_norm(arena, doc->dateline.place));
  if (row != DEM_NONE) return dem_table_cell(states, row, STATES_COUNTRY);
  return doc->places.n && doc->places.at[0].first == doc->places.at[0].last ? doc->places.at[0].country : (dem_str){NULL, 0};
}

static bool named_among(const tallies *all, dem_str code) {
  for (uint32_t i = 0; i < all->n; i++)
    if (dem_str_eq(all->at[i].code, code)) return true;
  return all->n == 0;
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

/* Dependencies are coded as the state that controls them (PLOVER 2.0, section 9). */
static dem_str sovereign(dem_str code) {
  static const struct {
    const char *state, *of;
  } lands[] = {{"USA", "PRI|GUM|VIR|ASM|MNP|UMI"},
               {"GBR", "GIB|BMU|CYM|FLK|VGB|TCA|MSR|AIA|SHN|JEY|GGY|IMN|IOT|PCN|SGS"},
               {"FRA", "GUF|GLP|MTQ|REU|MYT|NCL|PYF|SPM|WLF|BLM|MAF|ATF"},
               {"DNK", "GRL|FRO"},
               {"NLD", "ABW|CUW|SXM|BES"},
               {"NOR", "SJM|BVT"},
               {"AUS", "CXR|CCK|NFK|HMD"},
               {"NZL", "COK|NIU|TKL"},
               {"CHN", "MAC"},
               {"FIN", "ALA"},
               {"MAR", "ESH"},
               {"KOS", "XKX"}};
  for (size_t i = 0; i < sizeof lands / sizeof *lands; i++)
    if (dem_str_in_list(dem_str_of(lands[i].of), code)) return dem_str_of(lands[i].state);
  return code;
}

/* Towns, provinces and the like, as `where` resolved them; states are named by their rows. */
static void survey_places(dem_doc *doc, const dem_table *words, only *located, tallies *all) {
  for (uint32_t i = 0; i < doc->places.n; i++) {
    const dem_place *p = &doc->places.at[i];
    if (p->kind != DEM_PLACE_NAME || !is_country(p->country) || p->first >= p->last || dem_str_starts(p->feature, "PCL")) continue;
    count(&doc->arena, all, sovereign(p->country));
    if (after_locative(doc, words, p->first)) note(&located[doc->tokens.at[p->first].sentence], sovereign(p->country));
  }
}

/* In a text without capitals `where` sees no places: large towns and provinces count, whatever their case. */
static void survey_lower(dem_doc *doc, const dem_gazetteer *places, const dem_table *words, tallies *all) {
  for (uint32_t i = 0; i < doc->tokens.n; i++) {
    const dem_token *t = &doc->tokens.at[i];
    if (t->norm.len < 3 || (t->upos != DEM_UPOS_NOUN && t->upos != DEM_UPOS_PROPN && t->upos != DEM_UPOS_ADJ)) continue;
    dem_match m = dem_doc_match_place(doc, places, i, doc->sentences.at[t->sentence].last);
    if (m.row == DEM_NONE || (m.last == i + 1 && dem_who_word(words, t->norm, "place-common", NULL))) continue;
    dem_gaz_entry p = dem_gazetteer_entry(places, m.row);
    if ((p.people >= 50000 || dem_str_is(p.feature, "ADM1")) && is_country(p.country)) count(&doc->arena, all, p.country);
    i = m.last - 1;
  }
}

/* People and bodies of the lexicon that have a country. */
static void survey_known(dem_doc *doc, tallies *all) {
  for (uint32_t i = 0; i < doc->mentions.n; i++) {
    const dem_mention *m = &doc->mentions.at[i];
    const dem_entity *e = &doc->entities.at[m->entity];
    bool known = dem_str_starts(e->row, "offices/people") || dem_str_starts(e->row, "actors/organisations");
    if (known && m->form == DEM_FORM_NAME && (is_country(e->code) || dem_str_is(e->code, "EUR"))) count(&doc->arena, all, e->code);
  }
}

static void survey(dem_doc *doc, const dem_table *states, const dem_gazetteer *places, const dem_table *words, scene *s) {
  bool caseless = dem_who_caseless(doc);
  uint32_t *place_of = dem_array(&doc->arena, uint32_t, doc->tokens.n); /* by token: 1 + the place that begins there */
  for (uint32_t i = 0; i < doc->places.n; i++)
    if (doc->places.at[i].first < doc->places.at[i].last && doc->places.at[i].kind == DEM_PLACE_NAME) place_of[doc->places.at[i].first] = i + 1;
  tallies *all = &s->all, states_named = {0}; /* with and without what capitals and places tell */
  s->located = dem_array(&doc->arena, dem_str, doc->sentences.n);
  s->named = dem_array(&doc->arena, dem_str, doc->sentences.n);
  only *located = dem_array(&doc->arena, only, doc->sentences.n), *named = dem_array(&doc->arena, only, doc->sentences.n);
  for (uint32_t i = 0; i < doc->sentences.n; i++) {
    const dem_sentence *sentence = &doc->sentences.at[i];
    for (uint32_t t = sentence->first; t < sentence->last;) {
      uint32_t at = t;
      naming n = naming_at(doc, states, words, caseless, t, sentence->last);
      t = n.last;
      if (n.code.len && place_of[at] && is_country(doc->places.at[place_of[at] - 1].country))
        n.code = doc->places.at[place_of[at] - 1].country; /* "Georgia", as `where` took it */
      if (!n.code.len) continue;
      if (!n.capital || n.located) count(&doc->arena, all, n.code);
      if (!n.capital) count(&doc->arena, &states_named, n.code);
      if (n.located) note(&located[i], n.code);
      else if (!n.people) note(&named[i], n.code);
    }
  }
  survey_places(doc, words, located, all);
  survey_known(doc, all);
  if (caseless) survey_lower(doc, places, words, all);
  for (uint32_t i = 0; i < doc->sentences.n; i++) s->located[i] = settle(&located[i]), s->named[i] = settle(&named[i]);
  for (uint32_t i = 0; i < all->n; i++) s->total += all->at[i].n;
  dem_str dateline = country_of_dateline(doc, &doc->arena, states);
  if (is_country(dateline) && named_among(&states_named, dateline)) s->dateline = dateline;
}

static bool needs_country(const dem_entity *e) {
  if (e->code.len || e->vague || !e->sector.len || e->members.n || e->row.len) return false;
  return !dem_str_in_list(DEM_S("UNK|SOC"), e->sector);
}

/* Those who comment from anywhere. */
static bool commentator(dem_str noun) {
  return dem_str_in_list(
      DEM_S("analyst|analysts|expert|experts|researcher|researchers|scientist|scientists|scholar|scholars|academic|"
            "academics|economist|economists|historian|historians|reporter|reporters|observer|observers"),
      noun);
}

/* A place inside a name or before a noun says whose it is: "Toronto Police", "the Xeno town mayor". Persons' names say nothing. */
static void by_places(dem_doc *doc) {
  for (uint32_t i = 0; i < doc->places.n; i++) {
    const dem_place *p = &doc->places.at[i];
    if (p->first >= p->last || !is_country(p->country) || dem_str_starts(p->feature, "PCL") || p->kind == DEM_PLACE_PEOPLE) continue;
    uint32_t over = doc->tokens.at[p->first].over;
    if (over == DEM_NONE) continue;
    const dem_mention *m = &doc->mentions.at[over];
    dem_entity *e = &doc->entities.at[m->entity];
    if (e->row.len || e->kind == DEM_KIND_PLACE || !e->sector.len || m->last <= p->last) continue;
    if (m->form != DEM_FORM_NAME && p->last > m->head) continue;
    if (m->form == DEM_FORM_NAME && e->kind != DEM_KIND_PERSON) e->code = sovereign(p->country);
    else if (!e->code.len && !e->vague && !e->members.n) e->code = sovereign(p->country);
  }
}

/* ---- points ---- */

enum { SHARE = 10, DATELINE = 3, MATE = 4, ENOUGH = 4 };

typedef struct sign { /* something that speaks for a country */
  dem_str code;
  uint32_t people, institution, name; /* points, by who is asked for */
  const char *how;
} sign;

/* Those that the European Union has as well: "the Commission", "ministers". */
static bool of_union(dem_str noun) {
  return dem_str_in_list(DEM_S("ministers|commission|commissioner|commissioners|council|parliament|diplomats|executive|presidency"), noun);
}

static bool institution(dem_str sector) { return dem_str_in_list(DEM_S("GOV|LEG|JUD|MIL|SPY|PTY|OPP|ELI"), sector); }

/* The country with most points, empty when none has enough; `how`: the sign that counted most for it. */
static dem_str country_for(const scene *s, const dem_token *head, const dem_entity *e, dem_str mate, const char **how) {
  uint32_t sentence = head->sentence;
  const sign signs[] = {{s->located[sentence], 6, 3, 0, "the place in the sentence"},
                        {sentence ? s->located[sentence - 1] : (dem_str){NULL, 0}, 3, 1, 0, "the place in the sentence before"},
                        {s->named[sentence], 2, 1, 0, "the country named in the sentence"},
                        {s->dateline, DATELINE, DATELINE, DATELINE, "the country of the dateline"},
                        {mate, MATE, MATE, MATE, "that of the last one of the same trade"}};
  uint32_t best = 0;
  dem_str code = {NULL, 0};
  for (uint32_t i = 0; i < s->all.n; i++) {
    const tally *t = &s->all.at[i];
    if (dem_str_is(t->code, "EUR") && !of_union(head->norm)) continue;
    uint32_t share = t->n > 1 || s->all.n == 1 ? SHARE * t->n / s->total : 0, most = share, points = share;
    const char *why = "the country the dispatch is about";
    for (size_t k = 0; k < sizeof signs / sizeof *signs; k++) {
      if (!dem_str_eq(signs[k].code, t->code)) continue;
      uint32_t more = e->name.len ? signs[k].name : institution(e->sector) ? signs[k].institution : signs[k].people;
      points += more;
      if (more > most) most = more, why = signs[k].how;
    }
    if (points < ENOUGH || points <= best) continue;
    best = points;
    code = t->code;
    *how = why;
  }
  return code;
}

/* The country of the last entity of each sector. States that act are left out: any may be named anywhere. */
typedef struct mates {
  dem_str sector[32], code[32];
  uint32_t n;
} mates;

static dem_str *mate_of(mates *m, dem_str sector) {
  for (uint32_t i = 0; i < m->n; i++)
    if (dem_str_eq(m->sector[i], sector)) return &m->code[i];
  if (m->n == 32) return &m->code[31];
  m->sector[m->n] = sector;
  return &m->code[m->n++];
}

void dem_who_default(dem_doc *doc, const dem_model *model) {
  scene s = {0};
  mates m = {0};
  if (doc->mentions.n == 0) return;
  by_places(doc);
  survey(doc, dem_model_table(model, DEM_TABLE_STATES), dem_model_gazetteer(model),
         dem_model_table(model, DEM_TABLE_WORDS), &s);
  for (uint32_t i = 0; i < doc->mentions.n; i++) {
    const dem_mention *mention = &doc->mentions.at[i];
    dem_entity *e = &doc->entities.at[mention->entity];
    uint32_t sentence = doc->tokens.at[mention->head].sentence;
    if (mention->form == DEM_FORM_PRONOUN || !e->sector.len || dem_str_starts(e->row, "actors/states")) continue;
    dem_str *mate = mate_of(&m, e->sector);
    const char *how = "";
    if (needs_country(e) && !commentator(doc->tokens.at[mention->head].norm)) {
      e->code = country_for(&s, &doc->tokens.at[mention->head], e, *mate, &how);
      if (e->code.len)
        dem_doc_reason(doc, sentence, "\"%.*s\": %.*s, %s", DEM_FMT(dem_doc_slice(doc, mention->span)), DEM_FMT(e->code), how);
    }
    if (is_country(e->code)) *mate = e->code;
  }
}
