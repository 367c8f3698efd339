/* Asking for events: one statement whose conditions are switched off by empty parameters, one row at a time, the row's parties
 * and counts beside it. Invariant: rows come by date, then by hash, so that an export does not depend on the order in which
 * dispatches came. Refuses: building SQL from what users type. */
#include "store/rows.h"

#include <stdlib.h>

#include "store/export.h"

/* ---- values ---- */

dem_str dem_row_text(const dem_rows *r, dem_row_column column) {
  const char *s = (const char *)sqlite3_column_text(r->main, (int)column);
  return (dem_str){s, s ? (size_t)sqlite3_column_bytes(r->main, (int)column) : 0};
}

int64_t dem_row_int(const dem_rows *r, dem_row_column column) { return sqlite3_column_int64(r->main, (int)column); }
bool dem_row_has(const dem_rows *r, dem_row_column column) { return sqlite3_column_type(r->main, (int)column) != SQLITE_NULL; }

int64_t dem_row_scaled(const dem_rows *r, dem_row_column column, int64_t by) {
  double v = sqlite3_column_double(r->main, (int)column) * (double)by;
  return (int64_t)(v < 0 ? v - 0.5 : v + 0.5);
}

dem_day dem_row_day(const dem_rows *r) {
  dem_day day;
  if (dem_day_parse(dem_row_text(r, ROW_FROM), &day)) return day;
  if (dem_day_parse(dem_row_text(r, ROW_TO), &day)) return day;
  return dem_day_parse(dem_row_text(r, ROW_PUBLISHED), &day) ? day : DEM_NO_DAY;
}

dem_str dem_party_label(const dem_row_party *p) { return p->name.len ? p->name : p->role.len ? p->role : p->text; }

static dem_str code_of(dem_rows *r, const dem_row_party *p) {
  if (p->code.len && p->sector.len) return dem_str_format(&r->arena, "%.*s %.*s", DEM_FMT(p->code), DEM_FMT(p->sector));
  return p->code.len ? p->code : p->sector.len ? p->sector : dem_party_label(p);
}

static dem_str joined(dem_rows *r, dem_row_parties list, const char *between, bool codes) {
  dem_str out = {NULL, 0};
  for (uint32_t i = 0; i < list.n; i++) {
    dem_str one = codes ? code_of(r, &list.at[i]) : dem_party_label(&list.at[i]);
    out = i ? dem_str_format(&r->arena, "%.*s%s%.*s", DEM_FMT(out), between, DEM_FMT(one)) : one;
  }
  return out;
}

dem_str dem_row_names(dem_rows *r, dem_row_parties list, const char *between) { return joined(r, list, between, false); }
dem_str dem_row_codes(dem_rows *r, dem_row_parties list, const char *between) { return joined(r, list, between, true); }

static const char *const record_sql = "SELECT d.bytes, r.json FROM dispatch d JOIN record r ON r.dispatch = d.id WHERE d.id = ?1";

static int expand_record(dem_store *s, sqlite3_stmt *st, dem_packed *out) {
  dem_packed bytes;
  dem_str prefix = dem_store_prefix(s), none = {NULL, 0};
  dem_str packed = {sqlite3_column_blob(st, 0), (size_t)sqlite3_column_bytes(st, 0)};
  dem_str json = {sqlite3_column_blob(st, 1), (size_t)sqlite3_column_bytes(st, 1)};
  if (!dem_expand(prefix, none, packed, DEMARCHE_MAX_BYTES, &bytes)) return SQLITE_CORRUPT;
  bool good = dem_expand(prefix, (dem_str){bytes.data, bytes.len}, json, SIZE_MAX / 4, out);
  free(bytes.data);
  return good ? SQLITE_OK : SQLITE_CORRUPT;
}

demarche_status dem_store_record(dem_store *s, int64_t dispatch, dem_packed *out, demarche_error *err) {
  sqlite3_stmt *st = NULL;
  *out = (dem_packed){0};
  int code = sqlite3_prepare_v2(s->db, record_sql, -1, &st, NULL);
  if (code == SQLITE_OK) code = sqlite3_bind_int64(st, 1, dispatch);
  if (code == SQLITE_OK) code = sqlite3_step(st);
  if (code == SQLITE_ROW) code = expand_record(s, st, out);
  sqlite3_finalize(st);
  if (code == SQLITE_OK) return DEMARCHE_OK;
  if (code != SQLITE_DONE) return dem_sql_error(NULL, code, err);
  if (err) *err = (demarche_error){DEMARCHE_USAGE, "no such dispatch"};
  return DEMARCHE_USAGE;
}

json_t *dem_row_record(dem_rows *r) {
  dem_packed text;
  demarche_status bad = dem_store_record(r->store, dem_row_int(r, ROW_DISPATCH), &text, NULL);
  json_t *record = bad ? NULL : json_loadb(text.data, text.len, JSON_DISABLE_EOF_CHECK, NULL);
  free(text.data);
  if (!record) r->code = bad ? SQLITE_CORRUPT : SQLITE_NOMEM;
  return record;
}

/* ---- parties and counts ---- */

static dem_str kept(dem_rows *r, sqlite3_stmt *st, int i) {
  const char *s = (const char *)sqlite3_column_text(st, i);
  return dem_str_copy(&r->arena, (dem_str){s, s ? (size_t)sqlite3_column_bytes(st, i) : 0});
}

static void load_parties(dem_rows *r) {
  r->actor = r->recipient = r->claimant = (dem_row_parties){0};
  sqlite3_reset(r->party);
  int code = sqlite3_bind_int64(r->party, 1, dem_row_int(r, ROW_ID));
  while (code == SQLITE_OK && (code = sqlite3_step(r->party)) == SQLITE_ROW) {
    sqlite3_stmt *st = r->party;
    dem_str side = kept(r, st, 0);
    dem_row_parties *list = dem_str_is(side, "actor") ? &r->actor : dem_str_is(side, "recipient") ? &r->recipient : &r->claimant;
    bool placed = sqlite3_column_type(st, 8) != SQLITE_NULL;
    *dem_push(&r->arena, list) = (dem_row_party){kept(r, st, 1), kept(r, st, 2), kept(r, st, 3), kept(r, st, 4), kept(r, st, 5),
                                                 kept(r, st, 6), kept(r, st, 7), placed ? sqlite3_column_int64(st, 8) : -1};
    code = SQLITE_OK;
  }
  if (code != SQLITE_DONE && code != SQLITE_OK) r->code = code;
}

static void load_counts(dem_rows *r) {
  sqlite3_reset(r->told);
  int code = sqlite3_bind_int64(r->told, 1, dem_row_int(r, ROW_HAPPENING));
  if (code == SQLITE_OK) code = sqlite3_step(r->told);
  if (code == SQLITE_ROW)
    r->count = (dem_told){sqlite3_column_int64(r->told, 0), sqlite3_column_int64(r->told, 1), sqlite3_column_int64(r->told, 2),
                          sqlite3_column_int64(r->told, 3), sqlite3_column_int(r->told, 4) > 1};
  else
    r->code = code;
}

/* ---- the statement ---- */

/* A party that ?X speaks of: a code, "CODE:SECTOR", or a name. */
#define PARTY(X, SIDE)                                                                                                          \
  "(" X " IS NULL OR EXISTS(SELECT 1 FROM party p JOIN actor a ON a.id = p.actor WHERE p.event = e.id AND p.side = '" SIDE     \
  "' AND (a.code = upper(" X ") OR a.code || ':' || a.sector = upper(" X ") OR a.name = " X " COLLATE NOCASE)))"

#define ROW_SQL(NAME, sql) sql ", "
static const char *const main_sql =
    "SELECT " DEM_ROW_COLUMNS(ROW_SQL) "0 FROM event e JOIN record r ON r.dispatch = e.dispatch JOIN coder c ON c.id = r.coder LEFT JOIN link l ON l.event = e.id"
    " WHERE (?1 IS NULL OR e.type = upper(?1)) AND (?2 IS NULL OR e.status = lower(?2))"
    " AND " PARTY("?3", "actor") " AND " PARTY("?4", "recipient") " AND " PARTY("?5", "claimant")
    " AND (?6 IS NULL OR e.country = upper(?6) OR e.place = ?6 COLLATE NOCASE)"
    " AND (?7 IS NULL OR e.date_to >= ?7) AND (?8 IS NULL OR e.date_from <= ?8)"
    " AND (?9 IS NULL OR CASE WHEN e.dispatch IN (SELECT rowid FROM search WHERE search MATCH ?9) THEN says(e.dispatch, ?12)"
    " ELSE 0 END)"
    " AND (?10 OR (l.event IS NULL AND NOT EXISTS(SELECT 1 FROM retracted x WHERE x.event = e.id)))"
    " ORDER BY e.date_from, e.hash, e.id LIMIT ?11";

static const char *const party_sql =
    "SELECT p.side, a.name, a.code, a.sector, a.sectors, a.role, a.office, p.text, p.span_begin FROM party p JOIN actor a"
    " ON a.id = p.actor WHERE p.event = ?1 ORDER BY p.side, p.n";

static const char *const told_sql =
    "SELECT count(*), count(DISTINCT e.dispatch), count(DISTINCT coalesce(r.publisher, r.agency, r.source)), sum(e.reports),"
    " count(DISTINCT e.status IN ('denied', 'negated')) FROM event e JOIN record r ON r.dispatch = e.dispatch"
    " WHERE e.id = ?1 OR e.id IN (SELECT event FROM link WHERE happening = ?1)";

static int bind_filter(sqlite3_stmt *st, const dem_filter *f) {
  const char *const text[] = {f->type, f->status, f->actor, f->recipient, f->claimant, f->place, f->from, f->to, f->text};
  int code = SQLITE_OK;
  for (int i = 0; i < 9 && code == SQLITE_OK; i++)
    if (text[i] && *text[i] && i != 8) code = sqlite3_bind_text(st, i + 1, text[i], -1, SQLITE_STATIC);
  if (f->text && *f->text && code == SQLITE_OK) {
    char *words = dem_search_words(f->text);
    code = words ? sqlite3_bind_text(st, 9, words, -1, sqlite3_free) : SQLITE_NOMEM;
    if (code == SQLITE_OK) code = sqlite3_bind_text(st, 12, f->text, -1, SQLITE_STATIC);
  }
  if (code == SQLITE_OK) code = sqlite3_bind_int(st, 10, f->all);
  return code == SQLITE_OK ? sqlite3_bind_int64(st, 11, f->limit ? (int64_t)f->limit : -1) : code;
}

static int prepare(dem_rows *r, const dem_filter *f) {
  int code = dem_search_ready(r->store);
  if (code == SQLITE_OK) code = sqlite3_prepare_v2(r->store->db, main_sql, -1, &r->main, NULL);
  if (code == SQLITE_OK) code = sqlite3_prepare_v2(r->store->db, party_sql, -1, &r->party, NULL);
  if (code == SQLITE_OK) code = sqlite3_prepare_v2(r->store->db, told_sql, -1, &r->told, NULL);
  return code == SQLITE_OK ? bind_filter(r->main, f) : code;
}

static const struct {
  dem_row_writer write, begin, end; /* begin and end may be NULL */
  const char *const *header;
  bool facts; /* its columns have no word for what did not happen, or not yet */
} targets[] = {[DEM_TARGET_TABLE] = {.write = dem_write_row_table, .header = &dem_row_table_header},
               [DEM_TARGET_JSONL] = {.write = dem_write_row_jsonl},
               [DEM_TARGET_CSV] = {.write = dem_write_row_csv, .header = &dem_row_csv_header},
               [DEM_TARGET_PLOVER] = {.write = dem_write_row_plover},
               [DEM_TARGET_GDELT] = {.write = dem_write_row_gdelt, .facts = true},
               [DEM_TARGET_GDELT_MENTIONS] = {.write = dem_write_row_mentions, .facts = true},
               [DEM_TARGET_ICEWS] = {.write = dem_write_row_icews, .header = &dem_icews_header, .facts = true},
               [DEM_TARGET_POLECAT] = {.write = dem_write_row_polecat, .header = &dem_polecat_header, .facts = true},
               [DEM_TARGET_PHOENIX] = {.write = dem_write_row_phoenix, .facts = true},
               [DEM_TARGET_ARROW] = {.write = dem_write_row_arrow, .begin = dem_begin_arrow, .end = dem_end_arrow}};

static bool no_fact(const dem_rows *r) {
  return dem_str_in_list(DEM_S("negated|denied|future|hypothetical"), dem_row_text(r, ROW_STATUS));
}

/* The rows one by one; memory that runs out comes back here. */
static void write_rows(dem_rows *r, dem_target target, const dem_filter *f) {
  bool facts = targets[target].facts && !(f->status && *f->status);
  while (r->code == SQLITE_OK && !r->out.failed && (r->code = sqlite3_step(r->main)) == SQLITE_ROW) {
    dem_arena_reset(&r->arena);
    if (dem_arena_catch(&r->arena)) {
      r->code = SQLITE_NOMEM;
      return;
    }
    r->code = SQLITE_OK;
    if (facts && no_fact(r)) {
      r->left_out++;
      continue;
    }
    load_parties(r);
    if (r->code == SQLITE_OK) load_counts(r);
    if (r->code == SQLITE_OK) targets[target].write(r);
  }
  if (r->code == SQLITE_DONE) r->code = SQLITE_OK;
}

/* A text query that FTS5 cannot read is the caller's mistake. */
static demarche_status ended(dem_rows *r, const dem_filter *f, bool flushed, demarche_error *err) {
  if (r->code == SQLITE_OK && flushed) return DEMARCHE_OK;
  if (r->code == SQLITE_OK) {
    if (err) *err = (demarche_error){DEMARCHE_IO, ""};
    return DEMARCHE_IO;
  }
  bool query = f->text && r->code == SQLITE_ERROR;
  demarche_status bad = dem_store_error(r->store, r->code, err);
  if (query && err) snprintf(err->text, sizeof err->text, "--search: %s", sqlite3_errmsg(r->store->db));
  return query ? DEMARCHE_USAGE : bad;
}

demarche_status dem_store_events(dem_store *s, const dem_model *model, const dem_filter *filter, dem_target target,
                                 demarche_write write, void *to, uint64_t *left_out, demarche_error *err) {
  enum { ROW_MEMORY = 64 << 20 };
  dem_rows r = {.store = s, .model = model};
  dem_filter asked = *filter;
  asked.all = filter->all || target == DEM_TARGET_GDELT_MENTIONS; /* which is about accounts */
  dem_json_init(&r.out, write, to);
  dem_arena_init(&r.arena, ROW_MEMORY);
  r.code = prepare(&r, &asked);
  if (r.code == SQLITE_OK && targets[target].header) dem_json_raw(&r.out, dem_str_of(*targets[target].header));
  if (r.code == SQLITE_OK && targets[target].begin) targets[target].begin(&r);
  if (r.code == SQLITE_OK) write_rows(&r, target, &asked);
  if (targets[target].end) targets[target].end(&r);
  if (left_out) *left_out = r.left_out;
  demarche_status status = ended(&r, filter, dem_json_flush(&r.out), err);
  sqlite3_finalize(r.main);
  sqlite3_finalize(r.party);
  sqlite3_finalize(r.told);
  dem_arena_free(&r.arena);
  return status;
}
