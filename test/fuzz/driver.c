/* Runs a fuzz target over files and the files of folders: the corpus as a regression test, without libFuzzer. */
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/file.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static unsigned ran;

static bool replay_file(const char *path) {
  dem_file file;
  if (!dem_file_open(path, (size_t)64 << 20, &file, NULL)) return false;
  LLVMFuzzerTestOneInput((const uint8_t *)file.bytes.data, file.bytes.len);
  dem_file_close(&file);
  ran++;
  return true;
}

static bool replay(const char *path) {
  DIR *d = opendir(path);
  if (!d) return replay_file(path);
  bool ok = true;
  for (struct dirent *e; (e = readdir(d));) {
    char name[4096];
    if (e->d_name[0] == '.') continue;
    snprintf(name, sizeof name, "%s/%s", path, e->d_name);
    ok = replay_file(name) && ok;
  }
  closedir(d);
  return ok;
}

int main(int argc, char **argv) {
  bool ok = argc > 1;
  for (int i = 1; i < argc; i++) ok = replay(argv[i]) && ok;
  printf("%u inputs replayed\n", ran);
  return ok && ran ? 0 : 1;
}
