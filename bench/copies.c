/* copies: near-duplicates without the rest of the store, for judging and timing them (bench/copies.py).
 *
 *   copies < texts.jsonl      a line a text: the number of its lead (0: it leads) and the likeness
 *   copies --made N           N made texts, a tenth of them copies with words changed: seconds and memory at every eighth
 *
 * The made texts come from a fixed sequence of numbers: words are drawn with the frequencies of Zipf's law. */
#define _GNU_SOURCE
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "store/sketch.h"

enum { WORDS = 200, VOCABULARY = 65536, KEPT = 4096 };

static uint64_t state = 88172645463325252u;
static uint32_t next(void) { /* xorshift64 (Marsaglia 2003) */
  state ^= state << 13;
  state ^= state >> 7;
  state ^= state << 17;
  return (uint32_t)(state >> 32);
}

/* Rank by 1/u: the density of Zipf's law with exponent 1. */
static uint32_t zipf(void) {
  uint32_t u = next() | 1, bits = (next() >> 8) % 17;
  return (uint32_t)(((uint64_t)1 << bits) + u % ((uint64_t)1 << bits)) % VOCABULARY;
}

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
  return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static size_t write_text(const uint32_t *word, char *out) {
  size_t n = 0;
  for (int i = 0; i < WORDS; i++) n += (size_t)sprintf(out + n, "w%x ", word[i]);
  return n;
}

static int made(uint32_t total) {
  static uint32_t kept[KEPT][WORDS];
  static char text[16 * WORDS];
  dem_index index = {0};
  uint32_t right = 0, wrong = 0, missed = 0;
  double begun = now();
  printf("texts\tseconds\tleads\tright\twrong\tmissed\n");
  for (uint32_t i = 1; i <= total; i++) {
    uint32_t fresh[WORDS], *word = fresh, from = next() % KEPT;
    bool copy = i > KEPT && next() % 10 == 0;
    for (int k = 0; k < WORDS; k++) fresh[k] = copy ? kept[from][k] : zipf();
    for (int k = 0; copy && k < WORDS / 50; k++) fresh[next() % WORDS] = zipf();
    if (!copy) memcpy(kept[i % KEPT], word, sizeof fresh);
    dem_sketch sketch;
    unsigned likeness;
    dem_sketch_of((dem_str){text, write_text(word, text)}, &sketch);
    int64_t lead = dem_index_find(&index, &sketch, &likeness);
    right += copy && lead;
    wrong += !copy && lead;
    missed += copy && !lead;
    if (!lead && !dem_index_add(&index, i, &sketch)) return fprintf(stderr, "out of memory\n"), 1;
    if (i % (total / 8) == 0) printf("%u\t%.2f\t%u\t%u\t%u\t%u\n", i, now() - begun, index.n, right, wrong, missed), fflush(stdout);
  }
  dem_index_free(&index);
  return 0;
}

static int judge(void) {
  char *line = NULL;
  size_t cap = 0;
  ssize_t n;
  int64_t number = 0;
  dem_index index = {0};
  while ((n = getline(&line, &cap, stdin)) > 0) {
    json_t *o = json_loadb(line, (size_t)n, 0, NULL);
    const char *text = json_string_value(json_object_get(o, "text"));
    dem_sketch sketch;
    unsigned likeness;
    dem_sketch_of(dem_str_of(text), &sketch);
    int64_t lead = dem_index_find(&index, &sketch, &likeness);
    number++;
    if (!lead && !dem_index_add(&index, number, &sketch)) return fprintf(stderr, "out of memory\n"), 1;
    printf("%lld\t%u\n", (long long)lead, likeness);
    json_decref(o);
  }
  free(line);
  dem_index_free(&index);
  return 0;
}

int main(int argc, char **argv) {
  if (argc == 3 && strcmp(argv[1], "--made") == 0 && atoi(argv[2]) >= 8) return made((uint32_t)atoi(argv[2]));
  if (argc == 1) return judge();
  fprintf(stderr, "usage: copies < texts.jsonl | copies --made N (at least 8)\n");
  return 2;
}
