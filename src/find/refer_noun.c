/* Descriptions: "the French leader", "the official", "the two leaders", "the group". A definite description joins the
 * nearest earlier entity that it can describe: the same noun, the office held, whoever leads, a body of that kind, with the
 * same country where both know one. Indefinite ones ("a", bare plurals) stay new. Refuses to join across number or
 * gender; scores nothing: nearest first, in three rounds from strict to loose. */
#include "find/refer_work.h"

static dem_str role_cell(const dem_refer *r, uint32_t mention, uint32_t column) {
  return dem_table_cell(r->roles, r->role[mention], column);
}

/* ---- what the description says ---- */

typedef struct description {
  const dem_mention *m;
  const dem_entity *e;
  dem_str noun, form; /* head word; the roles row's form */
  bool definite, two, person, plural;
} description;

static bool number_two(dem_str norm) { return dem_str_in_list(DEM_S("two|both|2"), norm); }

static description describe(dem_refer *r, uint32_t mention) {
  const dem_doc *doc = r->doc;
  description d = {.m = &doc->mentions.at[mention]};
  d.e = &doc->entities.at[dem_refer_entity(r, mention)];
  d.noun = doc->tokens.at[d.m->head].norm;
  d.form = dem_table_key(r->roles, r->role[mention]);
  d.person = dem_str_is(role_cell(r, mention, ROLES_KIND), "person");
  d.plural = dem_str_is(role_cell(r, mention, ROLES_NUMBER), "p");
  const dem_token *first = &doc->tokens.at[d.m->first];
  d.definite = dem_str_in_list(DEM_S("the|this|that|these|those|both"), first->norm);
  for (uint32_t t = d.m->first; t < d.m->head; t++)
    if (number_two(doc->tokens.at[t].norm)) d.two = true;
  return d;
}

/* A capital without an article, or a possessor before it, is definite as well: "President", "France's president". */
static bool is_definite(const dem_refer *r, const description *d) {
  if (d->definite) return true;
  const dem_doc *doc = r->doc;
  for (uint32_t k = doc->tokens.at[d->m->head].kid; k != DEM_NONE && k < d->m->head; k = doc->tokens.at[k].next) {
    uint8_t rel = doc->tokens.at[k].deprel;
    if (rel == DEM_DEPREL_DET_ || rel == DEM_DEPREL_NUMMOD) return false;
    if (rel == DEM_DEPREL_NMOD_POSS) return !d->plural && (d->person || (d->e->code.len && doc->tokens.at[k].upos == DEM_UPOS_PROPN));
  }
  return !d->plural && d->person && doc->tokens.at[d->m->head].upos == DEM_UPOS_PROPN;
}

/* ---- does it fit? ---- */

static bool same_code(const dem_entity *a, const dem_entity *b) {
  return !a->code.len || !b->code.len || dem_str_eq(a->code, b->code);
}

static bool fits_at_all(const description *d, const dem_entity *c) {
  if (c == d->e || c->plural != d->plural || c->members.n) return false;
  bool person = c->kind == DEM_KIND_PERSON || (c->plural && c->kind == DEM_KIND_GROUP && c->gender != 'n');
  if (person != d->person) return false;
  if (c->gender && d->e->gender && c->gender != d->e->gender && c->gender != 'n' && d->e->gender != 'n') return false;
  return same_code(d->e, c);
}

static dem_str last_word(dem_str s) {
  size_t i = s.len;
  while (i > 0 && s.data[i - 1] != ' ' && s.data[i - 1] != '-') i--;
  return dem_str_sub(s, i, s.len);
}

static bool starts_nocase(dem_str text, dem_str lowered) {
  if (text.len < lowered.len) return false;
  for (size_t i = 0; i < lowered.len; i++)
    if (dem_lower((unsigned char)text.data[i]) != (unsigned char)lowered.data[i]) return false;
  return true;
}

/* Is the lower-case word one of the words of the text? */
static bool has_word(dem_str text, dem_str word) {
  for (size_t at = 0; at + word.len <= text.len; at++) {
    bool left = at == 0 || !dem_is_alpha((unsigned char)text.data[at - 1]);
    if (!left || !starts_nocase(dem_str_sub(text, at, text.len), word)) continue;
    if (at + word.len == text.len || !dem_is_alpha((unsigned char)text.data[at + word.len])) return true;
  }
  return false;
}

/* The same noun was used of it, as its description, its title or a word of its name. */
static bool same_noun(const description *d, const dem_entity *c) {
  dem_str noun = d->form;
  if (c->role.len && has_word(c->role, noun)) return true;
  return !d->person && c->name.len && has_word(c->name, noun);
}

/* "the French president" of who is President of France. */
static bool holds_office(dem_refer *r, uint32_t mention, const dem_entity *c) {
  dem_str offices = role_cell(r, mention, ROLES_OFFICE);
  while (offices.len && c->office.len) {
    dem_str one = dem_str_cut(&offices, '|');
    if (c->office.len >= one.len && dem_str_eq(dem_str_sub(c->office, 0, one.len), one)) return true;
  }
  return false;
}

/* "the leader", "the strongman" of somebody who leads; a country or a sector must tie them. */
static bool leads(const dem_refer *r, const description *d, const dem_entity *c) {
  if (!dem_refer_word(r, last_word(d->form), "who-leader") || !c->name.len) return false;
  if (!dem_str_in_list(DEM_S("GOV|REB|PTY|OPP|PRM|MIL|ELI"), c->sector)) return false;
  bool country = d->e->code.len && dem_str_eq(d->e->code, c->code);
  bool sector = d->e->sector.len && dem_str_eq(d->e->sector, c->sector);
  return (country && (!d->e->sector.len || sector || dem_str_is(d->e->sector, "GOV"))) || (!d->e->code.len && sector);
}

static bool body_noun(dem_str noun) {
  return dem_str_in_list(
      DEM_S("group|force|forces|militia|organisation|organization|party|company|firm|newspaper|bank|agency|court|union|university|"
            "church|alliance|bloc|movement|outfit|network|channel|broadcaster|daily|magazine|airline|carrier|body|cartel|gang|"
            "faction|front|coalition|ministry|paper"),
      noun);
}

static bool same_kind_of_body(const description *d, const dem_entity *c) {
  return !d->person && (body_noun(d->noun) || has_word(c->name, d->noun)) && c->name.len && c->kind != DEM_KIND_PLACE && c->kind != DEM_KIND_PEOPLE &&
         d->e->sector.len &&
         !dem_str_starts(c->row, "actors/states") && dem_str_eq(d->e->sector, c->sector);
}

/* Which bodies a general noun may mean: by sector, or by code for those above states. */
static bool general_noun(dem_str noun, const dem_entity *c) {
  static const struct {
    const char *nouns, *sectors, *codes;
  } of[] = {{"group|organisation|organization|movement|outfit|network", "REB|PRM|SOC|CRM|UAF|REL|OPP|PTY", ""},
            {"militia", "PRM|REB", ""},
            {"party", "PTY|OPP", ""},
            {"company|firm|bank|airline", "BUS", ""},
            {"agency", "GOV|SPY|JRN", "UNO"},
            {"bloc|union", "", "EUR|IGO"},
            {"alliance|body", "", "IGO|UNO|EUR"},
            {"newspaper|broadcaster|channel|magazine|daily", "JRN", ""}};
  for (size_t i = 0; i < sizeof of / sizeof *of; i++)
    if (dem_str_in_list(dem_str_of(of[i].nouns), noun))
      return (!c->sector.len && c->kind == DEM_KIND_ORGANISATION && !dem_str_is(noun, "party")) ||
             dem_str_in_list(dem_str_of(of[i].sectors), c->sector) || dem_str_in_list(dem_str_of(of[i].codes), c->code);
  return false;
}

/* A description with words of its own that say another sector is of somebody else ("the opposition leader"). */
static bool other_sector(const description *d, const dem_entity *c) {
  return d->person && d->m->head > d->m->first + 1 && d->e->sector.len && c->sector.len && !dem_str_eq(d->e->sector, c->sector) &&
         !dem_str_in_list(c->sectors, d->e->sector) && !dem_str_is(c->sector, "ELI");
}

static bool matches(dem_refer *r, uint32_t mention, const description *d, const dem_entity *c, unsigned round) {
  if (!fits_at_all(d, c)) return false;
  if (other_sector(d, c)) return false;
  if (round == 0) return (same_noun(d, c) || holds_office(r, mention, c)) && (!d->e->code.len || c->code.len);
  if (round == 1) return leads(r, d, c) || same_noun(d, c) || same_kind_of_body(d, c);
  return general_noun(d->noun, c) && !d->person && c->name.len && c->gender == 'n' && c->kind != DEM_KIND_PLACE &&
         c->kind != DEM_KIND_GOVERNMENT;
}

static const char *const why[] = {"the same description", "a description that fits", "a body just named"};

static bool join_nearest(dem_refer *r, uint32_t mention, const description *d) {
  uint32_t least = mention > REFER_WINDOW ? mention - REFER_WINDOW : 0;
  for (unsigned round = 0; round < 3; round++)
    for (uint32_t i = mention; i-- > least;) {
      if (r->drop[i] || r->doc->mentions.at[i].last > d->m->first) continue; /* not what it is a part of */
      uint32_t entity = dem_refer_entity(r, i);
      if (round == 2 && dem_refer_head(r, i)->sentence + 2 < dem_refer_head(r, mention)->sentence) break;
      if (!matches(r, mention, d, &r->doc->entities.at[entity], round)) continue;
      dem_refer_join(r, mention, entity, why[round]);
      return true;
    }
  return false;
}

/* ---- countries and pairs ---- */

static bool country_noun(dem_str noun) { return dem_str_in_list(DEM_S("country|nation|republic|kingdom|state"), noun); }

static bool place_noun(dem_str noun) {
  return dem_str_in_list(DEM_S("city|town|village|province|region|island|district|municipality|territory|state"), noun);
}

/* Two arguments of one verb are two: "Russia invaded the country". */
static bool beside(const dem_refer *r, uint32_t a, uint32_t b) {
  uint32_t head = dem_refer_head(r, a)->head;
  return head != DEM_NONE && head == dem_refer_head(r, b)->head && dem_refer_head(r, a)->deprel != DEM_DEPREL_NMOD_POSS;
}

/* The pronoun before the noun: "our country"; DEM_NONE. */
static uint32_t pronoun_before(const dem_refer *r, uint32_t mention) {
  const dem_doc *doc = r->doc;
  uint32_t k = dem_kid(doc, doc->mentions.at[mention].head, DEM_DEPREL_NMOD_POSS);
  if (k == DEM_NONE || doc->tokens.at[k].mention == DEM_NONE) return DEM_NONE;
  uint32_t p = doc->tokens.at[k].mention;
  return doc->mentions.at[p].form == DEM_FORM_PRONOUN ? p : DEM_NONE;
}

/* "The country", "his country": the state last named, the state of his code. */
static bool join_country(dem_refer *r, uint32_t mention) {
  uint32_t least = mention > REFER_WINDOW ? mention - REFER_WINDOW : 0, pronoun = pronoun_before(r, mention);
  dem_str code = {NULL, 0};
  if (pronoun != DEM_NONE) {
    if (r->drop[pronoun]) return false;
    code = r->doc->entities.at[dem_refer_entity(r, pronoun)].code;
    if (!code.len) return false;
  }
  for (uint32_t i = mention; i-- > least;) {
    uint32_t entity = dem_refer_entity(r, i);
    const dem_entity *c = &r->doc->entities.at[entity];
    bool state = dem_str_starts(c->row, "actors/states") && c->code.len && c->kind != DEM_KIND_PEOPLE;
    if (r->doc->mentions.at[i].form != DEM_FORM_NAME || !state || beside(r, mention, i)) continue;
    if (code.len && !dem_str_eq(code, c->code)) continue;
    dem_refer_join(r, mention, entity, code.len ? "the country of whom the pronoun means" : "the country last named");
    return true;
  }
  return false;
}

/* "The city": the place last named that is no state. */
static bool join_place(dem_refer *r, uint32_t mention) {
  uint32_t least = mention > REFER_WINDOW ? mention - REFER_WINDOW : 0;
  for (uint32_t i = mention; i-- > least;) {
    uint32_t entity = dem_refer_entity(r, i);
    const dem_entity *c = &r->doc->entities.at[entity];
    if (r->doc->mentions.at[i].form != DEM_FORM_NAME || c->kind != DEM_KIND_PLACE || dem_str_starts(c->row, "actors/states")) continue;
    if (dem_refer_head(r, i)->sentence + REFER_SENTENCES < dem_refer_head(r, mention)->sentence) return false;
    if (beside(r, mention, i)) continue;
    dem_refer_join(r, mention, entity, "the place last named");
    return true;
  }
  return false;
}

static bool join_pair(dem_refer *r, uint32_t mention, const description *d) {
  uint32_t a, b;
  bool sides = dem_str_in_list(
      DEM_S("sides|countries|nations|governments|states|powers|parties|capitals|neighbours|neighbors|allies"), d->noun);
  if (!d->person && !sides) return false;
  if (sides && dem_refer_conjuncts(r, mention, 1)) return r->sides = dem_refer_entity(r, mention), true;
  if (sides && r->sides != DEM_NONE) {
    dem_refer_join(r, mention, r->sides, "the two sides spoken of before");
    return true;
  }
  if (sides && dem_refer_conjuncts(r, mention, 3)) return r->sides = dem_refer_entity(r, mention), true;
  if (!dem_refer_pair(r, mention, d->person, &a, &b)) return false;
  dem_refer_group(r, mention, a, b);
  if (sides) r->sides = dem_refer_entity(r, mention);
  return true;
}

bool dem_refer_noun(dem_refer *r, uint32_t mention) {
  if (r->role[mention] == DEM_NONE) return false;
  description d = describe(r, mention);
  if (d.two && d.plural) return join_pair(r, mention, &d);
  if (country_noun(d.noun) && !d.plural && pronoun_before(r, mention) != DEM_NONE) return join_country(r, mention);
  if (!is_definite(r, &d)) return false;
  if (!d.person && !d.plural && country_noun(d.noun) && d.definite && join_country(r, mention)) return true;
  if (!d.person && !d.plural && place_noun(d.noun) && d.definite) return d.m->last == d.m->head + 1 && join_place(r, mention);
  return join_nearest(r, mention, &d);
}
