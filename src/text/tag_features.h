/* What the tagger looks at; shared by reader and trainer. */
#ifndef DEM_TEXT_TAG_FEATURES_H
#define DEM_TEXT_TAG_FEATURES_H

#include "text/word.h"

enum { DEM_TAG_FEATURES = 64, DEM_PAD = 3 }; /* words before and after a sentence that may be looked at: zeros */

/* Features of w[0]; its left neighbours have labels. Returns how many. */
static inline uint32_t dem_tag_features(const dem_word *w, uint64_t *f) {
  uint64_t *p = f;
  uint32_t t = 0, one = w[-1].label, two = w[-2].label;
  uint32_t history = one << 8 | two;
#define ADD(a, b) *p++ = dem_feature(t++, (a), (b))
  ADD(0, 0);
  ADD(w->form, 0);
  ADD(w->norm, 0);
  for (unsigned k = 0; k < 5; k++) ADD(w->suffix[k], 1);
  for (unsigned k = 0; k < 4; k++) ADD(w->prefix[k], 1);
  ADD(w->shape, 0);
  ADD(w->shape, dem_two(one, w->suffix[2]));
  ADD(w->shape, dem_two(w[-1].shape, w[1].shape));
  ADD(w->traits, dem_two(w->suffix[2], w->cluster[0]));
  ADD(one, 0);
  ADD(history, 0);
  ADD(one, w->norm);
  ADD(history, w->norm);
  ADD(one, w->suffix[2]);
  ADD(one, dem_two(w->suffix[1], w->traits));
  ADD(w[-1].norm, 0);
  ADD(w[-2].norm, 0);
  ADD(w[1].norm, 0);
  ADD(w[2].norm, 0);
  ADD(w[-1].norm, w->norm);
  ADD(w[1].norm, w->norm);
  ADD(w[-1].norm, w[1].norm);
  ADD(w[-1].norm, w->suffix[2]);
  ADD(w[1].norm, w->suffix[2]);
  ADD(w[1].norm, dem_two(one, w->suffix[1]));
  ADD(w[-1].suffix[2], 0);
  ADD(w[1].suffix[2], 0);
  ADD(w[1].suffix[1], w->norm);
  ADD(w[2].suffix[2], 0);
  ADD(w[1].suffix[2], dem_two(one, w->traits));
  ADD(w[1].shape, w->norm);
  ADD(w[-1].shape, w->shape);
  ADD(w[1].traits, w->traits);
  ADD(w->cluster[0], 0);
  ADD(w->cluster[1], 0);
  ADD(w->cluster[1], one);
  ADD(w[-1].cluster[1], 0);
  ADD(w[1].cluster[1], 0);
  ADD(w[1].cluster[0], dem_two(w->cluster[0], one));
  ADD(w[-1].cluster[1], w->norm);
  ADD(w[1].cluster[1], w->norm);
  ADD(w[2].cluster[1], dem_two(w[1].cluster[1], w->norm));
  ADD(w[-1].cluster[1], dem_two(w->cluster[1], w[1].cluster[1]));
#undef ADD
  return (uint32_t)(p - f);
}

#endif
