/* From trained weights to the network's file. */
#ifndef DEM_TRAIN_NET_WRITE_H
#define DEM_TRAIN_NET_WRITE_H

#include "train/net_data.h"

/* Quantise and write (format: text/net.h). Forms: those with a row, and of those with a given vector only, the first of the vectors' file that
 * fit into `rows` rows. `names`: keep the name head. False, with a line on stderr, when the file cannot be written. */
bool dem_net_write(const dem_brain *brain, const dem_dictionary *dictionary, uint32_t rows, bool names, const char *path);

#endif
