/* What the namer looks at; shared by reader and trainer. Labels: 0 outside, 2k - 1 begins a name of kind k, 2k goes on. */
#ifndef DEM_TEXT_NAME_FEATURES_H
#define DEM_TEXT_NAME_FEATURES_H

#include "doc/doc.h"
#include "text/word.h"

enum { DEM_NAME_LABELS = 2 * DEM_NAME_COUNT - 1, DEM_NAME_FEATURES = 72 };

static inline bool dem_name_may(uint32_t label, uint32_t before) {
  return label == 0 || label % 2 == 1 || before == label || before + 1 == label;
}

/* Features of w[0]; its left neighbours have names, all have tags. */
static inline uint32_t dem_name_features(const dem_word *w, uint64_t *f) {
  uint64_t *p = f;
  uint32_t t = 300, one = w[-1].name, two = w[-2].name;
#define ADD(a, b) *p++ = dem_feature(t++, (a), (b))
  ADD(0, 0);
  ADD(w->form, 0);
  ADD(w->norm, 0);
  ADD(w->form, one);
  ADD(w->shape, 0);
  ADD(w->shape, one);
  ADD(w->shape, dem_two(w->label, one));
  ADD(w->label, one);
  ADD(w->label, dem_two(w[1].label, one));
  ADD(dem_two(w[-1].label, w->label), dem_two(w[1].label, one));
  ADD(one, two);
  for (unsigned k = 0; k < 5; k++) ADD(w->suffix[k], w->traits);
  for (unsigned k = 0; k < 4; k++) ADD(w->prefix[k], w->traits);
  ADD(w->suffix[2], dem_two(one, w->traits));
  ADD(w[-1].norm, 0);
  ADD(w[-2].norm, 0);
  ADD(w[1].norm, 0);
  ADD(w[2].norm, 0);
  ADD(w[-1].norm, dem_two(one, w->shape));
  ADD(w[1].norm, dem_two(one, w->shape));
  ADD(w[-1].form, w->form);
  ADD(w[1].form, w->form);
  ADD(w[-1].norm, w[1].norm);
  ADD(w[-2].norm, w[-1].norm);
  ADD(w[1].norm, w[2].norm);
  ADD(w[-1].shape, dem_two(w->shape, w[1].shape));
  ADD(w[-1].suffix[2], w->shape);
  ADD(w[1].suffix[2], w->shape);
  ADD(w[1].suffix[3], dem_two(w->shape, one));
  ADD(w[1].form, dem_two(w->shape, one));
  ADD(w[2].norm, dem_two(w->shape, w[1].shape));
  ADD(w[-2].norm, dem_two(w[-1].shape, w->shape));
  ADD(w[2].suffix[3], dem_two(w->shape, w[1].shape));
  ADD(w[-3].norm, w->shape);
  ADD(w[3].norm, w->shape);
  ADD(w->cluster[0], one);
  ADD(w->cluster[1], one);
  ADD(w[-1].cluster[1], w->shape);
  ADD(w[1].cluster[1], w->shape);
  ADD(w[1].cluster[1], dem_two(w->cluster[1], one));
  ADD(w[-1].cluster[1], dem_two(w->cluster[1], one));
#undef ADD
  return (uint32_t)(p - f);
}

#endif
