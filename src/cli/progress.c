/* The progress line. The clock is read here and nowhere near what is computed. Invariant: nothing is written to a stderr that
 * is no terminal unless JSON was asked for. Refuses: guessing the end when the size of the inputs is not known. */
#include "cli/progress.h"

#include <stdio.h>
#include <time.h>
#include <unistd.h>

static double now(void) {
  struct timespec t;
  return clock_gettime(CLOCK_MONOTONIC, &t) == 0 ? (double)t.tv_sec + (double)t.tv_nsec / 1e9 : 0;
}

void progress_begin(progress *p, const char *verb, progress_mode mode, uint64_t total) {
  if (mode == PROGRESS_AUTO && !isatty(STDERR_FILENO)) mode = PROGRESS_NEVER;
  *p = (progress){.verb = verb, .mode = mode, .total = total, .began = now()};
}

double progress_seconds(const progress *p) { return now() - p->began; }

static double share(const progress *p) {
  return p->total && p->bytes <= p->total ? (double)p->bytes / (double)p->total : 0;
}

static void bar(const progress *p, double seconds) {
  double part = share(p), rate = seconds > 0 ? (double)p->dispatches / seconds : 0;
  fprintf(stderr, "\r\033[K%s ", p->verb);
  if (part > 0) fprintf(stderr, " %3.0f%% ", part * 100);
  fprintf(stderr, " %llu dispatches  %.0f/s", (unsigned long long)p->dispatches, rate);
  if (part > 0) {
    unsigned long left = (unsigned long)(seconds / part - seconds);
    fprintf(stderr, "  ETA %lu:%02lu", left / 60, left % 60);
  }
  fprintf(stderr, "  events %llu  copies %llu  errors %llu", (unsigned long long)p->events, (unsigned long long)p->copies,
          (unsigned long long)p->failed);
  fflush(stderr);
}

static void json(const progress *p, double seconds, bool last) {
  fprintf(stderr,
          "{\"dispatches\": %llu, \"new\": %llu, \"known\": %llu, \"copies\": %llu, \"events\": %llu, \"failed\": %llu, "
          "\"bytes\": %llu, \"total\": %llu, \"seconds\": %.3f, \"done\": %s}\n",
          (unsigned long long)p->dispatches, (unsigned long long)p->fresh, (unsigned long long)p->known,
          (unsigned long long)p->copies, (unsigned long long)p->events, (unsigned long long)p->failed,
          (unsigned long long)p->bytes, (unsigned long long)p->total, seconds, last ? "true" : "false");
}

void progress_step(progress *p) {
  if (p->mode == PROGRESS_NEVER) return;
  double seconds = progress_seconds(p);
  if (seconds - p->shown < (p->mode == PROGRESS_JSON ? 1.0 : 0.1)) return;
  p->shown = seconds;
  if (p->mode == PROGRESS_JSON) json(p, seconds, false);
  else bar(p, seconds);
}

void progress_clear(progress *p) {
  if (p->mode == PROGRESS_AUTO) fputs("\r\033[K", stderr);
}

void progress_end(progress *p) {
  if (p->mode == PROGRESS_JSON) json(p, progress_seconds(p), true);
  progress_clear(p);
}
