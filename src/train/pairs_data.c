/* Reads marked sentences. A table is known by a header line with `id` and `sentence`; its columns may stand in any order. Every
 * other file is examples, one a line:
 *
 *   TYPE[.mode] [status] | {The actor} *did it to* <the recipient>.
 *
 * where only the first span of each kind counts. Refuses lines that it cannot read. */
#include "train/pairs_data.h"

#include <stdio.h>
#include <stdlib.h>

#include "doc/doc.h"
#include "train/data.h"

static void *must(void *p) {
  if (!p) abort();
  return p;
}

static dem_pair_row *more(dem_pairs *p) {
  if (p->n == p->cap) {
    p->cap = p->cap ? p->cap * 2 : 1024;
    p->row = must(realloc(p->row, p->cap * sizeof *p->row));
  }
  p->row[p->n] = (dem_pair_row){0};
  return &p->row[p->n++];
}

static char *hold(dem_pairs *p, char *bytes) {
  p->held = must(realloc(p->held, (p->held_n + 1) * sizeof *p->held));
  return p->held[p->held_n++] = bytes;
}

/* ---- tables ---- */

enum { COLUMNS = 16 };

static uint32_t cells(dem_str line, dem_str out[COLUMNS]) {
  uint32_t n = 0;
  for (size_t begin = 0; n < COLUMNS; n++) {
    size_t end = dem_str_find(line, DEM_S("\t"), begin);
    out[n] = dem_str_trim(dem_str_sub(line, begin, end));
    if (end == SIZE_MAX) return n + 1;
    begin = end + 1;
  }
  return n;
}

static bool table(dem_pairs *p, dem_str header, dem_str rest) {
  dem_str name[COLUMNS], cell[COLUMNS];
  uint32_t n = cells(header, name);
  while (rest.len) {
    dem_str line = dem_str_cut(&rest, '\n');
    if (!dem_str_trim(line).len) continue;
    uint32_t m = cells(line, cell);
    dem_pair_row *r = more(p);
    for (uint32_t i = 0; i < n && i < m; i++) {
      if (dem_str_is(name[i], "sentence")) r->sentence = cell[i];
      if (dem_str_is(name[i], "source")) r->source = cell[i];
      if (dem_str_is(name[i], "target")) r->target = cell[i];
      if (dem_str_is(name[i], "type")) r->type = cell[i];
    }
    if (!r->sentence.len || !r->type.len) return false;
  }
  return true;
}

/* ---- examples ---- */

static bool known_type(dem_str type) {
  return dem_type_of(type) != DEM_TYPE_COUNT || dem_str_is(type, "YIELD") || dem_str_is(type, "NONE");
}

static bool known_status(dem_str status) {
  for (int k = 0; k < DEM_STATUS_COUNT; k++)
    if (dem_str_eq(dem_status_text((dem_event_status)k), status)) return true;
  return false;
}

/* Copies the sentence without its marks to `out`; the spans of the first of each kind go to the row. */
static bool unmark(dem_str marked, char *out, dem_pair_row *r) {
  size_t n = 0, begin[3] = {SIZE_MAX, SIZE_MAX, SIZE_MAX};
  dem_str *const span[3] = {&r->source, &r->target, &r->trigger};
  for (size_t i = 0; i < marked.len; i++) {
    char ch = marked.data[i];
    int kind = ch == '{' || ch == '}' ? 0 : ch == '<' || ch == '>' ? 1 : ch == '*' ? 2 : 3;
    bool opens = ch == '{' || ch == '<' || (ch == '*' && begin[2] == SIZE_MAX);
    if (kind == 3) out[n++] = ch;
    else if (opens && begin[kind] == SIZE_MAX) begin[kind] = n;
    else if (!opens && begin[kind] != SIZE_MAX) {
      if (!span[kind]->data) *span[kind] = (dem_str){out + begin[kind], n - begin[kind]};
      begin[kind] = SIZE_MAX;
    } else return false;
  }
  r->sentence = (dem_str){out, n};
  return n && begin[0] == SIZE_MAX && begin[1] == SIZE_MAX && begin[2] == SIZE_MAX;
}

static bool example(dem_pairs *p, dem_str line) {
  size_t bar = dem_str_find(line, DEM_S(" | "), 0);
  if (bar == SIZE_MAX) return false;
  dem_pair_row *r = more(p);
  dem_str label = dem_str_sub(line, 0, bar), code = dem_str_cut(&label, ' ');
  r->type = dem_str_cut(&code, '.');
  r->mode = code;
  r->status = label.len ? label : DEM_S("asserted");
  r->ours = true;
  char *out = hold(p, must(malloc(line.len + 1)));
  return known_type(r->type) && known_status(r->status) && unmark(dem_str_trim(dem_str_sub(line, bar + 3, line.len)), out, r);
}

static bool examples(dem_pairs *p, dem_str rest, const char *path) {
  for (unsigned number = 1; rest.len; number++) {
    dem_str line = dem_str_trim(dem_str_cut(&rest, '\n'));
    if (!line.len || line.data[0] == '#' || example(p, line)) continue;
    fprintf(stderr, "demarche train: %s:%u: not TYPE[.mode] [status] | {actor} *trigger* <recipient>\n", path, number);
    return false;
  }
  return true;
}

static bool load(dem_pairs *p, const char *path) {
  size_t len;
  char *bytes = dem_data_bytes(path, &len);
  if (!bytes) return false;
  hold(p, bytes);
  dem_str rest = {bytes, len}, all = rest, header = dem_str_cut(&rest, '\n');
  bool is_table = dem_str_starts(header, "id\t") && dem_str_find(header, DEM_S("sentence"), 0) != SIZE_MAX;
  if (!is_table) return examples(p, all, path);
  if (table(p, header, rest)) return true;
  fprintf(stderr, "demarche train: %s: row %u has no sentence or no type\n", path, p->n);
  return false;
}

bool dem_pairs_load(char **paths, int n, dem_pairs *pairs) {
  *pairs = (dem_pairs){0};
  for (int i = 0; i < n; i++)
    if (!load(pairs, paths[i])) {
      dem_pairs_free(pairs);
      return false;
    }
  return true;
}

void dem_pairs_free(dem_pairs *pairs) {
  for (uint32_t i = 0; i < pairs->held_n; i++) free(pairs->held[i]);
  free(pairs->held);
  free(pairs->row);
  *pairs = (dem_pairs){0};
}
