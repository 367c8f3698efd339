/* The words of one sentence, as the models see them. */
#ifndef DEM_TEXT_WORDS_H
#define DEM_TEXT_WORDS_H

#include "doc/doc.h"
#include "text/segment.h"
#include "text/tag_features.h"
#include "text/word.h"

typedef struct dem_words {
  dem_word room[DEM_SENTENCE_MAX + 2 * DEM_PAD];
  uint8_t upos[DEM_SENTENCE_MAX + 2];
  uint32_t n;
} dem_words;

static inline dem_word *dem_words_at(dem_words *w) { return w->room + DEM_PAD; }

/* Fill `words` from the sentence's tokens, whose norm is set; labels are 0. Past the last word stand ROOT and NONE. */
void dem_words_fill(const dem_doc *doc, const dem_sentence *sentence, dem_words *words);

#endif
