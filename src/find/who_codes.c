/* Country and sector of whoever a noun phrase describes, composed from its words: "senior French presidential official" is
 * FRA GOV. The noun gives the sector, or leaves it to its owner ("army spokesman", "his office"); countries come from
 * adjectives and bodies before the noun, then possessors, then what stands behind ("of", "for", "in"). Owners are composed
 * first, to a limited depth. Refuses words that only describe an attitude ("pro-Turkish", "UN-recognised"). */
#include "base/utf8.h"
#include "find/who_work.h"

enum { DEPTH_MOST = 4, ARCS = 8 };

typedef struct parts {
  uint32_t direct, owner, of, in; /* finds: before the noun, possessor, behind "of/for", behind "in/from"; DEM_NONE */
  dem_str sector;                 /* of the modifier nearest to the noun */
  dem_str party;                  /* OPP or PTY beside another sector */
  uint32_t second;                /* another country beside `direct`: "Kyrgyz and Tajik" */
  bool former, foreign;           /* foreign: "international", "foreign" */
} parts;

static bool own_word(const dem_find_one *f, uint32_t i) {
  return (i >= f->first && i < f->last) || (f->role != DEM_NONE && i >= f->role_first && i < f->role_last);
}

/* Does token i belong to the phrase of f itself, not to a possessor inside it? */
static bool belongs(const dem_doc *doc, uint32_t i, const dem_find_one *f) {
  for (unsigned n = 0; n < ARCS && i != DEM_NONE; n++) {
    uint32_t up = doc->tokens.at[i].head;
    if (up == DEM_NONE || own_word(f, up)) return true;
    if (doc->tokens.at[up].deprel == DEM_DEPREL_NMOD_POSS) return false;
    i = up;
  }
  return true;
}

static bool hyphen_at(const dem_doc *doc, uint32_t i, uint32_t first, uint32_t last) {
  return i >= first && i < last && dem_str_is(doc->tokens.at[i].norm, "-");
}

/* "Saudi-led": the leader of a group counts as its owner. */
static bool leads(const dem_doc *doc, const dem_find_one *g) {
  if (g->bytes) return dem_str_ends(doc->tokens.at[g->first].norm, "-led") || dem_str_ends(doc->tokens.at[g->first].norm, "-run");
  return g->last + 1 < doc->tokens.n && dem_str_in_list(DEM_S("led|run|owned"), doc->tokens.at[g->last + 1].norm);
}

/* "pro-Turkish", "UN-recognised": the country is no part of who it is. */
static bool attitude(const dem_doc *doc, const dem_find_one *g, const dem_find_one *f) {
  if (leads(doc, g)) return false;
  return g->bytes || (g->first > 0 && hyphen_at(doc, g->first - 1, f->np_first, f->np_last)) ||
         hyphen_at(doc, g->last, f->np_first, f->np_last);
}

static void take_word(const dem_who *w, uint32_t i, uint32_t limit, parts *p) {
  if (dem_str_starts(w->doc->tokens.at[i].norm, "ex-")) p->former = true;
  if (dem_str_in_list(DEM_S("ruling|governing"), w->doc->tokens.at[i].norm)) p->party = DEM_S("GOV");
  dem_match m = dem_doc_match(w->doc, w->words, i, limit);
  if (dem_str_in_list(DEM_S("foreign|international"), w->doc->tokens.at[i].norm)) p->foreign = true;
  if (m.row == DEM_NONE) return;
  dem_str key = dem_table_key(w->words, m.row), sector;
  if (dem_who_word(w->words, key, "who-former", NULL)) p->former = true;
  if (!dem_who_word(w->words, key, "who-sector", &sector)) return;
  if (dem_str_in_list(DEM_S("OPP|PTY"), sector)) p->party = sector;
  else p->sector = sector;
}

static void look_before(const dem_who *w, uint32_t index, const dem_find_one *f, parts *p) {
  const dem_doc *doc = w->doc;
  uint32_t end = f->last > f->head + 1 ? f->last : f->head + 1;
  for (uint32_t i = f->np_first; i < end; i++) {
    if (own_word(f, i) || !belongs(doc, i, f)) continue;
    uint32_t g = w->find_at[i];
    if (g == DEM_NONE) {
      take_word(w, i, end, p);
      continue;
    }
    if (g != index && dem_str_starts(doc->tokens.at[i].norm, "ex-")) p->former = true;
    if (g == index || attitude(doc, &w->finds.at[g], f)) continue;
    bool owner = doc->tokens.at[w->finds.at[g].head].deprel == DEM_DEPREL_NMOD_POSS || dem_who_genitive(doc, w->finds.at[g].last);
    if (owner) p->owner = g;
    else {
      if (p->direct != DEM_NONE && w->finds.at[p->direct].state == DEM_STATE_ADJECTIVE &&
          w->finds.at[g].state == DEM_STATE_ADJECTIVE)
        p->second = p->direct;
      p->direct = g;
    }
    i = w->finds.at[g].last - 1;
  }
}

/* "then-president", "ex-minister": a hyphen before the title, outside the phrase. */
static bool former_before(const dem_doc *doc, uint32_t first) {
  if (first < 2 || !dem_str_is(doc->tokens.at[first - 1].norm, "-")) return false;
  return dem_str_in_list(DEM_S("then|ex|one-time"), doc->tokens.at[first - 2].norm);
}

/* "an official in Berlin", "Xeno Quallo at Xenolux": the name behind, whatever the tree. */
static uint32_t name_right_behind(const dem_who *w, const dem_find_one *f) {
  const dem_doc *doc = w->doc;
  uint32_t i = f->last;
  if (i + 2 >= doc->tokens.n || !dem_str_in_list(DEM_S("in|at|from|of"), doc->tokens.at[i].norm)) return DEM_NONE;
  i += 1 + dem_str_is(doc->tokens.at[i + 1].norm, "the");
  uint32_t g = w->find_at[i];
  bool name = g != DEM_NONE && w->finds.at[g].form == DEM_FORM_NAME && w->finds.at[g].first == i &&
              doc->tokens.at[i].sentence == doc->tokens.at[f->head].sentence;
  return name ? g : DEM_NONE;
}

static void look_behind(const dem_who *w, uint32_t index, const dem_find_one *f, parts *p) {
  const dem_doc *doc = w->doc;
  for (uint32_t k = doc->tokens.at[f->head].kid; k != DEM_NONE; k = doc->tokens.at[k].next) {
    if (k < f->last || doc->tokens.at[k].deprel != DEM_DEPREL_NMOD) continue;
    uint32_t g = w->head_at[k], marker = dem_case_of(doc, k);
    if (g == DEM_NONE || g == index || marker == DEM_NONE) continue;
    dem_str how = doc->tokens.at[marker].norm;
    if (dem_str_in_list(DEM_S("of|for"), how) && p->of == DEM_NONE) p->of = g;
    if (dem_str_in_list(DEM_S("in|from|at|near|across|inside"), how) && p->in == DEM_NONE) p->in = g;
  }
  if (p->of == DEM_NONE && p->in == DEM_NONE && f->role != DEM_NONE) p->in = name_right_behind(w, f);
}

static dem_entity *entity_of(dem_who *w, uint32_t find, unsigned depth) {
  if (find == DEM_NONE || w->finds.at[find].entity == DEM_NONE) return NULL;
  dem_who_compose(w, find, depth + 1);
  return &w->doc->entities.at[w->finds.at[find].entity];
}

static bool is_international(dem_str code) { return dem_str_in_list(DEM_S("UNO|EUR|IGO|NGO|ISM|IMG"), code); }

static bool state_word(const dem_who *w, uint32_t find) {
  const dem_find_one *g = &w->finds.at[find];
  return g->form == DEM_FORM_NAME && g->row != DEM_NONE && g->table == DEM_TABLE_STATES && g->state != DEM_STATE_SEAT;
}

/* The owner that counts for this noun: the nearest kind of relation that knows a country. */
static uint32_t owner_find(dem_who *w, const parts *p, dem_str takes, unsigned depth) {
  bool before_only = dem_str_in_list(takes, DEM_S("adj")), other = dem_str_in_list(takes, DEM_S("other"));
  uint32_t order[4] = {p->direct, other ? DEM_NONE : p->owner, other ? DEM_NONE : p->of, before_only || other ? DEM_NONE : p->in};
  for (unsigned i = 0; i < 4; i++) {
    dem_entity *e = entity_of(w, order[i], depth);
    if (e && (e->code.len || e->sector.len)) return order[i];
  }
  return DEM_NONE;
}

static bool official(dem_str sector) { return dem_str_in_list(DEM_S("GOV|LEG|JUD|MIL|COP|SPY"), sector); }

static bool armed(dem_str sector) { return dem_str_in_list(DEM_S("REB|PRM|UAF|MIL"), sector); }

static dem_str sector_of_family(dem_str sector) {
  return official(sector) || dem_str_is(sector, "ELI") ? DEM_S("ELI") : DEM_S("CVL");
}

/* Sector of a noun that leaves it to its owner. */
static dem_str owned_sector(const dem_who *w, uint32_t find, const dem_entity *owner, dem_str own, dem_str modifier,
                            bool person) {
  if (modifier.len) return modifier;
  if (owner && !state_word(w, find) && owner->sector.len) return owner->sector;
  if (owner && state_word(w, find) && !own.len && person) return DEM_S("GOV");
  return own;
}

static void set_if_empty(dem_str *slot, dem_str value) {
  if (slot->len == 0) *slot = value;
}

static dem_str code_in_takes(dem_str takes) {
  while (takes.len) {
    dem_str part = dem_str_cut(&takes, '|');
    if (dem_str_starts(part, "code=")) return dem_str_sub(part, 5, part.len);
  }
  return (dem_str){NULL, 0};
}

static void add_party(dem_who *w, dem_entity *e, dem_str party) {
  if (!party.len || dem_str_eq(e->sector, party) || dem_str_in_list(e->sectors, party)) return;
  if (!e->sector.len) e->sector = party;
  else e->sectors = e->sectors.len ? dem_str_format(&w->doc->arena, "%.*s|%.*s", DEM_FMT(e->sectors), DEM_FMT(party)) : party;
}

/* "European diplomats" are coded EUR; other regions ("Western officials") have no code, and no event is coded for them. */
static void by_region(const dem_who *w, const parts *p, dem_entity *out) {
  if (p->direct == DEM_NONE || w->finds.at[p->direct].entity == DEM_NONE) return;
  const dem_entity *region = &w->doc->entities.at[w->finds.at[p->direct].entity];
  if (!region->vague) return;
  if (dem_str_is(region->name, "Europe") || dem_str_is(region->name, "European")) out->code = DEM_S("EUR");
  else out->vague = true;
}

/* "Kyrgyz and Tajik forces": one entity for each country, the mention stands for both. */
static void split(dem_who *w, const parts *p, uint32_t entity) {
  uint32_t of[2] = {w->finds.at[p->second].entity, w->finds.at[p->direct].entity};
  if (of[0] == DEM_NONE || of[1] == DEM_NONE) return;
  for (unsigned i = 0; i < 2; i++) {
    dem_entity one = w->doc->entities.at[entity];
    one.code = w->doc->entities.at[of[i]].code;
    one.mentions.at = one.members.at = NULL;
    one.mentions.n = one.members.n = one.mentions.cap = one.members.cap = 0;
    *dem_push(&w->doc->arena, &w->doc->entities) = one;
  }
  dem_entity *group = &w->doc->entities.at[entity];
  group->code = (dem_str){NULL, 0};
  *dem_push(&w->doc->arena, &group->members) = w->doc->entities.n - 2;
  *dem_push(&w->doc->arena, &group->members) = w->doc->entities.n - 1;
}

/* "Defence Minister Xeno" of whom the lexicon knows only offices that ended: the dispatch knows better. */
static void back_in_office(dem_entity *e, dem_str sector) {
  e->sector = sector;
  e->office = (dem_str){NULL, 0};
  e->office_from = e->office_to = DEM_NO_DAY;
}

static void by_role(dem_who *w, const dem_find_one *f, const parts *p, unsigned depth, dem_entity *out) {
  dem_str takes = dem_table_cell(w->roles, f->role, ROLES_TAKES), own = dem_table_cell(w->roles, f->role, ROLES_SECTOR);
  dem_str kind = dem_table_cell(w->roles, f->role, ROLES_KIND), office = dem_table_cell(w->roles, f->role, ROLES_OFFICE);
  uint32_t find = owner_find(w, p, takes, depth);
  dem_entity *owner = entity_of(w, find, depth);
  dem_str sector = own, body;
  if (!own.len && f->form == DEM_FORM_NOMINAL && dem_capital(w->doc, f->head) &&
      dem_who_word(w->words, w->doc->tokens.at[f->head].norm, "who-org", &body) && body.len == 3)
    sector = own = body; /* "the Department of Trade" */
  if (dem_str_in_list(takes, DEM_S("family"))) sector = owner ? sector_of_family(owner->sector) : DEM_S("CVL");
  else if (dem_str_in_list(takes, DEM_S("owner")))
    sector = owned_sector(w, find, owner, own, p->sector, dem_str_is(kind, "person"));
  else if (owner && is_international(owner->code) && !dem_str_is(owner->code, "EUR") && dem_str_is(own, "GOV") && owner->sector.len)
    sector = owner->sector;
  if (owner && armed(own) && armed(owner->sector) && !state_word(w, find)) sector = owner->sector; /* "the group's fighters" */
  if (p->former && official(sector)) sector = DEM_S("ELI");
  if (dem_str_is(out->sector, "ELI") && out->row.len && official(sector) && !p->former) back_in_office(out, sector);
  set_if_empty(&out->sector, sector);
  add_party(w, out, p->party);
  set_if_empty(&out->code, code_in_takes(takes));
  if (owner) set_if_empty(&out->code, owner->code);
  else if (p->foreign && dem_str_is(sector, "SOC")) set_if_empty(&out->code, DEM_S("NGO"));
  if (!out->code.len) by_region(w, p, out);
  set_if_empty(&out->office, dem_str_cut(&office, '|'));
  dem_str gender = dem_table_cell(w->roles, f->role, ROLES_GENDER);
  if (gender.len && (!out->gender || out->gender == 'n')) out->gender = gender.data[0];
}

/* The word that says what a body is: the last one, or the last before "of", "for", "to". */
static uint32_t word_of_body(const dem_who *w, const dem_find_one *f) {
  for (uint32_t i = f->first + 1; i < f->last; i++)
    if (dem_str_in_list(DEM_S("of|for|to|on|against"), w->doc->tokens.at[i].norm)) return i - 1;
  return f->last - 1;
}

static void sector_of_word(dem_who *w, uint32_t i, uint32_t limit, dem_entity *out) {
  dem_str sector;
  if (dem_who_word(w->words, w->doc->tokens.at[i].norm, "who-org", &sector) && sector.len == 3) set_if_empty(&out->sector, sector);
  dem_match m = dem_doc_match(w->doc, w->roles, i, limit);
  if (m.row == DEM_NONE || dem_str_is(dem_table_cell(w->roles, m.row, ROLES_KIND), "person")) return;
  set_if_empty(&out->sector, dem_table_cell(w->roles, m.row, ROLES_SECTOR));
}

/* "shares in Xeno", "Xeno profits", "Xeno's chairman": what companies have. */
bool dem_who_company(const dem_who *w, const dem_find_one *f) {
  const dem_token *t = w->doc->tokens.at;
  if (t[f->head].head != DEM_NONE && dem_who_word(w->words, t[t[f->head].head].norm, "who-business", NULL)) return true;
  uint32_t next = f->last + dem_who_genitive(w->doc, f->last);
  return next < w->doc->tokens.n && t[next].sentence == t[f->head].sentence &&
         dem_who_word(w->words, t[next].norm, "who-business", NULL);
}

/* A body known by its name alone: "Libyan Observer", "Ministry of Public Works", "Free University". */
static void by_own_words(dem_who *w, const dem_find_one *f, dem_entity *out) {
  sector_of_word(w, word_of_body(w, f), f->last, out);
  for (uint32_t i = f->first; i < f->last; i++) {
    dem_match m = dem_doc_match(w->doc, w->states, i, f->last);
    if (m.row != DEM_NONE && dem_capital(w->doc, i)) set_if_empty(&out->code, dem_table_cell(w->states, m.row, STATES_COUNTRY));
    sector_of_word(w, i, f->last, out);
  }
  if (!out->sector.len && dem_who_company(w, f)) out->sector = DEM_S("BUS");
}

/* The country of a place that no state's row names: that of its most populous namesake. */
static void by_place(const dem_who *w, dem_entity *out) {
  dem_gaz_hit hit = dem_gazetteer_find(w->places, dem_norm(&w->doc->arena, out->name));
  if (hit.row != DEM_NONE && !out->code.len) out->code = dem_gazetteer_entry(w->places, hit.row).country;
}

static void by_surroundings(dem_who *w, const parts *p, unsigned depth, dem_entity *out) {
  uint32_t find = owner_find(w, p, (dem_str){NULL, 0}, depth);
  dem_entity *owner = entity_of(w, find, depth);
  if (owner && state_word(w, find)) set_if_empty(&out->code, owner->code);
}

static bool article(const dem_token *t) {
  return t->upos == DEM_UPOS_DET || (t->upos == DEM_UPOS_PRON && t->deprel == DEM_DEPREL_NMOD_POSS);
}

/* The words of the description, without article or possessive pronoun; of a name, its title. */
static dem_str role_words(const dem_who *w, const dem_find_one *f) {
  const dem_token *t = w->doc->tokens.at;
  uint32_t first = f->np_first, last = f->form == DEM_FORM_NAME ? f->role_last : f->np_last;
  while (first < last && article(&t[first])) first++;
  return dem_doc_words(w->doc, first, last);
}

static void settle_state(dem_who *w, const dem_find_one *f, dem_entity *e) {
  if (f->state == DEM_STATE_CAPITAL && !f->acts && dem_who_hosts(w, f)) set_if_empty(&e->sector, DEM_S("GOV"));
  if (!f->acts || e->vague || f->state == DEM_STATE_PEOPLE) return;
  if (f->state == DEM_STATE_ADJECTIVE && e->sector.len == 0 && e->kind == DEM_KIND_PLACE && f->mention == DEM_NONE) return;
  if (f->state == DEM_STATE_CAPITAL && e->sector.len == 0)
    dem_doc_reason(w->doc, w->doc->tokens.at[f->head].sentence, "%.*s stands for the government of %.*s", DEM_FMT(e->name),
                   DEM_FMT(e->code));
  e->kind = DEM_KIND_GOVERNMENT;
  set_if_empty(&e->sector, DEM_S("GOV"));
}

static bool commentator(const dem_who *w, const dem_find_one *f) {
  return dem_str_in_list(DEM_S("analyst|analysts|economist|economists|trader|traders|strategist|broker"), w->doc->tokens.at[f->head].norm) ||
         dem_str_in_list(DEM_S("analyst|economist|trader|strategist|broker"), dem_table_key(w->roles, f->role));
}

/* "the chief executive of Xenolux", "an analyst at Quallo & Co": whom people of business belong to is a company. */
static void tell_company(dem_who *w, const dem_find_one *f, const parts *p) {
  if (!dem_str_is(dem_table_cell(w->roles, f->role, ROLES_SECTOR), "BUS") && !commentator(w, f)) return;
  uint32_t of[2] = {p->of, p->in};
  for (unsigned i = 0; i < 2; i++) {
    if (of[i] == DEM_NONE || w->finds.at[of[i]].entity == DEM_NONE) continue;
    const dem_find_one *g = &w->finds.at[of[i]];
    dem_entity *e = &w->doc->entities.at[g->entity];
    bool guessed = e->kind == DEM_KIND_ORGANISATION || (e->kind == DEM_KIND_PERSON && !e->gender && !e->role.len);
    if (g->form != DEM_FORM_NAME || g->row != DEM_NONE || e->row.len || e->sector.len || !guessed) continue;
    e->kind = DEM_KIND_ORGANISATION;
    e->sector = DEM_S("BUS");
  }
}

void dem_who_compose(dem_who *w, uint32_t i, unsigned depth) {
  dem_find_one *f = &w->finds.at[i];
  if (f->composed || depth > DEPTH_MOST || f->entity == DEM_NONE) return;
  f->composed = true;
  dem_entity *e = &w->doc->entities.at[f->entity];
  if (f->form == DEM_FORM_PRONOUN) return;
  if (f->form == DEM_FORM_NAME && f->row != DEM_NONE && f->table == DEM_TABLE_STATES) {
    settle_state(w, f, e);
    return;
  }
  parts p = {.direct = DEM_NONE, .owner = DEM_NONE, .of = DEM_NONE, .in = DEM_NONE, .second = DEM_NONE};
  look_before(w, i, f, &p);
  p.former = p.former || former_before(w->doc, f->np_first);
  look_behind(w, i, f, &p);
  uint32_t owners[4] = {p.direct, p.owner, p.of, p.in};
  for (unsigned k = 0; k < 4; k++) /* before any entity's address is taken: composing may add entities */
    if (owners[k] != DEM_NONE) dem_who_compose(w, owners[k], depth + 1);
  f = &w->finds.at[i];
  e = &w->doc->entities.at[f->entity];
  if (f->role != DEM_NONE) {
    tell_company(w, f, &p);
    set_if_empty(&e->role, role_words(w, f));
    by_role(w, f, &p, depth, e);
    dem_doc_reason(w->doc, w->doc->tokens.at[f->head].sentence, "\"%.*s\": %.*s %.*s, from its words and %.*s",
                   DEM_FMT(dem_doc_words(w->doc, f->np_first, f->np_last)), DEM_FMT(e->code), DEM_FMT(e->sector),
                   DEM_FMT(e->row.len ? e->row : DEM_S("words/roles")));
    if (p.second != DEM_NONE && (e->plural || e->kind != DEM_KIND_PERSON)) split(w, &p, f->entity);
  } else if (f->kind != DEM_KIND_PERSON && f->kind != DEM_KIND_PLACE && f->row == DEM_NONE) {
    by_own_words(w, f, e);
    by_surroundings(w, &p, depth, e);
  } else if (f->kind == DEM_KIND_PERSON && f->row == DEM_NONE) {
    by_surroundings(w, &p, depth, e);
  } else if (f->kind == DEM_KIND_PEOPLE && f->row == DEM_NONE) {
    set_if_empty(&e->sector, DEM_S("CVL"));
    e->plural = true;
  } else if (f->kind == DEM_KIND_PLACE && f->row == DEM_NONE && e->kind == DEM_KIND_PLACE) {
    by_place(w, e);
  }
}
