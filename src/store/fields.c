/* The binding of JSON members to columns. Which member goes where stands in tables beside the statements (put.c); here is only
 * how each kind is read. Invariant: what is absent, null or of another kind becomes NULL (FIELD_EMPTY: ""), never an error,
 * for the record comes from our own writer and its schema is tested. Refuses: paths through lists, except "list.0.member". */
#include "store/fields.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const json_t *dem_json_at(const json_t *object, const char *path) {
  char name[40];
  while (object && *path) {
    size_t n = strcspn(path, ".");
    if (n >= sizeof name) return NULL;
    memcpy(name, path, n);
    name[n] = 0;
    object = json_is_array(object) ? json_array_get(object, (size_t)strtoul(name, NULL, 10)) : json_object_get(object, name);
    path += n + (path[n] == '.');
  }
  return json_is_null(object) ? NULL : object;
}

const char *dem_json_text(const json_t *object, const char *path) {
  const char *s = json_string_value(dem_json_at(object, path));
  return s ? s : "";
}

static int bind_text(sqlite3_stmt *st, int at, const json_t *v, const char *otherwise) {
  if (json_is_string(v)) return sqlite3_bind_text(st, at, json_string_value(v), (int)json_string_length(v), SQLITE_TRANSIENT);
  return otherwise ? sqlite3_bind_text(st, at, otherwise, -1, SQLITE_STATIC) : sqlite3_bind_null(st, at);
}

/* What one element of a list is called. */
static const char *element(const json_t *v, dem_field_kind kind) {
  if (kind == FIELD_LIST) return json_is_string(v) ? json_string_value(v) : "";
  if (kind == FIELD_CUES) return dem_json_text(v, "cue");
  const char *name = dem_json_text(v, "name");
  if (!*name) name = dem_json_text(v, "role");
  return *name ? name : dem_json_text(v, "text");
}

static int bind_joined(sqlite3_stmt *st, int at, const json_t *list, dem_field_kind kind) {
  size_t n = json_array_size(list);
  if (!n) return sqlite3_bind_null(st, at);
  sqlite3_str *s = sqlite3_str_new(NULL);
  for (size_t i = 0; i < n; i++) sqlite3_str_appendf(s, "%s%s", i ? ";" : "", element(json_array_get(list, i), kind));
  int code = sqlite3_str_errcode(s), len = sqlite3_str_length(s);
  char *text = sqlite3_str_finish(s);
  if (code != SQLITE_OK) return sqlite3_free(text), code;
  return text ? sqlite3_bind_text(st, at, text, len, sqlite3_free) : sqlite3_bind_text(st, at, "", 0, SQLITE_STATIC);
}

static int bind_field(sqlite3_stmt *st, int at, const json_t *v, dem_field_kind kind) {
  switch (kind) {
    case FIELD_TEXT: return bind_text(st, at, v, NULL);
    case FIELD_EMPTY: return bind_text(st, at, v, "");
    case FIELD_REAL: return json_is_number(v) ? sqlite3_bind_double(st, at, json_number_value(v)) : sqlite3_bind_null(st, at);
    case FIELD_BEGIN:
    case FIELD_END: return bind_field(st, at, json_array_get(v, kind == FIELD_END), FIELD_INT);
    case FIELD_INT: return json_is_integer(v) ? sqlite3_bind_int64(st, at, json_integer_value(v)) : sqlite3_bind_null(st, at);
    case FIELD_COUNT: return sqlite3_bind_int64(st, at, (sqlite3_int64)json_array_size(v));
    default: return bind_joined(st, at, v, kind);
  }
}

int dem_bind_fields(sqlite3_stmt *st, int first, const dem_field *field, int n, const json_t *object) {
  int code = SQLITE_OK;
  for (int i = 0; i < n && code == SQLITE_OK; i++) code = bind_field(st, first + i, dem_json_at(object, field[i].path), field[i].kind);
  return code;
}
