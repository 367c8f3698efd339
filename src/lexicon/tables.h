/* Folders of lexicon tables, read for checking and comparing. */
#ifndef DEM_LEXICON_TABLES_H
#define DEM_LEXICON_TABLES_H

#include "model/model.h"

enum { DEM_CELLS_MOST = 12 };

typedef struct dem_lexicon_row {
  dem_str line, cell[DEM_CELLS_MOST];
  dem_str file;
  uint32_t number;  /* of its line, from 1 */
  uint32_t columns; /* cells that were there; may differ from the header's */
} dem_lexicon_row;
typedef dem_list(dem_lexicon_row) dem_lexicon_rows;

typedef struct dem_lexicon_file {
  dem_str path, header;
  uint32_t header_line, first, last; /* its rows, half open */
} dem_lexicon_file;
typedef dem_list(dem_lexicon_file) dem_lexicon_files;

/* The table's path and columns, as in model/tables.h; NULL past the last one. */
const char *dem_lexicon_path(uint32_t table);
const char *dem_lexicon_columns(uint32_t table);

/* Rows of FOLDER/PATH.tsv and FOLDER/PATH-*.tsv, in the order of the files' names. Comments and blank lines are left out. False when a
 * file could not be read; `err` says which. */
bool dem_lexicon_read(dem_arena *arena, const char *folder, const char *path, dem_lexicon_files *files, dem_lexicon_rows *rows,
                      demarche_error *err);

#endif
