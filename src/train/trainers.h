/* The trainers, one a weights file. Each prints its progress to stderr and returns false when it could not write. */
#ifndef DEM_TRAIN_TRAINERS_H
#define DEM_TRAIN_TRAINERS_H

#include "train/data.h"

typedef struct dem_recipe {
  const char *out; /* weights file */
  uint32_t epochs;
  uint32_t room;      /* cells of weights to keep, 2 bytes each */
  uint32_t width;     /* vectors: numbers a word */
  const char *text;   /* segment, lemma: plain text of edited news, paragraphs on lines of their own; NULL without */
  const char *model;  /* relate, name: the compiled model that reads the sentences, and its lexicon; NULL without */
  const char *list;   /* lemma: irregular forms, "form TAG lemma" with tabs between; NULL without */
  const char *vectors, *dev; /* name: word vectors; a file to score on; NULL without */
} dem_recipe;

bool dem_train_segment(dem_data *data, const dem_recipe *recipe);
bool dem_train_lemma(dem_data *data, const dem_recipe *recipe);
/* The namer from token-per-line files (names_data.h). */
bool dem_train_name(char **paths, int n, const dem_recipe *recipe);
/* Word vectors from files of any kind that corpus.h reads; written as text (vectors.c). */
bool dem_train_vectors(char **paths, int n, const dem_recipe *recipe);

/* Types of what one party did to another, from marked sentences (pairs_data.h). Needs recipe->model. */
bool dem_train_relate(char **paths, int n, const dem_recipe *recipe);

#endif
