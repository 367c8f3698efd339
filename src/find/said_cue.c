/* What a word of speech or thought has for speaker, addressee and content. The table CUES says which lemmas are cues and where
 * each keeps its content; the tree says which words stand there. Subjects are looked for upwards (participles, infinitives,
 * coordination), contents downwards, and, for a cue that is put behind or into what was said ("X, he said, Y"), around it.
 * Invariant: every range lies in the cue's sentence. It does not look at quotation marks and does not know entities. */
#include "find/said_cue.h"

#include "find/said_near.h"

#define CLIMB 6             /* verbs up, at the most, to find a subject */
#define NEAR_VERB 9u        /* tokens from a cue to the verb of a clause behind it */
#define LONGEST_SPEAKER 30u /* tokens */

typedef struct finder {
  dem_doc *doc;
  const dem_table *table;
} finder;

static const dem_token *tok(const dem_doc *doc, uint32_t t) { return &doc->tokens.at[t]; }

static bool is_punct(const dem_doc *doc, uint32_t t) { return tok(doc, t)->upos == DEM_UPOS_PUNCT; }

static bool is_rel(const dem_doc *doc, uint32_t t, dem_deprel rel) { return tok(doc, t)->deprel == rel; }

dem_range dem_said_trim(const dem_doc *doc, dem_range r) {
  while (r.first < r.last && is_punct(doc, r.first)) r.first++;
  while (r.last > r.first && is_punct(doc, r.last - 1)) r.last--;
  return r;
}

dem_span dem_said_span(const dem_doc *doc, dem_range r) {
  if (r.first >= r.last) return (dem_span){0, 0};
  return (dem_span){tok(doc, r.first)->span.begin, tok(doc, r.last - 1)->span.end};
}

/* Words that hold a phrase to its sentence are not part of it. */
static bool is_link(const dem_doc *doc, uint32_t t) {
  switch (tok(doc, t)->upos) {
    case DEM_UPOS_ADP:
    case DEM_UPOS_CCONJ:
    case DEM_UPOS_SCONJ:
    case DEM_UPOS_AUX:
    case DEM_UPOS_PUNCT: return true;
    default: return dem_str_is(tok(doc, t)->norm, "to");
  }
}

static dem_range without_links(const dem_doc *doc, dem_range r, uint32_t head) {
  while (r.first < head && is_link(doc, r.first)) r.first++;
  while (r.last > head + 1 && is_link(doc, r.last - 1)) r.last--;
  return r;
}

dem_range dem_said_phrase(const dem_doc *doc, uint32_t head, uint32_t avoid) {
  dem_range r;
  dem_subtree(doc, head, &r.first, &r.last);
  if (avoid != DEM_NONE && avoid >= r.first && avoid < r.last) {
    if (avoid > head) r.last = avoid;
    else r.first = avoid + 1;
  }
  if (r.last - r.first > LONGEST_SPEAKER) {
    if (head - r.first >= LONGEST_SPEAKER) r.first = head;
    if (r.last - r.first > LONGEST_SPEAKER) r.last = r.first + LONGEST_SPEAKER;
  }
  return without_links(doc, r, head);
}

static uint32_t subject_kid(const dem_doc *doc, uint32_t verb) {
  uint32_t s = dem_kid(doc, verb, DEM_DEPREL_NSUBJ);
  if (s == DEM_NONE) s = dem_kid(doc, verb, DEM_DEPREL_NSUBJ_OUTER);
  return s;
}

static bool is_case(const dem_doc *doc, uint32_t noun, const char *word) {
  for (uint32_t k = dem_kid(doc, noun, DEM_DEPREL_CASE); k != DEM_NONE; k = dem_kid_after(doc, k, DEM_DEPREL_CASE))
    if (dem_str_is(tok(doc, k)->norm, word)) return true;
  return false;
}

/* The first oblique or noun modifier with this preposition. */
static uint32_t oblique(const dem_doc *doc, uint32_t head, const char *word) {
  for (uint32_t k = tok(doc, head)->kid; k != DEM_NONE; k = tok(doc, k)->next) {
    uint8_t rel = tok(doc, k)->deprel;
    if ((rel == DEM_DEPREL_OBL || rel == DEM_DEPREL_NMOD || rel == DEM_DEPREL_OBL_AGENT) && is_case(doc, k, word)) return k;
  }
  return DEM_NONE;
}

static bool is_passive(const dem_doc *doc, uint32_t verb) {
  return dem_kid(doc, verb, DEM_DEPREL_AUX_PASS) != DEM_NONE || dem_kid(doc, verb, DEM_DEPREL_NSUBJ_PASS) != DEM_NONE;
}

static bool after_comma(const dem_doc *doc, uint32_t t) { return t && dem_str_is(tok(doc, t - 1)->norm, ","); }

/* ", citing X" belongs to the verb, whatever noun it was hung on. */
static uint32_t verb_above(const dem_doc *doc, uint32_t t) {
  for (unsigned up = 0; up < CLIMB; up++) {
    t = tok(doc, t)->head;
    if (t == DEM_NONE || tok(doc, t)->upos == DEM_UPOS_VERB) return t;
  }
  return DEM_NONE;
}

uint32_t dem_said_subject(const dem_doc *doc, uint32_t verb) {
  for (unsigned up = 0; up < CLIMB && verb != DEM_NONE; up++) {
    uint32_t s = subject_kid(doc, verb);
    if (s == DEM_NONE && is_passive(doc, verb)) s = up ? dem_kid(doc, verb, DEM_DEPREL_NSUBJ_PASS) : oblique(doc, verb, "by");
    if (s != DEM_NONE || (is_passive(doc, verb) && !up)) return s;
    switch (tok(doc, verb)->deprel) {
      case DEM_DEPREL_XCOMP: {
        uint32_t host = tok(doc, verb)->head, object = dem_kid(doc, host, DEM_DEPREL_OBJ);
        if (object != DEM_NONE && object < verb && !dem_str_is(tok(doc, host)->lemma, "promise")) return object;
        verb = host;
        break;
      }
      case DEM_DEPREL_CONJ:
      case DEM_DEPREL_ADVCL:
      case DEM_DEPREL_PARATAXIS: verb = tok(doc, verb)->head; break;
      case DEM_DEPREL_ACL:
        if (!dem_str_is(tok(doc, verb)->tag, "VBG")) return DEM_NONE;
        if (!after_comma(doc, verb)) return tok(doc, verb)->head;
        verb = verb_above(doc, verb);
        break;
      default: return DEM_NONE;
    }
  }
  return DEM_NONE;
}

static bool takes(const dem_cue *c, const char *what) { return dem_str_in_list(c->frame, dem_str_of(what)); }

/* ---- finding the words ---- */

static const char *pos_of(const dem_token *t) {
  switch (t->upos) {
    case DEM_UPOS_VERB: return "V";
    case DEM_UPOS_NOUN: return "N";
    case DEM_UPOS_ADJ: return "A";
    default: return NULL;
  }
}

static uint32_t row_of(const finder *f, dem_str key, const char *pos) {
  uint32_t row = dem_table_find(f->table, key);
  if (row == DEM_NONE) return DEM_NONE;
  for (uint32_t end = dem_table_end(f->table, row); row < end; row++)
    if (dem_str_is(dem_table_cell(f->table, row, CUES_POS), pos)) return row;
  return DEM_NONE;
}

/* "point out", "go on": the lemma with the word after it or with its particle. */
static uint32_t row_with_particle(const finder *f, uint32_t t, uint32_t particle, const char *pos) {
  char key[64];
  dem_str a = tok(f->doc, t)->lemma, b = tok(f->doc, particle)->norm;
  if (a.len + b.len + 1 > sizeof key) return DEM_NONE;
  memcpy(key, a.data, a.len);
  key[a.len] = ' ';
  memcpy(key + a.len + 1, b.data, b.len);
  return row_of(f, (dem_str){key, a.len + b.len + 1}, pos);
}

static bool set_row(const finder *f, dem_cue *c, uint32_t row, uint32_t first, uint32_t last) {
  if (row == DEM_NONE) return false;
  *c = (dem_cue){.words = {first, last}, .speaker = DEM_NONE, .speaker_means = DEM_NONE, .addressee = DEM_NONE};
  c->class = dem_table_cell(f->table, row, CUES_CLASS);
  c->frame = dem_table_cell(f->table, row, CUES_FRAME);
  c->quotes = takes(c, "quote") || takes(c, "object");
  return true;
}

static bool word_cue(const finder *f, uint32_t t, uint32_t end, dem_cue *c) {
  const char *pos = pos_of(tok(f->doc, t));
  if (!pos) return false;
  if (*pos == 'V') {
    uint32_t particle = t + 1 < end ? t + 1 : DEM_NONE;
    if (particle != DEM_NONE && set_row(f, c, row_with_particle(f, t, particle, pos), t, t + 2)) return true;
    particle = dem_kid(f->doc, t, DEM_DEPREL_COMPOUND_PRT);
    if (particle != DEM_NONE && set_row(f, c, row_with_particle(f, t, particle, pos), t, t + 1)) return true;
  }
  return set_row(f, c, row_of(f, tok(f->doc, t)->lemma, pos), t, t + 1);
}

/* "declared", taken for a noun or an adjective by the tagger: the verb's row, by its regular past. */
static uint32_t row_of_past(const finder *f, uint32_t t) {
  dem_str n = tok(f->doc, t)->norm;
  uint8_t pos = tok(f->doc, t)->upos;
  char key[32];
  if ((pos != DEM_UPOS_NOUN && pos != DEM_UPOS_ADJ) || n.len < 5 || n.len >= sizeof key || !dem_str_ends(n, "ed"))
    return DEM_NONE;
  memcpy(key, n.data, n.len);
  uint32_t row = row_of(f, (dem_str){key, n.len - 1}, "V");
  if (row == DEM_NONE) row = row_of(f, (dem_str){key, n.len - 2}, "V");
  if (row != DEM_NONE || key[n.len - 3] != 'i') return row;
  key[n.len - 3] = 'y';
  return row_of(f, (dem_str){key, n.len - 2}, "V");
}

static bool phrase_cue(const finder *f, uint32_t t, uint32_t end, dem_cue *c) {
  dem_match m = dem_doc_match(f->doc, f->table, t, end);
  if (m.row == DEM_NONE || m.last < t + 2 || !dem_str_is(dem_table_cell(f->table, m.row, CUES_POS), "P")) return false;
  return set_row(f, c, m.row, t, m.last);
}

/* ---- contents ---- */

static void add_part(const dem_doc *doc, dem_cue *c, dem_range r) {
  r = dem_said_trim(doc, r);
  if (r.first < r.last && c->parts < DEM_CUE_PARTS) c->part[c->parts++] = r;
}

/* `whole` without the words `hole`. */
static void add_around(const dem_doc *doc, dem_cue *c, dem_range whole, dem_range hole) {
  if (hole.last <= whole.first || hole.first >= whole.last) {
    add_part(doc, c, whole);
    return;
  }
  if (hole.first > whole.first) add_part(doc, c, (dem_range){whole.first, hole.first});
  if (hole.last < whole.last) add_part(doc, c, (dem_range){hole.last, whole.last});
}

static dem_range range_of(const dem_doc *doc, uint32_t head) {
  dem_range r;
  dem_subtree(doc, head, &r.first, &r.last);
  return r;
}

/* The cue's own words with its subject, addressee and so on, but without the content: what stands inside or behind a sentence. */
static dem_range cue_clause(const dem_doc *doc, const dem_cue *c) {
  dem_range r = c->words;
  for (uint32_t k = tok(doc, c->words.first)->kid; k != DEM_NONE; k = tok(doc, k)->next) {
    if (is_rel(doc, k, DEM_DEPREL_CCOMP) || is_punct(doc, k)) continue;
    dem_range kid = range_of(doc, k);
    if (kid.first < r.first) r.first = kid.first;
    if (kid.last > r.last) r.last = kid.last;
  }
  return r;
}

/* "X, he said, Y": the cue is hung below what was said, or what was said, in front, below the cue. */
static void content_around(const dem_doc *doc, dem_cue *c, uint32_t content) {
  dem_range whole = range_of(doc, content), own = cue_clause(doc, c);
  const dem_sentence *s = &doc->sentences.at[tok(doc, content)->sentence];
  if (content < c->words.first && whole.last <= own.first) whole.last = own.first;
  if (whole.first < s->first) whole.first = s->first;
  c->clausal = true;
  add_around(doc, c, whole, own);
}

/* "As X said, Y". */
static bool has_as(const dem_doc *doc, uint32_t verb) {
  uint32_t mark = dem_kid(doc, verb, DEM_DEPREL_MARK);
  return mark != DEM_NONE && dem_str_is(tok(doc, mark)->norm, "as");
}

/* Behind a comma at the end of its sentence: "..., an official said on Friday." */
static bool is_behind(const dem_doc *doc, const dem_cue *c, dem_range *before) {
  const dem_sentence *s = &doc->sentences.at[tok(doc, c->words.first)->sentence];
  dem_range own = cue_clause(doc, c);
  if (own.first < s->first + 3 || !is_punct(doc, own.first - 1)) return false;
  *before = (dem_range){s->first, own.first - 1};
  return true;
}

/* A dependent of the cue behind its clause that speaks on: reasons, conditions, times, and a coordinated clause with a subject
 * of its own. Participles ("adding ...") and further verbs of the same subject do not. */
static bool speaks_on(const dem_doc *doc, uint32_t k) {
  switch (tok(doc, k)->deprel) {
    case DEM_DEPREL_CONJ: return subject_kid(doc, k) != DEM_NONE;
    case DEM_DEPREL_ADVCL: return !dem_str_is(tok(doc, k)->tag, "VBG") && !has_as(doc, k);
    case DEM_DEPREL_OBL:
    case DEM_DEPREL_ADVMOD: return true;
    default: return false;
  }
}

/* The clause with what the tree hung beside it on the cue: its subject taken for an object, and what speaks on. */
static dem_range whole_clause(const dem_doc *doc, const dem_cue *c, uint32_t clause) {
  dem_range r = range_of(doc, clause);
  for (uint32_t k = tok(doc, c->words.first)->kid; k != DEM_NONE; k = tok(doc, k)->next) {
    dem_range kid = k == clause ? r : range_of(doc, k);
    if (is_rel(doc, k, DEM_DEPREL_OBJ) && !takes(c, "@obj") && k >= c->words.last && kid.first < r.first) r.first = kid.first;
    if (k > clause && speaks_on(doc, k) && kid.last > r.last) r.last = kid.last;
  }
  return r;
}

static bool clause_kid(const dem_doc *doc, dem_cue *c, dem_deprel rel) {
  uint32_t t = c->words.first;
  uint32_t k = dem_kid(doc, t, rel);
  if (k == DEM_NONE) return false;
  if (k < t) content_around(doc, c, k);
  else add_part(doc, c, rel == DEM_DEPREL_CCOMP ? whole_clause(doc, c, k) : range_of(doc, k));
  c->clausal = true;
  return c->parts > 0;
}

/* The cue's noun content: the object, or what follows the preposition the frame names. */
static void noun_content(const dem_doc *doc, dem_cue *c) {
  for (uint32_t k = tok(doc, c->words.first)->kid; k != DEM_NONE && !c->parts; k = tok(doc, k)->next) {
    if (is_rel(doc, k, DEM_DEPREL_OBJ) && takes(c, "obj")) add_part(doc, c, range_of(doc, k));
    bool loose = is_rel(doc, k, DEM_DEPREL_OBL) || is_rel(doc, k, DEM_DEPREL_NMOD);
    uint32_t prep = loose ? dem_kid(doc, k, DEM_DEPREL_CASE) : DEM_NONE;
    if (prep == DEM_NONE) continue;
    char place[32] = "obl:";
    dem_str word = tok(doc, prep)->norm;
    if (word.len > sizeof place - 5) continue;
    memcpy(place + 4, word.data, word.len);
    place[4 + word.len] = 0;
    if (takes(c, place)) {
      dem_range r = range_of(doc, k);
      if (r.first == prep) r.first++;
      add_part(doc, c, r);
    }
  }
}

/* "called the vote 'a joke'": what it is called with what is called so. */
static bool naming_content(const dem_doc *doc, dem_cue *c) {
  uint32_t object = dem_kid(doc, c->words.first, DEM_DEPREL_OBJ), name = dem_kid(doc, c->words.first, DEM_DEPREL_XCOMP);
  if (object == DEM_NONE || name == DEM_NONE || object > name || object < c->words.first) return false;
  add_part(doc, c, (dem_range){range_of(doc, object).first, range_of(doc, name).last});
  return c->parts > 0;
}

/* "called for X": the preposition is part of the cue, so X hangs on the verb by it. */
static void fixed_content(const dem_doc *doc, dem_cue *c) {
  uint32_t prep = c->words.last - 1, object = tok(doc, prep)->head;
  if (prep == c->words.first || tok(doc, prep)->upos != DEM_UPOS_ADP || object == DEM_NONE || object < prep) return;
  dem_range r = range_of(doc, object);
  if (r.first <= prep) r.first = prep + 1;
  add_part(doc, c, r);
}

static bool is_finite(const dem_doc *doc, uint32_t t) {
  dem_str tag = tok(doc, t)->tag;
  return dem_str_is(tag, "VBD") || dem_str_is(tag, "VBZ") || dem_str_is(tag, "VBP") || dem_str_is(tag, "MD");
}

/* Where the tree has no clause though one follows: "that", or a finite verb among the next words, up to the sentence's end. */
static void clause_behind(const dem_doc *doc, dem_cue *c) {
  uint32_t end = doc->sentences.at[tok(doc, c->words.first)->sentence].last, t = c->words.last;
  if (t < end && takes(c, "@obj") && c->addressee != DEM_NONE && c->addressee >= t) t = c->addressee + 1;
  for (uint32_t k = t; k < end && k < t + NEAR_VERB && !is_punct(doc, k) && !is_finite(doc, k); k++)
    if (dem_str_is(tok(doc, k)->norm, "that")) t = k; /* "wrote in a book that" */
  bool clause = t < end && dem_str_is(tok(doc, t)->norm, "that");
  for (uint32_t k = t; k < end && k < t + NEAR_VERB && !clause; k++) {
    if (is_punct(doc, k)) break;
    clause = k > t && is_finite(doc, k);
  }
  if (!clause) return;
  add_part(doc, c, (dem_range){t, end});
  c->clausal = true;
}

static void verb_content(const dem_doc *doc, dem_cue *c) {
  uint32_t t = c->words.first;
  dem_range before;
  if (dem_str_is(c->class, "call") && naming_content(doc, c)) return;
  if (takes(c, "ccomp") && clause_kid(doc, c, DEM_DEPREL_CCOMP)) return;
  if ((takes(c, "xcomp") || is_passive(doc, t)) && clause_kid(doc, c, DEM_DEPREL_XCOMP)) return;
  if (is_rel(doc, t, DEM_DEPREL_PARATAXIS) && takes(c, "ccomp")) content_around(doc, c, tok(doc, t)->head);
  if (!c->parts && is_rel(doc, t, DEM_DEPREL_ADVCL) && has_as(doc, t) && takes(c, "ccomp")) {
    add_around(doc, c, range_of(doc, tok(doc, t)->head), range_of(doc, t));
    c->clausal = true;
  }
  if (!c->parts && takes(c, "ccomp") && is_finite(doc, t)) clause_behind(doc, c);
  if (!c->parts) noun_content(doc, c);
  if (!c->parts && takes(c, "obj")) fixed_content(doc, c);
  if (!c->parts && takes(c, "ccomp") && is_behind(doc, c, &before)) {
    add_part(doc, c, before);
    c->clausal = true;
  }
}

/* ---- speakers ---- */

static void set_speaker(const dem_doc *doc, dem_cue *c, uint32_t head) {
  if (head == DEM_NONE) return;
  c->speaker = c->speaker_means = head;
  c->speaker_words = dem_said_phrase(doc, head, c->words.first);
  bool relative = dem_str_starts(tok(doc, head)->tag, "W");
  uint32_t clause = c->words.first;
  for (unsigned up = 0; relative && up < CLIMB && clause != DEM_NONE; up++, clause = tok(doc, clause)->head)
    if (is_rel(doc, clause, DEM_DEPREL_ACL_RELCL)) {
      c->speaker_means = tok(doc, clause)->head;
      return;
    }
}

static void set_addressee(const dem_doc *doc, dem_cue *c) {
  uint32_t t = c->words.first;
  if (takes(c, "@obj")) {
    c->addressee = dem_kid(doc, t, DEM_DEPREL_IOBJ);
    if (c->addressee == DEM_NONE) c->addressee = dem_kid(doc, t, DEM_DEPREL_OBJ);
    if (c->addressee == DEM_NONE) c->addressee = dem_kid(doc, t, DEM_DEPREL_NSUBJ_PASS);
  }
  if (c->addressee == DEM_NONE && takes(c, "@to")) c->addressee = oblique(doc, t, "to");
  if (c->addressee == DEM_NONE && takes(c, "@with")) c->addressee = oblique(doc, t, "with");
}

/* Whose statement it is: "Peskov's claim", "a warning by Iran", "Paris issued a statement". */
static uint32_t owner_of(const dem_doc *doc, uint32_t noun) {
  static const char *const by[] = {"by", "from", "of"};
  uint32_t owner = dem_kid(doc, noun, DEM_DEPREL_NMOD_POSS);
  for (size_t i = 0; owner == DEM_NONE && i < sizeof by / sizeof *by; i++) owner = oblique(doc, noun, by[i]);
  uint32_t verb = tok(doc, noun)->head;
  if (owner == DEM_NONE && verb != DEM_NONE && is_rel(doc, noun, DEM_DEPREL_OBJ)) owner = dem_said_subject(doc, verb);
  return owner;
}

static bool has_auxiliary(const dem_doc *doc, uint32_t verb) {
  return dem_kid(doc, verb, DEM_DEPREL_AUX_) != DEM_NONE || dem_kid(doc, verb, DEM_DEPREL_AUX_PASS) != DEM_NONE;
}

/* A reporting clause put behind or into what was said: all from its place in the sentence. */
static bool fill_aside(const dem_doc *doc, dem_cue *c) {
  dem_said_aside aside;
  if (!dem_said_aside_at(doc, c->words.first, &aside)) return false;
  c->speaker = c->speaker_means = aside.head;
  c->speaker_words = aside.speaker;
  c->clausal = true;
  if (takes(c, "ccomp")) add_around(doc, c, aside.around, aside.words);
  set_addressee(doc, c);
  return true;
}

/* Finite verbs only: infinitives and participles that have no subject in the tree have none near by. */
static void fill_verb(const dem_doc *doc, dem_cue *c) {
  uint32_t verb = c->words.first, head;
  bool finite = is_finite(doc, verb) || (dem_str_is(tok(doc, verb)->tag, "VBN") && !has_auxiliary(doc, verb));
  if (finite && c->quotes && fill_aside(doc, c)) return;
  bool near = finite && c->quotes && subject_kid(doc, verb) == DEM_NONE && !is_passive(doc, verb);
  if (near && dem_said_near(doc, verb, &c->speaker_words, &head)) c->speaker = c->speaker_means = head;
  else set_speaker(doc, c, dem_said_subject(doc, verb));
  set_addressee(doc, c);
  verb_content(doc, c);
}

static void fill_noun(const dem_doc *doc, dem_cue *c) {
  uint32_t clause = dem_kid(doc, c->words.first, DEM_DEPREL_ACL);
  bool marked = clause != DEM_NONE && dem_kid(doc, clause, DEM_DEPREL_MARK) != DEM_NONE;
  if (!clause_kid(doc, c, DEM_DEPREL_CCOMP) && marked) clause_kid(doc, c, DEM_DEPREL_ACL);
  set_speaker(doc, c, owner_of(doc, c->words.first));
  if (!c->parts) noun_content(doc, c);
  bool same = c->parts && c->speaker != DEM_NONE && c->speaker >= c->part[0].first && c->speaker < c->part[0].last;
  if (same || c->speaker == DEM_NONE) c->parts = 0;
}

static void fill_adjective(const dem_doc *doc, dem_cue *c) {
  if (clause_kid(doc, c, DEM_DEPREL_CCOMP)) set_speaker(doc, c, dem_said_subject(doc, c->words.first));
}

/* "according to X": X is the word the phrase is hung on; the content is the clause without it. */
static void fill_phrase(const dem_doc *doc, dem_cue *c) {
  uint32_t object = tok(doc, c->words.first)->head;
  if (!dem_str_is(tok(doc, c->words.first)->norm, "according")) {
    uint32_t noun = c->words.last - 2; /* "in the WORDS of" */
    object = oblique(doc, noun, "of");
  }
  if (object == DEM_NONE || object < c->words.last) return;
  dem_range said = dem_said_phrase(doc, object, c->words.last - 1);
  c->speaker = c->speaker_means = object;
  c->speaker_words = said;
  uint32_t host = c->words.first;
  while (host != DEM_NONE && host >= c->words.first && host < said.last) host = tok(doc, host)->head;
  if (host == DEM_NONE) return;
  c->clausal = true;
  const dem_sentence *s = &doc->sentences.at[tok(doc, object)->sentence];
  bool edge = c->words.first == s->first || said.last + 1 >= s->last; /* of its sentence: it speaks of all of it */
  add_around(doc, c, edge ? (dem_range){s->first, s->last} : range_of(doc, host), (dem_range){c->words.first, said.last});
}

static bool fill(const finder *f, uint32_t t, uint32_t end, dem_cue *c) {
  if (phrase_cue(f, t, end, c)) {
    fill_phrase(f->doc, c);
    return true;
  }
  bool modifies = t + 1 < end && tok(f->doc, t + 1)->upos == DEM_UPOS_NOUN; /* "a well-informed man" */
  uint32_t past = modifies ? DEM_NONE : row_of_past(f, t);
  if (set_row(f, c, past, t, t + 1) && c->quotes && fill_aside(f->doc, c)) return true;
  if (!word_cue(f, t, end, c)) return false;
  switch (tok(f->doc, t)->upos) {
    case DEM_UPOS_VERB: fill_verb(f->doc, c); break;
    case DEM_UPOS_NOUN: fill_noun(f->doc, c); break;
    default: fill_adjective(f->doc, c);
  }
  return true;
}

dem_cues dem_said_cues(dem_doc *doc, const dem_model *model) {
  finder f = {doc, dem_model_table(model, DEM_TABLE_CUES)};
  dem_cues out = {0};
  for (uint32_t i = 0; i < doc->sentences.n; i++) {
    const dem_sentence *s = &doc->sentences.at[i];
    for (uint32_t t = s->first; t < s->last; t++) {
      dem_cue c;
      if (fill(&f, t, s->last, &c)) *dem_push(&doc->arena, &out) = c;
    }
  }
  return out;
}
