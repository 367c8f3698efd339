/* Cutting one paragraph into tokens by the conventions of the English UD treebanks. */
#ifndef DEM_TEXT_TOKEN_H
#define DEM_TEXT_TOKEN_H

#include "doc/doc.h"

/* Push the tokens of doc->text[span] onto doc->tokens: span and space_after are set, nothing else. Linear. */
void dem_tokenize(dem_doc *doc, dem_span span);

#endif
