/* Sketches and their index: what makes no difference, what does, and that a bucket of boilerplate stays bounded. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "store/sketch.h"

static const char *const story =
    "Kenya accused Uganda of moving troops to the border near Busia on Monday. The defence ministry in Nairobi said that two "
    "battalions had crossed the river before dawn and set up a camp beside the road. Traders at the crossing said that they had "
    "heard lorries all night and that the customs office had stayed shut.";

static dem_sketch sketch_of(const char *text) {
  dem_sketch s;
  dem_sketch_of(dem_str_of(text), &s);
  return s;
}

static void equal_texts(void **state) {
  (void)state;
  dem_sketch a = sketch_of(story), b = sketch_of(story);
  assert_int_equal(dem_sketch_likeness(&a, &b), 100);
  assert_int_equal(a.grams, 53);
}

static void case_and_signs_make_no_difference(void **state) {
  (void)state;
  dem_sketch a = sketch_of("One two, three four: five six seven eight nine ten eleven twelve."),
             b = sketch_of("ONE  TWO three\nfour five -- six seven eight \"nine\" ten eleven twelve");
  assert_memory_equal(a.least, b.least, sizeof a.least);
}

static void a_part_is_contained(void **state) {
  (void)state;
  char half[400];
  snprintf(half, sizeof half, "%.160s", story);
  dem_sketch a = sketch_of(story), b = sketch_of(half);
  assert_in_range(dem_sketch_likeness(&a, &b), 70, 100);
}

static void others_are_not_alike(void **state) {
  (void)state;
  dem_sketch a = sketch_of(story),
             b = sketch_of("Soldiers from Uganda have been seen close to Busia, and that is why Kenya accused Uganda of moving troops, a "
                           "newspaper in Mombasa reported. Its reporter counted eleven vehicles at a petrol station and spoke to a clerk.");
  assert_in_range(dem_sketch_likeness(&a, &b), 0, 30);
}

static void short_texts_are_never_alike(void **state) {
  (void)state;
  dem_sketch a = sketch_of("Shares rose two percent in Tokyo."), none = sketch_of("");
  assert_int_equal(dem_sketch_likeness(&a, &a), 0);
  assert_int_equal(dem_sketch_likeness(&none, &none), 0);
}

static void written_and_read(void **state) {
  (void)state;
  unsigned char bytes[DEM_SKETCH_BYTES];
  dem_sketch a = sketch_of(story), b;
  dem_sketch_write(&a, bytes);
  assert_true(dem_sketch_read((dem_str){(const char *)bytes, sizeof bytes}, &b));
  assert_memory_equal(&a, &b, sizeof a);
  assert_false(dem_sketch_read((dem_str){(const char *)bytes, sizeof bytes - 1}, &b));
}

static void the_earliest_of_equals_leads(void **state) {
  (void)state;
  dem_index x = {0};
  unsigned likeness;
  dem_sketch a = sketch_of(story);
  assert_int_equal(dem_index_find(&x, &a, &likeness), 0);
  assert_true(dem_index_add(&x, 7, &a));
  assert_true(dem_index_add(&x, 9, &a));
  assert_int_equal(dem_index_find(&x, &a, &likeness), 7);
  assert_int_equal(likeness, 100);
  dem_index_free(&x);
}

/* Thousands of texts that share their first and last words: the index grows, a look-up still ends with the right one. */
static void crowds(void **state) {
  (void)state;
  enum { MANY = 3000 };
  dem_index x = {0};
  unsigned likeness;
  char text[2000];
  for (int i = 0; i < MANY; i++) {
    size_t n = (size_t)sprintf(text, "the bank said in a statement on Monday that its profit rose in the quarter ");
    for (int k = 0; k < 60; k++) n += (size_t)sprintf(text + n, "w%d ", i * 60 + k);
    dem_sketch s = sketch_of(text);
    assert_int_equal(dem_index_find(&x, &s, &likeness), 0);
    assert_true(dem_index_add(&x, i + 1, &s));
  }
  size_t n = (size_t)sprintf(text, "an editor put other words before this story ");
  for (int k = 0; k < 60; k++) n += (size_t)sprintf(text + n, "w%d ", 2000 * 60 + k);
  dem_sketch s = sketch_of(text);
  assert_int_equal(dem_index_find(&x, &s, &likeness), 2001);
  dem_index_free(&x);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(equal_texts),        cmocka_unit_test(case_and_signs_make_no_difference), cmocka_unit_test(a_part_is_contained),
      cmocka_unit_test(others_are_not_alike), cmocka_unit_test(short_texts_are_never_alike),     cmocka_unit_test(written_and_read),
      cmocka_unit_test(the_earliest_of_equals_leads), cmocka_unit_test(crowds)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
