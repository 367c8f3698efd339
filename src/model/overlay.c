/* A user's tables over those of the model. Every table of which the folder has files is merged and packed anew in memory; the
 * user's rows win by key, a row of nothing but a form takes that form away. All tables are packed before the first is
 * replaced, so that a wrong folder changes nothing. Refuses: places, which live in the gazetteer. */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>

#include "model/pack.h"

static demarche_status fail(demarche_error *err, demarche_status status, const char *what) {
  if (!err) return status;
  err->status = status;
  snprintf(err->text, sizeof err->text, "%s", what);
  return status;
}

static bool takes_away(const dem_pack_row *r) {
  for (uint32_t i = 2; i < r->columns; i++) /* the last column is the source */
    if (r->cell[i].len) return false;
  return r->columns > 2;
}

static int by_key(const void *key, const void *row) { return dem_str_cmp(*(const dem_str *)key, ((const dem_pack_row *)row)->cell[0]); }

static void merge(dem_packer *p, const dem_table *base, const dem_pack_rows *own, dem_pack_rows *out) {
  for (uint32_t i = 0; i < own->n; i++)
    if (!takes_away(&own->at[i])) *dem_push(&p->arena, out) = own->at[i];
  for (uint32_t row = 0; row < base->rows; row++) {
    dem_str key = dem_table_key(base, row);
    if (own->n && bsearch(&key, own->at, own->n, sizeof *own->at, by_key)) continue;
    dem_pack_row *r = dem_push(&p->arena, out);
    *r = (dem_pack_row){dem_array(&p->arena, dem_str, base->columns + 1), base->columns};
    r->cell[0] = key;
    for (uint32_t c = 0; c < base->columns; c++) r->cell[c + 1] = dem_table_cell(base, row, c);
  }
  dem_pack_sort(out);
}

/* The sections of all tables the folder has; the number of them. */
static uint32_t pack_all(dem_packer *p, const dem_model *model, const char *folder, dem_str *section) {
  uint32_t tables = 0;
  for (int i = 0; i < DEM_TABLE_COUNT; i++) {
    dem_pack_rows own = {0}, all = {0};
    if (!dem_pack_read(p, folder, &dem_table_defs[i], &own)) continue;
    tables++;
    if (p->problems) continue;
    const dem_table *base = dem_model_table(model, (dem_table_id)i);
    dem_pack_bytes bytes = {0};
    merge(p, base, &own, &all);
    dem_pack_table(p, &all, base->columns, &bytes);
    section[i] = (dem_str){(const char *)bytes.at, bytes.n};
  }
  return tables;
}

static bool has_places(dem_packer *p, const char *folder) {
  static const dem_table_def places = {DEM_GAZETTEER_PATH, DEM_GAZETTEER_COLUMNS};
  dem_pack_rows rows = {0};
  return dem_pack_read(p, folder, &places, &rows);
}

static demarche_status lay(dem_packer *p, dem_model *model, const char *folder, demarche_error *err) {
  dem_str section[DEM_TABLE_COUNT] = {{0}};
  DIR *dir = opendir(folder);
  if (!dir) return fail(err, DEMARCHE_IO, "no such folder of lexicon tables");
  closedir(dir);
  if (has_places(p, folder)) return fail(err, DEMARCHE_MODEL, "places cannot be added at run time: put them into lexicon/places and pack");
  uint32_t tables = pack_all(p, model, folder, section);
  if (p->problems) return fail(err, DEMARCHE_MODEL, p->told);
  if (tables == 0) return fail(err, DEMARCHE_MODEL, "holds no lexicon table: actors/organisations.tsv, offices/people.tsv or the like");
  for (int i = 0; i < DEM_TABLE_COUNT; i++)
    if (section[i].len && !dem_model_replace(model, (dem_table_id)i, section[i]))
      return fail(err, DEMARCHE_MODEL, "the tables are too large"); /* cannot happen: the packer wrote it */
  return DEMARCHE_OK;
}

/* The packed bytes live in the packer's arena, which the model keeps. */
demarche_status demarche_model_add(demarche_model *model, const char *folder, demarche_error *err) {
  dem_packer *p = calloc(1, sizeof *p);
  demarche_status status;
  if (!p) return fail(err, DEMARCHE_NOMEM, "out of memory");
  p->quiet = true;
  dem_arena_init(&p->arena, (size_t)1 << 30);
  if (dem_arena_catch(&p->arena)) status = fail(err, p->arena.error.status, p->arena.error.text);
  else status = lay(p, model, folder, err);
  if (status == DEMARCHE_OK) return dem_model_keep(model, p), DEMARCHE_OK;
  dem_arena_free(&p->arena);
  free(p);
  return status;
}
