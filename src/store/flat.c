/* FlatBuffers from the end to the front. Invariant: a reference is the distance of an object's first byte from the buffer's end,
 * so it holds while the buffer grows at its front. Refuses: shared vtables, which would save bytes that nobody misses. */
#include "store/flat.h"

#include <stdlib.h>

void dem_flat_free(dem_flat *f) {
  free(f->bytes);
  *f = (dem_flat){0};
}

/* Make room for n more bytes at the front. */
static bool room(dem_flat *f, size_t n) {
  if (f->failed || f->cap - f->used >= n) return !f->failed;
  size_t cap = f->cap ? f->cap : 1024;
  while (cap - f->used < n) cap *= 2;
  unsigned char *wider = malloc(cap);
  if (!wider) return f->failed = true, false;
  if (f->used) memcpy(wider + cap - f->used, f->bytes + f->cap - f->used, f->used);
  free(f->bytes);
  f->bytes = wider;
  f->cap = cap;
  return true;
}

static void push(dem_flat *f, const void *bytes, size_t n) {
  if (!room(f, n)) return;
  f->used += n;
  if (n) memcpy(f->bytes + f->cap - f->used, bytes, n);
}

/* Zeros, so that after `more` bytes the front is aligned to `size`. */
static void align(dem_flat *f, size_t size, size_t more) {
  static const unsigned char zero[16];
  push(f, zero, (size_t)(-(int64_t)(f->used + more)) & (size - 1));
}

static void push_int(dem_flat *f, int64_t value, size_t size) {
  unsigned char b[8];
  for (size_t i = 0; i < size; i++) b[i] = (unsigned char)((uint64_t)value >> (8 * i));
  align(f, size, 0);
  push(f, b, size);
}

static void push_ref(dem_flat *f, dem_flat_ref ref) {
  align(f, 4, 0);
  push_int(f, (int64_t)f->used + 4 - ref, 4);
}

dem_flat_ref dem_flat_string(dem_flat *f, const char *s) {
  size_t n = strlen(s) + 1;
  align(f, 4, n);
  push(f, s, n);
  push_int(f, (int64_t)n - 1, 4);
  return (dem_flat_ref)f->used;
}

dem_flat_ref dem_flat_refs(dem_flat *f, const dem_flat_ref *ref, size_t n) {
  align(f, 4, 4 * n);
  for (size_t i = n; i--;) push_ref(f, ref[i]);
  push_int(f, (int64_t)n, 4);
  return (dem_flat_ref)f->used;
}

dem_flat_ref dem_flat_structs(dem_flat *f, const void *bytes, size_t size, size_t n) {
  align(f, 8, size * n);
  push(f, bytes, size * n);
  push_int(f, (int64_t)n, 4);
  return (dem_flat_ref)f->used;
}

void dem_flat_table(dem_flat *f) {
  memset(f->field, 0, sizeof f->field);
  f->table_start = f->used;
}

void dem_flat_int(dem_flat *f, unsigned field, int64_t value, unsigned size) {
  push_int(f, value, size);
  f->field[field] = (dem_flat_ref)f->used;
}

void dem_flat_ref_field(dem_flat *f, unsigned field, dem_flat_ref ref) {
  push_ref(f, ref);
  f->field[field] = (dem_flat_ref)f->used;
}

dem_flat_ref dem_flat_end(dem_flat *f) {
  push_int(f, 0, 4); /* where the vtable is: known below */
  dem_flat_ref table = (dem_flat_ref)f->used;
  for (unsigned i = DEM_FLAT_FIELDS; i--;) push_int(f, f->field[i] ? table - f->field[i] : 0, 2);
  push_int(f, (int64_t)(table - f->table_start), 2);
  push_int(f, 2 * (DEM_FLAT_FIELDS + 2), 2);
  if (f->failed) return 0;
  uint32_t distance = (uint32_t)f->used - table;
  unsigned char *at = f->bytes + f->cap - table;
  for (unsigned i = 0; i < 4; i++) at[i] = (unsigned char)(distance >> (8 * i));
  return table;
}

dem_str dem_flat_finish(dem_flat *f, dem_flat_ref root) {
  align(f, 8, 4);
  push_ref(f, root);
  if (f->failed) return (dem_str){NULL, 0};
  return (dem_str){(const char *)f->bytes + f->cap - f->used, f->used};
}
