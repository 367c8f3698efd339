/* MinHash sketches and their index. Words are runs of letters, digits and bytes past ASCII, in lower case. A band is two
 * neighbouring places of a sketch; leads that agree in one are compared place by place. Invariant: at most BUCKET leads share a
 * band's key (later ones are found by their other bands, or lead for themselves), so that boilerplate cannot make a look-up
 * dear: cost is linear in the dispatches. Refuses: deciding on texts of fewer than LEAST_GRAMS n-grams. */
#include "store/sketch.h"

#include <stdlib.h>

enum {
  GRAM = 4,          /* words */
  BANDS = 32,        /* of two places */
  BUCKET = 8,        /* leads that may share a band's key */
  LEAST_GRAMS = 8,   /* shorter texts are never told to be alike */
  SHORT_GRAMS = 60,  /* shorter texts are made of few phrases: */
  SHORT_LIKENESS = 80, /* they must agree nearly whole */
  LIKENESS = 60      /* percent of the shorter that must be in the longer */
};

/* ---- sketches ---- */

static bool is_word(unsigned char c) { return dem_is_alpha(c) || dem_is_digit(c) || c >= 0x80; }

/* The hash of the next word, or 0 at the end. */
static uint64_t next_word(dem_str s, size_t *at) {
  size_t i = *at;
  uint64_t h = 0xCBF29CE484222325u; /* FNV-1a */
  while (i < s.len && !is_word((unsigned char)s.data[i])) i++;
  if (i == s.len) return *at = i, 0;
  for (; i < s.len && is_word((unsigned char)s.data[i]); i++) h = (h ^ dem_lower((unsigned char)s.data[i])) * 0x100000001B3u;
  *at = i;
  return h | 1;
}

static uint32_t mix(uint64_t h) {
  h ^= h >> 33;
  h *= 0xFF51AFD7ED558CCDu; /* the finalizer of MurmurHash3 */
  h ^= h >> 33;
  return (uint32_t)h;
}

/* Hash function i of a well-mixed value: an affine map modulo 2^32, mixed once more so that low bits are as good as high. */
static void take_gram(uint32_t x, uint32_t least[DEM_SKETCH_SIZE]) {
  for (uint32_t i = 0; i < DEM_SKETCH_SIZE; i++) {
    uint32_t v = (x ^ (x >> 15)) * (0x9E3779B1u * (2 * i + 1)) + 0x85EBCA6Bu * i;
    v ^= v >> 16;
    v *= 0x7FEB352Du;
    v ^= v >> 15;
    least[i] = v < least[i] ? v : least[i];
  }
}

void dem_sketch_of(dem_str text, dem_sketch *out) {
  uint64_t word[GRAM] = {0};
  uint32_t least[DEM_SKETCH_SIZE], words = 0;
  size_t at = 0;
  memset(least, 0xFF, sizeof least);
  *out = (dem_sketch){0};
  for (uint64_t h; (h = next_word(text, &at)) != 0;) {
    word[words++ % GRAM] = h;
    if (words < GRAM) continue;
    uint64_t gram = 0;
    for (uint32_t k = 0; k < GRAM; k++) gram = gram * 0x9E3779B97F4A7C15u + word[(words + k) % GRAM];
    take_gram(mix(gram), least);
    out->grams++;
  }
  for (uint32_t i = 0; i < DEM_SKETCH_SIZE; i++) out->least[i] = (uint16_t)least[i];
}

void dem_sketch_write(const dem_sketch *s, unsigned char out[DEM_SKETCH_BYTES]) {
  for (unsigned i = 0; i < 4; i++) out[i] = (unsigned char)(s->grams >> (8 * i));
  for (unsigned i = 0; i < DEM_SKETCH_SIZE; i++) {
    out[4 + 2 * i] = (unsigned char)s->least[i];
    out[5 + 2 * i] = (unsigned char)(s->least[i] >> 8);
  }
}

bool dem_sketch_read(dem_str bytes, dem_sketch *out) {
  if (bytes.len != DEM_SKETCH_BYTES) return false;
  const unsigned char *b = (const unsigned char *)bytes.data;
  out->grams = (uint32_t)b[0] | (uint32_t)b[1] << 8 | (uint32_t)b[2] << 16 | (uint32_t)b[3] << 24;
  for (unsigned i = 0; i < DEM_SKETCH_SIZE; i++) out->least[i] = (uint16_t)(b[4 + 2 * i] | b[5 + 2 * i] << 8);
  return true;
}

unsigned dem_sketch_likeness(const dem_sketch *a, const dem_sketch *b) {
  uint64_t same = 0, fewer = a->grams < b->grams ? a->grams : b->grams, sum = (uint64_t)a->grams + b->grams;
  if (fewer < LEAST_GRAMS) return 0;
  for (unsigned i = 0; i < DEM_SKETCH_SIZE; i++) same += a->least[i] == b->least[i];
  /* J = same/size; |A and B| = J/(1+J) * (|A|+|B|); containment is that over the smaller set */
  uint64_t percent = 100 * same * sum / ((DEM_SKETCH_SIZE + same) * fewer);
  return percent > 100 ? 100 : (unsigned)percent;
}

/* ---- the index ---- */

static bool alike(const dem_sketch *a, const dem_sketch *b, unsigned likeness) {
  uint32_t fewer = a->grams < b->grams ? a->grams : b->grams;
  return likeness >= (fewer < SHORT_GRAMS ? SHORT_LIKENESS : LIKENESS);
}

static uint32_t band_key(const dem_sketch *s, uint32_t band) {
  return (uint32_t)s->least[2 * band] << 16 | s->least[2 * band + 1];
}

static uint32_t band_home(const dem_index *x, const dem_sketch *s, uint32_t band) {
  uint64_t h = ((uint64_t)band << 32 | band_key(s, band)) * 0x9E3779B97F4A7C15u;
  return (uint32_t)(h >> 32) & (x->slots - 1);
}

/* The slots of a band's key, from `at` on: the next that holds it, or a free one (then *found is false). */
static uint32_t next_slot(const dem_index *x, const dem_sketch *s, uint32_t band, uint32_t at, bool *found) {
  uint32_t key = band_key(s, band);
  for (;; at = (at + 1) & (x->slots - 1)) {
    uint32_t lead = x->slot[at];
    *found = lead && lead % BANDS == band && band_key(&x->lead[lead / BANDS - 1].sketch, band) == key;
    if (!lead || *found) return at;
  }
}

int64_t dem_index_find(const dem_index *x, const dem_sketch *s, unsigned *likeness) {
  uint32_t best = DEM_NONE;
  *likeness = 0;
  if (!x->slots || s->grams < LEAST_GRAMS) return 0;
  for (uint32_t band = 0; band < BANDS; band++) {
    bool found = true;
    for (uint32_t at = next_slot(x, s, band, band_home(x, s, band), &found); found;
         at = next_slot(x, s, band, (at + 1) & (x->slots - 1), &found)) {
      uint32_t lead = x->slot[at] / BANDS - 1;
      unsigned like = dem_sketch_likeness(s, &x->lead[lead].sketch);
      if (!alike(s, &x->lead[lead].sketch, like) || like < *likeness || (like == *likeness && lead >= best)) continue;
      *likeness = like;
      best = lead;
    }
  }
  return best == DEM_NONE ? 0 : x->lead[best].dispatch;
}

static void put_bands(dem_index *x, uint32_t lead) {
  const dem_sketch *s = &x->lead[lead].sketch;
  for (uint32_t band = 0; band < BANDS; band++) {
    bool found = true;
    uint32_t at = next_slot(x, s, band, band_home(x, s, band), &found), n = 0;
    for (; found && n < BUCKET; n++) at = next_slot(x, s, band, (at + 1) & (x->slots - 1), &found);
    if (!found) x->slot[at] = (lead + 1) * BANDS + band;
  }
}

/* Twice the slots that may be used, so that runs stay short. */
static bool widen(dem_index *x) {
  enum { FIRST = 1024, MOST = UINT32_MAX / BANDS / 4 };
  uint32_t cap = x->cap ? x->cap * 2 : FIRST, slots = cap * BANDS * 2;
  if (cap > MOST) return false;
  dem_lead *lead = realloc(x->lead, cap * sizeof *lead);
  if (!lead) return false;
  x->lead = lead;
  uint32_t *slot = calloc(slots, sizeof *slot);
  if (!slot) return false;
  free(x->slot);
  x->slot = slot;
  x->slots = slots;
  x->cap = cap;
  for (uint32_t i = 0; i < x->n; i++) put_bands(x, i);
  return true;
}

bool dem_index_add(dem_index *x, int64_t dispatch, const dem_sketch *s) {
  if (s->grams < LEAST_GRAMS) return true;
  if (x->n == x->cap && !widen(x)) return false;
  x->lead[x->n] = (dem_lead){dispatch, *s};
  put_bands(x, x->n++);
  return true;
}

void dem_index_free(dem_index *x) {
  free(x->lead);
  free(x->slot);
  *x = (dem_index){0};
}
