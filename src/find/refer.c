/* Who is meant by a pronoun or a description. Mentions are taken in text order; each either stays an entity of its own or
 * is joined with an earlier one; appositions are joined first. What is written in a quotation by "I" is its speaker.
 * At the end owners pass their codes on ("his office"), entities nobody mentions disappear, pronouns without a reading are no
 * mentions, and all indices (mentions, quotes, members) are put right. Refuses to join two names; `who` did that. */
#include "find/refer.h"

#include "find/refer_work.h"
#include "find/said.h"
#include "find/who.h"

const dem_token *dem_refer_head(const dem_refer *r, uint32_t mention) {
  return &r->doc->tokens.at[r->doc->mentions.at[mention].head];
}

bool dem_refer_word(const dem_refer *r, dem_str key, const char *class) {
  uint32_t row = dem_table_find(r->words, key);
  if (row == DEM_NONE) return false;
  for (uint32_t end = dem_table_end(r->words, row); row < end; row++)
    if (dem_str_is(dem_table_cell(r->words, row, WORDS_CLASS), class)) return true;
  return false;
}

static uint32_t joined(dem_refer *r, uint32_t entity) {
  while (r->to[entity] != entity) entity = r->to[entity] = r->to[r->to[entity]];
  return entity;
}

uint32_t dem_refer_entity(dem_refer *r, uint32_t mention) { return joined(r, r->doc->mentions.at[mention].entity); }

static void fill(dem_str *slot, dem_str value) {
  if (slot->len == 0) *slot = value;
}

static void fill_entity(dem_entity *into, const dem_entity *from) {
  bool coded = into->sector.len != 0, settled = into->row.len && into->kind != DEM_KIND_PERSON; /* the lexicon said all */
  fill(&into->name, from->name);
  fill(&into->role, from->role);
  if (settled) return;
  if (!into->code.len || !from->code.len || dem_str_eq(into->code, from->code)) {
    fill(&into->sector, from->sector);
    if (!coded) fill(&into->sectors, from->sectors);
  }
  fill(&into->code, from->code);
  if (!into->office.len && from->office.len) {
    into->office = from->office;
    into->office_from = from->office_from;
    into->office_to = from->office_to;
  }
  if (!into->gender) into->gender = from->gender;
}

void dem_refer_join(dem_refer *r, uint32_t mention, uint32_t to, const char *why) {
  uint32_t from = dem_refer_entity(r, mention);
  to = joined(r, to);
  if (from == to) return;
  const dem_mention *m = &r->doc->mentions.at[mention];
  dem_str words = dem_doc_slice(r->doc, m->span);
  dem_entity *into = &r->doc->entities.at[to];
  if (m->form != DEM_FORM_PRONOUN) fill_entity(into, &r->doc->entities.at[from]);
  r->to[from] = to;
  r->seen[to] += r->seen[from];
  dem_str name = into->name.len ? into->name : into->role;
  dem_doc_reason(r->doc, r->doc->tokens.at[m->head].sentence, "\"%.*s\" is %.*s: %s", DEM_FMT(words), DEM_FMT(name), why);
}

uint32_t dem_refer_group(dem_refer *r, uint32_t mention, uint32_t a, uint32_t b) {
  uint32_t group = dem_refer_entity(r, mention);
  dem_entity *e = &r->doc->entities.at[group];
  e->plural = true;
  e->kind = DEM_KIND_GROUP;
  e->members.n = 0;
  *dem_push(&r->doc->arena, &e->members) = joined(r, a);
  *dem_push(&r->doc->arena, &e->members) = joined(r, b);
  e->code = e->sector = (dem_str){NULL, 0};
  dem_doc_reason(r->doc, dem_refer_head(r, mention)->sentence, "\"%.*s\" stands for two",
                 DEM_FMT(dem_doc_slice(r->doc, r->doc->mentions.at[mention].span)));
  return group;
}

/* ---- start ---- */

/* Innermost direct or mixed quotation of each token: outer ones come first, so later ones overwrite. */
static void mark_quotes(dem_refer *r) {
  const dem_doc *doc = r->doc;
  uint64_t budget = 16 * (uint64_t)doc->tokens.n;
  for (uint32_t i = 0; i < doc->quotes.n; i++) {
    const dem_quote *q = &doc->quotes.at[i];
    if (q->kind == DEM_QUOTE_INDIRECT) continue;
    for (uint32_t t = dem_doc_token_from(doc, q->span.begin); t < doc->tokens.n && doc->tokens.at[t].span.begin < q->span.end;
         t++) {
      if (budget-- == 0) return;
      r->quote[t] = i + 1;
    }
  }
}

static void find_roles(dem_refer *r) {
  dem_doc *doc = r->doc;
  for (uint32_t i = 0; i < doc->mentions.n; i++) {
    const dem_mention *m = &doc->mentions.at[i];
    r->role[i] = DEM_NONE;
    if (m->form != DEM_FORM_NOMINAL) continue;
    for (uint32_t t = m->first; t < m->last && r->role[i] == DEM_NONE; t++) {
      dem_match match = dem_doc_match(doc, r->roles, t, m->last);
      if (match.row != DEM_NONE && t <= m->head && m->head < match.last) r->role[i] = match.row;
    }
  }
}

static void find_other_subjects(dem_refer *r) {
  const dem_doc *doc = r->doc;
  for (uint32_t s = 0; s < doc->sentences.n; s++) {
    r->subject[s] = DEM_NONE;
    for (uint32_t t = doc->sentences.at[s].first; t < doc->sentences.at[s].last; t++) {
      const dem_token *k = &doc->tokens.at[t];
      bool subject = k->deprel == DEM_DEPREL_NSUBJ || k->deprel == DEM_DEPREL_NSUBJ_PASS;
      if (subject && k->mention == DEM_NONE && (k->upos == DEM_UPOS_NOUN || k->upos == DEM_UPOS_PROPN)) {
        r->subject[s] = t;
        break;
      }
    }
  }
}

static void start(dem_refer *r, dem_doc *doc, const dem_model *model) {
  r->doc = doc;
  r->roles = dem_model_table(model, DEM_TABLE_ROLES);
  r->words = dem_model_table(model, DEM_TABLE_WORDS);
  r->to = dem_array(&doc->arena, uint32_t, doc->entities.n);
  r->seen = dem_array(&doc->arena, uint32_t, doc->entities.n);
  r->role = dem_array(&doc->arena, uint32_t, doc->mentions.n);
  r->drop = dem_array(&doc->arena, bool, doc->mentions.n);
  r->subject = dem_array(&doc->arena, uint32_t, doc->sentences.n);
  r->quote = dem_array(&doc->arena, uint32_t, doc->tokens.n);
  for (uint32_t i = 0; i < doc->entities.n; i++) r->to[i] = i;
  r->writer = r->side = r->reader = r->sides = DEM_NONE;
  r->settled = dem_array(&doc->arena, bool, doc->mentions.n);
  find_roles(r);
  find_other_subjects(r);
  mark_quotes(r);
}

/* ---- appositions ---- */

static bool may_be_one(const dem_entity *a, const dem_entity *b) {
  if (a->plural != b->plural) return false;
  bool person_a = a->kind == DEM_KIND_PERSON, person_b = b->kind == DEM_KIND_PERSON;
  if (person_a != person_b || (a->kind == DEM_KIND_PLACE) != (b->kind == DEM_KIND_PLACE)) return false;
  if (a->gender && b->gender && a->gender != b->gender) return false;
  if (!person_a && a->sector.len && b->sector.len && !dem_str_eq(a->sector, b->sector)) return false; /* a government, its rebels */
  return !a->code.len || !b->code.len || dem_str_eq(a->code, b->code);
}

/* What the mention stands beside by the tree. */
static uint32_t beside_in_tree(const dem_refer *r, uint32_t mention) {
  const dem_token *head = dem_refer_head(r, mention);
  if (head->deprel != DEM_DEPREL_APPOS || head->head == DEM_NONE) return DEM_NONE;
  uint32_t other = r->doc->tokens.at[head->head].mention;
  if (other == DEM_NONE || other == mention) return DEM_NONE;
  const dem_mention *m = &r->doc->mentions.at[mention], *o = &r->doc->mentions.at[other];
  return m->first > o->last + 3 ? DEM_NONE : other; /* far apart it is a slip of the tree */
}

static bool comma(const dem_doc *doc, uint32_t t) { return t < doc->tokens.n && dem_str_is(doc->tokens.at[t].norm, ","); }

static bool clause_end(const dem_doc *doc, uint32_t t) {
  return t >= doc->tokens.n || (doc->tokens.at[t].upos == DEM_UPOS_PUNCT && !dem_str_is(doc->tokens.at[t].norm, "-"));
}

/* What the mention stands beside by the commas: "the president of Kenya, Uhuru Kenyatta, ..."; no list of people. */
static uint32_t beside_in_text(const dem_refer *r, uint32_t mention) {
  const dem_doc *doc = r->doc;
  const dem_mention *m = &doc->mentions.at[mention];
  if (m->first < 2 || !comma(doc, m->first - 1) || !clause_end(doc, m->last)) return DEM_NONE;
  uint32_t outer = DEM_NONE; /* of those that end at the comma, the one that begins first */
  for (uint32_t i = mention; i-- > 0 && mention - i < 6;)
    if (doc->mentions.at[i].last + 1 == m->first) outer = i;
  if (outer == DEM_NONE) return DEM_NONE;
  const dem_mention *o = &doc->mentions.at[outer];
  if (doc->tokens.at[o->head].sentence != doc->tokens.at[m->head].sentence) return DEM_NONE;
  bool told = m->form == DEM_FORM_NAME && o->form == DEM_FORM_NOMINAL && dem_str_is(doc->tokens.at[o->first].norm, "the");
  bool list = !told && o->first > 0 && (comma(doc, o->first - 1) || doc->tokens.at[o->first - 1].upos == DEM_UPOS_CCONJ);
  return list ? DEM_NONE : outer;
}

/* A description beside a name says who that is only with an article or a country: "Bach, villagers, ..." is a list. */
static bool describes(const dem_refer *r, uint32_t mention) {
  const dem_doc *doc = r->doc;
  const dem_mention *m = &doc->mentions.at[mention];
  const dem_entity *e = &doc->entities.at[m->entity];
  return !e->plural && (doc->tokens.at[m->first].upos == DEM_UPOS_DET || e->code.len || m->last - m->first > 1);
}

/* "Dmitry Peskov, the Kremlin spokesman"; "the spokesman, Dmitry Peskov": one is a name, the other a description. */
static bool join_apposition(dem_refer *r, uint32_t mention) {
  const dem_doc *doc = r->doc;
  uint32_t other = beside_in_tree(r, mention);
  bool tree = other != DEM_NONE;
  if (!tree) other = beside_in_text(r, mention);
  if (other == DEM_NONE || other == mention) return false;
  const dem_mention *m = &doc->mentions.at[mention], *o = &doc->mentions.at[other];
  if (m->form == DEM_FORM_PRONOUN || o->form == DEM_FORM_PRONOUN || (m->form == DEM_FORM_NAME && o->form == DEM_FORM_NAME))
    return false;
  if (!tree && (m->form == o->form || !describes(r, m->form == DEM_FORM_NAME ? other : mention))) return false;
  uint32_t a = dem_refer_entity(r, mention), b = dem_refer_entity(r, other);
  if (!may_be_one(&doc->entities.at[a], &doc->entities.at[b])) return false;
  if (m->form == DEM_FORM_NAME) dem_refer_join(r, other, a, "the name stands beside it");
  else dem_refer_join(r, mention, b, "it stands beside the other");
  return true;
}

/* ---- the end ---- */

static bool official(dem_str sector) { return dem_str_in_list(DEM_S("GOV|LEG|JUD|MIL|COP|SPY|ELI"), sector); }

static bool armed(dem_str sector) { return dem_str_in_list(DEM_S("REB|PRM|UAF|MIL"), sector); }

static dem_str role_sector(const dem_refer *r, uint32_t mention) {
  return dem_table_cell(r->roles, r->role[mention], ROLES_SECTOR);
}

/* "his office", "her spokesman": codes of whoever the pronoun means. */
static void inherit(dem_refer *r, uint32_t mention) {
  dem_doc *doc = r->doc;
  if (r->role[mention] == DEM_NONE) return;
  uint32_t k = dem_kid(doc, doc->mentions.at[mention].head, DEM_DEPREL_NMOD_POSS);
  if (k == DEM_NONE || doc->tokens.at[k].mention == DEM_NONE) return;
  uint32_t pronoun = doc->tokens.at[k].mention;
  if (doc->mentions.at[pronoun].form != DEM_FORM_PRONOUN || r->drop[pronoun]) return;
  dem_entity *e = &doc->entities.at[dem_refer_entity(r, mention)], *owner = &doc->entities.at[dem_refer_entity(r, pronoun)];
  if (e == owner) return;
  if (!owner->sector.len && owner->kind == DEM_KIND_ORGANISATION && dem_str_is(role_sector(r, mention), "BUS"))
    owner->sector = DEM_S("BUS"); /* "its chairman" */
  dem_str takes = dem_table_cell(r->roles, r->role[mention], ROLES_TAKES);
  if (dem_str_in_list(takes, DEM_S("other"))) return; /* "its ally" is of another country */
  fill(&e->code, owner->code);
  if (dem_str_in_list(takes, DEM_S("family"))) e->sector = official(owner->sector) ? DEM_S("ELI") : DEM_S("CVL");
  else if (dem_str_in_list(takes, DEM_S("owner"))) fill(&e->sector, owner->sector);
  if (armed(e->sector) && armed(owner->sector)) e->sector = owner->sector; /* "its fighters" */
}

static void settle_voice(const uint32_t *now, dem_voice *v) {
  if (v->entity != DEM_NONE) v->entity = now[v->entity];
}

static void settle_quotes(dem_doc *doc, const uint32_t *now) {
  for (uint32_t i = 0; i < doc->quotes.n; i++) {
    dem_quote *q = &doc->quotes.at[i];
    settle_voice(now, &q->speaker);
    settle_voice(now, &q->addressee);
    for (uint32_t k = 0; k < q->chain.n; k++) settle_voice(now, &q->chain.at[k]);
  }
}

static void keep_mentions(dem_refer *r) {
  dem_doc *doc = r->doc;
  uint32_t n = 0;
  for (uint32_t i = 0; i < doc->mentions.n; i++) {
    if (r->drop[i]) continue;
    dem_mention m = doc->mentions.at[i];
    m.entity = joined(r, m.entity);
    doc->mentions.at[n++] = m;
  }
  doc->mentions.n = n;
}

/* Entities that are mentioned, or stand for members of one that is, keep their order and get new numbers. */
static uint32_t *keep_entities(dem_refer *r) {
  dem_doc *doc = r->doc;
  uint32_t *now = dem_array(&doc->arena, uint32_t, doc->entities.n), n = 0;
  bool *used = dem_array(&doc->arena, bool, doc->entities.n);
  for (uint32_t i = 0; i < doc->mentions.n; i++) {
    const dem_entity *e = &doc->entities.at[doc->mentions.at[i].entity];
    used[doc->mentions.at[i].entity] = true;
    for (uint32_t k = 0; k < e->members.n; k++) used[joined(r, e->members.at[k])] = true;
  }
  for (uint32_t i = 0; i < doc->entities.n; i++) now[i] = used[i] ? n++ : DEM_NONE;
  for (uint32_t i = 0; i < doc->entities.n; i++) {
    uint32_t at = now[joined(r, i)];
    if (used[i]) doc->entities.at[now[i]] = doc->entities.at[i]; /* now[i] <= i */
    else now[i] = at;
  }
  for (uint32_t i = 0; i < n; i++) {
    dem_entity *e = &doc->entities.at[i];
    e->mentions.n = 0;
    for (uint32_t k = 0; k < e->members.n; k++) e->members.at[k] = now[joined(r, e->members.at[k])];
  }
  doc->entities.n = n;
  return now;
}

static void finish(dem_refer *r) {
  dem_doc *doc = r->doc;
  keep_mentions(r);
  uint32_t *now = keep_entities(r);
  for (uint32_t i = 0; i < doc->mentions.n; i++) {
    dem_mention *m = &doc->mentions.at[i];
    m->entity = now[m->entity];
    *dem_push(&doc->arena, &doc->entities.at[m->entity].mentions) = i;
  }
  settle_quotes(doc, now);
  dem_doc_index_mentions(doc);
  dem_said_settle(doc);
}

static void settle_pronoun(dem_refer *r, uint32_t mention) {
  if (r->doc->mentions.at[mention].form != DEM_FORM_PRONOUN || r->settled[mention]) return;
  r->settled[mention] = true;
  r->drop[mention] = !dem_refer_pronoun(r, mention);
}

/* The pronoun inside a description first: whose country "his country" is. */
static void settle_owner(dem_refer *r, uint32_t mention) {
  uint32_t k = dem_kid(r->doc, r->doc->mentions.at[mention].head, DEM_DEPREL_NMOD_POSS);
  if (k != DEM_NONE && r->doc->tokens.at[k].mention != DEM_NONE) settle_pronoun(r, r->doc->tokens.at[k].mention);
}

void dem_find_refer(dem_doc *doc, const dem_model *model) {
  dem_refer refer = {0}, *r = &refer;
  if (doc->mentions.n == 0) return;
  start(r, doc, model);
  for (uint32_t i = 0; i < doc->mentions.n; i++) r->settled[i] = join_apposition(r, i);
  for (uint32_t i = 0; i < doc->mentions.n; i++) {
    if (doc->mentions.at[i].form == DEM_FORM_NOMINAL && !r->settled[i]) {
      settle_owner(r, i);
      dem_refer_noun(r, i);
    }
    settle_pronoun(r, i);
    r->seen[dem_refer_entity(r, i)]++;
  }
  for (uint32_t i = 0; i < doc->mentions.n; i++) inherit(r, i); /* the pronoun of "his office" comes after the office */
  finish(r);
}
