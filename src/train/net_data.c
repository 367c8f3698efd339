/* Decides which keys get a row of their own (the most frequent forms, ends and shapes, of those seen at least twice or three times) and
 * lays corpora out as samples. Invariant: rows are numbered in the order of the table, so the same files give the same rows. */
#include "train/net_data.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/utf8.h"

enum { FORM_LEAST = 2, END_LEAST = 3, FORM_MOST = 20000, END_MOST = 8500, START_SLOTS = 1 << 16 };

static void *need(void *p) {
  if (!p) abort();
  return p;
}

/* ---- vectors ---- */

/* Where the word ends that `numbers` numbers follow on its line (words may hold blanks); NULL when the line has fewer. */
static char *word_end(char *at, char *end, uint32_t numbers) {
  char *stop = memchr(at, '\n', (size_t)(end - at));
  if (!stop) stop = end;
  while (stop > at && numbers)
    if (*--stop == ' ') numbers--;
  return numbers ? NULL : stop;
}

bool dem_vectors_load(const char *path, dem_vectors *v) {
  size_t len = 0;
  *v = (dem_vectors){0};
  char *bytes = dem_data_bytes(path, &len);
  if (!bytes) return false;
  v->bytes = need(realloc(bytes, len + 1));
  v->bytes[len] = 0;
  char *at = v->bytes, *end = at + len;
  v->count = (uint32_t)strtoul(at, &at, 10);
  v->width = (uint32_t)strtoul(at, &at, 10);
  bool sound = v->count > 0 && v->count < 1 << 24 && v->width > 0 && v->width <= 512 && *at++ == '\n';
  v->word = need(calloc(v->count + 1u, sizeof *v->word));
  v->at = need(calloc((size_t)(v->count + 1u) * (v->width + 1u), sizeof *v->at));
  for (uint32_t i = 0; sound && i < v->count; i++) {
    char *space = word_end(at, end, v->width);
    if (!space) sound = false;
    else v->word[i] = (dem_str){at, (size_t)(space - at)}, at = space;
    for (uint32_t k = 0; sound && k < v->width; k++) v->at[(size_t)i * v->width + k] = strtof(at, &at);
    if (sound && at < end) sound = *at++ == '\n';
  }
  if (!sound) fprintf(stderr, "demarche train: %s: no word vectors\n", path);
  return sound;
}

void dem_vectors_free(dem_vectors *v) { free(v->word), free(v->at), free(v->bytes); }

/* ---- tagged text ---- */

bool dem_tagged_load(const char *path, dem_data *data) {
  size_t len = 0, n = 0;
  char *bytes = dem_data_bytes(path, &len);
  if (!bytes) return false;
  char *out = need(malloc(len * 8 + 64)); /* "1\tTOKEN\t_\t_\tTAG\n": the reader counts words itself */
  for (dem_str rest = {bytes, len}; rest.len;) {
    dem_str line = dem_str_cut(&rest, '\n'), token = dem_str_cut(&line, '\t');
    if (!token.len) out[n++] = '\n';
    else if (line.len) n += (size_t)sprintf(out + n, "1\t%.*s\t_\t_\t%.*s\n", DEM_FMT(token), DEM_FMT(line));
  }
  bool ok = dem_data_read((dem_str){out, n}, data);
  free(bytes);
  free(out);
  return ok;
}

/* ---- dictionary ---- */

static dem_entry *slot_of(const dem_dictionary *d, uint64_t key) {
  for (uint64_t h = key;; h++) {
    dem_entry *e = &d->slot[h & d->mask];
    if (!e->key || e->key == key) return e;
  }
}

dem_entry *dem_dictionary_find(const dem_dictionary *d, uint64_t key) {
  dem_entry *e = d->slot ? slot_of(d, key) : NULL;
  return e && e->key ? e : NULL;
}

static void grow(dem_dictionary *d) {
  dem_dictionary wider = *d;
  uint32_t slots = d->slot ? 2 * (d->mask + 1) : START_SLOTS;
  wider.mask = slots - 1;
  wider.slot = need(calloc(slots, sizeof *wider.slot));
  for (uint32_t i = 0; d->slot && i <= d->mask; i++)
    if (d->slot[i].key) *slot_of(&wider, d->slot[i].key) = d->slot[i];
  free(d->slot);
  *d = wider;
}

static dem_entry *put(dem_dictionary *d, uint64_t key, unsigned look, dem_str norm) {
  if (!d->slot || d->used * 2 >= d->mask) grow(d);
  dem_entry *e = slot_of(d, key);
  if (!e->key) {
    *e = (dem_entry){.key = key, .row = DEM_NONE, .vector = DEM_NONE, .look = (uint8_t)look};
    if (look == DEM_LOOK_FORM) e->norm = norm;
    d->used++;
  }
  return e;
}

static void looks(const dem_doc *doc, uint32_t token, uint64_t key[DEM_LOOKS]) {
  const dem_token *t = &doc->tokens.at[token];
  bool first = token == 0 || doc->tokens.at[token - 1].sentence != t->sentence;
  dem_look_norm(t->norm, key);
  key[DEM_LOOK_SHAPE] = dem_look_shape(dem_doc_slice(doc, t->span), first);
}

static uint8_t xpos_of(const dem_dictionary *d, dem_str tag) {
  for (uint32_t i = 0; i < d->xposes; i++)
    if (dem_str_is(tag, d->xpos[i])) return (uint8_t)i;
  return DEM_LABEL_NONE;
}

void dem_dictionary_count(dem_dictionary *d, const dem_doc *doc, unsigned layers) {
  uint64_t key[DEM_LOOKS];
  for (uint32_t i = 0; i < doc->tokens.n; i++) {
    const dem_token *t = &doc->tokens.at[i];
    looks(doc, i, key);
    for (unsigned k = 0; k < DEM_LOOKS; k++) {
      if (!key[k]) continue;
      put(d, key[k], k, t->norm)->count++;
    }
    bool new_tag = layers & DEM_HAS_TAGS && t->tag.len && t->tag.len < sizeof d->xpos[0] && xpos_of(d, t->tag) == DEM_LABEL_NONE;
    if (new_tag && d->xposes < DEM_NET_XPOS_MAX) memcpy(d->xpos[d->xposes++], t->tag.data, t->tag.len);
  }
}

/* The lowest count that leaves at most `most` keys; forms and others are counted apart. */
static uint32_t least_count(const dem_dictionary *d, bool forms, uint32_t least, uint32_t most) {
  for (;; least++) {
    uint32_t n = 0;
    for (uint32_t i = 0; i <= d->mask; i++)
      n += d->slot[i].key && (d->slot[i].look == DEM_LOOK_FORM) == forms && d->slot[i].count >= least;
    if (n <= most) return least;
  }
}

void dem_dictionary_close(dem_dictionary *d, const dem_vectors *vectors) {
  uint64_t key[DEM_LOOKS];
  uint32_t form = least_count(d, true, FORM_LEAST, FORM_MOST), end = least_count(d, false, END_LEAST, END_MOST);
  d->rows = DEM_LOOKS;
  for (uint32_t i = 0; i <= d->mask; i++) {
    dem_entry *e = &d->slot[i];
    if (e->key && e->count >= (e->look == DEM_LOOK_FORM ? form : end)) e->row = d->rows++;
  }
  fprintf(stderr, "net: %u rows: forms seen %u times, ends %u times\n", d->rows, form, end);
  for (uint32_t i = 0; i < vectors->count; i++) {
    dem_look_norm(vectors->word[i], key);
    dem_entry *e = put(d, key[DEM_LOOK_FORM], DEM_LOOK_FORM, vectors->word[i]);
    if (e->vector == DEM_NONE) e->vector = i;
  }
}

void dem_dictionary_free(dem_dictionary *d) { free(d->slot); }

/* ---- corpora ---- */

static void set_looks(const dem_dictionary *d, const dem_doc *doc, uint32_t token, dem_sample *s) {
  uint64_t key[DEM_LOOKS];
  looks(doc, token, key);
  s->vector = DEM_NONE;
  const dem_entry *inside = dem_dictionary_find(d, dem_look_shape(dem_doc_slice(doc, doc->tokens.at[token].span), false));
  s->inside = inside && inside->row != DEM_NONE ? inside->row : DEM_LOOK_SHAPE;
  for (unsigned k = 0; k < DEM_LOOKS; k++) {
    const dem_entry *e = key[k] ? dem_dictionary_find(d, key[k]) : NULL;
    s->look[k] = !key[k] ? DEM_NONE : e && e->row != DEM_NONE ? e->row : k;
    if (k == DEM_LOOK_FORM && e) s->vector = e->vector, s->count = e->count;
  }
}

static void set_labels(const dem_dictionary *d, const dem_doc *doc, uint32_t i, unsigned layers, dem_sample *s) {
  const dem_token *t = &doc->tokens.at[i];
  uint32_t first = doc->sentences.at[t->sentence].first;
  s->head = DEM_HEAD_NONE;
  s->xpos = s->upos = s->rel = s->name = DEM_LABEL_NONE;
  if (layers & (DEM_HAS_TAGS | DEM_HAS_XPOS)) s->xpos = xpos_of(d, t->tag);
  if (layers & DEM_HAS_TAGS) s->upos = t->upos;
  if (layers & DEM_HAS_TREE) {
    bool is_known = t->head != DEM_NONE || t->deprel == DEM_DEPREL_ROOT; /* "_" in HEAD and DEPREL: two parsers disagreed */
    s->head = !is_known ? DEM_HEAD_NONE : t->head == DEM_NONE ? DEM_HEAD_ROOT : (uint16_t)(t->head - first);
    s->rel = is_known && t->deprel != DEM_DEPREL_DEP ? t->deprel : DEM_LABEL_NONE; /* "dep" says nothing */
  }
  if (!(layers & DEM_HAS_NAMES)) return;
  bool begins = t->name_begin, ends = i + 1 == doc->sentences.at[t->sentence].last || doc->tokens.at[i + 1].name_begin || !doc->tokens.at[i + 1].name;
  s->name = t->name == DEM_NAME_O ? 0 : dem_name_state(t->name, begins && ends ? 3 : begins ? 0 : ends ? 2 : 1);
}

void dem_corpus_add(dem_corpus *c, const dem_dictionary *d, const dem_doc *doc, unsigned layers) {
  c->token = need(realloc(c->token, (c->tokens + (size_t)doc->tokens.n + 1) * sizeof *c->token));
  c->begin = need(realloc(c->begin, (c->sentences + (size_t)doc->sentences.n + 2) * sizeof *c->begin));
  c->joins = need(realloc(c->joins, c->sentences + (size_t)doc->sentences.n + 2));
  for (uint32_t s = 0; s < doc->sentences.n; s++) {
    const dem_sentence *x = &doc->sentences.at[s];
    if (x->last - x->first > DEM_NET_SENTENCE) continue;
    c->joins[c->sentences] = s + 1 < doc->sentences.n && x[1].paragraph == x->paragraph && x[1].last - x->first <= DEM_NET_SENTENCE;
    c->begin[c->sentences++] = c->tokens;
    for (uint32_t i = x->first; i < x->last; i++) {
      set_looks(d, doc, i, &c->token[c->tokens]);
      set_labels(d, doc, i, layers, &c->token[c->tokens++]);
    }
  }
  c->begin[c->sentences] = c->tokens;
}

void dem_corpus_free(dem_corpus *c) { free(c->token), free(c->begin), free(c->joins); }
