/* Sentences and tokens of the whole text. */
#ifndef DEM_TEXT_SEGMENT_H
#define DEM_TEXT_SEGMENT_H

#include "doc/doc.h"

enum { DEM_SENTENCE_MAX = 512 }; /* tokens; longer sentences are cut */

/* Fill doc->tokens (span, space_after, sentence) and doc->sentences from doc->text, paragraph by paragraph; the dateline is
 * left out. Without paragraphs in the doc, blank lines part them (and are then written to doc->paragraphs). `weights`: the blob
 * that text/gap.h describes; empty or unsound: by plain rule. */
void dem_segment(dem_doc *doc, dem_str weights);

/* Close the sentence that begins at token `first` and runs to the last token, cutting it when it is too long. */
void dem_sentence_close(dem_doc *doc, uint32_t first, uint32_t paragraph);

#endif
