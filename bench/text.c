/* bench_text MODEL < dispatches: the speed of the text stage on one core, and the share of its parts.
 *
 * Each dispatch is read, then goes through the whole stage and again through the parts that can be run alone; what is left is
 * the networks' (tags, trees, names). Times by processor clock; the best of three rounds. Reading is not timed. */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/file.h"
#include "base/utf8.h"
#include "text/lemma.h"
#include "text/segment.h"
#include "text/text.h"
#include "text/token.h"

enum { ALL, TOKENS, SENTENCES, NORMS, LEMMAS, PARTS, ROUNDS = 3 };
static const char *const names[PARTS] = {"whole stage", "tokens", "sentence ends", "norms", "lemmas"};

typedef struct totals {
  double seconds[PARTS];
  size_t tokens, sentences, bytes;
} totals;

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
  return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static void lap(totals *t, int part, double *since) {
  double at = now();
  t->seconds[part] += at - *since;
  *since = at;
}

static void forget(demarche_doc *doc) {
  doc->tokens.at = NULL, doc->tokens.n = doc->tokens.cap = 0;
  doc->sentences.at = NULL, doc->sentences.n = doc->sentences.cap = 0;
}

static void lemmas(demarche_doc *doc, const dem_lemmas *l) {
  for (uint32_t i = 0; i < doc->tokens.n; i++) {
    dem_token *t = &doc->tokens.at[i];
    t->lemma = dem_lemma(l, &doc->arena, dem_doc_slice(doc, t->span), t->norm, t->tag);
  }
}

static void one(totals *t, demarche_doc *doc, const demarche_model *model, demarche_str piece) {
  demarche_error err;
  dem_lemmas l;
  if (demarche_read(doc, piece, &err) != DEMARCHE_OK || dem_arena_catch(&doc->arena)) return;
  doc->model = model;
  double at = now();
  for (uint32_t p = 0; p < doc->paragraphs.n; p++) dem_tokenize(doc, doc->paragraphs.at[p]);
  lap(t, TOKENS, &at);
  forget(doc);
  at = now();
  dem_segment(doc, dem_model_weights(model, DEM_WEIGHTS_SEGMENT));
  lap(t, SENTENCES, &at);
  forget(doc);
  at = now();
  dem_text(doc, model);
  lap(t, ALL, &at);
  t->tokens += doc->tokens.n;
  t->sentences += doc->sentences.n;
  t->bytes += doc->text.len;
  for (uint32_t i = 0; i < doc->tokens.n; i++)
    doc->tokens.at[i].norm = dem_norm(&doc->arena, dem_doc_slice(doc, doc->tokens.at[i].span));
  lap(t, NORMS, &at);
  if (dem_lemmas_open(dem_model_weights(model, DEM_WEIGHTS_LEMMA), &l)) lemmas(doc, &l);
  lap(t, LEMMAS, &at);
}

static void print(totals *t) {
  double n = t->tokens ? (double)t->tokens : 1,
         rest = t->seconds[ALL] - t->seconds[SENTENCES] - t->seconds[NORMS] - t->seconds[LEMMAS];
  t->seconds[SENTENCES] -= t->seconds[TOKENS]; /* dem_segment cuts tokens too */
  printf("text: %zu tokens, %zu sentences, %.2f MB: %.0f tokens/s, %.0f sentences/s, %.2f MB/s on one core\n", t->tokens,
         t->sentences, (double)t->bytes * 1e-6, n / t->seconds[ALL], (double)t->sentences / t->seconds[ALL],
         (double)t->bytes * 1e-6 / t->seconds[ALL]);
  for (int i = 0; i < PARTS; i++) printf("  %-22s %8.0f ns a token\n", names[i], t->seconds[i] / n * 1e9);
  printf("  %-22s %8.0f ns a token\n", "tags, trees and names", rest / n * 1e9);
}

int main(int argc, char **argv) {
  demarche_error err = {DEMARCHE_OK, ""};
  demarche_model *model = NULL;
  demarche_doc *doc = demarche_doc_new();
  dem_file input = {{NULL, 0}, false};
  double begin = now();
  if (argc != 2 || !doc || demarche_model_open(argv[1], &model, &err) != DEMARCHE_OK) {
    fprintf(stderr, "usage: bench_text MODEL < dispatches   %s\n", err.text);
    return 2;
  }
  double opened = now() - begin;
  static totals best;
  if (!dem_file_open("-", (size_t)1 << 31, &input, &err)) return 2;
  for (int round = 0; round < ROUNDS; round++) {
    totals t = {.tokens = 0};
    demarche_str rest = input.bytes, piece;
    while (demarche_next(&rest, &piece)) one(&t, doc, model, piece);
    if (round == 0 || t.seconds[ALL] < best.seconds[ALL]) best = t;
  }
  print(&best);
  printf("  model opened in %.1f ms of processor time\n", opened * 1e3);
  dem_file_close(&input);
  demarche_doc_free(doc);
  demarche_model_close(model);
  return best.tokens ? 0 : 1;
}
