/* Decides how weights become bytes: a power of two for each column of a matrix, the largest that keeps its greatest weight within a
 * byte; rows share one for each dimension. A known form's row takes in its ends and its given vector, so that reading it is one
 * look-up. Invariant: what is written passes dem_net_open. */
#include "train/net_write.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "text/text_train.h"

typedef struct writer {
  FILE *file;
  size_t at;
  bool ok;
} writer;

static void *need(void *p) {
  if (!p) abort();
  return p;
}

static void put(writer *w, const void *bytes, size_t n) {
  if (n && fwrite(bytes, 1, n, w->file) != n) w->ok = false;
  w->at += n;
}

static void part(writer *w, const void *bytes, size_t n) {
  static const char zero[DEM_NET_ALIGN];
  put(w, zero, (DEM_NET_ALIGN - w->at % DEM_NET_ALIGN) % DEM_NET_ALIGN);
  put(w, bytes, n);
}

static int32_t rounded(double x, int32_t most) {
  x = x < 0 ? ceil(x - 0.5) : floor(x + 0.5);
  return x > most ? most : x < -most ? -most : (int32_t)x;
}

/* ---- matrices ---- */

/* w is depth x columns with `stride` floats a row; bias may be NULL. */
static void matrix(writer *out, const float *w, size_t stride, const float *bias, uint32_t depth, uint32_t columns) {
  uint32_t filled = dem_net_fill(columns, DEM_NET_LANES);
  int8_t *block = need(calloc((size_t)depth * filled, 1));
  int32_t *sums = need(calloc(filled, sizeof *sums));
  uint8_t *shift = need(calloc(filled, 1));
  for (uint32_t n = 0; n < filled; n++) {
    double most = 0;
    for (uint32_t k = 0; n < columns && k < depth; k++) most = fmax(most, fabs((double)w[k * stride + n]));
    shift[n] = 1;
    while (n < columns && shift[n] < DEM_NET_SHIFT_MAX - 3 && most * (2 << shift[n]) <= 127.4) shift[n]++;
    int32_t sum = 0;
    for (uint32_t k = 0; n < columns && k < depth; k++) {
      int32_t q = rounded((double)w[k * stride + n] * (1 << shift[n]), 127);
      block[dem_net_block(k, n, depth)] = (int8_t)q;
      sum += q;
    }
    sums[n] = (bias && n < columns ? rounded((double)bias[n] * (128 << shift[n]), 1 << 24) : 0) - 128 * sum;
  }
  part(out, sums, filled * sizeof *sums);
  part(out, shift, filled);
  part(out, block, (size_t)depth * filled);
  free(block), free(sums), free(shift);
}

/* Step vectors and ROOT, through their curve, as a matrix whose products are in the units of heads: states of 1/2^7, shift 7. */
static void heads(writer *out, const dem_brain *b) {
  uint32_t arc = b->size.arc, steps = DEM_NET_STEPS + 1;
  int8_t *block = need(calloc(arc * DEM_NET_CONST, 1));
  int32_t bias[DEM_NET_CONST] = {0};
  uint8_t shift[DEM_NET_CONST];
  for (uint32_t n = 0; n < DEM_NET_CONST; n++) shift[n] = 7;
  for (uint32_t n = 0; n < steps; n++)
    for (uint32_t k = 0; k < arc; k++) {
      int32_t q = rounded((double)dem_curve(b->dense.w[b->place.arc_step + (size_t)n * arc + k]) * 128, 127);
      block[dem_net_block(k, n, arc)] = (int8_t)q;
      bias[n] -= 128 * q;
    }
  part(out, bias, sizeof bias);
  part(out, shift, sizeof shift);
  part(out, block, (size_t)arc * DEM_NET_CONST);
  free(block);
}

static void steps(writer *out, const dem_brain *b) {
  size_t n = (size_t)DEM_NET_STEPS * b->size.rel;
  int16_t *q = need(calloc(n, sizeof *q));
  for (size_t i = 0; i < n; i++) q[i] = (int16_t)rounded((double)b->dense.w[b->place.rel_step + i] * 4096, INT16_MAX);
  part(out, q, n * sizeof *q);
  free(q);
}

/* ---- rows ---- */

typedef struct table {
  const dem_brain *brain;
  const dem_dictionary *dictionary;
  uint32_t *slot, mask, log2;
  float *row;
  uint32_t rows;
} table;

/* Entries with a row, and of forms with a vector only the first `words` of the vectors' file. */
static bool is_kept(const dem_entry *e, uint32_t words) {
  return e->key && (e->row != DEM_NONE || (e->look == DEM_LOOK_FORM && e->vector != DEM_NONE && e->vector < words));
}

static uint32_t count_kept(const dem_dictionary *d, uint32_t words) {
  uint32_t n = DEM_LOOKS;
  for (uint32_t i = 0; i <= d->mask; i++) n += is_kept(&d->slot[i], words);
  return n;
}

/* How many words of the vectors' file fit into `most` rows, to a hundred. */
static uint32_t words_that_fit(const dem_dictionary *d, uint32_t most) {
  uint32_t words = 0;
  while (words < 1u << 17 && count_kept(d, words + 100) <= most) words += 100;
  return words;
}

static void add_row(const table *t, float *out, uint32_t row) {
  dem_add(out, t->brain->rows.w + (size_t)row * t->brain->place.width, t->brain->place.width);
}

/* A form's own row (or that of unknown forms), its vector, its ends. */
static void form_row(const table *t, const dem_entry *e, float *out) {
  const dem_brain *b = t->brain;
  uint64_t key[DEM_LOOKS];
  add_row(t, out, e->row != DEM_NONE ? e->row : DEM_LOOK_FORM);
  for (uint32_t k = 0; e->vector != DEM_NONE && k < b->size.vector; k++)
    dem_axpy(out, b->vector[(size_t)e->vector * b->size.vector + k], b->dense.w + b->place.given + (size_t)k * b->place.width, b->place.width);
  dem_look_norm(e->norm, key);
  for (unsigned k = DEM_LOOK_FORM + 1; k < DEM_LOOK_SHAPE; k++) {
    const dem_entry *end = key[k] ? dem_dictionary_find(t->dictionary, key[k]) : NULL;
    if (key[k]) add_row(t, out, end && end->row != DEM_NONE ? end->row : k);
  }
}

static void fill_table(table *t, uint32_t most) {
  const dem_dictionary *d = t->dictionary;
  uint32_t width = t->brain->place.width, words = words_that_fit(d, most), count = count_kept(d, words);
  for (t->log2 = 4; 1u << t->log2 < count + count / 2; t->log2++) {}
  t->mask = (1u << t->log2) - 1;
  t->slot = need(calloc((size_t)t->mask + 1, sizeof *t->slot));
  t->row = need(calloc((size_t)count * width, sizeof *t->row));
  for (uint32_t k = 0; k < DEM_LOOKS; k++) add_row(t, t->row + (size_t)k * width, k);
  t->rows = DEM_LOOKS;
  for (uint32_t i = 0; i <= d->mask; i++) {
    const dem_entry *e = &d->slot[i];
    if (!is_kept(e, words)) continue;
    uint32_t at = (uint32_t)e->key & t->mask;
    while (t->slot[at]) at = (at + 1) & t->mask;
    if (e->look == DEM_LOOK_FORM) form_row(t, e, t->row + (size_t)t->rows * width);
    else add_row(t, t->row + (size_t)t->rows * width, e->row);
    t->slot[at] = (t->rows++ + 1) << 15 | (uint32_t)(e->key >> 49);
  }
}

/* The largest power of two by which at most one value in a thousand leaves the byte. */
static uint8_t scale_of(const table *t, uint32_t dimension) {
  uint32_t width = t->brain->place.width;
  for (uint8_t k = 12; k > 0; k--) {
    uint32_t over = 0;
    for (uint32_t r = 0; r < t->rows; r++) over += fabsf(t->row[(size_t)r * width + dimension]) * (float)(1 << k) > 127.5f;
    if (over * 1000 <= t->rows) return k;
  }
  return 0;
}

static void write_table(writer *out, const table *t) {
  uint32_t width = t->brain->place.width;
  uint8_t *scale = need(calloc(width, 1));
  int8_t *q = need(calloc((size_t)t->rows * width, 1));
  for (uint32_t i = 0; i < width; i++) scale[i] = scale_of(t, i);
  for (size_t i = 0; i < (size_t)t->rows * width; i++) q[i] = (int8_t)rounded((double)t->row[i] * (1 << scale[i % width]), 127);
  part(out, t->slot, sizeof *t->slot * ((size_t)t->mask + 1));
  part(out, q, (size_t)t->rows * width);
  part(out, scale, width);
  free(scale), free(q);
}

bool dem_net_write(const dem_brain *b, const dem_dictionary *d, uint32_t rows, bool names, const char *path) {
  writer w = {fopen(path, "wb"), 0, true};
  if (!w.file) {
    fprintf(stderr, "demarche train: %s: cannot be written\n", path);
    return false;
  }
  table t = {.brain = b, .dictionary = d};
  fill_table(&t, rows);
  char text[DEM_NET_XPOS_MAX * sizeof d->xpos[0]] = "";
  uint32_t len = 0;
  for (uint32_t i = 0; i < d->xposes; i++) len += (uint32_t)snprintf(text + len, sizeof text - len, "%s\n", d->xpos[i]);
  const dem_net_size *s = &b->size;
  const float *dense = b->dense.w;
  uint32_t header[DEM_NET_HEADER] = {DEM_NET_MAGIC, DEM_NET_VERSION, s->half, s->layers, s->arc, s->rel, s->xpos, names ? s->name : 0,
                                     DEM_DEPREL_COUNT, DEM_UPOS_COUNT, t.log2, t.rows, len};
  put(&w, header, sizeof header);
  write_table(&w, &t);
  for (uint32_t l = 0; l < s->layers; l++)
    matrix(&w, dense + b->place.layer[l], b->place.gates, dense + b->place.layer_bias[l], b->place.width, b->place.gates);
  matrix(&w, dense + b->place.top, b->place.columns, dense + b->place.top_bias, b->place.width, b->place.columns - (names ? 0 : s->name));
  matrix(&w, dense + b->place.label, DEM_NET_RELS, dense + b->place.label_bias, s->rel, DEM_NET_RELS);
  heads(&w, b);
  steps(&w, b);
  part(&w, text, len);
  if (fclose(w.file) != 0) w.ok = false;
  free(t.slot), free(t.row);
  if (!w.ok) fprintf(stderr, "demarche train: %s: cannot be written\n", path);
  return w.ok;
}
