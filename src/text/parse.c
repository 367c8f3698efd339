/* Decides heads move by move and, with each arc, its relation: always the permitted label with the highest sum of weights, the
 * lowest number among equals. The relation "root" is not learned: ROOT's one dependent has it, nothing else does. */
#include "text/parse.h"

bool dem_parser_open(dem_str moves, dem_str relations, dem_parser *parser) {
  return dem_hashed_open(moves, &parser->moves) && dem_linear_open(relations, &parser->relations);
}

static unsigned best_move(const dem_hashed *model, const dem_parse_state *s) {
  uint64_t feature[DEM_PARSE_FEATURES];
  int32_t score[DEM_HASHED_CHOICES] = {0};
  unsigned best = DEM_MOVES, open = 0;
  for (unsigned m = 0; m < DEM_MOVES; m++)
    if (dem_parse_may(s, m)) best = m, open++;
  if (open == 1) return best;
  uint32_t n = dem_parse_features(s, feature);
  for (uint32_t k = 0; k < n; k++) dem_hashed_add(model, feature[k], score);
  best = DEM_MOVES;
  for (unsigned m = 0; m < DEM_MOVES; m++)
    if (dem_parse_may(s, m) && (best == DEM_MOVES || score[m] > score[best])) best = m;
  return best;
}

static unsigned best_relation(const dem_linear *model, const dem_parse_state *s, dem_arc arc) {
  uint64_t feature[DEM_PARSE_FEATURES];
  int32_t score[DEM_LINEAR_LABELS] = {0};
  if (arc.head == s->n) return DEM_DEPREL_ROOT;
  uint32_t n = dem_relation_features(s, arc, feature);
  for (uint32_t k = 0; k < n; k++) dem_linear_add(model, feature[k], score);
  unsigned best = DEM_DEPREL_DEP;
  for (unsigned rel = 0; rel < DEM_DEPREL_COUNT; rel++)
    if (rel != DEM_DEPREL_ROOT && score[rel] > score[best]) best = rel;
  return best;
}

void dem_parse(const dem_parser *parser, dem_parse_state *s) {
  while (!dem_parse_done(s)) {
    unsigned move = best_move(&parser->moves, s);
    if (move == DEM_MOVE_SHIFT) dem_parse_shift(s);
    else dem_parse_attach(s, move, best_relation(&parser->relations, s, dem_parse_arc(s, move)));
  }
}
