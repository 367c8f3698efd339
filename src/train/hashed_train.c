/* One flat table of weights and their sums over time, whole numbers only. */
#include "train/hashed_train.h"

#include <stdio.h>
#include <stdlib.h>

typedef struct weight {
  int64_t sum; /* of tick times change: the average is weight - sum / ticks */
  int32_t now;
} weight;

struct dem_hashed_learner {
  weight (*row)[DEM_HASHED_CHOICES];
  uint32_t log2, mask;
  int64_t ticks;
};

dem_hashed_learner *dem_hashed_learner_new(uint32_t rows_log2) {
  dem_hashed_learner *l = calloc(1, sizeof *l);
  if (!l) abort();
  l->row = calloc((size_t)1 << rows_log2, sizeof *l->row);
  if (!l->row) abort();
  l->log2 = rows_log2;
  l->mask = (1u << rows_log2) - 1;
  l->ticks = 1;
  return l;
}

void dem_hashed_learner_free(dem_hashed_learner *l) {
  if (l) free(l->row);
  free(l);
}

void dem_hashed_score(const dem_hashed_learner *l, const uint64_t *features, uint32_t n, int32_t score[DEM_HASHED_CHOICES]) {
  for (uint32_t i = 0; i < n; i++) __builtin_prefetch(&l->row[(uint32_t)features[i] & l->mask]);
  for (unsigned k = 0; k < DEM_HASHED_CHOICES; k++) score[k] = 0;
  for (uint32_t i = 0; i < n; i++) {
    const weight *w = l->row[(uint32_t)features[i] & l->mask];
    for (unsigned k = 0; k < DEM_HASHED_CHOICES; k++) score[k] += w[k].now;
  }
}

void dem_hashed_update(dem_hashed_learner *l, const uint64_t *features, uint32_t n, unsigned good, unsigned bad) {
  for (uint32_t i = 0; i < n; i++) {
    weight *w = l->row[(uint32_t)features[i] & l->mask];
    w[good].now++, w[good].sum += l->ticks;
    w[bad].now--, w[bad].sum -= l->ticks;
  }
}

void dem_hashed_tick(dem_hashed_learner *l) { l->ticks++; }

/* Averages as 16-bit differences from the first choice; the largest becomes 32767. */
bool dem_hashed_write(dem_hashed_learner *l, const char *path) {
  size_t rows = (size_t)l->mask + 1;
  int16_t(*out)[2] = calloc(rows, sizeof *out);
  int64_t most = 1;
  if (!out) abort();
  for (size_t i = 0; i < rows; i++)
    for (unsigned k = DEM_HASHED_CHOICES; k--;) {
      weight *w = &l->row[i][k];
      w->sum = w->now * l->ticks - w->sum;
    }
  for (size_t i = 0; i < rows; i++)
    for (unsigned k = 1; k < DEM_HASHED_CHOICES; k++) {
      int64_t size = llabs(l->row[i][k].sum -= l->row[i][0].sum);
      if (size > most) most = size;
    }
  for (size_t i = 0; i < rows; i++)
    for (unsigned k = 1; k < DEM_HASHED_CHOICES; k++) out[i][k - 1] = (int16_t)(l->row[i][k].sum / (most / 32767 + 1));
  uint32_t header[DEM_HASHED_HEADER / 4] = {DEM_HASHED_MAGIC, DEM_HASHED_VERSION, l->log2};
  FILE *f = fopen(path, "wb");
  bool ok = f && fwrite(header, sizeof header, 1, f) == 1 && fwrite(out, sizeof *out, rows, f) == rows;
  if (f && fclose(f) != 0) ok = false;
  if (!ok) fprintf(stderr, "demarche train: %s: cannot be written\n", path);
  free(out);
  return ok;
}
