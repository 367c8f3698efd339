/* The command's options: one table makes parsing, --help and the man page. */
#ifndef DEM_CLI_OPTIONS_H
#define DEM_CLI_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>

#include "cli/progress.h"
#include "demarche.h"
#include "store/store.h"

typedef enum command_id {
  CMD_CODE, CMD_READ, CMD_PARSE, CMD_EXPLAIN, CMD_RELATE, CMD_EVAL, CMD_ACTORS, CMD_LEXICON, CMD_MODEL, CMD_TRAIN,
  CMD_INGEST, CMD_REBUILD, CMD_LINK, CMD_EVENTS, CMD_TIES, CMD_EXPORT, CMD_COUNT
} command_id;

typedef struct settings {
  const char *program; /* argv[0] */
  command_id command;
  demarche_part part;
  const char *date, *output, *model, *lexicon, *on; /* NULL when not given */
  const char *from, *map, *limits;        /* NULL when not given */
  bool check;
  unsigned jobs;                     /* 1 to MAX_JOBS */
  bool conllu;
  /* the store's commands */
  const char *store, *svg; /* NULL when not given */
  progress_mode progress;
  bool no_link, explain;
  bool targeted; /* a target was asked for */
  bool quiet;    /* no counts */
  int window; /* days */
  dem_filter filter;
  dem_period by;
  dem_target target;
  char **args; /* what is no option: files, or a sentence; points into argv */
  size_t n;
} settings;

#define MAX_JOBS 256u

typedef enum parsed { PARSED_RUN, PARSED_DONE, PARSED_WRONG } parsed;

/* Read argv into `s`. PARSED_DONE: --help, --version or --man was answered on stdout. PARSED_WRONG: the reason is on stderr.
 * `argv` is reordered; s->args points into it. */
parsed options_parse(int argc, char **argv, settings *s);
void options_help(command_id command); /* to stdout; CMD_COUNT: the first screen */

#endif
