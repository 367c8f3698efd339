/* Tags: Penn tag and universal part of speech, as one label. */
#ifndef DEM_TEXT_TAG_H
#define DEM_TEXT_TAG_H

#include "doc/doc.h"
#include "text/linear.h"
#include "text/word.h"

typedef struct dem_tagger {
  dem_linear model;
  dem_str tag[DEM_LINEAR_LABELS + 1]; /* by label + 1, the number words carry; 0 is "not tagged" */
  uint8_t upos[DEM_LINEAR_LABELS + 1];
} dem_tagger;

bool dem_tagger_open(dem_str weights, dem_tagger *tagger);
/* The names of labels, one a line ("NNP PROPN"), spread into the tables. */
void dem_tagger_labels(dem_str names, dem_tagger *tagger);
/* Set `label` of words[0, n); DEM_PAD zeros stand on both sides. */
void dem_tag(const dem_tagger *tagger, dem_word *words, uint32_t n);

#endif
