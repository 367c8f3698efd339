/* Opening a .dmm file: everything is checked here, in one pass, so that lookups need no checks. Invariant afterwards: every
 * cell is the offset of a string that lies inside the table's strings; every slot is 0 or a row + 1. Refuses: other formats. */
#include "model/model.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/file.h"
#include "model/pack.h"

#define MODEL_LIMIT ((size_t)1 << 30)

struct demarche_model {
  dem_file file;
  dem_table table[DEM_TABLE_COUNT];
  dem_gazetteer gazetteer;
  dem_str weights[DEM_WEIGHTS_COUNT], meta;
  dem_packer *added; /* tables that were added at run time, the latest first; NULL */
  uint64_t sum;     /* of all that it holds */
  char id[16];
};

#define T_NAME(NAME, path, columns) [DEM_TABLE_##NAME] = {path, columns},
#define W_NAME(NAME, file) [DEM_WEIGHTS_##NAME] = file,
const dem_table_def dem_table_defs[DEM_TABLE_COUNT] = {DEM_TABLES(T_NAME)};
const char *const dem_weights_files[DEM_WEIGHTS_COUNT] = {DEM_WEIGHTS(W_NAME)};

uint64_t dem_header_sum(dem_header head, const void *directory) {
  head.sum = 0;
  return dem_hash(directory, head.sections * sizeof(dem_section), dem_hash(&head, sizeof head, 0));
}

uint32_t dem_count_words(const char *list) {
  uint32_t n = 1;
  for (; *list; list++) n += *list == ' ';
  return n;
}

static demarche_status fail(demarche_error *err, demarche_status status, const char *what) {
  if (err) {
    err->status = status;
    snprintf(err->text, sizeof err->text, "%s", what);
  }
  return status;
}

static bool string_fits(const unsigned char *strings, uint32_t len, uint32_t at) {
  if (at > len || len - at < 2) return false;
  uint32_t n = (uint32_t)strings[at] | (uint32_t)strings[at + 1] << 8;
  return n <= len - at - 2;
}

static bool check_table(dem_str s, uint32_t columns, dem_table *t) {
  uint32_t head[5];
  if (s.len < sizeof head) return false;
  memcpy(head, s.data, sizeof head);
  uint64_t cells = (uint64_t)head[1] * (head[0] + 1u);
  uint64_t words = cells + head[2] + 2ull * head[3];
  if (head[0] != columns || (head[2] & (head[2] - 1)) || (head[3] & (head[3] - 1)) || !head[2] || !head[3]) return false;
  if (head[1] >= head[2] || words > s.len / 4 || s.len != sizeof head + words * 4 + head[4]) return false;
  const uint32_t *p = (const uint32_t *)(const void *)(s.data + sizeof head);
  *t = (dem_table){columns, head[1], head[2], head[3], p, p + cells, p + cells + head[2],
                   (const unsigned char *)(p + words)};
  for (uint64_t i = 0; i < cells; i++)
    if (!string_fits(t->strings, head[4], p[i])) return false;
  uint32_t empty = 0, empty_first = 0;
  for (uint32_t i = 0; i < t->slots; i++) {
    if (t->slot[i] > t->rows) return false;
    empty += t->slot[i] == 0;
  }
  for (uint32_t i = 0; i < t->first_slots; i++) {
    if (t->first[2 * i + 1] && !string_fits(t->strings, head[4], t->first[2 * i])) return false;
    empty_first += t->first[2 * i + 1] == 0;
  }
  return empty && empty_first; /* so that probing ends */
}

bool dem_model_replace(dem_model *m, dem_table_id id, dem_str bytes) {
  if (!check_table(bytes, dem_count_words(dem_table_defs[id].columns), &m->table[id])) return false;
  m->sum = dem_hash(bytes.data, bytes.len, m->sum);
  snprintf(m->id, sizeof m->id, "en-%08x", (uint32_t)m->sum);
  return true;
}

void dem_model_keep(dem_model *m, dem_packer *packer) {
  packer->before = m->added;
  m->added = packer;
}

static bool place_section(dem_model *m, const dem_section *entry, dem_str bytes) {
  char name[sizeof entry->name + 1] = {0};
  memcpy(name, entry->name, sizeof entry->name);
  for (int i = 0; i < DEM_TABLE_COUNT; i++)
    if (strncmp(name, "table/", 6) == 0 && strcmp(name + 6, dem_table_defs[i].path) == 0)
      return check_table(bytes, dem_count_words(dem_table_defs[i].columns), &m->table[i]);
  for (int i = 0; i < DEM_WEIGHTS_COUNT; i++)
    if (strncmp(name, "weights/", 8) == 0 && strcmp(name + 8, dem_weights_files[i]) == 0) {
      m->weights[i] = bytes;
      return true;
    }
  if (strcmp(name, "gazetteer") == 0) return dem_gazetteer_open(bytes, &m->gazetteer);
  if (strcmp(name, "meta") == 0) m->meta = bytes;
  return true;
}

#define REBUILD "; rebuild it with `make`"

static const char *check(dem_model *m) {
  dem_str s = m->file.bytes;
  dem_header h;
  if (s.len < sizeof h) return "the model file is too short" REBUILD;
  memcpy(&h, s.data, sizeof h);
  if (memcmp(h.magic, DEM_MAGIC, sizeof h.magic) != 0) return "not a model file (wrong first bytes)" REBUILD;
  if (h.format != DEM_FORMAT) return "a model file of another format version" REBUILD;
  if (h.size != s.len) return "the model file is cut short or has grown" REBUILD;
  if (h.sections > (s.len - sizeof h) / sizeof(dem_section)) return "the model file's directory is damaged" REBUILD;
  if (dem_header_sum(h, s.data + sizeof h) != h.sum) return "the model file's directory is damaged" REBUILD;
  uint64_t sum = 0;
  for (uint32_t i = 0; i < h.sections; i++) {
    dem_section e;
    memcpy(&e, s.data + sizeof h + i * sizeof e, sizeof e);
    if (e.offset % 64 || e.offset > s.len || e.length > s.len - e.offset || e.length > UINT32_MAX)
      return "the model file's directory is damaged" REBUILD;
    dem_str bytes = {s.data + e.offset, e.length};
    if (dem_hash(bytes.data, bytes.len, 0) != e.sum) return "the model file is damaged (checksum)" REBUILD;
    if (!place_section(m, &e, bytes)) return "a table of the model file is damaged or of another version" REBUILD;
    sum = dem_hash(&e.sum, sizeof e.sum, sum);
  }
  for (int i = 0; i < DEM_TABLE_COUNT; i++)
    if (!m->table[i].cells) return "the model file lacks a table" REBUILD;
  if (!m->gazetteer.blocks) return "the model file lacks the gazetteer" REBUILD;
  m->sum = sum;
  snprintf(m->id, sizeof m->id, "en-%08x", (uint32_t)sum);
  return NULL;
}

demarche_status dem_model_take(dem_file *file, dem_model **model, demarche_error *err) {
  dem_model *m = *model = calloc(1, sizeof *m);
  if (!m) {
    dem_file_close(file);
    return fail(err, DEMARCHE_NOMEM, "out of memory");
  }
  m->file = *file;
  const char *wrong = check(m);
  if (!wrong) return DEMARCHE_OK;
  demarche_model_close(m);
  *model = NULL;
  return fail(err, DEMARCHE_MODEL, wrong);
}

demarche_status dem_model_open(const char *path, dem_model **model, demarche_error *err) {
  demarche_error why = {0};
  dem_file file;
  *model = NULL;
  if (!dem_file_open(path, MODEL_LIMIT, &file, &why)) return fail(err, why.status, why.text);
  return dem_model_take(&file, model, err);
}

void demarche_model_close(demarche_model *model) {
  if (!model) return;
  while (model->added) {
    dem_packer *p = model->added;
    model->added = p->before;
    dem_arena_free(&p->arena);
    free(p);
  }
  dem_file_close(&model->file);
  free(model);
}

static bool show_line(demarche_write write, void *to, const char *what, const char *name, size_t n, const char *unit) {
  char line[128];
  int len = snprintf(line, sizeof line, "%-8s %-20s %10zu %s\n", what, name, n, unit);
  return write(to, line, (size_t)len) == 0;
}

demarche_status demarche_model_show(const demarche_model *m, demarche_write write, void *to, demarche_error *err) {
  bool ok = show_line(write, to, "model", m->id, m->file.bytes.len, "bytes");
  for (int i = 0; i < DEM_TABLE_COUNT; i++) ok = ok && show_line(write, to, "table", dem_table_defs[i].path, m->table[i].rows, "rows");
  ok = ok && show_line(write, to, "table", "gazetteer", m->gazetteer.places, "places");
  for (int i = 0; i < DEM_WEIGHTS_COUNT; i++)
    ok = ok && show_line(write, to, "weights", dem_weights_files[i], m->weights[i].len, "bytes");
  if (m->meta.len) ok = ok && write(to, m->meta.data, m->meta.len) == 0 && write(to, "\n", 1) == 0;
  return ok ? DEMARCHE_OK : fail(err, DEMARCHE_IO, "the output refused");
}

const dem_table *dem_model_table(const dem_model *model, dem_table_id id) { return &model->table[id]; }
const dem_gazetteer *dem_model_gazetteer(const dem_model *model) { return &model->gazetteer; }
dem_str dem_model_weights(const dem_model *model, dem_weights_id id) { return model->weights[id]; }
dem_str dem_model_id(const dem_model *model) { return dem_str_of(model->id); }

static dem_str string_at(const dem_table *t, uint32_t at) {
  size_t n = (size_t)t->strings[at] | (size_t)t->strings[at + 1] << 8;
  return (dem_str){(const char *)t->strings + at + 2, n};
}

dem_str dem_table_key(const dem_table *t, uint32_t row) { return string_at(t, t->cells[(size_t)row * (t->columns + 1)]); }

dem_str dem_table_cell(const dem_table *t, uint32_t row, uint32_t column) {
  return string_at(t, t->cells[(size_t)row * (t->columns + 1) + 1 + column]);
}

uint32_t dem_table_find(const dem_table *t, dem_str key) {
  for (uint64_t h = dem_hash(key.data, key.len, 0);; h++) {
    uint32_t row = t->slot[h & (t->slots - 1)];
    if (row == 0) return DEM_NONE;
    if (dem_str_eq(dem_table_key(t, row - 1), key)) return row - 1;
  }
}

uint32_t dem_table_end(const dem_table *t, uint32_t row) {
  dem_str key = dem_table_key(t, row);
  do row++;
  while (row < t->rows && dem_str_eq(dem_table_key(t, row), key));
  return row;
}

dem_str dem_first_word(dem_str key) {
  size_t n = 0;
  while (n < key.len) {
    unsigned char c = (unsigned char)key.data[n];
    if (!dem_is_alpha(c) && !dem_is_digit(c) && c < 0x80) break;
    n++;
  }
  return dem_str_sub(key, 0, n ? n : 1);
}

uint32_t dem_table_reach(const dem_table *t, dem_str key) {
  dem_str word = dem_first_word(key);
  for (uint64_t h = dem_hash(word.data, word.len, 0);; h++) {
    const uint32_t *f = &t->first[2 * (h & (t->first_slots - 1))];
    if (f[1] == 0) return 0;
    if (dem_str_eq(string_at(t, f[0]), word)) return f[1];
  }
}
