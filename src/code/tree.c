/* The arguments of a trigger on the dependency tree. It decides who is the subject and the object of a verb, also where the
 * sentence leaves them out: control ("asked them to leave"), relative and participle clauses, coordination. Walks go up at
 * most DEM_MAX_STEPS heads, so that a chain of clauses costs nothing. It refuses to guess: no argument is DEM_NONE. */
#include "code/coder.h"

bool dem_is_noun(const dem_coder *c, uint32_t t) {
  return dem_tok(c, t)->upos == DEM_UPOS_NOUN || dem_tok(c, t)->upos == DEM_UPOS_PROPN;
}

static bool has(const dem_coder *c, uint32_t t, dem_deprel rel) { return dem_kid(c->doc, t, rel) != DEM_NONE; }

static bool tagged(const dem_coder *c, uint32_t t, const char *tag) { return dem_str_is(dem_tok(c, t)->tag, tag); }

static uint32_t prep_kid(const dem_coder *c, uint32_t head, dem_str word);

static bool is_clause_of_noun(uint8_t rel) { return rel == DEM_DEPREL_ACL || rel == DEM_DEPREL_ACL_RELCL; }

static bool relative_pronoun(const dem_coder *c, uint32_t t) {
  dem_str tag = dem_tok(c, t)->tag;
  dem_str word = dem_tok(c, t)->norm;
  return dem_str_is(tag, "WDT") || dem_str_is(tag, "WP") || dem_str_is(word, "who") || dem_str_is(word, "which") ||
         dem_str_is(word, "whom") || (dem_str_is(word, "that") && dem_tok(c, t)->upos == DEM_UPOS_PRON);
}

/* The noun that a relative pronoun among the verb's arguments stands for. */
static uint32_t referent(const dem_coder *c, uint32_t verb, uint32_t argument) {
  if (argument == DEM_NONE || !relative_pronoun(c, argument)) return argument;
  uint32_t v = verb;
  for (unsigned i = 0; i < DEM_MAX_STEPS && v != DEM_NONE; i++, v = dem_tok(c, v)->head)
    if (is_clause_of_noun(dem_tok(c, v)->deprel) || dem_tok(c, v)->deprel == DEM_DEPREL_APPOS) return dem_tok(c, v)->head;
  return DEM_NONE;
}

static uint32_t subject_before(const dem_coder *c, uint32_t v);

/* The root that a verb hangs on by nouns only. */
static uint32_t sole_noun(const dem_coder *c, uint32_t v) {
  uint32_t t = dem_tok(c, v)->head;
  for (unsigned i = 0; i < 4 && t != DEM_NONE && t < v; i++, t = dem_tok(c, t)->head) {
    if (!dem_is_noun(c, t) || dem_is_verb(c, t) || has(c, t, DEM_DEPREL_COP)) return DEM_NONE;
    if (dem_tok(c, t)->head == DEM_NONE) return t;
    if (has(c, t, DEM_DEPREL_CASE)) return DEM_NONE;
  }
  return DEM_NONE;
}

/* A finite verb that was taken for a participle before a noun: "Macron bitterly attacked Turkey's plan". */
static bool stray(const dem_coder *c, uint32_t v) {
  if (dem_tok(c, v)->deprel != DEM_DEPREL_AMOD || !tagged(c, v, "VBN") || dem_tok(c, v)->over != DEM_NONE) return false;
  uint32_t k = subject_before(c, v);
  return k != DEM_NONE && dem_tok(c, k)->upos != DEM_UPOS_ADJ;
}

/* Where the parser made a noun the root and hung the sentence's only verb on it: "[The minister] resigned". */
static bool lacks_verb(const dem_coder *c, uint32_t v) {
  if (tagged(c, v, "VBG") || tagged(c, v, "TO") || has(c, v, DEM_DEPREL_AUX_PASS) || prep_kid(c, v, DEM_S("by")) != DEM_NONE) return false;
  for (uint32_t k = dem_tok(c, v)->kid; k != DEM_NONE; k = dem_tok(c, k)->next)
    if (relative_pronoun(c, k) || dem_tok(c, k)->deprel == DEM_DEPREL_MARK) return false;
  return sole_noun(c, v) != DEM_NONE;
}

bool dem_passive(const dem_coder *c, uint32_t v) {
  for (unsigned i = 0; i < DEM_MAX_STEPS; i++) {
    if (has(c, v, DEM_DEPREL_AUX_PASS)) return true;
    if (has(c, v, DEM_DEPREL_NSUBJ_PASS)) return !has(c, v, DEM_DEPREL_AUX_); /* "had accepted" has no passive */
    if (c->verb[v] >= 2 || stray(c, v)) return false;
    if (has(c, v, DEM_DEPREL_NSUBJ) || has(c, v, DEM_DEPREL_AUX_) || has(c, v, DEM_DEPREL_OBJ) || !tagged(c, v, "VBN"))
      return false;
    uint8_t rel = dem_tok(c, v)->deprel;
    if (lacks_verb(c, v)) return false;
    if (rel == DEM_DEPREL_ACL || rel == DEM_DEPREL_AMOD || rel == DEM_DEPREL_ADVCL || rel == DEM_DEPREL_XCOMP ||
        rel == DEM_DEPREL_ROOT)
      return true;
    if (rel != DEM_DEPREL_CONJ) return false;
    v = dem_tok(c, v)->head;
  }
  return false;
}

static uint32_t own_subject(const dem_coder *c, uint32_t v) {
  uint32_t k = DEM_NONE; /* of several the nearest: the parser takes "last month" for one, too */
  for (uint32_t s = dem_kid(c->doc, v, DEM_DEPREL_NSUBJ); s != DEM_NONE; s = dem_kid_after(c->doc, s, DEM_DEPREL_NSUBJ))
    if ((k == DEM_NONE || s < v) && !dem_word_class(c, s, "calendar")) k = s;
  if (k == DEM_NONE) k = dem_kid(c->doc, v, DEM_DEPREL_NSUBJ_PASS);
  uint32_t aux = k == DEM_NONE ? dem_kid(c->doc, v, DEM_DEPREL_AUX_) : DEM_NONE;
  if (aux != DEM_NONE) k = dem_kid(c->doc, aux, DEM_DEPREL_NSUBJ); /* "the minister had at first refused": hung on "had" */
  return referent(c, v, k);
}

/* "promised Fiji to send": the subject sends, though there is an object. */
static bool subject_controls(const dem_coder *c, uint32_t v) { return dem_word_class(c, v, "subject-control"); }

/* Whose act an infinitive after a noun is: "its threat to leave", "extended an invitation to visit". */
static uint32_t owner(const dem_coder *c, uint32_t noun) {
  uint32_t k = dem_kid(c->doc, noun, DEM_DEPREL_NMOD_POSS);
  if (k != DEM_NONE) return k;
  uint32_t verb = dem_governor(c, noun);
  return verb == DEM_NONE ? DEM_NONE : own_subject(c, verb);
}

/* A verb may be joined to the object of the verb it belongs to: "condemned [the arrest and called] on Iran". */
static uint32_t verb_above(const dem_coder *c, uint32_t t) {
  for (unsigned i = 0; i < 4 && t != DEM_NONE && !dem_is_verb(c, t); i++) t = dem_tok(c, t)->head;
  return t;
}

/* "Oman backs it, and [Chad] is suspected too": the parser joined the second subject, not its verb, to what stands before. The verb
 * that such a noun is the subject of; and the other way round. */
uint32_t dem_verb_of_joined(const dem_coder *c, uint32_t noun) {
  if (dem_tok(c, noun)->deprel != DEM_DEPREL_CONJ || !dem_is_noun(c, noun) || !has(c, noun, DEM_DEPREL_CC)) return DEM_NONE;
  for (uint32_t t = noun + 1; t < c->doc->tokens.n && t < noun + 5; t++) {
    uint8_t upos = dem_tok(c, t)->upos;
    bool lone = dem_tok(c, t)->deprel == DEM_DEPREL_CONJ && !has(c, t, DEM_DEPREL_NSUBJ) && !has(c, t, DEM_DEPREL_CC);
    if (upos == DEM_UPOS_VERB) return lone && dem_under(c->doc, noun, dem_tok(c, t)->head) ? t : DEM_NONE;
    if (upos != DEM_UPOS_AUX && upos != DEM_UPOS_ADV && upos != DEM_UPOS_PART && dem_tok(c, t)->deprel != DEM_DEPREL_FLAT) return DEM_NONE;
  }
  return DEM_NONE;
}

static uint32_t misjoined(const dem_coder *c, uint32_t v) {
  if (dem_tok(c, v)->deprel != DEM_DEPREL_CONJ) return DEM_NONE;
  for (uint32_t k = v; k-- > c->doc->sentences.at[dem_tok(c, v)->sentence].first && k + 5 > v;)
    if (dem_verb_of_joined(c, k) == v) return k;
  return DEM_NONE;
}

static uint32_t tree_subject(const dem_coder *c, uint32_t v) {
  for (unsigned i = 0; i < DEM_MAX_STEPS && v != DEM_NONE; i++) {
    uint32_t k = own_subject(c, v), head = dem_tok(c, v)->head;
    if (k == DEM_NONE) k = misjoined(c, v);
    if (k != DEM_NONE || head == DEM_NONE) return k;
    uint8_t rel = dem_tok(c, v)->deprel;
    if (lacks_verb(c, v)) return sole_noun(c, v);
    bool past = tagged(c, v, "VBD") || tagged(c, v, "VBZ"); /* no participle: "has in recent months pursued" */
    if (rel == DEM_DEPREL_ACL && past && verb_above(c, head) != DEM_NONE) {
      v = verb_above(c, head);
      continue;
    }
    if (rel == DEM_DEPREL_ACL) return tagged(c, v, "VB") ? owner(c, head) : head;
    if (rel == DEM_DEPREL_ACL_RELCL || rel == DEM_DEPREL_AMOD) return head;
    if (rel == DEM_DEPREL_XCOMP || (rel == DEM_DEPREL_ADVCL && has(c, v, DEM_DEPREL_MARK)) || rel == DEM_DEPREL_CCOMP) {
      uint32_t obj = dem_kid(c->doc, head, DEM_DEPREL_OBJ);
      if (obj == DEM_NONE) obj = dem_kid(c->doc, head, DEM_DEPREL_IOBJ);
      if (rel == DEM_DEPREL_XCOMP && obj != DEM_NONE && !subject_controls(c, head)) return referent(c, head, obj);
    } else if (rel != DEM_DEPREL_CONJ && rel != DEM_DEPREL_ADVCL && rel != DEM_DEPREL_PARATAXIS) {
      return DEM_NONE;
    }
    if (rel == DEM_DEPREL_PARATAXIS && !tagged(c, v, "VBG")) return DEM_NONE;
    v = rel == DEM_DEPREL_CONJ ? verb_above(c, head) : head;
  }
  return DEM_NONE;
}

static bool finite(const dem_coder *c, uint32_t v) {
  uint32_t mark = dem_kid(c->doc, v, DEM_DEPREL_MARK);
  bool to = mark != DEM_NONE && dem_str_is(dem_tok(c, mark)->norm, "to");
  if (has(c, v, DEM_DEPREL_AUX_) && !to) return true; /* "had invited" */
  return c->verb[v] == 2 || stray(c, v) || tagged(c, v, "VBD") || tagged(c, v, "VBZ") || tagged(c, v, "VBP");
}

/* Where the tree has lost the subject of a finite verb: the mention that ends right before it, words like "this week bitterly"
 * aside. */
static uint32_t subject_before(const dem_coder *c, uint32_t v) {
  const dem_doc *doc = c->doc;
  uint32_t first = doc->sentences.at[dem_tok(c, v)->sentence].first;
  for (uint32_t t = v, steps = 0; t-- > first && steps < 6; steps++) {
    const dem_token *k = dem_tok(c, t);
    uint32_t m = k->over;
    if (m != DEM_NONE) {
      while (doc->mentions.at[m].last < v && dem_tok(c, doc->mentions.at[m].last - 1)->over != m) m = dem_tok(c, doc->mentions.at[m].last - 1)->over;
      return doc->mentions.at[m].last == t + 1 ? doc->mentions.at[m].head : DEM_NONE;
    }
    bool aside = k->upos == DEM_UPOS_ADV || k->upos == DEM_UPOS_AUX || k->upos == DEM_UPOS_DET || dem_str_ends(k->norm, "ly") ||
                 dem_word_class(c, t, "calendar");
    if (!aside) return DEM_NONE;
  }
  return DEM_NONE;
}

static uint32_t verb_before(const dem_coder *c, uint32_t v);

uint32_t dem_subject(const dem_coder *c, uint32_t v) {
  if (c->verb[v] == 3) return verb_before(c, v) == DEM_NONE ? DEM_NONE : tree_subject(c, verb_before(c, v));
  if (c->verb[v] == 2 || stray(c, v)) return subject_before(c, v);
  uint8_t rel = dem_tok(c, v)->deprel; /* "since Russia invaded": a finite clause has a subject of its own */
  if ((rel == DEM_DEPREL_ADVCL || rel == DEM_DEPREL_CCOMP) && own_subject(c, v) == DEM_NONE && finite(c, v)) {
    uint32_t near = subject_before(c, v);
    if (near != DEM_NONE) return near;
    if (v && dem_is_noun(c, v - 1) && !dem_word_class(c, v - 1, "calendar")) return v - 1; /* "after an earthquake killed ..." */
  }
  uint32_t k = tree_subject(c, v);
  return k == DEM_NONE && finite(c, v) ? subject_before(c, v) : k;
}

static uint32_t agent(const dem_coder *c, uint32_t v) {
  uint32_t k = dem_kid(c->doc, v, DEM_DEPREL_OBL_AGENT);
  return k != DEM_NONE ? k : dem_prep(c, v, DEM_S("by"));
}

uint32_t dem_logical_subject(const dem_coder *c, uint32_t v) { return dem_passive(c, v) ? agent(c, v) : dem_subject(c, v); }

/* "the man police arrested": the noun is the object that the clause lacks. */
static uint32_t gap(const dem_coder *c, uint32_t v) {
  if (dem_tok(c, v)->deprel != DEM_DEPREL_ACL_RELCL) return DEM_NONE;
  uint32_t subject = dem_kid(c->doc, v, DEM_DEPREL_NSUBJ);
  return subject != DEM_NONE && !relative_pronoun(c, subject) ? dem_tok(c, v)->head : DEM_NONE;
}

static uint32_t mention_after(const dem_coder *c, uint32_t v) {
  for (uint32_t t = v + 1; t < c->doc->tokens.n && t < v + 6; t++) {
    uint32_t m = dem_tok(c, t)->mention;
    if (m != DEM_NONE && c->doc->mentions.at[m].first == v + 1) return t;
  }
  return DEM_NONE;
}

/* The last finite verb before a joined one. */
static uint32_t verb_before(const dem_coder *c, uint32_t v) {
  uint32_t first = c->doc->sentences.at[dem_tok(c, v)->sentence].first;
  for (uint32_t t = v; t-- > first && t + 20 > v;)
    if (c->verb[t] == 1 && dem_tok(c, t)->upos == DEM_UPOS_VERB && dem_str_starts(dem_tok(c, t)->tag, "VBD")) return t;
  return DEM_NONE;
}

/* "fired [tear gas at demonstrators]" taken for one noun phrase: the noun before the preposition is the object. */
static uint32_t swallowed(const dem_coder *c, uint32_t obj) {
  uint32_t at = dem_kid(c->doc, obj, DEM_DEPREL_CASE), found = DEM_NONE;
  for (uint32_t k = dem_kid(c->doc, obj, DEM_DEPREL_COMPOUND); k != DEM_NONE && k < at; k = dem_kid_after(c->doc, k, DEM_DEPREL_COMPOUND))
    found = k;
  return found;
}

/* "detained [at least thirty men]": a noun after the verb that no preposition governs and that is no time is its object, though the
 * words before its number made the parser take it for an adjunct. */
static uint32_t bare(const dem_coder *c, uint32_t v) {
  for (uint32_t k = dem_tok(c, v)->kid; k != DEM_NONE; k = dem_tok(c, k)->next) {
    uint8_t rel = dem_tok(c, k)->deprel;
    if (k < v || (rel != DEM_DEPREL_OBL && rel != DEM_DEPREL_OBL_UNMARKED)) continue;
    if (!has(c, k, DEM_DEPREL_CASE) && dem_is_noun(c, k) && !dem_word_class(c, k, "calendar") && !dem_at_time(c, k)) return k;
  }
  return DEM_NONE;
}

uint32_t dem_logical_object(const dem_coder *c, uint32_t v) {
  if (dem_passive(c, v)) return dem_subject(c, v);
  if (c->verb[v] == 2 || stray(c, v)) return dem_tok(c, v)->head;
  uint32_t k = dem_kid(c->doc, v, DEM_DEPREL_OBJ);
  if (k != DEM_NONE && !has(c, k, DEM_DEPREL_CASE)) return referent(c, v, k);
  if (k != DEM_NONE && swallowed(c, k) != DEM_NONE) return swallowed(c, k);
  k = dem_kid(c->doc, v, DEM_DEPREL_IOBJ);
  if (k != DEM_NONE) return referent(c, v, k);
  /* "arrested and charged two men": the last of joined verbs holds the object */
  for (uint32_t j = dem_kid(c->doc, v, DEM_DEPREL_CONJ); j != DEM_NONE; j = dem_kid_after(c->doc, j, DEM_DEPREL_CONJ))
    if (dem_is_verb(c, j) && j == v + 2 && !has(c, j, DEM_DEPREL_NSUBJ)) return dem_kid(c->doc, j, DEM_DEPREL_OBJ);
  k = bare(c, v);
  if (k != DEM_NONE) return k;
  if (c->verb[v] == 3) return mention_after(c, v);
  k = gap(c, v);
  if (k != DEM_NONE || v + 1 >= c->doc->tokens.n) return k;
  /* "sealed off the quarter", where the parser took the particle for a preposition */
  uint32_t next = v + 1, under = dem_tok(c, next)->head;
  bool particle = dem_str_in_list(DEM_S("off|up|down|out|back"), dem_tok(c, next)->norm);
  return particle && under != DEM_NONE && dem_tok(c, next)->deprel == DEM_DEPREL_CASE && dem_tok(c, under)->head == v ? under : DEM_NONE;
}

/* "called [on] [both sides]", where the parser took the preposition for a particle. */
static uint32_t after_particle(const dem_coder *c, uint32_t head, dem_str word) {
  uint32_t p = dem_kid(c->doc, head, DEM_DEPREL_COMPOUND_PRT);
  if (p == DEM_NONE || p != head + 1 || !dem_str_eq(dem_tok(c, p)->norm, word)) return DEM_NONE;
  for (uint32_t k = dem_tok(c, p)->next; k != DEM_NONE; k = dem_tok(c, k)->next) {
    uint8_t rel = dem_tok(c, k)->deprel;
    if ((rel == DEM_DEPREL_OBL || rel == DEM_DEPREL_OBL_UNMARKED || rel == DEM_DEPREL_OBJ) && !has(c, k, DEM_DEPREL_CASE)) return k;
  }
  return DEM_NONE;
}

static uint32_t prep_kid(const dem_coder *c, uint32_t head, dem_str word) {
  for (uint32_t k = dem_tok(c, head)->kid; k != DEM_NONE; k = dem_tok(c, k)->next) {
    uint8_t rel = dem_tok(c, k)->deprel;
    if (rel == DEM_DEPREL_CASE || rel == DEM_DEPREL_MARK || rel == DEM_DEPREL_PUNCT_) continue;
    for (uint32_t p = dem_tok(c, k)->kid; p != DEM_NONE; p = dem_tok(c, p)->next)
      if (dem_tok(c, p)->deprel == DEM_DEPREL_CASE && dem_str_eq(dem_tok(c, p)->norm, word)) return referent(c, head, k);
  }
  return after_particle(c, head, word);
}

/* The phrase may hang on any noun between: "sent tanks and guns of several kinds to Poland". */
static uint32_t prep_after(const dem_coder *c, uint32_t verb, dem_str word) {
  uint32_t last = c->doc->sentences.at[dem_tok(c, verb)->sentence].last;
  for (uint32_t p = verb + 1; p < last && p < verb + 24; p++) {
    if (dem_tok(c, p)->deprel != DEM_DEPREL_CASE || !dem_str_eq(dem_tok(c, p)->norm, word)) continue;
    uint32_t k = dem_tok(c, p)->head, t = k;
    for (unsigned i = 0; i < 5 && t != DEM_NONE && t != verb && !dem_is_verb(c, t); i++) t = dem_tok(c, t)->head;
    if (t == verb) return k;
  }
  return DEM_NONE;
}

/* "talks with [Peru's Alberto X]", whatever the parser made of the name: the mention right after the preposition. */
static uint32_t mention_next(const dem_coder *c, uint32_t noun, dem_str word) {
  if (noun + 2 >= c->doc->tokens.n || !dem_str_eq(dem_tok(c, noun + 1)->norm, word)) return DEM_NONE;
  uint32_t best = DEM_NONE, longest = 0;
  for (uint32_t t = noun + 2; t < c->doc->tokens.n && t < noun + 12; t++) {
    uint32_t m = dem_tok(c, t)->mention;
    if (m == DEM_NONE || c->doc->mentions.at[m].first != noun + 2) continue;
    uint32_t n = c->doc->mentions.at[m].last - c->doc->mentions.at[m].first;
    if (n > longest) best = t, longest = n;
  }
  return best;
}

uint32_t dem_prep(const dem_coder *c, uint32_t head, dem_str word) {
  uint32_t k = prep_kid(c, head, word);
  if (k != DEM_NONE) return k;
  uint32_t obj = dem_kid(c->doc, head, DEM_DEPREL_OBJ); /* the parser may have hung the phrase on it */
  if (obj != DEM_NONE) k = prep_kid(c, obj, word);
  if (k == DEM_NONE && dem_is_verb(c, head) && !dem_str_is(word, "of")) return prep_after(c, head, word);
  if (k == DEM_NONE && dem_is_noun(c, head)) k = mention_next(c, head, word);
  if (k == DEM_NONE && dem_is_noun(c, head)) {
    uint32_t verb = dem_tok(c, head)->head;
    uint8_t rel = dem_tok(c, head)->deprel;
    bool core = rel == DEM_DEPREL_OBJ || rel == DEM_DEPREL_NSUBJ || rel == DEM_DEPREL_NSUBJ_PASS;
    if (core && verb != DEM_NONE && dem_word_class(c, verb, "light")) k = prep_kid(c, verb, word);
  }
  return k;
}

uint32_t dem_complement(const dem_coder *c, uint32_t head) {
  static const uint8_t order[] = {DEM_DEPREL_XCOMP, DEM_DEPREL_CCOMP, DEM_DEPREL_ACL};
  for (unsigned i = 0; i < sizeof order; i++)
    for (uint32_t k = dem_kid(c->doc, head, order[i]); k != DEM_NONE; k = dem_kid_after(c->doc, k, order[i]))
      if (k > head && (dem_is_verb(c, k) || dem_tok(c, k)->upos == DEM_UPOS_ADJ || dem_is_noun(c, k))) return k;
  for (uint32_t k = dem_kid(c->doc, head, DEM_DEPREL_ADVCL); k != DEM_NONE; k = dem_kid_after(c->doc, k, DEM_DEPREL_ADVCL)) {
    uint32_t mark = dem_kid(c->doc, k, DEM_DEPREL_MARK);
    if (k < head || mark == DEM_NONE) continue;
    dem_str word = dem_tok(c, mark)->norm;
    if (dem_str_is(word, "to") || dem_str_is(word, "of") || dem_str_is(word, "from") || dem_str_is(word, "for") ||
        dem_str_is(word, "against"))
      return k;
  }
  /* "called on both sides to pull back", where the infinitive hangs on the sides */
  for (uint32_t k = dem_tok(c, head)->kid; k != DEM_NONE; k = dem_tok(c, k)->next) {
    uint8_t rel = dem_tok(c, k)->deprel;
    uint32_t v = rel == DEM_DEPREL_OBL || rel == DEM_DEPREL_OBJ || rel == DEM_DEPREL_IOBJ ? dem_kid(c->doc, k, DEM_DEPREL_ACL) : DEM_NONE;
    if (v == DEM_NONE || k < head) continue;
    if (tagged(c, v, "VB") && dem_tok(c, k)->mention != DEM_NONE) return v;
    uint32_t mark = dem_kid(c->doc, v, DEM_DEPREL_MARK); /* "accused the group of shelling" */
    if (tagged(c, v, "VBG") && mark != DEM_NONE && dem_str_in_list(DEM_S("of|from|for|against"), dem_tok(c, mark)->norm)) return v;
  }
  return DEM_NONE;
}

/* "rejected the charge and accused Minsk": "-ed" after "and" and before a noun phrase that is its object. */
static bool joined_verb(const dem_coder *c, uint32_t t) {
  if (t == 0 || t + 1 >= c->doc->tokens.n || !dem_str_ends(dem_tok(c, t)->norm, "ed") || dem_tok(c, t)->over != DEM_NONE) return false;
  uint8_t next = dem_tok(c, t + 1)->upos;
  return dem_tok(c, t - 1)->upos == DEM_UPOS_CCONJ && (next == DEM_UPOS_DET || next == DEM_UPOS_PROPN || next == DEM_UPOS_PRON) &&
         verb_before(c, t) != DEM_NONE;
}

void dem_find_verbs(dem_coder *c) {
  for (uint32_t t = 0; t < c->doc->tokens.n; t++) {
    const dem_token *k = dem_tok(c, t);
    bool past = k->upos == DEM_UPOS_ADJ && dem_str_ends(k->norm, "ed") && has(c, t, DEM_DEPREL_NSUBJ) && !has(c, t, DEM_DEPREL_COP);
    if (k->upos == DEM_UPOS_VERB || k->upos == DEM_UPOS_AUX || past) c->verb[t] = 1;
  }
  for (uint32_t t = 0; t < c->doc->tokens.n; t++) {
    const dem_token *k = dem_tok(c, t);
    if (k->upos == DEM_UPOS_ADJ && joined_verb(c, t)) c->verb[t] = 3;
    if (k->upos != DEM_UPOS_ADP || k->head == DEM_NONE || t + 1 >= c->doc->tokens.n) continue;
    uint32_t row = k->norm.len > 2 ? dem_table_find(c->words, k->norm) : DEM_NONE;
    bool form = row != DEM_NONE && dem_str_is(dem_table_cell(c->words, row, WORDS_CLASS), "code-form");
    if (form && subject_before(c, t) != DEM_NONE) c->verb[t] = 2;
  }
}

uint32_t dem_governor(const dem_coder *c, uint32_t t) {
  for (unsigned i = 0; i < DEM_MAX_STEPS; i++) {
    uint32_t head = dem_tok(c, t)->head;
    if (head == DEM_NONE) return DEM_NONE;
    if (dem_is_verb(c, head)) return head;
    uint8_t rel = dem_tok(c, t)->deprel;
    if (rel != DEM_DEPREL_NMOD && rel != DEM_DEPREL_CONJ && rel != DEM_DEPREL_APPOS && rel != DEM_DEPREL_COMPOUND &&
        rel != DEM_DEPREL_OBL)
      return DEM_NONE;
    t = head;
  }
  return DEM_NONE;
}

uint32_t dem_infinitive(const dem_coder *c, uint32_t head) {
  uint32_t v = dem_complement(c, head);
  if (v == DEM_NONE) return v;
  for (uint32_t k = dem_tok(c, v)->kid; k != DEM_NONE && k < v; k = dem_tok(c, k)->next)
    if (dem_str_is(dem_tok(c, k)->norm, "to")) return v;
  return DEM_NONE;
}

uint32_t dem_carrier(const dem_coder *c, uint32_t t) {
  for (unsigned i = 0; i < DEM_MAX_STEPS; i++) {
    uint32_t head = dem_tok(c, t)->head;
    uint8_t rel = dem_tok(c, t)->deprel;
    if (head == DEM_NONE) return DEM_NONE;
    if (dem_is_verb(c, head))
      return rel == DEM_DEPREL_OBJ || rel == DEM_DEPREL_NSUBJ || rel == DEM_DEPREL_NSUBJ_PASS || rel == DEM_DEPREL_OBL_UNMARKED ? head : DEM_NONE;
    uint32_t with = dem_kid(c->doc, t, DEM_DEPREL_CASE);
    bool part = rel == DEM_DEPREL_NMOD && with != DEM_NONE && dem_str_is(dem_tok(c, with)->norm, "of"); /* "a round of talks" */
    if (!part && rel != DEM_DEPREL_CONJ) return DEM_NONE;
    t = head;
  }
  return DEM_NONE;
}

static bool in_class(const dem_coder *c, dem_str key, const char *class) {
  uint32_t row = dem_table_find(c->words, key);
  if (row == DEM_NONE) return false;
  for (uint32_t end = dem_table_end(c->words, row); row < end; row++)
    if (dem_str_is(dem_table_cell(c->words, row, WORDS_CLASS), "code") && dem_str_is(dem_table_cell(c->words, row, WORDS_VALUE), class))
      return true;
  return false;
}

bool dem_word_class(const dem_coder *c, uint32_t t, const char *class) {
  dem_str lemma = dem_tok(c, t)->lemma, norm = dem_tok(c, t)->norm;
  if (in_class(c, lemma, class)) return true;
  if (!dem_str_eq(lemma, norm) && in_class(c, norm, class)) return true;
  /* a plural that the lemmatizer did not know */
  return norm.len > 3 && dem_str_ends(norm, "s") && in_class(c, dem_str_sub(norm, 0, norm.len - 1), class);
}
