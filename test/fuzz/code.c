/* The whole way on any bytes: cut, read, text, find, code, and every writer. A target asserts nothing: the sanitizers do. */
#include <stdint.h>
#include <stdlib.h>

#include "demarche.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static int nowhere(void *to, const char *bytes, size_t n) { return (void)to, (void)bytes, (void)n, 0; }

static void code_one(demarche_doc *doc, const demarche_model *model, demarche_str piece) {
  if (demarche_code(doc, model, piece, NULL)) return;
  for (int part = DEMARCHE_RECORD; part <= DEMARCHE_CHECK; part++)
    if (demarche_write_part(doc, (demarche_part)part, nowhere, NULL, NULL)) abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  static demarche_model *model;
  static demarche_doc *doc;
  const char *path = getenv("DEMARCHE_MODEL");
  if (!model && demarche_model_open(path ? path : "build/fuzz/en.dmm", &model, NULL)) abort();
  if (!doc && !(doc = demarche_doc_new())) abort();
  if (demarche_set(doc, "explain", (demarche_str){"1", 1}, NULL)) abort();
  demarche_str rest = {(const char *)data, size}, piece;
  while (demarche_next(&rest, &piece)) code_one(doc, model, piece);
  return 0;
}
