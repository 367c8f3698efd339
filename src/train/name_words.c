/* The namer's word table: what is known of a word without its neighbours. Its cluster comes from the vectors; its lists from the
 * model's own lexicon: is it a part of people's or bodies' names, a title, a word of places' names? */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/utf8.h"
#include "train/name_train.h"

enum { CLUSTERED = 36000 /* most frequent words that keep their cluster */ };
enum { LIST_GIVEN = 1, LIST_FIRST = 2, LIST_LAST = 4, LIST_BODY_FIRST = 8, LIST_BODY_LAST = 16, LIST_TITLE = 32, LIST_ORG = 64, LIST_PLACE = 128 };

typedef struct table {
  uint32_t *slot, log2, used;
} table;

static uint32_t hash_of(dem_str norm) {
  dem_word w;
  dem_word_make(norm, norm, &w);
  return w.norm ? w.norm : 1;
}

/* The word's slot; NULL when it would stand too far from where readers look. */
static uint32_t *slot_of(table *t, uint32_t key) {
  uint32_t mask = (1u << t->log2) - 1, at = dem_name_word_place(key) & mask;
  for (unsigned i = 0; i < DEM_NAME_PROBES; i++, at = (at + 1) & mask) {
    if (t->slot[at] && t->slot[at] >> DEM_NAME_CHECK_AT != dem_name_word_check(key)) continue;
    t->used += !t->slot[at];
    t->slot[at] |= dem_name_word_check(key) << DEM_NAME_CHECK_AT;
    return &t->slot[at];
  }
  return NULL;
}

static void set_list(table *t, dem_str word, unsigned list) {
  uint32_t *slot = word.len > 1 ? slot_of(t, hash_of(word)) : NULL;
  if (slot) *slot |= list << DEM_NAME_LISTS_AT;
}

/* The ends of the names in a column. */
static void add_ends(table *t, const dem_table *from, unsigned first, unsigned last) {
  for (uint32_t row = 0; from && row < from->rows; row++) {
    dem_str key = dem_table_key(from, row), word = {NULL, 0};
    if (!memchr(key.data, ' ', key.len)) continue;
    set_list(t, dem_str_cut(&key, ' '), first);
    while (key.len) word = dem_str_cut(&key, ' ');
    set_list(t, word, last);
  }
}

static void add_words(table *t, const dem_table *words) {
  static const struct {
    const char *class;
    unsigned list;
  } classes[] = {{"who-given", LIST_GIVEN}, {"who-title", LIST_TITLE}, {"who-org", LIST_ORG}, {"who-place", LIST_PLACE}};
  for (uint32_t row = 0; words && row < words->rows; row++)
    for (unsigned k = 0; k < sizeof classes / sizeof *classes; k++)
      if (dem_str_is(dem_table_cell(words, row, WORDS_CLASS), classes[k].class)) set_list(t, dem_table_key(words, row), classes[k].list);
}

static bool add_clusters(table *t, const char *path) {
  size_t len;
  char *bytes = path ? dem_data_bytes(path, &len) : NULL;
  if (!bytes) return false;
  dem_str rest = {bytes, len}, head = dem_str_cut(&rest, '\n'), count = dem_str_cut(&head, ' ');
  uint32_t n = 0, width = 0, read = 0;
  if (!dem_str_u32(count, &n) || !dem_str_u32(head, &width) || width % 16 || !width || n > 1u << 20 || width > 1024) n = width = 0;
  float *vector = calloc((size_t)n * width + 1, sizeof *vector);
  uint32_t *key = calloc(n + 1, sizeof *key);
  uint16_t *of = calloc(n + 1, sizeof *of);
  if (!vector || !key || !of) abort();
  for (; read < n && rest.len; read++) {
    dem_str line = dem_str_cut(&rest, '\n');
    key[read] = hash_of(dem_str_cut(&line, ' '));
    float *v = vector + (size_t)read * width, sum = 1e-12f;
    for (uint32_t i = 0; i < width && line.len; i++) {
      dem_str number = dem_str_cut(&line, ' ');
      v[i] = strtof(number.data, NULL); /* ends at the blank or at the line's end */
      sum += v[i] * v[i];
    }
    for (uint32_t i = 0; i < width; i++) v[i] /= sqrtf(sum);
  }
  if (n && read == n) dem_clusters(vector, n, width, of);
  for (uint32_t i = 0; i < n && read == n; i++) {
    uint32_t *slot = i < CLUSTERED ? slot_of(t, key[i]) : NULL;
    if (slot && !(*slot & DEM_NAME_CLUSTERS)) *slot |= of[i];
  }
  free(vector);
  free(key);
  free(of);
  free(bytes);
  if (!n || read < n) fprintf(stderr, "demarche train: %s: no word vectors\n", path);
  return n && read == n;
}

uint32_t *dem_name_word_table(const char *vectors, const dem_model *model, uint32_t *log2) {
  table t = {.log2 = 16};
  t.slot = calloc((size_t)1 << t.log2, sizeof *t.slot);
  if (!t.slot) abort();
  add_ends(&t, dem_model_table(model, DEM_TABLE_PEOPLE), LIST_FIRST, LIST_LAST);
  add_ends(&t, dem_model_table(model, DEM_TABLE_ORGANISATIONS), LIST_BODY_FIRST, LIST_BODY_LAST);
  add_words(&t, dem_model_table(model, DEM_TABLE_WORDS));
  *log2 = t.log2;
  if (vectors && !add_clusters(&t, vectors)) {
    free(t.slot);
    return NULL;
  }
  fprintf(stderr, "name: %u words in the table\n", t.used);
  return t.slot;
}
