/* Decides names word by word, left to right: the permitted label with the highest sum of weights. A name goes on only as the kind it
 * began with. */
#include "text/name.h"

void dem_name(const dem_linear *model, dem_word *words, uint32_t n) {
  uint64_t feature[DEM_NAME_FEATURES];
  for (uint32_t i = 0; i < n; i++) {
    int32_t score[DEM_LINEAR_LABELS] = {0};
    uint32_t count = dem_name_features(words + i, feature), best = 0;
    for (uint32_t k = 0; k < count; k++) dem_linear_add(model, feature[k], score);
    for (uint32_t k = 1; k < DEM_NAME_LABELS; k++)
      if (score[k] > score[best] && dem_name_may(k, (words + i)[-1].name)) best = k;
    words[i].name = (uint8_t)best;
  }
}
