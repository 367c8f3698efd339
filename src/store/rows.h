/* The rows that the exporters write: one event, its dispatch, its happening and its parties. Internal to store/. */
#ifndef DEM_STORE_ROWS_H
#define DEM_STORE_ROWS_H

#include <jansson.h>

#include "base/date.h"
#include "base/json.h"
#include "store/parts.h"

/* C(NAME, SQL): the columns of a row. */
#define DEM_ROW_COLUMNS(C)                                                                                                     \
  C(ID, "e.id") C(HASH, "e.hash") C(N, "e.n") C(TYPE, "e.type") C(MODE, "e.mode") C(CONTEXT, "e.context") C(QUAD, "e.quad")    \
  C(SCORE, "e.score") C(CAMEO, "e.cameo") C(GOLDSTEIN, "e.goldstein") C(STATUS, "e.status") C(FROM, "e.date_from")             \
  C(TO, "e.date_to") C(PRECISION, "e.date_precision") C(PLACE_KIND, "e.place_kind") C(PLACE, "e.place")                        \
  C(GEONAMEID, "e.geonameid") C(COUNTRY, "e.country") C(ADMIN1, "e.admin1") C(FEATURE, "e.feature") C(LAT, "e.lat")            \
  C(LON, "e.lon") C(TRIGGER, "e.trigger") C(TRIGGER_BEGIN, "e.trigger_begin") C(SENTENCE, "e.sentence")                        \
  C(SPAN_BEGIN, "e.span_begin") C(SPAN_END, "e.span_end") C(REPORTS, "e.reports") C(CONFIDENCE, "e.confidence")                \
  C(DISPATCH, "e.dispatch") C(RECORD_ID, "r.id") C(SOURCE, "r.source") C(URL, "r.url") C(HEADLINE, "r.headline")                 \
  C(AGENCY, "r.agency") C(PUBLISHER, "r.publisher") C(PUBLISHED, "r.published") C(LENGTH, "r.length")                          \
  C(CODER, "c.coder") C(MODEL, "c.model") C(ONTOLOGY, "c.ontology") C(HAPPENING, "coalesce(l.happening, e.id)")                \
  C(RETRACTED, "EXISTS(SELECT 1 FROM retracted x WHERE x.event = e.id)")

#define DEM_ROW_ENUM(NAME, sql) ROW_##NAME,
typedef enum dem_row_column { DEM_ROW_COLUMNS(DEM_ROW_ENUM) ROW_COLUMNS } dem_row_column;
#undef DEM_ROW_ENUM

typedef struct dem_row_party {
  dem_str name, code, sector, sectors, role, office, text; /* borrowed until the next row; `sectors` ';'-separated */
  int64_t begin;                                           /* code points; -1: none */
} dem_row_party;
typedef dem_list(dem_row_party) dem_row_parties;

/* How often a happening was told. */
typedef struct dem_told {
  int64_t accounts, dispatches, sources, reports;
  bool contested;
} dem_told;

typedef struct dem_rows {
  dem_store *store;
  const dem_model *model;
  sqlite3_stmt *main, *party, *told;
  dem_json out;
  dem_arena arena; /* emptied with every row */
  dem_row_parties actor, recipient, claimant;
  dem_told count;
  struct dem_arrow *arrow; /* the batch being filled */
  uint64_t left_out;
  int code; /* an SQLite result code */
} dem_rows;

typedef void (*dem_row_writer)(dem_rows *rows);

dem_str dem_row_text(const dem_rows *rows, dem_row_column column);   /* empty for NULL */
int64_t dem_row_int(const dem_rows *rows, dem_row_column column);
bool dem_row_has(const dem_rows *rows, dem_row_column column);       /* not NULL */
int64_t dem_row_scaled(const dem_rows *rows, dem_row_column column, int64_t by); /* a real, times `by`, rounded */
dem_day dem_row_day(const dem_rows *rows); /* of the event, else of publication; DEM_NO_DAY */
/* "a; b" of the parties' names (or roles, or words) or codes. */
dem_str dem_row_names(dem_rows *rows, dem_row_parties list, const char *between);
dem_str dem_row_codes(dem_rows *rows, dem_row_parties list, const char *between);
dem_str dem_party_label(const dem_row_party *party);
/* The row's dispatch as JSON (a new reference), NULL with rows->code set. */
json_t *dem_row_record(dem_rows *rows);

void dem_write_row_csv(dem_rows *rows);
void dem_write_row_table(dem_rows *rows);
void dem_write_row_jsonl(dem_rows *rows);
void dem_write_row_plover(dem_rows *rows);
void dem_begin_arrow(dem_rows *rows);
void dem_write_row_arrow(dem_rows *rows);
void dem_end_arrow(dem_rows *rows); /* frees, whatever happened */
extern const char *const dem_row_csv_header;
extern const char *const dem_row_table_header;

/* Phrases (search.c): the query for the index, to be sqlite3_free'd; the SQL function says(dispatch, query). */
char *dem_search_words(const char *typed);
int dem_search_ready(dem_store *store);

/* Quoted for CSV; a cell that a spreadsheet would run is led by an apostrophe. */
void dem_csv_cell(dem_json *out, dem_str s);
/* At most `width` code points, padded; no control characters. */
void dem_table_cell_out(dem_json *out, dem_str s, size_t width);

#endif
