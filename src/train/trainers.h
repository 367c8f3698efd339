/* The trainers, one a weights file. Each prints its progress to stderr and returns false when it could not write. */
#ifndef DEM_TRAIN_TRAINERS_H
#define DEM_TRAIN_TRAINERS_H

#include "train/data.h"
#include "train/learner.h"

typedef struct dem_recipe {
  const char *out; /* weights file */
  uint32_t epochs;
  uint32_t room;      /* cells of weights to keep, 2 bytes each */
  uint32_t width;     /* vectors: numbers a word */
  const char *text;   /* segment, lemma: plain text of edited news, paragraphs on lines of their own; NULL without */
  const char *list;   /* lemma: irregular forms, "form TAG lemma" with tabs between; NULL without */
  const char *tags;   /* parse: a file that keeps the jackknifed tags between runs; NULL without */
} dem_recipe;

bool dem_train_segment(dem_data *data, const dem_recipe *recipe);
bool dem_train_tag(dem_data *data, const dem_recipe *recipe);
bool dem_train_lemma(dem_data *data, const dem_recipe *recipe);
bool dem_train_parse(dem_data *data, const dem_recipe *recipe);
/* Word vectors from files of any kind that corpus.h reads; written as text (vectors.c). */
bool dem_train_vectors(char **paths, int n, const dem_recipe *recipe);

/* The joint labels ("NNP PROPN") of a corpus, and each token's (from 1; 0 for labels that were seen once only). */
typedef struct dem_labels {
  char names[8192]; /* one a line */
  uint32_t len, count;
  uint8_t *of; /* by token */
} dem_labels;
void dem_labels_make(const dem_doc *doc, dem_labels *labels);
void dem_labels_free(dem_labels *labels);

/* A tagger trained on the sentences `take` allows (NULL: all); the caller frees. */
dem_learner *dem_tagger_train(const dem_doc *doc, const dem_labels *labels, const bool *take, uint32_t epochs);
/* Its greedy labels for one sentence, written to the words. */
void dem_tagger_run(dem_learner *l, dem_words *words, uint32_t labels);

#endif
