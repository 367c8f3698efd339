/* Decides what a young network may learn from older ones: their tags and trees, but no arc about which two of them disagree. */
#include "train/net_teach.h"

#include <stdio.h>
#include <stdlib.h>

/* The doc's tags and trees by the network of a file. */
static bool read_by(dem_doc *doc, const char *path) {
  size_t len = 0;
  dem_net net;
  char *bytes = dem_data_bytes(path, &len);
  if (!bytes) return false;
  char *kept = aligned_alloc(DEM_NET_ALIGN, (len / DEM_NET_ALIGN + 1) * DEM_NET_ALIGN);
  if (!kept) abort();
  memcpy(kept, bytes, len);
  free(bytes);
  bool ok = dem_net_open((dem_str){kept, len}, &net) && dem_net_sound(&net);
  if (!ok) fprintf(stderr, "demarche train: %s: no network\n", path);
  if (ok && dem_arena_catch(&doc->arena)) ok = false;
  else if (ok) dem_net_read(&net, dem_net_room_new(&doc->arena, &net), doc, 0, doc->sentences.n);
  doc->arena.catching = false;
  for (uint32_t i = 0; ok && i < doc->tokens.n; i++) doc->tokens.at[i].tag = dem_str_copy(&doc->arena, doc->tokens.at[i].tag);
  free(kept);
  return ok;
}

/* "obl:agent" and "obl" are the same. */
static bool same_rel(unsigned a, unsigned b) {
  dem_str x = dem_deprel_text((dem_deprel)a), y = dem_deprel_text((dem_deprel)b);
  return dem_str_eq(dem_str_cut(&x, ':'), dem_str_cut(&y, ':'));
}

bool dem_teach(dem_doc *doc, const char *first, const char *second) {
  if (second && !read_by(doc, second)) return false;
  uint32_t n = doc->tokens.n, same = 0;
  uint32_t *head = malloc((n + 1) * sizeof *head);
  uint8_t *rel = malloc(n + 1);
  if (!head || !rel) abort();
  for (uint32_t i = 0; i < n; i++) head[i] = doc->tokens.at[i].head, rel[i] = doc->tokens.at[i].deprel;
  bool ok = read_by(doc, first);
  for (uint32_t i = 0; ok && second && i < n; i++) {
    dem_token *t = &doc->tokens.at[i];
    if (t->head == head[i] && same_rel(t->deprel, rel[i])) {
      same++;
      continue;
    }
    if (t->head != head[i] || t->head == DEM_NONE) t->head = DEM_NONE;
    t->deprel = DEM_DEPREL_DEP;
  }
  if (ok && second) fprintf(stderr, "net: teachers agree on %u of %u arcs\n", same, n);
  free(head), free(rel);
  return ok;
}
