/* CoNLL-U in. */
#ifndef DEM_TEXT_CONLLU_H
#define DEM_TEXT_CONLLU_H

#include "doc/doc.h"

/* Fill text, paragraphs, sentences and tokens from CoNLL-U; tokens and sentences are kept as they are (only sentences past
 * DEM_SENTENCE_MAX are cut). Lemma, tag, upos, head and deprel are read too where they stand (for training); heads that make
 * no sense become DEM_NONE. Lines that are no CoNLL-U are skipped. Linear. */
void dem_conllu_read(dem_doc *doc, dem_str bytes);

#endif
