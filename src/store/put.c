/* Writing: one dispatch with everything derived from it is one step that happens whole or not at all; every
 * DISPATCHES_PER_COMMIT of them are a transaction. Invariant: whoever is killed leaves a prefix of what an undisturbed run
 * would have written, ids included, so running again ends with the same file contents. Refuses: nothing that the contract's
 * writer can write; a failed statement undoes the whole transaction. */
#include <jansson.h>
#include <stdlib.h>

#include "store/fields.h"
#include "store/parts.h"

#define COUNT(table) ((int)(sizeof(table) / sizeof *(table)))

static const char *const sql[STATEMENTS] = {
    [SQL_SOURCE] = "INSERT INTO source(name) VALUES(?1) ON CONFLICT DO NOTHING",
    [SQL_SOURCE_ID] = "SELECT id FROM source WHERE name = ?1",
    [SQL_DISPATCH] = "INSERT INTO dispatch(hash, source, record, date, read_from, read_map, size, bytes)"
                     " VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)"
                     " ON CONFLICT(hash) DO NOTHING",
    [SQL_RECORD] = "INSERT INTO record(dispatch, coder, lead, likeness, sketch, json, length, id, source, format, url, headline, byline,"
                   " agency, publisher, published, updated, status, version, genre)"
                   " VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20)",
    [SQL_CODER] = "INSERT INTO coder(coder, model, ontology) VALUES(?1, ?2, ?3) ON CONFLICT DO NOTHING",
    [SQL_CODER_ID] = "SELECT id FROM coder WHERE coder = ?1 AND model = ?2 AND ontology = ?3",
    [SQL_EVENT] = "INSERT INTO event(dispatch, n, hash, type, mode, context, quad, score, cameo, goldstein, status, hedges,"
                  " date_from, date_to, date_precision, date_rule, place_kind, place, geonameid, country, admin1, feature, lat,"
                  " lon, trigger, trigger_begin, trigger_end, sentence, span_begin, span_end, reports, confidence)"
                  " VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22,"
                  " ?23, ?24, ?25, ?26, ?27, ?28, ?29, ?30, ?31, ?32)",
    [SQL_ACTOR] = "INSERT INTO actor(key, name, code, sector, sectors, role, office) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    [SQL_ACTOR_ID] = "SELECT id FROM actor WHERE key = ?1",
    [SQL_PARTY] = "INSERT INTO party(event, side, n, actor, text, span_begin, span_end) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    [SQL_REPORT] = ("INSERT INTO report(event, n, sentence, span_begin, span_end, evidence_begin, evidence_end, status, claimant)"
                   " VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)"),
    [SQL_SEARCH] = "INSERT INTO search(rowid, headline, text) VALUES(?1, ?2, ?3)",
    [SQL_REJECT] = "INSERT INTO rejected(source, record, reason) VALUES(?1, ?2, ?3) ON CONFLICT DO UPDATE SET reason = ?3",
    [SQL_UNREJECT] = "DELETE FROM rejected WHERE source = ?1 AND record = ?2",
};

static const dem_field record_fields[] = {
    {"id", FIELD_EMPTY},      {"source", FIELD_TEXT},    {"format", FIELD_TEXT},    {"url", FIELD_TEXT},       {"headline", FIELD_TEXT},
    {"byline", FIELD_TEXT},   {"agency", FIELD_TEXT},    {"publisher", FIELD_TEXT}, {"published", FIELD_TEXT},
    {"updated", FIELD_TEXT},  {"status", FIELD_TEXT},    {"version", FIELD_TEXT},   {"genre", FIELD_TEXT}};

static const dem_field event_fields[] = {
    {"id", FIELD_EMPTY},           {"type", FIELD_EMPTY},        {"mode", FIELD_LIST},
    {"context", FIELD_LIST},       {"quad", FIELD_INT},          {"score", FIELD_REAL},
    {"cameo", FIELD_TEXT},         {"goldstein", FIELD_REAL},    {"status", FIELD_EMPTY},
    {"hedges", FIELD_CUES},        {"date.from", FIELD_TEXT},    {"date.to", FIELD_TEXT},
    {"date.precision", FIELD_TEXT}, {"date.rule", FIELD_TEXT},   {"place.kind", FIELD_TEXT},
    {"place.name", FIELD_TEXT},    {"place.geonameid", FIELD_INT}, {"place.country", FIELD_TEXT},
    {"place.admin1", FIELD_TEXT},  {"place.feature", FIELD_TEXT}, {"place.lat", FIELD_REAL},
    {"place.lon", FIELD_REAL},     {"trigger.text", FIELD_TEXT}, {"trigger.span", FIELD_BEGIN},
    {"trigger.span", FIELD_END},   {"reports.0.sentence", FIELD_INT}, {"reports.0.span", FIELD_BEGIN},
    {"reports.0.span", FIELD_END}, {"reports", FIELD_COUNT},     {"confidence", FIELD_REAL}};

static const dem_field coder_fields[] = {{"coder", FIELD_EMPTY}, {"model", FIELD_EMPTY}, {"ontology", FIELD_EMPTY}};
static const dem_field actor_fields[] = {{"name", FIELD_EMPTY},   {"code", FIELD_EMPTY}, {"sector", FIELD_EMPTY},
                                         {"sectors", FIELD_LIST}, {"role", FIELD_EMPTY}, {"office", FIELD_EMPTY}};
static const dem_field party_fields[] = {{"text", FIELD_TEXT}, {"span", FIELD_BEGIN}, {"span", FIELD_END}};
static const dem_field report_fields[] = {{"sentence", FIELD_INT},   {"span", FIELD_BEGIN}, {"span", FIELD_END},   {"evidence", FIELD_BEGIN},
                                          {"evidence", FIELD_END},   {"status", FIELD_TEXT}, {"claimant", FIELD_NAMES}};

/* ---- statements ---- */

sqlite3_stmt *dem_statement(dem_store *s, statement_id id, int *code) {
  *code = SQLITE_OK;
  if (!s->statement[id]) *code = sqlite3_prepare_v3(s->db, sql[id], -1, SQLITE_PREPARE_PERSISTENT, &s->statement[id], NULL);
  if (*code != SQLITE_OK) return NULL;
  sqlite3_reset(s->statement[id]);
  sqlite3_clear_bindings(s->statement[id]);
  return s->statement[id];
}

/* Run to the end; the first row's first column into *value. SQLITE_ROW, SQLITE_DONE when there was none, or an error. */
static int finish(sqlite3_stmt *st, int64_t *value) {
  int code = sqlite3_step(st), after;
  if (code == SQLITE_ROW && value) *value = sqlite3_column_int64(st, 0);
  after = sqlite3_reset(st);
  return code == SQLITE_ROW || code == SQLITE_DONE ? code : after != SQLITE_OK ? after : code;
}

static int done(int code) { return code == SQLITE_ROW || code == SQLITE_DONE ? SQLITE_OK : code; }

/* The ids of rows that are inserted when they are not there. */
static int source_id(dem_store *s, const char *name, int64_t *id) {
  int code;
  sqlite3_stmt *look = dem_statement(s, SQL_SOURCE_ID, &code), *add;
  if (code == SQLITE_OK) code = sqlite3_bind_text(look, 1, name, -1, SQLITE_STATIC);
  if (code == SQLITE_OK) code = finish(look, id);
  if (code != SQLITE_DONE) return done(code);
  add = dem_statement(s, SQL_SOURCE, &code);
  if (code == SQLITE_OK) code = sqlite3_bind_text(add, 1, name, -1, SQLITE_STATIC);
  if (code == SQLITE_OK) code = finish(add, NULL);
  *id = sqlite3_last_insert_rowid(s->db);
  return done(code);
}

static int coder_id(dem_store *s, const json_t *reading, int64_t *id) {
  int code;
  sqlite3_stmt *look = dem_statement(s, SQL_CODER_ID, &code), *add;
  if (code == SQLITE_OK) code = dem_bind_fields(look, 1, coder_fields, COUNT(coder_fields), reading);
  if (code == SQLITE_OK) code = finish(look, id);
  if (code != SQLITE_DONE) return done(code);
  add = dem_statement(s, SQL_CODER, &code);
  if (code == SQLITE_OK) code = dem_bind_fields(add, 1, coder_fields, COUNT(coder_fields), reading);
  if (code == SQLITE_OK) code = finish(add, NULL);
  *id = sqlite3_last_insert_rowid(s->db);
  return done(code);
}

/* ---- events ---- */

static int64_t actor_key(const json_t *party) {
  uint64_t h = 1;
  for (int i = 0; i < COUNT(actor_fields); i++) {
    const json_t *v = dem_json_at(party, actor_fields[i].path);
    for (size_t k = 0; k < json_array_size(v); k++) {
      const char *part = json_string_value(json_array_get(v, k));
      if (part) h = dem_hash(part, strlen(part), h + 1);
    }
    if (json_is_string(v)) h = dem_hash(json_string_value(v), json_string_length(v), h);
    h = dem_hash(&(char){(char)i}, 1, h);
  }
  return (int64_t)(h >> 1);
}

static int actor_id(dem_store *s, const json_t *party, int64_t *id) {
  int code;
  int64_t key = actor_key(party);
  sqlite3_stmt *look = dem_statement(s, SQL_ACTOR_ID, &code), *add;
  if (code == SQLITE_OK) code = sqlite3_bind_int64(look, 1, key);
  if (code == SQLITE_OK) code = finish(look, id);
  if (code != SQLITE_DONE) return done(code);
  add = dem_statement(s, SQL_ACTOR, &code);
  if (code == SQLITE_OK) code = sqlite3_bind_int64(add, 1, key);
  if (code == SQLITE_OK) code = dem_bind_fields(add, 2, actor_fields, COUNT(actor_fields), party);
  if (code == SQLITE_OK && !json_array_size(json_object_get(party, "sectors"))) code = sqlite3_bind_text(add, 5, "", 0, SQLITE_STATIC);
  if (code == SQLITE_OK) code = finish(add, NULL);
  *id = sqlite3_last_insert_rowid(s->db);
  return done(code);
}

static int put_parties(dem_store *s, int64_t event, const char *side, const json_t *list) {
  int code = SQLITE_OK;
  for (size_t i = 0; i < json_array_size(list) && code == SQLITE_OK; i++) {
    const json_t *party = json_array_get(list, i);
    int64_t actor = 0;
    code = actor_id(s, party, &actor);
    if (code != SQLITE_OK) return code;
    sqlite3_stmt *st = dem_statement(s, SQL_PARTY, &code);
    if (code == SQLITE_OK) code = sqlite3_bind_int64(st, 1, event);
    if (code == SQLITE_OK) code = sqlite3_bind_text(st, 2, side, -1, SQLITE_STATIC);
    if (code == SQLITE_OK) code = sqlite3_bind_int64(st, 3, (int64_t)i + 1);
    if (code == SQLITE_OK) code = sqlite3_bind_int64(st, 4, actor);
    if (code == SQLITE_OK) code = dem_bind_fields(st, 5, party_fields, COUNT(party_fields), party);
    if (code == SQLITE_OK) code = done(finish(st, NULL));
  }
  return code;
}

static int put_reports(dem_store *s, int64_t event, const json_t *list) {
  int code = SQLITE_OK;
  for (size_t i = 0; i < json_array_size(list) && code == SQLITE_OK; i++) {
    sqlite3_stmt *st = dem_statement(s, SQL_REPORT, &code);
    if (code == SQLITE_OK) code = sqlite3_bind_int64(st, 1, event);
    if (code == SQLITE_OK) code = sqlite3_bind_int64(st, 2, (int64_t)i + 1);
    if (code == SQLITE_OK) code = dem_bind_fields(st, 3, report_fields, COUNT(report_fields), json_array_get(list, i));
    if (code == SQLITE_OK) code = done(finish(st, NULL));
  }
  return code;
}

static int put_event(dem_store *s, int64_t dispatch, int64_t n, const json_t *event) {
  static const char *const sides[] = {"actor", "recipient", "claimant"};
  int code;
  sqlite3_stmt *st = dem_statement(s, SQL_EVENT, &code);
  if (code == SQLITE_OK) code = sqlite3_bind_int64(st, 1, dispatch);
  if (code == SQLITE_OK) code = sqlite3_bind_int64(st, 2, n);
  if (code == SQLITE_OK) code = dem_bind_fields(st, 3, event_fields, COUNT(event_fields), event);
  if (code == SQLITE_OK) code = done(finish(st, NULL));
  int64_t id = sqlite3_last_insert_rowid(s->db);
  for (int i = 0; i < COUNT(sides) && code == SQLITE_OK; i++) code = put_parties(s, id, sides[i], json_object_get(event, sides[i]));
  return code == SQLITE_OK ? put_reports(s, id, json_object_get(event, "reports")) : code;
}

/* The events stand one JSON object a line. */
static int put_events(dem_store *s, int64_t dispatch, dem_packed lines, uint32_t *n) {
  dem_str rest = {lines.data, lines.len};
  int code = SQLITE_OK;
  *n = 0;
  while (rest.len && code == SQLITE_OK) {
    dem_str line = dem_str_cut(&rest, '\n');
    json_t *event = json_loadb(line.data, line.len, 0, NULL);
    if (!event) return SQLITE_NOMEM;
    code = put_event(s, dispatch, ++*n, event);
    json_decref(event);
  }
  return code;
}

/* ---- dispatches ---- */

static int put_content(dem_store *s, const dem_item *item, int64_t source, uint64_t record, dem_given given) {
  int code;
  sqlite3_stmt *st = dem_statement(s, SQL_DISPATCH, &code);
  if (code == SQLITE_OK) code = sqlite3_bind_blob(st, 1, item->hash.byte, sizeof item->hash.byte, SQLITE_STATIC);
  if (code == SQLITE_OK) code = sqlite3_bind_int64(st, 2, source);
  if (code == SQLITE_OK) code = sqlite3_bind_int64(st, 3, (int64_t)record);
  if (code == SQLITE_OK) code = sqlite3_bind_text(st, 4, given.date, -1, SQLITE_STATIC);
  if (code == SQLITE_OK) code = sqlite3_bind_text(st, 5, given.from, -1, SQLITE_STATIC);
  if (code == SQLITE_OK) code = sqlite3_bind_text(st, 6, given.map, -1, SQLITE_STATIC);
  if (code == SQLITE_OK) code = sqlite3_bind_int64(st, 7, (int64_t)item->size);
  if (code == SQLITE_OK) code = sqlite3_bind_blob64(st, 8, item->bytes.data, item->bytes.len, SQLITE_STATIC);
  return code == SQLITE_OK ? done(finish(st, NULL)) : code;
}

static int bind_likeness(sqlite3_stmt *st, const dem_sketch *sketch, int64_t lead, unsigned likeness) {
  unsigned char bytes[DEM_SKETCH_BYTES];
  int code = SQLITE_OK;
  dem_sketch_write(sketch, bytes);
  if (lead) code = sqlite3_bind_int64(st, 3, lead);
  if (lead && code == SQLITE_OK) code = sqlite3_bind_int64(st, 4, likeness);
  return code == SQLITE_OK && !lead ? sqlite3_bind_blob(st, 5, bytes, sizeof bytes, SQLITE_TRANSIENT) : code; /* only leads are looked for */
}

static int put_record(dem_store *s, int64_t dispatch, const dem_item *item, const json_t *reading, int64_t lead, unsigned likeness,
                      const dem_sketch *sketch) {
  int64_t coder = 0;
  int code = coder_id(s, reading, &coder);
  if (code != SQLITE_OK) return code;
  sqlite3_stmt *st = dem_statement(s, SQL_RECORD, &code);
  if (code == SQLITE_OK) code = sqlite3_bind_int64(st, 1, dispatch);
  if (code == SQLITE_OK) code = sqlite3_bind_int64(st, 2, coder);
  if (code == SQLITE_OK) code = bind_likeness(st, sketch, lead, likeness);
  if (code == SQLITE_OK) code = sqlite3_bind_blob64(st, 6, item->json.data, item->json.len, SQLITE_STATIC);
  if (code == SQLITE_OK) code = sqlite3_bind_int64(st, 7, (int64_t)strlen(dem_json_text(reading, "text")));
  if (code == SQLITE_OK) code = dem_bind_fields(st, 8, record_fields, COUNT(record_fields), reading);
  return code == SQLITE_OK ? done(finish(st, NULL)) : code;
}

static int put_search(dem_store *s, int64_t dispatch, const json_t *reading) {
  static const dem_field fields[] = {{"headline", FIELD_TEXT}, {"text", FIELD_TEXT}};
  int code;
  sqlite3_stmt *st = dem_statement(s, SQL_SEARCH, &code);
  if (code == SQLITE_OK) code = sqlite3_bind_int64(st, 1, dispatch);
  if (code == SQLITE_OK) code = dem_bind_fields(st, 2, fields, COUNT(fields), reading);
  return code == SQLITE_OK ? done(finish(st, NULL)) : code;
}

/* Everything derived, with the lead that was found or kept. */
static int put_parts(dem_store *s, int64_t dispatch, const dem_item *item, const json_t *reading, int64_t lead, unsigned likeness,
                     const dem_sketch *sketch, uint32_t *events) {
  int code = put_record(s, dispatch, item, reading, lead, likeness, sketch);
  return code == SQLITE_OK ? put_events(s, dispatch, item->events, events) : code;
}

static int put_derived(dem_store *s, int64_t dispatch, const dem_item *item, dem_put *out) {
  json_t *reading = json_loadb(item->reading.data, item->reading.len, JSON_DISABLE_EOF_CHECK, NULL);
  if (!reading) return SQLITE_NOMEM;
  dem_sketch sketch;
  unsigned likeness = 0;
  dem_sketch_of(dem_str_of(dem_json_text(reading, "text")), &sketch);
  out->lead = dem_index_find(&s->index, &sketch, &likeness);
  int code = put_parts(s, dispatch, item, reading, out->lead, likeness, &sketch, &out->events);
  if (code == SQLITE_OK) code = put_search(s, dispatch, reading);
  json_decref(reading);
  if (code == SQLITE_OK && !out->lead && !dem_index_add(&s->index, dispatch, &sketch)) code = SQLITE_NOMEM;
  return code;
}

int dem_put_again(dem_store *s, int64_t dispatch, const dem_item *item, int64_t lead, unsigned likeness) {
  json_t *reading = json_loadb(item->reading.data, item->reading.len, JSON_DISABLE_EOF_CHECK, NULL);
  if (!reading) return SQLITE_NOMEM;
  dem_sketch sketch;
  uint32_t events;
  dem_sketch_of(dem_str_of(dem_json_text(reading, "text")), &sketch);
  int code = put_parts(s, dispatch, item, reading, lead, likeness, &sketch, &events);
  json_decref(reading);
  return code;
}

int dem_put_search(dem_store *s, int64_t dispatch, dem_packed record) {
  json_t *reading = json_loadb(record.data, record.len, JSON_DISABLE_EOF_CHECK, NULL);
  if (!reading) return SQLITE_NOMEM;
  int code = put_search(s, dispatch, reading);
  json_decref(reading);
  return code;
}

/* ---- the hashes that are known ---- */

static dem_hash16 *known_slot(const dem_store *s, dem_hash16 h) {
  size_t at = 0;
  for (int i = 0; i < 8; i++) at = at << 8 | h.byte[i];
  for (;; at++) {
    dem_hash16 *slot = &s->known[at & (s->known_cap - 1)];
    static const dem_hash16 none;
    if (memcmp(slot, &h, sizeof h) == 0 || memcmp(slot, &none, sizeof h) == 0) return slot;
  }
}

bool dem_store_known(const dem_store *s, dem_hash16 hash) {
  return s->known_cap && memcmp(known_slot(s, hash), &hash, sizeof hash) == 0;
}

static int load_known(dem_store *s) {
  sqlite3_stmt *st = NULL;
  int64_t n = 0;
  int code = sqlite3_prepare_v2(s->db, "SELECT count(*) FROM dispatch", -1, &st, NULL);
  if (code == SQLITE_OK) code = done(finish(st, &n));
  sqlite3_finalize(st);
  if (code != SQLITE_OK) return code;
  for (s->known_cap = 64; s->known_cap < 2 * (size_t)n + 2;) s->known_cap *= 2;
  free(s->known);
  s->known = calloc(s->known_cap, sizeof *s->known);
  if (!s->known) return SQLITE_NOMEM;
  code = sqlite3_prepare_v2(s->db, "SELECT hash FROM dispatch LIMIT ?1", -1, &st, NULL);
  if (code == SQLITE_OK) code = sqlite3_bind_int64(st, 1, n);
  while (code == SQLITE_OK && (code = sqlite3_step(st)) == SQLITE_ROW) {
    dem_hash16 h;
    code = SQLITE_OK;
    if (sqlite3_column_bytes(st, 0) != sizeof h) continue;
    memcpy(&h, sqlite3_column_blob(st, 0), sizeof h);
    *known_slot(s, h) = h;
  }
  sqlite3_finalize(st);
  return done(code);
}

static int load_index(dem_store *s) {
  sqlite3_stmt *st = NULL;
  int code = sqlite3_prepare_v2(s->db, "SELECT dispatch, sketch FROM record WHERE lead IS NULL ORDER BY dispatch", -1, &st, NULL);
  dem_index_free(&s->index);
  while (code == SQLITE_OK && (code = sqlite3_step(st)) == SQLITE_ROW) {
    dem_sketch sketch;
    dem_str bytes = {sqlite3_column_blob(st, 1), (size_t)sqlite3_column_bytes(st, 1)};
    code = SQLITE_OK;
    if (dem_sketch_read(bytes, &sketch) && !dem_index_add(&s->index, sqlite3_column_int64(st, 0), &sketch)) code = SQLITE_NOMEM;
  }
  sqlite3_finalize(st);
  return done(code);
}

static int data_version(dem_store *s, int64_t *version) {
  sqlite3_stmt *st = NULL;
  int code = sqlite3_prepare_v2(s->db, "PRAGMA data_version", -1, &st, NULL);
  if (code == SQLITE_OK) code = done(finish(st, version));
  sqlite3_finalize(st);
  return code;
}

demarche_status dem_store_ready(dem_store *s, demarche_error *err) {
  int code = data_version(s, &s->data_version);
  if (code == SQLITE_OK) code = load_known(s);
  if (code == SQLITE_OK) code = load_index(s);
  return code == SQLITE_OK ? DEMARCHE_OK : dem_store_error(s, code, err);
}

/* ---- transactions ---- */

/* Begin unless begun; when another program wrote meanwhile, its sketches count too. */
int dem_begin(dem_store *s) {
  int64_t now = 0;
  if (!sqlite3_get_autocommit(s->db)) return SQLITE_OK;
  int code = dem_sql(s->db, "BEGIN IMMEDIATE");
  if (code == SQLITE_OK) code = data_version(s, &now);
  if (code == SQLITE_OK && now != s->data_version) {
    s->data_version = now;
    code = load_index(s);
  }
  return code;
}

static int undo(dem_store *s, int code) {
  if (!sqlite3_get_autocommit(s->db)) dem_sql(s->db, "ROLLBACK");
  s->waiting = 0;
  return code;
}

int dem_commit(dem_store *s) {
  s->waiting = 0;
  if (sqlite3_get_autocommit(s->db)) return SQLITE_OK;
  int code = dem_sql(s->db, "COMMIT");
  return code == SQLITE_OK ? code : undo(s, code);
}

demarche_status dem_store_commit(dem_store *s, demarche_error *err) {
  int code = dem_commit(s);
  return code == SQLITE_OK ? DEMARCHE_OK : dem_store_error(s, code, err);
}

/* The error is read before the transaction is undone, which would hide it. */
demarche_status dem_failed(dem_store *s, int code, demarche_error *err) {
  demarche_status bad = dem_store_error(s, code, err);
  undo(s, code);
  return bad;
}

/* What was refused once and is read now is no longer refused. */
static int forgive(dem_store *s, int64_t source, uint64_t record) {
  int code;
  sqlite3_stmt *st = dem_statement(s, SQL_UNREJECT, &code);
  if (code == SQLITE_OK) code = sqlite3_bind_int64(st, 1, source);
  if (code == SQLITE_OK) code = sqlite3_bind_int64(st, 2, (int64_t)record);
  return code == SQLITE_OK ? done(finish(st, NULL)) : code;
}

static int put(dem_store *s, const dem_item *item, const char *source, uint64_t record, dem_given given, dem_put *out) {
  int64_t source_row = 0;
  int code = dem_begin(s);
  if (code == SQLITE_OK) code = source_id(s, source, &source_row);
  if (code == SQLITE_OK) code = forgive(s, source_row, record);
  if (code == SQLITE_OK) code = put_content(s, item, source_row, record, given);
  if (code != SQLITE_OK) return code;
  out->repeat = sqlite3_changes(s->db) == 0;
  if (!out->repeat) code = put_derived(s, sqlite3_last_insert_rowid(s->db), item, out);
  if (code == SQLITE_OK && ++s->waiting >= DISPATCHES_PER_COMMIT) code = dem_commit(s);
  return code;
}

demarche_status dem_store_put(dem_store *s, const dem_item *item, const char *source, uint64_t record, dem_given given,
                              dem_put *out, demarche_error *err) {
  *out = (dem_put){0};
  int code = put(s, item, source, record, given, out);
  return code == SQLITE_OK ? DEMARCHE_OK : dem_failed(s, code, err);
}

demarche_status dem_store_reject(dem_store *s, const char *source, uint64_t record, const char *why, demarche_error *err) {
  int64_t id = 0;
  int code = dem_begin(s);
  if (code == SQLITE_OK) code = source_id(s, source, &id);
  sqlite3_stmt *st = code == SQLITE_OK ? dem_statement(s, SQL_REJECT, &code) : NULL;
  if (code == SQLITE_OK) code = sqlite3_bind_int64(st, 1, id);
  if (code == SQLITE_OK) code = sqlite3_bind_int64(st, 2, (int64_t)record);
  if (code == SQLITE_OK) code = sqlite3_bind_text(st, 3, why, -1, SQLITE_STATIC);
  if (code == SQLITE_OK) code = done(finish(st, NULL));
  return code == SQLITE_OK ? DEMARCHE_OK : dem_failed(s, code, err);
}
