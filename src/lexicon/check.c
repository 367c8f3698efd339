/* `demarche lexicon check`: what the packer would refuse, and what only a person would notice: unknown codes and sectors, dates that
 * are none or end before they begin, unsorted or double lines, sources nobody listed, and two holders of one office on the same
 * days. Refuses to judge facts. */
#include <stdio.h>
#include <stdlib.h>

#include "base/utf8.h"
#include "lexicon/lexicon.h"
#include "lexicon/tables.h"

enum { OVERLAP_DAYS = 45 }; /* handing over takes some days, and sources count differently */

typedef struct checker {
  dem_arena arena;
  const dem_model *model;
  const char *folder;
  uint32_t problems, rows;
  dem_lexicon_rows sources;
} checker;

static void problem(checker *c, dem_str file, uint32_t line, const char *what, dem_str detail) {
  printf("%.*s:%u: %s%s%.*s\n", DEM_FMT(file), line, what, detail.len ? " " : "", DEM_FMT(detail));
  c->problems++;
}

static const dem_str nothing = {NULL, 0};

static bool known(checker *c, dem_table_id id, dem_str key) {
  return dem_table_find(dem_model_table(c->model, id), dem_norm(&c->arena, key)) != DEM_NONE;
}

static bool known_source(checker *c, dem_str key) {
  for (uint32_t i = 0; i < c->sources.n; i++)
    if (dem_str_eq(c->sources.at[i].cell[0], key)) return true;
  return known(c, DEM_TABLE_SOURCES, key);
}

/* Where a column of that name stands; DEM_NONE when the table has none. */
static uint32_t column(const char *columns, const char *name) {
  dem_str rest = dem_str_of(columns);
  for (uint32_t i = 0; rest.len; i++)
    if (dem_str_is(dem_str_cut(&rest, ' '), name)) return i;
  return DEM_NONE;
}

static uint32_t count(const char *columns) {
  uint32_t n = 1;
  for (; *columns; columns++) n += *columns == ' ';
  return n;
}

static bool takes_away(const dem_lexicon_row *r) {
  for (uint32_t i = 1; i + 1 < r->columns && i < DEM_CELLS_MOST; i++)
    if (r->cell[i].len) return false;
  return true;
}

static void check_sectors(checker *c, const dem_lexicon_row *r, dem_str list) {
  while (list.len) {
    dem_str one = dem_str_cut(&list, '|');
    if (one.len && !known(c, DEM_TABLE_SECTORS, one)) problem(c, r->file, r->number, "unknown sector", one);
  }
}

static void check_dates(checker *c, const dem_lexicon_row *r, uint32_t from, uint32_t to) {
  dem_day a = DEM_NO_DAY, b = DEM_NO_DAY;
  if (from == DEM_NONE || to == DEM_NONE) return;
  if (r->cell[from].len && !dem_day_parse(r->cell[from], &a)) problem(c, r->file, r->number, "not a date:", r->cell[from]);
  if (r->cell[to].len && !dem_day_parse(r->cell[to], &b)) problem(c, r->file, r->number, "not a date:", r->cell[to]);
  if (a != DEM_NO_DAY && b != DEM_NO_DAY && a > b) problem(c, r->file, r->number, "ends before it begins", nothing);
}

static void check_codes(checker *c, const dem_lexicon_row *r, const char *columns) {
  uint32_t country = column(columns, "country"), sector = column(columns, "sector"), sectors = column(columns, "sectors");
  if (country != DEM_NONE && r->cell[country].len && !known(c, DEM_TABLE_COUNTRIES, r->cell[country]))
    problem(c, r->file, r->number, "unknown country", r->cell[country]);
  if (sector != DEM_NONE && sector != 0) check_sectors(c, r, r->cell[sector]);
  if (sectors != DEM_NONE) check_sectors(c, r, r->cell[sectors]);
  check_dates(c, r, column(columns, "from"), column(columns, "to"));
  uint32_t source = column(columns, "source");
  if (source != DEM_NONE && !known_source(c, r->cell[source])) problem(c, r->file, r->number, "no such source:", r->cell[source]);
}

static void check_row(checker *c, const dem_lexicon_row *r, const dem_lexicon_row *before, const char *columns, bool actors) {
  c->rows++;
  if (!dem_utf8_valid(r->line)) problem(c, r->file, r->number, "not UTF-8", nothing);
  else if (r->columns != count(columns)) problem(c, r->file, r->number, "wrong number of columns", nothing);
  else if (!dem_str_trim(r->cell[0]).len) problem(c, r->file, r->number, "the first column is empty", nothing);
  else if (dem_str_trim(r->cell[0]).len != r->cell[0].len) problem(c, r->file, r->number, "blanks around the first column", nothing);
  else if (actors && !takes_away(r)) check_codes(c, r, columns);
  if (before && dem_str_cmp(before->line, r->line) >= 0) problem(c, r->file, r->number, "not in byte order, or the same line twice", nothing);
}

static bool header_is(dem_str line, const char *columns) {
  dem_str want = dem_str_of(columns);
  while (line.len && want.len)
    if (!dem_str_eq(dem_str_cut(&line, '\t'), dem_str_cut(&want, ' '))) return false;
  return line.len == want.len;
}

/* ---- one office, two people ---- */

/* Offices that one person holds at a time, by the words they begin with. */
static bool single_holder(dem_str office) {
  static const char *const heads[] = {"President of", "Prime Minister of", "Foreign Minister of", "Defence Minister of", "Interior Minister of",
                                      "Finance Minister of", "King of", "Chancellor of", "Secretary General of", "Vice President of the United"};
  for (size_t i = 0; i < sizeof heads / sizeof *heads; i++)
    if (dem_str_starts(office, heads[i])) return true;
  return false;
}

static int by_office(const void *a, const void *b) {
  const dem_lexicon_row *x = *(const dem_lexicon_row *const *)a, *y = *(const dem_lexicon_row *const *)b;
  int c = dem_str_cmp(x->cell[PEOPLE_COUNTRY], y->cell[PEOPLE_COUNTRY]);
  if (!c) c = dem_str_cmp(x->cell[PEOPLE_OFFICE], y->cell[PEOPLE_OFFICE]);
  if (!c) c = dem_str_cmp(x->cell[PEOPLE_FROM], y->cell[PEOPLE_FROM]);
  return c ? c : dem_str_cmp(x->line, y->line);
}

static bool same_office(const dem_lexicon_row *x, const dem_lexicon_row *y) {
  return dem_str_eq(x->cell[PEOPLE_COUNTRY], y->cell[PEOPLE_COUNTRY]) && dem_str_eq(x->cell[PEOPLE_OFFICE], y->cell[PEOPLE_OFFICE]);
}

static void check_offices(checker *c, const dem_lexicon_rows *rows) {
  dem_list(const dem_lexicon_row *) held = {0};
  for (uint32_t i = 0; i < rows->n; i++)
    if (rows->at[i].columns > PEOPLE_SOURCE && single_holder(rows->at[i].cell[PEOPLE_OFFICE]) && rows->at[i].cell[PEOPLE_FROM].len)
      *dem_push(&c->arena, &held) = &rows->at[i];
  if (held.n) qsort(held.at, held.n, sizeof *held.at, by_office);
  for (uint32_t i = 1; i < held.n; i++) {
    const dem_lexicon_row *x = held.at[i - 1], *y = held.at[i];
    dem_day end, start;
    if (!same_office(x, y) || dem_str_eq(x->cell[PEOPLE_NAME], y->cell[PEOPLE_NAME])) continue;
    if (!dem_day_parse(y->cell[PEOPLE_FROM], &start)) continue;
    if (dem_day_parse(x->cell[PEOPLE_TO], &end) && end <= start + OVERLAP_DAYS) continue;
    problem(c, y->file, y->number, "two holders of one office:",
            dem_str_format(&c->arena, "%.*s: %.*s (%.*s..%.*s) and %.*s (%.*s..)", DEM_FMT(y->cell[PEOPLE_OFFICE]), DEM_FMT(x->cell[PEOPLE_NAME]),
                           DEM_FMT(x->cell[PEOPLE_FROM]), DEM_FMT(x->cell[PEOPLE_TO]), DEM_FMT(y->cell[PEOPLE_NAME]),
                           DEM_FMT(y->cell[PEOPLE_FROM])));
  }
}

/* ---- folders ---- */

static void check_table(checker *c, uint32_t table, uint32_t *found) {
  const char *path = dem_lexicon_path(table), *columns = dem_lexicon_columns(table);
  bool actors = dem_str_starts(dem_str_of(path), "actors/") || dem_str_starts(dem_str_of(path), "offices/");
  dem_lexicon_files files = {0};
  dem_lexicon_rows rows = {0};
  demarche_error err = {0};
  if (!dem_lexicon_read(&c->arena, c->folder, path, &files, &rows, &err)) problem(c, dem_str_of(err.text), 0, "cannot be read", nothing);
  *found += files.n;
  for (uint32_t i = 0; i < files.n; i++) {
    const dem_lexicon_file *f = &files.at[i];
    if (!header_is(f->header, columns)) {
      problem(c, f->path, f->header_line, "the header must be:", dem_str_of(columns));
      continue;
    }
    for (uint32_t r = f->first; r < f->last; r++)
      check_row(c, &rows.at[r], actors && r > f->first ? &rows.at[r - 1] : NULL, columns, actors);
  }
  if (dem_str_is(dem_str_of(path), "offices/people")) check_offices(c, &rows);
}

int dem_lexicon_check(const demarche_model *model, const char *folder) {
  checker *c = calloc(1, sizeof *c);
  uint32_t found = 0;
  if (!c) return fprintf(stderr, "demarche: out of memory\n"), 1;
  c->model = model;
  c->folder = folder;
  dem_arena_init(&c->arena, (size_t)2 << 30);
  if (dem_arena_catch(&c->arena)) {
    fprintf(stderr, "demarche: %s: %s\n", folder, c->arena.error.text);
    c->problems++;
  } else {
    dem_lexicon_files files = {0};
    demarche_error err;
    if (!dem_lexicon_read(&c->arena, folder, "./SOURCES", &files, &c->sources, &err)) c->sources.n = 0;
    for (uint32_t i = 0; dem_lexicon_path(i); i++) check_table(c, i, &found);
    if (found == 0) problem(c, dem_str_of(folder), 0, "no lexicon table in this folder", nothing);
    fprintf(stderr, "demarche: %s: %u files, %u rows, %u problems\n", folder, found, c->rows, c->problems);
  }
  int status = c->problems ? 1 : 0;
  dem_arena_free(&c->arena);
  free(c);
  return status;
}
