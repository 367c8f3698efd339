/* The product of activations and weights, the one place where the network spends its time. */
#ifndef DEM_TEXT_NET_KERNEL_H
#define DEM_TEXT_NET_KERNEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { DEM_NET_LANES = 16, DEM_NET_DEPTH = 4 }; /* outputs and inputs of a block of weights */

/* Elementwise loops are compiled once a processor family; integers, so each gives the same. Not with clang 14, which loses clones
 * between files, nor for ThreadSanitizer, which is not awake yet when the loader chooses among them. */
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) && !defined(__SANITIZE_THREAD__)
#define DEM_NET_CLONES __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define DEM_NET_CLONES
#endif

/* Which code runs the product; PLAIN works everywhere, the others where the processor has them. */
typedef enum dem_net_code { DEM_NET_PLAIN, DEM_NET_AVX2, DEM_NET_VNNI, DEM_NET_CODES } dem_net_code;
bool dem_net_code_works(dem_net_code code);

/* out[i][n] = bias[n] + sum over k of in[i][k] * w[k][n], for `tokens` rows of `depth` inputs (a multiple of DEM_NET_DEPTH) and
 * `columns` outputs (a multiple of DEM_NET_LANES). Inputs are value + 128. Weights lie in blocks [columns / 16][depth / 4][16][4].
 * Sums are exact: |bias| + 255 * 128 * depth must stay below 2^31. */
void dem_net_multiply(int32_t *out, const uint8_t *in, const int8_t *w, const int32_t *bias, uint32_t tokens, uint32_t depth, uint32_t columns);
/* The same by a given code, for tests. */
void dem_net_multiply_by(dem_net_code code, int32_t *out, const uint8_t *in, const int8_t *w, const int32_t *bias, uint32_t tokens, uint32_t depth,
                         uint32_t columns);

static inline size_t dem_net_block(uint32_t k, uint32_t n, uint32_t depth) { /* where weight (k, n) lies */
  return ((size_t)(n / DEM_NET_LANES) * (depth / DEM_NET_DEPTH) + k / DEM_NET_DEPTH) * (DEM_NET_LANES * DEM_NET_DEPTH) +
         n % DEM_NET_LANES * DEM_NET_DEPTH + k % DEM_NET_DEPTH;
}

#endif
