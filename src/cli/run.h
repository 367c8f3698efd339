/* Many dispatches through one model, with any number of threads, written in the order of the input. */
#ifndef DEM_CLI_RUN_H
#define DEM_CLI_RUN_H

#include "cli/inputs.h"
#include "cli/options.h"

typedef struct run_result {
  uint64_t dispatches, failed;
  bool closed;     /* the reader of the output went away: success */
  char wrong[240]; /* not empty: the whole run failed */
} run_result;

/* `model` may be NULL for CMD_READ. Output goes to the descriptor `out`, complaints to stderr, one line each. */
void run_all(const settings *s, const demarche_model *model, const inputs *list, int out, run_result *result);

/* What the settings say of reading; a doc with its options set, NULL when memory ran out. */
reading how_to_read(const settings *s);
demarche_doc *new_reader(const settings *s);

/* Write all of it; false with errno set when the descriptor refuses. */
bool write_all(int fd, const char *bytes, size_t n);
/* A line for people: "demarche: NAME: WHY", control characters out. */
void complain(const char *name, const char *why);

#endif
