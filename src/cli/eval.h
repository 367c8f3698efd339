/* demarche eval: coded events against gold events, in numbers. */
#ifndef DEM_CLI_EVAL_H
#define DEM_CLI_EVAL_H

#include "demarche.h"

/* Code the dispatches that gold files (JSON Lines of events, `dispatch.source` naming a file beside the gold file; or folders
 * that hold *.gold.jsonl) speak of, and print precision, recall and F1 on stdout. Returns the exit code. */
int dem_cli_eval(const demarche_model *model, int n, char **paths);

#endif
