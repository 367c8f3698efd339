/* The command: demarche code|read|parse|... */
#include <stdio.h>

#include "base/file.h"

static int put(void *to, const char *bytes, size_t n) { return fwrite(bytes, 1, n, to) == n ? 0 : 1; }

int main(int argc, char **argv) {
  demarche_error err = {0};
  demarche_model *model;
  dem_file file;
  if (argc < 4 || demarche_model_open(argv[2], &model, &err) || !dem_file_open(argv[3], DEMARCHE_MAX_BYTES, &file, &err))
    return fprintf(stderr, "usage: demarche code|parse|why MODEL FILE (temporary) %s\n", err.text), 2;
  demarche_doc *doc = demarche_doc_new();
  demarche_status s = demarche_set(doc, "explain", dem_str_of("1"), &err);
  s = demarche_code(doc, model, file.bytes, &err);
  demarche_part part = argv[1][0] == 'p' ? DEMARCHE_CONLLU : argv[1][0] == 'w' ? DEMARCHE_WHY : DEMARCHE_RECORD;
  if (!s) s = demarche_write_part(doc, part, put, stdout, &err);
  if (s) fprintf(stderr, "%s\n", err.text);
  demarche_doc_free(doc);
  demarche_model_close(model);
  dem_file_close(&file);
  return s ? 1 : 0;
}
