/* From the words of an argument to the entities that take part. An argument that is no mention itself stands for the one it
 * belongs to ("Turkey's intervention", "the Turkish presence", "talks of the ministers"). Groups with known members become
 * their members; vague blocs become nobody. Invariant: no entity twice in one list. */
#include "code/coder.h"

void dem_party_add(dem_coder *c, uint32_t entity, dem_span span, dem_parties *out) {
  if (entity == DEM_NONE || entity >= c->doc->entities.n) return;
  const dem_entity *e = &c->doc->entities.at[entity];
  if (e->vague || (e->kind == DEM_KIND_PLACE && !e->name.len)) return; /* "withdrew from the district" */
  if (e->members.n) {
    for (uint32_t i = 0; i < e->members.n && i < 8; i++)
      if (e->members.at[i] < c->doc->entities.n && !c->doc->entities.at[e->members.at[i]].members.n)
        dem_party_add(c, e->members.at[i], span, out);
    return;
  }
  for (uint32_t i = 0; i < out->n; i++)
    if (out->at[i].entity == entity) return;
  if (out->n < 16) *dem_push(&c->doc->arena, out) = (dem_party){entity, span};
}

/* The mention that a token heads; where finder and parser disagree on the head, one that lies below the token. */
static uint32_t mention_at(const dem_coder *c, uint32_t t) {
  const dem_token *k = dem_tok(c, t);
  if (k->mention != DEM_NONE) return k->mention;
  if (k->over == DEM_NONE) return DEM_NONE;
  uint32_t head = c->doc->mentions.at[k->over].head;
  for (unsigned i = 0; i < 3 && head != DEM_NONE; i++, head = dem_tok(c, head)->head)
    if (head == t) return k->over;
  /* the last word of a mention, unless the finder took another for the head inside a longer phrase */
  return c->doc->mentions.at[k->over].last == t + 1 && dem_tok(c, t)->deprel != DEM_DEPREL_COMPOUND ? k->over : DEM_NONE;
}

static bool add_mention(dem_coder *c, uint32_t t, dem_parties *out) {
  uint32_t m = mention_at(c, t), before = out->n;
  if (m == DEM_NONE) return false;
  dem_party_add(c, c->doc->mentions.at[m].entity, c->doc->mentions.at[m].span, out);
  return out->n > before;
}

static void with_joined(dem_coder *c, uint32_t t, dem_parties *out) {
  add_mention(c, t, out);
  for (uint32_t k = dem_tok(c, t)->kid; k != DEM_NONE; k = dem_tok(c, k)->next) {
    bool joined = dem_tok(c, k)->deprel == DEM_DEPREL_CONJ || dem_kid(c->doc, k, DEM_DEPREL_CC) != DEM_NONE;
    if (joined && !dem_is_verb(c, k) && dem_verb_of_joined(c, k) == DEM_NONE) add_mention(c, k, out);
  }
}

static void modifiers(dem_coder *c, uint32_t t, dem_parties *out) {
  for (uint32_t k = dem_tok(c, t)->kid; k != DEM_NONE; k = dem_tok(c, k)->next) {
    uint8_t rel = dem_tok(c, k)->deprel;
    if (rel == DEM_DEPREL_AMOD || rel == DEM_DEPREL_COMPOUND || rel == DEM_DEPREL_NMOD_DESC) with_joined(c, k, out);
  }
}

static void possessors(dem_coder *c, uint32_t t, dem_parties *out) {
  uint32_t k = dem_kid(c->doc, t, DEM_DEPREL_NMOD_POSS);
  if (k != DEM_NONE) with_joined(c, k, out);
}

static void descend(dem_coder *c, uint32_t t, unsigned depth, dem_parties *out) {
  static const char *const owners[] = {"by", "of", "from", "between", "against", "on", "with", "to"};
  possessors(c, t, out);
  if (!out->n) modifiers(c, t, out);
  for (unsigned i = 0; i < sizeof owners / sizeof *owners && !out->n; i++) {
    uint32_t k = dem_prep(c, t, dem_str_of(owners[i]));
    if (k != DEM_NONE && k != t && dem_tok(c, k)->head == t) with_joined(c, k, out);
    if (k != DEM_NONE && k != t && dem_tok(c, k)->head == t && !out->n && depth < 3) descend(c, k, depth + 1, out);
  }
}

void dem_parties_of(dem_coder *c, uint32_t t, dem_parties *out) {
  uint32_t before = out->n;
  with_joined(c, t, out);
  if (out->n > before || dem_is_verb(c, t)) return;
  dem_parties found = {0};
  if (mention_at(c, t) == DEM_NONE) descend(c, t, 0, &found); /* a mention that is nobody (a vague bloc) stays nobody */
  for (uint32_t i = 0; i < found.n; i++) dem_party_add(c, found.at[i].entity, found.at[i].span, out);
}

/* "his office said after a meeting with X": the one who met is the owner of the office. */
static void principal(dem_coder *c, uint32_t subject, dem_parties *out) {
  if (dem_word_class(c, subject, "office")) possessors(c, subject, out);
  if (!out->n) dem_parties_of(c, subject, out);
}

/* The subject of the clause that a noun stands in: of a verb that carries it out ("held talks"), or any ("said after talks"). */
static void clause_subject(dem_coder *c, uint32_t noun, bool any, dem_parties *out) {
  uint32_t verb = any ? dem_governor(c, noun) : dem_carrier(c, noun);
  if (verb == DEM_NONE || (!any && !dem_word_class(c, verb, "light"))) return;
  uint32_t subject = dem_logical_subject(c, verb);
  if (subject != DEM_NONE && subject != noun && !dem_under(c->doc, noun, subject)) principal(c, subject, out);
}

/* The first mention anywhere below: "the worries that the reinforcement of the Turkish presence causes". */
static void below(dem_coder *c, uint32_t t, dem_parties *out) {
  uint32_t first, last;
  dem_subtree(c->doc, t, &first, &last);
  for (uint32_t i = first; i < last && !out->n; i++) {
    uint32_t m = dem_tok(c, i)->mention;
    if (m == DEM_NONE) continue;
    const dem_entity *e = &c->doc->entities.at[c->doc->mentions.at[m].entity];
    if (e->code.len && e->kind != DEM_KIND_PLACE) add_mention(c, i, out);
  }
}

static void complement_argument(dem_coder *c, uint32_t trigger, bool subject, dem_parties *out) {
  uint32_t v = dem_complement(c, trigger);
  if (v == DEM_NONE || !dem_is_verb(c, v)) return;
  uint32_t t = subject ? dem_subject(c, v) : dem_logical_object(c, v);
  if (t != DEM_NONE) dem_parties_of(c, t, out);
}

static void one_argument(dem_coder *c, uint32_t t, dem_str word, dem_parties *out) {
  uint32_t k = DEM_NONE;
  bool verb = dem_is_verb(c, t);
  if (dem_str_is(word, "subj")) k = verb ? dem_logical_subject(c, t) : DEM_NONE;
  else if (dem_str_is(word, "obj")) k = dem_logical_object(c, t);
  else if (dem_str_is(word, "iobj")) k = dem_kid(c->doc, t, DEM_DEPREL_IOBJ);
  else if (dem_str_is(word, "poss")) { possessors(c, t, out); return; }
  else if (dem_str_is(word, "amod")) { modifiers(c, t, out); return; }
  else if (dem_str_is(word, "gov")) { clause_subject(c, t, false, out); return; }
  else if (dem_str_is(word, "clause")) { clause_subject(c, t, true, out); return; }
  else if (dem_str_is(word, "content.subj")) { complement_argument(c, t, true, out); return; }
  else if (dem_str_is(word, "content.obj")) { complement_argument(c, t, false, out); return; }
  else if (dem_str_starts(word, "content.")) {
    uint32_t v = dem_complement(c, t);
    if (v != DEM_NONE) one_argument(c, v, dem_str_sub(word, 8, word.len), out);
    return;
  }
  else if (dem_str_is(word, "below")) {
    uint32_t o = verb ? dem_logical_object(c, t) : t;
    if (o != DEM_NONE) below(c, o, out);
    return;
  } else k = dem_prep(c, t, word);
  if (k != DEM_NONE && k != t) dem_parties_of(c, k, out);
}

void dem_argument(dem_coder *c, uint32_t trigger, dem_str spec, dem_parties *out) {
  while (spec.len && !out->n) {
    dem_str one = dem_str_cut(&spec, ',');
    while (one.len) {
      dem_str word = dem_str_cut(&one, '+');
      dem_parties found = {0};
      one_argument(c, trigger, word, &found);
      for (uint32_t i = 0; i < found.n; i++) dem_party_add(c, found.at[i].entity, found.at[i].span, out);
    }
  }
}

bool dem_party_known(const dem_coder *c, const dem_parties *p) {
  for (uint32_t i = 0; i < p->n; i++) {
    const dem_entity *e = &c->doc->entities.at[p->at[i].entity];
    if (e->code.len || e->sector.len) return true;
  }
  return false;
}

bool dem_party_public(const dem_coder *c, const dem_parties *p) {
  for (uint32_t i = 0; i < p->n; i++) {
    const dem_entity *e = &c->doc->entities.at[p->at[i].entity];
    if (e->code.len || dem_str_in_list(DEM_S("GOV|MIL|REB|OPP|LEG|JUD|COP|PTY|SPY|UAF|PRM|SEP"), e->sector)) return true;
  }
  return false;
}

static bool same_side(const dem_entity *a, const dem_entity *b) {
  return a->code.len && dem_str_eq(a->code, b->code) && dem_str_eq(a->sector, b->sector);
}

bool dem_parties_meet(const dem_coder *c, const dem_parties *a, const dem_parties *b) {
  const dem_entity *e = c->doc->entities.at;
  for (uint32_t i = 0; i < a->n; i++)
    for (uint32_t j = 0; j < b->n; j++)
      if (a->at[i].entity == b->at[j].entity || same_side(&e[a->at[i].entity], &e[b->at[j].entity])) return true;
  return false;
}
