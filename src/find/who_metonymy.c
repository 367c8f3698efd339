/* Does a capital, a seat of power or a country stand for its government here? Told by the relation to the word that governs
 * it and by that word: capitals decide, accuse, are accused, have envoys; they are also lived in and flown to. Seats
 * (the Kremlin) act unless a locative preposition stands before them; capitals only beside words of politics; countries
 * unless they are only a location. Refuses to look past the governing word. */
#include "find/who_work.h"

typedef struct place_in_clause {
  const dem_token *governor; /* NULL at the root */
  uint8_t rel;
  dem_str case_;
  bool locative;
} place_in_clause;

static place_in_clause look(const dem_who *w, const dem_find_one *f) {
  const dem_doc *doc = w->doc;
  uint32_t i = f->head, marker = dem_case_of(doc, i);
  for (unsigned n = 0; n < 4 && doc->tokens.at[i].deprel == DEM_DEPREL_CONJ && doc->tokens.at[i].head != DEM_NONE; n++) {
    i = doc->tokens.at[i].head;
    if (marker == DEM_NONE) marker = dem_case_of(doc, i);
  }
  place_in_clause p = {0};
  p.rel = doc->tokens.at[i].deprel;
  if (doc->tokens.at[i].head != DEM_NONE) p.governor = &doc->tokens.at[doc->tokens.at[i].head];
  if (marker != DEM_NONE && marker < f->head) p.case_ = doc->tokens.at[marker].norm;
  for (uint32_t k = marker; k != DEM_NONE && k < f->head; k = dem_kid_after(doc, k, DEM_DEPREL_CASE)) /* "including in" */
    p.locative = p.locative || dem_who_word(w->words, doc->tokens.at[k].norm, "who-locative", NULL);
  return p;
}

static bool governed_by(const dem_who *w, const place_in_clause *p, const char *class) {
  return p->governor &&
         (dem_who_word(w->words, p->governor->lemma, class, NULL) || dem_who_word(w->words, p->governor->norm, class, NULL));
}

static bool case_in(const place_in_clause *p, const char *list) { return dem_str_in_list(dem_str_of(list), p->case_); }

/* Is the subject of the clause around the governor a state too ("Beijing lodged a protest with Tokyo")? */
static bool state_is_subject(const dem_who *w, const place_in_clause *p) {
  const dem_doc *doc = w->doc;
  uint32_t i = (uint32_t)(p->governor - doc->tokens.at);
  for (unsigned n = 0; n < 4 && i != DEM_NONE; n++, i = doc->tokens.at[i].head) {
    uint32_t k = dem_kid(doc, i, DEM_DEPREL_NSUBJ);
    if (k == DEM_NONE) continue;
    const dem_find_one *g = w->find_at[k] == DEM_NONE ? NULL : &w->finds.at[w->find_at[k]];
    return g && g->form == DEM_FORM_NAME && g->row != DEM_NONE && g->table == DEM_TABLE_STATES;
  }
  return false;
}

static bool oblique_acts(const dem_who *w, const place_in_clause *p) {
  bool politics = governed_by(w, p, "who-politics");
  if (case_in(p, "with|against|over|behind") && p->governor && state_is_subject(w, p)) return true;
  if (case_in(p, "with")) return true; /* whom one talks, trades, quarrels with */
  if (case_in(p, "from") && governed_by(w, p, "who-giver")) return true;
  if (case_in(p, "at")) return politics;
  if (case_in(p, "with|between|against|towards|by")) return politics || governed_by(w, p, "who-act");
  if (case_in(p, "to")) return politics || governed_by(w, p, "who-dative");
  return case_in(p, "from|on|of|for|over") && politics;
}

static bool capital_acts(const dem_who *w, const place_in_clause *p) {
  switch (p->rel) {
    case DEM_DEPREL_NSUBJ: /* capitals act, unless the verb is one for towns ("Kabul fell") */
      return governed_by(w, p, "who-act") || (p->governor && p->governor->upos == DEM_UPOS_VERB && !governed_by(w, p, "who-town"));
    case DEM_DEPREL_IOBJ: return true;
    case DEM_DEPREL_NSUBJ_PASS:
    case DEM_DEPREL_OBJ:
    case DEM_DEPREL_OBL_AGENT: return governed_by(w, p, "who-act");
    case DEM_DEPREL_NMOD_POSS: return governed_by(w, p, "who-politics");
    case DEM_DEPREL_OBL:
    case DEM_DEPREL_NMOD: return oblique_acts(w, p);
    default: return false;
  }
}

static bool country_acts(const dem_who *w, const place_in_clause *p) {
  switch (p->rel) {
    case DEM_DEPREL_NSUBJ:
    case DEM_DEPREL_NSUBJ_PASS:
    case DEM_DEPREL_OBJ:
    case DEM_DEPREL_IOBJ:
    case DEM_DEPREL_OBL_AGENT:
    case DEM_DEPREL_NMOD_POSS:
    case DEM_DEPREL_VOCATIVE:
    case DEM_DEPREL_NSUBJ_OUTER: return true;
    case DEM_DEPREL_ROOT: /* slips of the tree, more often than bare names */
    case DEM_DEPREL_PARATAXIS:
    case DEM_DEPREL_DEP:
    case DEM_DEPREL_ADVMOD: return !p->case_.len;
    case DEM_DEPREL_OBL:
    case DEM_DEPREL_NMOD:
      if (case_in(p, "to")) return governed_by(w, p, "who-politics") || governed_by(w, p, "who-dative");
      if (case_in(p, "on|over|of")) return governed_by(w, p, "who-politics");
      if (case_in(p, "from")) return governed_by(w, p, "who-politics") || governed_by(w, p, "who-act");
      if (governed_by(w, p, "who-region") || governed_by(w, p, "who-edge")) return false; /* "borders with" */
      return case_in(p, "with|by|between|against|for|towards|toward|among|than|like|including|as");
    default: return false;
  }
}

/* "North Korea test-fired": a state's name that opens the sentence before its verb, whatever the tree. */
static bool opens_clause(const dem_who *w, const dem_find_one *f) {
  const dem_doc *doc = w->doc;
  const dem_sentence *s = &doc->sentences.at[doc->tokens.at[f->head].sentence];
  bool first = f->first == s->first || (f->first == s->first + 1 && dem_str_is(doc->tokens.at[s->first].norm, "the"));
  if (!first || f->last >= s->last) return false;
  const dem_token *t = &doc->tokens.at[f->last];
  return t->upos == DEM_UPOS_VERB && (dem_str_is(t->tag, "VBD") || dem_str_is(t->tag, "VBZ"));
}

bool dem_who_acts(const dem_who *w, const dem_find_one *f) {
  place_in_clause p = look(w, f);
  if (p.locative && !(dem_str_is(p.case_, "at") && governed_by(w, &p, "who-politics"))) return false;
  if (f->state == DEM_STATE_SEAT) return true;
  if (f->state == DEM_STATE_NAME && opens_clause(w, f)) return true;
  if (f->state == DEM_STATE_CAPITAL) return capital_acts(w, &p);
  return f->state == DEM_STATE_ADJECTIVE || country_acts(w, &p);
}

bool dem_who_hosts(const dem_who *w, const dem_find_one *f) {
  place_in_clause p = look(w, f);
  return governed_by(w, &p, "who-host");
}
