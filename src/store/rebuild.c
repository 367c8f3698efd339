/* Records made anew: dispatches whose record was made by another coder or model are handed out one by one and their records
 * replaced, each in a step that happens whole or not at all. Invariant: content is not touched, and near-duplicates keep their
 * leads. Killed halfway, the next run goes on with what is still stale. Refuses: search and actors in between: they are put
 * right at the end (dem_store_tidy), and until then search may show what the old reading found. */
#include <stdlib.h>

#include "store/parts.h"

void dem_old_free(dem_old *old) {
  free(old->bytes.data);
  free(old->source.data);
  free(old->date.data);
  free(old->from.data);
  free(old->map.data);
  *old = (dem_old){0};
}

static bool copy_column(sqlite3_stmt *st, int i, dem_packed *out) {
  const void *bytes = sqlite3_column_blob(st, i);
  size_t n = (size_t)sqlite3_column_bytes(st, i);
  if (sqlite3_column_type(st, i) == SQLITE_NULL) return true;
  out->data = malloc(n + 1);
  if (!out->data) return false;
  if (n) memcpy(out->data, bytes, n);
  out->data[n] = 0;
  out->len = n;
  return true;
}

static int take_stale(dem_store *s, sqlite3_stmt *st, dem_old *old) {
  dem_str none = {NULL, 0}, packed = {sqlite3_column_blob(st, 1), (size_t)sqlite3_column_bytes(st, 1)};
  old->id = sqlite3_column_int64(st, 0);
  if (!dem_expand(dem_store_prefix(s), none, packed, DEMARCHE_MAX_BYTES, &old->bytes)) return SQLITE_CORRUPT;
  return copy_column(st, 2, &old->source) && copy_column(st, 3, &old->date) && copy_column(st, 4, &old->from) &&
                 copy_column(st, 5, &old->map) ? SQLITE_OK : SQLITE_NOMEM;
}

demarche_status dem_store_stale(dem_store *s, int64_t after, const char *coder, const char *model, dem_old *old, demarche_error *err) {
  sqlite3_stmt *st = NULL;
  *old = (dem_old){0};
  int code = sqlite3_prepare_v2(s->db,
                                "SELECT d.id, d.bytes, s.name, d.date, d.read_from, d.read_map FROM dispatch d JOIN source s ON s.id = d.source"
                                " JOIN record r ON r.dispatch = d.id JOIN coder c ON c.id = r.coder"
                                " WHERE d.id > ?1 AND (c.coder <> ?2 OR c.model <> ?3) ORDER BY d.id LIMIT 1",
                                -1, &st, NULL);
  if (code == SQLITE_OK) code = sqlite3_bind_int64(st, 1, after);
  if (code == SQLITE_OK) code = sqlite3_bind_text(st, 2, coder, -1, SQLITE_STATIC);
  if (code == SQLITE_OK) code = sqlite3_bind_text(st, 3, model, -1, SQLITE_STATIC);
  if (code == SQLITE_OK) code = sqlite3_step(st);
  if (code == SQLITE_ROW) code = take_stale(s, st, old);
  sqlite3_finalize(st);
  if (code == SQLITE_OK || code == SQLITE_DONE) return DEMARCHE_OK;
  dem_old_free(old);
  return dem_sql_error(NULL, code, err);
}

/* ---- replacing ---- */

static int run_for(dem_store *s, const char *sql, int64_t dispatch) {
  sqlite3_stmt *st = NULL;
  int code = sqlite3_prepare_v2(s->db, sql, -1, &st, NULL);
  if (code == SQLITE_OK) code = sqlite3_bind_int64(st, 1, dispatch);
  if (code == SQLITE_OK) code = sqlite3_step(st);
  sqlite3_finalize(st);
  return code == SQLITE_DONE || code == SQLITE_ROW ? SQLITE_OK : code;
}

static int forget(dem_store *s, int64_t dispatch) {
  static const char *const steps[] = {
      ("DELETE FROM link WHERE event IN (SELECT id FROM event WHERE dispatch = ?1) OR happening IN"
       " (SELECT id FROM event WHERE dispatch = ?1)"),
      "DELETE FROM retracted WHERE event IN (SELECT id FROM event WHERE dispatch = ?1)",
      "DELETE FROM report WHERE event IN (SELECT id FROM event WHERE dispatch = ?1)",
      "DELETE FROM party WHERE event IN (SELECT id FROM event WHERE dispatch = ?1)",
      "DELETE FROM event WHERE dispatch = ?1", "DELETE FROM record WHERE dispatch = ?1",
      "DELETE FROM meta WHERE key = 'linked' AND ?1"};
  int code = SQLITE_OK;
  for (size_t i = 0; i < sizeof steps / sizeof *steps && code == SQLITE_OK; i++) code = run_for(s, steps[i], dispatch);
  return code;
}

static int old_lead(dem_store *s, int64_t dispatch, int64_t *lead, unsigned *likeness) {
  sqlite3_stmt *st = NULL;
  int code = sqlite3_prepare_v2(s->db, "SELECT lead, likeness FROM record WHERE dispatch = ?1", -1, &st, NULL);
  if (code == SQLITE_OK) code = sqlite3_bind_int64(st, 1, dispatch);
  if (code == SQLITE_OK) code = sqlite3_step(st);
  if (code == SQLITE_ROW) {
    *lead = sqlite3_column_int64(st, 0);
    *likeness = (unsigned)sqlite3_column_int(st, 1);
  }
  sqlite3_finalize(st);
  return code == SQLITE_ROW || code == SQLITE_DONE ? SQLITE_OK : code;
}

demarche_status dem_store_replace(dem_store *s, int64_t dispatch, const dem_item *item, demarche_error *err) {
  int64_t lead = 0;
  unsigned likeness = 0;
  int code = dem_begin(s);
  if (code == SQLITE_OK) code = old_lead(s, dispatch, &lead, &likeness);
  if (code == SQLITE_OK) code = forget(s, dispatch);
  if (code == SQLITE_OK) code = dem_put_again(s, dispatch, item, lead, likeness);
  if (code == SQLITE_OK && ++s->waiting >= DISPATCHES_PER_COMMIT) code = dem_commit(s);
  return code == SQLITE_OK ? DEMARCHE_OK : dem_failed(s, code, err);
}

/* ---- afterwards ---- */

static int fill_search(dem_store *s) {
  sqlite3_stmt *st = NULL;
  int code = sqlite3_prepare_v2(s->db, "SELECT dispatch FROM record ORDER BY dispatch", -1, &st, NULL);
  while (code == SQLITE_OK && (code = sqlite3_step(st)) == SQLITE_ROW) {
    dem_packed json;
    int64_t id = sqlite3_column_int64(st, 0);
    demarche_status bad = dem_store_record(s, id, &json, NULL);
    code = bad ? (bad == DEMARCHE_NOMEM ? SQLITE_NOMEM : SQLITE_CORRUPT) : dem_put_search(s, id, json);
    free(json.data);
  }
  sqlite3_finalize(st);
  return code == SQLITE_DONE ? SQLITE_OK : code;
}

demarche_status dem_store_tidy(dem_store *s, demarche_error *err) {
  int code = dem_begin(s);
  if (code == SQLITE_OK)
    code = dem_sql(s->db,
                   "DELETE FROM actor WHERE id NOT IN (SELECT actor FROM party);"
                   "DELETE FROM coder WHERE id NOT IN (SELECT coder FROM record);"
                   "INSERT INTO search(search) VALUES('delete-all');");
  if (code == SQLITE_OK) code = fill_search(s);
  if (code == SQLITE_OK) code = dem_commit(s);
  return code == SQLITE_OK ? DEMARCHE_OK : dem_failed(s, code, err);
}
