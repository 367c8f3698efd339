/* The network's parts: products that agree on every processor, trees that are the best ones, files that are refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "text/net.h"
#include "text/net_kernel.h"
#include "text/net_tree.h"

static uint64_t seed = 88172645463325252u;
static uint32_t draw(void) {
  seed ^= seed << 13;
  seed ^= seed >> 7;
  seed ^= seed << 17;
  return (uint32_t)(seed >> 32);
}

/* Each code against the definition, with extreme numbers among the others. */
static void products(void **state) {
  (void)state;
  enum { TOKENS = 13, DEPTH = 200, COLUMNS = 80 };
  static uint8_t in[TOKENS * DEPTH];
  static int8_t w[DEPTH * COLUMNS];
  static int32_t bias[COLUMNS], out[TOKENS * COLUMNS];
  for (uint32_t i = 0; i < sizeof in; i++) in[i] = i % 5 ? (uint8_t)draw() : 255;
  for (uint32_t i = 0; i < sizeof w; i++) w[i] = i % 7 ? (int8_t)draw() : i % 2 ? 127 : -128;
  for (uint32_t i = 0; i < COLUMNS; i++) bias[i] = (int32_t)(draw() % 100000) - 50000;
  for (int code = 0; code < DEM_NET_CODES; code++) {
    if (!dem_net_code_works((dem_net_code)code)) continue;
    memset(out, 0, sizeof out);
    dem_net_multiply_by((dem_net_code)code, out, in, w, bias, TOKENS, DEPTH, COLUMNS);
    for (uint32_t i = 0; i < TOKENS; i++)
      for (uint32_t n = 0; n < COLUMNS; n++) {
        int32_t sum = bias[n];
        for (uint32_t k = 0; k < DEPTH; k++) sum += in[i * DEPTH + k] * w[dem_net_block(k, n, DEPTH)];
        assert_int_equal(out[i * COLUMNS + n], sum);
      }
  }
}

/* The score of a set of heads; INT64_MIN when it is no tree with one root. */
static int64_t worth(const int32_t *score, uint32_t n, const uint16_t *head) {
  int64_t sum = 0;
  uint32_t roots = 0;
  for (uint32_t i = 0; i < n; i++) {
    uint32_t up = i, steps = 0;
    while (up != n && steps++ <= n) up = head[up];
    if (up != n) return INT64_MIN;
    roots += head[i] == n;
    sum += score[i * (n + 1) + head[i]];
  }
  return roots == 1 ? sum : INT64_MIN;
}

static int64_t best_worth(const int32_t *score, uint32_t n, uint16_t *head, uint32_t at) {
  if (at == n) return worth(score, n, head);
  int64_t most = INT64_MIN;
  for (uint32_t h = 0; h <= n; h++) {
    if (h == at) continue;
    head[at] = (uint16_t)h;
    int64_t x = best_worth(score, n, head, at + 1);
    if (x > most) most = x;
  }
  return most;
}

/* All head assignments of up to five tokens are tried; narrow scores make ties and cycles, roots that like to be many. */
static void trees(void **state) {
  (void)state;
  dem_arena arena;
  dem_arena_init(&arena, SIZE_MAX);
  assert_int_equal(dem_arena_catch(&arena), 0);
  dem_tree_room *room = dem_tree_room_new(&arena, 64);
  int32_t score[64 * 65];
  uint16_t head[64], tried[8];
  for (int round = 0; round < 3000; round++) {
    uint32_t n = 1 + draw() % 5, range = round % 3 ? 2000000 : 5;
    for (uint32_t i = 0; i < n * (n + 1); i++) score[i] = (int32_t)(draw() % range) - (int32_t)(range / 2);
    if (round % 2)
      for (uint32_t i = 0; i < n; i++) score[i * (n + 1) + n] += (int32_t)range;
    dem_tree_best(room, score, n, head);
    assert_true(worth(score, n, head) == best_worth(score, n, tried, 0));
  }
  for (int round = 0; round < 200; round++) {
    for (uint32_t i = 0; i < 64 * 65; i++) score[i] = (int32_t)(draw() % 2000000) - 1000000;
    dem_tree_best(room, score, 64, head);
    assert_true(worth(score, 64, head) != INT64_MIN);
  }
  dem_arena_free(&arena);
}

static demarche_model *model;
static demarche_doc *doc;

static int open_doc(void **state) {
  (void)state;
  demarche_error err;
  doc = demarche_doc_new();
  return doc && demarche_model_open(DEMARCHE_MODEL_PATH, &model, &err) == DEMARCHE_OK ? 0 : -1;
}

static int close_doc(void **state) {
  (void)state;
  demarche_doc_free(doc);
  demarche_model_close(model);
  return 0;
}

static void parse(const char *text) { assert_int_equal(demarche_parse(doc, model, (demarche_str){text, strlen(text)}, NULL), DEMARCHE_OK); }

/* Head's distance and relation of each token, one after another. */
static size_t note(char *out, size_t room) {
  size_t n = 0;
  for (uint32_t i = 0; i < doc->tokens.n; i++) {
    const dem_token *t = &doc->tokens.at[i];
    n += (size_t)snprintf(out + n, room - n, "%d %s %.*s\n", t->head == DEM_NONE ? 0 : (int)t->head - (int)i, dem_deprel_text(t->deprel).data,
                          DEM_FMT(t->tag));
    assert_true(n < room);
  }
  return n;
}

/* The shipped network opens; no shortened copy does, nor one with a damaged header or slot. */
static void files(void **state) {
  (void)state;
  dem_str blob = dem_model_weights(model, DEM_WEIGHTS_NET);
  dem_net net;
  assert_true(dem_net_open(blob, &net));
  char *copy = aligned_alloc(DEM_NET_ALIGN, (blob.len / DEM_NET_ALIGN + 1) * DEM_NET_ALIGN);
  assert_non_null(copy);
  memcpy(copy, blob.data, blob.len);
  assert_true(dem_net_open((dem_str){copy, blob.len}, &net));
  for (size_t n = 0; n < blob.len; n += 1 + n / 16) assert_false(dem_net_open((dem_str){copy, n}, &net));
  for (uint32_t i = 0; i < 13; i++)
    for (unsigned bit = 0; bit < 32; bit++) {
      uint32_t word, kept;
      memcpy(&kept, copy + 4 * i, 4);
      word = kept ^ 1u << bit;
      memcpy(copy + 4 * i, &word, 4);
      assert_false(dem_net_open((dem_str){copy, blob.len}, &net));
      memcpy(copy + 4 * i, &kept, 4);
    }
  uint32_t stray = (net.size.rows + 1) << 15;
  assert_true(dem_net_open((dem_str){copy, blob.len}, &net) && dem_net_sound(&net));
  memcpy(copy + DEM_NET_ALIGN, &stray, 4);
  assert_false(dem_net_open((dem_str){copy, blob.len}, &net) && dem_net_sound(&net));
  free(copy);
}

/* A sentence is read alone as it is among others, wherever the crowd is cut. */
static void crowds(void **state) {
  (void)state;
  static const char *const sentence[] = {"The minister met three envoys in Oslo.", "Who fired first?",
                                         "Rebels who had held the port for weeks left it on Tuesday, officials said, after talks broke down.", "Nothing changed."};
  static char text[16384], apart[65536], together[65536];
  size_t n = 0, len = 0;
  for (int k = 0; k < 100; k++) {
    const char *s = sentence[k * 7 % 4];
    parse(s);
    n += note(apart + n, sizeof apart - n);
    len += (size_t)snprintf(text + len, sizeof text - len, "%s\n\n", s);
  }
  parse(text);
  assert_int_equal(doc->sentences.n, 100);
  note(together, sizeof together);
  assert_string_equal(apart, together);
}

/* A sentence of two thousand words has one root and no cycle in each stretch that the sentence limit leaves. */
static void long_sentences(void **state) {
  (void)state;
  static char text[2000 * 12];
  size_t len = 0;
  for (int k = 0; k < 2000; k++) len += (size_t)snprintf(text + len, sizeof text - len, "%s ", k % 3 ? "troops" : k % 2 ? "hold" : "and");
  parse(text);
  for (uint32_t s = 0; s < doc->sentences.n; s++) {
    const dem_sentence *x = &doc->sentences.at[s];
    uint32_t roots = 0;
    for (uint32_t i = x->first; i < x->last; i++) {
      uint32_t up = i, steps = 0;
      roots += doc->tokens.at[i].head == DEM_NONE;
      while (doc->tokens.at[up].head != DEM_NONE && steps++ < 2000) up = doc->tokens.at[up].head;
      assert_true(steps < 2000);
    }
    assert_int_equal(roots, 1);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(products), cmocka_unit_test(trees), cmocka_unit_test_setup_teardown(files, open_doc, close_doc),
                                     cmocka_unit_test_setup_teardown(crowds, open_doc, close_doc),
                                     cmocka_unit_test_setup_teardown(long_sentences, open_doc, close_doc)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
