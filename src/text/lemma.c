/* Decides lemmas: the rule of the longest known ending under the word's tag, whole words first. A rule strips bytes off the end
 * and appends others; what would cut a character apart does not fit. Refuses nothing: an unknown word is its own lemma. */
#include "text/lemma.h"

bool dem_lemmas_open(dem_str blob, dem_lemmas *l) {
  uint32_t h[8];
  if (blob.len < sizeof h || (uintptr_t)blob.data % 4) return false;
  memcpy(h, blob.data, sizeof h);
  if (h[0] != DEM_LEMMA_MAGIC || h[1] != DEM_LEMMA_VERSION || h[2] > DEM_LEMMA_RULES || h[3] > 24) return false;
  if (sizeof h + (uint64_t)h[2] * sizeof(dem_lemma_rule) + ((uint64_t)4 << h[3]) != blob.len) return false;
  l->rules = h[2];
  l->mask = (1u << h[3]) - 1;
  l->rule = (const dem_lemma_rule *)(const void *)(blob.data + sizeof h);
  l->slot = (const uint32_t *)(const void *)(l->rule + l->rules);
  return true;
}

static uint32_t find(const dem_lemmas *l, uint64_t key) {
  uint32_t tag = (uint32_t)(key >> 44);
  for (uint32_t at = (uint32_t)key & l->mask, i = 0; i < DEM_LEMMA_PROBES; at = (at + 1) & l->mask, i++) {
    uint32_t slot = l->slot[at];
    if (slot == 0) break;
    if (slot >> 12 == tag && (slot & 4095) && (slot & 4095) <= l->rules) return (slot & 4095) - 1;
  }
  return DEM_NONE;
}

bool dem_lemma_apply(const dem_lemma_rule *rule, dem_arena *arena, dem_str form, dem_str norm, dem_str *lemma) {
  dem_str base = rule->lower ? norm : form;
  uint32_t count = rule->count <= DEM_LEMMA_APPEND ? rule->count : 0;
  if (base.len < rule->strip || base.len - rule->strip + count == 0) return false;
  size_t keep = base.len - rule->strip;
  if (rule->strip && ((unsigned char)base.data[keep] & 0xC0) == 0x80) return false;
  *lemma = (dem_str){base.data, keep};
  if (!count) return true;
  char *p = dem_arena_push(arena, keep + count);
  memcpy(p, base.data, keep);
  memcpy(p + keep, rule->append, count);
  *lemma = (dem_str){p, keep + count};
  return true;
}

dem_str dem_lemma(const dem_lemmas *l, dem_arena *arena, dem_str form, dem_str norm, const dem_word *w, dem_str tag) {
  dem_str lemma;
  size_t k = DEM_LEMMA_SUFFIX + 1;
  if (l->rule)
    for (;; k--) {
      if (k > DEM_LEMMA_SUFFIX || k <= norm.len) {
        uint32_t rule = find(l, dem_lemma_key(norm, w, tag, k));
        if (rule != DEM_NONE && dem_lemma_apply(&l->rule[rule], arena, form, norm, &lemma)) return lemma;
      }
      if (k == 0) break;
    }
  return norm.len ? norm : form;
}
