/* Plain words of any training file, for what learns from raw text. */
#ifndef DEM_TRAIN_CORPUS_H
#define DEM_TRAIN_CORPUS_H

#include "base/str.h"

/* Called for each word in turn (normalised: lower case, digits as 0; borrowed until the call returns), and with an empty word
 * where a sentence ends. */
typedef void (*dem_corpus_take)(void *to, dem_str word);

/* Read a file (gzipped or not): JSON lines (members `headline` and `text`, split by the text stage), CoNLL-U (its tokens), or a
 * token with its label a line. False, with a line on stderr, when it cannot be read. */
bool dem_corpus_read(const char *path, dem_corpus_take take, void *to);

#endif
