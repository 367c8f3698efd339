/* The writing side of code/linear.h. */
#ifndef DEM_TRAIN_LINEAR_WRITE_H
#define DEM_TRAIN_LINEAR_WRITE_H

#include <stdio.h>

#include "code/relate_train.h"

typedef struct dem_linear_cell {
  uint64_t key; /* of the feature */
  uint8_t label;
  int8_t weight;
} dem_linear_cell;

/* Sorts the cells and writes the model. False, with a line on stderr, when they are too many for one table or the file fails. */
bool dem_linear_write(FILE *f, dem_linear_cell *cell, size_t n, uint32_t labels, dem_str names);

#endif
