/* Workers code and compress; whoever takes puts into the store, in input order. What the store holds already is told by its
 * bytes before it is coded, so that a second run costs little and a killed one goes on where it was. Invariant: dispatches in =
 * new + known + failed, and the failed are named on stderr and in the store. */
#include "cli/ingest.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/pool.h"
#include "cli/progress.h"
#include "cli/run.h"

enum { ALL_WELL, SOME_FAILED };

typedef struct slot {
  dem_item item;
  const char *name; /* of the input; lives as long as the list */
  uint64_t record, bytes;
  bool known, many;
  char trouble[240]; /* not empty: there is no dispatch */
} slot;

typedef struct ingest {
  const settings *s;
  const demarche_model *model;
  dem_store *store;
  progress shown;
  uint64_t repeats;
  char wrong[240]; /* not empty: the store refused */
} ingest;

/* ---- making ---- */

typedef struct buffer {
  dem_packed at;
  size_t cap;
} buffer;

static int collect(void *to, const char *bytes, size_t n) {
  buffer *b = to;
  if (n > b->cap - b->at.len) {
    size_t cap = b->cap ? b->cap : 4096;
    while (cap - b->at.len < n) cap *= 2;
    char *wider = realloc(b->at.data, cap);
    if (!wider) return 1;
    b->at.data = wider;
    b->cap = cap;
  }
  memcpy(b->at.data + b->at.len, bytes, n);
  b->at.len += n;
  return 0;
}

static demarche_status write_part(demarche_doc *doc, demarche_part part, dem_packed *out, demarche_error *err) {
  buffer b = {0};
  demarche_status bad = demarche_write_part(doc, part, collect, &b, err);
  *out = b.at;
  return bad;
}

/* Code one dispatch and pack what the store keeps of it. */
static demarche_status code_item(demarche_doc *doc, const demarche_model *model, dem_str prefix, dem_str bytes, const char *name,
                                 dem_item *item, demarche_error *err) {
  dem_packed record = {0};
  demarche_status bad = demarche_set(doc, "source", dem_str_of(name), err);
  if (!bad) bad = demarche_code(doc, model, bytes, err);
  if (!bad) bad = write_part(doc, DEMARCHE_RECORD, &record, err);
  if (!bad) bad = write_part(doc, DEMARCHE_READING, &item->reading, err);
  if (!bad) bad = write_part(doc, DEMARCHE_EVENTS, &item->events, err);
  if (!bad && !dem_store_pack(prefix, bytes, (dem_str){record.data, record.len}, item)) bad = DEMARCHE_NOMEM;
  free(record.data);
  if (bad == DEMARCHE_NOMEM || bad == DEMARCHE_IO) snprintf(err->text, sizeof err->text, "out of memory");
  return bad;
}

static void make(void *ingest_, void *doc, const piece *p, void *slot_) {
  ingest *w = ingest_;
  slot *to = slot_;
  demarche_error err = {0};
  to->name = p->name;
  to->record = p->record;
  to->many = p->many;
  to->bytes = p->bytes.len;
  if (p->trouble[0]) {
    snprintf(to->trouble, sizeof to->trouble, "%s", p->trouble);
    return;
  }
  to->item.hash = dem_store_hash(p->bytes);
  to->known = dem_store_known(w->store, to->item.hash);
  if (to->known) return;
  if (!doc) snprintf(to->trouble, sizeof to->trouble, "out of memory");
  else if (code_item(doc, w->model, dem_store_prefix(w->store), p->bytes, p->name, &to->item, &err))
    snprintf(to->trouble, sizeof to->trouble, "%s", err.text);
}

/* ---- taking ---- */

static bool store_refused(ingest *w, const demarche_error *err) {
  snprintf(w->wrong, sizeof w->wrong, "%s", err->text);
  return false;
}

static bool take_failed(ingest *w, const slot *s) {
  char name[256];
  demarche_error err = {0};
  w->shown.failed++;
  progress_clear(&w->shown);
  if (s->many) snprintf(name, sizeof name, "%.200s: record %llu", s->name, (unsigned long long)s->record);
  else snprintf(name, sizeof name, "%.200s", s->name);
  complain(name, s->trouble);
  return !dem_store_reject(w->store, s->name, s->record, s->trouble, &err) || store_refused(w, &err);
}

static bool take_new(ingest *w, const slot *s) {
  dem_put put;
  demarche_error err = {0};
  dem_given given = {w->s->date, w->s->from, w->s->map};
  if (dem_store_put(w->store, &s->item, s->name, s->record, given, &put, &err)) return store_refused(w, &err);
  w->shown.known += put.repeat;
  w->shown.fresh += !put.repeat;
  w->shown.copies += put.lead != 0;
  w->shown.events += put.events;
  return true;
}

static bool take(void *ingest_, void *slot_) {
  ingest *w = ingest_;
  slot *s = slot_;
  bool good = true;
  w->shown.dispatches++;
  w->shown.bytes += s->bytes;
  if (s->known) w->shown.known++;
  else good = s->trouble[0] ? take_failed(w, s) : take_new(w, s);
  dem_item_free(&s->item);
  *s = (slot){0};
  progress_step(&w->shown);
  return good;
}

static void drop(void *slot_) { dem_item_free(&((slot *)slot_)->item); }

static void *new_doc(void *ingest_) {
  return new_reader(((ingest *)ingest_)->s);
}

static void free_doc(void *doc) { demarche_doc_free(doc); }

static uint64_t total_size(const inputs *list) {
  uint64_t n = 0;
  struct stat st;
  for (size_t i = 0; i < list->n; i++) {
    if (list->at[i].literal || stat(list->at[i].name, &st) != 0 || !S_ISREG(st.st_mode)) return 0;
    n += (uint64_t)st.st_size;
  }
  return n;
}

static void tell(const ingest *w) {
  const progress *p = &w->shown;
  if (w->s->quiet) return;
  double seconds = progress_seconds(p);
  fprintf(stderr, "demarche: %llu dispatches: %llu new, %llu known, %llu failed; %llu near-duplicates, %llu events; %.1f s, %.0f/s\n",
          (unsigned long long)p->dispatches, (unsigned long long)p->fresh, (unsigned long long)p->known,
          (unsigned long long)p->failed, (unsigned long long)p->copies, (unsigned long long)p->events, seconds,
          seconds > 0 ? (double)p->dispatches / seconds : 0.0);
}

int dem_cli_ingest(const settings *s, const demarche_model *model, const inputs *list, dem_store *store) {
  ingest w = {.s = s, .model = model, .store = store};
  pool_job job = {&w, new_doc, free_doc, make, take, drop, sizeof(slot)};
  demarche_error err = {0};
  progress_begin(&w.shown, "ingesting", s->progress, total_size(list));
  if (!pool_run(&job, list, s->jobs, how_to_read(s))) snprintf(w.wrong, sizeof w.wrong, "out of memory");
  if (!w.wrong[0] && dem_store_commit(store, &err)) store_refused(&w, &err);
  progress_end(&w.shown);
  if (w.wrong[0]) return complain(s->store, w.wrong), SOME_FAILED;
  tell(&w);
  int status = w.shown.failed ? SOME_FAILED : ALL_WELL;
  if (s->no_link || dem_store_is_linked(store, s->window)) return status;
  int linked = dem_cli_link(s, store);
  return linked ? linked : status;
}

/* ---- linking ---- */

static int put_out(void *to, const char *bytes, size_t n) { return write_all(*(int *)to, bytes, n) ? 0 : 1; }

int dem_cli_link(const settings *s, dem_store *store) {
  dem_linked done;
  demarche_error err = {0};
  int out = STDOUT_FILENO;
  if (dem_store_link(store, s->window, s->explain ? put_out : NULL, &out, &done, &err)) return complain(s->store, err.text), SOME_FAILED;
  if (s->quiet) return ALL_WELL;
  fprintf(stderr, "demarche: %llu events are %llu happenings: %llu joined to another, %llu retracted\n",
          (unsigned long long)done.events, (unsigned long long)done.happenings, (unsigned long long)done.joined,
          (unsigned long long)done.retracted);
  return ALL_WELL;
}

/* ---- rebuilding ---- */

/* The model's id, from a record of nothing. */
typedef struct stamp {
  char coder[64], model[64];
} stamp;

static void find_member(const char *json, const char *key, char *out, size_t room) {
  const char *at = strstr(json, key);
  out[0] = 0;
  if (!at) return;
  at += strlen(key);
  snprintf(out, room, "%.*s", (int)strcspn(at, "\""), at);
}

static bool stamp_of(demarche_doc *doc, const demarche_model *model, stamp *out) {
  buffer b = {0};
  demarche_error err;
  bool good = !demarche_code(doc, model, (dem_str){"x", 1}, &err) && !demarche_write_part(doc, DEMARCHE_READING, collect, &b, &err) &&
              collect(&b, "", 1) == 0;
  if (good) {
    find_member(b.at.data, "\"coder\": \"", out->coder, sizeof out->coder);
    find_member(b.at.data, "\"model\": \"", out->model, sizeof out->model);
    good = out->coder[0] != 0;
  }
  free(b.at.data);
  return good;
}

/* What can no longer be coded keeps its old record and is named. */
static demarche_status rebuild_one(ingest *w, demarche_doc *doc, dem_old *old, demarche_error *err) {
  dem_item item = {0};
  dem_str date = {old->date.data, old->date.len}, bytes = {old->bytes.data, old->bytes.len};
  demarche_status bad = demarche_set(doc, "date", date, err);
  if (!bad) bad = demarche_set(doc, "from", (dem_str){old->from.data, old->from.len}, err);
  if (!bad) bad = demarche_set(doc, "map", (dem_str){old->map.data, old->map.len}, err);
  if (!bad) bad = code_item(doc, w->model, dem_store_prefix(w->store), bytes, old->source.data, &item, err);
  if (bad) {
    w->shown.failed++;
    progress_clear(&w->shown);
    complain(old->source.data, err->text);
    bad = DEMARCHE_OK;
  } else {
    bad = dem_store_replace(w->store, old->id, &item, err);
    w->shown.fresh++;
  }
  dem_item_free(&item);
  return bad;
}

static demarche_status rebuild_all(ingest *w, demarche_doc *doc, const stamp *now, demarche_error *err) {
  dem_old old;
  int64_t after = 0;
  for (;;) {
    demarche_status bad = dem_store_stale(w->store, after, now->coder, now->model, &old, err);
    if (bad || !old.id) return bad;
    after = old.id;
    bad = rebuild_one(w, doc, &old, err);
    dem_old_free(&old);
    if (bad) return bad;
    w->shown.dispatches++;
    progress_step(&w->shown);
  }
}

int dem_cli_rebuild(const settings *s, const demarche_model *model, dem_store *store) {
  ingest w = {.s = s, .model = model, .store = store};
  stamp now;
  demarche_error err = {0};
  demarche_doc *doc = demarche_doc_new();
  progress_begin(&w.shown, "rebuilding", s->progress, 0);
  bool good = doc && stamp_of(doc, model, &now);
  if (!good) snprintf(err.text, sizeof err.text, "out of memory");
  if (good) good = !rebuild_all(&w, doc, &now, &err);
  if (good) good = !dem_store_commit(store, &err);
  if (good && w.shown.fresh) good = !dem_store_tidy(store, &err);
  demarche_doc_free(doc);
  progress_end(&w.shown);
  if (!good) return complain(s->store, err.text), SOME_FAILED;
  fprintf(stderr, "demarche: %llu records made anew\n", (unsigned long long)w.shown.fresh);
  int linked = s->no_link || dem_store_is_linked(store, s->window) ? ALL_WELL : dem_cli_link(s, store);
  return w.shown.failed ? SOME_FAILED : linked;
}
