/* Reading folders of tables for people who edit them: every line is kept with its file and number, however wrong it is. Refuses only
 * what cannot be read at all. */
#include "lexicon/tables.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/file.h"

#define FILE_LIMIT ((size_t)256 << 20)

#define T_PATH(NAME, path, columns) {path, columns},
static const struct {
  const char *path, *columns;
} tables[] = {DEM_TABLES(T_PATH){DEM_GAZETTEER_PATH, DEM_GAZETTEER_COLUMNS}, {NULL, NULL}};

const char *dem_lexicon_path(uint32_t table) { return tables[table].path; }
const char *dem_lexicon_columns(uint32_t table) { return tables[table].columns; }

static int by_name(const void *a, const void *b) { return dem_str_cmp(*(const dem_str *)a, *(const dem_str *)b); }

static void split(dem_lexicon_row *row) {
  dem_str rest = row->line;
  for (;;) {
    bool more = rest.len && memchr(rest.data, '\t', rest.len);
    dem_str cell = dem_str_cut(&rest, '\t');
    if (row->columns < DEM_CELLS_MOST) row->cell[row->columns] = cell;
    row->columns++;
    if (!more) break;
  }
}

static bool read_file(dem_arena *arena, dem_str path, dem_lexicon_files *files, dem_lexicon_rows *rows, demarche_error *err) {
  dem_file file;
  demarche_error why = {0};
  if (!dem_file_open(path.data, FILE_LIMIT, &file, &why)) {
    snprintf(err->text, sizeof err->text, "%.100s: %.100s", path.data, why.text);
    return false;
  }
  dem_str rest = dem_str_copy(arena, file.bytes);
  dem_file_close(&file);
  dem_lexicon_file *f = dem_push(arena, files);
  f->path = path;
  f->first = rows->n;
  for (uint32_t n = 1; rest.len; n++) {
    dem_str line = dem_str_cut(&rest, '\n');
    if (line.len == 0 || line.data[0] == '#') continue;
    if (!f->header_line) {
      f->header = line;
      f->header_line = n;
      continue;
    }
    dem_lexicon_row *row = dem_push(arena, rows);
    row->line = line;
    row->file = path;
    row->number = n;
    split(row);
  }
  f->last = rows->n;
  return true;
}

bool dem_lexicon_read(dem_arena *arena, const char *folder, const char *path, dem_lexicon_files *files, dem_lexicon_rows *rows,
                      demarche_error *err) {
  const char *base = strrchr(path, '/') + 1;
  dem_str place = dem_str_format(arena, "%s/%.*s", folder, (int)(base - path - 1), path);
  dem_list(dem_str) names = {0};
  DIR *dir = opendir(place.data);
  size_t n = strlen(base);
  for (struct dirent *e; dir && (e = readdir(dir));) {
    dem_str name = dem_str_of(e->d_name);
    if (dem_str_starts(name, base) && dem_str_ends(name, ".tsv") && (name.len == n + 4 || name.data[n] == '-'))
      *dem_push(arena, &names) = dem_str_format(arena, "%s/%s", place.data, e->d_name);
  }
  if (dir) closedir(dir);
  if (names.n) qsort(names.at, names.n, sizeof *names.at, by_name);
  for (uint32_t i = 0; i < names.n; i++)
    if (!read_file(arena, names.at[i], files, rows, err)) return false;
  return true;
}
