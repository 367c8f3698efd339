/* Learns word vectors from any training files and writes them as text: "N WIDTH", then a word a line with its WIDTH numbers,
 * the most frequent first. Words seen fewer than LEAST times share no vector: they are left out of the
 * text, so that their neighbours meet. */
#include "train/vectors.h"

#include <stdio.h>
#include <stdlib.h>

#include "train/corpus.h"
#include "train/trainers.h"

enum { LEAST = 4, LONGEST = 48 }; /* occurrences; bytes of a word */

typedef struct entry {
  dem_str word;
  uint32_t count, id;
} entry;

typedef struct lexicon {
  dem_arena arena;
  dem_list(entry) entries;
  uint32_t *slot; /* entry + 1 */
  uint32_t mask;
  dem_list(uint32_t) text; /* entries; DEM_NONE ends a sentence */
} lexicon;

static uint32_t *slot_of(lexicon *x, dem_str word) {
  uint32_t at = (uint32_t)dem_hash(word.data, word.len, 1) & x->mask;
  while (x->slot[at] && !dem_str_eq(x->entries.at[x->slot[at] - 1].word, word)) at = (at + 1) & x->mask;
  return &x->slot[at];
}

static void take(void *to, dem_str word) {
  lexicon *x = to;
  uint32_t *end = dem_push(&x->arena, &x->text);
  *end = DEM_NONE;
  if (!word.len) return;
  if (word.len > LONGEST) word.len = 0; /* all long words are one, which no text spells */
  uint32_t *slot = slot_of(x, word);
  if (!*slot) {
    if (x->entries.n > x->mask / 2) return; /* far more words than news has */
    dem_push(&x->arena, &x->entries)->word = dem_str_copy(&x->arena, word);
    *slot = x->entries.n;
  }
  x->entries.at[*slot - 1].count++;
  *end = *slot - 1;
}

static int by_count(const void *a, const void *b) {
  const entry *x = *(const entry *const *)a, *y = *(const entry *const *)b;
  if (x->count != y->count) return x->count > y->count ? -1 : 1;
  return dem_str_cmp(x->word, y->word);
}

/* The frequent words in order of count; they get their ids. */
static entry **choose(lexicon *x, uint32_t *n) {
  entry **of = dem_array(&x->arena, entry *, x->entries.n + 1);
  *n = 0;
  for (uint32_t i = 0; i < x->entries.n; i++) {
    x->entries.at[i].id = DEM_NONE;
    if (x->entries.at[i].count >= LEAST && x->entries.at[i].word.len) of[(*n)++] = &x->entries.at[i];
  }
  qsort(of, *n, sizeof *of, by_count);
  for (uint32_t i = 0; i < *n; i++) of[i]->id = i;
  return of;
}

static dem_vectors_text text_of(lexicon *x, entry *const *of, uint32_t words) {
  uint32_t *count = dem_array(&x->arena, uint32_t, words + 1);
  for (uint32_t i = 0; i < words; i++) count[i] = of[i]->count;
  dem_vectors_text text = {dem_array(&x->arena, uint32_t, (size_t)x->text.n + 1), 0, count, words};
  for (uint32_t i = 0; i < x->text.n; i++) {
    uint32_t id = x->text.at[i] == DEM_NONE ? DEM_NONE : x->entries.at[x->text.at[i]].id;
    if (id != DEM_NONE || x->text.at[i] == DEM_NONE) text.word[text.n++] = id;
  }
  return text;
}

static bool write(const char *path, entry *const *of, uint32_t words, const float *vector, uint32_t width) {
  FILE *f = fopen(path, "wb");
  if (f) fprintf(f, "%u %u\n", words, width);
  for (uint32_t w = 0; f && w < words; w++) {
    fprintf(f, "%.*s", DEM_FMT(of[w]->word));
    for (uint32_t k = 0; k < width; k++) fprintf(f, " %.4f", (double)vector[(size_t)w * width + k]);
    fputc('\n', f);
  }
  bool ok = f && !ferror(f);
  if (f && fclose(f) != 0) ok = false;
  if (!ok) fprintf(stderr, "demarche train: %s: cannot be written\n", path);
  return ok;
}

bool dem_train_vectors(char **paths, int n, const dem_recipe *recipe) {
  lexicon *x = calloc(1, sizeof *x);
  if (!x) abort();
  dem_arena_init(&x->arena, SIZE_MAX);
  x->mask = (1u << 21) - 1;
  x->slot = calloc((size_t)x->mask + 1, sizeof *x->slot);
  bool ok = x->slot && !dem_arena_catch(&x->arena);
  for (int i = 0; ok && i < n; i++) ok = dem_corpus_read(paths[i], take, x);
  if (ok) {
    uint32_t words;
    entry **of = choose(x, &words);
    dem_vectors_text text = text_of(x, of, words);
    fprintf(stderr, "vectors: %zu words and sentence ends, %u different words\n", text.n, words);
    float *vector = dem_vectors_learn(&text, recipe->width, recipe->epochs);
    ok = write(recipe->out, of, words, vector, recipe->width);
    free(vector);
  }
  dem_arena_free(&x->arena);
  free(x->slot);
  free(x);
  return ok;
}
