/* The namer's weights as bytes: one unit for all weights, so large that one weight in 2,000 is cut at 127 of it; the smallest are
 * left out until the rest has room. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "train/name_train.h"

static void *must(void *p) {
  if (p) return p;
  fprintf(stderr, "demarche train: out of memory\n");
  exit(1);
}

static int by_size(const void *a, const void *b) {
  float x = *(const float *)a, y = *(const float *)b;
  return (x > y) - (x < y);
}

static float unit_of(const dem_name_weights *w) {
  size_t all = (size_t)w->rows * DEM_NAME_TAGS, n = 0;
  float *size = must(malloc((all + 1) * sizeof *size));
  for (size_t i = 0; i < all; i++)
    if (w->emit[i] != 0) size[n++] = fabsf(w->emit[i]);
  qsort(size, n, sizeof *size, by_size);
  float unit = n ? size[n - 1 - n / 2000] / 127 : 1;
  free(size);
  return unit > 0 ? unit : 1;
}

static int in_units(float x, float unit, int most) {
  long q = lrintf(x / unit);
  return (int)(q > most ? most : q < -most ? -most : q);
}

static uint32_t kept_of(const dem_name_weights *w, uint32_t row, float unit, int least) {
  uint32_t n = 0;
  if (!w->wanted[row]) return 0;
  for (unsigned t = 0; t < DEM_NAME_TAGS; t++) n += abs(in_units(w->emit[(size_t)row * DEM_NAME_TAGS + t], unit, 127)) >= least;
  return n;
}

static void count_kept(const dem_name_weights *w, float unit, int least, uint32_t *rows, uint32_t *cells) {
  *rows = *cells = 0;
  for (uint32_t r = 0; r < w->rows; r++) {
    uint32_t n = kept_of(w, r, unit, least);
    *rows += n > 0;
    *cells += n ? n + 1 : 0;
  }
}

typedef struct place {
  uint64_t key;
  uint32_t bucket, row;
} place;

static int by_bucket(const void *a, const void *b) {
  const place *x = a, *y = b;
  if (x->bucket != y->bucket) return x->bucket < y->bucket ? -1 : 1;
  return (x->key > y->key) - (x->key < y->key);
}

static uint16_t *put_row(const dem_name_weights *w, uint32_t row, float unit, int least, uint16_t *cell) {
  *cell++ = (uint16_t)(w->key[row] >> 48);
  for (unsigned t = 0; t < DEM_NAME_TAGS; t++) {
    int q = in_units(w->emit[(size_t)row * DEM_NAME_TAGS + t], unit, 127);
    if (abs(q) >= least) *cell++ = (uint16_t)(t | (unsigned)(uint8_t)(int8_t)q << 8);
  }
  cell[-1] |= DEM_NAME_LAST;
  return cell;
}

/* Rows in order of their buckets. */
static void put_rows(const dem_name_weights *w, float unit, int least, uint32_t bucket_log2, uint32_t *bucket, uint16_t *cells) {
  uint32_t mask = (1u << bucket_log2) - 1, n = 0, next = 0;
  place *of = must(malloc((w->rows + 1) * sizeof *of));
  uint16_t *cell = cells;
  for (uint32_t r = 0; r < w->rows; r++)
    if (kept_of(w, r, unit, least)) of[n++] = (place){w->key[r], (uint32_t)w->key[r] & mask, r};
  qsort(of, n, sizeof *of, by_bucket);
  for (uint32_t i = 0; i < n; i++) {
    while (next <= of[i].bucket) bucket[next++] = (uint32_t)(cell - cells);
    cell = put_row(w, of[i].row, unit, least, cell);
  }
  while (next <= mask + 1) bucket[next++] = (uint32_t)(cell - cells);
  free(of);
}

static void put_moves(const float *move, float unit, int16_t *to) {
  for (uint32_t i = 0; i < DEM_NAME_MOVES; i++) to[i] = (int16_t)(move ? in_units(move[i], unit, 32000) : 0);
}

char *dem_name_blob(const dem_name_weights *w, uint32_t room, size_t *len) {
  float unit = unit_of(w);
  uint32_t rows, cells, bucket_log2 = 2;
  int least = 1;
  for (count_kept(w, unit, least, &rows, &cells); cells > room; least++) count_kept(w, unit, least + 1, &rows, &cells);
  while (6u << bucket_log2 < rows) bucket_log2++;
  size_t moves = sizeof(int16_t) * DEM_NAME_MOVES, words = (size_t)4 << w->word_log2, buckets = 4 * (((size_t)1 << bucket_log2) + 1);
  uint32_t header[8] = {DEM_NAME_MAGIC, DEM_NAME_VERSION, DEM_NAME_TAGS, w->word_log2, bucket_log2, cells, 0, 0};
  *len = sizeof header + moves + words + buckets + 2 * (size_t)cells;
  char *blob = must(calloc(1, *len + 4)), *p = blob + sizeof header;
  memcpy(blob, header, sizeof header);
  put_moves(w->move, unit, (int16_t *)(void *)p);
  memcpy(p + moves, w->word, words);
  put_rows(w, unit, least, bucket_log2, (uint32_t *)(void *)(p + moves + words), (uint16_t *)(void *)(p + moves + words + buckets));
  if (rows) fprintf(stderr, "name: weights from %d units on: %u features, %u cells, %zu bytes\n", least, rows, cells, *len);
  return blob;
}
