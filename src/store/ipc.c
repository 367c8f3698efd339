/* The Arrow IPC file: magic, schema, batches, footer. Invariant: every message and every buffer begins at a multiple of eight
 * bytes of the file, and buffers are padded with zeros. Refuses: types other than those of the store's columns. */
#include <stdlib.h>

#include "store/arrow.h"
#include "store/flat.h"

enum { SCHEMA = 1, RECORD_BATCH = 3, V5 = 4, MOST_COLUMNS = 64 };

static const char zeros[8];

static void put(dem_ipc *ipc, const void *bytes, size_t n) {
  dem_json_raw(ipc->out, (dem_str){bytes, n});
  ipc->at += (int64_t)n;
}

static size_t padding(size_t n) { return (8 - n % 8) % 8; }

static void put_int(dem_ipc *ipc, uint32_t v) {
  unsigned char b[] = {(unsigned char)v, (unsigned char)(v >> 8), (unsigned char)(v >> 16), (unsigned char)(v >> 24)};
  put(ipc, b, 4);
}

/* ---- metadata ---- */

typedef struct type_of {
  const char *format;
  unsigned char id; /* in the union Type */
} type_of;

static const type_of types[] = {{"u", 5}, {"l", 2}, {"g", 3}, {"b", 6}, {"tdD", 8}};

static const type_of *find_type(const char *format) {
  for (size_t i = 0; i < sizeof types / sizeof *types; i++)
    if (strcmp(types[i].format, format) == 0) return &types[i];
  return NULL;
}

static dem_flat_ref type_table(dem_flat *f, const char *format) {
  dem_flat_table(f);
  switch (format[0]) {
    case 'l': /* Int: bitWidth, is_signed */
      dem_flat_int(f, 0, 64, 4);
      dem_flat_int(f, 1, 1, 1);
      break;
    case 'g': dem_flat_int(f, 0, 2, 2); break; /* FloatingPoint: DOUBLE */
    case 't': dem_flat_int(f, 0, 0, 2); break; /* Date: DAY */
    default: break;
  }
  return dem_flat_end(f);
}

static dem_flat_ref field_table(dem_ipc *ipc, dem_flat *f, const struct ArrowSchema *column) {
  const type_of *t = find_type(column->format);
  if (!t) ipc->failed = true;
  dem_flat_ref name = dem_flat_string(f, column->name), type = type_table(f, column->format), none = dem_flat_refs(f, NULL, 0);
  dem_flat_table(f);
  dem_flat_ref_field(f, 0, name);
  dem_flat_int(f, 1, (column->flags & ARROW_FLAG_NULLABLE) != 0, 1);
  dem_flat_int(f, 2, t ? t->id : 1, 1);
  dem_flat_ref_field(f, 3, type);
  dem_flat_ref_field(f, 5, none);
  return dem_flat_end(f);
}

static dem_flat_ref schema_table(dem_ipc *ipc, dem_flat *f, const struct ArrowSchema *schema) {
  dem_flat_ref field[MOST_COLUMNS];
  size_t n = (size_t)schema->n_children;
  if (n > MOST_COLUMNS) return ipc->failed = true, 0;
  for (size_t i = 0; i < n; i++) field[i] = field_table(ipc, f, schema->children[i]);
  dem_flat_ref fields = dem_flat_refs(f, field, n);
  dem_flat_table(f);
  dem_flat_int(f, 0, 0, 2); /* little-endian */
  dem_flat_ref_field(f, 1, fields);
  return dem_flat_end(f);
}

/* Metadata with its marks, padded; its length in the file. */
static int32_t put_message(dem_ipc *ipc, dem_flat *f, unsigned kind, dem_flat_ref header, int64_t body) {
  dem_flat_table(f);
  dem_flat_int(f, 3, body, 8);
  dem_flat_ref_field(f, 2, header);
  dem_flat_int(f, 0, V5, 2);
  dem_flat_int(f, 1, kind, 1);
  dem_str bytes = dem_flat_finish(f, dem_flat_end(f));
  size_t pad = padding(bytes.len);
  if (f->failed) ipc->failed = true;
  put_int(ipc, 0xFFFFFFFFu);
  put_int(ipc, (uint32_t)(bytes.len + pad));
  put(ipc, bytes.data, bytes.len);
  put(ipc, zeros, pad);
  return (int32_t)(8 + bytes.len + pad);
}

void dem_ipc_open(dem_ipc *ipc, dem_json *out, const struct ArrowSchema *schema) {
  dem_flat f = {0};
  *ipc = (dem_ipc){.out = out};
  put(ipc, "ARROW1\0", 8);
  dem_flat_ref header = schema_table(ipc, &f, schema);
  put_message(ipc, &f, SCHEMA, header, 0);
  dem_flat_free(&f);
}

/* ---- batches ---- */

typedef struct piece {
  const void *bytes;
  size_t len;
} piece;

static size_t bitmap_size(int64_t n) { return (size_t)(n + 7) / 8; }

/* The buffers of one column: validity, then offsets and text, or values. */
static size_t column_pieces(const char *format, const struct ArrowArray *a, piece out[3]) {
  out[0] = (piece){a->buffers[0], a->null_count ? bitmap_size(a->length) : 0};
  if (format[0] == 'u') {
    const int32_t *offset = a->buffers[1];
    out[1] = (piece){offset, (size_t)(a->length + 1) * 4};
    out[2] = (piece){a->buffers[2], (size_t)offset[a->length]};
    return 3;
  }
  size_t size = format[0] == 'b' ? bitmap_size(a->length) : (size_t)a->length * (format[0] == 't' ? 4 : 8);
  out[1] = (piece){a->buffers[1], size};
  return 2;
}

static bool add_block(dem_ipc *ipc, dem_ipc_block block) {
  if (ipc->blocks == ipc->cap) {
    size_t cap = ipc->cap ? ipc->cap * 2 : 16;
    dem_ipc_block *wider = realloc(ipc->block, cap * sizeof *wider);
    if (!wider) return false;
    ipc->block = wider;
    ipc->cap = cap;
  }
  ipc->block[ipc->blocks++] = block;
  return true;
}

void dem_ipc_batch(dem_ipc *ipc, const struct ArrowSchema *schema, const struct ArrowArray *batch) {
  piece all[3 * MOST_COLUMNS];
  int64_t node[2 * MOST_COLUMNS] = {0}, buffer[6 * MOST_COLUMNS] = {0}, body = 0;
  size_t n = (size_t)schema->n_children, pieces = 0;
  if (n > MOST_COLUMNS) {
    ipc->failed = true;
    return;
  }
  for (size_t i = 0; i < n; i++) {
    node[2 * i] = batch->children[i]->length;
    node[2 * i + 1] = batch->children[i]->null_count;
    pieces += column_pieces(schema->children[i]->format, batch->children[i], all + pieces);
  }
  for (size_t i = 0; i < pieces; i++) {
    buffer[2 * i] = body;
    buffer[2 * i + 1] = (int64_t)all[i].len;
    body += (int64_t)(all[i].len + padding(all[i].len));
  }
  dem_flat f = {0};
  dem_flat_ref buffers = dem_flat_structs(&f, buffer, 16, pieces), nodes = dem_flat_structs(&f, node, 16, n);
  dem_flat_table(&f);
  dem_flat_int(&f, 0, batch->length, 8);
  dem_flat_ref_field(&f, 1, nodes);
  dem_flat_ref_field(&f, 2, buffers);
  dem_flat_ref header = dem_flat_end(&f);
  dem_ipc_block block = {.offset = ipc->at, .body = body};
  block.metadata = put_message(ipc, &f, RECORD_BATCH, header, body);
  dem_flat_free(&f);
  for (size_t i = 0; i < pieces; i++) {
    put(ipc, all[i].bytes, all[i].len);
    put(ipc, zeros, padding(all[i].len));
  }
  if (!add_block(ipc, block)) ipc->failed = true;
}

/* ---- the footer ---- */

static void block_bytes(const dem_ipc_block *b, unsigned char out[24]) {
  memset(out, 0, 24);
  for (unsigned i = 0; i < 8; i++) out[i] = (unsigned char)((uint64_t)b->offset >> (8 * i));
  for (unsigned i = 0; i < 4; i++) out[8 + i] = (unsigned char)((uint32_t)b->metadata >> (8 * i));
  for (unsigned i = 0; i < 8; i++) out[16 + i] = (unsigned char)((uint64_t)b->body >> (8 * i));
}

void dem_ipc_close(dem_ipc *ipc, const struct ArrowSchema *schema) {
  dem_flat f = {0};
  unsigned char *blocks = malloc(24 * ipc->blocks + 1);
  if (!blocks) ipc->failed = true;
  for (size_t i = 0; blocks && i < ipc->blocks; i++) block_bytes(&ipc->block[i], blocks + 24 * i);
  dem_flat_ref batches = dem_flat_structs(&f, blocks, 24, blocks ? ipc->blocks : 0), none = dem_flat_structs(&f, NULL, 24, 0);
  dem_flat_ref fields = schema_table(ipc, &f, schema);
  dem_flat_table(&f);
  dem_flat_ref_field(&f, 1, fields);
  dem_flat_ref_field(&f, 2, none);
  dem_flat_ref_field(&f, 3, batches);
  dem_flat_int(&f, 0, V5, 2);
  dem_str footer = dem_flat_finish(&f, dem_flat_end(&f));
  put_int(ipc, 0xFFFFFFFFu); /* the end of the stream that the file holds */
  put_int(ipc, 0);
  put(ipc, footer.data, footer.len);
  put_int(ipc, (uint32_t)footer.len);
  put(ipc, "ARROW1", 6);
  if (f.failed) ipc->failed = true;
  dem_flat_free(&f);
  free(blocks);
  free(ipc->block);
}
