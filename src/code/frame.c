/* Which row of the frame lexicon a token matches. A row's conditions stand in its `when` cell, separated by spaces;
 * all must hold:
 *
 *   prt=off          the particle or adverb "off" belongs to it
 *   obj  subj  that  it has one ("that": a clause or infinitive as its content; "inf": an infinitive)
 *   obj=deal|pact    the argument's lemma is one of these; obj=@meeting: is of that class of words (words-code.tsv)
 *   obj#MIL|REB      the argument is a party of one of these sectors
 *   for=@aid  to     so for every preposition
 *   to=@place-name   the argument is a place that was found in the text
 *   mod=bitterly     a modifier (adverb, adjective, compound, numeral, possessor) is that word
 *   gov=@light       the verb it is an argument of
 *   !…               the opposite
 *
 * Of the rows that match, the one with the most exact conditions wins (a word counts twice as much as mere presence). A row
 * whose type is "none", for figurative, sporting and market uses, wins among equals, and then there is no event. */
#include "code/coder.h"

static uint32_t argument(const dem_coder *c, uint32_t t, dem_str name) {
  bool verb = dem_is_verb(c, t);
  if (dem_str_is(name, "subj")) return verb ? dem_logical_subject(c, t) : DEM_NONE;
  if (dem_str_is(name, "obj")) return verb ? dem_logical_object(c, t) : DEM_NONE;
  if (dem_str_is(name, "that")) return dem_complement(c, t);
  if (dem_str_is(name, "inf")) return dem_infinitive(c, t);
  if (dem_str_is(name, "gov")) return dem_carrier(c, t);
  return dem_prep(c, t, name);
}

static bool word_is(const dem_coder *c, uint32_t t, dem_str want) {
  while (want.len) {
    dem_str one = dem_str_cut(&want, '|');
    if (one.len && one.data[0] == '@') {
      char class[32];
      size_t n = one.len - 1 < sizeof class - 1 ? one.len - 1 : sizeof class - 1;
      memcpy(class, one.data + 1, n);
      class[n] = 0;
      if (dem_word_class(c, t, class) || (strcmp(class, "place-name") == 0 && dem_at_place(c, t))) return true;
    } else if (dem_str_eq(dem_tok(c, t)->lemma, one) || dem_str_eq(dem_tok(c, t)->norm, one)) {
      return true;
    }
  }
  return false;
}

static bool is_particle(const dem_token *k) {
  return k->deprel == DEM_DEPREL_COMPOUND_PRT || k->deprel == DEM_DEPREL_ADVMOD || k->upos == DEM_UPOS_ADP;
}

static bool is_modifier(const dem_token *k) {
  return k->deprel == DEM_DEPREL_ADVMOD || k->deprel == DEM_DEPREL_AMOD || k->deprel == DEM_DEPREL_COMPOUND ||
         k->deprel == DEM_DEPREL_NMOD_POSS || k->deprel == DEM_DEPREL_NUMMOD || k->deprel == DEM_DEPREL_NMOD ||
         k->deprel == DEM_DEPREL_NMOD_DESC;
}

static bool kid_is(const dem_coder *c, uint32_t t, dem_str want, bool (*kind)(const dem_token *)) {
  for (uint32_t k = dem_tok(c, t)->kid; k != DEM_NONE; k = dem_tok(c, k)->next)
    if (kind(dem_tok(c, k)) && word_is(c, k, want)) return true;
  return false;
}

/* Modifiers of modifiers count: "a video conference summit". */
static bool modified_by(const dem_coder *c, uint32_t t, dem_str want) {
  if (kid_is(c, t, want, is_modifier)) return true;
  for (uint32_t k = dem_tok(c, t)->kid; k != DEM_NONE; k = dem_tok(c, k)->next)
    if (dem_tok(c, k)->deprel == DEM_DEPREL_COMPOUND && kid_is(c, k, want, is_modifier)) return true;
  return false;
}

static bool has_particle(const dem_coder *c, uint32_t t, dem_str want) {
  bool next = t + 1 < c->doc->tokens.n && dem_str_in_list(want, dem_tok(c, t + 1)->norm) && dem_tok(c, t + 1)->upos == DEM_UPOS_ADP;
  return next || kid_is(c, t, want, is_particle);
}

static bool joined_is(const dem_coder *c, uint32_t t, dem_str want) {
  uint32_t whole = dem_word_class(c, t, "quantity") ? dem_prep(c, t, DEM_S("of")) : DEM_NONE;
  if (whole != DEM_NONE && whole != t) t = whole; /* "half of the debt" */
  if (word_is(c, t, want)) return true;
  for (uint32_t k = dem_kid(c->doc, t, DEM_DEPREL_CONJ); k != DEM_NONE; k = dem_kid_after(c->doc, k, DEM_DEPREL_CONJ))
    if (word_is(c, k, want)) return true;
  return want.data[0] == '@' && dem_is_noun(c, t) && kid_is(c, t, want, is_modifier);
}

static bool has_sector(dem_coder *c, uint32_t t, dem_str want) {
  dem_parties p = {0};
  dem_parties_of(c, t, &p);
  for (uint32_t i = 0; i < p.n; i++) {
    const dem_entity *e = &c->doc->entities.at[p.at[i].entity];
    dem_str more = e->sectors;
    if (e->sector.len && dem_str_in_list(want, e->sector)) return true;
    if (e->code.len && dem_str_is(want, "any")) return true;
    if (e->sector.len && dem_str_is(want, "any")) return true;
    while (more.len)
      if (dem_str_in_list(want, dem_str_cut(&more, '|'))) return true;
  }
  return false;
}

static bool condition(dem_coder *c, uint32_t t, dem_str cond) {
  bool no = cond.len && cond.data[0] == '!';
  if (no) cond = dem_str_sub(cond, 1, cond.len);
  size_t n = 0;
  while (n < cond.len && cond.data[n] != '=' && cond.data[n] != '#') n++;
  dem_str name = dem_str_sub(cond, 0, n), want = dem_str_sub(cond, n + 1, cond.len);
  bool holds;
  if (dem_str_is(name, "prt")) holds = has_particle(c, t, want);
  else if (dem_str_is(name, "mod")) holds = modified_by(c, t, want);
  else if (dem_str_is(name, "form")) holds = dem_str_in_list(want, dem_tok(c, t)->norm);
  else {
    uint32_t a = argument(c, t, name);
    holds = a != DEM_NONE;
    if (holds && n < cond.len) holds = cond.data[n] == '=' ? joined_is(c, a, want) : has_sector(c, a, want);
  }
  return holds != no;
}

static bool all_hold(dem_coder *c, uint32_t t, dem_str when, uint32_t *count) {
  *count = 0;
  while (when.len) {
    dem_str cond = dem_str_cut(&when, ' ');
    if (!cond.len) continue;
    if (!condition(c, t, cond)) return false;
    bool valued = false;
    for (size_t i = 0; i < cond.len; i++) valued |= cond.data[i] == '=' || cond.data[i] == '#';
    *count += valued ? 2 : 1;
  }
  return true;
}

static char class_of(const dem_coder *c, uint32_t t) {
  if (c->verb[t] && dem_tok(c, t)->upos != DEM_UPOS_AUX) return 'V';
  switch (dem_tok(c, t)->upos) {
    case DEM_UPOS_VERB: return 'V';
    case DEM_UPOS_NOUN: case DEM_UPOS_PROPN: return 'N';
    case DEM_UPOS_ADJ: return 'A';
    default: return 0;
  }
}

static dem_frame read_row(const dem_coder *c, uint32_t row, uint32_t conditions) {
  const dem_table *t = c->frames;
  return (dem_frame){row, dem_type_of(dem_table_cell(t, row, FRAMES_TYPE)), dem_table_cell(t, row, FRAMES_MODE),
                     dem_table_cell(t, row, FRAMES_CAMEO), dem_table_cell(t, row, FRAMES_ACTOR),
                     dem_table_cell(t, row, FRAMES_RECIPIENT), dem_table_cell(t, row, FRAMES_FLAGS), conditions};
}

/* The rows of a token: by its lemma, else its form, else the form without an ending ("freed" that the lemmatizer did not know). */
static uint32_t rows_of(const dem_coder *c, uint32_t token) {
  dem_str norm = dem_tok(c, token)->norm;
  uint32_t row = dem_table_find(c->frames, dem_tok(c, token)->lemma);
  if (row == DEM_NONE) row = dem_table_find(c->frames, norm);
  if (row == DEM_NONE && norm.len > 4 && dem_str_ends(norm, "ed")) row = dem_table_find(c->frames, dem_str_sub(norm, 0, norm.len - 1));
  if (row == DEM_NONE && norm.len > 4 && dem_str_ends(norm, "ed")) row = dem_table_find(c->frames, dem_str_sub(norm, 0, norm.len - 2));
  if (row == DEM_NONE && norm.len > 5 && dem_str_ends(norm, "ing")) row = dem_table_find(c->frames, dem_str_sub(norm, 0, norm.len - 3));
  if (row == DEM_NONE && norm.len > 4 && dem_str_ends(norm, "s")) row = dem_table_find(c->frames, dem_str_sub(norm, 0, norm.len - 1));
  if (row != DEM_NONE) return row;
  uint32_t word = dem_table_find(c->words, norm); /* irregular forms */
  for (uint32_t end = word == DEM_NONE ? 0 : dem_table_end(c->words, word); word < end; word++)
    if (dem_str_is(dem_table_cell(c->words, word, WORDS_CLASS), "code-form"))
      return dem_table_find(c->frames, dem_table_cell(c->words, word, WORDS_VALUE));
  return DEM_NONE;
}

dem_frame dem_frame_of(dem_coder *c, uint32_t token) {
  dem_frame best = {.row = DEM_NONE, .type = DEM_TYPE_COUNT};
  char pos = class_of(c, token);
  uint32_t row = pos ? rows_of(c, token) : DEM_NONE;
  if (row == DEM_NONE) return best;
  for (uint32_t end = dem_table_end(c->frames, row); row < end; row++) {
    uint32_t conditions;
    dem_str cell = dem_table_cell(c->frames, row, FRAMES_POS);
    if (!cell.len || cell.data[0] != pos) continue;
    if (!all_hold(c, token, dem_table_cell(c->frames, row, FRAMES_WHEN), &conditions)) continue;
    bool none = dem_str_is(dem_table_cell(c->frames, row, FRAMES_TYPE), "none");
    if (best.row == DEM_NONE || conditions > best.conditions || (none && conditions == best.conditions))
      best = read_row(c, row, conditions);
  }
  return best;
}

void dem_frame_claim(dem_coder *c, uint32_t token, const dem_frame *f) {
  dem_str when = dem_table_cell(c->frames, f->row, FRAMES_WHEN);
  while (when.len) {
    dem_str want = dem_str_cut(&when, ' '), name = dem_str_cut(&want, '=');
    if (!want.len || name.data[0] == '!' || dem_str_is(name, "subj") || dem_str_is(name, "gov") || dem_str_is(name, "prt") ||
        dem_str_is(name, "mod") || dem_str_is(name, "form"))
      continue;
    uint32_t a = argument(c, token, name);
    if (a != DEM_NONE && a != token) c->used[a] = 1;
  }
}

bool dem_flag(const dem_frame *f, const char *flag) { return dem_str_in_list(f->flags, dem_str_of(flag)); }
