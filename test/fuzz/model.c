/* A damaged model file, its checksums made right again, so that the checks behind them are reached. What opens must then be safe to
 * look up in and to code with. The input is a list of edits to a small model that is built here: 4 bytes place (with the highest bit
 * set, the number of a section and a place in it), 1 byte value. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "demarche.h"
#include "model/format.h"
#include "text/gap.h"
#include "text/lemma.h"
#include "text/net.h"
#include "text/text.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static int nowhere(void *to, const char *bytes, size_t n) { return (void)to, (void)bytes, (void)n, 0; }

static void mend_checksums(unsigned char *bytes, size_t n) {
  dem_header h;
  if (n < sizeof h) return;
  memcpy(&h, bytes, sizeof h);
  for (uint32_t i = 0; i < h.sections && sizeof h + (i + 1) * sizeof(dem_section) <= n; i++) {
    dem_section e;
    memcpy(&e, bytes + sizeof h + i * sizeof e, sizeof e);
    if (e.offset > n || e.length > n - e.offset) continue;
    e.sum = dem_hash(bytes + e.offset, e.length, 0);
    memcpy(bytes + sizeof h + i * sizeof e, &e, sizeof e);
  }
  if (h.sections > (n - sizeof h) / sizeof(dem_section)) return;
  h.sum = dem_header_sum(h, bytes + sizeof h);
  memcpy(bytes, &h, sizeof h);
}

static bool use(dem_file *file) {
  static const char story[] = "OSLO (Reuters) - Norwegian Prime Minister Erna Solberg accused Iceland on Monday of lying. \"It's a lie,\" she said.";
  demarche_model *model;
  demarche_error err = {0};
  if (dem_model_take(file, &model, &err) || dem_text_check(model)) {
    if (model) demarche_model_close(model);
    else if (!err.text[0] || strchr(err.text, '\n')) abort();
    return false;
  }
  demarche_doc *doc = demarche_doc_new();
  if (!doc) abort();
  if (!demarche_code(doc, model, (demarche_str){story, sizeof story - 1}, NULL) &&
      demarche_write_part(doc, DEMARCHE_WHY, nowhere, NULL, NULL))
    abort();
  demarche_doc_free(doc);
  demarche_model_close(model);
  return true;
}

/* One edit: a place in the file; with the highest bit set, a place in one of its sections. */
static void edit(unsigned char *copy, size_t n, const uint8_t *data) {
  size_t at = (size_t)data[0] | (size_t)data[1] << 8 | (size_t)data[2] << 16 | (size_t)data[3] << 24;
  dem_header h;
  memcpy(&h, copy, sizeof h);
  if (data[3] & 128 && h.sections && h.sections < 64) {
    dem_section e;
    memcpy(&e, copy + sizeof h + (data[3] & 127) % h.sections * sizeof e, sizeof e);
    if (e.length && e.offset < n && e.length <= n - e.offset) at = e.offset + (at & 0xFFFFFF) % e.length;
  }
  copy[at % n] = data[4];
}

/* ---- a model of a few kilobytes: every table with one row, small weights of every kind ---- */

typedef struct blob {
  unsigned char at[16384];
  size_t n;
} blob;

static void put(blob *b, size_t align, const void *bytes, size_t n) {
  static uint32_t chance = 7;
  b->n = (b->n + align - 1) / align * align;
  for (size_t i = 0; i < n; i++) b->at[b->n++] = bytes ? ((const unsigned char *)bytes)[i] : (unsigned char)((chance = chance * 1664525u + 1013904223u) >> 24);
}

static void put_matrix(blob *b, uint32_t depth, uint32_t columns) {
  int32_t bias[DEM_NET_XPOS] = {0};
  unsigned char shift[DEM_NET_XPOS];
  memset(shift, 7, sizeof shift);
  columns = dem_net_fill(columns, 16);
  put(b, DEM_NET_ALIGN, bias, 4 * columns);
  put(b, DEM_NET_ALIGN, shift, columns);
  put(b, DEM_NET_ALIGN, NULL, (size_t)depth * columns);
}

static void small_net(blob *b) {
  enum { HALF = 8, ROWS = 8, TAGS = 4 };
  static const char names[] = "NN\nNNP\nVBD\nIN\n";
  uint32_t head[DEM_NET_HEADER] = {DEM_NET_MAGIC, DEM_NET_VERSION, HALF, 1, 8, 8, TAGS, 0, DEM_DEPREL_COUNT, DEM_UPOS_COUNT, 4, ROWS, sizeof names - 1};
  uint32_t slot[16] = {0, 1 << 15 | 5, 8 << 15 | 77};
  unsigned char scale[2 * HALF] = {0};
  put(b, 1, head, sizeof head);
  put(b, DEM_NET_ALIGN, slot, sizeof slot);
  put(b, DEM_NET_ALIGN, NULL, ROWS * 2 * HALF);
  put(b, DEM_NET_ALIGN, scale, sizeof scale);
  put_matrix(b, 2 * HALF, 6 * HALF);
  put_matrix(b, 2 * HALF, 2 * 8 + 2 * 8 + TAGS + DEM_UPOS_COUNT);
  put_matrix(b, 8, DEM_DEPREL_COUNT);
  put_matrix(b, 8, DEM_NET_CONST);
  put(b, DEM_NET_ALIGN, NULL, 2 * DEM_NET_STEPS * 8);
  put(b, DEM_NET_ALIGN, names, sizeof names - 1);
}

static void small_lemmas(blob *b) {
  dem_lemma_rule rule[3] = {{DEM_LEMMA_NORM, 1, 0, ""}, {DEM_LEMMA_TITLE, 0, 0, ""}, {DEM_LEMMA_FORM, 2, 1, "y"}};
  uint32_t head[8] = {DEM_LEMMA_MAGIC, DEM_LEMMA_VERSION, 3, 6}, slot[64] = {0};
  uint64_t key = dem_lemma_key(DEM_S("accused"), DEM_S("accused"), DEM_S("NN"), 1);
  slot[key & 63] = (uint32_t)(key >> 44) << 12 | 3;
  put(b, 1, head, sizeof head);
  put(b, 1, rule, sizeof rule);
  put(b, 1, slot, sizeof slot);
}

static void small_gaps(blob *b) {
  uint32_t head[4] = {DEM_GAP_MAGIC, DEM_GAP_VERSION, 8, 0};
  put(b, 1, head, sizeof head);
  put(b, 1, NULL, 256);
}

static char created[64][512];
static unsigned files;

static FILE *create(const char *folder, const char *name, const char *ending) {
  if (files == sizeof created / sizeof *created) abort();
  char *path = created[files++];
  snprintf(path, sizeof *created, "%s/%s%s", folder, name, ending);
  for (char *p = path + strlen(folder) + 1; (p = strchr(p, '/')); *p++ = '/') {
    *p = 0;
    mkdir(path, 0700);
  }
  FILE *f = fopen(path, "wb");
  if (!f) abort();
  return f;
}

/* The files, and the folders that are empty then. */
static void tidy(const char *folder) {
  while (files) {
    char *path = created[--files], *end;
    unlink(path);
    while ((end = strrchr(path, '/')) > path + strlen(folder)) {
      *end = 0;
      rmdir(path);
    }
  }
  rmdir(folder);
}

static void small_weights(const char *folder, const char *name, void (*make)(blob *)) {
  static blob b;
  b.n = 0;
  make(&b);
  FILE *f = create(folder, name, "");
  if (fwrite(b.at, 1, b.n, f) != b.n || fclose(f)) abort();
}

static void small_table(const char *folder, const char *path, const char *columns, const char *row) {
  FILE *f = create(folder, path, ".tsv");
  for (const char *c = columns; *c; c++) fputc(*c == ' ' ? '\t' : *c, f);
  fputc('\n', f);
  if (row) fputs(row, f);
  for (const char *c = columns; !row && c; c = strchr(c, ' ') ? strchr(c, ' ') + 1 : NULL) fprintf(f, "%s%s", c == columns ? "" : "\t", "oslo");
  fputc('\n', f);
  if (fclose(f)) abort();
}

static void build(const char *folder, dem_file *whole) {
  char out[300];
  snprintf(out, sizeof out, "%s/small.dmm", folder);
  for (int i = 0; i < DEM_TABLE_COUNT; i++) small_table(folder, dem_table_defs[i].path, dem_table_defs[i].columns, NULL);
  small_table(folder, DEM_GAZETTEER_PATH, DEM_GAZETTEER_COLUMNS, "Oslo\tOslo|Christiania\t\t3143244\tNOR\tOslo\tOslo\tPPLC\t59.9127\t10.7461\t580000\tgn");
  small_weights(folder, "net.bin", small_net);
  small_weights(folder, "lemma.bin", small_lemmas);
  small_weights(folder, "segment.bin", small_gaps);
  demarche_error err;
  if (!dem_model_pack(folder, folder, out) || !dem_file_open(out, SIZE_MAX, whole, &err)) abort();
  unlink(out);
  tidy(folder);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  static dem_file whole;
  char folder[] = "/tmp/demarche-fuzz-model-XXXXXX";
  if (!whole.bytes.len) {
    if (!mkdtemp(folder)) abort();
    build(folder, &whole);
  }
  dem_file file = {{aligned_alloc(64, (whole.bytes.len + 63) / 64 * 64), whole.bytes.len}, false};
  unsigned char *copy = (unsigned char *)(uintptr_t)file.bytes.data;
  if (!copy) abort();
  memcpy(copy, whole.bytes.data, whole.bytes.len);
  for (size_t i = 0; i + 5 <= size; i += 5) edit(copy, whole.bytes.len, data + i);
  mend_checksums(copy, whole.bytes.len);
  if (!use(&file) && size < 5) abort(); /* whole, it must open */
  return 0;
}
