/* Decides heads and relations move by move: the permitted move with the highest sum of weights, the lowest number among equals. */
#include "text/parse.h"

static unsigned best_move(const dem_linear *model, const dem_parse_state *s) {
  uint64_t feature[DEM_PARSE_FEATURES];
  int32_t score[DEM_LINEAR_LABELS] = {0};
  bool may[3] = {dem_parse_may(s, DEM_MOVE_SHIFT), dem_parse_may(s, DEM_MOVE_LEFT), dem_parse_may(s, DEM_MOVE_RIGHT)};
  uint32_t count = dem_parse_features(s, feature);
  for (uint32_t k = 0; k < count; k++) dem_linear_add(model, feature[k], score);
  unsigned best = DEM_MOVES;
  for (unsigned label = 0; label < DEM_MOVES; label++)
    if (may[dem_move_of(label)] && dem_parse_fits(s, label) && (best == DEM_MOVES || score[label] > score[best])) best = label;
  return best;
}

void dem_parse(const dem_linear *model, dem_parse_state *s) {
  while (!dem_parse_done(s)) dem_parse_apply(s, best_move(model, s));
}
