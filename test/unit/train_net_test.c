/* The hand-written backward pass against finite differences, on a tiny network with every kind of label. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <math.h>

#include <cmocka.h>

#include "train/net_data.h"

enum { TOKENS = 9, ROWS = 12 };

static dem_sample token[TOKENS];
static uint32_t begin[] = {0, 4, 5, TOKENS};
static const dem_batch batch = {token, begin, TOKENS, 3};
static float vector[ROWS * 3];

static void make_batch(void) {
  for (uint32_t i = 0; i < TOKENS; i++) {
    dem_sample *t = &token[i];
    for (uint32_t k = 0; k < DEM_LOOKS; k++) t->look[k] = (i * 5 + k * 3) % ROWS;
    if (i % 3 == 0) t->look[2] = DEM_NONE;
    t->vector = i % 4 ? i % ROWS : DEM_NONE;
    t->xpos = (uint8_t)(i % 3);
    t->upos = (uint8_t)(i * 2 % DEM_NET_UPOS);
    t->name = i == 3 ? DEM_LABEL_NONE : (uint8_t)(i % 5);
    t->rel = (uint8_t)(i * 7 % DEM_NET_RELS);
    t->head = DEM_HEAD_ROOT;
  }
  token[0].head = 1, token[2].head = 1, token[3].head = 0; /* the second sentence is one word */
  token[5].head = 2, token[6].head = DEM_HEAD_NONE, token[7].head = 3;
  for (uint32_t i = 0; i < ROWS * 3; i++) vector[i] = (float)((i * 37) % 11) / 11 - 0.5f;
}

static const dem_dropout dropout = {0.3f, 0.3f, 0.3f, 0.3f};

static double loss_of(dem_brain *b, bool back) {
  uint64_t random = 7; /* the same masks each time */
  dem_loss loss = {0};
  dem_brain_forward(b, &batch, &dropout, &random);
  dem_brain_learn(b, &batch, back, &loss);
  return dem_loss_all(&loss) / TOKENS;
}

/* The slope along one weight by central difference, next to the gradient. */
static void check(dem_brain *b, float *w, float g, double *wrong, double *size) {
  float kept = *w, h = 0.01f;
  *w = kept + h;
  double up = loss_of(b, false);
  *w = kept - h;
  double slope = (up - loss_of(b, false)) / (2 * (double)h);
  *w = kept;
  *wrong += (slope - (double)g) * (slope - (double)g);
  *size += slope * slope;
}

static void gradients(void **state) {
  (void)state;
  make_batch();
  dem_net_size size = {.half = 6, .layers = 2, .arc = 5, .rel = 4, .xpos = 3, .name = 5, .vector = 3, .rows = ROWS};
  dem_brain *b = dem_brain_new(&size, vector, 16, 3);
  double wrong = 0, all = 0;
  loss_of(b, true);
  for (size_t i = 0; i < b->dense.n; i++) check(b, &b->dense.w[i], b->dense.g[i], &wrong, &all);
  assert_true(all > 0.1 && wrong < 1e-4 * all);
  wrong = all = 0;
  for (size_t i = 0; i < b->rows.n; i++) check(b, &b->rows.w[i], b->rows.g[i], &wrong, &all);
  assert_true(all > 0.001 && wrong < 1e-4 * all);
  dem_brain_free(b);
}

/* A few dozen steps on the batch itself bring the loss down to almost nothing. */
static void learns(void **state) {
  (void)state;
  make_batch();
  dem_net_size size = {.half = 12, .layers = 2, .arc = 8, .rel = 8, .xpos = 3, .name = 5, .vector = 3, .rows = ROWS};
  dem_brain *b = dem_brain_new(&size, vector, 16, 3);
  uint64_t random = 1;
  dem_loss loss = {0};
  for (int i = 0; i < 300; i++) {
    loss = (dem_loss){0};
    dem_brain_forward(b, &batch, NULL, &random);
    dem_brain_learn(b, &batch, true, &loss);
    dem_brain_step(b, &(dem_adam){0.01f, 0.9f, 0.98f, 1e-8f});
  }
  assert_true(dem_loss_all(&loss) / TOKENS < 0.2);
  dem_brain_free(b);
}

/* The product against the definition, for shapes that fill no block, and through transposed views. */
static void products(void **state) {
  (void)state;
  static float a[37 * 300], b[300 * 41], c[37 * 41];
  for (uint32_t i = 0; i < 37 * 300; i++) a[i] = (float)(i * 7 % 13) - 6;
  for (uint32_t i = 0; i < 300 * 41; i++) b[i] = (float)(i * 5 % 9) - 4;
  for (int view = 0; view < 4; view++) {
    dem_mat left = view & 1 ? dem_mat_t(dem_mat_of(a, 37)) : dem_mat_of(a, 300);
    dem_mat right = view & 2 ? dem_mat_t(dem_mat_of(b, 300)) : dem_mat_of(b, 41);
    for (uint32_t i = 0; i < 37 * 41; i++) c[i] = 1;
    dem_gemm(dem_mat_of(c, 41), left, right, 37, 41, 300);
    for (size_t i = 0; i < 37; i++)
      for (size_t j = 0; j < 41; j++) {
        float sum = 1;
        for (size_t k = 0; k < 300; k++) sum += left.at[i * left.row + k * left.column] * right.at[k * right.row + j * right.column];
        assert_true(c[i * 41 + j] == sum); /* small whole numbers: exact */
      }
  }
}

/* What a sentence teaches: heads where it has them, nothing where two parsers disagreed ("_"), names as B I E S, and whether the next sentence
 * stands in the same paragraph. */
static void labels(void **state) {
  (void)state;
  static const char text[] = "1\tRebels\trebel\tNOUN\tNNS\t_\t2\tnsubj\t_\t_\n2\tleft\tleave\tVERB\tVBD\t_\t0\troot\t_\t_\n3\tPort\t_\tPROPN\tNNP\t_\t_\t_\t_\t_\n"
                             "4\tXeno\t_\tPROPN\tNNP\t_\t3\t_\t_\t_\n\n1\tThey\t_\tPRON\tPRP\t_\t0\troot\t_\t_\n\n# newpar\n1\tFine\t_\tADJ\tJJ\t_\t0\troot\t_\t_\n\n";
  dem_data data = {NULL};
  dem_dictionary d = {0};
  dem_vectors none = {0};
  dem_corpus c = {0};
  assert_true(dem_data_read((dem_str){text, sizeof text - 1}, &data));
  data.doc->tokens.at[2].name = data.doc->tokens.at[3].name = DEM_NAME_LOC;
  data.doc->tokens.at[2].name_begin = true;
  unsigned all = DEM_HAS_TAGS | DEM_HAS_TREE | DEM_HAS_NAMES;
  dem_dictionary_count(&d, data.doc, all);
  dem_dictionary_close(&d, &none);
  dem_corpus_add(&c, &d, data.doc, all);
  assert_int_equal(c.sentences, 3);
  assert_int_equal(c.token[0].head, 1);
  assert_int_equal(c.token[0].rel, DEM_DEPREL_NSUBJ);
  assert_int_equal(c.token[1].head, DEM_HEAD_ROOT);
  assert_int_equal(c.token[2].head, DEM_HEAD_NONE);
  assert_int_equal(c.token[2].rel, DEM_LABEL_NONE);
  assert_int_equal(c.token[3].head, 2);
  assert_int_equal(c.token[3].rel, DEM_LABEL_NONE);
  assert_int_equal(c.token[1].name, 0);
  assert_int_equal(c.token[2].name, dem_name_state(DEM_NAME_LOC, 0));
  assert_int_equal(c.token[3].name, dem_name_state(DEM_NAME_LOC, 2));
  assert_true(c.joins[0] && !c.joins[1]);
  assert_int_equal(c.token[2].look[DEM_LOOK_FORM], DEM_LOOK_FORM); /* seen once: the row of unknown forms */
  dem_corpus_free(&c);
  dem_dictionary_free(&d);
  dem_data_free(&data);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(products), cmocka_unit_test(gradients), cmocka_unit_test(learns), cmocka_unit_test(labels)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
