/* Lays cells out as code/linear.h wants them: rows by feature, a hash table of the rows. Same cells, same bytes. */
#include "train/linear_write.h"

#include <stdlib.h>

static void *must(void *p) {
  if (!p) abort();
  return p;
}

static int by_key(const void *a, const void *b) {
  const dem_linear_cell *x = a, *y = b;
  if (x->key != y->key) return x->key < y->key ? -1 : 1;
  return (x->label > y->label) - (x->label < y->label);
}

typedef struct layout {
  uint32_t *slot;
  uint16_t *cell;
  uint32_t mask, log2, cells;
} layout;

static size_t row_end(const dem_linear_cell *cell, size_t n, size_t i) {
  size_t end = i;
  while (end < n && cell[end].key == cell[i].key) end++;
  return end;
}

static bool put_row(layout *b, const dem_linear_cell *cell, size_t n) {
  uint32_t begin = b->cells, at = (uint32_t)cell->key & b->mask, probes = 1;
  for (; b->slot[at]; at = (at + 1) & b->mask) probes++;
  if (probes > DEM_LINEAR_PROBES || begin / 2 >= 1u << 22 || n > 255) return false;
  b->slot[at] = begin / 2 << 10 | (uint32_t)(cell->key >> 54);
  b->cell[begin] = (uint16_t)n;
  for (size_t k = 0; k < n; k++) b->cell[begin + 1 + k] = (uint16_t)(cell[k].label | (uint32_t)(uint8_t)cell[k].weight << 8);
  b->cells = begin + (((uint32_t)n + 2) & ~1u);
  return true;
}

bool dem_linear_write(FILE *f, dem_linear_cell *cell, size_t n, uint32_t labels, dem_str names) {
  layout b = {.cells = 2};
  size_t rows = 0, room = 2;
  qsort(cell, n, sizeof *cell, by_key);
  for (size_t i = 0, end; i < n; i = end, rows++) {
    end = row_end(cell, n, i);
    room += (end - i + 2) & ~(size_t)1;
  }
  while (1u << b.log2 < rows + rows / 3) b.log2++;
  b.mask = (1u << b.log2) - 1;
  b.slot = must(calloc((size_t)b.mask + 1, sizeof *b.slot));
  b.cell = must(calloc(room + DEM_LINEAR_ROW, sizeof *b.cell));
  bool ok = true;
  for (size_t i = 0, end; ok && i < n; i = end) {
    end = row_end(cell, n, i);
    ok = put_row(&b, cell + i, end - i);
  }
  if (!ok) fprintf(stderr, "demarche train: too many weights for one table\n");
  b.cells += DEM_LINEAR_ROW;
  uint32_t header[8] = {DEM_LINEAR_MAGIC, DEM_LINEAR_VERSION, labels, b.log2, b.cells, (uint32_t)names.len, 0, 0};
  ok = ok && fwrite(header, sizeof header, 1, f) == 1;
  ok = ok && fwrite(b.slot, sizeof *b.slot, (size_t)b.mask + 1, f) == (size_t)b.mask + 1;
  ok = ok && fwrite(b.cell, sizeof *b.cell, b.cells, f) == b.cells && fwrite(names.data, 1, names.len, f) == names.len;
  free(b.slot);
  free(b.cell);
  return ok;
}
