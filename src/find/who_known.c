/* Who a name was on the day of the dispatch, from the lexicon. An office counts inside its interval only; a list that knows
 * just one month is trusted a year to both sides. Between or after offices a person is a former official (ELI); before the
 * first one, only the country is known. Without a date the last office on record is used. Refuses to guess for a name that
 * stands for several people: the row whose office holds on the day wins, then the one that ended last. */
#include "find/who_work.h"

enum { SNAPSHOT_DAYS = 31, SNAPSHOT_TRUST = 366 };

typedef struct interval {
  dem_day from, to; /* DEM_NO_DAY open */
} interval;

static interval interval_of(const dem_table *table, uint32_t row, uint32_t from, uint32_t to) {
  interval i = {DEM_NO_DAY, DEM_NO_DAY};
  dem_day day;
  if (dem_day_parse(dem_table_cell(table, row, from), &day)) i.from = day;
  if (dem_day_parse(dem_table_cell(table, row, to), &day)) i.to = day;
  return i;
}

static bool is_snapshot(interval i) { return i.from != DEM_NO_DAY && i.to != DEM_NO_DAY && i.to - i.from <= SNAPSHOT_DAYS; }

static bool holds(interval i, dem_day day) {
  dem_day slack = 0;
  if (day == DEM_NO_DAY) return i.to == DEM_NO_DAY;
  if (is_snapshot(i)) slack = SNAPSHOT_TRUST;
  return (i.from == DEM_NO_DAY || i.from - slack <= day) && (i.to == DEM_NO_DAY || day <= i.to + slack);
}

/* How much an office says when several are held: heads before ministers is left to the order of sectors. */
static unsigned rank_of_sector(dem_str sector) {
  static const char *const order[] = {"GOV", "REB", "JUD", "LEG", "MIL", "COP", "SPY", "PRM", "OPP", "PTY", "BUS", "REL"};
  for (unsigned i = 0; i < sizeof order / sizeof *order; i++)
    if (dem_str_is(sector, order[i])) return i;
  return 50;
}

typedef struct choice {
  uint32_t now, last, next; /* the office held; the one that ended last; one that begins later */
  interval now_in, last_in;
} choice;

/* Of two offices held on the day: dates that are known before a snapshot, then the order of sectors, then the later start. */
static bool better(const dem_who *w, uint32_t row, interval i, const choice *c) {
  if (c->now == DEM_NONE) return true;
  if (is_snapshot(i) != is_snapshot(c->now_in)) return !is_snapshot(i);
  unsigned rank = rank_of_sector(dem_table_cell(w->people, row, PEOPLE_SECTOR));
  unsigned had = rank_of_sector(dem_table_cell(w->people, c->now, PEOPLE_SECTOR));
  return rank != had ? rank < had : i.from > c->now_in.from;
}

static void consider(const dem_who *w, uint32_t row, choice *c) {
  interval i = interval_of(w->people, row, PEOPLE_FROM, PEOPLE_TO);
  dem_day day = w->doc->published_day;
  if (holds(i, day)) {
    if (better(w, row, i, c)) c->now = row, c->now_in = i;
  } else if (i.to != DEM_NO_DAY && (day == DEM_NO_DAY || i.to < day)) {
    if (c->last == DEM_NONE || i.to > c->last_in.to) c->last = row, c->last_in = i;
  } else if (c->next == DEM_NONE) {
    c->next = row;
  }
}

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
    if (!holds(interval_of(w->people, r, PEOPLE_FROM, PEOPLE_TO), w->doc->published_day)) continue;
    add_sectors(&w->doc->arena, &e->sectors, dem_table_cell(w->people, r, PEOPLE_SECTOR), e->sector);
  }
}

static bool known_person(const dem_who *w, const dem_find_one *f, dem_entity *e) {
  const dem_table *t = w->people;
  choice c = {DEM_NONE, DEM_NONE, DEM_NONE, {0, 0}, {0, 0}};
  for (uint32_t r = f->row, end = dem_table_end(t, f->row); r < end; r++) consider(w, r, &c);
  uint32_t row = c.now != DEM_NONE ? c.now : c.last != DEM_NONE ? c.last : c.next;
  if (row == DEM_NONE) return false;
  e->kind = DEM_KIND_PERSON;
  e->name = dem_table_cell(t, row, PEOPLE_NAME);
  e->code = dem_table_cell(t, row, PEOPLE_COUNTRY);
  dem_str gender = dem_table_cell(t, row, PEOPLE_GENDER);
  if (gender.len) e->gender = gender.data[0];
  e->row = dem_str_format(&w->doc->arena, "offices/people: %.*s", DEM_FMT(dem_table_cell(t, row, PEOPLE_FORM)));
  interval i = interval_of(t, row, PEOPLE_FROM, PEOPLE_TO);
  if (row == c.now) {
    e->sector = dem_table_cell(t, row, PEOPLE_SECTOR);
    add_sectors(&w->doc->arena, &e->sectors, dem_table_cell(t, row, PEOPLE_SECTORS), e->sector);
    add_other_offices(w, f->row, row, e);
  } else if (row == c.last) {
    dem_str was = dem_table_cell(t, row, PEOPLE_SECTOR);
    bool official = dem_str_in_list(DEM_S("GOV|LEG|JUD|MIL|COP|SPY|ELI"), was);
    e->sector = official ? DEM_S("ELI") : was;
  }
  if (row == c.next) return true;
  e->office = dem_table_cell(t, row, PEOPLE_OFFICE);
  e->office_from = i.from;
  e->office_to = i.to;
  return true;
}

bool dem_who_in_office(const dem_who *w, uint32_t people_row) {
  for (uint32_t r = people_row, end = dem_table_end(w->people, people_row); r < end; r++)
    if (holds(interval_of(w->people, r, PEOPLE_FROM, PEOPLE_TO), w->doc->published_day)) return true;
  return false;
}

static bool known_body(const dem_who *w, const dem_find_one *f, dem_entity *e) {
  const dem_table *t = w->organisations;
  uint32_t row = DEM_NONE, end = dem_table_end(t, f->row);
  for (uint32_t r = f->row; r < end && row == DEM_NONE; r++)
    if (holds(interval_of(t, r, ORGANISATIONS_FROM, ORGANISATIONS_TO), w->doc->published_day)) row = r;
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
  e->sector = people ? DEM_S("CVL") : dem_table_cell(t, f->row, STATES_SECTOR);
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
