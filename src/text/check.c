/* Decides whether a model's weights are sound, once, when the model is opened: each blob by its own reader's rules. Refuses a blob
 * that another version wrote. */
#include "text/gap.h"
#include "text/lemma.h"
#include "text/name.h"
#include "text/net.h"
#include "text/text.h"

static bool segment_is_sound(dem_str blob) {
  dem_gap_weights w;
  return dem_gap_weights_open(blob, &w);
}

static bool lemmas_are_sound(dem_str blob) {
  dem_lemmas l;
  return dem_lemmas_open(blob, &l) && dem_lemmas_sound(&l);
}

static bool net_is_sound(dem_str blob) {
  dem_net n;
  return dem_net_open(blob, &n) && dem_net_sound(&n);
}

static bool namer_is_sound(dem_str blob) {
  dem_namer n;
  return dem_namer_open(blob, NULL, &n);
}

const char *dem_text_check(const dem_model *model) {
  static const struct {
    dem_weights_id id;
    bool (*sound)(dem_str blob);
    const char *wrong;
  } checks[] = {
      {DEM_WEIGHTS_SEGMENT, segment_is_sound,
       "weights/segment.bin is damaged or of another version; rebuild the model with `make`"},
      {DEM_WEIGHTS_NET, net_is_sound, "weights/net.bin is damaged or of another version; rebuild the model with `make`"},
      {DEM_WEIGHTS_LEMMA, lemmas_are_sound, "weights/lemma.bin is damaged or of another version; rebuild the model with `make`"},
      {DEM_WEIGHTS_NAME, namer_is_sound, "weights/name.bin is damaged or of another version; rebuild the model with `make`"}};
  for (size_t i = 0; i < sizeof checks / sizeof *checks; i++) {
    dem_str blob = dem_model_weights(model, checks[i].id);
    if (blob.len && !checks[i].sound(blob)) return checks[i].wrong;
  }
  return NULL;
}
