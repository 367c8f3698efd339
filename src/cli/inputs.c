/* Inputs are opened one at a time, in order, and stay open while a piece of them is being coded (a count of users).
 * Invariant: the order of pieces depends on names and contents alone. Refuses: following links to directories, and
 * directories nested deeper than MAX_DEPTH. */
#include "cli/inputs.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/file.h"

enum { MAX_DEPTH = 64 };
#define INPUT_LIMIT (SIZE_MAX / 4) /* of a file; DEMARCHE_MAX_BYTES holds for each dispatch in it */
#define CHUNK ((size_t)128 << 10)

/* ---- lists ---- */

static bool add(inputs *list, const char *name, bool literal) {
  if (list->n == list->cap) {
    size_t cap = list->cap ? list->cap * 2 : 16;
    input *wider = realloc(list->at, cap * sizeof *wider);
    if (!wider) return false;
    list->at = wider;
    list->cap = cap;
  }
  char *copy = strdup(name);
  if (!copy) return false;
  list->at[list->n++] = (input){copy, literal};
  return true;
}

bool inputs_add_literal(inputs *list, const char *text) { return add(list, text, true); }

void inputs_free(inputs *list) {
  for (size_t i = 0; i < list->n; i++) free(list->at[i].name);
  free(list->at);
  *list = (inputs){0};
}

static bool ends(const char *s, const char *tail) {
  size_t n = strlen(s), m = strlen(tail);
  return n >= m && strcmp(s + n - m, tail) == 0;
}

static int by_name(const void *a, const void *b) { return strcmp(((const input *)a)->name, ((const input *)b)->name); }

static bool is_directory(const char *path, bool follow) {
  struct stat st;
  return (follow ? stat(path, &st) : lstat(path, &st)) == 0 && S_ISDIR(st.st_mode);
}

/* A link to a directory, a socket, a device: nothing to read when met in a directory. */
static bool is_readable_kind(const char *path) {
  struct stat st;
  return stat(path, &st) != 0 || S_ISREG(st.st_mode);
}

static char *under(const char *directory, const char *name) {
  size_t n = strlen(directory);
  while (n > 1 && directory[n - 1] == '/') n--;
  char *path = malloc(n + strlen(name) + 2);
  if (path) sprintf(path, "%.*s/%s", (int)n, directory, name);
  return path;
}

static bool list_directory(const char *path, inputs *out) {
  DIR *d = opendir(path);
  if (!d) return add(out, path, false); /* opening it as a file will say why */
  bool ok = true;
  for (struct dirent *e; ok && (e = readdir(d));) {
    if (e->d_name[0] == '.' || ends(e->d_name, ".gold.jsonl")) continue;
    char *name = under(path, e->d_name);
    ok = name && add(out, name, false);
    free(name);
  }
  closedir(d);
  if (ok && out->n) qsort(out->at, out->n, sizeof *out->at, by_name);
  return ok;
}

static bool add_tree(inputs *list, const char *path, unsigned depth) {
  inputs here = {0};
  bool ok = list_directory(path, &here);
  for (size_t i = 0; ok && i < here.n; i++) {
    const char *name = here.at[i].name;
    if (is_directory(name, false)) {
      if (depth < MAX_DEPTH) ok = add_tree(list, name, depth + 1);
    } else if (is_readable_kind(name)) {
      ok = add(list, name, false);
    }
  }
  inputs_free(&here);
  return ok;
}

bool inputs_add(inputs *list, const char *path) {
  return strcmp(path, "-") != 0 && is_directory(path, true) ? add_tree(list, path, 0) : add(list, path, false);
}

/* ---- pieces ---- */

typedef struct source {
  dem_file file;
  demarche_str rest;
  const char *name;
  uint64_t records;
  size_t users; /* pieces not released, and the feed itself */
} source;

static void leave(source *s) {
  if (--s->users) return;
  dem_file_close(&s->file);
  free(s);
}

static void trouble(piece *p, const char *name, const char *why) {
  *p = (piece){.name = name};
  snprintf(p->trouble, sizeof p->trouble, "%s", why);
}

static source *open_source(const input *in, piece *failed) {
  demarche_error err = {0};
  source *s = calloc(1, sizeof *s);
  if (!s) return trouble(failed, in->name, "out of memory"), NULL;
  s->users = 1;
  s->name = in->literal ? "sentence" : in->name;
  if (in->literal) {
    s->rest = (demarche_str){in->name, strlen(in->name)};
  } else if (!dem_file_open(in->name, INPUT_LIMIT, &s->file, &err)) {
    free(s);
    return trouble(failed, in->name, err.text), NULL;
  } else {
    s->rest = s->file.bytes;
  }
  return s;
}

/* Where the first blank line past CHUNK ends. */
static size_t chunk_end(demarche_str s) {
  for (size_t i = CHUNK; i + 1 < s.len;) {
    const char *p = memchr(s.data + i, '\n', s.len - i);
    if (!p) break;
    i = (size_t)(p - s.data) + 1;
    size_t k = i < s.len && s.data[i] == '\r' ? i + 1 : i;
    if (k < s.len && s.data[k] == '\n') return k + 1;
  }
  return s.len;
}

static bool cut(feed *f, source *s, piece *out) {
  demarche_str bytes;
  if (f->chunk && s->rest.len && s->rest.data[0] != '{') {
    size_t n = s->rest.len > CHUNK ? chunk_end(s->rest) : s->rest.len;
    bytes = (demarche_str){s->rest.data, n};
    s->rest = (demarche_str){s->rest.data + n, s->rest.len - n};
  } else if (!demarche_next(&s->rest, &bytes)) {
    return false;
  }
  s->records++;
  *out = (piece){.bytes = bytes, .name = s->name, .source = s, .record = s->records, .many = s->records > 1 || s->rest.len};
  s->users++;
  return true;
}

bool feed_next(feed *f, piece *out) {
  for (;;) {
    if (f->source) {
      source *s = f->source;
      if (cut(f, s, out)) return true;
      bool none = s->records == 0;
      const char *name = s->name;
      f->source = NULL;
      leave(s);
      if (none) return trouble(out, name, "empty: there is nothing to read"), true;
    }
    if (f->next == f->list->n) return false;
    f->source = open_source(&f->list->at[f->next++], out);
    if (!f->source) return true;
  }
}

void feed_release(piece *p) {
  if (p->source) leave(p->source);
  p->source = NULL;
}

void feed_close(feed *f) {
  if (f->source) leave(f->source);
  f->source = NULL;
}
