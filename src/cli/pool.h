/* Many pieces through any number of threads, handed on in the order of the input. */
#ifndef DEM_CLI_POOL_H
#define DEM_CLI_POOL_H

#include "cli/inputs.h"

typedef struct pool_job {
  void *state;                       /* given back to every function below */
  void *(*open)(void *state);        /* what a thread keeps for itself (a doc); NULL is handed on to `make` */
  void (*close)(void *own);          /* NULL is fine */
  void (*make)(void *state, void *own, const piece *p, void *slot); /* in any thread, many at once */
  bool (*take)(void *state, void *slot); /* one at a time, in input order; empties the slot; false stops the run */
  void (*drop)(void *slot);          /* at the end, for every slot: free what it still holds */
  size_t slot_size;                  /* bytes; slots begin zeroed */
} pool_job;

/* Run all pieces of `list` with `jobs` threads (1 to MAX_JOBS), this one included. False when memory for the slots ran out. */
bool pool_run(const pool_job *job, const inputs *list, unsigned jobs, reading how);

#endif
