/* How far a long run is: a line that is drawn again on a terminal, or JSON Lines, on stderr. */
#ifndef DEM_CLI_PROGRESS_H
#define DEM_CLI_PROGRESS_H

#include <stdbool.h>
#include <stdint.h>

typedef enum progress_mode { PROGRESS_AUTO, PROGRESS_NEVER, PROGRESS_JSON } progress_mode;

typedef struct progress {
  const char *verb;  /* "ingesting" */
  progress_mode mode; /* AUTO: only on a terminal */
  uint64_t dispatches, fresh, known, copies, events, failed;
  uint64_t bytes, total; /* of the inputs; total 0: unknown */
  double began, shown;
} progress;

void progress_begin(progress *p, const char *verb, progress_mode mode, uint64_t total);
void progress_step(progress *p);  /* shows at most ten times a second (JSON: once a second) */
void progress_clear(progress *p); /* before other words go to stderr */
void progress_end(progress *p);   /* the last line of JSON; takes the bar away */
double progress_seconds(const progress *p);

#endif
