/* The learning of relations: marked sentences are read as written, the planes separate what can be separated, the written table
 * gives back every weight, damaged weights are refused, and relate answers from the pair, not from the words alone. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

#include "code/relate_train.h"
#include "train/linear_write.h"
#include "train/pairs_data.h"
#include "train/svm.h"

static char *file_of(const char *text) {
  char *path = strdup("/tmp/demarche-relate-XXXXXX");
  int fd = mkstemp(path);
  assert_true(fd >= 0 && write(fd, text, strlen(text)) == (ssize_t)strlen(text));
  close(fd);
  return path;
}

static bool load(const char *text, dem_pairs *p) {
  char *path = file_of(text);
  bool ok = dem_pairs_load(&path, 1, p);
  unlink(path);
  free(path);
  return ok;
}

#define IS(s, want) assert_true(dem_str_is((s), (want)))

static void reads_examples(void **state) {
  (void)state;
  dem_pairs p;
  assert_true(load("# two\nACCUSE.allege denied | {Chad} *blamed* <Niger> for it.\n\nNONE | The *battle* for votes.\n", &p));
  assert_int_equal(p.n, 2);
  IS(p.row[0].sentence, "Chad blamed Niger for it.");
  IS(p.row[0].source, "Chad");
  IS(p.row[0].target, "Niger");
  IS(p.row[0].trigger, "blamed");
  IS(p.row[0].type, "ACCUSE");
  IS(p.row[0].mode, "allege");
  IS(p.row[0].status, "denied");
  IS(p.row[1].status, "asserted");
  assert_int_equal(p.row[1].source.len, 0);
  dem_pairs_free(&p);
}

static void reads_tables(void **state) {
  (void)state;
  dem_pairs p;
  assert_true(load("id\ttype\tsentence\ttarget\tsource\n7\tAID\tOman fed Chad.\tChad\tOman\n", &p));
  assert_int_equal(p.n, 1);
  IS(p.row[0].source, "Oman");
  IS(p.row[0].type, "AID");
  assert_false(p.row[0].ours);
  dem_pairs_free(&p);
}

static void refuses_wrong_lines(void **state) {
  (void)state;
  static const char *const wrong[] = {"ACCUSE {Chad} *blamed* <Niger>\n", "BLAME | {Chad} blamed\n", "AID | {Chad *fed* Oman\n", "AID maybe | {Chad}\n",
                                      "AID | \n", "id\tsentence\ttype\n1\t\tAID\n"};
  for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
    dem_pairs p;
    assert_false(load(wrong[i], &p));
  }
}

static void planes_separate(void **state) {
  (void)state;
  static const uint32_t a[] = {0, 2}, b[] = {1, 2}, c[] = {0}, d[] = {1};
  static const float one[] = {1, 1};
  const dem_svm_item item[] = {{a, one, 2}, {b, one, 2}, {c, one, 1}, {d, one, 1}};
  static const int8_t target[] = {1, -1, 1, -1};
  static const double cost[] = {1, 1, 1, 1};
  double weight[3];
  dem_svm_learn(item, 4, target, cost, 3, weight);
  assert_true(weight[0] > 0.3 && weight[1] < -0.3);
  assert_true(weight[2] < 0.05 && weight[2] > -0.05); /* it tells nothing */
}

static char *blob_of(size_t *len) {
  enum { N = 300 };
  dem_linear_cell cell[N];
  for (uint32_t i = 0; i < N; i++)
    cell[i] = (dem_linear_cell){dem_hash(&(uint32_t){i / 2}, 4, 7), (uint8_t)(i & 1), (int8_t)(i % 250 - 125)};
  char *bytes = NULL;
  uint32_t head[2] = {DEM_RELATE_MAGIC, 5};
  uint16_t sure[DEM_RELATE_STEPS] = {500};
  FILE *f = open_memstream(&bytes, len);
  assert_true(fwrite(head, sizeof head, 1, f) == 1 && fwrite(sure, sizeof sure, 1, f) == 1);
  assert_true(dem_linear_write(f, cell, N, 2, DEM_S("AID\nACCUSE\n")));
  fclose(f);
  return bytes;
}

static void tables_come_back(void **state) {
  (void)state;
  size_t len;
  char *bytes = blob_of(&len);
  dem_relater r;
  assert_true(dem_relater_open((dem_str){bytes, len}, &r));
  for (uint32_t i = 0; i < 150; i++) {
    int32_t score[DEM_LINEAR_LABELS] = {0};
    dem_linear_add(&r.model, dem_hash(&i, 4, 7), score);
    assert_int_equal(score[0], (int)(2 * i) % 250 - 125);
    assert_int_equal(score[1], (int)(2 * i + 1) % 250 - 125);
  }
  free(bytes);
}

static void refuses_damage(void **state) {
  (void)state;
  size_t len;
  char *bytes = blob_of(&len);
  dem_relater r;
  for (size_t cut = 0; cut < len; cut += 1 + len / 97) assert_false(dem_relater_open((dem_str){bytes, cut}, &r));
  bytes[0] ^= 1;
  assert_false(dem_relater_open((dem_str){bytes, len}, &r));
  free(bytes);
}

static const char *type_of(demarche_doc *doc, const demarche_model *model, const char *sentence, const char *source, const char *target) {
  static demarche_relation out;
  demarche_error err;
  assert_int_equal(demarche_relate(doc, model, dem_str_of(sentence), dem_str_of(source), dem_str_of(target), &out, &err), DEMARCHE_OK);
  assert_true(out.per_mille <= 1000);
  return out.type;
}

static void relates_pairs(void **state) {
  (void)state;
  demarche_model *model;
  demarche_doc *doc = demarche_doc_new();
  demarche_error err;
  assert_int_equal(demarche_model_open(DEMARCHE_MODEL_PATH, &model, &err), DEMARCHE_OK);
  const char *two = "Chad accused Niger of shelling villages, and Niger expelled two diplomats of Chad.";
  assert_string_equal(type_of(doc, model, "Mauritania condemned Benin for the arrests.", "Mauritania", "Benin"), "ACCUSE");
  assert_string_equal(type_of(doc, model, "Malta sent 200 tents to Samoa after the storm.", "Malta", "Samoa"), "AID");
  assert_string_equal(type_of(doc, model, two, "Chad", "Niger"), "ACCUSE");
  assert_true(strlen(type_of(doc, model, "Nobody is named here.", "An actor", "a recipient")) > 2); /* always one of the 16 */
  demarche_doc_free(doc);
  demarche_model_close(model);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(reads_examples),  cmocka_unit_test(reads_tables),    cmocka_unit_test(refuses_wrong_lines),
                                     cmocka_unit_test(planes_separate), cmocka_unit_test(tables_come_back), cmocka_unit_test(refuses_damage),
                                     cmocka_unit_test(relates_pairs)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
