/* JSON out, one line, to a write callback; and flat JSON in (jansson). */
#ifndef DEM_BASE_JSON_H
#define DEM_BASE_JSON_H

#include "base/str.h"

typedef struct dem_json {
  demarche_write write;
  void *to;
  bool failed; /* the callback refused; nothing more is sent */
  bool comma;  /* the next value needs one before it */
  size_t n;
  char buffer[4096];
} dem_json;

void dem_json_init(dem_json *j, demarche_write write, void *to);
bool dem_json_flush(dem_json *j); /* false when the callback refused */
void dem_json_raw(dem_json *j, dem_str bytes); /* as it is: newlines, plain text */

/* Values; `key` is NULL inside lists. Invalid UTF-8 cannot occur: readers repair it. */
void dem_json_open(dem_json *j, const char *key, char bracket);  /* '{' or '[' */
void dem_json_close(dem_json *j, char bracket);                  /* '}' or ']' */
void dem_json_str(dem_json *j, const char *key, dem_str value);  /* always a string */
void dem_json_maybe(dem_json *j, const char *key, dem_str value); /* null when empty */
void dem_json_int(dem_json *j, const char *key, int64_t value);
void dem_json_null(dem_json *j, const char *key);
/* value / 10^places with no floating point: (15, 1) is 1.5, (-20, 1) is -2.0 */
void dem_json_fixed(dem_json *j, const char *key, int64_t value, unsigned places);

/* One member of a JSON object: a string, or a number or a literal in its text form. */
typedef struct dem_member {
  dem_str key, value;
} dem_member;
typedef dem_list(dem_member) dem_members;
/* The members of the object in `text`, copied to the arena, in the order of the text; nested values are left out.
 * False when `text` is not a JSON object; *why is then one line. */
bool dem_json_members(dem_arena *arena, dem_str text, dem_members *out, dem_str *why);

/* A JSON value as a tree in the arena. */
typedef struct dem_jnode {
  dem_str key;   /* its name in an object; empty otherwise */
  dem_str value; /* of strings, numbers, true and false: the text; empty otherwise */
  char kind;     /* '{' object, '[' list, 's' string, 'n' number, 't' true, 'f' false, '0' null */
  struct dem_jnode *kid, *next;
} dem_jnode;
enum { DEM_JSON_DEPTH = 64 }; /* what is nested deeper comes out empty */
/* NULL when `text` is not JSON; *why is then one line. */
const dem_jnode *dem_json_tree(dem_arena *arena, dem_str text, dem_str *why);
const dem_jnode *dem_json_get(const dem_jnode *object, const char *key); /* NULL when it has no such member, or is none */

#endif
