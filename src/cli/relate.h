/* demarche relate: the event type between two given parties. */
#ifndef DEM_CLI_RELATE_H
#define DEM_CLI_RELATE_H

#include "demarche.h"

/* Read the table at `path` ("-": standard input) row by row and write one row for each to `out`, in order. Rows that cannot be
 * read are named on stderr and still answered, so that rows in = rows out. Returns the exit status. */
int dem_cli_relate(const demarche_model *model, const char *path, int out);

#endif
