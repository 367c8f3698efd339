/* The conformance cases of html5lib (../shared/data/html/html5lib/tokenizer), tokens compared, parse errors not: at least 99 in
 * 100 must pass. With an argument every case that does not is printed. Skips where ../shared is not there. */
#include "read_help.h"

#include <dirent.h>
#include <jansson.h>
#include <stdlib.h>

#include "base/file.h"
#include "base/utf8.h"
#include "read/charset.h"
#include "read/html_token.h"

static const char *const folder = DEMARCHE_SOURCE_DIR "/../shared/data/html/html5lib/tokenizer";
static bool verbose;

/* Resolve \uHHHH once more; surrogate pairs become one code point, lone ones cannot be written in UTF-8. */
static char *unescape(const char *s, size_t len, size_t *n) {
  char *out = calloc(1, 3 * len + 1);
  *n = 0;
  for (size_t i = 0; i < len;) {
    unsigned a, b;
    if (len - i >= 6 && sscanf(s + i, "\\u%4x", &a) == 1) {
      i += 6;
      if (a >= 0xD800 && a < 0xDC00 && sscanf(s + i, "\\u%4x", &b) == 1)
        a = 0x10000 + ((a - 0xD800) << 10 | (b - 0xDC00)), i += 6;
      *n += dem_utf8_put(out + *n, a);
    } else {
      out[(*n)++] = s[i++];
    }
  }
  return out;
}

static json_t *string_of(dem_str s) { return json_stringn_nocheck(s.data ? s.data : "", s.len); }

static json_t *unescape_all(json_t *v) {
  if (json_is_string(v)) {
    size_t n;
    char *out = unescape(json_string_value(v), json_string_length(v), &n);
    json_t *s = json_stringn_nocheck(out, n);
    free(out);
    return s;
  }
  json_t *copy = json_is_array(v) ? json_array() : json_is_object(v) ? json_object() : json_incref(v), *item;
  size_t i;
  const char *key;
  if (json_is_array(v)) json_array_foreach(v, i, item) json_array_append_new(copy, unescape_all(item));
  if (json_is_object(v)) json_object_foreach(v, key, item) json_object_set_new_nocheck(copy, key, unescape_all(item));
  return copy;
}

static json_t *attributes_of(dem_arena *arena, const dem_html *h) {
  json_t *object = json_object();
  for (uint32_t i = 0; i < h->count; i++) {
    dem_str name = dem_html_name(arena, h->attributes[i].name);
    json_object_setn_new_nocheck(object, name.data, name.len,
                                 string_of(dem_html_decode(arena, h->attributes[i].value, DEM_HTML_IN_ATTRIBUTE)));
  }
  return object;
}

static void add_text(json_t *out, dem_str text) {
  json_t *last = json_array_size(out) ? json_array_get(out, json_array_size(out) - 1) : NULL;
  if (last && strcmp(json_string_value(json_array_get(last, 0)), "Character") == 0) {
    json_t *before = json_array_get(last, 1);
    size_t n = json_string_length(before);
    char *both = malloc(n + text.len + 1);
    memcpy(both, json_string_value(before), n);
    memcpy(both + n, text.data, text.len);
    json_array_set_new(last, 1, json_stringn_nocheck(both, n + text.len));
    free(both);
  } else {
    json_array_append_new(out, json_pack("[so]", "Character", string_of(text)));
  }
}

static json_t *maybe(bool has, dem_arena *arena, dem_str raw) {
  return has ? string_of(dem_html_decode(arena, raw, DEM_HTML_IN_RAW)) : json_null();
}

static void add_token(json_t *out, dem_arena *arena, const dem_html *h, const dem_html_token *t) {
  dem_str name = dem_html_name(arena, t->text);
  switch (t->kind) {
    case DEM_HTML_TEXT: add_text(out, dem_html_text(arena, t)); break;
    case DEM_HTML_COMMENT:
      json_array_append_new(out, json_pack("[so]", "Comment", string_of(dem_html_decode(arena, t->text, DEM_HTML_IN_RAW))));
      break;
    case DEM_HTML_END: json_array_append_new(out, json_pack("[so]", "EndTag", string_of(name))); break;
    case DEM_HTML_START: {
      json_t *tag = json_pack("[soo]", "StartTag", string_of(name), attributes_of(arena, h));
      if (t->self_closing) json_array_append_new(tag, json_true());
      json_array_append_new(out, tag);
      break;
    }
    case DEM_HTML_DOCTYPE:
      json_array_append_new(out, json_pack("[soooo]", "DOCTYPE", name.len ? string_of(name) : json_null(),
                                           maybe(t->has_public, arena, t->public_id), maybe(t->has_system, arena, t->system_id),
                                           json_boolean(!t->quirks)));
  }
}

static dem_html_mode mode_of(const char *state) {
  static const char *const names[] = {"Data state",        "RCDATA state",    "RAWTEXT state",
                                      "Script data state", "PLAINTEXT state", "CDATA section state"};
  for (unsigned i = 0; i < 6; i++)
    if (strcmp(state, names[i]) == 0) return (dem_html_mode)i;
  fail_msg("unknown state %s", state);
  return DEM_HTML_DATA;
}

static bool passes(const json_t *test, json_t *input, json_t *want, const char *state) {
  dem_arena arena;
  dem_html h;
  dem_html_token t;
  json_t *got = json_array(), *last = json_object_get(test, "lastStartTag");
  dem_arena_init(&arena, (size_t)16 << 20);
  dem_html_init(&h, &arena, (dem_str){json_string_value(input), json_string_length(input)}, 256);
  h.mode = mode_of(state);
  if (last) h.last = dem_str_of(json_string_value(last));
  while (dem_html_next(&h, &t)) add_token(got, &arena, &h, &t);
  bool same = json_equal(got, want);
  if (!same && verbose) {
    char *a = json_dumps(input, JSON_ENCODE_ANY), *b = json_dumps(want, 0), *c = json_dumps(got, 0);
    printf("%s (%s)\n  input %s\n  want  %s\n  got   %s\n", json_string_value(json_object_get(test, "description")), state, a, b,
           c);
    free(a), free(b), free(c);
  }
  json_decref(got);
  dem_arena_free(&arena);
  return same;
}

static void try(const json_t *test, unsigned *ran, unsigned *passed) {
  static const char data[] = "Data state";
  bool escaped = json_is_true(json_object_get(test, "doubleEscaped"));
  json_t *input = json_object_get(test, "input"), *want = json_object_get(test, "output"), *state;
  json_t *states = json_object_get(test, "initialStates"), *fallback = json_pack("[s]", data);
  input = escaped ? unescape_all(input) : json_incref(input);
  want = escaped ? unescape_all(want) : json_incref(want);
  size_t i;
  json_array_foreach(states ? states : fallback, i, state) {
    ++*ran;
    *passed += passes(test, input, want, json_string_value(state));
  }
  json_decref(fallback);
  json_decref(input);
  json_decref(want);
}

static void try_file(const char *name, unsigned *ran, unsigned *passed) {
  char path[1000];
  json_error_t error;
  size_t i;
  json_t *test;
  snprintf(path, sizeof path, "%s/%s", folder, name);
  json_t *tests = json_load_file(path, JSON_ALLOW_NUL, &error), *list = json_object_get(tests, "tests");
  if (!tests) fail_msg("%s: %s", path, error.text);
  if (!list) list = json_object_get(tests, "xmlViolationTests");
  unsigned before = *ran, good = *passed;
  json_array_foreach(list, i, test) try(test, ran, passed);
  printf("%-30s %u of %u\n", name, *passed - good, *ran - before);
  json_decref(tests);
}

static void tokenizer_cases(void **state) {
  (void)state;
  unsigned ran = 0, passed = 0;
  DIR *d = opendir(folder);
  if (!d) {
    printf("%s is not there\n", folder);
    skip();
  }
  for (struct dirent *e; (e = readdir(d));) {
    size_t n = strlen(e->d_name);
    if (n > 5 && strcmp(e->d_name + n - 5, ".test") == 0 && strcmp(e->d_name, "xmlViolation.test") != 0) /* another mapping */
      try_file(e->d_name, &ran, &passed);
  }
  closedir(d);
  printf("%u of %u cases\n", passed, ran);
  assert_true(ran > 6000 && passed * 100 >= ran * 99);
}

/* ---- encodings ---- */

/* The next "#data ... #encoding NAME" of the file; false at the end. */
static bool next_case(dem_str *file, dem_str *data, dem_str *want) {
  size_t from = dem_str_find(*file, DEM_S("#data\n"), 0), to;
  if (from == SIZE_MAX || (to = dem_str_find(*file, DEM_S("\n#encoding\n"), from)) == SIZE_MAX) return false;
  *data = dem_str_sub(*file, from + 6, to);
  *file = dem_str_sub(*file, to + 11, file->len);
  *want = dem_str_trim(dem_str_cut(file, '\n'));
  return true;
}

static void encoding_file(const char *name, unsigned *ran, unsigned *passed) {
  char path[1000];
  dem_file file;
  dem_str data, want;
  snprintf(path, sizeof path, "%s/../encoding/%s", folder, name);
  if (!dem_file_open(path, (size_t)16 << 20, &file, NULL)) fail_msg("%s", path);
  dem_str rest = file.bytes;
  while (next_case(&rest, &data, &want)) {
    dem_str got = dem_charset_declared(data), wanted = dem_charset_of_label(want);
    if (!got.len) got = DEM_S("windows-1252");
    ++*ran;
    *passed += dem_str_eq(got, wanted);
    if (verbose && !dem_str_eq(got, wanted))
      printf("want %.*s got %.*s for\n%.*s\n", DEM_FMT(want), DEM_FMT(got), DEM_FMT(dem_str_sub(data, 0, 300)));
  }
  dem_file_close(&file);
}

static void encoding_cases(void **state) {
  (void)state;
  unsigned ran = 0, passed = 0;
  DIR *d = opendir(folder);
  if (!d) skip();
  closedir(d);
  encoding_file("tests1.dat", &ran, &passed);
  encoding_file("tests2.dat", &ran, &passed);
  encoding_file("test-yahoo-jp.dat", &ran, &passed);
  printf("%u of %u encoding cases\n", passed, ran);
  assert_true(ran > 80 && passed * 100 >= ran * 99);
}

int main(int argc, char **argv) {
  (void)argv;
  verbose = argc > 1;
  const struct CMUnitTest tests[] = {cmocka_unit_test(tokenizer_cases), cmocka_unit_test(encoding_cases)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
