/* Workers take pieces by number and put what they made into a ring of slots; whoever finishes the oldest writes all that is
 * ready. So output and complaints come in input order, and at most RING_PER_JOB * jobs results wait. One lock guards the
 * feed, the ring and the counts; coding runs outside it. Invariant: a piece's output depends on its bytes, the options and
 * the model alone, never on the thread that made it. */
#include "cli/run.h"

#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { RING_PER_JOB = 8 };

typedef struct slot {
  char *out;
  size_t len, cap;
  bool ready, failed;
  char complaint[512];
} slot;

typedef struct pool {
  const settings *s;
  const demarche_model *model;
  feed feed;
  int out;
  run_result *result;
  pthread_mutex_t lock;
  pthread_cond_t moved;
  slot *ring;
  uint64_t slots, taken, written; /* written <= taken <= written + slots */
  bool stop, ended;
} pool;

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

static demarche_status analyse(const pool *w, demarche_doc *doc, const piece *p, demarche_error *err) {
  demarche_status bad = demarche_set(doc, "source", (demarche_str){p->name, strlen(p->name)}, err);
  if (bad) return bad;
  switch (w->s->command) {
    case CMD_READ: return demarche_read(doc, p->bytes, err);
    case CMD_PARSE: return demarche_parse(doc, w->model, p->bytes, err);
    default: return demarche_code(doc, w->model, p->bytes, err);
  }
}

static void make(const pool *w, demarche_doc *doc, const piece *p, slot *to) {
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

/* Write what is ready, oldest first. The lock is held. */
static void flush_ready(pool *w) {
  while (w->written < w->taken && w->ring[w->written % w->slots].ready) {
    slot *s = &w->ring[w->written++ % w->slots];
    w->result->dispatches++;
    w->result->failed += s->failed;
    if (s->failed && !w->stop) {
      printable(s->complaint);
      fprintf(stderr, "demarche: %s\n", s->complaint);
    }
    if (!w->stop && !write_all(w->out, s->out, s->len)) {
      w->stop = true;
      w->result->closed = errno == EPIPE;
      if (errno != EPIPE) snprintf(w->result->wrong, sizeof w->result->wrong, "the output refused: %s", strerror(errno));
    }
    free(s->out);
    *s = (slot){0};
  }
}

static demarche_doc *new_doc(const settings *s) {
  demarche_doc *doc = demarche_doc_new();
  demarche_str on = {"1", 1}, date = {s->date, s->date ? strlen(s->date) : 0};
  if (!doc) return NULL;
  bool bad = demarche_set(doc, "date", date, NULL) || (s->part == DEMARCHE_WHY && demarche_set(doc, "explain", on, NULL)) ||
             (s->conllu && demarche_set(doc, "conllu", on, NULL));
  if (!bad) return doc;
  demarche_doc_free(doc);
  return NULL;
}

static void *work(void *pool_) {
  pool *w = pool_;
  demarche_doc *doc = new_doc(w->s); /* without one, every piece fails by name */
  pthread_mutex_lock(&w->lock);
  for (;;) {
    piece p;
    while (!w->stop && !w->ended && w->taken - w->written == w->slots) pthread_cond_wait(&w->moved, &w->lock);
    if (w->stop || w->ended) break;
    if (!feed_next(&w->feed, &p)) {
      w->ended = true;
      break;
    }
    slot *to = &w->ring[w->taken++ % w->slots];
    pthread_mutex_unlock(&w->lock);
    make(w, doc, &p, to);
    pthread_mutex_lock(&w->lock);
    feed_release(&p);
    to->ready = true;
    flush_ready(w);
    pthread_cond_broadcast(&w->moved);
  }
  pthread_cond_broadcast(&w->moved);
  pthread_mutex_unlock(&w->lock);
  demarche_doc_free(doc);
  return NULL;
}

/* This thread works too; a thread that would not start is done without. */
static void work_together(pool *w, unsigned jobs) {
  pthread_t thread[MAX_JOBS];
  unsigned n = 0;
  while (n + 1 < jobs && pthread_create(&thread[n], NULL, work, w) == 0) n++;
  work(w);
  while (n) pthread_join(thread[--n], NULL);
}

void run_all(const settings *s, const demarche_model *model, const inputs *list, int out, run_result *result) {
  pool w = {.s = s,
            .model = model,
            .feed = {.list = list, .chunk = s->command == CMD_PARSE},
            .out = out,
            .result = result,
            .lock = PTHREAD_MUTEX_INITIALIZER,
            .moved = PTHREAD_COND_INITIALIZER,
            .slots = (uint64_t)s->jobs * RING_PER_JOB};
  *result = (run_result){0};
  demarche_str header = demarche_csv_header();
  w.ring = calloc(w.slots, sizeof *w.ring);
  if (!w.ring) {
    snprintf(result->wrong, sizeof result->wrong, "out of memory");
    return;
  }
  if (s->part == DEMARCHE_CSV && !write_all(out, header.data, header.len)) {
    w.stop = true;
    result->closed = errno == EPIPE;
    if (!result->closed) snprintf(result->wrong, sizeof result->wrong, "the output refused: %s", strerror(errno));
  }
  work_together(&w, s->jobs);
  feed_close(&w.feed);
  for (uint64_t i = 0; i < w.slots; i++) free(w.ring[i].out);
  free(w.ring);
}
