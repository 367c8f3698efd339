/* Inputs are opened one at a time, in order, and stay open while a piece of them is being coded (a count of users).
 * Invariant: the order of pieces depends on names and contents alone. Refuses: following links to directories, and
 * directories nested deeper than MAX_DEPTH. */
#include "cli/inputs.h"

#include <dirent.h>
#include <errno.h>
#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { MAX_DEPTH = 64 };

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

/* A pattern in quotes, which no shell has opened. */
static bool add_matches(inputs *list, const char *pattern) {
  glob_t found;
  struct stat st;
  bool ok = true;
  if (!strpbrk(pattern, "*?[") || stat(pattern, &st) == 0 || glob(pattern, GLOB_NOCHECK, NULL, &found) != 0)
    return add(list, pattern, false);
  for (size_t i = 0; ok && i < found.gl_pathc; i++)
    ok = is_directory(found.gl_pathv[i], true) ? add_tree(list, found.gl_pathv[i], 0) : add(list, found.gl_pathv[i], false);
  globfree(&found);
  return ok;
}

bool inputs_add(inputs *list, const char *path) {
  return strcmp(path, "-") != 0 && is_directory(path, true) ? add_tree(list, path, 0) : add_matches(list, path);
}

/* ---- pieces ---- */

typedef struct source {
  dem_feed *feed;
  const char *name;
  uint64_t records;
  bool more;    /* something follows what was cut */
  size_t users; /* pieces not released, and the feed itself */
} source;

static void leave(source *s) {
  if (--s->users) return;
  dem_feed_close(s->feed);
  free(s);
}

static void trouble(piece *p, const char *name, const char *why) {
  *p = (piece){.name = name};
  snprintf(p->trouble, sizeof p->trouble, "%s", why);
}

static source *open_source(const feed *f, const input *in, piece *failed) {
  demarche_error err = {DEMARCHE_NOMEM, "out of memory"};
  source *s = calloc(1, sizeof *s);
  if (!s) return trouble(failed, in->name, err.text), NULL;
  s->users = 1;
  s->name = in->literal ? "sentence" : in->name;
  s->feed = in->literal ? dem_feed_of((demarche_str){in->name, strlen(in->name)})
                        : dem_feed_open(in->name, f->how.from, f->how.chunk, f->how.limits, &err);
  if (s->feed) return s;
  free(s);
  return trouble(failed, in->name, err.text), NULL;
}

static bool cut(source *s, piece *out) {
  dem_feed_piece got;
  if (!dem_feed_next(s->feed, &got)) return false;
  s->records++;
  s->more = s->records > 1 || !dem_feed_at_end(s->feed);
  *out = (piece){.bytes = got.bytes, .owned = got.owned, .name = s->name, .source = s, .record = s->records, .many = s->more};
  snprintf(out->trouble, sizeof out->trouble, "%s", got.trouble);
  s->users++;
  return true;
}

bool feed_next(feed *f, piece *out) {
  for (;;) {
    if (f->source) {
      source *s = f->source;
      if (cut(s, out)) return true;
      bool none = s->records == 0;
      const char *name = s->name;
      f->source = NULL;
      leave(s);
      if (none) return trouble(out, name, "empty: there is nothing to read"), true;
    }
    if (f->next == f->list->n) return false;
    f->source = open_source(f, &f->list->at[f->next++], out);
    if (!f->source) return true;
  }
}

void feed_release(piece *p) {
  free(p->owned);
  p->owned = NULL;
  if (p->source) leave(p->source);
  p->source = NULL;
}

void feed_close(feed *f) {
  if (f->source) leave(f->source);
  f->source = NULL;
}
