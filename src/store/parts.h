/* What the parts of the store share. Internal to store/. */
#ifndef DEM_STORE_PARTS_H
#define DEM_STORE_PARTS_H

#include "store/sketch.h"
#include "store/store.h"

enum { BUSY_WAIT = 5000 /* ms */, DISPATCHES_PER_COMMIT = 32 };

/* The statements that writing keeps prepared. */
typedef enum statement_id {
  SQL_SOURCE, SQL_SOURCE_ID, SQL_DISPATCH, SQL_RECORD, SQL_CODER, SQL_CODER_ID, SQL_EVENT, SQL_ACTOR, SQL_ACTOR_ID, SQL_PARTY,
  SQL_REPORT, SQL_SEARCH, SQL_REJECT, SQL_UNREJECT, STATEMENTS
} statement_id;

struct dem_store {
  sqlite3 *db;
  sqlite3_stmt *statement[STATEMENTS];
  char *prefix;
  size_t prefix_len;
  dem_hash16 *known; /* open addressing; all zeros: free */
  size_t known_n, known_cap;
  dem_index index;      /* sketches of the dispatches that lead */
  int64_t data_version; /* changes when another program wrote */
  unsigned waiting;     /* dispatches since the last commit */
};

int dem_sql(sqlite3 *db, const char *sql); /* run; the SQLite result code */
demarche_status dem_sql_error(sqlite3 *db, int code, demarche_error *err);
demarche_status dem_store_error(const dem_store *s, int code, demarche_error *err);
demarche_status dem_store_nomem(demarche_error *err);
int dem_schema_grow(sqlite3 *db, int64_t version);
/* Load what writing needs: the hashes that are known, and the sketches. */
demarche_status dem_store_ready(dem_store *s, demarche_error *err);
/* A prepared statement, reset and with its bindings cleared; NULL with *code set. */
sqlite3_stmt *dem_statement(dem_store *s, statement_id id, int *code);

/* ---- writing, shared with rebuild; SQLite result codes ---- */
int dem_begin(dem_store *s); /* unless begun */
int dem_commit(dem_store *s);
demarche_status dem_failed(dem_store *s, int code, demarche_error *err); /* read the error, undo the transaction */
int dem_put_again(dem_store *s, int64_t dispatch, const dem_item *item, int64_t lead, unsigned likeness);
int dem_put_search(dem_store *s, int64_t dispatch, dem_packed record);

/* zstd, against prefix and one more string. False: out of memory or damaged. Free out->data. */
bool dem_compress(dem_str prefix, dem_str more, dem_str plain, dem_packed *out);
bool dem_expand(dem_str prefix, dem_str more, dem_str packed, size_t limit, dem_packed *out);

#endif
