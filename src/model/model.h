/* The compiled model: one .dmm file, mapped and checked once, then trusted.
 *
 *   header    64 bytes   magic "\x89" "dmm" CR LF 0x1A LF · u32 format · u32 sections · u64 file size ·
 *                        u64 sum of header and directory · zeros
 *   directory 64 bytes a section: name[32], u64 offset, u64 length, u64 sum (XXH3), zeros
 *   sections  each at a multiple of 64, little-endian, no pointers: "table/NAME", "weights/NAME", "gazetteer", "meta" (JSON)
 *
 *   table     u32 columns, rows, slots, first_slots, strings_len
 *             u32 cells[rows][1 + columns]   offsets into strings; the first is the key
 *             u32 slot[slots]                row + 1 of a key's first row, by XXH3 of the key, linear probing
 *             u32 first[first_slots][2]      first word, longest key (bytes) that begins with it
 *             strings                        each u16 length, then bytes
 * Rows are sorted by key, then by the cells in order.
 */
#ifndef DEM_MODEL_MODEL_H
#define DEM_MODEL_MODEL_H

#include "base/file.h"
#include "base/str.h"
#include "model/gazetteer.h"
#include "model/tables.h"

#define DEM_T_ENUM(NAME, path, columns) DEM_TABLE_##NAME,
#define DEM_W_ENUM(NAME, file) DEM_WEIGHTS_##NAME,
typedef enum dem_table_id { DEM_TABLES(DEM_T_ENUM) DEM_TABLE_COUNT } dem_table_id;
typedef enum dem_weights_id { DEM_WEIGHTS(DEM_W_ENUM) DEM_WEIGHTS_COUNT } dem_weights_id;
#undef DEM_T_ENUM
#undef DEM_W_ENUM

typedef struct dem_table {
  uint32_t columns, rows, slots, first_slots;
  const uint32_t *cells, *slot, *first;
  const unsigned char *strings;
} dem_table;

typedef demarche_model dem_model;

/* As demarche_model_open, but for what only the text stage can check: the insides of the weights. */
demarche_status dem_model_open(const char *path, dem_model **model, demarche_error *err);
/* The same for a file that is open, or bytes from aligned_alloc (64); the model, or the failure, closes it. */
demarche_status dem_model_take(dem_file *file, dem_model **model, demarche_error *err);

const dem_table *dem_model_table(const dem_model *model, dem_table_id id);
const dem_gazetteer *dem_model_gazetteer(const dem_model *model);
dem_str dem_model_weights(const dem_model *model, dem_weights_id id); /* empty when the file has none */
dem_str dem_model_id(const dem_model *model);                         /* "en-1a2b3c4d", from the content */

/* The first of a key's rows, DEM_NONE if the key is unknown. `key` is normalised (dem_norm). */
uint32_t dem_table_find(const dem_table *table, dem_str key);
/* One past the last row that has the same key as `row`. */
uint32_t dem_table_end(const dem_table *table, uint32_t row);
dem_str dem_table_cell(const dem_table *table, uint32_t row, uint32_t column); /* as in the lexicon file */
dem_str dem_table_key(const dem_table *table, uint32_t row);
/* The longest key, in bytes, whose first word is that of `key` (letters and digits up to the first other sign); 0: none. */
uint32_t dem_table_reach(const dem_table *table, dem_str key);

/* Compile lexicon and weights into one file, the same bytes for the same input (tools and tests; uses files and malloc).
 * Problems are printed to stderr, each with file and line; false when there was one. */
bool dem_model_pack(const char *lexicon, const char *weights, const char *out);

#include "model/codes.h"
#include "model/office.h"

#endif
