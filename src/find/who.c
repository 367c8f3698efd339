/* Mentions and entities: the order of "who". Names first (what they are does not depend on the rest), then nouns and the
 * titles they give to names, then pronouns; noun phrases around them; entities; codes. A country's adjective is a mention
 * only when the noun it modifies is none; a capital or seat only when it stands for its government. Nouns and pronouns get
 * an entity each, which `refer` joins later. Linear in the tokens. */
#include "find/who.h"

#include "find/who_work.h"

static const char PRONOUNS[] =
    "i|me|my|mine|myself|we|us|our|ours|ourselves|you|your|yours|yourself|yourselves|he|him|his|himself|"
    "she|her|hers|herself|it|its|itself|they|them|their|theirs|themselves|both";

static void mark_times(dem_who *w) {
  const dem_doc *doc = w->doc;
  for (uint32_t i = 0; i < doc->times.n; i++)
    for (uint32_t t = doc->times.at[i].first; t < doc->times.at[i].last && t < doc->tokens.n; t++) w->busy[t] = true;
}

static void start(dem_who *w, dem_doc *doc, const dem_model *model) {
  w->doc = doc;
  w->model = model;
  w->states = dem_model_table(model, DEM_TABLE_STATES);
  w->organisations = dem_model_table(model, DEM_TABLE_ORGANISATIONS);
  w->people = dem_model_table(model, DEM_TABLE_PEOPLE);
  w->roles = dem_model_table(model, DEM_TABLE_ROLES);
  w->words = dem_model_table(model, DEM_TABLE_WORDS);
  w->places = dem_model_gazetteer(model);
  w->find_at = dem_array(&doc->arena, uint32_t, doc->tokens.n);
  w->head_at = dem_array(&doc->arena, uint32_t, doc->tokens.n);
  w->caseless = dem_who_caseless(doc);
  w->busy = dem_array(&doc->arena, bool, doc->tokens.n);
  for (uint32_t i = 0; i < doc->tokens.n; i++) w->find_at[i] = w->head_at[i] = DEM_NONE;
  mark_times(w);
}

static bool expletive(const dem_token *t) { return t->deprel == DEM_DEPREL_EXPL; }

static void find_pronouns(dem_who *w) {
  const dem_doc *doc = w->doc;
  for (uint32_t i = 0; i < doc->tokens.n; i++) {
    const dem_token *t = &doc->tokens.at[i];
    if ((t->upos != DEM_UPOS_PRON && t->upos != DEM_UPOS_DET) || w->find_at[i] != DEM_NONE || expletive(t)) continue;
    if (!dem_str_in_list(DEM_S(PRONOUNS), t->norm)) continue;
    if (t->upos == DEM_UPOS_DET && t->deprel != DEM_DEPREL_NMOD_POSS) continue;
    if (dem_str_is(t->norm, "mine") && dem_kid(doc, i, DEM_DEPREL_DET_) != DEM_NONE) continue; /* "a mine" */
    dem_find_one f = dem_who_find(i);
    f.last = i + 1;
    f.form = DEM_FORM_PRONOUN;
    f.kind = DEM_KIND_PERSON;
    dem_who_push(w, f);
  }
}

/* An entity of its own for a noun or a pronoun. */
static uint32_t own_entity(dem_who *w, const dem_find_one *f) {
  uint32_t index = w->doc->entities.n;
  dem_entity *e = dem_push(&w->doc->arena, &w->doc->entities);
  e->kind = f->kind;
  e->office_from = e->office_to = DEM_NO_DAY;
  if (f->form == DEM_FORM_NOMINAL) {
    e->plural = dem_str_is(dem_table_cell(w->roles, f->role, ROLES_NUMBER), "p");
    if (!dem_str_is(dem_table_cell(w->roles, f->role, ROLES_KIND), "person")) e->gender = 'n';
  }
  return index;
}

/* The noun that an adjective or compound belongs to stands for somebody itself. */
static bool part_of_another(const dem_who *w, const dem_find_one *f) {
  const dem_doc *doc = w->doc;
  uint32_t i = f->head;
  for (unsigned n = 0; n < 4; n++) {
    const dem_token *t = &doc->tokens.at[i];
    bool second = t->deprel == DEM_DEPREL_CONJ && t->upos == DEM_UPOS_ADJ; /* "Kenyan and Ugandan officials" */
    if (!second && t->deprel != DEM_DEPREL_AMOD && t->deprel != DEM_DEPREL_COMPOUND && t->deprel != DEM_DEPREL_NMOD_DESC &&
        t->deprel != DEM_DEPREL_FLAT)
      return false;
    i = doc->tokens.at[i].head;
    if (i == DEM_NONE) return false;
    if (w->head_at[i] != DEM_NONE && &w->finds.at[w->head_at[i]] != f) return true;
    if (w->find_at[i] != DEM_NONE && w->finds.at[w->find_at[i]].role_first <= f->first &&
        w->finds.at[w->find_at[i]].role != DEM_NONE)
      return true;
  }
  return false;
}

/* "pro-Turkish", "UN-recognised". */
static bool in_hyphens(const dem_who *w, const dem_find_one *f) {
  const dem_token *t = w->doc->tokens.at;
  uint32_t n = w->doc->tokens.n;
  return (f->last < n && dem_str_is(t[f->last].norm, "-") && !t[f->last].space_after && !t[f->last - 1].space_after) ||
         (f->first > 0 && dem_str_is(t[f->first - 1].norm, "-") && !t[f->first - 1].space_after);
}

static bool is_mention(const dem_who *w, const dem_find_one *f) {
  if (f->entity == DEM_NONE) return false;
  if (f->form != DEM_FORM_NAME || f->row == DEM_NONE || f->table != DEM_TABLE_STATES) return true;
  switch (f->state) {
    case DEM_STATE_ADJECTIVE: return !in_hyphens(w, f) && !part_of_another(w, f) && !w->inside[f->first];
    case DEM_STATE_SEAT: return f->acts;
    default: return !part_of_another(w, f) || w->doc->tokens.at[f->head].deprel == DEM_DEPREL_NMOD_POSS;
  }
}

/* Names, nouns and pronouns are three runs in text order each: merge them by token. */
static void sort_finds(dem_who *w) {
  dem_list(dem_find_one) sorted = {0};
  uint32_t n = w->finds.n;
  uint32_t *at = dem_array(&w->doc->arena, uint32_t, w->doc->tokens.n + 1);
  for (uint32_t i = 0; i < w->doc->tokens.n; i++) at[i] = DEM_NONE;
  for (uint32_t i = 0; i < n; i++) at[w->finds.at[i].first] = i; /* words of finds do not overlap */
  for (uint32_t t = 0; t < w->doc->tokens.n; t++)
    if (at[t] != DEM_NONE) *dem_push(&w->doc->arena, &sorted) = w->finds.at[at[t]];
  for (uint32_t i = 0; i < sorted.n; i++) w->finds.at[i] = sorted.at[i];
  w->finds.n = sorted.n;
  for (uint32_t t = 0; t < w->doc->tokens.n; t++) w->find_at[t] = w->head_at[t] = DEM_NONE;
  for (uint32_t i = 0; i < w->finds.n; i++) {
    for (uint32_t t = w->finds.at[i].first; t < w->finds.at[i].last; t++) w->find_at[t] = i;
    if (w->head_at[w->finds.at[i].head] == DEM_NONE || w->finds.at[i].form == DEM_FORM_NAME) w->head_at[w->finds.at[i].head] = i;
  }
}

static bool owns(const dem_who *w, const dem_find_one *f) {
  uint8_t rel = w->doc->tokens.at[f->head].deprel;
  return rel == DEM_DEPREL_NMOD_POSS || rel == DEM_DEPREL_COMPOUND || rel == DEM_DEPREL_AMOD || dem_who_genitive(w->doc, f->last);
}

/* "the country", "six municipalities": where something is, or who acts. */
static dem_use use_of_region(const dem_who *w, const dem_find_one *f) {
  if (owns(w, f)) return DEM_USE_MODIFIER;
  uint32_t marker = dem_case_of(w->doc, f->head);
  if (marker == DEM_NONE) return DEM_USE_ACTOR;
  dem_str how = w->doc->tokens.at[marker].norm;
  if (dem_str_is(how, "of")) return DEM_USE_MODIFIER;
  return dem_who_word(w->words, how, "who-locative", NULL) ? DEM_USE_PLACE : DEM_USE_ACTOR;
}

/* "the president of Kenya", "the ambassador to Iran": part of whom a noun describes. */
static bool of_somebody(const dem_who *w, const dem_find_one *f) {
  const dem_token *t = &w->doc->tokens.at[f->head];
  if (t->deprel != DEM_DEPREL_NMOD || t->head == DEM_NONE || w->head_at[t->head] == DEM_NONE) return false;
  uint32_t marker = dem_case_of(w->doc, f->head);
  return w->finds.at[w->head_at[t->head]].role != DEM_NONE && marker != DEM_NONE &&
         dem_str_in_list(DEM_S("of|to|for"), w->doc->tokens.at[marker].norm);
}

static bool noun_behind(const dem_who *w, const dem_find_one *f) {
  if (f->last >= w->doc->tokens.n || w->doc->tokens.at[f->last].sentence != w->doc->tokens.at[f->head].sentence) return false;
  uint8_t upos = w->doc->tokens.at[f->last].upos;
  return upos == DEM_UPOS_NOUN || upos == DEM_UPOS_PROPN || upos == DEM_UPOS_ADJ;
}

/* What a name or a region does here: adjectives and possessors belong to a noun, locations are where, the rest acts or is
 * acted on. */
static dem_use use_of(const dem_who *w, const dem_find_one *f) {
  if (f->form == DEM_FORM_NOMINAL) {
    bool region = dem_who_word(w->words, w->doc->tokens.at[f->head].norm, "who-region", NULL);
    return region ? use_of_region(w, f) : DEM_USE_ACTOR;
  }
  if (f->form != DEM_FORM_NAME || f->state == DEM_STATE_PEOPLE || f->kind == DEM_KIND_PERSON) return DEM_USE_ACTOR;
  if (f->row == DEM_NONE || f->table != DEM_TABLE_STATES) return part_of_another(w, f) && noun_behind(w, f) ? DEM_USE_MODIFIER : DEM_USE_ACTOR;
  if (f->state == DEM_STATE_ADJECTIVE || owns(w, f) || of_somebody(w, f)) return DEM_USE_MODIFIER;
  return f->acts ? DEM_USE_ACTOR : DEM_USE_PLACE;
}

static void push_mention(dem_who *w, uint32_t i) {
  dem_find_one *f = &w->finds.at[i];
  const dem_token *t = w->doc->tokens.at;
  f->mention = w->doc->mentions.n;
  dem_mention *m = dem_push(&w->doc->arena, &w->doc->mentions);
  *m = (dem_mention){
      {t[f->np_first].span.begin, t[f->np_last - 1].span.end}, f->np_first, f->np_last, f->head, f->entity, f->form, use_of(w, f)};
  if (f->bytes) m->span.end = m->span.begin + f->bytes;
}

static int before(const dem_mention *a, const dem_mention *b) {
  if (a->first != b->first) return a->first < b->first ? -1 : 1;
  return a->last > b->last ? -1 : a->last < b->last;
}

/* Phrases reach left by a few tokens only, so insertion is linear in practice and bounded by the phrase limit. */
static void order_mentions(dem_doc *doc) {
  dem_mention *m = doc->mentions.at;
  for (uint32_t i = 1; i < doc->mentions.n; i++) {
    dem_mention one = m[i];
    uint32_t k = i;
    for (; k > 0 && before(&one, &m[k - 1]) < 0; k--) m[k] = m[k - 1];
    m[k] = one;
  }
}

/* Tokens before the noun of somebody's phrase: "Kyrgyz and Tajik" in "Kyrgyz and Tajik border guards", whatever the tree. */
static void mark_phrases(dem_who *w) {
  w->inside = dem_array(&w->doc->arena, bool, w->doc->tokens.n);
  for (uint32_t i = 0; i < w->finds.n; i++) {
    const dem_find_one *f = &w->finds.at[i];
    if (f->role == DEM_NONE || f->form == DEM_FORM_PRONOUN) continue;
    for (uint32_t t = f->np_first; t < f->first; t++) w->inside[t] = true;
  }
}

void dem_find_who(dem_doc *doc, const dem_model *model) {
  dem_who work = {0}, *w = &work;
  if (doc->tokens.n == 0) return;
  start(w, doc, model);
  dem_who_names(w);
  dem_who_roles(w);
  find_pronouns(w);
  sort_finds(w);
  for (uint32_t i = 0; i < w->finds.n; i++) {
    dem_find_one *f = &w->finds.at[i];
    dem_who_phrase(w, f);
    f->entity = f->form == DEM_FORM_NAME ? dem_who_entity(w, f) : own_entity(w, f);
    if (f->form == DEM_FORM_NOMINAL) dem_who_teach_acronym(w, f);
    if (f->row != DEM_NONE && f->table == DEM_TABLE_STATES) f->acts = dem_who_acts(w, f);
  }
  mark_phrases(w);
  for (uint32_t i = 0; i < w->finds.n; i++)
    if (is_mention(w, &w->finds.at[i])) push_mention(w, i);
  for (uint32_t i = 0; i < w->finds.n; i++) dem_who_compose(w, i, 0);
  order_mentions(doc);
  dem_doc_index_mentions(doc);
}
