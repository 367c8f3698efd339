/* What the files of the packer share: rows of lexicon files, and bytes that grow. Memory is the packer's arena. */
#ifndef DEM_MODEL_PACK_H
#define DEM_MODEL_PACK_H

#include "model/format.h"

typedef dem_list(unsigned char) dem_pack_bytes;

typedef struct dem_pack_row {
  dem_str *cell; /* key (dem_norm of the first column), then the columns */
  uint32_t columns;
} dem_pack_row;
typedef dem_list(dem_pack_row) dem_pack_rows;

typedef struct dem_packer {
  dem_arena arena;
  uint32_t problems;
  bool quiet;       /* problems do not go to stderr */
  const char *told; /* the first of them */
  dem_pack_bytes out;
  struct dem_packer *before; /* in a model's list of what was added */
} dem_packer;

/* A message with file and line; nothing is written in the end. */
void dem_pack_problem(dem_packer *p, const char *file, uint32_t line, const char *what);
void dem_pack_append(dem_packer *p, dem_pack_bytes *to, const void *bytes, size_t n);
/* The rows of FOLDER/PATH.tsv and FOLDER/PATH-*.tsv, sorted; false when there is no such file. */
bool dem_pack_read(dem_packer *p, const char *folder, const dem_table_def *def, dem_pack_rows *rows);
/* Sort rows; the form of a table section from them. */
void dem_pack_sort(dem_pack_rows *rows);
void dem_pack_table(dem_packer *p, const dem_pack_rows *rows, uint32_t columns, dem_pack_bytes *to);
/* The section of model/gazetteer.h from the rows of DEM_GAZETTEER_COLUMNS. */
void dem_pack_gazetteer(dem_packer *p, const dem_pack_rows *rows, dem_pack_bytes *to);

#endif
