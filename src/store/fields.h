/* From members of a JSON object to the parameters of a statement, by table. Internal to store/. */
#ifndef DEM_STORE_FIELDS_H
#define DEM_STORE_FIELDS_H

#include <jansson.h>
#include <sqlite3.h>

typedef enum dem_field_kind {
  FIELD_TEXT,  /* a string, or NULL */
  FIELD_EMPTY, /* a string, or "" */
  FIELD_REAL,
  FIELD_INT,
  FIELD_LIST,  /* a list of strings joined with ';', or NULL when empty */
  FIELD_CUES,  /* a list of objects: their member "cue", joined with ';' */
  FIELD_NAMES, /* a list of parties: what people call them, joined with ';' */
  FIELD_BEGIN, /* the first of a list of two */
  FIELD_END,
  FIELD_COUNT /* the length of a list */
} dem_field_kind;

typedef struct dem_field {
  const char *path; /* "date.from" */
  dem_field_kind kind;
} dem_field;

/* Bind `n` fields of `object` to the parameters from `first` on; the SQLite result code. Texts are copied. */
int dem_bind_fields(sqlite3_stmt *st, int first, const dem_field *field, int n, const json_t *object);
const json_t *dem_json_at(const json_t *object, const char *path); /* NULL when absent or null */
const char *dem_json_text(const json_t *object, const char *path); /* "" when absent or no string */

#endif
