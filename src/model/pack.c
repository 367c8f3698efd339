/* Compiling lexicon files and weights into a .dmm file. Deterministic: rows are sorted, strings stored once in the order of
 * first use, no time stamp. A file that breaks a rule is reported with its line; nothing is written then. */
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/file.h"
#include "base/utf8.h"
#include "model/pack.h"

#define FILE_LIMIT ((size_t)256 << 20)

typedef dem_list(dem_str) str_list;

void dem_pack_problem(dem_packer *p, const char *file, uint32_t line, const char *what) {
  if (!p->quiet) fprintf(stderr, "%s:%u: %s\n", file, line, what);
  else if (p->problems == 0) p->told = dem_str_format(&p->arena, "%s:%u: %s", file, line, what).data;
  p->problems++;
}

void dem_pack_append(dem_packer *p, dem_pack_bytes *to, const void *bytes, size_t n) {
  if (n > UINT32_MAX / 2 - to->n) dem_arena_fail(&p->arena, DEMARCHE_LIMIT, "the model is too large");
  if (to->cap - to->n < n) {
    uint32_t cap = to->cap ? to->cap : 1 << 16;
    while (cap - to->n < n) cap *= 2;
    unsigned char *wider = dem_arena_push(&p->arena, cap);
    if (to->n) memcpy(wider, to->at, to->n);
    to->at = wider;
    to->cap = cap;
  }
  if (n) memcpy(to->at + to->n, bytes, n);
  to->n += (uint32_t)n;
}

/* The cells of one line; true when there are as many as columns. */
static bool read_cells(dem_packer *p, dem_str line, dem_pack_row *r) {
  r->cell = dem_array(&p->arena, dem_str, r->columns + 1);
  uint32_t n = 0;
  for (;; n++) {
    bool last = line.len == 0 || !memchr(line.data, '\t', line.len);
    dem_str cell = dem_str_cut(&line, '\t');
    if (n < r->columns) r->cell[n + 1] = cell;
    if (last) break;
  }
  if (n + 1 != r->columns) return false;
  r->cell[0] = dem_norm(&p->arena, r->cell[1]);
  return true;
}

static bool header_is(dem_str line, const char *columns) {
  dem_str want = dem_str_of(columns);
  while (line.len && want.len)
    if (!dem_str_eq(dem_str_cut(&line, '\t'), dem_str_cut(&want, ' '))) return false;
  return line.len == want.len;
}

static void read_table_file(dem_packer *p, const char *path, const dem_table_def *def, dem_pack_rows *rows) {
  dem_file file;
  demarche_error err;
  if (!dem_file_open(path, FILE_LIMIT, &file, &err)) {
    dem_pack_problem(p, path, 0, err.text);
    return;
  }
  dem_str rest = dem_str_copy(&p->arena, file.bytes);
  dem_file_close(&file);
  bool header = false;
  for (uint32_t n = 1; rest.len; n++) {
    dem_str line = dem_str_cut(&rest, '\n');
    if (line.len == 0 || line.data[0] == '#') continue;
    if (!header) {
      header = true;
      if (!header_is(line, def->columns)) {
        dem_str want = dem_str_format(&p->arena, "the header must be: %s", def->columns);
        dem_pack_problem(p, path, n, want.data);
        return;
      }
      continue;
    }
    dem_pack_row r = {NULL, dem_count_words(def->columns)};
    if (!dem_utf8_valid(line)) dem_pack_problem(p, path, n, "not UTF-8");
    else if (!read_cells(p, line, &r)) dem_pack_problem(p, path, n, "wrong number of columns");
    else if (r.cell[0].len == 0) dem_pack_problem(p, path, n, "the first column is empty");
    else if (r.cell[0].len > 250) dem_pack_problem(p, path, n, "the first column is longer than 250 bytes");
    else *dem_push(&p->arena, rows) = r;
  }
}

static int by_cells(const void *a, const void *b) {
  const dem_pack_row *x = a, *y = b;
  for (uint32_t i = 0; i <= x->columns; i++) {
    int c = dem_str_cmp(x->cell[i], y->cell[i]);
    if (c) return c;
  }
  return 0;
}

static int by_name(const void *a, const void *b) { return dem_str_cmp(*(const dem_str *)a, *(const dem_str *)b); }

void dem_pack_sort(dem_pack_rows *rows) {
  if (rows->n) qsort(rows->at, rows->n, sizeof *rows->at, by_cells);
}

bool dem_pack_read(dem_packer *p, const char *lexicon, const dem_table_def *def, dem_pack_rows *rows) {
  const char *base = strrchr(def->path, '/') + 1;
  dem_str folder = dem_str_format(&p->arena, "%s/%.*s", lexicon, (int)(base - def->path - 1), def->path);
  DIR *dir = opendir(folder.data);
  str_list names = {0};
  for (struct dirent *e; dir && (e = readdir(dir));) {
    dem_str name = dem_str_of(e->d_name);
    size_t n = strlen(base);
    if (dem_str_starts(name, base) && dem_str_ends(name, ".tsv") && (name.len == n + 4 || name.data[n] == '-'))
      *dem_push(&p->arena, &names) = dem_str_format(&p->arena, "%s/%s", folder.data, e->d_name);
  }
  if (dir) closedir(dir);
  if (names.n) qsort(names.at, names.n, sizeof *names.at, by_name);
  for (uint32_t i = 0; i < names.n; i++) read_table_file(p, names.at[i].data, def, rows);
  dem_pack_sort(rows);
  return names.n > 0;
}

static void read_table(dem_packer *p, const char *lexicon, const dem_table_def *def, dem_pack_rows *rows) {
  if (!dem_pack_read(p, lexicon, def, rows)) dem_pack_problem(p, def->path, 0, "no such lexicon file");
}

/* Strings stored once: open addressing over offset + 1 into `bytes`. */
typedef struct string_pool {
  dem_pack_bytes bytes;
  uint32_t *slot, slots;
} string_pool;

static uint32_t intern(dem_packer *p, string_pool *pool, dem_str s) {
  if (s.len > 65535) s.len = 65535;
  for (uint64_t h = dem_hash(s.data, s.len, 0);; h++) {
    uint32_t *slot = &pool->slot[h & (pool->slots - 1)];
    if (*slot == 0) {
      unsigned char len[2] = {(unsigned char)(s.len & 255), (unsigned char)(s.len >> 8)};
      *slot = pool->bytes.n + 1;
      dem_pack_append(p, &pool->bytes, len, 2);
      dem_pack_append(p, &pool->bytes, s.data, s.len);
      return *slot - 1;
    }
    const unsigned char *q = pool->bytes.at + *slot - 1;
    size_t n = (size_t)q[0] | (size_t)q[1] << 8;
    if (n == s.len && (n == 0 || memcmp(q + 2, s.data, n) == 0)) return *slot - 1;
  }
}

static uint32_t slots_for(uint32_t n) {
  uint32_t slots = 8;
  while (slots < n * 2 + 2) slots *= 2;
  return slots;
}

static void index_first(dem_packer *p, string_pool *pool, uint32_t *first, uint32_t slots, dem_str key) {
  dem_str word = dem_first_word(key);
  uint32_t at = intern(p, pool, word);
  for (uint64_t h = dem_hash(word.data, word.len, 0);; h++) {
    uint32_t *f = &first[2 * (h & (slots - 1))];
    if (f[1] && f[0] != at) continue;
    f[0] = at;
    if (f[1] < key.len) f[1] = (uint32_t)key.len;
    return;
  }
}

void dem_pack_table(dem_packer *p, const dem_pack_rows *rows, uint32_t columns, dem_pack_bytes *to) {
  uint32_t slots = slots_for(rows->n);
  uint32_t *cells = dem_array(&p->arena, uint32_t, (size_t)rows->n * (columns + 1) + 1);
  uint32_t *slot = dem_array(&p->arena, uint32_t, slots), *first = dem_array(&p->arena, uint32_t, 2 * (size_t)slots);
  string_pool strings = {.slots = slots_for(rows->n * (columns + 2))};
  strings.slot = dem_array(&p->arena, uint32_t, strings.slots);
  for (uint32_t r = 0; r < rows->n; r++) {
    for (uint32_t c = 0; c <= columns; c++) cells[r * (columns + 1) + c] = intern(p, &strings, rows->at[r].cell[c]);
    dem_str key = rows->at[r].cell[0];
    index_first(p, &strings, first, slots, key);
    if (r && dem_str_eq(key, rows->at[r - 1].cell[0])) continue;
    uint64_t h = dem_hash(key.data, key.len, 0);
    while (slot[h & (slots - 1)]) h++;
    slot[h & (slots - 1)] = r + 1;
  }
  uint32_t head[5] = {columns, rows->n, slots, slots, strings.bytes.n};
  dem_pack_append(p, to, head, sizeof head);
  dem_pack_append(p, to, cells, sizeof *cells * rows->n * (columns + 1));
  dem_pack_append(p, to, slot, sizeof *slot * slots);
  dem_pack_append(p, to, first, sizeof *first * 2 * slots);
  dem_pack_append(p, to, strings.bytes.at, strings.bytes.n);
}

static void add_section(dem_packer *p, dem_section *e, const char *kind, const char *name, dem_str bytes) {
  static const char zeros[64];
  dem_pack_append(p, &p->out, zeros, (64 - p->out.n % 64) % 64);
  if (strlen(kind) + strlen(name) > sizeof e->name) dem_arena_fail(&p->arena, DEMARCHE_LIMIT, "section name too long");
  memcpy(e->name, kind, strlen(kind));
  memcpy(e->name + strlen(kind), name, strlen(name));
  e->offset = p->out.n;
  e->length = bytes.len;
  e->sum = dem_hash(bytes.data, bytes.len, 0);
  dem_pack_append(p, &p->out, bytes.data, bytes.len);
}

static void add_tables(dem_packer *p, const char *lexicon, dem_section *entry) {
  for (int i = 0; i < DEM_TABLE_COUNT; i++) {
    dem_pack_rows rows = {0};
    dem_pack_bytes bytes = {0};
    read_table(p, lexicon, &dem_table_defs[i], &rows);
    dem_pack_table(p, &rows, dem_count_words(dem_table_defs[i].columns), &bytes);
    add_section(p, &entry[i], "table/", dem_table_defs[i].path, (dem_str){(const char *)bytes.at, bytes.n});
  }
}

static void add_gazetteer(dem_packer *p, const char *lexicon, dem_section *entry) {
  static const dem_table_def def = {DEM_GAZETTEER_PATH, DEM_GAZETTEER_COLUMNS};
  dem_pack_rows rows = {0};
  dem_pack_bytes bytes = {0};
  read_table(p, lexicon, &def, &rows);
  dem_pack_gazetteer(p, &rows, &bytes);
  add_section(p, entry, "gazetteer", "", (dem_str){(const char *)bytes.at, bytes.n});
}

static uint32_t add_weights(dem_packer *p, const char *folder, dem_section *entry) {
  uint32_t n = 0;
  for (int i = 0; i < DEM_WEIGHTS_COUNT; i++) {
    dem_str path = dem_str_format(&p->arena, "%s/%s", folder, dem_weights_files[i]);
    dem_file file;
    demarche_error err;
    if (!dem_file_open(path.data, FILE_LIMIT, &file, &err)) continue; /* the text stage says what it lacks */
    add_section(p, &entry[n++], "weights/", dem_weights_files[i], file.bytes);
    dem_file_close(&file);
  }
  return n;
}

static uint32_t add_meta(dem_packer *p, const char *folder, dem_section *entry) {
  dem_str path = dem_str_format(&p->arena, "%s/meta.json", folder);
  dem_file file;
  demarche_error err;
  if (!dem_file_open(path.data, FILE_LIMIT, &file, &err)) return 0;
  add_section(p, entry, "meta", "", file.bytes);
  dem_file_close(&file);
  return 1;
}

static bool write_file(const char *path, const dem_pack_bytes *bytes) {
  char temporary[4096];
  if (snprintf(temporary, sizeof temporary, "%s.new", path) >= (int)sizeof temporary) return false;
  FILE *f = fopen(temporary, "wb");
  bool ok = f && fwrite(bytes->at, 1, bytes->n, f) == bytes->n;
  if (f && fclose(f) != 0) ok = false;
  if (ok && rename(temporary, path) != 0) ok = false;
  if (!ok) fprintf(stderr, "%s: %s\n", path, strerror(errno));
  return ok;
}

bool dem_model_pack(const char *lexicon, const char *weights, const char *out) {
  dem_packer *p = calloc(1, sizeof *p);
  if (!p) return false;
  dem_arena_init(&p->arena, (size_t)8 << 30);
  bool ok = false;
  if (dem_arena_catch(&p->arena)) {
    fprintf(stderr, "%s: %s\n", out, p->arena.error.text);
  } else {
    dem_header head = {.magic = {0}, .format = DEM_FORMAT};
    dem_section *entry = dem_array(&p->arena, dem_section, DEM_TABLE_COUNT + DEM_WEIGHTS_COUNT + 2);
    memcpy(head.magic, DEM_MAGIC, sizeof head.magic);
    size_t room = sizeof head + sizeof *entry * (DEM_TABLE_COUNT + DEM_WEIGHTS_COUNT + 2);
    dem_pack_append(p, &p->out, dem_arena_push(&p->arena, room), room);
    add_tables(p, lexicon, entry);
    add_gazetteer(p, lexicon, entry + DEM_TABLE_COUNT);
    head.sections = DEM_TABLE_COUNT + 1 + add_weights(p, weights, entry + DEM_TABLE_COUNT + 1);
    head.sections += add_meta(p, weights, entry + head.sections);
    head.size = p->out.n;
    head.sum = dem_header_sum(head, entry);
    memcpy(p->out.at, &head, sizeof head);
    memcpy(p->out.at + sizeof head, entry, sizeof *entry * head.sections);
    ok = p->problems == 0 && write_file(out, &p->out);
  }
  dem_arena_free(&p->arena);
  free(p);
  return ok;
}
