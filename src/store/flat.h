/* A builder of FlatBuffers (https://flatbuffers.dev/internals.html), as far as Arrow's metadata needs it: built from the end to
 * the front, so that what is pointed at comes before what points. Internal to store/. */
#ifndef DEM_STORE_FLAT_H
#define DEM_STORE_FLAT_H

#include "base/str.h"

enum { DEM_FLAT_FIELDS = 8 };

typedef uint32_t dem_flat_ref; /* a place, counted from the end; 0: none */

typedef struct dem_flat {
  unsigned char *bytes; /* owned; the used part is at its end */
  size_t cap, used;
  dem_flat_ref field[DEM_FLAT_FIELDS]; /* of the table being built */
  size_t table_start;
  bool failed; /* memory ran out */
} dem_flat;

void dem_flat_free(dem_flat *f); /* and clears it */

dem_flat_ref dem_flat_string(dem_flat *f, const char *s);
dem_flat_ref dem_flat_refs(dem_flat *f, const dem_flat_ref *ref, size_t n); /* a vector of tables */
/* A vector of structs: `bytes` little-endian as in the file, `n` of `size` bytes each, aligned to 8. */
dem_flat_ref dem_flat_structs(dem_flat *f, const void *bytes, size_t size, size_t n);

void dem_flat_table(dem_flat *f); /* begin one; strings, vectors and tables it holds are built before */
void dem_flat_int(dem_flat *f, unsigned field, int64_t value, unsigned size); /* 1, 2, 4 or 8 bytes */
void dem_flat_ref_field(dem_flat *f, unsigned field, dem_flat_ref ref);
dem_flat_ref dem_flat_end(dem_flat *f);
/* The finished buffer, a multiple of 8 bytes long; valid until dem_flat_free. */
dem_str dem_flat_finish(dem_flat *f, dem_flat_ref root);

#endif
