/* Opening a store, and its tables. A file is a store when its application_id says so; its user_version counts the steps below
 * that made it, and opening for writing takes the steps it lacks, each in one transaction. Views are made anew after a step.
 * Invariant: a handle that is returned has every table of DEM_STORE_VERSION. Refuses: files of others, stores made by a newer
 * version, and stores whose first pages are damaged. */
#include "store/parts.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* ---- errors ---- */

static const char *advice(int code) {
  switch (code & 0xFF) {
    case SQLITE_CORRUPT: return "the store is damaged: copy it, then try `sqlite3 STORE .recover`, or ingest the inputs again";
    case SQLITE_NOTADB: return "no demarche store, nor any SQLite file";
    case SQLITE_FULL: return "the disk is full; what was committed is safe, run the same command again when there is room";
    case SQLITE_READONLY: return "the store or its folder is read-only";
    case SQLITE_BUSY:
    case SQLITE_LOCKED: return "another program is writing to the store; try again when it is done";
    case SQLITE_CANTOPEN: return "cannot be opened";
    case SQLITE_NOMEM: return "out of memory";
    default: return NULL;
  }
}

demarche_status dem_sql_error(sqlite3 *db, int code, demarche_error *err) {
  demarche_status status = DEMARCHE_IO;
  int kind = code & 0xFF;
  if (kind == SQLITE_CORRUPT || kind == SQLITE_NOTADB) status = DEMARCHE_MODEL;
  if (kind == SQLITE_NOMEM) status = DEMARCHE_NOMEM;
  if (err) {
    const char *text = advice(code), *more = db ? sqlite3_errmsg(db) : sqlite3_errstr(code);
    int system = db ? sqlite3_system_errno(db) : 0;
    err->status = status;
    if (kind == SQLITE_IOERR && (system == ENOSPC || system == EDQUOT || system == EFBIG)) text = advice(SQLITE_FULL);
    if (kind == SQLITE_CANTOPEN && system) snprintf(err->text, sizeof err->text, "%s: %s", text, strerror(system));
    else if (text) snprintf(err->text, sizeof err->text, "%s", text);
    else snprintf(err->text, sizeof err->text, "the store refused: %s", more);
  }
  return status;
}

demarche_status dem_store_error(const dem_store *s, int code, demarche_error *err) { return dem_sql_error(s->db, code, err); }

demarche_status dem_store_nomem(demarche_error *err) { return dem_sql_error(NULL, SQLITE_NOMEM, err); }

static demarche_status refuse(demarche_error *err, const char *text) {
  if (err) {
    err->status = DEMARCHE_MODEL;
    snprintf(err->text, sizeof err->text, "%s", text);
  }
  return DEMARCHE_MODEL;
}

int dem_sql(sqlite3 *db, const char *sql) { return sqlite3_exec(db, sql, NULL, NULL, NULL); }

/* ---- tables ---- */

/* What a record's JSON is compressed against, with the dispatch's bytes after it. Kept in the file, so that a store can be read
 * by any later version whatever it writes itself. */
#define PREFIX                                                                                                                    \
  "\"publisher\": null, \"updated\": null, \"dateline\": {\"place\": \"status\": \"usable\", \"version\": \"1\", \"genre\": "    \
  "\"news\", \"captions\": [], \"related\": [], \"notes\": [], \"sentences\": [[\"times\": [{\"type\": \"DURATION\", \"value\": " \
  "\"P1Y\", \"type\": \"DATE\", \"value\": \"from\": \"to\": \"precision\": \"day\", \"rule\": \"last weekday before "            \
  "publication\"}], \"places\": [{\"span\": [\"geonameid\": \"country\": \"USA\", \"admin1\": null, \"lat\": \"lon\": "           \
  "\"feature\": \"PPLC\", \"confidence\": 0.900}], \"events\": [{\"id\": \"\", \"type\": \"CONSULT\", \"mode\": [\"phone\"], "    \
  "\"context\": [\"diplomatic\"], \"quad\": 1, \"score\": 2.5, \"cameo\": \"040\", \"goldstein\": 1.0, \"status\": "              \
  "\"asserted\", \"hedges\": [], \"actor\": [{\"entity\": \"e1\", \"recipient\": [], \"trigger\": {\"span\": [1, 2], \"text\": "  \
  "\"\"}, \"date\": {\"precision\": \"day\", \"span\": null, \"rule\": \"publication date\"}, \"place\": {\"kind\": "             \
  "\"unknown\"}, \"claimant\": [], \"reports\": [{\"sentence\": 1, \"span\": [0, 1], \"evidence\": [0, 1], \"claimant\": [], "    \
  "\"status\": \"asserted\"}], \"confidence\": 0.800}], \"entities\": [{\"id\": \"e1\", \"name\": null, \"kind\": "               \
  "\"organisation\", \"kind\": \"government\", \"code\": \"GBR\", \"sector\": \"GOV\", \"kind\": \"person\", \"code\": null, "    \
  "\"sector\": null, \"sectors\": [], \"office\": null, \"office_from\": null, \"office_to\": null, \"role\": null, "             \
  "\"mentions\": [{\"span\": [12, 15], \"text\": \"the\", \"form\": \"name\"}, {\"span\": [23, 25], \"text\": \"he\", \"form\": " \
  "\"pronoun\"}]}, {\"span\": [112, 120], \"text\": \"\", \"form\": \"nominal\"}]}], \"quotes\": [{\"span\": [120, 250], "        \
  "\"text\": \"\", \"kind\": \"indirect\", \"speaker\": {\"entity\": \"e1\", \"span\": [100, 110], \"text\": \"\"}, \"cue\": "     \
  "{\"span\": [110, 114], \"text\": \"said\"}, \"addressee\": null, \"chain\": []}, {\"span\": [\"kind\": \"direct\", "           \
  "\"ontology\": \"PLOVER 2.0\"}\n"

static const char *const step1 =
    "CREATE TABLE meta(key TEXT PRIMARY KEY, value BLOB NOT NULL) STRICT, WITHOUT ROWID;"
    "CREATE TABLE source(id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;"
    "CREATE TABLE dispatch(id INTEGER PRIMARY KEY, hash BLOB NOT NULL UNIQUE CHECK(length(hash) = 16),"
    " source INTEGER NOT NULL REFERENCES source(id), record INTEGER NOT NULL, date TEXT, read_from TEXT, read_map TEXT,"
    " size INTEGER NOT NULL,"
    " bytes BLOB NOT NULL) STRICT;"
    "CREATE TABLE rejected(source INTEGER NOT NULL REFERENCES source(id), record INTEGER NOT NULL, reason TEXT NOT NULL,"
    " PRIMARY KEY(source, record)) STRICT, WITHOUT ROWID;"
    "CREATE TABLE coder(id INTEGER PRIMARY KEY, coder TEXT NOT NULL, model TEXT NOT NULL, ontology TEXT NOT NULL,"
    " UNIQUE(coder, model, ontology)) STRICT;"
    "CREATE TABLE record(dispatch INTEGER PRIMARY KEY REFERENCES dispatch(id), coder INTEGER NOT NULL REFERENCES coder(id),"
    " id TEXT NOT NULL, source TEXT, format TEXT, url TEXT, headline TEXT, byline TEXT, agency TEXT, publisher TEXT, published TEXT,"
    " updated TEXT, status TEXT, version TEXT, genre TEXT, length INTEGER NOT NULL,"
    " lead INTEGER REFERENCES dispatch(id), likeness INTEGER, sketch BLOB, json BLOB NOT NULL) STRICT;"
    "CREATE TABLE actor(id INTEGER PRIMARY KEY, key INTEGER NOT NULL UNIQUE, name TEXT NOT NULL, code TEXT NOT NULL,"
    " sector TEXT NOT NULL, sectors TEXT NOT NULL, role TEXT NOT NULL, office TEXT NOT NULL) STRICT;"
    "CREATE TABLE event(id INTEGER PRIMARY KEY, dispatch INTEGER NOT NULL REFERENCES record(dispatch), n INTEGER NOT NULL,"
    " hash TEXT NOT NULL, type TEXT NOT NULL, mode TEXT, context TEXT, quad INTEGER, score REAL, cameo TEXT, goldstein REAL,"
    " status TEXT NOT NULL, hedges TEXT, date_from TEXT, date_to TEXT, date_precision TEXT, date_rule TEXT, place_kind TEXT,"
    " place TEXT, geonameid INTEGER, country TEXT, admin1 TEXT, feature TEXT, lat REAL, lon REAL, trigger TEXT,"
    " trigger_begin INTEGER, trigger_end INTEGER, sentence INTEGER, span_begin INTEGER, span_end INTEGER, reports INTEGER,"
    " confidence REAL, UNIQUE(dispatch, n)) STRICT;"
    "CREATE TABLE party(event INTEGER NOT NULL REFERENCES event(id), side TEXT NOT NULL"
    " CHECK(side IN ('actor', 'recipient', 'claimant')), n INTEGER NOT NULL, actor INTEGER NOT NULL REFERENCES actor(id),"
    " text TEXT, span_begin INTEGER, span_end INTEGER, PRIMARY KEY(event, side, n)) STRICT, WITHOUT ROWID;"
    "CREATE TABLE report(event INTEGER NOT NULL REFERENCES event(id), n INTEGER NOT NULL, sentence INTEGER, span_begin INTEGER,"
    " span_end INTEGER, evidence_begin INTEGER, evidence_end INTEGER, status TEXT, claimant TEXT,"
    " PRIMARY KEY(event, n)) STRICT, WITHOUT ROWID;"
    "CREATE INDEX event_date ON event(date_from);"
    "CREATE INDEX party_actor ON party(actor);"
    "CREATE VIRTUAL TABLE search USING fts5(headline, text, content='', columnsize=0, detail=none);";

static const char *const step2 =
    "CREATE TABLE link(event INTEGER PRIMARY KEY REFERENCES event(id), happening INTEGER NOT NULL REFERENCES event(id),"
    " why TEXT NOT NULL) STRICT;"
    "CREATE INDEX link_happening ON link(happening);"
    "CREATE TABLE retracted(event INTEGER PRIMARY KEY REFERENCES event(id), dispatch INTEGER NOT NULL REFERENCES dispatch(id),"
    " why TEXT NOT NULL) STRICT;";

static const char *const views =
    "DROP VIEW IF EXISTS dispatches; DROP VIEW IF EXISTS accounts; DROP VIEW IF EXISTS happenings; DROP VIEW IF EXISTS dyads;"
    "DROP VIEW IF EXISTS claims; DROP VIEW IF EXISTS contradictions;"
    "CREATE VIEW dispatches AS SELECT d.id, r.id AS record_id, r.source, s.name AS input, d.record, r.headline, r.agency, r.publisher,"
    " r.byline, r.url, r.published, r.updated, r.status, r.version, r.genre, r.length, r.lead, r.likeness,"
    " (SELECT count(*) FROM event e WHERE e.dispatch = d.id) AS events, c.coder, c.model, c.ontology"
    " FROM dispatch d JOIN source s ON s.id = d.source JOIN record r ON r.dispatch = d.id JOIN coder c ON c.id = r.coder;"
    /* every account of an event, with who and which happening it belongs to */
    "CREATE VIEW accounts AS SELECT e.*, coalesce(l.happening, e.id) AS happening,"
    " EXISTS(SELECT 1 FROM retracted t WHERE t.event = e.id) AS retracted,"
    " (SELECT group_concat(code, ';') FROM (SELECT a.code FROM party p JOIN actor a ON a.id = p.actor"
    "   WHERE p.event = e.id AND p.side = 'actor' ORDER BY p.n)) AS actor,"
    " (SELECT group_concat(name, ';') FROM (SELECT coalesce(nullif(a.name, ''), nullif(a.role, ''), p.text) AS name FROM party p"
    "   JOIN actor a ON a.id = p.actor WHERE p.event = e.id AND p.side = 'actor' ORDER BY p.n)) AS actor_name,"
    " (SELECT group_concat(code, ';') FROM (SELECT a.code FROM party p JOIN actor a ON a.id = p.actor"
    "   WHERE p.event = e.id AND p.side = 'recipient' ORDER BY p.n)) AS recipient,"
    " (SELECT group_concat(name, ';') FROM (SELECT coalesce(nullif(a.name, ''), nullif(a.role, ''), p.text) AS name FROM party p"
    "   JOIN actor a ON a.id = p.actor WHERE p.event = e.id AND p.side = 'recipient' ORDER BY p.n)) AS recipient_name,"
    " (SELECT group_concat(name, ';') FROM (SELECT coalesce(nullif(a.name, ''), nullif(a.role, ''), p.text) AS name FROM party p"
    "   JOIN actor a ON a.id = p.actor WHERE p.event = e.id AND p.side = 'claimant' ORDER BY p.n)) AS claimant_name"
    " FROM event e LEFT JOIN link l ON l.event = e.id;"
    /* one row a happening: the account that stands for it, and how often it was told */
    "CREATE VIEW happenings AS SELECT a.*,"
    " (SELECT 1 + count(*) FROM link l WHERE l.happening = a.id) AS accounts,"
    " (SELECT count(DISTINCT e.dispatch) FROM event e WHERE e.id = a.id OR e.id IN (SELECT l.event FROM link l WHERE"
    "   l.happening = a.id)) AS dispatches,"
    " EXISTS(SELECT 1 FROM link l JOIN event e ON e.id = l.event WHERE l.happening = a.id AND"
    "   (e.status IN ('denied', 'negated')) <> (a.status IN ('denied', 'negated'))) AS contested"
    " FROM accounts a WHERE a.happening = a.id AND NOT a.retracted;"
    /* who dealt with whom, once a happening; compound actors without a recipient deal with each other */
    "CREATE VIEW dyads AS SELECT DISTINCT p.event, x.code AS a, y.code AS b FROM party p JOIN actor x ON x.id = p.actor"
    " JOIN party q ON q.event = p.event JOIN actor y ON y.id = q.actor"
    " WHERE p.side = 'actor' AND x.code <> '' AND y.code <> '' AND x.code <> y.code AND (q.side = 'recipient' OR (q.side ="
    " 'actor' AND p.n < q.n AND NOT EXISTS(SELECT 1 FROM party r WHERE r.event = p.event AND r.side = 'recipient')))"
    " AND NOT EXISTS(SELECT 1 FROM link l WHERE l.event = p.event)"
    " AND NOT EXISTS(SELECT 1 FROM retracted t WHERE t.event = p.event);"
    /* who says that it happened, or that it did not; an empty claimant is the dispatch itself */
    "CREATE VIEW claims AS SELECT a.happening, a.id AS event, a.dispatch, a.status, a.claimant_name AS claimant, r.agency,"
    " r.published FROM accounts a JOIN record r ON r.dispatch = a.dispatch WHERE NOT a.retracted;"
    "CREATE VIEW contradictions AS SELECT h.id AS happening, h.type, h.date_from, h.actor_name, h.recipient_name, c.event,"
    " c.status, c.claimant, c.dispatch FROM happenings h JOIN claims c ON c.happening = h.id WHERE h.contested;";

static int64_t pragma_number(sqlite3 *db, const char *sql, int *code) {
  sqlite3_stmt *st = NULL;
  int64_t n = 0;
  *code = sqlite3_prepare_v2(db, sql, -1, &st, NULL);
  if (*code == SQLITE_OK) {
    *code = sqlite3_step(st);
    if (*code == SQLITE_ROW) n = sqlite3_column_int64(st, 0), *code = SQLITE_OK;
  }
  sqlite3_finalize(st);
  return n;
}

static int save_prefix(sqlite3 *db) {
  sqlite3_stmt *st = NULL;
  int code = sqlite3_prepare_v2(db, "INSERT INTO meta VALUES('prefix', ?)", -1, &st, NULL);
  if (code == SQLITE_OK) code = sqlite3_bind_blob(st, 1, PREFIX, sizeof PREFIX - 1, SQLITE_STATIC);
  if (code == SQLITE_OK) code = sqlite3_step(st) == SQLITE_DONE ? SQLITE_OK : sqlite3_errcode(db);
  sqlite3_finalize(st);
  return code;
}

static int take_step(sqlite3 *db, int64_t version) {
  char stamp[96];
  int code = dem_sql(db, version == 1 ? step1 : step2);
  if (code == SQLITE_OK && version == 1) code = save_prefix(db);
  snprintf(stamp, sizeof stamp, "PRAGMA application_id = %d; PRAGMA user_version = %d", DEM_STORE_APPLICATION, (int)version);
  if (code == SQLITE_OK) code = dem_sql(db, stamp);
  if (code == SQLITE_OK && version == DEM_STORE_VERSION) code = dem_sql(db, views);
  return code;
}

/* Take the steps up to `version`; all or none. Views belong to the last one. */
int dem_schema_grow(sqlite3 *db, int64_t version) {
  int code = dem_sql(db, "BEGIN IMMEDIATE");
  if (code != SQLITE_OK) return code;
  int64_t have = pragma_number(db, "PRAGMA user_version", &code);
  while (code == SQLITE_OK && have < version) code = take_step(db, ++have);
  if (code == SQLITE_OK) code = dem_sql(db, "COMMIT");
  if (code != SQLITE_OK) {
    int why = code;
    dem_sql(db, "ROLLBACK");
    return why;
  }
  return SQLITE_OK;
}

/* ---- opening ---- */

/* Is the file ours, and of which version? Nothing is written. */
static demarche_status check_version(dem_store *s, dem_store_mode mode, int64_t *version, demarche_error *err) {
  int code;
  int64_t application = pragma_number(s->db, "PRAGMA application_id", &code), tables = 0;
  if (code == SQLITE_OK) *version = pragma_number(s->db, "PRAGMA user_version", &code);
  if (code == SQLITE_OK) tables = pragma_number(s->db, "SELECT count(*) FROM sqlite_schema", &code);
  if (code != SQLITE_OK) return dem_store_error(s, code, err);
  bool empty = application == 0 && *version == 0 && tables == 0;
  if (application != DEM_STORE_APPLICATION && !(empty && mode == DEM_STORE_CREATE))
    return refuse(err, empty ? "an empty file, no store: demarche ingest --store FILE makes one" : "an SQLite file, but no demarche store");
  if (*version > DEM_STORE_VERSION) return refuse(err, "made by a newer demarche: use that version, or ingest into a new store");
  if (*version < DEM_STORE_VERSION && mode == DEM_STORE_READ)
    return refuse(err, "made by an older demarche: `demarche link --store FILE` brings it up to date");
  return DEMARCHE_OK;
}

static demarche_status make_ready(dem_store *s, int64_t version, demarche_error *err) {
  int code = dem_sql(s->db, "PRAGMA page_size = 16384; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL");
  /* Whoever is killed again and again leaves a log that grows with each start: fold it in before adding to it. */
  if (code == SQLITE_OK) code = dem_sql(s->db, "PRAGMA wal_checkpoint(TRUNCATE)");
  if (code == SQLITE_OK && version < DEM_STORE_VERSION) code = dem_schema_grow(s->db, DEM_STORE_VERSION);
  return code == SQLITE_OK ? DEMARCHE_OK : dem_store_error(s, code, err);
}

static int settle(dem_store *s, dem_store_mode mode) {
  sqlite3_busy_timeout(s->db, BUSY_WAIT);
  sqlite3_db_config(s->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
  sqlite3_db_config(s->db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
  int code = dem_sql(s->db, "PRAGMA cell_size_check = ON; PRAGMA foreign_keys = ON; PRAGMA temp_store = MEMORY");
  return code == SQLITE_OK && mode == DEM_STORE_READ ? dem_sql(s->db, "PRAGMA query_only = ON") : code;
}

static int open_plain(dem_store *s, const char *path, dem_store_mode mode) {
  int flags = SQLITE_OPEN_NOMUTEX | (mode == DEM_STORE_READ ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE) |
              (mode == DEM_STORE_CREATE ? SQLITE_OPEN_CREATE : 0);
  int code = sqlite3_open_v2(path, &s->db, flags, NULL);
  if (code == SQLITE_OK) code = settle(s, mode);
  if (code == SQLITE_OK) pragma_number(s->db, "SELECT count(*) FROM sqlite_schema", &code);
  return code;
}

/* A folder nobody may write in has no room for SQLite's log; a store at rest needs none. */
static int open_at_rest(dem_store *s, const char *path) {
  char log[4096];
  sqlite3_close(s->db);
  s->db = NULL;
  if (snprintf(log, sizeof log, "%s-wal", path) >= (int)sizeof log || access(log, F_OK) == 0) return SQLITE_CANTOPEN;
  char *uri = sqlite3_mprintf("file:%s?immutable=1", path);
  if (!uri) return SQLITE_NOMEM;
  bool plain = strpbrk(path, "?#%") == NULL;
  int code = plain ? sqlite3_open_v2(uri, &s->db, SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_READONLY | SQLITE_OPEN_URI, NULL) : SQLITE_CANTOPEN;
  sqlite3_free(uri);
  return code == SQLITE_OK ? settle(s, DEM_STORE_READ) : code;
}

static demarche_status load_prefix(dem_store *s, demarche_error *err) {
  sqlite3_stmt *st = NULL;
  int code = sqlite3_prepare_v2(s->db, "SELECT value FROM meta WHERE key = 'prefix'", -1, &st, NULL);
  if (code == SQLITE_OK) code = sqlite3_step(st);
  if (code == SQLITE_ROW) {
    size_t n = (size_t)sqlite3_column_bytes(st, 0);
    s->prefix = malloc(n + 1);
    if (s->prefix && n) memcpy(s->prefix, sqlite3_column_blob(st, 0), n);
    s->prefix_len = n;
    code = s->prefix ? SQLITE_OK : SQLITE_NOMEM;
  } else if (code == SQLITE_DONE) {
    code = SQLITE_CORRUPT;
  }
  sqlite3_finalize(st);
  return code == SQLITE_OK ? DEMARCHE_OK : dem_store_error(s, code, err);
}

static bool no_room_for_log(int code) { return (code & 0xFF) == SQLITE_CANTOPEN || (code & 0xFF) == SQLITE_READONLY; }

demarche_status dem_store_open(const char *path, dem_store_mode mode, dem_store **store, demarche_error *err) {
  *store = NULL;
  int64_t version = 0;
  dem_store *s = calloc(1, sizeof *s);
  if (!s) return dem_store_nomem(err);
  int code = open_plain(s, path, mode);
  if (no_room_for_log(code) && mode == DEM_STORE_READ && access(path, R_OK) == 0) code = open_at_rest(s, path);
  demarche_status bad = code == SQLITE_OK ? check_version(s, mode, &version, err) : dem_store_error(s, code, err);
  if (!bad && mode != DEM_STORE_READ) bad = make_ready(s, version, err);
  if (!bad) bad = load_prefix(s, err);
  if (!bad && mode != DEM_STORE_READ) bad = dem_store_ready(s, err);
  if (bad) {
    dem_store_close(s);
    return bad;
  }
  *store = s;
  return DEMARCHE_OK;
}

void dem_store_close(dem_store *s) {
  if (!s) return;
  if (s->db && !sqlite3_get_autocommit(s->db)) dem_sql(s->db, "COMMIT");
  for (int i = 0; i < STATEMENTS; i++) sqlite3_finalize(s->statement[i]);
  sqlite3_close(s->db);
  dem_index_free(&s->index);
  free(s->known);
  free(s->prefix);
  free(s);
}

sqlite3 *dem_store_db(dem_store *s) { return s->db; }
dem_str dem_store_prefix(const dem_store *s) { return (dem_str){s->prefix, s->prefix_len}; }
