/* Noun phrases around a found name or noun, and small questions about tokens. A phrase reaches left over modifiers, titles
 * and possessors and right over a bracketed acronym or an of-phrase, never over a relative clause, a comma or a
 * preposition of its own. Every walk is bounded, so the cost stays linear. Refuses to repair a wrong tree. */
#include "base/utf8.h"
#include "find/who_work.h"

enum { LEFT_MOST = 14, RIGHT_MOST = 14, ARCS = 8 };

bool dem_who_word(const dem_table *words, dem_str key, const char *class, dem_str *value) {
  uint32_t row = dem_table_find(words, key);
  if (row == DEM_NONE) return false;
  for (uint32_t end = dem_table_end(words, row); row < end; row++)
    if (dem_str_is(dem_table_cell(words, row, WORDS_CLASS), class)) {
      if (value) *value = dem_table_cell(words, row, WORDS_VALUE);
      return true;
    }
  return false;
}

bool dem_capital(const dem_doc *doc, uint32_t token) {
  size_t at = 0;
  dem_str form = dem_doc_slice(doc, doc->tokens.at[token].span);
  return form.len && dem_cp_is_upper(dem_utf8_next(form, &at));
}

bool dem_who_genitive(const dem_doc *doc, uint32_t at) {
  if (at >= doc->tokens.n || at == 0 || doc->tokens.at[at - 1].space_after) return false;
  const dem_token *t = &doc->tokens.at[at];
  return dem_str_is(t->norm, "'s") || (dem_str_is(t->norm, "'") && dem_str_ends(doc->tokens.at[at - 1].norm, "s"));
}

bool dem_who_caseless(const dem_doc *doc) {
  size_t upper = 0, lower = 0;
  for (size_t i = 0; i < doc->text.len; i++) {
    upper += dem_is_upper((unsigned char)doc->text.data[i]);
    lower += dem_is_lower((unsigned char)doc->text.data[i]);
  }
  return lower > 100 && upper * 100 < lower;
}

uint32_t dem_case_of(const dem_doc *doc, uint32_t token) { return dem_kid(doc, token, DEM_DEPREL_CASE); }

static bool nominal_arc(uint8_t rel) {
  switch (rel) {
    case DEM_DEPREL_ACL:
    case DEM_DEPREL_ACL_RELCL:
    case DEM_DEPREL_ADVCL:
    case DEM_DEPREL_ADVCL_RELCL:
    case DEM_DEPREL_CONJ:
    case DEM_DEPREL_APPOS:
    case DEM_DEPREL_NSUBJ:
    case DEM_DEPREL_NSUBJ_PASS:
    case DEM_DEPREL_OBJ:
    case DEM_DEPREL_COP:
    case DEM_DEPREL_AUX_:
    case DEM_DEPREL_PARATAXIS:
    case DEM_DEPREL_ROOT:
    case DEM_DEPREL_CCOMP:
    case DEM_DEPREL_MARK:
    case DEM_DEPREL_VOCATIVE:
    case DEM_DEPREL_DISCOURSE:
    case DEM_DEPREL_NSUBJ_OUTER: return false;
    default: return true;
  }
}

/* "Kenyan and Ugandan officials": the second adjective hangs on the first. */
static bool second_modifier(const dem_doc *doc, const dem_token *t) {
  if (t->deprel != DEM_DEPREL_CONJ || t->head == DEM_NONE || (t->upos != DEM_UPOS_ADJ && t->upos != DEM_UPOS_PROPN)) return false;
  uint8_t rel = doc->tokens.at[t->head].deprel;
  return rel == DEM_DEPREL_AMOD || (rel == DEM_DEPREL_COMPOUND && t->upos == DEM_UPOS_ADJ);
}

bool dem_in_phrase(const dem_doc *doc, uint32_t token, uint32_t head) {
  for (unsigned i = 0; i < ARCS && token != DEM_NONE; i++) {
    if (token == head) return true;
    if (!nominal_arc(doc->tokens.at[token].deprel) && !second_modifier(doc, &doc->tokens.at[token])) return false;
    token = doc->tokens.at[token].head;
  }
  return false;
}

static bool hyphen(const dem_token *t) { return dem_str_is(t->norm, "-"); }

/* May this token stand in front of its noun, inside the phrase? */
static bool before_noun(const dem_doc *doc, uint32_t i, uint32_t head) {
  const dem_token *t = &doc->tokens.at[i];
  switch (t->upos) {
    case DEM_UPOS_PUNCT: return hyphen(t) || dem_str_is(t->norm, "/");
    case DEM_UPOS_ADP:
    case DEM_UPOS_SCONJ:
    case DEM_UPOS_AUX:
    case DEM_UPOS_INTJ: return false;
    case DEM_UPOS_ADV: return t->head != head && t->deprel == DEM_DEPREL_ADVMOD;
    case DEM_UPOS_PRON: return t->deprel == DEM_DEPREL_NMOD_POSS;
    case DEM_UPOS_PART: return t->deprel == DEM_DEPREL_CASE; /* 's */
    case DEM_UPOS_VERB: return t->deprel == DEM_DEPREL_AMOD || t->deprel == DEM_DEPREL_COMPOUND;
    default: return t->deprel != DEM_DEPREL_CASE && t->deprel != DEM_DEPREL_MARK;
  }
}

/* "the government and rebel group": a noun of its own stands before the conjunction. */
static bool ends_other(const dem_who *w, uint32_t i) {
  if (w->doc->tokens.at[i].upos != DEM_UPOS_CCONJ || i == 0) return false;
  if (w->find_at[i - 1] != DEM_NONE) return w->finds.at[w->find_at[i - 1]].form == DEM_FORM_NOMINAL;
  return w->doc->tokens.at[i - 1].upos == DEM_UPOS_NOUN && dem_str_in_list(DEM_S("government|army|police|parliament|president|minister|military"),
                                                                          w->doc->tokens.at[i - 1].norm);
}

static uint32_t left_edge(const dem_who *w, uint32_t first, uint32_t head, uint32_t begin) {
  const dem_doc *doc = w->doc;
  uint32_t edge = first;
  for (uint32_t n = 0; edge > begin && n < LEFT_MOST; n++) {
    uint32_t i = edge - 1;
    if (!before_noun(doc, i, head) || !dem_in_phrase(doc, i, head) || ends_other(w, i)) break;
    edge = i;
  }
  while (edge < first) { /* what may not begin a phrase */
    const dem_token *t = &doc->tokens.at[edge];
    if (t->upos != DEM_UPOS_PUNCT && t->upos != DEM_UPOS_CCONJ && t->upos != DEM_UPOS_PART && t->upos != DEM_UPOS_ADV &&
        !dem_str_is(t->norm, "least"))
      break;
    edge++;
  }
  return edge;
}

/* How many tokens right before `edge` spell a noun of the roles table ("finance ministry"); 0 for none. */
static uint32_t role_before(const dem_who *w, uint32_t edge, uint32_t begin) {
  for (uint32_t n = 3; n > 0; n--) {
    if (edge < begin + n || w->find_at[edge - n] != DEM_NONE || w->doc->tokens.at[edge - 1].upos == DEM_UPOS_VERB) continue;
    if (dem_doc_match(w->doc, w->roles, edge - n, edge).last == edge) return n;
  }
  return 0;
}

/* Can this word only belong to the noun behind it, whatever the tree says: "rebel", "former", "Russian", "senior"? */
static bool modifier_word(const dem_who *w, uint32_t i) {
  const dem_token *t = &w->doc->tokens.at[i];
  uint32_t f = w->find_at[i];
  if (f != DEM_NONE) return w->finds.at[f].state == DEM_STATE_ADJECTIVE;
  if (t->upos == DEM_UPOS_ADJ) return t->deprel == DEM_DEPREL_AMOD;
  return t->upos == DEM_UPOS_NOUN &&
         (dem_who_word(w->words, t->norm, "who-sector", NULL) || dem_who_word(w->words, t->norm, "who-former", NULL));
}

/* Where the name before a genitive begins: "Japan's" before "Finance Ministry"; `edge` when there is none. */
static uint32_t over_owner(const dem_who *w, uint32_t edge, uint32_t begin) {
  if (edge < begin + 2 || !dem_who_genitive(w->doc, edge - 1)) return edge;
  uint32_t f = w->find_at[edge - 2];
  if (f == DEM_NONE || w->finds.at[f].form != DEM_FORM_NAME || w->finds.at[f].last != edge - 1) return edge;
  return w->finds.at[f].first < begin ? edge : w->finds.at[f].first;
}

static bool adjective_find(const dem_who *w, uint32_t token) {
  return w->find_at[token] != DEM_NONE && w->finds.at[w->find_at[token]].state == DEM_STATE_ADJECTIVE;
}

/* "Kyrgyz and" before "Tajik border guards". */
static uint32_t over_second_state(const dem_who *w, uint32_t edge, uint32_t begin) {
  if (edge < begin + 2 || !adjective_find(w, edge) || !dem_str_is(w->doc->tokens.at[edge - 1].norm, "and")) return edge;
  if (!adjective_find(w, edge - 2)) return edge;
  return w->finds.at[w->find_at[edge - 2]].first;
}

static uint32_t left_words(const dem_who *w, uint32_t edge, uint32_t begin) {
  const dem_token *t = w->doc->tokens.at;
  uint32_t first = edge;
  while (edge > begin && first - edge < LEFT_MOST && t[edge - 1].space_after && !w->busy[edge - 1]) {
    uint32_t n = role_before(w, edge, begin);
    if (n == 0) n = modifier_word(w, edge - 1);
    if (n == 0) break;
    edge -= n;
  }
  edge = over_second_state(w, edge, begin);
  if (edge > begin && t[edge - 1].upos == DEM_UPOS_PART) edge = over_owner(w, edge, begin);
  return edge < first && edge > begin && t[edge - 1].upos == DEM_UPOS_DET ? edge - 1 : edge;
}

bool dem_who_bracketed(const dem_doc *doc, uint32_t at) {
  if (at + 2 >= doc->tokens.n) return false;
  const dem_token *t = &doc->tokens.at[at];
  return dem_str_is(t[0].norm, "(") && dem_str_is(t[2].norm, ")") && dem_capital(doc, at + 1) && t[1].norm.len >= 2 &&
         t[1].norm.len <= 12;
}

static uint32_t right_edge(const dem_doc *doc, uint32_t last, uint32_t head, uint32_t limit) {
  uint32_t i = last;
  if (i >= limit || !dem_str_is(doc->tokens.at[i].norm, "of")) return last;
  for (uint32_t n = 0; i < limit && n < RIGHT_MOST; i++, n++) {
    const dem_token *t = &doc->tokens.at[i];
    bool stop = (t->upos == DEM_UPOS_PUNCT && !hyphen(t)) || t->upos == DEM_UPOS_CCONJ || t->upos == DEM_UPOS_SCONJ ||
                (t->upos == DEM_UPOS_VERB && t->deprel != DEM_DEPREL_AMOD) || !dem_in_phrase(doc, i, head);
    if (stop || (t->upos == DEM_UPOS_ADP && i > last && !dem_str_is(t->norm, "of"))) break;
  }
  while (i > last && (doc->tokens.at[i - 1].upos == DEM_UPOS_ADP || doc->tokens.at[i - 1].upos == DEM_UPOS_DET ||
                      doc->tokens.at[i - 1].upos == DEM_UPOS_PUNCT))
    i--;
  return i;
}

void dem_who_phrase(const dem_who *w, dem_find_one *f) {
  const dem_doc *doc = w->doc;
  const dem_sentence *s = &doc->sentences.at[doc->tokens.at[f->head].sentence];
  f->np_first = f->first;
  f->np_last = f->last;
  if (f->form == DEM_FORM_PRONOUN || f->state == DEM_STATE_ADJECTIVE || f->bytes) return;
  if (f->role != DEM_NONE && f->role_first < f->np_first) f->np_first = f->role_first;
  uint32_t own = f->np_first;
  f->np_first = left_edge(w, own, f->head, s->first);
  if (f->role != DEM_NONE) {
    uint32_t by_words = left_words(w, own, s->first), further = left_words(w, f->np_first, s->first);
    if (by_words < f->np_first) f->np_first = by_words;
    if (further < f->np_first) f->np_first = further;
  }
  if (f->form == DEM_FORM_NAME && dem_who_bracketed(doc, f->last)) f->np_last = f->last + 3;
  if (f->form == DEM_FORM_NOMINAL) f->np_last = right_edge(doc, f->last, f->head, s->last);
}
