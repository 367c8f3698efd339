/* Lemmas by learned suffix rules.
 *
 *   header  u32 magic, version, rules, slots_log2, four of zero
 *   rules   16 bytes each: u8 lower, strip, count, then `count` bytes to append
 *   slots   u32[1 << slots_log2]   0 empty, else 20 bits of the key << 12 | rule + 1; linear probing
 */
#ifndef DEM_TEXT_LEMMA_H
#define DEM_TEXT_LEMMA_H

#include "base/str.h"
#include "text/word.h"

#define DEM_LEMMA_MAGIC 0x314D4C44u /* "DLM1" */
enum { DEM_LEMMA_VERSION = 1, DEM_LEMMA_SUFFIX = 8, DEM_LEMMA_APPEND = 13, DEM_LEMMA_PROBES = 64, DEM_LEMMA_RULES = 4095 };

typedef struct dem_lemma_rule {
  uint8_t lower; /* work on the norm, else on the form as written */
  uint8_t strip, count;
  char append[DEM_LEMMA_APPEND];
} dem_lemma_rule;

typedef struct dem_lemmas {
  const dem_lemma_rule *rule;
  const uint32_t *slot;
  uint32_t rules, mask;
} dem_lemmas;

bool dem_lemmas_open(dem_str blob, dem_lemmas *l);
/* The lemma of a word with a tag; the norm when nothing is known. Points to arena memory, the form or the norm. */
dem_str dem_lemma(const dem_lemmas *l, dem_arena *arena, dem_str form, dem_str norm, const dem_word *w, dem_str tag);

/* Keys: the last `k` bytes of the norm, or (k > DEM_LEMMA_SUFFIX) all of it with its case. */
static inline uint64_t dem_lemma_key(dem_str norm, const dem_word *w, dem_str tag, size_t k) {
  uint64_t t = dem_hash(tag.data, tag.len, 0);
  if (k > DEM_LEMMA_SUFFIX) return dem_feature(99, dem_hash(norm.data, norm.len, 0), t + (w->traits & 3u));
  return dem_feature((uint32_t)k, dem_hash(norm.data + norm.len - k, k, 0), t + (w->traits & 1u));
}
/* Apply a rule; false when it does not fit. */
bool dem_lemma_apply(const dem_lemma_rule *rule, dem_arena *arena, dem_str form, dem_str norm, dem_str *lemma);

#endif
