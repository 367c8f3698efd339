/* The network's trainer. */
#ifndef DEM_TRAIN_NET_TRAIN_H
#define DEM_TRAIN_NET_TRAIN_H

#include "train/net_model.h"

enum { DEM_NET_SOURCES = 12 };

typedef struct dem_net_source {
  const char *path, *dev; /* dev: NULL without */
  unsigned layers;        /* dem_layers */
  uint32_t share;         /* per cent of its sentences that an epoch draws */
} dem_net_source;

typedef struct dem_net_recipe {
  const char *out, *vectors, *teacher[2]; /* NULL without */
  dem_net_source source[DEM_NET_SOURCES];
  uint32_t sources, epochs, half, layers, arc, rel, rows, seed;
  bool names; /* some source has names */
  float rate;
  dem_dropout dropout;
} dem_net_recipe;

/* `demarche train net ...`, the words after it; returns the exit code. */
int dem_train_net(int argc, char **argv);

#endif
