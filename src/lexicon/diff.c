/* `demarche lexicon diff`: which rows only one of two folders has, table by table, in byte order. Comments, files' names and the
 * order of lines do not count. */
#include <stdio.h>
#include <stdlib.h>

#include "lexicon/lexicon.h"
#include "lexicon/tables.h"

static int by_line(const void *a, const void *b) { return dem_str_cmp(((const dem_lexicon_row *)a)->line, ((const dem_lexicon_row *)b)->line); }

static uint32_t tell(char sign, const char *path, dem_str line) {
  printf("%c %s\t%.*s\n", sign, path, DEM_FMT(line));
  return 1;
}

static bool diff_table(dem_arena *arena, uint32_t table, const char *before, const char *after, uint32_t only[2]) {
  const char *path = dem_lexicon_path(table);
  dem_lexicon_rows x = {0}, y = {0};
  dem_lexicon_files files = {0};
  demarche_error err = {0};
  if (!dem_lexicon_read(arena, before, path, &files, &x, &err) || !dem_lexicon_read(arena, after, path, &files, &y, &err))
    return fprintf(stderr, "demarche: %s\n", err.text), false;
  if (x.n) qsort(x.at, x.n, sizeof *x.at, by_line);
  if (y.n) qsort(y.at, y.n, sizeof *y.at, by_line);
  for (uint32_t i = 0, k = 0; i < x.n || k < y.n;) {
    int c = i == x.n ? 1 : k == y.n ? -1 : dem_str_cmp(x.at[i].line, y.at[k].line);
    if (c < 0) only[0] += tell('-', path, x.at[i++].line);
    else if (c > 0) only[1] += tell('+', path, y.at[k++].line);
    else i++, k++;
  }
  return true;
}

int dem_lexicon_diff(const char *before, const char *after) {
  dem_arena *arena = calloc(1, sizeof *arena);
  uint32_t only[2] = {0, 0};
  int status = 1;
  if (!arena) return fprintf(stderr, "demarche: out of memory\n"), 1;
  dem_arena_init(arena, (size_t)4 << 30);
  if (dem_arena_catch(arena)) {
    fprintf(stderr, "demarche: diff: %s\n", arena->error.text);
  } else {
    bool ok = true;
    for (uint32_t i = 0; ok && dem_lexicon_path(i); i++) ok = diff_table(arena, i, before, after, only);
    if (ok) fprintf(stderr, "demarche: %u rows only in %s, %u only in %s\n", only[0], before, only[1], after);
    status = ok && only[0] + only[1] == 0 ? 0 : 1;
  }
  dem_arena_free(arena);
  free(arena);
  return status;
}
