/* Cues of speech and thought ("said", "according to", "his claim that") with what the tree hangs on them. */
#ifndef DEM_FIND_SAID_CUE_H
#define DEM_FIND_SAID_CUE_H

#include "doc/doc.h"

#define DEM_CUE_PARTS 2

typedef struct dem_range {
  uint32_t first, last; /* tokens, half open */
} dem_range;

typedef struct dem_cue {
  dem_range words;               /* the cue itself */
  dem_str class, frame;          /* table CUES */
  bool quotes;                   /* may introduce quotation marks */
  bool clausal;                  /* the content is a clause, not a noun phrase */
  uint32_t speaker;              /* token: head of the speaker's words; DEM_NONE */
  dem_range speaker_words;       /* empty when none */
  uint32_t speaker_means;        /* the word to look up who that is: the antecedent of "who"; else as speaker */
  uint32_t addressee;            /* token; DEM_NONE */
  dem_range part[DEM_CUE_PARTS]; /* the content */
  uint32_t parts;
} dem_cue;
typedef dem_list(dem_cue) dem_cues;

/* All cues of the document in text order, with or without content. Cost: linear in the tokens, times the depth of a tree at
 * the most (sentences are bounded). */
dem_cues dem_said_cues(dem_doc *doc, const dem_model *model);

/* The words of a noun phrase that a reader would name as the speaker: its subtree without outer punctuation, cut where it would
 * swallow `avoid`. */
dem_range dem_said_phrase(const dem_doc *doc, uint32_t head, uint32_t avoid);
dem_range dem_said_trim(const dem_doc *doc, dem_range r); /* punctuation off both ends */
dem_span dem_said_span(const dem_doc *doc, dem_range r);
/* The subject of a verb, climbing from participles, infinitives and coordinated verbs; DEM_NONE. */
uint32_t dem_said_subject(const dem_doc *doc, uint32_t verb);

#endif
