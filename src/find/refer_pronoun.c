/* Pronouns. Inside a quotation "I" and "we" are its speaker, "you" its addressee. Third persons score the entities of the
 * last mentions: nearness, subjects before others, names, how often named; number, gender and the grammar of the clause
 * exclude. "It" needs a body or a country that is nearer than any other subject. "Their talks" stands for the two who are
 * named together. Refuses when the best score is too low: such a pronoun is no mention. */
#include "find/refer_work.h"

enum { ENOUGH = 10, SCORE_LEAST = -10000 };

/* Points of a candidate; tuned by hand and by coordinates on GAP development and the training half of OntoGUM. */
enum {
  NEAR = 60, APART = 22, A_TOKEN = 5, SEEN = 3, BY_NAME = 4, BY_PRONOUN = 6, GENDER = 20, /* A_TOKEN: tenths a token */
  TWO = 25, PLURAL = 15, NOT_PLURAL = 15,
  BY_SUBJECT = 30, BY_OBJECT = 14, BY_MAIN_CLAUSE = 6, BOTH_SUBJECTS = 8, OWN_SUBJECT = 25, INSIDE_OWNED = 26, BY_OWNER = 4,
  BY_MODIFIER = 15, OF_SUBJECT = 22, BY_OBLIQUE = 4
};

typedef enum person { FIRST, SECOND, HE, SHE, IT, THEY, NONE } person;

static person person_of(dem_str norm) {
  static const struct {
    const char *words;
    person person;
  } of[] = {{"i|me|my|mine|myself|we|us|our|ours|ourselves", FIRST},
            {"you|your|yours|yourself|yourselves", SECOND},
            {"he|him|his|himself", HE},
            {"she|her|hers|herself", SHE},
            {"it|its|itself", IT},
            {"they|them|their|theirs|themselves|both", THEY}};
  for (size_t i = 0; i < sizeof of / sizeof *of; i++)
    if (dem_str_in_list(dem_str_of(of[i].words), norm)) return of[i].person;
  return NONE;
}

static bool subject(uint8_t rel) {
  return rel == DEM_DEPREL_NSUBJ || rel == DEM_DEPREL_NSUBJ_PASS || rel == DEM_DEPREL_NSUBJ_OUTER;
}

static bool agrees(const dem_entity *e, person p) {
  bool human = e->kind == DEM_KIND_PERSON;
  switch (p) {
    case HE: return human && !e->plural && e->gender != 'f';
    case SHE: return human && !e->plural && e->gender != 'm';
    case IT: return !human && !e->plural && !e->members.n && e->kind != DEM_KIND_PEOPLE;
    default: return e->plural || e->members.n || (!human && e->kind != DEM_KIND_PLACE);
  }
}

static bool reflexive(dem_str norm) { return dem_str_ends(norm, "self") || dem_str_ends(norm, "selves"); }

/* Two arguments of one verb are two people, unless the pronoun is reflexive. */
static bool same_clause(const dem_token *pronoun, const dem_token *other) {
  if (pronoun->deprel == DEM_DEPREL_NMOD_POSS || reflexive(pronoun->norm)) return false;
  return pronoun->head != DEM_NONE && pronoun->head == other->head;
}

static bool quoted_speaker(dem_refer *r, uint32_t head, uint32_t entity) {
  uint32_t q = r->quote[head];
  if (q == 0) return false;
  uint32_t speaker = r->doc->quotes.at[q - 1].speaker.entity;
  if (speaker == DEM_NONE || speaker >= r->doc->entities.n) return false;
  while (r->to[speaker] != speaker) speaker = r->to[speaker];
  return speaker == entity;
}

/* The subject of a verb that has none of its own: of the verb above it ("injures him, eliminating ..."). DEM_NONE. */
static uint32_t shared_subject(const dem_doc *doc, uint32_t verb) {
  for (unsigned n = 0; n < 4 && verb != DEM_NONE; n++) {
    for (uint32_t k = doc->tokens.at[verb].kid; k != DEM_NONE; k = doc->tokens.at[k].next)
      if (subject(doc->tokens.at[k].deprel)) return n ? k : DEM_NONE;
    uint8_t rel = doc->tokens.at[verb].deprel;
    if (rel != DEM_DEPREL_ADVCL && rel != DEM_DEPREL_XCOMP && rel != DEM_DEPREL_CONJ) return DEM_NONE;
    verb = doc->tokens.at[verb].head;
  }
  return DEM_NONE;
}

/* "Xeno injures Quallo, eliminating him": who does it is not whom it is done to. */
static bool own_doer(const dem_refer *r, uint32_t pronoun, uint32_t other) {
  const dem_token *p = dem_refer_head(r, pronoun);
  if (p->head == DEM_NONE || (p->deprel != DEM_DEPREL_OBJ && p->deprel != DEM_DEPREL_IOBJ) || reflexive(p->norm)) return false;
  return shared_subject(r->doc, p->head) == r->doc->mentions.at[other].head;
}

static bool excluded(dem_refer *r, uint32_t pronoun, uint32_t other, uint32_t entity) {
  const dem_mention *p = &r->doc->mentions.at[pronoun], *o = &r->doc->mentions.at[other];
  if (o->first <= p->first && p->last <= o->last) return true; /* "his office" is not he */
  if (r->doc->entities.at[entity].vague || entity == r->writer || entity == r->side || entity == r->reader) return true;
  if (same_clause(dem_refer_head(r, pronoun), dem_refer_head(r, other)) || own_doer(r, pronoun, other)) return true;
  return quoted_speaker(r, p->head, entity);
}

/* The clause verb above a token, for "subject of the same clause". */
static uint32_t clause_of(const dem_doc *doc, uint32_t t) {
  for (unsigned n = 0; n < 12 && doc->tokens.at[t].head != DEM_NONE; n++) {
    t = doc->tokens.at[t].head;
    if (doc->tokens.at[t].upos == DEM_UPOS_VERB || doc->tokens.at[t].upos == DEM_UPOS_AUX) return t;
  }
  return t;
}

/* "Xeno's idea of her marriage": is the pronoun in the phrase that the other owns? */
static bool inside_owned(const dem_doc *doc, uint32_t pronoun, uint32_t owned) {
  for (unsigned n = 0; n < 5 && pronoun != DEM_NONE; n++, pronoun = doc->tokens.at[pronoun].head)
    if (pronoun == owned) return true;
  return false;
}

static int32_t score_role(const dem_refer *r, uint32_t pronoun, uint32_t other) {
  const dem_token *p = dem_refer_head(r, pronoun), *o = dem_refer_head(r, other);
  const dem_doc *doc = r->doc;
  bool same = p->sentence == o->sentence, by_subject = subject(o->deprel), governed = o->head != DEM_NONE;
  int32_t score = by_subject ? BY_SUBJECT : o->deprel == DEM_DEPREL_OBJ || o->deprel == DEM_DEPREL_IOBJ ? BY_OBJECT : 0;
  if (by_subject && governed && doc->tokens.at[o->head].head == DEM_NONE) score += BY_MAIN_CLAUSE;
  if (by_subject && subject(p->deprel)) score += BOTH_SUBJECTS;
  if (p->deprel == DEM_DEPREL_NMOD_POSS && same && by_subject && o->head == clause_of(doc, doc->mentions.at[pronoun].head))
    score += OWN_SUBJECT; /* "Turkey ups its support" */
  if (o->deprel == DEM_DEPREL_NMOD_POSS) score += inside_owned(doc, doc->mentions.at[pronoun].head, o->head) ? INSIDE_OWNED : BY_OWNER;
  if (o->deprel == DEM_DEPREL_COMPOUND || o->deprel == DEM_DEPREL_AMOD) score -= BY_MODIFIER;
  bool of_subject = o->deprel == DEM_DEPREL_NMOD && same && governed && subject(doc->tokens.at[o->head].deprel) &&
                    doc->tokens.at[o->head].mention != DEM_NONE;
  if (of_subject) score += OF_SUBJECT; /* "a spokesman for the group said its fighters" */
  else if (o->deprel == DEM_DEPREL_OBL || o->deprel == DEM_DEPREL_NMOD) score -= BY_OBLIQUE;
  return score;
}

static int32_t score_of(dem_refer *r, uint32_t pronoun, uint32_t other, uint32_t entity, person p) {
  const dem_entity *e = &r->doc->entities.at[entity];
  const dem_mention *m = &r->doc->mentions.at[other];
  uint32_t apart = dem_refer_head(r, pronoun)->sentence - dem_refer_head(r, other)->sentence;
  uint32_t tokens = r->doc->mentions.at[pronoun].first - m->first;
  int32_t score = NEAR - APART * (int32_t)apart - (int32_t)(tokens > 40 ? 40 : tokens) * A_TOKEN / 10;
  uint32_t seen = r->seen[entity] > 5 ? 5 : r->seen[entity];
  score += SEEN * (int32_t)seen + score_role(r, pronoun, other);
  if (m->form == DEM_FORM_NAME) score += BY_NAME;
  if (m->form == DEM_FORM_PRONOUN) score += BY_PRONOUN;
  if ((p == HE && e->gender == 'm') || (p == SHE && e->gender == 'f')) score += GENDER;
  if (p == THEY) score += e->members.n ? TWO : e->plural ? PLURAL : -NOT_PLURAL;
  if (p == IT && e->kind == DEM_KIND_PLACE) score -= apart == 0 && tokens < 10 ? 2 : 12;
  return score;
}

/* Another subject, of no mention, that "it" may mean instead. */
static int32_t other_subject(const dem_refer *r, uint32_t pronoun, uint32_t best) {
  uint32_t head = r->doc->mentions.at[pronoun].head, s = r->doc->tokens.at[head].sentence;
  uint32_t from = r->doc->mentions.at[best].head;
  for (uint32_t back = 0; back < 2 && back <= s; back++) {
    uint32_t t = r->subject[s - back];
    if (t != DEM_NONE && t < head && t > from) return 45;
    if (t != DEM_NONE && t < head) return 20;
  }
  return 0;
}

static bool join_best(dem_refer *r, uint32_t pronoun, person p) {
  uint32_t best = DEM_NONE, least = pronoun > REFER_WINDOW ? pronoun - REFER_WINDOW : 0;
  int32_t top = SCORE_LEAST;
  uint32_t sentence = dem_refer_head(r, pronoun)->sentence;
  for (uint32_t i = pronoun; i-- > least;) {
    if (r->drop[i]) continue;
    if (dem_refer_head(r, i)->sentence + REFER_SENTENCES < sentence) break;
    uint32_t entity = dem_refer_entity(r, i);
    if (!agrees(&r->doc->entities.at[entity], p) || excluded(r, pronoun, i, entity)) continue;
    int32_t score = score_of(r, pronoun, i, entity, p);
    if (score > top) top = score, best = i;
  }
  if (best == DEM_NONE) return false;
  if (p == IT) top -= other_subject(r, pronoun, best);
  if (top < ENOUGH) return false;
  dem_refer_join(r, pronoun, dem_refer_entity(r, best), "the best reading of the pronoun");
  return true;
}

/* The first noun phrase of a fronted phrase may look ahead: "In his speech, Xeno said", "Like her sister, Quallo left". The
 * mention of the subject behind it, DEM_NONE. */
static uint32_t subject_ahead(const dem_refer *r, uint32_t pronoun) {
  const dem_doc *doc = r->doc;
  uint32_t t = doc->mentions.at[pronoun].head, top = t;
  const dem_sentence *s = &doc->sentences.at[doc->tokens.at[t].sentence];
  if (t > s->first + 8 || s->root == DEM_NONE || doc->tokens.at[t].deprel != DEM_DEPREL_NMOD_POSS) return DEM_NONE;
  for (unsigned n = 0; n < 10 && top != DEM_NONE && doc->tokens.at[top].head != s->root; n++) top = doc->tokens.at[top].head;
  if (top == DEM_NONE || doc->tokens.at[top].head != s->root || top > s->root) return DEM_NONE;
  uint8_t rel = doc->tokens.at[top].deprel;
  if (rel != DEM_DEPREL_OBL && rel != DEM_DEPREL_ADVCL && rel != DEM_DEPREL_NMOD && rel != DEM_DEPREL_OBL_UNMARKED) return DEM_NONE;
  for (uint32_t k = doc->tokens.at[s->root].kid; k != DEM_NONE; k = doc->tokens.at[k].next)
    if (k > t && subject(doc->tokens.at[k].deprel)) return doc->tokens.at[k].mention;
  return DEM_NONE;
}

static bool join_ahead(dem_refer *r, uint32_t pronoun, person p) {
  uint32_t other = subject_ahead(r, pronoun);
  if (other == DEM_NONE || other <= pronoun || r->doc->mentions.at[other].form != DEM_FORM_NAME) return false;
  uint32_t entity = dem_refer_entity(r, other);
  if (!agrees(&r->doc->entities.at[entity], p) || quoted_speaker(r, r->doc->mentions.at[pronoun].head, entity)) return false;
  dem_refer_join(r, pronoun, entity, "the subject that its phrase introduces");
  return true;
}

/* Outside quotations "I" is the writer, "we" his side, "you" the reader: one entity each. */
static bool join_writer(dem_refer *r, uint32_t pronoun, bool first) {
  dem_str norm = dem_refer_head(r, pronoun)->norm;
  bool plural = first && (norm.data[0] == 'w' || norm.data[0] == 'u' || norm.data[0] == 'o');
  uint32_t *slot = !first ? &r->reader : plural ? &r->side : &r->writer, own = dem_refer_entity(r, pronoun);
  if (*slot != DEM_NONE) {
    dem_refer_join(r, pronoun, *slot, "the dispatch's own voice");
    return true;
  }
  *slot = own;
  dem_entity *e = &r->doc->entities.at[own];
  e->role = !first ? DEM_S("reader") : plural ? DEM_S("writer and others") : DEM_S("writer");
  e->plural = plural;
  if (plural) e->kind = DEM_KIND_GROUP;
  return true;
}

static bool join_voice(dem_refer *r, uint32_t pronoun, bool speaker) {
  uint32_t q = r->quote[r->doc->mentions.at[pronoun].head];
  if (q == 0) return join_writer(r, pronoun, speaker);
  const dem_quote *quote = &r->doc->quotes.at[q - 1];
  uint32_t entity = speaker ? quote->speaker.entity : quote->addressee.entity;
  if (entity == DEM_NONE || entity >= r->doc->entities.n) return false;
  dem_refer_join(r, pronoun, entity, speaker ? "who speaks" : "who is spoken to");
  return true;
}

/* ---- two together ---- */

static bool pairable(const dem_entity *e, bool persons) {
  if (e->plural || e->vague || !e->code.len) return false;
  if (persons || e->kind == DEM_KIND_PERSON) return persons == (e->kind == DEM_KIND_PERSON);
  return e->kind == DEM_KIND_GOVERNMENT || dem_str_in_list(DEM_S("MIL|REB|PRM|UAF|PTY"), e->sector);
}

/* Sides of one thing differ: two countries, or an army and its rebels. */
static bool differ(const dem_entity *a, const dem_entity *b) {
  return !dem_str_eq(a->code, b->code) || (a->kind != DEM_KIND_PERSON && !dem_str_eq(a->sector, b->sector));
}

/* Of the entities named in the last sentences, the two named most that differ. Whoever acts on the two is none of them. */
bool dem_refer_pair(dem_refer *r, uint32_t mention, bool persons, uint32_t *a, uint32_t *b) {
  const dem_entity *e = r->doc->entities.at;
  uint32_t least = mention > REFER_WINDOW ? mention - REFER_WINDOW : 0, sentence = dem_refer_head(r, mention)->sentence;
  *a = *b = DEM_NONE;
  for (uint32_t i = mention; i-- > least;) {
    if (r->drop[i] || dem_refer_head(r, i)->sentence + REFER_SENTENCES < sentence) continue;
    uint32_t k = dem_refer_entity(r, i);
    if (k == *a || k == *b || !pairable(&e[k], persons)) continue;
    if (!persons && dem_refer_head(r, i)->sentence == sentence && subject(dem_refer_head(r, i)->deprel)) continue;
    if (*a == DEM_NONE || r->seen[k] > r->seen[*a]) {
      if (*a != DEM_NONE && differ(&e[*a], &e[k])) *b = *a;
      else if (*b != DEM_NONE && !differ(&e[*b], &e[k])) *b = DEM_NONE;
      *a = k;
    } else if (differ(&e[k], &e[*a]) && (*b == DEM_NONE || r->seen[k] > r->seen[*b])) {
      *b = k;
    }
  }
  return *a != DEM_NONE && *b != DEM_NONE;
}

/* The mention that "and" joins with this one, by the tree, else by the words; DEM_NONE. */
static uint32_t joined_by_and(const dem_refer *r, uint32_t mention) {
  const dem_doc *doc = r->doc;
  const dem_mention *m = &doc->mentions.at[mention];
  const dem_token *t = dem_refer_head(r, mention);
  if (t->deprel == DEM_DEPREL_CONJ && t->head != DEM_NONE && doc->tokens.at[t->head].deprel != DEM_DEPREL_CONJ &&
      doc->tokens.at[t->head].mention != DEM_NONE)
    return doc->tokens.at[t->head].mention;
  if (m->first < 2 || !dem_str_is(doc->tokens.at[m->first - 1].norm, "and")) return DEM_NONE;
  uint32_t outer = DEM_NONE;
  for (uint32_t i = mention; i-- > 0 && mention - i < 6;)
    if (doc->mentions.at[i].last + 1 == m->first && doc->mentions.at[i].use == DEM_USE_ACTOR) outer = i;
  return outer;
}

static bool two_of(const dem_refer *r, uint32_t a, uint32_t b) {
  const dem_mention *m = &r->doc->mentions.at[a], *o = &r->doc->mentions.at[b];
  const dem_entity *x = &r->doc->entities.at[m->entity], *y = &r->doc->entities.at[o->entity];
  if (m->use == DEM_USE_MODIFIER || o->use == DEM_USE_MODIFIER || m->form == DEM_FORM_PRONOUN || o->form == DEM_FORM_PRONOUN) return false;
  if (x->members.n || y->members.n || x->kind == DEM_KIND_PLACE || y->kind == DEM_KIND_PLACE) return false;
  return (x->kind == DEM_KIND_PERSON) == (y->kind == DEM_KIND_PERSON);
}

/* "A and B ... they": the last two joined by "and", of people or bodies. */
bool dem_refer_conjuncts(dem_refer *r, uint32_t pronoun, uint32_t back) {
  uint32_t least = pronoun > REFER_WINDOW ? pronoun - REFER_WINDOW : 0, sentence = dem_refer_head(r, pronoun)->sentence;
  for (uint32_t i = pronoun; i-- > least;) {
    if (dem_refer_head(r, i)->sentence + back < sentence) return false;
    if (r->drop[i]) continue;
    uint32_t other = joined_by_and(r, i);
    if (other == DEM_NONE || other == i || r->drop[other] || !two_of(r, i, other)) continue;
    uint32_t a = dem_refer_entity(r, other), b = dem_refer_entity(r, i);
    if (a == b || same_clause(dem_refer_head(r, pronoun), dem_refer_head(r, other))) continue;
    if (r->doc->mentions.at[i].last > r->doc->mentions.at[pronoun].first) continue;
    dem_refer_group(r, pronoun, a, b);
    return true;
  }
  return false;
}

static bool mutual(dem_str lemma) {
  return dem_str_in_list(
      DEM_S("talk|talks|meeting|summit|conversation|discussion|call|dispute|handshake|negotiation|encounter|tie|"
            "relationship|relation|difference|border|deal|agreement|alliance"),
      lemma);
}

static bool join_they(dem_refer *r, uint32_t pronoun) {
  const dem_token *t = dem_refer_head(r, pronoun);
  uint32_t a, b;
  if (t->deprel == DEM_DEPREL_NMOD_POSS && t->head != DEM_NONE && mutual(r->doc->tokens.at[t->head].lemma) &&
      (dem_refer_pair(r, pronoun, true, &a, &b) || dem_refer_pair(r, pronoun, false, &a, &b))) {
    dem_refer_group(r, pronoun, a, b);
    return true;
  }
  return dem_refer_conjuncts(r, pronoun, 1) || join_best(r, pronoun, THEY);
}

bool dem_refer_pronoun(dem_refer *r, uint32_t mention) {
  person p = person_of(dem_refer_head(r, mention)->norm);
  switch (p) {
    case FIRST: return join_voice(r, mention, true);
    case SECOND: return join_voice(r, mention, false);
    case THEY: return join_they(r, mention);
    case NONE: return false;
    default: return join_ahead(r, mention, p) || join_best(r, mention, p);
  }
}
