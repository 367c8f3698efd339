/* The door of stage 2: dispatch -> sentences, tokens, tags, lemmas, trees, names.
 *
 * Reads doc->text and doc->paragraphs, writes doc->sentences and doc->tokens. Without weights in the model it still splits
 * and tokenizes. Linear in the text. */
#ifndef DEM_TEXT_TEXT_H
#define DEM_TEXT_TEXT_H

#include "doc/doc.h"

void dem_text(dem_doc *doc, const dem_model *model);

/* Look at every byte of the weights that reading them relies on: NULL, or one line that says what is wrong and what to do. What
 * passed needs no checks in dem_text. Weights that are absent are no fault. */
const char *dem_text_check(const dem_model *model);

#endif
