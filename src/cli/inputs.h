/* What is to be coded: files, directories, standard input, sentences; and the dispatches in them, one after the other. */
#ifndef DEM_CLI_INPUTS_H
#define DEM_CLI_INPUTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "demarche.h"
#include "feed/feed.h"

typedef struct input {
  char *name;   /* owned: a path, "-", or the sentence itself */
  bool literal; /* a sentence, not a path */
} input;

typedef struct inputs {
  input *at;
  size_t n, cap;
} inputs;

/* Add a path, what a pattern matches, or all files under a directory in sorted order (hidden ones, *.gold.jsonl and links to directories left out).
 * False when memory ran out. What cannot be read is added too: opening it will tell. */
bool inputs_add(inputs *list, const char *path);
bool inputs_add_literal(inputs *list, const char *text);
void inputs_free(inputs *list);

/* One dispatch of an input, or the reason why there is none. */
struct source;
typedef struct piece {
  demarche_str bytes;
  char *owned;           /* of the bytes, when they are the piece's own */
  const char *name;      /* of the input it came from; lives until feed_release */
  struct source *source; /* for feed_release; NULL when the input would not open */
  uint64_t record;       /* counts from 1 within its input */
  bool many;             /* its input holds more than one */
  char trouble[240];     /* not empty: there is no dispatch */
} piece;

/* How inputs are to be read. */
typedef struct reading {
  const char *from; /* the format the user forces; NULL: none */
  dem_limits limits;
  bool chunk; /* cut plain text and CoNLL-U at blank lines, so that a treebank is many small pieces */
} reading;

typedef struct feed {
  const inputs *list;
  reading how;
  size_t next;           /* index of the next input to open */
  struct source *source; /* the one being cut */
} feed;

/* Not for several threads at once: callers hold their lock. */
bool feed_next(feed *f, piece *out); /* false at the end */
void feed_release(piece *p);         /* the piece's bytes are no longer needed */
void feed_close(feed *f);

#endif
