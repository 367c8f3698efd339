/* Corpora as the network's trainer wants them: every token as rows of the embedding table and labels. */
#ifndef DEM_TRAIN_NET_DATA_H
#define DEM_TRAIN_NET_DATA_H

#include "train/data.h"
#include "train/net_model.h"

enum { DEM_NET_XPOS_MAX = 64, DEM_NET_SENTENCE = 192 }; /* labels; tokens of a sentence that is learned from */

/* Tokens with Penn tags, one a line, an empty line after each sentence; false, with a line on stderr, when it cannot be read. */
bool dem_tagged_load(const char *path, dem_data *data);

/* Given word vectors ("COUNT WIDTH", then "word number number ..." a line; words as dem_norm with digits as 0). */
typedef struct dem_vectors {
  dem_str *word;
  float *at; /* count x width */
  uint32_t count, width;
  char *bytes;
} dem_vectors;
bool dem_vectors_load(const char *path, dem_vectors *v); /* false, with a line on stderr */
void dem_vectors_free(dem_vectors *v);

/* What is known of a key. */
typedef struct dem_entry {
  uint64_t key; /* 0: free slot */
  uint32_t row, count, vector; /* row, vector: DEM_NONE without */
  uint8_t look;
  dem_str norm; /* of forms */
} dem_entry;

/* All keys of the training data: which row each has. Rows below DEM_LOOKS stand for the unknown of each template. */
typedef struct dem_dictionary {
  dem_entry *slot;
  uint32_t mask, used, rows;
  char xpos[DEM_NET_XPOS_MAX][12];
  uint32_t xposes;
} dem_dictionary;

typedef enum dem_layers { DEM_HAS_TAGS = 1, DEM_HAS_TREE = 2, DEM_HAS_NAMES = 4, DEM_HAS_XPOS = 8 } dem_layers;

/* Count the keys (and, with tags, Penn tags) of a corpus. */
void dem_dictionary_count(dem_dictionary *d, const dem_doc *doc, unsigned layers);
/* After all counting: give rows to keys seen often enough, vectors to forms that have them; words of the vectors that the data
 * lacks are added, without row. */
void dem_dictionary_close(dem_dictionary *d, const dem_vectors *vectors);
dem_entry *dem_dictionary_find(const dem_dictionary *d, uint64_t key); /* NULL when absent */
void dem_dictionary_free(dem_dictionary *d);

typedef struct dem_corpus { /* sentences of at most DEM_NET_SENTENCE tokens */
  dem_sample *token;
  uint32_t *begin; /* sentences + 1 */
  uint8_t *joins;  /* by sentence: the next one stands in the same paragraph */
  uint32_t tokens, sentences;
} dem_corpus;

/* Append a doc's sentences with the labels of `layers`. */
void dem_corpus_add(dem_corpus *c, const dem_dictionary *d, const dem_doc *doc, unsigned layers);
void dem_corpus_free(dem_corpus *c);

/* The name tagger's labels: 0 outside, then for each dem_name_label B I E S. */
static inline uint8_t dem_name_state(unsigned label, unsigned part) { return (uint8_t)(1 + (label - 1) * 4 + part); }
enum { DEM_NET_NAMES = 1 + 4 * (DEM_NAME_COUNT - 1) };

#endif
