/* The door of the trainers. */
#ifndef DEM_TRAIN_TRAIN_H
#define DEM_TRAIN_TRAIN_H

/* `demarche train WHAT …`: returns the exit code. */
int dem_train(int argc, char **argv);

#endif
