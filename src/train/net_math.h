/* Matrices for the network's trainer: single precision, one thread, sums in a fixed order. */
#ifndef DEM_TRAIN_NET_MATH_H
#define DEM_TRAIN_NET_MATH_H

#include <stddef.h>

/* A matrix seen through strides: element (i, j) is at[i * row + j * column]. */
typedef struct dem_mat {
  float *at;
  size_t row, column;
} dem_mat;

static inline dem_mat dem_mat_of(float *at, size_t columns) { return (dem_mat){at, columns, 1}; }
static inline dem_mat dem_mat_t(dem_mat m) { return (dem_mat){m.at, m.column, m.row}; } /* transposed */

/* c (m x n, column stride 1) += a (m x k) times b (k x n). */
void dem_gemm(dem_mat c, dem_mat a, dem_mat b, size_t m, size_t n, size_t k);

/* y += x, y += s * x over n numbers; the sum of squares. */
void dem_add(float *y, const float *x, size_t n);
void dem_axpy(float *y, float s, const float *x, size_t n);

/* One step of Adam over n weights whose gradient is g (then cleared); rate includes the bias correction. */
typedef struct dem_adam {
  float rate, beta1, beta2, epsilon;
} dem_adam;
void dem_adam_step(const dem_adam *adam, float *w, float *g, float *m, float *v, size_t n);

/* The network's only curve: t(x) = x (1 - |x| / 4) up to |x| = 2, then +-1; smooth, and exact enough in integers. */
static inline float dem_curve(float x) {
  x = x > 2 ? 2 : x < -2 ? -2 : x;
  return x * (1 - (x < 0 ? -x : x) / 4);
}
void dem_curves(float *x, size_t n);           /* each by t(x) */
void dem_gates(float *x, size_t n);            /* each by (1 + t(x / 2)) / 2 */
void dem_curves_back(float *d, const float *y, size_t n); /* d *= t'(x), where y = t(x): t' = sqrt(1 - |y|) */
void dem_gates_back(float *d, const float *y, size_t n);

#endif
