/* The network in single precision: forward, losses, backward. text/net.h draws it; this is the same in numbers that can be
 * trained. One thread; a model and its batch belong to one caller. */
#ifndef DEM_TRAIN_NET_MODEL_H
#define DEM_TRAIN_NET_MODEL_H

#include "doc/doc.h"
#include "text/text_train.h"
#include "train/net_math.h"

enum { DEM_HEAD_ROOT = 0xFFFE, DEM_HEAD_NONE = 0xFFFF, DEM_LABEL_NONE = 255 };

/* One token of a training sentence; what it has no label for is NONE and costs nothing. */
typedef struct dem_sample {
  uint32_t look[DEM_LOOKS]; /* rows; DEM_NONE where a template does not apply */
  uint32_t inside;          /* row of its shape where it does not open a sentence */
  uint32_t vector;          /* row of the given word vectors; DEM_NONE without */
  uint32_t count;           /* of the form in the training data */
  uint16_t head;            /* position in the sentence, DEM_HEAD_ROOT, DEM_HEAD_NONE */
  uint8_t xpos, upos, rel, name;
} dem_sample;

typedef struct dem_batch { /* whole sentences, one after the other */
  dem_sample *token;
  uint32_t *begin; /* sentences + 1 */
  uint32_t tokens, sentences;
} dem_batch;

typedef struct dem_dropout { /* shares of inputs that are zeroed while training, the same for a whole sentence */
  float input, layer, top, hidden;
} dem_dropout;

typedef struct dem_weights { /* with gradient and Adam's two moments */
  float *w, *g, *m, *v;
  size_t n;
} dem_weights;

typedef struct dem_brain {
  dem_net_size size;
  dem_net_places place;
  dem_weights dense, rows;
  uint32_t *touched, touched_n; /* rows with a gradient */
  uint8_t *is_touched;
  const float *vector; /* given word vectors, size.vector each; not trained; borrowed */
  /* of the last batch */
  uint32_t room;       /* tokens the buffers below hold */
  float *x[DEM_NET_LAYERS + 1], *gate[DEM_NET_LAYERS], *cell[DEM_NET_LAYERS];
  float *given, *top, *mask, *in, *dx, *dgate, *dtop;
  uint32_t masks;      /* floats of mask a sentence */
} dem_brain;

/* Weights drawn from `seed`; `room`: most tokens of a batch, which is also the most of a sentence. Aborts without memory. */
dem_brain *dem_brain_new(const dem_net_size *size, const float *vector, uint32_t room, uint64_t seed);
void dem_brain_free(dem_brain *b);

/* Fill x, gate, cell, top. Without dropout (NULL) nothing is drawn. */
void dem_brain_forward(dem_brain *b, const dem_batch *batch, const dem_dropout *dropout, uint64_t *random);

typedef struct dem_loss { /* sums over tokens, and how many tokens each was over */
  double arc, rel, xpos, upos, name;
  uint32_t arcs, rels, xposes, uposes, names;
} dem_loss;

/* After a forward pass: the losses, and with `back` their gradients added to g (each divided by the batch's tokens). */
void dem_brain_learn(dem_brain *b, const dem_batch *batch, bool back, dem_loss *loss);
double dem_loss_all(const dem_loss *loss);

/* After a forward pass without dropout: best labels for every token, written over those of the batch. Heads are each token's best
 * one, whether or not they make a tree. */
void dem_brain_label(dem_brain *b, dem_batch *batch);

/* One step for all weights with a gradient. */
void dem_brain_step(dem_brain *b, const dem_adam *adam);

#endif
