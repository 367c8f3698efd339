/* A damaged model file, its checksums made right again, so that the checks behind them are reached. What opens must then
 * be safe to look up in and to code with. The input is a list of edits to the real model: 4 bytes place, 1 byte value. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <zlib.h>

#include "base/file.h"
#include "demarche.h"
#include "model/format.h"

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
    e.crc = (uint32_t)crc32(0, bytes + e.offset, (uInt)e.length);
    memcpy(bytes + sizeof h + i * sizeof e, &e, sizeof e);
  }
  if (h.sections > (n - sizeof h) / sizeof(dem_section)) return;
  h.crc = dem_header_crc(h, bytes + sizeof h);
  memcpy(bytes, &h, sizeof h);
}

static void use(const char *path) {
  static const char story[] = "OSLO (Reuters) - Norwegian Prime Minister Erna Solberg accused Iceland on Monday of lying.";
  demarche_model *model;
  if (demarche_model_open(path, &model, NULL)) return;
  demarche_doc *doc = demarche_doc_new();
  if (!doc) abort();
  if (!demarche_code(doc, model, (demarche_str){story, sizeof story - 1}, NULL) &&
      demarche_write_part(doc, DEMARCHE_WHY, nowhere, NULL, NULL))
    abort();
  demarche_doc_free(doc);
  demarche_model_close(model);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  const char *path = getenv("DEMARCHE_MODEL");
  char damaged[] = "/tmp/demarche-fuzz-model-XXXXXX";
  dem_file file;
  if (!dem_file_open(path ? path : "build/fuzz/en.dmm", SIZE_MAX, &file, NULL)) abort();
  unsigned char *copy = malloc(file.bytes.len);
  if (!copy) abort();
  memcpy(copy, file.bytes.data, file.bytes.len);
  for (size_t i = 0; i + 5 <= size; i += 5) {
    size_t at = (size_t)data[i] | (size_t)data[i + 1] << 8 | (size_t)data[i + 2] << 16 | (size_t)data[i + 3] << 24;
    copy[at % file.bytes.len] = data[i + 4];
  }
  mend_checksums(copy, file.bytes.len);
  int fd = mkstemp(damaged);
  if (fd < 0 || write(fd, copy, file.bytes.len) != (ssize_t)file.bytes.len || close(fd)) abort();
  use(damaged);
  unlink(damaged);
  free(copy);
  dem_file_close(&file);
  return 0;
}
