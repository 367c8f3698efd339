/* Nouns that stand for people, groups and bodies, by the roles table: which of them are the head of a noun phrase (a find of
 * their own), which are a title before a name ("rebel strongman Khalifa Haftar"), which only modify another noun ("police
 * station"). Weak nouns ("side", "member") count only with an article, a possessor, a country or a sector word. Refuses
 * predicates ("is a general"): they say something of their subject. Linear: one look-up a token, kids of each head once. */
#include "find/who_work.h"

static uint32_t head_in(const dem_doc *doc, uint32_t first, uint32_t last) {
  for (uint32_t i = first; i < last; i++) {
    uint32_t h = doc->tokens.at[i].head;
    if (doc->tokens.at[i].upos != DEM_UPOS_PUNCT && (h == DEM_NONE || h < first || h >= last)) return i;
  }
  return last - 1;
}

/* Past "of London" in "Mayor of London Sadiq Khan". */
static uint32_t over_of_place(const dem_who *w, uint32_t last, uint32_t limit) {
  const dem_token *t = w->doc->tokens.at;
  if (last + 2 >= limit || !dem_str_is(t[last].norm, "of")) return last;
  uint32_t place = last + 1 + dem_str_is(t[last + 1].norm, "the"), f = w->find_at[place];
  if (f == DEM_NONE || w->finds.at[f].first != place || w->finds.at[f].kind == DEM_KIND_PERSON) return last;
  return w->finds.at[f].last;
}

/* The name that begins right after the noun, over "Mr" and the like; DEM_NONE. */
static uint32_t name_after(const dem_who *w, uint32_t last, uint32_t limit) {
  last = over_of_place(w, last, limit);
  for (unsigned n = 0; n < 3 && last < limit; n++, last++) {
    uint32_t f = w->find_at[last];
    if (f != DEM_NONE) return w->finds.at[f].form == DEM_FORM_NAME && w->finds.at[f].first == last ? f : DEM_NONE;
    if (!dem_who_word(w->words, w->doc->tokens.at[last].norm, "who-title", NULL)) return DEM_NONE;
  }
  return DEM_NONE;
}

static bool title_fits(const dem_who *w, uint32_t row, const dem_find_one *name) {
  bool person = dem_str_is(dem_table_cell(w->roles, row, ROLES_KIND), "person");
  bool plural = dem_str_is(dem_table_cell(w->roles, row, ROLES_NUMBER), "p");
  if (name->table == DEM_TABLE_STATES && name->row != DEM_NONE) return false;
  if (name->kind == DEM_KIND_PLACE) return false;
  return person ? name->kind == DEM_KIND_PERSON && !plural : name->kind == DEM_KIND_ORGANISATION || name->kind == DEM_KIND_GROUP;
}

/* "army" in "army chief": the noun only says something of a noun further right. */
static bool only_modifies(const dem_doc *doc, uint32_t head, uint32_t last) {
  const dem_token *t = &doc->tokens.at[head];
  if (t->head == DEM_NONE || t->head < last) return t->deprel == DEM_DEPREL_FIXED;
  if (doc->tokens.at[t->head].upos == DEM_UPOS_VERB) return false; /* a slip of the tree: verbs have no such kids */
  return t->deprel == DEM_DEPREL_COMPOUND || t->deprel == DEM_DEPREL_AMOD || t->deprel == DEM_DEPREL_NMOD_DESC ||
         t->deprel == DEM_DEPREL_NMOD_UNMARKED || t->deprel == DEM_DEPREL_FLAT;
}

static bool is_predicate(const dem_doc *doc, uint32_t head) {
  if (dem_kid(doc, head, DEM_DEPREL_COP) != DEM_NONE) return true;
  uint32_t marker = dem_case_of(doc, head);
  return marker != DEM_NONE && dem_str_is(doc->tokens.at[marker].norm, "as") && dem_kid(doc, head, DEM_DEPREL_DET_) == DEM_NONE;
}

static bool definite(dem_str norm) { return dem_str_in_list(DEM_S("the|this|that|these|those|both|all"), norm); }

/* "rebel" in "rebel strongman Khalifa Haftar": more of the title that follows. */
static bool before_title(dem_who *w, uint32_t last, uint32_t limit) {
  if (last >= limit || !w->doc->tokens.at[last - 1].space_after || w->find_at[last] != DEM_NONE) return false;
  dem_match m = dem_doc_match(w->doc, w->roles, last, limit);
  uint32_t name = m.row == DEM_NONE ? DEM_NONE : name_after(w, m.last, limit);
  return name != DEM_NONE && title_fits(w, m.row, &w->finds.at[name]);
}

/* "finance ministry" in "finance ministry official": a singular noun right before another is its modifier, whatever the tree. */
static bool before_noun(dem_who *w, uint32_t row, uint32_t last, uint32_t limit) {
  const dem_token *t = w->doc->tokens.at;
  if (last >= limit || t[last].upos != DEM_UPOS_NOUN || !t[last - 1].space_after || w->find_at[last] != DEM_NONE || w->busy[last])
    return false;
  if (dem_str_is(dem_table_cell(w->roles, row, ROLES_NUMBER), "p")) return false;
  return dem_doc_match(w->doc, w->roles, last, limit).row != DEM_NONE;
}

/* A kid that makes a weak noun somebody. */
static bool anchors(const dem_who *w, uint32_t kid, bool person) {
  const dem_token *t = &w->doc->tokens.at[kid];
  if (t->deprel == DEM_DEPREL_NMOD_POSS) return true;
  if (t->deprel == DEM_DEPREL_DET_) return person || definite(t->norm);
  if (t->deprel == DEM_DEPREL_NUMMOD) return person;
  if (t->deprel == DEM_DEPREL_NMOD) return w->find_at[kid] != DEM_NONE;
  if (t->deprel != DEM_DEPREL_AMOD && t->deprel != DEM_DEPREL_COMPOUND) return false;
  return w->find_at[kid] != DEM_NONE || dem_who_word(w->words, t->norm, "who-sector", NULL);
}

static bool weak_counts(const dem_who *w, uint32_t row, uint32_t head) {
  if (!dem_str_in_list(dem_table_cell(w->roles, row, ROLES_TAKES), DEM_S("weak"))) return true;
  bool person = dem_str_is(dem_table_cell(w->roles, row, ROLES_KIND), "person");
  if (person && dem_str_is(dem_table_cell(w->roles, row, ROLES_NUMBER), "p")) return true;
  bool plural = dem_str_is(dem_table_cell(w->roles, row, ROLES_NUMBER), "p") && dem_table_cell(w->roles, row, ROLES_SECTOR).len;
  for (uint32_t k = w->doc->tokens.at[head].kid; k != DEM_NONE; k = w->doc->tokens.at[k].next)
    if (anchors(w, k, person) || (plural && k < head && w->doc->tokens.at[k].deprel == DEM_DEPREL_AMOD)) return true; /* "foreign banks" */
  return false;
}

/* "the prosecution of Xeno": a doing, not a body. */
static bool is_doing(const dem_who *w, uint32_t head) {
  if (!dem_str_in_list(DEM_S("prosecution|administration|leadership|opposition|command|defence|defense"), w->doc->tokens.at[head].norm))
    return false;
  for (uint32_t k = w->doc->tokens.at[head].kid; k != DEM_NONE; k = w->doc->tokens.at[k].next) {
    if (k < head || w->doc->tokens.at[k].deprel != DEM_DEPREL_NMOD) continue;
    uint32_t f = w->find_at[k];
    if (f == DEM_NONE || w->finds.at[f].table != DEM_TABLE_STATES || w->finds.at[f].row == DEM_NONE) return true;
  }
  return false;
}

static dem_kind kind_of_role(const dem_who *w, uint32_t row) {
  dem_str kind = dem_table_cell(w->roles, row, ROLES_KIND);
  bool plural = dem_str_is(dem_table_cell(w->roles, row, ROLES_NUMBER), "p");
  if (dem_who_word(w->words, dem_table_key(w->roles, row), "who-region", NULL)) return plural ? DEM_KIND_GROUP : DEM_KIND_PLACE;
  if (dem_str_is(kind, "person")) return plural ? DEM_KIND_GROUP : DEM_KIND_PERSON;
  if (dem_str_is(kind, "group")) return DEM_KIND_GROUP;
  return dem_str_is(dem_table_cell(w->roles, row, ROLES_SECTOR), "GOV") ? DEM_KIND_GOVERNMENT : DEM_KIND_ORGANISATION;
}

/* "the official said": an adjective after an article with no noun behind it is a noun. */
static bool stands_alone(const dem_doc *doc, uint32_t head) {
  if (head == 0 || head + 1 >= doc->tokens.n || doc->tokens.at[head - 1].upos != DEM_UPOS_DET) return false;
  uint8_t next = doc->tokens.at[head + 1].upos;
  return next == DEM_UPOS_VERB || next == DEM_UPOS_AUX || next == DEM_UPOS_PUNCT || next == DEM_UPOS_ADP;
}

static bool noun_like(const dem_doc *doc, uint32_t head) {
  const dem_token *t = &doc->tokens.at[head];
  if (t->upos == DEM_UPOS_NOUN || t->upos == DEM_UPOS_PROPN) return true;
  if (t->upos == DEM_UPOS_ADJ && stands_alone(doc, head)) return true;
  return t->upos == DEM_UPOS_ADJ && t->deprel != DEM_DEPREL_AMOD && t->deprel != DEM_DEPREL_ROOT && t->deprel != DEM_DEPREL_XCOMP;
}

/* "newspaper La Xena", "firm Quallo": what looked like a person's name is that of the body before it. */
static void told_body(dem_who *w, dem_match m, uint32_t name) {
  dem_find_one *f = &w->finds.at[name];
  bool body = dem_str_is(dem_table_cell(w->roles, m.row, ROLES_KIND), "organisation") &&
              dem_str_is(dem_table_cell(w->roles, m.row, ROLES_NUMBER), "s");
  if (!body || f->first != m.last || f->row != DEM_NONE || (f->kind != DEM_KIND_PERSON && f->kind != DEM_KIND_PLACE)) return;
  if (dem_who_word(w->words, w->doc->tokens.at[f->first].norm, "who-given", NULL)) return;
  f->kind = DEM_KIND_ORGANISATION;
  f->unsure = false;
}

static bool crowd(dem_str norm) { return dem_str_in_list(DEM_S("thousands|hundreds|dozens|scores|tens|millions"), norm); }

/* "10 pm": no prime minister. */
static bool clock_time(const dem_doc *doc, uint32_t first, uint32_t last) {
  return last == first + 1 && first > 0 && doc->tokens.at[first].norm.len == 2 && doc->tokens.at[first - 1].upos == DEM_UPOS_NUM;
}

static void take_role(dem_who *w, uint32_t first, dem_match m, uint32_t limit) {
  const dem_doc *doc = w->doc;
  if (dem_str_is(dem_table_cell(w->roles, m.row, ROLES_KIND), "nobody") || clock_time(doc, first, m.last)) return;
  uint32_t head = head_in(doc, first, m.last), name = name_after(w, m.last, limit);
  if (name != DEM_NONE) told_body(w, m, name);
  if (name != DEM_NONE && title_fits(w, m.row, &w->finds.at[name]) && doc->tokens.at[m.last - 1].space_after) {
    w->finds.at[name].role = m.row;
    w->finds.at[name].role_first = first;
    w->finds.at[name].role_last = m.last;
    return;
  }
  if (!noun_like(doc, head) || only_modifies(doc, head, m.last) || is_predicate(doc, head)) return;
  if (m.last < limit && dem_str_is(doc->tokens.at[m.last].norm, "of") && crowd(doc->tokens.at[head].norm)) return; /* "dozens of" */
  if (w->head_at[head] != DEM_NONE || !weak_counts(w, m.row, head) || is_doing(w, head)) return;
  if (before_title(w, m.last, limit) || before_noun(w, m.row, m.last, limit)) return;
  dem_who_push(w, (dem_find_one){.first = first,
                                 .last = m.last,
                                 .head = head,
                                 .form = DEM_FORM_NOMINAL,
                                 .kind = kind_of_role(w, m.row),
                                 .table = DEM_TABLE_ROLES,
                                 .row = DEM_NONE,
                                 .role = m.row,
                                 .role_first = first,
                                 .role_last = m.last,
                                 .entity = DEM_NONE,
                                 .mention = DEM_NONE});
}

void dem_who_roles(dem_who *w) {
  dem_doc *doc = w->doc;
  for (uint32_t s = 0; s < doc->sentences.n; s++) {
    uint32_t limit = doc->sentences.at[s].last;
    for (uint32_t i = doc->sentences.at[s].first; i < limit;) {
      if (w->busy[i] || w->find_at[i] != DEM_NONE) {
        i++;
        continue;
      }
      dem_match m = dem_doc_match(doc, w->roles, i, limit);
      uint32_t end = i;
      while (end < m.last && w->find_at[end] == DEM_NONE) end++;
      if (m.row == DEM_NONE || end < m.last) {
        i++;
        continue;
      }
      take_role(w, i, m, limit);
      i = m.last;
    }
  }
}
