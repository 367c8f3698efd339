/* demarche-pack LEXICON WEIGHTS OUT: the build's own tool. */
#include <stdio.h>

#include "model/model.h"

int main(int argc, char **argv) {
  if (argc != 4) return fprintf(stderr, "usage: demarche-pack LEXICON WEIGHTS OUT\n"), 2;
  return dem_model_pack(argv[1], argv[2], argv[3]) ? 0 : 1;
}
