/* The store through its door, without a coder: items made by hand go in once, come back byte for byte, and survive damage to
 * what packs them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "store/parts.h"

static const char reading[] =
    "{\"id\": \"00000000000000aa\", \"source\": \"s\", \"format\": \"text\", \"headline\": \"H\", \"published\": \"2021-03-02\", "
    "\"status\": \"usable\", \"version\": \"1\", \"genre\": \"news\", \"text\": \"Kenya accused Uganda.\", \"coder\": \"c\", \"model\": "
    "\"m\", \"ontology\": \"o\"}\n";
static const char events[] =
    "{\"id\": \"e1\", \"type\": \"ACCUSE\", \"mode\": [\"allege\"], \"context\": [], \"quad\": 3, \"score\": -3.5, \"cameo\": \"112\", "
    "\"goldstein\": -2.0, \"status\": \"asserted\", \"hedges\": [], \"actor\": [{\"name\": \"Kenya\", \"code\": \"KEN\", \"sector\": "
    "\"GOV\", \"sectors\": [\"MIL\", \"SPY\"], \"role\": null, \"office\": null, \"text\": \"Kenya\", \"span\": [0, 5]}], \"recipient\": "
    "[{\"name\": \"Uganda\", \"code\": \"UGA\", \"sector\": \"GOV\", \"sectors\": [], \"role\": null, \"office\": null, \"text\": "
    "\"Uganda\", \"span\": [14, 20]}], \"trigger\": {\"span\": [6, 13], \"text\": \"accused\"}, \"date\": {\"from\": \"2021-03-02\", "
    "\"to\": \"2021-03-02\", \"precision\": \"day\", \"span\": null, \"rule\": \"publication date\"}, \"place\": {\"kind\": \"unknown\"}, "
    "\"claimant\": [], \"reports\": [{\"sentence\": 1, \"span\": [0, 21], \"evidence\": [6, 13], \"claimant\": [], \"status\": "
    "\"asserted\"}], \"confidence\": 0.9}\n";
static const char record[] = "{\"id\": \"00000000000000aa\", \"text\": \"Kenya accused Uganda.\", \"events\": []}\n";

static dem_packed copy(const char *s) {
  dem_packed p = {malloc(strlen(s) + 1), strlen(s)};
  assert_non_null(p.data);
  memcpy(p.data, s, p.len + 1);
  return p;
}

static dem_item item_of(dem_store *s, const char *bytes) {
  dem_item item = {.hash = dem_store_hash(dem_str_of(bytes)), .reading = copy(reading), .events = copy(events)};
  assert_true(dem_store_pack(dem_store_prefix(s), dem_str_of(bytes), dem_str_of(record), &item));
  return item;
}

static int64_t number(dem_store *s, const char *sql) {
  sqlite3_stmt *st = NULL;
  assert_int_equal(sqlite3_prepare_v2(dem_store_db(s), sql, -1, &st, NULL), SQLITE_OK);
  assert_int_equal(sqlite3_step(st), SQLITE_ROW);
  int64_t n = sqlite3_column_int64(st, 0);
  sqlite3_finalize(st);
  return n;
}

static dem_store *open_new(void) {
  dem_store *s;
  demarche_error err;
  assert_int_equal(dem_store_open(":memory:", DEM_STORE_CREATE, &s, &err), DEMARCHE_OK);
  return s;
}

static void put(dem_store *s, const char *bytes, dem_put *done) {
  demarche_error err;
  dem_item item = item_of(s, bytes);
  assert_int_equal(dem_store_put(s, &item, "in.jsonl", 1, (dem_given){.map = "text=body"}, done, &err), DEMARCHE_OK);
  dem_item_free(&item);
}

static void once_each(void **state) {
  (void)state;
  dem_store *s = open_new();
  dem_put done;
  put(s, "one", &done);
  assert_false(done.repeat);
  assert_int_equal(done.events, 1);
  put(s, "one", &done);
  assert_true(done.repeat);
  put(s, "two", &done);
  assert_int_equal(dem_store_commit(s, NULL), DEMARCHE_OK);
  assert_int_equal(number(s, "SELECT count(*) FROM dispatch"), 2);
  assert_int_equal(number(s, "SELECT count(*) FROM event"), 2);
  assert_int_equal(number(s, "SELECT count(*) FROM actor"), 2);
  assert_int_equal(number(s, "SELECT sectors = 'MIL;SPY' FROM actor WHERE code = 'KEN'"), 1);
  assert_int_equal(number(s, "SELECT span_begin * 100 + span_end FROM party WHERE event = 1 AND side = 'recipient'"), 1420);
  dem_store_close(s);
}

static void records_come_back(void **state) {
  (void)state;
  dem_store *s = open_new();
  dem_put done;
  dem_packed back;
  put(s, "Kenya accused Uganda.", &done);
  assert_int_equal(dem_store_record(s, 1, &back, NULL), DEMARCHE_OK);
  assert_int_equal(back.len, sizeof record - 1);
  assert_memory_equal(back.data, record, back.len);
  free(back.data);
  assert_int_equal(dem_store_record(s, 99, &back, NULL), DEMARCHE_USAGE);
  dem_store_close(s);
}

/* Whatever bit is changed: the right text or a refusal. */
static void damaged_packs(void **state) {
  (void)state;
  dem_packed packed, back;
  dem_str prefix = dem_str_of("a prefix"), more = dem_str_of("Kenya accused Uganda."), none = {NULL, 0};
  assert_true(dem_compress(prefix, more, dem_str_of(record), &packed));
  for (size_t i = 0; i < packed.len; i++)
    for (int bit = 0; bit < 8; bit++) {
      packed.data[i] = (char)(packed.data[i] ^ (1 << bit));
      if (dem_expand(prefix, more, (dem_str){packed.data, packed.len}, 10000, &back)) {
        assert_int_equal(back.len, sizeof record - 1);
        assert_memory_equal(back.data, record, back.len);
        free(back.data);
      }
      packed.data[i] = (char)(packed.data[i] ^ (1 << bit));
    }
  assert_false(dem_expand(prefix, more, (dem_str){packed.data, packed.len}, 10, &back));
  assert_false(dem_expand(prefix, more, (dem_str){packed.data, packed.len / 2}, 10000, &back));
  assert_false(dem_expand(prefix, more, none, 10000, &back));
  free(packed.data);
}

static void stale_and_replaced(void **state) {
  (void)state;
  dem_store *s = open_new();
  dem_put done;
  dem_old old;
  put(s, "one", &done);
  assert_int_equal(dem_store_commit(s, NULL), DEMARCHE_OK);
  assert_int_equal(dem_store_stale(s, 0, "c", "m", &old, NULL), DEMARCHE_OK);
  assert_int_equal(old.id, 0);
  assert_int_equal(dem_store_stale(s, 0, "c", "newer", &old, NULL), DEMARCHE_OK);
  assert_int_equal(old.id, 1);
  assert_string_equal(old.bytes.data, "one");
  assert_string_equal(old.source.data, "in.jsonl");
  assert_null(old.date.data);
  assert_string_equal(old.map.data, "text=body");
  dem_old_free(&old);
  dem_item item = item_of(s, "one");
  item.events.len = 0; /* the newer model finds nothing */
  assert_int_equal(dem_store_replace(s, 1, &item, NULL), DEMARCHE_OK);
  dem_item_free(&item);
  assert_int_equal(dem_store_tidy(s, NULL), DEMARCHE_OK);
  assert_int_equal(number(s, "SELECT (SELECT count(*) FROM event) + (SELECT count(*) FROM actor)"), 0);
  assert_int_equal(number(s, "SELECT count(*) FROM search WHERE search MATCH 'uganda'"), 1);
  dem_store_close(s);
}

static void grows_from_the_first_version(void **state) {
  (void)state;
  sqlite3 *db;
  assert_int_equal(sqlite3_open(":memory:", &db), SQLITE_OK);
  assert_int_equal(dem_schema_grow(db, 1), SQLITE_OK);
  assert_int_not_equal(dem_sql(db, "SELECT * FROM link"), SQLITE_OK);
  assert_int_equal(dem_schema_grow(db, DEM_STORE_VERSION), SQLITE_OK);
  assert_int_equal(dem_sql(db, "SELECT * FROM link; SELECT * FROM happenings"), SQLITE_OK);
  assert_int_equal(dem_schema_grow(db, DEM_STORE_VERSION), SQLITE_OK);
  sqlite3_close(db);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(once_each), cmocka_unit_test(records_come_back), cmocka_unit_test(damaged_packs),
                                     cmocka_unit_test(stale_and_replaced), cmocka_unit_test(grows_from_the_first_version)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
