/* The writer keeps one 4 KiB buffer and no tree. The reader is jansson's; its tree lives only inside dem_json_members. */
#include "base/json.h"

#include <jansson.h>
#include <stdio.h>

void dem_json_init(dem_json *j, demarche_write write, void *to) {
  j->write = write;
  j->to = to;
  j->failed = j->comma = false;
  j->n = 0;
}

bool dem_json_flush(dem_json *j) {
  if (j->n && !j->failed) j->failed = j->write(j->to, j->buffer, j->n) != 0;
  j->n = 0;
  return !j->failed;
}

static void put(dem_json *j, char c) {
  if (j->n == sizeof j->buffer) dem_json_flush(j);
  j->buffer[j->n++] = c;
}

void dem_json_raw(dem_json *j, dem_str s) {
  while (s.len) {
    if (j->n == sizeof j->buffer) dem_json_flush(j);
    size_t n = sizeof j->buffer - j->n;
    if (n > s.len) n = s.len;
    memcpy(j->buffer + j->n, s.data, n);
    j->n += n;
    s.data += n;
    s.len -= n;
  }
}

static void escape(dem_json *j, unsigned char c) {
  static const char hex[] = "0123456789abcdef";
  const char *two = c == '"' ? "\\\"" : c == '\\' ? "\\\\" : c == '\n' ? "\\n" : c == '\r' ? "\\r" : c == '\t' ? "\\t" : NULL;
  if (two) {
    dem_json_raw(j, dem_str_of(two));
    return;
  }
  char out[] = {'\\', 'u', '0', '0', hex[c >> 4], hex[c & 15]};
  dem_json_raw(j, (dem_str){out, sizeof out});
}

static void quoted(dem_json *j, dem_str s) {
  put(j, '"');
  size_t from = 0;
  for (size_t i = 0; i < s.len; i++) {
    unsigned char c = (unsigned char)s.data[i];
    if (c >= 0x20 && c != '"' && c != '\\' && c != 0x7F) continue;
    dem_json_raw(j, dem_str_sub(s, from, i));
    escape(j, c);
    from = i + 1;
  }
  dem_json_raw(j, dem_str_sub(s, from, s.len));
  put(j, '"');
}

static void begin(dem_json *j, const char *key) {
  if (j->comma) dem_json_raw(j, DEM_S(", "));
  j->comma = true;
  if (!key) return;
  quoted(j, dem_str_of(key));
  dem_json_raw(j, DEM_S(": "));
}

void dem_json_open(dem_json *j, const char *key, char bracket) {
  begin(j, key);
  put(j, bracket);
  j->comma = false;
}

void dem_json_close(dem_json *j, char bracket) {
  put(j, bracket);
  j->comma = true;
}

void dem_json_str(dem_json *j, const char *key, dem_str value) {
  begin(j, key);
  quoted(j, value);
}

void dem_json_maybe(dem_json *j, const char *key, dem_str value) {
  if (value.len) dem_json_str(j, key, value);
  else dem_json_null(j, key);
}

void dem_json_int(dem_json *j, const char *key, int64_t value) {
  char out[24];
  int n = snprintf(out, sizeof out, "%lld", (long long)value);
  begin(j, key);
  dem_json_raw(j, (dem_str){out, (size_t)n});
}

void dem_json_null(dem_json *j, const char *key) {
  begin(j, key);
  dem_json_raw(j, DEM_S("null"));
}

void dem_json_fixed(dem_json *j, const char *key, int64_t value, unsigned places) {
  uint64_t size = value < 0 ? 0 - (uint64_t)value : (uint64_t)value, unit = 1;
  for (unsigned i = 0; i < places; i++) unit *= 10;
  char out[48];
  int n = snprintf(out, sizeof out, "%s%llu.%0*llu", value < 0 ? "-" : "", (unsigned long long)(size / unit), (int)places,
                   (unsigned long long)(size % unit));
  begin(j, key);
  dem_json_raw(j, (dem_str){out, (size_t)n});
}

static dem_str scalar(dem_arena *arena, json_t *v) {
  if (json_is_string(v)) return dem_str_copy(arena, (dem_str){json_string_value(v), json_string_length(v)});
  if (json_is_integer(v)) return dem_str_format(arena, "%lld", (long long)json_integer_value(v));
  if (json_is_true(v)) return DEM_S("true");
  if (json_is_false(v)) return DEM_S("false");
  return (dem_str){NULL, 0};
}

static void drop(void *tree) { json_decref(tree); }

/* The tree is closed with the arena; NULL and *why when the text is not JSON. */
static json_t *load(dem_arena *arena, dem_str text, size_t flags, dem_str *why) {
  json_error_t error;
  dem_deferred *slot = dem_arena_defer(arena, drop);
  json_t *tree = json_loadb(text.data, text.len, JSON_ALLOW_NUL | flags, &error);
  if (!tree && json_error_code(&error) == json_error_out_of_memory)
    dem_arena_fail(arena, DEMARCHE_NOMEM, "out of memory while reading JSON");
  dem_deferred_hold(slot, tree);
  if (!tree) *why = dem_str_format(arena, "not JSON: %s (column %d)", error.text, error.column);
  return tree;
}

bool dem_json_members(dem_arena *arena, dem_str text, dem_members *out, dem_str *why) {
  json_t *tree = load(arena, text, 0, why);
  if (!json_is_object(tree)) {
    if (tree) *why = DEM_S("not a JSON object");
    return false;
  }
  const char *key;
  json_t *value;
  json_object_foreach(tree, key, value) {
    if (json_is_object(value) || json_is_array(value) || json_is_null(value)) continue;
    dem_member *m = dem_push(arena, out);
    m->key = dem_str_copy(arena, dem_str_of(key));
    m->value = scalar(arena, value);
  }
  return true;
}

static char kind_of(const json_t *v) {
  switch (json_typeof(v)) {
    case JSON_OBJECT: return '{';
    case JSON_ARRAY: return '[';
    case JSON_STRING: return 's';
    case JSON_TRUE: return 't';
    case JSON_FALSE: return 'f';
    case JSON_NULL: return '0';
    default: return 'n';
  }
}

/* Depth is at most DEM_JSON_DEPTH. */
static dem_jnode *copy_tree(dem_arena *arena, json_t *v, int depth) {
  dem_jnode *node = dem_new(arena, dem_jnode), **last = &node->kid;
  const char *key;
  json_t *kid;
  size_t i;
  node->kind = kind_of(v);
  node->value = scalar(arena, v);
  if (depth == 0) return node;
  if (json_is_object(v)) {
    json_object_foreach(v, key, kid) {
      *last = copy_tree(arena, kid, depth - 1);
      (*last)->key = dem_str_copy(arena, dem_str_of(key));
      last = &(*last)->next;
    }
  } else {
    json_array_foreach(v, i, kid) {
      *last = copy_tree(arena, kid, depth - 1);
      last = &(*last)->next;
    }
  }
  return node;
}

const dem_jnode *dem_json_tree(dem_arena *arena, dem_str text, dem_str *why) {
  json_t *tree = load(arena, text, JSON_DECODE_ANY, why);
  return tree ? copy_tree(arena, tree, DEM_JSON_DEPTH) : NULL;
}

const dem_jnode *dem_json_get(const dem_jnode *object, const char *key) {
  if (!object || object->kind != '{') return NULL;
  for (const dem_jnode *m = object->kid; m; m = m->next)
    if (dem_str_is(m->key, key)) return m;
  return NULL;
}
