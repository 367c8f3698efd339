/* Weights live in an open hash table of rows; a row holds a cell for each label it was ever updated for. Averaging is lazy: a
 * cell remembers when it last changed. Everything is whole numbers, so that a training run gives the same bytes everywhere. */
#include "train/learner.h"

#include <stdio.h>
#include <stdlib.h>

#include "text/text_train.h"

typedef struct cell {
  int64_t sum; /* over all ticks up to `since` */
  uint32_t since;
  int32_t weight;
  uint8_t label;
} cell;

typedef struct row {
  uint64_t key;
  uint16_t n, room;
  cell *cell;
} row;

struct dem_learner {
  row *rows;
  uint32_t *slot; /* row + 1 */
  uint32_t n, room, mask;
  uint32_t ticks;
  bool averaged;
};

static void *must(void *p) {
  if (!p) {
    fprintf(stderr, "demarche train: out of memory\n");
    exit(1);
  }
  return p;
}

dem_learner *dem_learner_new(void) {
  dem_learner *l = must(calloc(1, sizeof *l));
  l->mask = (1u << 22) - 1;
  l->slot = must(calloc((size_t)l->mask + 1, sizeof *l->slot));
  l->room = 1u << 20;
  l->rows = must(malloc(l->room * sizeof *l->rows));
  l->ticks = 1;
  return l;
}

void dem_learner_free(dem_learner *l) {
  for (uint32_t i = 0; l && i < l->n; i++) free(l->rows[i].cell);
  if (l) free(l->rows), free(l->slot);
  free(l);
}

static row *find(const dem_learner *l, uint64_t key) {
  for (uint32_t at = (uint32_t)key & l->mask;; at = (at + 1) & l->mask) {
    uint32_t r = l->slot[at];
    if (r == 0) return NULL;
    if (l->rows[r - 1].key == key) return &l->rows[r - 1];
  }
}

static void enter(dem_learner *l, uint64_t key, uint32_t r) {
  uint32_t at = (uint32_t)key & l->mask;
  while (l->slot[at]) at = (at + 1) & l->mask;
  l->slot[at] = r + 1;
}

static row *add_row(dem_learner *l, uint64_t key) {
  if (l->n == l->room) l->rows = must(realloc(l->rows, (l->room *= 2) * sizeof *l->rows));
  if (l->n > l->mask / 2) {
    free(l->slot);
    l->mask = l->mask * 2 + 1;
    l->slot = must(calloc((size_t)l->mask + 1, sizeof *l->slot));
    for (uint32_t i = 0; i < l->n; i++) enter(l, l->rows[i].key, i);
  }
  l->rows[l->n] = (row){.key = key};
  enter(l, key, l->n);
  return &l->rows[l->n++];
}

void dem_learner_score(dem_learner *l, const uint64_t *features, uint32_t n, int64_t *scores) {
  memset(scores, 0, 256 * sizeof *scores);
  for (uint32_t i = 0; i < n; i++) __builtin_prefetch(&l->slot[(uint32_t)features[i] & l->mask]);
  for (uint32_t i = 0; i < n; i++) {
    const row *r = find(l, features[i]);
    if (!r) continue;
    for (uint32_t k = 0; k < r->n; k++) scores[r->cell[k].label] += l->averaged ? r->cell[k].sum : r->cell[k].weight;
  }
}

static void change(dem_learner *l, row *r, unsigned label, int32_t by) {
  uint32_t k = 0;
  while (k < r->n && r->cell[k].label != label) k++;
  if (k == r->n) {
    if (r->n == r->room) r->cell = must(realloc(r->cell, (r->room = (uint16_t)(r->room ? r->room * 2 : 2)) * sizeof(cell)));
    r->cell[r->n++] = (cell){.label = (uint8_t)label, .since = l->ticks};
  }
  cell *c = &r->cell[k];
  c->sum += (int64_t)c->weight * (l->ticks - c->since);
  c->since = l->ticks;
  c->weight += by;
}

void dem_learner_update(dem_learner *l, const uint64_t *features, uint32_t n, unsigned good, unsigned bad) {
  for (uint32_t i = 0; i < n; i++) {
    row *r = find(l, features[i]);
    if (!r) r = add_row(l, features[i]);
    change(l, r, good, 1);
    change(l, r, bad, -1);
  }
}

void dem_learner_tick(dem_learner *l) { l->ticks++; }

void dem_learner_average(dem_learner *l) {
  for (uint32_t i = 0; i < l->n; i++)
    for (uint32_t k = 0; k < l->rows[i].n; k++) {
      cell *c = &l->rows[i].cell[k];
      c->sum += (int64_t)c->weight * (l->ticks - c->since);
      c->since = l->ticks;
    }
  l->averaged = true;
}

/* ---- the blob ---- */

static int by_size(const void *a, const void *b) {
  int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
  return x < y ? -1 : x > y;
}

/* The sum that becomes 127: only one weight in 5,000 is larger and is cut. */
static int64_t full_scale(const dem_learner *l) {
  size_t n = 0, total = 0;
  for (uint32_t i = 0; i < l->n; i++) total += l->rows[i].n;
  int64_t *size = must(malloc((total + 1) * sizeof *size));
  for (uint32_t i = 0; i < l->n; i++)
    for (uint32_t k = 0; k < l->rows[i].n; k++) size[n++] = llabs(l->rows[i].cell[k].sum);
  qsort(size, n, sizeof *size, by_size);
  int64_t full = n ? size[n - 1 - n / 5000] : 1;
  free(size);
  return full ? full : 1;
}

static int32_t byte_of(int64_t sum, int64_t full) {
  int64_t q = (llabs(sum) * 254 / full + 1) / 2;
  if (q > 127) q = 127;
  return (int32_t)(sum < 0 ? -q : q);
}

typedef struct blob {
  uint32_t *slot;
  uint16_t *cell;
  uint32_t mask, log2, cells, rows;
} blob;

static void put_row(blob *b, const row *r, int64_t full, int prune) {
  uint32_t begin = b->cells, n = 0;
  for (uint32_t k = 0; k < r->n && n < 255; k++) {
    int32_t q = byte_of(r->cell[k].sum, full);
    if (q > -prune && q < prune) continue;
    b->cell[begin + 1 + n++] = (uint16_t)(r->cell[k].label | (uint32_t)(uint8_t)(int8_t)q << 8);
  }
  if (!n) return;
  b->cell[begin] = (uint16_t)n;
  b->cells = begin + ((n + 2) & ~1u);
  uint32_t at = (uint32_t)r->key & b->mask, probes = 1;
  for (; b->slot[at]; at = (at + 1) & b->mask) probes++;
  if (probes > DEM_LINEAR_PROBES || begin / 2 >= 1u << 22) {
    fprintf(stderr, "demarche train: too many weights for one table; make the room smaller\n");
    exit(1);
  }
  b->slot[at] = begin / 2 << 10 | (uint32_t)(r->key >> 54);
  b->rows++;
}

typedef struct size {
  uint32_t rows, cells;
} size;

static size size_left(const dem_learner *l, int64_t full, int prune) {
  size all = {0, 0};
  for (uint32_t i = 0; i < l->n; i++) {
    uint32_t kept = 0;
    for (uint32_t k = 0; k < l->rows[i].n; k++) kept += abs(byte_of(l->rows[i].cell[k].sum, full)) >= prune;
    all.rows += kept > 0;
    all.cells += kept ? (kept + 2) & ~1u : 0;
  }
  return all;
}

static int by_key(const void *a, const void *b) {
  uint64_t x = ((const row *)a)->key, y = ((const row *)b)->key;
  return x < y ? -1 : x > y;
}

bool dem_learner_write(dem_learner *l, const char *path, uint32_t labels, dem_str names, uint32_t room) {
  dem_learner_average(l);
  int64_t full = full_scale(l);
  blob b = {.cells = 2};
  int prune = 1;
  while (size_left(l, full, prune).cells > room) prune++;
  size left = size_left(l, full, prune);
  while (1u << b.log2 < left.rows + left.rows / 3) b.log2++;
  b.mask = (1u << b.log2) - 1;
  b.slot = must(calloc((size_t)b.mask + 1, sizeof *b.slot));
  b.cell = must(calloc((size_t)left.cells + DEM_LINEAR_ROW + 4, sizeof *b.cell));
  qsort(l->rows, l->n, sizeof *l->rows, by_key); /* the table is of no more use */
  for (uint32_t i = 0; i < l->n; i++) put_row(&b, &l->rows[i], full, prune);
  b.cells += DEM_LINEAR_ROW;
  uint32_t header[8] = {DEM_LINEAR_MAGIC, DEM_LINEAR_VERSION, labels, b.log2, b.cells, (uint32_t)names.len, 0, 0};
  FILE *f = fopen(path, "wb");
  bool ok = f && fwrite(header, sizeof header, 1, f) == 1;
  ok = ok && fwrite(b.slot, sizeof *b.slot, (size_t)b.mask + 1, f) == (size_t)b.mask + 1;
  ok = ok && fwrite(b.cell, sizeof *b.cell, b.cells, f) == b.cells && fwrite(names.data, 1, names.len, f) == names.len;
  if (f && fclose(f) != 0) ok = false;
  fprintf(stderr, "%s: weights from %d of 127 on: %u of %u rows, %u cells\n", path, prune, b.rows, l->n, b.cells);
  if (!ok) fprintf(stderr, "demarche train: %s: cannot be written\n", path);
  free(b.slot);
  free(b.cell);
  return ok;
}
