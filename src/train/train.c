/* `demarche train WHAT --out FILE [--epochs N] [--room THOUSANDS] [--tags FILE] [--text FILE] [--list FILE] DATA…`: picks the trainer, loads its data. The recipes with their
 * numbers are in train/Makefile. */
#include "train/train.h"

#include <stdio.h>
#include <stdlib.h>

#include "train/net_train.h"
#include "train/trainers.h"

static const struct {
  const char *name;
  bool (*run)(dem_data *data, const dem_recipe *recipe);
} trainers[] = {{"segment", dem_train_segment}, {"lemma", dem_train_lemma}};

static int usage(void) {
  fprintf(stderr, "usage: demarche train segment|lemma --out FILE [--epochs N] [--room THOUSANDS] [--text FILE] [--list FILE] "
                  "TREEBANK.conllu[.gz]...\n"
                  "       demarche train vectors --out FILE [--epochs N] [--width N] TEXT.jsonl[.gz]|TOKENS.tsv[.gz]...\n"
                  "       demarche train name --model FILE --out FILE [--vectors FILE] [--dev FILE] [--epochs N] [--room THOUSANDS] NAMES.tsv[.gz]...\n"
                  "       demarche train relate --model FILE --out FILE PAIRS.tsv|EXAMPLES.txt...\n"
                  "       demarche train net|tag|parse --out FILE [options] --trees TREEBANK.conllu[.gz]... (see demarche train net)\n");
  return 2;
}

/* Take "--name value" options off the front of argv; the number of arguments used, -1 for a wrong one. */
static int options(int argc, char **argv, dem_recipe *recipe) {
  int i = 0;
  for (; i + 1 < argc && strncmp(argv[i], "--", 2) == 0; i += 2) {
    uint32_t number = 0;
    bool is_number = dem_str_u32(dem_str_of(argv[i + 1]), &number) && number < 10000;
    if (strcmp(argv[i], "--out") == 0) recipe->out = argv[i + 1];
    else if (strcmp(argv[i], "--epochs") == 0 && is_number) recipe->epochs = number;
    else if (strcmp(argv[i], "--room") == 0 && is_number) recipe->room = number * 1000;
    else if (strcmp(argv[i], "--width") == 0 && is_number && number && number % 16 == 0) recipe->width = number;
    else if (strcmp(argv[i], "--list") == 0) recipe->list = argv[i + 1];
    else if (strcmp(argv[i], "--model") == 0) recipe->model = argv[i + 1];
    else if (strcmp(argv[i], "--text") == 0) recipe->text = argv[i + 1];
    else if (strcmp(argv[i], "--vectors") == 0) recipe->vectors = argv[i + 1];
    else if (strcmp(argv[i], "--dev") == 0) recipe->dev = argv[i + 1];
    else return -1;
  }
  return i;
}

int dem_train(int argc, char **argv) {
  dem_recipe recipe = {.epochs = 8, .room = 1000000, .width = 96};
  argc--, argv++; /* the word "train" */
  bool net = argc > 0 && (strcmp(argv[0], "net") == 0 || strcmp(argv[0], "tag") == 0 || strcmp(argv[0], "parse") == 0);
  if (net) return dem_train_net(argc - 1, argv + 1); /* one network does both */
  int used = argc > 1 ? options(argc - 1, argv + 1, &recipe) : -1;
  if (used < 0 || !recipe.out || used + 1 >= argc) return usage();
  if (strcmp(argv[0], "name") == 0) return dem_train_name(argv + 1 + used, argc - 1 - used, &recipe) ? 0 : 1;
  if (strcmp(argv[0], "vectors") == 0) return dem_train_vectors(argv + 1 + used, argc - 1 - used, &recipe) ? 0 : 1;
  if (strcmp(argv[0], "relate") == 0) return dem_train_relate(argv + 1 + used, argc - 1 - used, &recipe) ? 0 : 1;
  for (size_t i = 0; i < sizeof trainers / sizeof *trainers; i++) {
    if (strcmp(argv[0], trainers[i].name) != 0) continue;
    dem_data data = {NULL};
    if (!dem_data_load(argv + 1 + used, argc - 1 - used, &data)) return 1;
    bool ok = trainers[i].run(&data, &recipe);
    dem_data_free(&data);
    return ok ? 0 : 1;
  }
  return usage();
}
