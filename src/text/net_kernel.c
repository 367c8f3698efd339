/* Decides only which code runs: plain C, AVX2 or AVX-512 VNNI. All three add the same whole numbers without loss, so every machine
 * gets the same sums. Refuses nothing; sizes are the caller's promise. */
#include "text/net_kernel.h"

#include <string.h>

enum { BLOCK = DEM_NET_LANES * DEM_NET_DEPTH };

/* One block of outputs for one token. */
static void plain_block(int32_t *out, const uint8_t *in, const int8_t *w, const int32_t *bias, uint32_t depth) {
  int32_t sum[DEM_NET_LANES];
  memcpy(sum, bias, sizeof sum);
  for (uint32_t k = 0; k < depth; k += DEM_NET_DEPTH, w += BLOCK)
    for (uint32_t n = 0; n < DEM_NET_LANES; n++)
      for (uint32_t q = 0; q < DEM_NET_DEPTH; q++) sum[n] += in[k + q] * w[n * DEM_NET_DEPTH + q];
  memcpy(out, sum, sizeof sum);
}

static void plain(int32_t *out, const uint8_t *in, const int8_t *w, const int32_t *bias, uint32_t tokens, uint32_t depth, uint32_t columns) {
  for (uint32_t n = 0; n < columns; n += DEM_NET_LANES)
    for (uint32_t i = 0; i < tokens; i++)
      plain_block(out + (size_t)i * columns + n, in + (size_t)i * depth, w + (size_t)n * depth, bias + n, depth);
}

#if defined(__x86_64__) && defined(__GNUC__)
#include <immintrin.h>

static inline uint32_t four(const uint8_t *in) {
  uint32_t x;
  memcpy(&x, in, sizeof x);
  return x;
}

/* `rows` tokens (at most 8) times two blocks of outputs; rows is a constant where it is called. */
static inline __attribute__((always_inline, target("avx512f,avx512bw,avx512vnni"))) void vnni_tile(
    int32_t *out, const uint8_t *in, const int8_t *w, const int32_t *bias, uint32_t rows, uint32_t depth, uint32_t columns, uint32_t wide) {
  __m512i sum[8][2];
  for (uint32_t i = 0; i < rows; i++)
    for (uint32_t b = 0; b < wide; b++) sum[i][b] = _mm512_loadu_si512(bias + b * DEM_NET_LANES);
  const int8_t *next = w + (size_t)depth * DEM_NET_LANES;
  for (uint32_t k = 0; k < depth; k += DEM_NET_DEPTH, w += BLOCK, next += BLOCK) {
    __m512i w0 = _mm512_loadu_si512(w), w1 = wide > 1 ? _mm512_loadu_si512(next) : w0;
    for (uint32_t i = 0; i < rows; i++) {
      __m512i x = _mm512_set1_epi32((int32_t)four(in + (size_t)i * depth + k));
      sum[i][0] = _mm512_dpbusd_epi32(sum[i][0], x, w0);
      if (wide > 1) sum[i][1] = _mm512_dpbusd_epi32(sum[i][1], x, w1);
    }
  }
  for (uint32_t i = 0; i < rows; i++)
    for (uint32_t b = 0; b < wide; b++) _mm512_storeu_si512(out + (size_t)i * columns + b * DEM_NET_LANES, sum[i][b]);
}

__attribute__((target("avx512f,avx512bw,avx512vnni"))) static void vnni(int32_t *out, const uint8_t *in, const int8_t *w, const int32_t *bias,
                                                                        uint32_t tokens, uint32_t depth, uint32_t columns) {
  for (uint32_t n = 0; n < columns; n += 2 * DEM_NET_LANES) {
    const int8_t *at = w + (size_t)n * depth;
    bool two = columns - n >= 2 * DEM_NET_LANES;
    uint32_t i = 0;
    for (; two && i + 8 <= tokens; i += 8) vnni_tile(out + (size_t)i * columns + n, in + (size_t)i * depth, at, bias + n, 8, depth, columns, 2);
    for (; two && i + 2 <= tokens; i += 2) vnni_tile(out + (size_t)i * columns + n, in + (size_t)i * depth, at, bias + n, 2, depth, columns, 2);
    for (; two && i < tokens; i++) vnni_tile(out + (size_t)i * columns + n, in + (size_t)i * depth, at, bias + n, 1, depth, columns, 2);
    for (; i + 4 <= tokens; i += 4) vnni_tile(out + (size_t)i * columns + n, in + (size_t)i * depth, at, bias + n, 4, depth, columns, 1);
    for (; i < tokens; i++) vnni_tile(out + (size_t)i * columns + n, in + (size_t)i * depth, at, bias + n, 1, depth, columns, 1);
  }
}

/* `rows` tokens (at most 2) times one block: weights widened to 16 bits, pairs added as pmaddwd does; four inputs of an output end as two
 * neighbouring sums. */
static inline __attribute__((always_inline, target("avx2"))) void avx2_tile(int32_t *out, const uint8_t *in, const int8_t *w, const int32_t *bias,
                                                                            uint32_t rows, uint32_t depth, uint32_t columns) {
  __m256i sum[2][4];
  for (uint32_t i = 0; i < rows; i++)
    for (uint32_t q = 0; q < 4; q++) sum[i][q] = _mm256_setzero_si256();
  for (uint32_t k = 0; k < depth; k += DEM_NET_DEPTH, w += BLOCK)
    for (uint32_t q = 0; q < 4; q++) {
      __m256i wide = _mm256_cvtepi8_epi16(_mm_loadu_si128((const __m128i *)(const void *)(w + q * 16)));
      for (uint32_t i = 0; i < rows; i++) {
        __m256i x = _mm256_cvtepu8_epi16(_mm_set1_epi32((int32_t)four(in + (size_t)i * depth + k)));
        sum[i][q] = _mm256_add_epi32(sum[i][q], _mm256_madd_epi16(x, wide));
      }
    }
  for (uint32_t i = 0; i < rows; i++)
    for (uint32_t q = 0; q < 4; q++) {
      int32_t part[8];
      _mm256_storeu_si256((__m256i *)(void *)part, sum[i][q]);
      for (uint32_t n = 0; n < 4; n++) out[(size_t)i * columns + q * 4 + n] = bias[q * 4 + n] + part[2 * n] + part[2 * n + 1];
    }
}

__attribute__((target("avx2"))) static void avx2(int32_t *out, const uint8_t *in, const int8_t *w, const int32_t *bias, uint32_t tokens,
                                                 uint32_t depth, uint32_t columns) {
  for (uint32_t n = 0; n < columns; n += DEM_NET_LANES) {
    uint32_t i = 0;
    for (; i + 2 <= tokens; i += 2) avx2_tile(out + (size_t)i * columns + n, in + (size_t)i * depth, w + (size_t)n * depth, bias + n, 2, depth, columns);
    if (i < tokens) avx2_tile(out + (size_t)i * columns + n, in + (size_t)i * depth, w + (size_t)n * depth, bias + n, 1, depth, columns);
  }
}

bool dem_net_code_works(dem_net_code code) {
  if (code == DEM_NET_VNNI) return __builtin_cpu_supports("avx512vnni") && __builtin_cpu_supports("avx512bw");
  return code == DEM_NET_PLAIN || (code == DEM_NET_AVX2 && __builtin_cpu_supports("avx2"));
}
#else
static void vnni(int32_t *out, const uint8_t *in, const int8_t *w, const int32_t *bias, uint32_t tokens, uint32_t depth, uint32_t columns) {
  plain(out, in, w, bias, tokens, depth, columns);
}
#define avx2 vnni

bool dem_net_code_works(dem_net_code code) { return code == DEM_NET_PLAIN; }
#endif

void dem_net_multiply_by(dem_net_code code, int32_t *out, const uint8_t *in, const int8_t *w, const int32_t *bias, uint32_t tokens, uint32_t depth,
                         uint32_t columns) {
  if (code == DEM_NET_VNNI) vnni(out, in, w, bias, tokens, depth, columns);
  else if (code == DEM_NET_AVX2) avx2(out, in, w, bias, tokens, depth, columns);
  else plain(out, in, w, bias, tokens, depth, columns);
}

void dem_net_multiply(int32_t *out, const uint8_t *in, const int8_t *w, const int32_t *bias, uint32_t tokens, uint32_t depth, uint32_t columns) {
  dem_net_code code = dem_net_code_works(DEM_NET_VNNI) ? DEM_NET_VNNI : dem_net_code_works(DEM_NET_AVX2) ? DEM_NET_AVX2 : DEM_NET_PLAIN;
  dem_net_multiply_by(code, out, in, w, bias, tokens, depth, columns);
}
