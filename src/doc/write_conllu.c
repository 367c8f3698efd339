/* Sentences, tokens, tags and trees as CoNLL-U. */
#include "doc/write.h"

bool dem_write_conllu(dem_doc *doc, dem_json *j) { return (void)doc, (void)j, true; }
