/* The .dmm file's fixed parts, shared by its reader (model.c) and its writer (pack.c). */
#ifndef DEM_MODEL_FORMAT_H
#define DEM_MODEL_FORMAT_H

#include "base/str.h"
#include "model/model.h"

#define DEM_MAGIC "\x89" "dmm\r\n\x1a\n"
#define DEM_FORMAT 2u

typedef struct dem_header {
  char magic[8];
  uint32_t format, sections;
  uint64_t size;
  uint64_t sum; /* of the header with this field 0, and the directory: no section can get lost or change its name */
  char zero[32];
} dem_header;

typedef struct dem_section {
  char name[32];
  uint64_t offset, length;
  uint64_t sum; /* XXH3-64 */
  char zero[8];
} dem_section;

_Static_assert(sizeof(dem_header) == 64 && sizeof(dem_section) == 64, "the file format fixes these sizes");

typedef struct dem_table_def {
  const char *path, *columns;
} dem_table_def;
extern const dem_table_def dem_table_defs[DEM_TABLE_COUNT];
extern const char *const dem_weights_files[DEM_WEIGHTS_COUNT];

uint64_t dem_header_sum(dem_header head, const void *directory); /* of head.sections entries */
/* Take a table from the bytes of a section, which the model does not own; its id changes. False when they are none. */
bool dem_model_replace(dem_model *model, dem_table_id id, dem_str bytes);
/* Keep a packer's memory (from malloc) until the model is closed. */
struct dem_packer;
void dem_model_keep(dem_model *model, struct dem_packer *packer);
uint32_t dem_count_words(const char *list);
dem_str dem_first_word(dem_str key);

#endif
