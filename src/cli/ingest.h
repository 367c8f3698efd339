/* demarche ingest and rebuild: dispatches into a store, and their records made anew. */
#ifndef DEM_CLI_INGEST_H
#define DEM_CLI_INGEST_H

#include "cli/inputs.h"
#include "cli/options.h"
#include "store/store.h"

/* Code all dispatches of `list` that the store lacks and put them in, in input order; then link unless s->no_link. Complaints
 * and counts go to stderr. Returns the exit status. */
int dem_cli_ingest(const settings *s, const demarche_model *model, const inputs *list, dem_store *store);
/* Code again what another coder or model coded; then link. */
int dem_cli_rebuild(const settings *s, const demarche_model *model, dem_store *store);
/* Link and say what came of it, the reasons on stdout when `explain`. */
int dem_cli_link(const settings *s, dem_store *store);

#endif
