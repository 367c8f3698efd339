/* Workers take pieces by number and put what they made into a ring of slots; whoever finds the oldest slot ready takes all
 * that is ready, one thread at a time and without the lock. So results come in input order, and at most RING_PER_JOB * jobs
 * of them wait. One lock guards the feed, the ring and the counts; making and taking run outside it. Invariant: a slot is
 * touched by its maker until it is ready, by the taker afterwards, and by nobody when it is neither. */
#include "cli/pool.h"

#include <pthread.h>
#include <stdlib.h>

#include "cli/options.h"

enum { RING_PER_JOB = 8 };

typedef struct pool {
  const pool_job *job;
  feed feed;
  pthread_mutex_t lock;
  pthread_cond_t moved;
  char *ring;
  bool *ready;
  uint64_t slots, taken, written; /* written <= taken <= written + slots */
  bool stop, ended, taking;
} pool;

static void *slot_at(pool *w, uint64_t i) { return w->ring + i % w->slots * w->job->slot_size; }

/* Take what is ready, oldest first, unless another thread does. The lock is held, but not while taking. */
static void take_ready(pool *w) {
  if (w->taking) return;
  w->taking = true;
  while (!w->stop && w->written < w->taken && w->ready[w->written % w->slots]) {
    pthread_mutex_unlock(&w->lock);
    bool good = w->job->take(w->job->state, slot_at(w, w->written));
    pthread_mutex_lock(&w->lock);
    w->ready[w->written++ % w->slots] = false;
    w->stop = w->stop || !good;
    pthread_cond_broadcast(&w->moved);
  }
  w->taking = false;
}

static void *work(void *pool_) {
  pool *w = pool_;
  void *own = w->job->open(w->job->state);
  pthread_mutex_lock(&w->lock);
  for (;;) {
    piece p;
    while (!w->stop && !w->ended && w->taken - w->written == w->slots) pthread_cond_wait(&w->moved, &w->lock);
    if (w->stop || w->ended) break;
    if (!feed_next(&w->feed, &p)) {
      w->ended = true;
      break;
    }
    uint64_t number = w->taken++;
    pthread_mutex_unlock(&w->lock);
    w->job->make(w->job->state, own, &p, slot_at(w, number));
    pthread_mutex_lock(&w->lock);
    feed_release(&p);
    w->ready[number % w->slots] = true;
    take_ready(w);
    pthread_cond_broadcast(&w->moved);
  }
  pthread_cond_broadcast(&w->moved);
  pthread_mutex_unlock(&w->lock);
  w->job->close(own);
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

bool pool_run(const pool_job *job, const inputs *list, unsigned jobs, reading how) {
  pool w = {.job = job,
            .feed = {.list = list, .how = how},
            .lock = PTHREAD_MUTEX_INITIALIZER,
            .moved = PTHREAD_COND_INITIALIZER,
            .slots = (uint64_t)jobs * RING_PER_JOB};
  w.ring = calloc(w.slots, job->slot_size);
  w.ready = calloc(w.slots, sizeof *w.ready);
  bool good = w.ring && w.ready;
  if (good) work_together(&w, jobs);
  feed_close(&w.feed);
  for (uint64_t i = 0; good && i < w.slots; i++) job->drop(slot_at(&w, i));
  free(w.ring);
  free(w.ready);
  return good;
}
