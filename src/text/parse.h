/* Dependency trees. */
#ifndef DEM_TEXT_PARSE_H
#define DEM_TEXT_PARSE_H

#include "text/hashed.h"
#include "text/linear.h"
#include "text/parse_state.h"

typedef struct dem_parser {
  dem_hashed moves;
  dem_linear relations;
} dem_parser;

bool dem_parser_open(dem_str moves, dem_str relations, dem_parser *parser);
/* Parse from the start state to the end: heads and relations are in state->node. Any weights give a tree. */
void dem_parse(const dem_parser *parser, dem_parse_state *state);

#endif
