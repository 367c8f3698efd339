/* Decides nothing: matrix product and elementwise loops that gcc and clang turn into vector code, one clone a processor
 * family. The product packs blocks of both sides so that the innermost loop reads memory in order; each element is summed in the
 * order of k, so the same data gives the same bytes on the same processor family. */
#include "train/net_math.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) && !defined(__SANITIZE_THREAD__)
#define CLONES __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define CLONES
#endif

enum { ROWS = 6, LANES = 16, WIDE = 2 * LANES, DEPTH = 256 };
typedef float lanes __attribute__((vector_size(4 * LANES), aligned(4)));


static void pack_a(float *out, dem_mat a, size_t rows, size_t depth) {
  for (size_t p = 0; p < depth; p++)
    for (size_t i = 0; i < ROWS; i++) out[p * ROWS + i] = i < rows ? a.at[i * a.row + p * a.column] : 0;
}

static void pack_b(float *out, dem_mat b, size_t columns, size_t depth) {
  if (columns < WIDE) memset(out, 0, depth * WIDE * sizeof *out);
  if (b.column == 1) {
    for (size_t p = 0; p < depth; p++) memcpy(out + p * WIDE, b.at + p * b.row, columns * sizeof *out);
    return;
  }
  for (size_t j = 0; j < columns; j++)
    for (size_t p = 0; p < depth; p++) out[p * WIDE + j] = b.at[p * b.row + j * b.column];
}

/* tile = the product of a packed strip and a packed panel. */
static inline __attribute__((always_inline)) void multiply(const float *a, const float *b, size_t depth, lanes tile[ROWS][2]) {
  lanes t[ROWS][2] = {{{0}}};
  for (size_t p = 0; p < depth; p++, a += ROWS, b += WIDE) {
    lanes b0 = *(const lanes *)b, b1 = *(const lanes *)(b + LANES);
    for (int i = 0; i < ROWS; i++) {
      t[i][0] += a[i] * b0;
      t[i][1] += a[i] * b1;
    }
  }
  memcpy(tile, t, sizeof t);
}

static inline __attribute__((always_inline)) void store(float *c, size_t stride, lanes tile[ROWS][2], size_t rows, size_t columns) {
  for (size_t i = 0; i < rows; i++) {
    float *out = c + i * stride;
    if (columns == WIDE) {
      *(lanes *)out += tile[i][0];
      *(lanes *)(out + LANES) += tile[i][1];
      continue;
    }
    const float *t = (const float *)tile[i];
    for (size_t j = 0; j < columns; j++) out[j] += t[j];
  }
}

/* One block of depth: all strips of a (packed by the caller) against one panel of b. */
CLONES static void panel(float *c, size_t stride, const float *strips, const float *b, size_t m, size_t columns, size_t depth) {
  lanes tile[ROWS][2];
  for (size_t i = 0; i < m; i += ROWS) {
    multiply(strips + i * depth, b, depth, tile);
    store(c + i * stride, stride, tile, m - i < ROWS ? m - i : ROWS, columns);
  }
}

void dem_gemm(dem_mat c, dem_mat a, dem_mat b, size_t m, size_t n, size_t k) {
  float *strips = malloc((m + ROWS) * DEPTH * sizeof *strips), *right = malloc(sizeof(float) * DEPTH * WIDE);
  if (!strips || !right) abort();
  for (size_t p = 0; p < k; p += DEPTH) {
    size_t depth = k - p < DEPTH ? k - p : DEPTH;
    for (size_t i = 0; i < m; i += ROWS)
      pack_a(strips + i * depth, (dem_mat){a.at + i * a.row + p * a.column, a.row, a.column}, m - i < ROWS ? m - i : ROWS, depth);
    for (size_t j = 0; j < n; j += WIDE) {
      size_t columns = n - j < WIDE ? n - j : WIDE;
      pack_b(right, (dem_mat){b.at + p * b.row + j * b.column, b.row, b.column}, columns, depth);
      panel(c.at + j, c.row, strips, right, m, columns, depth);
    }
  }
  free(strips);
  free(right);
}

CLONES void dem_add(float *y, const float *x, size_t n) {
  for (size_t i = 0; i < n; i++) y[i] += x[i];
}

CLONES void dem_axpy(float *y, float s, const float *x, size_t n) {
  for (size_t i = 0; i < n; i++) y[i] += s * x[i];
}

CLONES void dem_adam_step(const dem_adam *adam, float *w, float *g, float *m, float *v, size_t n) {
  dem_adam a = *adam;
  for (size_t i = 0; i < n; i++) {
    m[i] = a.beta1 * m[i] + (1 - a.beta1) * g[i];
    v[i] = a.beta2 * v[i] + (1 - a.beta2) * g[i] * g[i];
    w[i] -= a.rate * m[i] / (sqrtf(v[i]) + a.epsilon);
    g[i] = 0;
  }
}

CLONES void dem_curves(float *x, size_t n) {
  for (size_t i = 0; i < n; i++) x[i] = dem_curve(x[i]);
}

CLONES void dem_gates(float *x, size_t n) {
  for (size_t i = 0; i < n; i++) x[i] = 0.5f + 0.5f * dem_curve(0.5f * x[i]);
}

CLONES void dem_curves_back(float *d, const float *y, size_t n) {
  for (size_t i = 0; i < n; i++) {
    float rest = 1 - fabsf(y[i]);
    d[i] *= sqrtf(rest > 0 ? rest : 0);
  }
}

CLONES void dem_gates_back(float *d, const float *y, size_t n) {
  for (size_t i = 0; i < n; i++) {
    float rest = 1 - fabsf(2 * y[i] - 1);
    d[i] *= 0.25f * sqrtf(rest > 0 ? rest : 0);
  }
}
