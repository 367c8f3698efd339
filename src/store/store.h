/* The store: dispatches that last and the records made from them, in one SQLite file (docs/store.md has every table).
 *
 *   content   dispatch (the bytes that came in, keyed by their hash), source; never changed once in
 *   derived   record, event, party, actor, report, search; made from content by one coder and model, and made again by rebuild
 *   linked    link, retracted; made from the derived tables alone, whole, by dem_store_link
 *
 * It speaks to the coder through the JSON contract only: what dem_store_put gets is what demarche_write_part wrote.
 *
 * A handle is used by one thread at a time; several processes may read while one writes. Errors come back as a status and a
 * line that does not name the file. Since 0.1.
 */
#ifndef DEM_STORE_STORE_H
#define DEM_STORE_STORE_H

#include <sqlite3.h>

#include "base/str.h"
#include "model/model.h"

#define DEM_STORE_APPLICATION 0x444D5243 /* "DMRC", PRAGMA application_id */
#define DEM_STORE_VERSION 2              /* PRAGMA user_version; older stores are brought up when opened for writing */
#define DEM_HAPPENING_WINDOW 2           /* days between two accounts of one happening, when nobody says otherwise */

typedef struct dem_store dem_store;
typedef enum dem_store_mode {
  DEM_STORE_READ,   /* must exist; nothing is changed */
  DEM_STORE_UPDATE, /* must exist */
  DEM_STORE_CREATE  /* made when there is none; ":memory:" is one that nobody keeps */
} dem_store_mode;

/* Open a store. *store is NULL on failure.
 * Returns OK; IO (no such file, read-only, locked, disk full), MODEL (no store, damaged, or made by a newer version), NOMEM. */
demarche_status dem_store_open(const char *path, dem_store_mode mode, dem_store **store, demarche_error *err);
/* Commits what dem_store_put left open. NULL is fine. Errors of the last commit are lost: call dem_store_commit first. */
void dem_store_close(dem_store *store);

/* The connection, for reading with SQL; the tables and views are those of docs/store.md. */
sqlite3 *dem_store_db(dem_store *store);

/* ---- writing ---- */

typedef struct dem_hash16 {
  unsigned char byte[16];
} dem_hash16;
dem_hash16 dem_store_hash(dem_str bytes); /* XXH3, 128 bits, big-endian: the key of a dispatch */

typedef struct dem_packed { /* malloc'ed bytes */
  char *data;
  size_t len;
} dem_packed;

/* One dispatch on its way in: made by any thread with dem_store_pack, put by the one that holds the store. */
typedef struct dem_item {
  dem_hash16 hash;
  size_t size;             /* of the bytes, before packing */
  dem_packed bytes, json;  /* the input; the full record; both zstd */
  dem_packed reading, events; /* DEMARCHE_READING, DEMARCHE_EVENTS as written */
} dem_item;

/* Was the dispatch in the store when it was opened or last looked at? For any thread while nobody calls dem_store_refresh. */
bool dem_store_known(const dem_store *store, dem_hash16 hash);
/* Compress bytes and record; `prefix` is what dem_store_prefix gives. False: out of memory. Any thread. */
bool dem_store_pack(dem_str prefix, dem_str bytes, dem_str record, dem_item *item);
void dem_item_free(dem_item *item); /* frees all it holds and clears it */
dem_str dem_store_prefix(const dem_store *store);

typedef struct dem_put {
  bool repeat;       /* the store had these bytes */
  int64_t lead;      /* the dispatch it is a near-duplicate of, or 0 */
  uint32_t events;
} dem_put;

/* How the user said the bytes are to be read; NULL where nothing was said. Kept, so that rebuilding reads them alike. */
typedef struct dem_given {
  const char *date, *from, *map; /* --date, --from, --map */
} dem_given;

/* Add a dispatch: content, record, events, search. Work is committed every few dispatches and by dem_store_commit; what is
 * committed stays, whatever happens. */
demarche_status dem_store_put(dem_store *store, const dem_item *item, const char *source, uint64_t record, dem_given given,
                              dem_put *done, demarche_error *err);
/* Note that an input gave no dispatch, and why. */
demarche_status dem_store_reject(dem_store *store, const char *source, uint64_t record, const char *why, demarche_error *err);
demarche_status dem_store_commit(dem_store *store, demarche_error *err);

/* The next dispatch, after `after`, whose record was not made by this coder, model and ontology; its bytes are malloc'ed.
 * Returns OK with *id 0 at the end. */
typedef struct dem_old {
  int64_t id;
  dem_packed bytes, source, date, from, map; /* data is NULL where none was given */
} dem_old;
demarche_status dem_store_stale(dem_store *store, int64_t after, const char *coder, const char *model, dem_old *old,
                                demarche_error *err);
void dem_old_free(dem_old *old);
/* Put a new record in the place of a dispatch's old one; the item's bytes are not looked at. */
demarche_status dem_store_replace(dem_store *store, int64_t dispatch, const dem_item *item, demarche_error *err);
/* After replacing: forget actors nobody plays, fill the search again. Commits. */
demarche_status dem_store_tidy(dem_store *store, demarche_error *err);

/* ---- linking ---- */

typedef struct dem_linked {
  uint64_t events, happenings, joined, retracted;
} dem_linked;
/* Join the reports of one happening and retract what was killed or corrected, for the whole store at once; earlier links are
 * replaced. `window`: days. `say`: where the reasons go, or NULL. The result depends on the dispatches, not on their order.
 * Cost n log n in the events. Commits. */
demarche_status dem_store_link(dem_store *store, int window, demarche_write say, void *to, dem_linked *done, demarche_error *err);

/* Are the links those that dem_store_link would make with this window? Not after new events, or a run that was stopped before it
 * linked. */
bool dem_store_is_linked(dem_store *store, int window);

/* ---- reading ---- */

/* A dispatch's record as the coder wrote it: one JSON object. Free out->data. */
demarche_status dem_store_record(dem_store *store, int64_t dispatch, dem_packed *out, demarche_error *err);

/* Which events: NULL or empty fields do not narrow. Parties are a code ("FRA"), a code and a sector ("FRA:GOV"), or a name. */
typedef struct dem_filter {
  const char *type, *status, *actor, *recipient, *claimant, *place; /* place: a name or a country code */
  const char *from, *to;                                            /* YYYY-MM-DD, both included */
  const char *text;                                                 /* FTS5 query over headline and text */
  bool all;       /* every account of a happening, and the retracted; otherwise one row a happening */
  uint64_t limit; /* 0: none */
} dem_filter;

typedef enum dem_target {
  DEM_TARGET_TABLE, /* for people */
  DEM_TARGET_JSONL, /* one event of the contract a line */
  DEM_TARGET_CSV,
  DEM_TARGET_PLOVER,
  DEM_TARGET_GDELT,
  DEM_TARGET_GDELT_MENTIONS,
  DEM_TARGET_ICEWS,
  DEM_TARGET_POLECAT,
  DEM_TARGET_PHOENIX,
  DEM_TARGET_ARROW
} dem_target;

/* Write the events that a filter leaves, in the order of date and id. `model`: for the codes of other schemes. *left_out
 * (may be NULL): events that GDELT, ICEWS, POLECAT and Phoenix have no words for: negated, denied, future or hypothetical ones are
 * not written there unless the filter asks for a status. IO with an empty text: `write` stopped it. */
demarche_status dem_store_events(dem_store *store, const dem_model *model, const dem_filter *filter, dem_target target,
                                 demarche_write write, void *to, uint64_t *left_out, demarche_error *err);

typedef enum dem_period { DEM_BY_ALL, DEM_BY_DAY, DEM_BY_WEEK, DEM_BY_MONTH, DEM_BY_QUARTER, DEM_BY_YEAR } dem_period;
typedef enum dem_ties_form { DEM_TIES_TABLE, DEM_TIES_CSV, DEM_TIES_JSONL, DEM_TIES_SVG } dem_ties_form;
/* The dyad of two parties over time; with one party NULL, its partners; with both NULL, all dyads. One row a period (a dyad). */
demarche_status dem_store_ties(dem_store *store, const char *a, const char *b, dem_period by, const dem_filter *filter,
                               dem_ties_form form, demarche_write write, void *to, demarche_error *err);

#endif
