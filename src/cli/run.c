/* Dispatches through the library and onto a descriptor: the pool hands results on in input order, so output and complaints come
 * in that order. Invariant: a piece's output depends on its bytes, the options and the model alone, never on the thread that
 * made it. */
#include "cli/run.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/pool.h"

typedef struct slot {
  char *out;
  size_t len, cap;
  bool failed;
  char complaint[512];
} slot;

typedef struct run {
  const settings *s;
  const demarche_model *model;
  int out;
  run_result *result;
} run;

bool write_all(int fd, const char *bytes, size_t n) {
  while (n) {
    ssize_t done = write(fd, bytes, n);
    if (done < 0 && errno == EINTR) continue;
    if (done < 0) return false;
    bytes += done;
    n -= (size_t)done;
  }
  return true;
}

static void printable(char *line) {
  for (; *line; line++)
    if ((unsigned char)*line < 0x20 || *line == 0x7F) *line = '?';
}

void complain(const char *name, const char *why) {
  char line[512];
  snprintf(line, sizeof line, "%s: %s", name, why);
  printable(line);
  fprintf(stderr, "demarche: %s\n", line);
}

static int collect(void *to, const char *bytes, size_t n) {
  slot *s = to;
  if (n > s->cap - s->len) {
    size_t cap = s->cap ? s->cap : 4096;
    while (cap - s->len < n) cap *= 2;
    char *wider = realloc(s->out, cap);
    if (!wider) return 1;
    s->out = wider;
    s->cap = cap;
  }
  memcpy(s->out + s->len, bytes, n);
  s->len += n;
  return 0;
}

static void fail_slot(slot *to, const piece *p, const char *why) {
  to->failed = true;
  to->len = 0;
  if (p->many) snprintf(to->complaint, sizeof to->complaint, "%s: record %llu: %s", p->name, (unsigned long long)p->record, why);
  else snprintf(to->complaint, sizeof to->complaint, "%s: %s", p->name, why);
}

static demarche_status analyse(const run *w, demarche_doc *doc, const piece *p, demarche_error *err) {
  demarche_status bad = demarche_set(doc, "source", (demarche_str){p->name, strlen(p->name)}, err);
  if (bad) return bad;
  switch (w->s->command) {
    case CMD_READ: return demarche_read(doc, p->bytes, err);
    case CMD_PARSE: return demarche_parse(doc, w->model, p->bytes, err);
    default: return demarche_code(doc, w->model, p->bytes, err);
  }
}

static void make(void *run_, void *doc_, const piece *p, void *slot_) {
  const run *w = run_;
  demarche_doc *doc = doc_;
  slot *to = slot_;
  demarche_error err = {0};
  if (p->trouble[0]) {
    fail_slot(to, p, p->trouble);
  } else if (!doc) {
    fail_slot(to, p, "out of memory");
  } else if (analyse(w, doc, p, &err)) {
    fail_slot(to, p, err.text);
  } else if (demarche_write_part(doc, w->s->part, collect, to, &err)) {
    fail_slot(to, p, err.status == DEMARCHE_IO ? "out of memory" : err.text);
  }
}

static void drop(void *slot_) { free(((slot *)slot_)->out); }

static void stop_writing(run_result *result) {
  result->closed = errno == EPIPE;
  if (errno != EPIPE) snprintf(result->wrong, sizeof result->wrong, "the output refused: %s", strerror(errno));
}

/* Write one slot; false when the output is closed or refuses. */
static bool take(void *run_, void *slot_) {
  run *w = run_;
  slot *s = slot_;
  w->result->dispatches++;
  w->result->failed += s->failed;
  if (s->failed) {
    printable(s->complaint);
    fprintf(stderr, "demarche: %s\n", s->complaint);
  }
  bool good = write_all(w->out, s->out, s->len);
  if (!good) stop_writing(w->result);
  free(s->out);
  *s = (slot){0};
  return good;
}

reading how_to_read(const settings *s) {
  dem_limits limits = DEM_LIMITS;
  const char *unused;
  if (s->limits) dem_limits_set(&limits, (demarche_str){s->limits, strlen(s->limits)}, &unused);
  return (reading){.from = s->from, .limits = limits, .chunk = s->command == CMD_PARSE};
}

static demarche_status set_option(demarche_doc *doc, const char *option, const char *value) {
  return demarche_set(doc, option, (demarche_str){value, value ? strlen(value) : 0}, NULL);
}

demarche_doc *new_reader(const settings *s) {
  demarche_doc *doc = demarche_doc_new();
  if (!doc) return NULL;
  bool bad = set_option(doc, "date", s->date) || set_option(doc, "from", s->from) || set_option(doc, "map", s->map) || set_option(doc, "limits", s->limits);
  if (!bad) return doc;
  demarche_doc_free(doc);
  return NULL;
}

/* Without one, every piece fails by name. */
static void *new_doc(void *run_) {
  const settings *s = ((run *)run_)->s;
  demarche_doc *doc = new_reader(s);
  demarche_str on = {"1", 1};
  if (!doc) return NULL;
  bool bad = (s->part == DEMARCHE_WHY && demarche_set(doc, "explain", on, NULL)) ||
             (s->conllu && demarche_set(doc, "conllu", on, NULL));
  if (!bad) return doc;
  demarche_doc_free(doc);
  return NULL;
}

static void free_doc(void *doc) { demarche_doc_free(doc); }

void run_all(const settings *s, const demarche_model *model, const inputs *list, int out, run_result *result) {
  run w = {.s = s, .model = model, .out = out, .result = result};
  pool_job job = {&w, new_doc, free_doc, make, take, drop, sizeof(slot)};
  *result = (run_result){0};
  demarche_str header = demarche_csv_header();
  if (s->part == DEMARCHE_CSV && !write_all(out, header.data, header.len)) stop_writing(result);
  else if (!pool_run(&job, list, s->jobs, how_to_read(s))) snprintf(result->wrong, sizeof result->wrong, "out of memory");
}
