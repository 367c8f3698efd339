/* Decides each word's tag from left to right, greedily: the label with the highest sum of weights, the lowest number among
 * equals. What is decided is not taken back. */
#include "text/tag.h"

#include "text/tag_features.h"

void dem_tagger_labels(dem_str names, dem_tagger *tagger) {
  tagger->tag[0] = DEM_S("NN");
  tagger->upos[0] = DEM_UPOS_NOUN;
  for (uint32_t i = 1; i <= DEM_LINEAR_LABELS; i++) {
    dem_str line = dem_str_cut(&names, '\n');
    tagger->tag[i] = dem_str_cut(&line, ' ');
    tagger->upos[i] = (uint8_t)dem_upos_of(line);
  }
}

bool dem_tagger_open(dem_str weights, dem_tagger *tagger) {
  if (!dem_linear_open(weights, &tagger->model)) return false;
  if (tagger->model.labels == DEM_LINEAR_LABELS) return false; /* words carry label + 1 in a byte */
  dem_tagger_labels(tagger->model.names, tagger);
  return true;
}

void dem_tag(const dem_tagger *tagger, dem_word *words, uint32_t n) {
  uint64_t feature[DEM_TAG_FEATURES];
  for (uint32_t i = 0; i < n; i++) {
    int32_t score[DEM_LINEAR_LABELS] = {0};
    uint32_t count = dem_tag_features(words + i, feature), best = 0;
    for (uint32_t k = 0; k < count; k++) dem_linear_add(&tagger->model, feature[k], score);
    for (uint32_t k = 1; k < tagger->model.labels; k++)
      if (score[k] > score[best]) best = k;
    words[i].label = (uint8_t)(best + 1);
  }
}
