/* `demarche lexicon`: dictionaries of other programs into our tables; checking and comparing folders of tables. Uses files,
 * stdio and malloc; not for stages. Each returns the exit status of the contract: 0 all well, 1 something is wrong and was
 * named, 2 wrong usage. */
#ifndef DEM_LEXICON_LEXICON_H
#define DEM_LEXICON_LEXICON_H

#include <stddef.h>

#include "demarche.h"

/* Read TABARI / PETRARCH files and write FOLDER/actors/…, offices/…, words/…, SOURCES.tsv for `--lexicon FOLDER`. The report
 * goes to stdout: what was read, what became of it, each line that could not be read. `model` knows the country codes. */
int dem_lexicon_import(const demarche_model *model, const char *folder, size_t n, char **files);

/* Every problem of a folder of tables on stdout, with file and line: header, columns, UTF-8, order, codes, dates, sources, two
 * holders of one office on one day. */
int dem_lexicon_check(const demarche_model *model, const char *folder);

/* Rows that only one of two folders has, "- " or "+ " before table and row; a count on stderr. 0: they are equal, 1: not. */
int dem_lexicon_diff(const char *before, const char *after);

#endif
