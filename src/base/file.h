/* Whole files and directories, for the command and the tools; the stages never use it. */
#ifndef DEM_BASE_FILE_H
#define DEM_BASE_FILE_H

#include "base/str.h"

typedef struct dem_file {
  dem_str bytes;
  bool mapped;
} dem_file;

/* Map (or, for pipes and "-", read) a file of at most `limit` bytes. On failure false and `err` says why in one line that
 * does not name the file. Close with dem_file_close. */
bool dem_file_open(const char *path, size_t limit, dem_file *file, demarche_error *err);
void dem_file_close(dem_file *file);

#endif
