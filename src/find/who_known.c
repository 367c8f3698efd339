/* Who a name was on the day of the dispatch, from the lexicon; which office that is, model/office.c decides. Between or after
 * offices a person is a former official (ELI); before the first one, and where the source is too old to know, only the country
 * is known. Without a date the last office on record is used. Refuses to guess for a name that stands for several people. */
#include "find/who_work.h"

static void add_sectors(dem_arena *arena, dem_str *list, dem_str more, dem_str but) {
  while (more.len) {
    dem_str one = dem_str_cut(&more, '|');
    if (one.len == 0 || dem_str_eq(one, but) || dem_str_in_list(*list, one)) continue;
    *list = list->len ? dem_str_format(arena, "%.*s|%.*s", DEM_FMT(*list), DEM_FMT(one)) : one;
  }
}

/* Other offices of the same person held on that day add their sectors. */
static void add_other_offices(const dem_who *w, uint32_t first, uint32_t row, dem_entity *e) {
  dem_str name = dem_table_cell(w->people, row, PEOPLE_NAME);
  for (uint32_t r = first, end = dem_table_end(w->people, first); r < end; r++) {
    if (r == row || !dem_str_eq(name, dem_table_cell(w->people, r, PEOPLE_NAME))) continue;
    if (!dem_office_holds(w->model, r, w->doc->published_day)) continue;
    add_sectors(&w->doc->arena, &e->sectors, dem_table_cell(w->people, r, PEOPLE_SECTOR), e->sector);
  }
}

static bool known_person(const dem_who *w, const dem_find_one *f, dem_entity *e) {
  const dem_table *t = w->people;
  dem_office c = dem_office_on(w->model, f->row, w->doc->published_day);
  uint32_t row = c.now != DEM_NONE ? c.now : c.last != DEM_NONE ? c.last : c.next;
  if (row == DEM_NONE) return false;
  e->kind = DEM_KIND_PERSON;
  e->name = dem_table_cell(t, row, PEOPLE_NAME);
  e->code = dem_table_cell(t, row, PEOPLE_COUNTRY);
  dem_str gender = dem_table_cell(t, row, PEOPLE_GENDER);
  if (gender.len) e->gender = gender.data[0];
  e->row = dem_str_format(&w->doc->arena, "offices/people: %.*s", DEM_FMT(dem_table_cell(t, row, PEOPLE_FORM)));
  dem_term i = dem_term_of(w->model, DEM_TABLE_PEOPLE, row, PEOPLE_FROM, PEOPLE_TO);
  if (row == c.now) {
    e->sector = dem_table_cell(t, row, PEOPLE_SECTOR);
    add_sectors(&w->doc->arena, &e->sectors, dem_table_cell(t, row, PEOPLE_SECTORS), e->sector);
    add_other_offices(w, f->row, row, e);
  } else if (row == c.last && !c.last_is_stale) {
    dem_str was = dem_table_cell(t, row, PEOPLE_SECTOR);
    e->sector = dem_office_was_official(w->model, row, w->doc->published_day) ? DEM_S("ELI") : was;
  }
  if (row == c.next || (row == c.last && c.last_is_stale)) return true;
  e->office = dem_table_cell(t, row, PEOPLE_OFFICE);
  e->office_from = i.from;
  e->office_to = i.to;
  return true;
}

bool dem_who_in_office(const dem_who *w, uint32_t people_row) {
  for (uint32_t r = people_row, end = dem_table_end(w->people, people_row); r < end; r++)
    if (dem_office_holds(w->model, r, w->doc->published_day)) return true;
  return false;
}

static bool known_body(const dem_who *w, const dem_find_one *f, dem_entity *e) {
  const dem_table *t = w->organisations;
  uint32_t row = DEM_NONE, end = dem_table_end(t, f->row);
  for (uint32_t r = f->row; r < end && row == DEM_NONE; r++)
    if (dem_term_holds(dem_term_of(w->model, DEM_TABLE_ORGANISATIONS, r, ORGANISATIONS_FROM, ORGANISATIONS_TO), w->doc->published_day))
      row = r;
  if (row == DEM_NONE) row = f->row; /* it existed at some time, and it is named */
  e->kind = f->kind;
  e->name = dem_table_cell(t, row, ORGANISATIONS_NAME);
  e->code = dem_table_cell(t, row, ORGANISATIONS_COUNTRY);
  e->sector = dem_table_cell(t, row, ORGANISATIONS_SECTOR);
  e->sectors = dem_table_cell(t, row, ORGANISATIONS_SECTORS);
  e->gender = 'n';
  e->row = dem_str_format(&w->doc->arena, "actors/organisations: %.*s", DEM_FMT(dem_table_cell(t, row, ORGANISATIONS_FORM)));
  return true;
}

static bool known_state(const dem_who *w, const dem_find_one *f, dem_entity *e) {
  const dem_table *t = w->states;
  bool people = f->state == DEM_STATE_PEOPLE;
  e->kind = f->kind;
  e->name = people ? dem_doc_words(w->doc, f->first, f->last) : dem_table_cell(t, f->row, STATES_NAME);
  e->code = dem_table_cell(t, f->row, STATES_COUNTRY);
  bool town = f->state == DEM_STATE_CAPITAL; /* a government only where it acts */
  e->sector = people ? DEM_S("CVL") : town ? (dem_str){NULL, 0} : dem_table_cell(t, f->row, STATES_SECTOR);
  e->plural = people && !dem_str_ends(w->doc->tokens.at[f->head].norm, "man") && w->doc->tokens.at[f->head].tag.len == 4;
  e->gender = people ? 0 : 'n';
  e->vague = f->state == DEM_STATE_REGION || e->code.len == 0;
  e->row = dem_str_format(&w->doc->arena, "actors/states: %.*s", DEM_FMT(dem_table_cell(t, f->row, STATES_FORM)));
  return true;
}

bool dem_who_known(const dem_who *w, const dem_find_one *f, dem_entity *e) {
  if (f->row == DEM_NONE) return false;
  if (f->table == DEM_TABLE_PEOPLE) return known_person(w, f, e);
  if (f->table == DEM_TABLE_ORGANISATIONS) return known_body(w, f, e);
  return f->table == DEM_TABLE_STATES && known_state(w, f, e);
}
