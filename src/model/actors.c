/* `demarche actors`: the lexicon asked by name. Decides nothing of its own: offices by model/office.c, codes by model/codes.c.
 * Rows come in the order people, organisations, states; the office of the day first. Refuses to answer for a name that no
 * form of the lexicon spells; `find` then offers parts of names. */
#include <stdio.h>

#include "base/json.h"
#include "base/utf8.h"
#include "model/model.h"

enum { FOUND_MOST = 500 };

typedef enum held { HELD_UNASKED, HELD_NOW, HELD_BEFORE, HELD_LATER, HELD_UNKNOWN } held; /* unknown: the source is too old */

typedef struct card { /* one row of one of the three tables, under common names */
  dem_str form, name, kind, country, sector, sectors, office, from, to, source;
  bool body;
  held when;
} card;

typedef struct asked {
  const dem_model *model;
  dem_arena arena;
  dem_json out;
  dem_day day;
  bool json;
  dem_list(card) written;
} asked;

static card card_of(const dem_model *m, dem_table_id id, uint32_t row) {
  const dem_table *t = dem_model_table(m, id);
  card c = {.source = dem_table_cell(t, row, t->columns - 1), .form = dem_table_cell(t, row, 0)};
  if (id == DEM_TABLE_PEOPLE) {
    c.name = dem_table_cell(t, row, PEOPLE_NAME), c.kind = DEM_S("person"), c.country = dem_table_cell(t, row, PEOPLE_COUNTRY);
    c.sector = dem_table_cell(t, row, PEOPLE_SECTOR), c.sectors = dem_table_cell(t, row, PEOPLE_SECTORS);
    c.office = dem_table_cell(t, row, PEOPLE_OFFICE);
    c.from = dem_table_cell(t, row, PEOPLE_FROM), c.to = dem_table_cell(t, row, PEOPLE_TO);
  } else if (id == DEM_TABLE_ORGANISATIONS) {
    c.body = true;
    c.name = dem_table_cell(t, row, ORGANISATIONS_NAME), c.kind = dem_table_cell(t, row, ORGANISATIONS_KIND);
    c.country = dem_table_cell(t, row, ORGANISATIONS_COUNTRY), c.sector = dem_table_cell(t, row, ORGANISATIONS_SECTOR);
    c.sectors = dem_table_cell(t, row, ORGANISATIONS_SECTORS);
    c.from = dem_table_cell(t, row, ORGANISATIONS_FROM), c.to = dem_table_cell(t, row, ORGANISATIONS_TO);
  } else {
    c.name = dem_table_cell(t, row, STATES_NAME), c.kind = dem_table_cell(t, row, STATES_KIND);
    c.country = dem_table_cell(t, row, STATES_COUNTRY), c.sector = dem_table_cell(t, row, STATES_SECTOR);
    c.from = dem_table_cell(t, row, STATES_FROM), c.to = dem_table_cell(t, row, STATES_TO);
  }
  return c;
}

static const char *const when_words[] = {NULL, "now", "before", "later", "unknown"};

static void write_list(dem_json *j, const char *key, dem_str list) {
  dem_json_open(j, key, '[');
  while (list.len) dem_json_str(j, NULL, dem_str_cut(&list, '|'));
  dem_json_close(j, ']');
}

static void write_json(asked *a, const card *c, dem_str cameo, dem_str cow) {
  dem_json *j = &a->out;
  dem_json_open(j, NULL, '{');
  dem_json_str(j, "name", c->name);
  dem_json_str(j, "kind", c->kind);
  dem_json_maybe(j, "code", c->country);
  dem_json_maybe(j, "sector", c->sector);
  write_list(j, "sectors", c->sectors);
  dem_json_maybe(j, "office", c->office);
  dem_json_maybe(j, "from", c->from);
  dem_json_maybe(j, "to", c->to);
  if (c->when) dem_json_str(j, "held", dem_str_of(when_words[c->when]));
  dem_json_maybe(j, "cameo", cameo);
  dem_json_maybe(j, "cow", cow);
  dem_json_str(j, "form", c->form);
  dem_json_str(j, "source", c->source);
  dem_json_close(j, '}');
  dem_json_raw(j, DEM_S("\n"));
  j->comma = false;
}

static void write_text(asked *a, const card *c, dem_str cameo, dem_str cow) {
  dem_str years = c->from.len || c->to.len ? dem_str_format(&a->arena, "%.*s..%.*s", DEM_FMT(c->from), DEM_FMT(c->to)) : c->from;
  dem_str line = dem_str_format(&a->arena, "%.*s\t%.*s\t%.*s %.*s%s%.*s\t%.*s\t%.*s\t%s\t%.*s\t%.*s\t%.*s\n", DEM_FMT(c->name),
                                DEM_FMT(c->kind), DEM_FMT(c->country), DEM_FMT(c->sector), c->sectors.len ? "+" : "",
                                DEM_FMT(c->sectors), DEM_FMT(c->office), DEM_FMT(years), c->when ? when_words[c->when] : "",
                                DEM_FMT(cameo), DEM_FMT(cow), DEM_FMT(c->source));
  dem_json_raw(&a->out, line);
}

static bool same(const card *x, const card *y) {
  return dem_str_eq(x->name, y->name) && dem_str_eq(x->kind, y->kind) && dem_str_eq(x->country, y->country) &&
         dem_str_eq(x->sector, y->sector) && dem_str_eq(x->office, y->office) && dem_str_eq(x->from, y->from) &&
         dem_str_eq(x->to, y->to);
}

/* Spellings of a row that was written already say nothing new. */
static void write_card(asked *a, dem_table_id id, uint32_t row, held when) {
  card c = card_of(a->model, id, row);
  for (uint32_t i = 0; i < a->written.n; i++)
    if (same(&a->written.at[i], &c)) return;
  *dem_push(&a->arena, &a->written) = c;
  c.when = when;
  bool official = when == HELD_BEFORE && dem_office_was_official(a->model, row, a->day);
  dem_str sector = official ? DEM_S("ELI") : c.sector; /* as the coder does, see find/who_known.c */
  dem_str cameo = dem_cameo_actor(&a->arena, a->model, c.body ? c.name : (dem_str){NULL, 0}, c.country, sector, c.sectors);
  dem_str cow = dem_cow_number(&a->arena, a->model, c.country);
  a->json ? write_json(a, &c, cameo, cow) : write_text(a, &c, cameo, cow);
}

static void show_person(asked *a, uint32_t first) {
  const dem_table *t = dem_model_table(a->model, DEM_TABLE_PEOPLE);
  uint32_t end = dem_table_end(t, first);
  if (a->day == DEM_NO_DAY) {
    for (uint32_t row = first; row < end; row++) write_card(a, DEM_TABLE_PEOPLE, row, HELD_UNASKED);
    return;
  }
  dem_office o = dem_office_on(a->model, first, a->day);
  if (o.now == DEM_NONE) {
    if (o.last != DEM_NONE) write_card(a, DEM_TABLE_PEOPLE, o.last, o.last_is_stale ? HELD_UNKNOWN : HELD_BEFORE);
    else if (o.next != DEM_NONE) write_card(a, DEM_TABLE_PEOPLE, o.next, HELD_LATER);
    return;
  }
  write_card(a, DEM_TABLE_PEOPLE, o.now, HELD_NOW);
  for (uint32_t row = first; row < end; row++)
    if (row != o.now && dem_office_holds(a->model, row, a->day)) write_card(a, DEM_TABLE_PEOPLE, row, HELD_NOW);
}

static void show_dated(asked *a, dem_table_id id, uint32_t first, uint32_t from, uint32_t to) {
  for (uint32_t row = first, end = dem_table_end(dem_model_table(a->model, id), first); row < end; row++) {
    bool now = a->day == DEM_NO_DAY || dem_term_holds(dem_term_of(a->model, id, row, from, to), a->day);
    if (now) write_card(a, id, row, a->day == DEM_NO_DAY ? HELD_UNASKED : HELD_NOW);
  }
}

/* People whom later mentions call so ("Macron"), where no form is that word alone. */
static void show_short(asked *a, dem_str key) {
  const dem_table *t = dem_model_table(a->model, DEM_TABLE_PEOPLE);
  for (uint32_t row = 0; row < t->rows && a->written.n < FOUND_MOST; row = dem_table_end(t, row))
    if (dem_str_eq(dem_norm(&a->arena, dem_table_cell(t, row, PEOPLE_SHORT)), key)) show_person(a, row);
}

static void show(asked *a, dem_str query) {
  dem_str key = dem_norm(&a->arena, query);
  uint32_t row = dem_table_find(dem_model_table(a->model, DEM_TABLE_PEOPLE), key);
  if (row != DEM_NONE) show_person(a, row);
  row = dem_table_find(dem_model_table(a->model, DEM_TABLE_ORGANISATIONS), key);
  if (row != DEM_NONE) show_dated(a, DEM_TABLE_ORGANISATIONS, row, ORGANISATIONS_FROM, ORGANISATIONS_TO);
  row = dem_table_find(dem_model_table(a->model, DEM_TABLE_STATES), key);
  if (row != DEM_NONE) show_dated(a, DEM_TABLE_STATES, row, STATES_FROM, STATES_TO);
  if (a->written.n == 0) show_short(a, key);
}

/* Rows whose form contains the words; on a day those that do not hold are left out. */
static void find(asked *a, dem_table_id id, dem_str key) {
  const dem_table *t = dem_model_table(a->model, id);
  for (uint32_t row = 0; row < t->rows && a->written.n < FOUND_MOST; row++) {
    if (dem_str_find(dem_table_key(t, row), key, 0) == SIZE_MAX) continue;
    card c = card_of(a->model, id, row);
    dem_day from, to;
    dem_term term = {dem_day_parse(c.from, &from) ? from : DEM_NO_DAY, dem_day_parse(c.to, &to) ? to : DEM_NO_DAY};
    bool holds = id == DEM_TABLE_PEOPLE ? dem_office_holds(a->model, row, a->day) : dem_term_holds(term, a->day);
    if (a->day == DEM_NO_DAY || holds) write_card(a, id, row, a->day == DEM_NO_DAY ? HELD_UNASKED : HELD_NOW);
  }
}

static demarche_status give(demarche_error *err, demarche_status status, const char *what) {
  if (!err) return status;
  err->status = status;
  snprintf(err->text, sizeof err->text, "%s", what);
  return status;
}

demarche_status demarche_actors(const demarche_model *model, demarche_str query, demarche_str on, unsigned flags, demarche_write write,
                                void *to, demarche_error *err) {
  asked a = {.model = model, .day = DEM_NO_DAY, .json = (flags & DEMARCHE_ACTORS_JSON) != 0};
  if (on.len && !dem_day_parse(on, &a.day)) return give(err, DEMARCHE_USAGE, "the day must look like 2020-06-26");
  demarche_status status = DEMARCHE_OK;
  dem_arena_init(&a.arena, (size_t)64 << 20);
  dem_json_init(&a.out, write, to);
  if (dem_arena_catch(&a.arena)) {
    status = give(err, a.arena.error.status, a.arena.error.text);
  } else if (flags & DEMARCHE_ACTORS_FIND) {
    dem_str key = dem_norm(&a.arena, query);
    find(&a, DEM_TABLE_PEOPLE, key);
    find(&a, DEM_TABLE_ORGANISATIONS, key);
    find(&a, DEM_TABLE_STATES, key);
  } else {
    show(&a, query);
  }
  if (status == DEMARCHE_OK && !dem_json_flush(&a.out)) status = give(err, DEMARCHE_IO, "the output refused");
  if (status == DEMARCHE_OK && a.written.n == 0) status = give(err, DEMARCHE_USAGE, "nobody of that name is known");
  dem_arena_free(&a.arena);
  return status;
}
