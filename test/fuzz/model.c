/* A damaged model file, its checksums made right again, so that the checks behind them are reached. What opens must then
 * be safe to look up in and to code with. The input is a list of edits to the real model: 4 bytes place (with the highest bit set,
 * the number of a section and a place in it), 1 byte value. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "demarche.h"
#include "model/format.h"
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

static void use(dem_file *file) {
  static const char story[] = "OSLO (Reuters) - Norwegian Prime Minister Erna Solberg accused Iceland on Monday of lying. \"It's a lie,\" she said.";
  demarche_model *model;
  demarche_error err = {0};
  if (dem_model_take(file, &model, &err) || dem_text_check(model)) {
    if (model) demarche_model_close(model);
    else if (!err.text[0] || strchr(err.text, '\n')) abort();
    return;
  }
  demarche_doc *doc = demarche_doc_new();
  if (!doc) abort();
  if (!demarche_code(doc, model, (demarche_str){story, sizeof story - 1}, NULL) &&
      demarche_write_part(doc, DEMARCHE_WHY, nowhere, NULL, NULL))
    abort();
  demarche_doc_free(doc);
  demarche_model_close(model);
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

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  const char *path = getenv("DEMARCHE_MODEL");
  static dem_file whole;
  if (!whole.bytes.len && !dem_file_open(path ? path : "build/fuzz/en.dmm", SIZE_MAX, &whole, NULL)) abort();
  dem_file file = {{malloc(whole.bytes.len), whole.bytes.len}, false};
  unsigned char *copy = (unsigned char *)(uintptr_t)file.bytes.data;
  if (!copy) abort();
  memcpy(copy, whole.bytes.data, whole.bytes.len);
  for (size_t i = 0; i + 5 <= size; i += 5) edit(copy, whole.bytes.len, data + i);
  mend_checksums(copy, whole.bytes.len);
  use(&file);
  return 0;
}
