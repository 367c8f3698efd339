/* Lemmas by learned rules: of whole words, else of endings.
 *
 *   header  u32 magic, version, rules, slots_log2, four of zero
 *   rules   16 bytes each: u8 base, strip, count, then `count` bytes to append
 *   slots   u32[1 << slots_log2]   0 empty, else 20 bits of the key << 12 | rule + 1; linear probing
 */
#ifndef DEM_TEXT_LEMMA_H
#define DEM_TEXT_LEMMA_H

#include "base/str.h"

#define DEM_LEMMA_MAGIC 0x314D4C44u /* "DLM1" */
enum {
  DEM_LEMMA_VERSION = 2,
  DEM_LEMMA_SUFFIX = 8,
  DEM_LEMMA_ANY,
  DEM_LEMMA_WHOLE,
  DEM_LEMMA_APPEND = 13,
  DEM_LEMMA_PROBES = 64,
  DEM_LEMMA_RULES = 4095
};

/* What a rule works on: the form as written, its norm (small letters), or the norm with capitals where words begin. */
enum { DEM_LEMMA_FORM, DEM_LEMMA_NORM, DEM_LEMMA_TITLE, DEM_LEMMA_BASES };

typedef struct dem_lemma_rule {
  uint8_t base, strip, count;
  char append[DEM_LEMMA_APPEND];
} dem_lemma_rule;

typedef struct dem_lemmas {
  const dem_lemma_rule *rule;
  const uint32_t *slot;
  uint32_t rules, mask;
} dem_lemmas;

/* False, and `l` empty, when the blob's head and length are not those of a set of rules. */
bool dem_lemmas_open(dem_str blob, dem_lemmas *l);
bool dem_lemmas_sound(const dem_lemmas *l); /* every rule and slot; only then dem_lemma may use it */
/* The lemma of a word with a Penn tag; the norm when nothing is known (`l` empty). Points to arena memory, the form or the norm. */
dem_str dem_lemma(const dem_lemmas *l, dem_arena *arena, dem_str form, dem_str norm, dem_str tag);

/* The key of the word's last `k` bytes under its tag, of all of it (k = DEM_LEMMA_WHOLE), or of all of it under any tag
 * (DEM_LEMMA_ANY). Capitals count where the tag lets them mean something. */
uint64_t dem_lemma_key(dem_str form, dem_str norm, dem_str tag, size_t k);
/* Apply a rule; false when it does not fit. */
bool dem_lemma_apply(const dem_lemma_rule *rule, dem_arena *arena, dem_str form, dem_str norm, dem_str *lemma);

#endif
