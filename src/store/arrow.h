/* Arrow: the C data interface and a writer of IPC files from it. Internal to store/.
 *
 * The two structs are the ABI of https://arrow.apache.org/docs/format/CDataInterface.html, which asks programs to define them
 * themselves. The file format is that of https://arrow.apache.org/docs/format/Columnar.html (IPC file format, metadata version
 * V5): flat columns of the types below, no dictionaries, no compression, little-endian. */
#ifndef DEM_STORE_ARROW_H
#define DEM_STORE_ARROW_H

#include "base/json.h"

#ifndef ARROW_C_DATA_INTERFACE
#define ARROW_C_DATA_INTERFACE
#define ARROW_FLAG_NULLABLE 2

struct ArrowSchema {
  const char *format, *name, *metadata;
  int64_t flags, n_children;
  struct ArrowSchema **children, *dictionary;
  void (*release)(struct ArrowSchema *);
  void *private_data;
};

struct ArrowArray {
  int64_t length, null_count, offset, n_buffers, n_children;
  const void **buffers;
  struct ArrowArray **children, *dictionary;
  void (*release)(struct ArrowArray *);
  void *private_data;
};
#endif

typedef struct dem_ipc_block {
  int64_t offset, body;
  int32_t metadata;
} dem_ipc_block;

/* A file being written. Owned memory is freed by dem_ipc_close. */
typedef struct dem_ipc {
  dem_json *out;
  int64_t at; /* bytes written */
  dem_ipc_block *block;
  size_t blocks, cap;
  bool failed; /* memory ran out, or a type is not one of "u" "l" "g" "b" "tdD" */
} dem_ipc;

void dem_ipc_open(dem_ipc *ipc, dem_json *out, const struct ArrowSchema *schema); /* schema: "+s", its children the columns */
void dem_ipc_batch(dem_ipc *ipc, const struct ArrowSchema *schema, const struct ArrowArray *batch);
void dem_ipc_close(dem_ipc *ipc, const struct ArrowSchema *schema); /* false in ipc->failed when something went wrong */

#endif
