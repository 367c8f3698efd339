/* What the sentence splitter looks at: the gaps between tokens, as features of a linear model, shared by its reader and its
 * trainer.
 *
 *   weights  u32 magic, version, log2, zero · i8[1 << log2]   a feature's weight lies at the low bits of its hash
 *
 * A paragraph is loaded once (`dem_gaps_load`), then its gaps are asked from left to right; `dem_gaps_end` says where a
 * sentence ended. Integers only; every gap costs the same, whatever the text. */
#ifndef DEM_TEXT_GAP_H
#define DEM_TEXT_GAP_H

#include "doc/doc.h"

#define DEM_GAP_MAGIC 0x31504744u /* "DGP1" */
enum { DEM_GAP_VERSION = 1, DEM_GAP_FEATURES = 34 };

typedef struct dem_gap_word {
  uint32_t form;   /* hash, lower case, digits as 0 */
  uint32_t suffix; /* of the last three bytes */
  uint32_t stop;   /* tokens to the next full stop, question or exclamation mark */
  uint8_t kind;    /* gap.c's */
  bool space;      /* white space follows */
} dem_gap_word;

typedef struct dem_gaps {
  dem_list(dem_gap_word) words; /* of one paragraph, with padding at both ends */
  uint32_t n;                   /* tokens */
  uint32_t begin;               /* of the sentence that runs */
  uint32_t depth;               /* brackets open since its begin */
  bool quoted;                  /* a quotation has opened since */
  uint32_t seen;                /* tokens counted in depth and quoted */
  uint32_t habit;               /* of the paragraph: how its full stops are followed, how it ends */
} dem_gaps;

typedef struct dem_gap_weights {
  const int8_t *weight; /* NULL: none */
  uint32_t mask;
} dem_gap_weights;

/* False when the blob is no sound set of weights. */
bool dem_gap_weights_open(dem_str blob, dem_gap_weights *w);

/* Tokens [first, last) are a paragraph. Memory from the doc's arena, reused by the next call. */
void dem_gaps_load(dem_gaps *g, dem_doc *doc, uint32_t first, uint32_t last);
/* May a sentence end after token i (counted from the paragraph's first)? Only then it has features. */
bool dem_gap_open(const dem_gaps *g, uint32_t i);
/* The features of the gap after token i; later gaps of the paragraph must not have been asked before. */
void dem_gap_features(dem_gaps *g, uint32_t i, uint32_t features[DEM_GAP_FEATURES]);
/* A sentence ended with token i. */
void dem_gaps_end(dem_gaps *g, uint32_t i);

/* What edited news leaves no doubt about, for training on text without gold: DEM_GAP_END after a plain full stop before a
 * capital, DEM_GAP_NONE between words without any stop, else DEM_GAP_DOUBT. Only for gaps that are open. */
typedef enum dem_gap_sense { DEM_GAP_NONE, DEM_GAP_END, DEM_GAP_DOUBT } dem_gap_sense;
dem_gap_sense dem_gap_plain(const dem_gaps *g, uint32_t i);

#endif
