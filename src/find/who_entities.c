/* Which entity a name belongs to. Every name teaches the shorter forms it may be called by later: the words it ends with,
 * its first word, the short form the lexicon gives, its initials, the acronym in brackets behind it. A later name that is
 * such a form joins, unless gender forbids it. One look-up a name. Refuses to join two full names that differ. */
#include "base/utf8.h"
#include "find/who_work.h"

enum { WORDS_MOST = 6 };

static char gender_of_title(const dem_who *w, const dem_find_one *f) {
  dem_str value;
  if (f->first == 0 || !dem_who_word(w->words, w->doc->tokens.at[f->first - 1].norm, "who-title", &value)) return 0;
  return value.len && (value.data[0] == 'm' || value.data[0] == 'f') ? value.data[0] : 0;
}

static char gender_of_given(const dem_who *w, const dem_find_one *f) {
  dem_str value;
  if (!dem_who_word(w->words, w->doc->tokens.at[f->first].norm, "who-given", &value) || value.len == 0) return 0;
  return value.data[0];
}

static dem_str norm_of(dem_who *w, uint32_t first, uint32_t last) {
  return dem_norm(&w->doc->arena, dem_doc_words(w->doc, first, last));
}

static void teach(dem_who *w, dem_str key, uint32_t entity, bool replace) {
  uint32_t had = dem_names_get(&w->known, key);
  if (had != DEM_NONE && had != entity && !replace) return;
  dem_names_set(&w->doc->arena, &w->known, key, entity);
}

static dem_str initials_of(dem_who *w, const dem_find_one *f) {
  char out[2 * WORDS_MOST];
  size_t n = 0;
  for (uint32_t i = f->first; i < f->last && n < sizeof out; i++) {
    dem_str norm = w->doc->tokens.at[i].norm;
    if (dem_capital(w->doc, i) && norm.len && dem_is_lower((unsigned char)norm.data[0])) out[n++] = norm.data[0];
  }
  return n >= 2 ? dem_str_copy(&w->doc->arena, (dem_str){out, n}) : (dem_str){NULL, 0};
}

static void teach_acronym_behind(dem_who *w, const dem_find_one *f, uint32_t entity) {
  if (f->np_last < f->last + 3) return;
  teach(w, w->doc->tokens.at[f->last + 1].norm, entity, true);
}

void dem_who_teach_acronym(dem_who *w, const dem_find_one *f) {
  if (dem_who_bracketed(w->doc, f->np_last)) teach(w, w->doc->tokens.at[f->np_last + 1].norm, f->entity, true);
}

static void teach_person(dem_who *w, const dem_find_one *f, uint32_t entity) {
  uint32_t n = f->last - f->first;
  for (uint32_t i = 1; i < n && n <= WORDS_MOST; i++)
    if (w->doc->tokens.at[f->first + i].upos != DEM_UPOS_PUNCT) teach(w, norm_of(w, f->first + i, f->last), entity, false);
  if (n > 1) teach(w, w->doc->tokens.at[f->first].norm, entity, false);
  if (f->row != DEM_NONE && f->table == DEM_TABLE_PEOPLE)
    teach(w, dem_norm(&w->doc->arena, dem_table_cell(w->people, f->row, PEOPLE_SHORT)), entity, true);
}

static void teach_body(dem_who *w, const dem_find_one *f, uint32_t entity) {
  uint32_t n = f->last - f->first;
  teach(w, initials_of(w, f), entity, false);
  const dem_token *t = &w->doc->tokens.at[f->first];
  bool plain = dem_table_find(w->states, t->norm) == DEM_NONE && dem_table_find(w->roles, t->norm) == DEM_NONE &&
               !dem_who_word(w->words, t->norm, "who-org", NULL);
  if (n > 1 && t->upos == DEM_UPOS_PROPN && plain) teach(w, t->norm, entity, false);
}

static uint32_t new_entity(dem_who *w, const dem_find_one *f) {
  uint32_t index = w->doc->entities.n;
  dem_entity *e = dem_push(&w->doc->arena, &w->doc->entities);
  e->office_from = e->office_to = DEM_NO_DAY;
  e->kind = f->kind;
  if (!dem_who_known(w, f, e)) {
    e->name = dem_doc_words(w->doc, f->first, f->last);
    if (f->kind == DEM_KIND_PERSON) e->gender = gender_of_given(w, f);
    else if (f->kind != DEM_KIND_PEOPLE) e->gender = 'n';
  }
  return index;
}

/* What one entity is called by in the map: the canonical name; a people apart from its state. */
static dem_str key_of(dem_who *w, const dem_find_one *f, const dem_entity *e) {
  if (f->row != DEM_NONE && f->state == DEM_STATE_PEOPLE)
    return dem_str_format(&w->doc->arena, "people of %.*s %d", DEM_FMT(e->code), (int)e->plural);
  return dem_norm(&w->doc->arena, e->name);
}

static bool joins(const dem_who *w, const dem_find_one *f, uint32_t entity) {
  const dem_entity *e = &w->doc->entities.at[entity];
  char gender = gender_of_title(w, f);
  if (gender && e->gender && e->gender != 'n' && gender != e->gender) return false;
  if (f->kind == DEM_KIND_PERSON && f->last - f->first > 1 && e->kind != DEM_KIND_PERSON) return false;
  return true;
}

/* A full name after its bare surname: the entity takes the full name. */
static uint32_t grown(dem_who *w, const dem_find_one *f) {
  if (f->kind != DEM_KIND_PERSON || f->last - f->first < 2) return DEM_NONE;
  dem_str surname = w->doc->tokens.at[f->last - 1].norm;
  uint32_t had = dem_names_get(&w->known, surname);
  if (had == DEM_NONE) return DEM_NONE;
  dem_entity *e = &w->doc->entities.at[had];
  if (!dem_str_eq(dem_norm(&w->doc->arena, e->name), surname) || e->kind == DEM_KIND_GOVERNMENT || e->row.len) return DEM_NONE;
  e->kind = DEM_KIND_PERSON;
  if (!dem_who_known(w, f, e)) e->name = dem_doc_words(w->doc, f->first, f->last);
  if (!e->gender || e->gender == 'n') e->gender = gender_of_given(w, f);
  return had;
}

uint32_t dem_who_entity(dem_who *w, const dem_find_one *f) {
  dem_str key = norm_of(w, f->first, f->last);
  uint32_t entity = f->row == DEM_NONE || f->table == DEM_TABLE_PEOPLE ? dem_names_get(&w->known, key) : DEM_NONE;
  if (entity != DEM_NONE && !joins(w, f, entity)) entity = DEM_NONE;
  if (entity == DEM_NONE && f->row != DEM_NONE) {
    dem_entity known = {.office_from = DEM_NO_DAY, .office_to = DEM_NO_DAY};
    if (dem_who_known(w, f, &known)) entity = dem_names_get(&w->known, key_of(w, f, &known));
    if (entity != DEM_NONE && w->doc->entities.at[entity].row.len == 0 && w->doc->entities.at[entity].kind != f->kind)
      entity = DEM_NONE;
  }
  if (entity == DEM_NONE && f->unsure) return DEM_NONE;
  if (entity == DEM_NONE) entity = grown(w, f);
  if (entity == DEM_NONE) entity = new_entity(w, f);
  dem_entity *e = &w->doc->entities.at[entity];
  if (f->kind == DEM_KIND_ORGANISATION && e->kind == DEM_KIND_PERSON && !e->row.len && !e->gender && !e->role.len)
    e->kind = DEM_KIND_ORGANISATION; /* taken for a person at first */
  if (f->row != DEM_NONE && f->state == DEM_STATE_PEOPLE) teach(w, key_of(w, f, e), entity, false);
  else teach(w, key, entity, true), teach(w, key_of(w, f, e), entity, false);
  teach_acronym_behind(w, f, entity);
  if (e->kind == DEM_KIND_PERSON) teach_person(w, f, entity);
  else if (f->table != DEM_TABLE_STATES || f->row == DEM_NONE) teach_body(w, f, entity);
  char gender = gender_of_title(w, f);
  if (gender && e->kind == DEM_KIND_PERSON && !e->gender) w->doc->entities.at[entity].gender = gender;
  return entity;
}
