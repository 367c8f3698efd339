/* Loads treebanks through the text stage's own CoNLL-U reader, so that trainers see what readers see. */
#include "train/data.h"

#include <stdio.h>
#include <stdlib.h>
#include <zlib.h>

#include "base/utf8.h"

enum { STEP = 1 << 20 };

/* All of `path`, appended to *bytes. */
static bool slurp(const char *path, char **bytes, size_t *len, size_t *room) {
  gzFile f = gzopen(path, "rb");
  if (!f) return false;
  int n = 0;
  do {
    if (*room - *len < STEP) {
      char *wider = realloc(*bytes, *room += *room + STEP);
      if (!wider) abort();
      *bytes = wider;
    }
    n = gzread(f, *bytes + *len, STEP);
    if (n > 0) *len += (size_t)n;
  } while (n > 0);
  return gzclose(f) == Z_OK && n == 0;
}

char *dem_data_bytes(const char *path, size_t *len) {
  char *bytes = NULL;
  size_t room = 0;
  *len = 0;
  if (slurp(path, &bytes, len, &room)) return bytes;
  fprintf(stderr, "demarche train: %s: cannot be read\n", path);
  free(bytes);
  return NULL;
}

bool dem_data_read(dem_str bytes, dem_data *data) {
  dem_doc *doc = data->doc = calloc(1, sizeof *doc);
  if (!doc) abort();
  dem_arena_init(&doc->arena, SIZE_MAX);
  if (dem_arena_catch(&doc->arena)) {
    fprintf(stderr, "demarche train: %s\n", doc->arena.error.text);
    return false;
  }
  dem_conllu_read(doc, dem_str_copy(&doc->arena, bytes));
  for (uint32_t i = 0; i < doc->tokens.n; i++)
    doc->tokens.at[i].norm = dem_norm(&doc->arena, dem_doc_slice(doc, doc->tokens.at[i].span));
  doc->arena.catching = false;
  return true;
}

bool dem_data_load(char **paths, int n, dem_data *data) {
  char *bytes = NULL;
  size_t len = 0, room = 0;
  bool ok = true;
  for (int i = 0; ok && i < n; i++) {
    ok = slurp(paths[i], &bytes, &len, &room);
    if (!ok) fprintf(stderr, "demarche train: %s: cannot be read\n", paths[i]);
  }
  ok = ok && dem_data_read((dem_str){bytes, len}, data);
  free(bytes);
  return ok;
}

void dem_data_free(dem_data *data) {
  if (data->doc) dem_arena_free(&data->doc->arena);
  free(data->doc);
  data->doc = NULL;
}

uint32_t dem_random_below(dem_random *r, uint32_t n) {
  r->state ^= r->state >> 12;
  r->state ^= r->state << 25;
  r->state ^= r->state >> 27;
  return (uint32_t)((r->state * 0x2545F4914F6CDD1Du >> 32) * n >> 32);
}

void dem_shuffle(dem_random *r, uint32_t *at, uint32_t n) {
  for (uint32_t i = n; i > 1; i--) {
    uint32_t k = dem_random_below(r, i), kept = at[i - 1];
    at[i - 1] = at[k];
    at[k] = kept;
  }
}
