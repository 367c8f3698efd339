/* What the models look at in one token, as numbers, computed once; and the arithmetic that makes features of them. */
#ifndef DEM_TEXT_WORD_H
#define DEM_TEXT_WORD_H

#include "base/str.h"

typedef struct dem_word {
  uint32_t form;       /* hash of the form, digits as 0 */
  uint32_t norm;       /* hash of the norm, digits as 0 */
  uint32_t suffix[5];  /* last 1 to 5 bytes of the norm; 0 where it is shorter */
  uint32_t prefix[4];  /* first 1 to 4 */
  uint32_t shape;      /* hash of "Xx", "X.X.", "0-0" … */
  uint32_t cluster[2]; /* coarse and fine, 0 unknown */
  uint8_t traits;      /* DEM_TRAIT_… */
  uint8_t label;       /* the tagger's, from 1; 0 not tagged yet */
  uint8_t name;        /* the namer's label */
  uint8_t list;        /* bits: lexicon lists that hold a name with this word in it */
} dem_word;

enum { DEM_TRAIT_UPPER = 1, DEM_TRAIT_ALL_UPPER = 2, DEM_TRAIT_DIGIT = 4, DEM_TRAIT_HYPHEN = 8, DEM_TRAIT_SIGN = 16 };

/* Everything but cluster, label, name, list. */
void dem_word_make(dem_str form, dem_str norm, dem_word *w);

/* A feature: the number of its template and up to two values. */
static inline uint64_t dem_feature(uint32_t template, uint64_t a, uint64_t b) {
  uint64_t x = (a + 0x9E3779B97F4A7C15u) * 0xBF58476D1CE4E5B9u ^ (b * 0x94D049BB133111EBu + template) * 0x9E3779B97F4A7C15u;
  x ^= x >> 31;
  x *= 0xD6E8FEB86659FD93u;
  return x ^ x >> 32;
}
static inline uint64_t dem_two(uint32_t a, uint32_t b) { return (uint64_t)a << 32 | b; }

#endif
