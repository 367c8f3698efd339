/* Dependency trees. */
#ifndef DEM_TEXT_PARSE_H
#define DEM_TEXT_PARSE_H

#include "text/linear.h"
#include "text/parse_state.h"

/* Parse from the start state to the end: heads and relations are in state->node. A model of other labels gives any tree. */
void dem_parse(const dem_linear *model, dem_parse_state *state);

#endif
