/* Decides lemmas: the rule of the whole word under its tag, else that of a word in small letters whose lemma is the same under all
 * its tags (taggers err), else that of its longest known ending. A rule takes bytes off the end
 * and puts others there; what would cut a character apart does not fit. Invariant: a lemma is never empty where the norm is not.
 * Refuses nothing: an unknown word is its own lemma. */
#include "text/lemma.h"

#include "base/utf8.h"

enum { TITLE_MAX = 64 }; /* bytes; longer words are no names in capitals */

bool dem_lemmas_open(dem_str blob, dem_lemmas *l) {
  uint32_t h[8];
  *l = (dem_lemmas){NULL, NULL, 0, 0};
  if (blob.len < sizeof h || (uintptr_t)blob.data % 4) return false;
  memcpy(h, blob.data, sizeof h);
  if (h[0] != DEM_LEMMA_MAGIC || h[1] != DEM_LEMMA_VERSION || h[2] > DEM_LEMMA_RULES || h[3] > 24) return false;
  if (sizeof h + (uint64_t)h[2] * sizeof(dem_lemma_rule) + ((uint64_t)4 << h[3]) != blob.len) return false;
  l->rule = (const dem_lemma_rule *)(const void *)(blob.data + sizeof h);
  l->rules = h[2];
  l->slot = (const uint32_t *)(const void *)(l->rule + l->rules);
  l->mask = (1u << h[3]) - 1;
  return true;
}

bool dem_lemmas_sound(const dem_lemmas *l) {
  for (uint32_t i = 0; i < l->rules; i++) {
    const dem_lemma_rule *r = &l->rule[i];
    if (r->base >= DEM_LEMMA_BASES || r->count > DEM_LEMMA_APPEND || !dem_utf8_valid((dem_str){r->append, r->count}))
      return false;
  }
  for (uint32_t i = 0; i <= l->mask; i++)
    if (l->slot[i] && (l->slot[i] & 4095) - 1 >= l->rules) return false;
  return true;
}

static uint32_t find(const dem_lemmas *l, uint64_t key) {
  uint32_t tag = (uint32_t)(key >> 44);
  for (uint32_t at = (uint32_t)key & l->mask, i = 0; i < DEM_LEMMA_PROBES; at = (at + 1) & l->mask, i++) {
    uint32_t slot = l->slot[at];
    if (slot == 0) break;
    if (slot >> 12 == tag) return (slot & 4095) - 1;
  }
  return DEM_NONE;
}

/* 0 small letters or none, 1 begins with a capital, 2 nothing but capitals, at least two. */
static unsigned case_of(dem_str form) {
  size_t at = 0;
  if (!form.len || !dem_cp_is_upper(dem_utf8_next(form, &at))) return 0;
  size_t upper = 0;
  for (; at < form.len && at < TITLE_MAX; at++) {
    if (dem_is_lower((unsigned char)form.data[at]) || (unsigned char)form.data[at] >= 0x80) return 1;
    upper += dem_is_upper((unsigned char)form.data[at]);
  }
  return upper ? 2 : 1;
}

static bool is_sign(dem_str form) {
  size_t at = 0;
  uint32_t cp = form.len ? dem_utf8_next(form, &at) : 0;
  return cp < 0x80 ? !dem_is_alpha((unsigned char)cp) && !dem_is_digit((unsigned char)cp) : cp >= 0x2010 && cp < 0x2070;
}

static uint64_t mix(uint64_t k, uint64_t a, uint64_t b) {
  uint64_t x = (a + 0x9E3779B97F4A7C15u) * 0xBF58476D1CE4E5B9u ^ (b * 0x94D049BB133111EBu + k) * 0x9E3779B97F4A7C15u;
  x ^= x >> 31;
  x *= 0xD6E8FEB86659FD93u;
  return x ^ x >> 32;
}

uint64_t dem_lemma_key(dem_str form, dem_str norm, dem_str tag, size_t k) {
  if (k == DEM_LEMMA_ANY) return mix(98, dem_hash(norm.data, norm.len, 0), 0);
  uint64_t t = dem_hash(tag.data, tag.len, 0);
  bool name = dem_str_starts(tag, "NNP"), open = dem_str_is(tag, "NN") || dem_str_starts(tag, "JJ");
  bool whole_word = k == DEM_LEMMA_WHOLE && !dem_str_is(tag, "NNS") && !dem_str_starts(tag, "V");
  unsigned c = name || open || whole_word ? case_of(form) : 0;
  if (!name && c == 2) c = 1;
  if (c == 2 && norm.len < 5) c = 3; /* short ones are rather abbreviations */
  if (k <= DEM_LEMMA_SUFFIX) return mix(k, dem_hash(norm.data + norm.len - k, k, 0), t + c);
  dem_str whole = is_sign(form) ? form : norm; /* dashes and dots keep apart what the norm makes one */
  return mix(99, dem_hash(whole.data, whole.len, 0), t + c);
}

static dem_str title(dem_arena *arena, dem_str norm) {
  char *p = dem_arena_push(arena, norm.len);
  bool begin = true;
  for (size_t i = 0; i < norm.len; i++) {
    unsigned char b = (unsigned char)norm.data[i];
    p[i] = (char)(begin && dem_is_lower(b) ? b - 32 : b);
    begin = b == '-';
  }
  return (dem_str){p, norm.len};
}

bool dem_lemma_apply(const dem_lemma_rule *rule, dem_arena *arena, dem_str form, dem_str norm, dem_str *lemma) {
  if (rule->base == DEM_LEMMA_TITLE && (norm.len == 0 || norm.len > TITLE_MAX)) return false;
  dem_str base = rule->base == DEM_LEMMA_FORM ? form : rule->base == DEM_LEMMA_NORM ? norm : title(arena, norm);
  if (base.len < rule->strip || base.len - rule->strip + rule->count == 0) return false;
  size_t keep = base.len - rule->strip;
  if (rule->strip && ((unsigned char)base.data[keep] & 0xC0) == 0x80) return false;
  *lemma = (dem_str){base.data, keep};
  if (!rule->count) return true;
  char *p = dem_arena_push(arena, keep + rule->count);
  if (keep) memcpy(p, base.data, keep);
  memcpy(p + keep, rule->append, rule->count);
  *lemma = (dem_str){p, keep + rule->count};
  return true;
}

/* The next shorter thing to look up after k: the whole word under its tag, under any, its longest ending, and so on. */
static size_t shorter(size_t k, dem_str norm) {
  size_t longest = norm.len < DEM_LEMMA_SUFFIX ? norm.len : DEM_LEMMA_SUFFIX;
  return k == DEM_LEMMA_ANY ? longest : k - 1;
}

/* Addresses, file names, tags of the web: what has a sign inside that words have not. */
static bool is_address(dem_str form) {
  size_t n = form.len < TITLE_MAX ? form.len : TITLE_MAX;
  bool letters = false;
  for (size_t i = 0; i < n; i++) {
    unsigned char b = (unsigned char)form.data[i];
    if (b == '@' || b == '#' || (b == '.' && i > 1 && i + 2 < n && dem_is_alpha((unsigned char)form.data[i + 1]) && letters))
      return n > 3;
    letters = dem_is_alpha(b) && (letters || (i && dem_is_alpha((unsigned char)form.data[i - 1])));
  }
  return false;
}

/* "iPhone", "eBay": a small letter first, a capital later. */
static bool is_brand(dem_str form) {
  size_t n = form.len < TITLE_MAX ? form.len : TITLE_MAX, i = 1;
  if (n < 4 || !dem_is_lower((unsigned char)form.data[0])) return false;
  while (i < n && dem_is_lower((unsigned char)form.data[i])) i++;
  return i < 3 && dem_is_upper((unsigned char)form.data[i]) && dem_is_lower((unsigned char)form.data[i + 1 < n ? i + 1 : i]);
}

dem_str dem_lemma(const dem_lemmas *l, dem_arena *arena, dem_str form, dem_str norm, dem_str tag) {
  dem_str lemma;
  bool name = case_of(form) || dem_str_starts(tag, "NNP");
  if (is_brand(form) && (dem_str_is(tag, "NN") || dem_str_is(tag, "NNP"))) return form;
  if (is_address(form)) return dem_str_is(tag, "NN") || dem_str_is(tag, "NNS") ? norm : form;
  for (size_t k = DEM_LEMMA_WHOLE; l->rule; k = shorter(k, norm)) {
    uint32_t rule = k == DEM_LEMMA_ANY && name ? DEM_NONE : find(l, dem_lemma_key(form, norm, tag, k));
    if (rule != DEM_NONE && dem_lemma_apply(&l->rule[rule], arena, form, norm, &lemma)) return lemma;
    if (k == 0) break;
  }
  return norm.len ? norm : form;
}
