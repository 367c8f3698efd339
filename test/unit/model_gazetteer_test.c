/* The gazetteer: what a list of names says is what look-up says, in the packed section and in the shipped one; damage is refused
 * or harmless. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/utf8.h"
#include "model/pack.h"

enum { PLACES = 400, COLUMNS = 12 };

/* Names of one to three syllable words, many of them prefixes of others, some shared by several places. */
static dem_str made_name(dem_arena *arena, uint32_t i) {
  static const char *const syllable[] = {"Bel", "Bela", "Cor", "Cora", "Du", "Ein", "Nor", "San"};
  if (i % 3 == 0) return dem_str_format(arena, "%s", syllable[i / 3 % 8]);
  if (i % 3 == 1) return dem_str_format(arena, "%s %s", syllable[i % 8], syllable[i / 7 % 8]);
  return dem_str_format(arena, "%s%s %s", syllable[i % 8], syllable[i / 8 % 8], syllable[i / 11 % 8]);
}

static void make_rows(dem_packer *p, dem_pack_rows *rows) {
  for (uint32_t i = 0; i < PLACES; i++) {
    dem_pack_row row = {dem_array(&p->arena, dem_str, COLUMNS + 1), COLUMNS};
    dem_str *cell = row.cell + 1;
    cell[PLACES_NAME] = made_name(&p->arena, i);
    row.cell[0] = dem_norm(&p->arena, cell[PLACES_NAME]);
    if (i % 5 == 0) cell[PLACES_FORMS] = dem_str_format(&p->arena, "Old %.*s|X%u", DEM_FMT(cell[PLACES_NAME]), i);
    if (i % 7 == 0) cell[PLACES_OTHERS] = dem_str_format(&p->arena, "Ny %.*s", DEM_FMT(cell[PLACES_NAME]));
    cell[PLACES_ID] = dem_str_format(&p->arena, "%u", 1000 + i);
    cell[PLACES_COUNTRY] = i % 2 ? DEM_S("FRA") : DEM_S("");
    cell[PLACES_ADMIN1] = i % 4 ? DEM_S("North") : DEM_S("");
    cell[PLACES_FEATURE] = i % 2 ? DEM_S("PPL") : DEM_S("SEA");
    cell[PLACES_LAT] = dem_str_format(&p->arena, "-%u.5", i % 90);
    cell[PLACES_LON] = dem_str_format(&p->arena, "%u.00001", i % 180);
    cell[PLACES_POPULATION] = dem_str_format(&p->arena, "%u", i * 7919 % 1000);
    *dem_push(&p->arena, rows) = row;
  }
}

static dem_packer *packed(dem_pack_rows *rows, dem_str *section) {
  dem_packer *p = calloc(1, sizeof *p);
  assert_non_null(p);
  dem_arena_init(&p->arena, (size_t)1 << 26);
  assert_false(dem_arena_catch(&p->arena));
  make_rows(p, rows);
  dem_pack_bytes bytes = {0};
  dem_pack_gazetteer(p, rows, &bytes);
  assert_int_equal(p->problems, 0);
  *section = (dem_str){(const char *)bytes.at, bytes.n};
  return p;
}

static void drop(dem_packer *p) {
  dem_arena_free(&p->arena);
  free(p);
}

static uint32_t places_called(const dem_pack_rows *rows, dem_str name) {
  uint32_t n = 0;
  for (uint32_t i = 0; i < rows->n; i++) n += dem_str_eq(rows->at[i].cell[1 + PLACES_NAME], name);
  return n;
}

static void every_name_is_found(void **state) {
  (void)state;
  dem_pack_rows rows = {0};
  dem_str section;
  dem_packer *p = packed(&rows, &section);
  dem_gazetteer g;
  assert_true(dem_gazetteer_open(section, &g));
  assert_int_equal(g.places, PLACES);
  for (uint32_t i = 0; i < rows.n; i++) {
    dem_gaz_hit hit = dem_gazetteer_find(&g, rows.at[i].cell[0]);
    assert_int_not_equal(hit.row, DEM_NONE);
    uint32_t end = dem_gazetteer_end(&g, hit.row), before = UINT32_MAX;
    assert_int_equal(end - hit.row, places_called(&rows, rows.at[i].cell[1 + PLACES_NAME]));
    bool here = false;
    for (uint32_t row = hit.row; row < end; row++) {
      dem_gaz_entry e = dem_gazetteer_entry(&g, row);
      assert_true(dem_str_eq(e.name, rows.at[i].cell[1 + PLACES_NAME]));
      assert_true(e.people <= before);
      before = e.people;
      if (e.id != 1000 + i) continue;
      here = true;
      assert_int_equal(e.lat, -(int32_t)(i % 90 * 100000 + 50000));
      assert_int_equal(e.lon, (int32_t)(i % 180 * 100000 + 1));
      assert_true(dem_str_is(e.country, i % 2 ? "FRA" : "") && dem_str_is(e.feature, i % 2 ? "PPL" : "SEA"));
    }
    assert_true(here);
  }
  drop(p);
}

static void longer_names_are_announced(void **state) {
  (void)state;
  dem_pack_rows rows = {0};
  dem_str section;
  dem_packer *p = packed(&rows, &section);
  dem_gazetteer g;
  assert_true(dem_gazetteer_open(section, &g));
  assert_true(dem_gazetteer_find(&g, DEM_S("bel")).more);
  assert_int_not_equal(dem_gazetteer_find(&g, DEM_S("bel")).row, DEM_NONE);
  assert_true(dem_gazetteer_find(&g, DEM_S("old")).more);
  assert_int_equal(dem_gazetteer_find(&g, DEM_S("old")).row, DEM_NONE);
  assert_false(dem_gazetteer_find(&g, DEM_S("zz")).more);
  assert_false(dem_gazetteer_find(&g, DEM_S("aa")).more);
  assert_int_equal(dem_gazetteer_find(&g, DEM_S("x5")).row == DEM_NONE, false);
  uint32_t foreign = dem_gazetteer_find(&g, DEM_S("ny bel")).row;
  assert_int_not_equal(foreign, DEM_NONE);
  assert_true(dem_gazetteer_entry(&g, foreign).flags & DEM_GAZ_FOREIGN);
  drop(p);
}

/* Any byte changed: refused, or every look-up stays inside. */
static void damage_does_no_harm(void **state) {
  (void)state;
  dem_pack_rows rows = {0};
  dem_str section;
  dem_packer *p = packed(&rows, &section);
  char *copy = malloc(section.len);
  assert_non_null(copy);
  uint32_t refused = 0;
  for (size_t at = 0; at < section.len; at++) {
    memcpy(copy, section.data, section.len);
    copy[at] = (char)(copy[at] ^ (at % 2 ? 0xFF : 0x01));
    dem_gazetteer g;
    if (!dem_gazetteer_open((dem_str){copy, section.len}, &g)) {
      refused++;
      continue;
    }
    for (uint32_t i = 0; i < rows.n; i += 37) {
      dem_gaz_hit hit = dem_gazetteer_find(&g, rows.at[i].cell[0]);
      if (hit.row != DEM_NONE) assert_true(dem_gazetteer_entry(&g, dem_gazetteer_end(&g, hit.row) - 1).name.len <= 255);
    }
  }
  for (size_t len = 0; len < section.len; len += 13) {
    dem_gazetteer g;
    assert_false(dem_gazetteer_open((dem_str){section.data, len}, &g));
  }
  assert_true(refused > 100);
  free(copy);
  drop(p);
}

static void shipped_one_is_whole(void **state) {
  (void)state;
  demarche_model *model;
  assert_int_equal(demarche_model_open(DEMARCHE_MODEL_PATH, &model, NULL), DEMARCHE_OK);
  const dem_gazetteer *g = dem_model_gazetteer(model);
  assert_true(g->places > 100000);
  for (uint32_t row = 0; row < g->rows; row++) {
    dem_gaz_entry e = dem_gazetteer_entry(g, row);
    assert_true(e.name.len > 0 && dem_utf8_valid(e.name) && e.feature.len > 0);
    assert_true(e.lat >= -9000000 && e.lat <= 9000000 && e.lon >= -18000000 && e.lon <= 18000000);
  }
  demarche_model_close(model);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(every_name_is_found), cmocka_unit_test(longer_names_are_announced),
                                     cmocka_unit_test(damage_does_no_harm), cmocka_unit_test(shipped_one_is_whole)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
