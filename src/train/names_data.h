/* Name lists as training data. */
#ifndef DEM_TRAIN_NAMES_DATA_H
#define DEM_TRAIN_NAMES_DATA_H

#include "train/data.h"

/* Read token-per-line files (token, BIO label, more columns that are not looked at; or a word number before them) one after
 * another into one doc: name, name_begin and norm of the tokens are set; `# doc` begins a paragraph of its own, an empty line
 * ends a sentence, and so does a full stop, since many files hold whole paragraphs a line. False, with a line on stderr, when a
 * file cannot be read or holds a kind of name that is not known. */
bool dem_names_load(char **paths, int n, dem_data *data);

#endif
