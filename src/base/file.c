/* Files by mmap, streams by read. Invariant: bytes.len never passes the limit. */
#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

static bool fail(demarche_error *err, demarche_status status, const char *text) {
  if (err) {
    err->status = status;
    snprintf(err->text, sizeof err->text, "%s", text);
  }
  return false;
}

static bool read_all(int fd, size_t limit, dem_file *file, demarche_error *err) {
  size_t cap = 64 << 10, n = 0;
  char *p = malloc(cap);
  while (p) {
    ssize_t got = read(fd, p + n, cap - n);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) {
      free(p);
      return fail(err, DEMARCHE_IO, strerror(errno));
    }
    if (got == 0) {
      file->bytes = (dem_str){p, n};
      file->mapped = false;
      return true;
    }
    n += (size_t)got;
    if (n > limit) {
      free(p);
      return fail(err, DEMARCHE_LIMIT, "larger than the limit for one input: split it");
    }
    if (n == cap) {
      char *wider = realloc(p, cap *= 2);
      if (!wider) free(p);
      p = wider;
    }
  }
  return fail(err, DEMARCHE_NOMEM, "out of memory");
}

static bool open_fd(int fd, size_t limit, dem_file *file, demarche_error *err) {
  struct stat st;
  if (fstat(fd, &st) != 0) return fail(err, DEMARCHE_IO, strerror(errno));
  if (S_ISDIR(st.st_mode)) return fail(err, DEMARCHE_IO, "is a directory");
  if (!S_ISREG(st.st_mode) || st.st_size == 0) return read_all(fd, limit, file, err);
  if ((uint64_t)st.st_size > limit) return fail(err, DEMARCHE_LIMIT, "larger than the limit for one input: split it");
  void *p = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_SHARED, fd, 0);
  if (p == MAP_FAILED) return read_all(fd, limit, file, err);
  file->bytes = (dem_str){p, (size_t)st.st_size};
  file->mapped = true;
  return true;
}

bool dem_file_open(const char *path, size_t limit, dem_file *file, demarche_error *err) {
  *file = (dem_file){{NULL, 0}, false};
  if (strcmp(path, "-") == 0) return open_fd(STDIN_FILENO, limit, file, err);
  int fd = open(path, O_RDONLY | O_CLOEXEC);
  if (fd < 0) return fail(err, DEMARCHE_IO, strerror(errno));
  bool ok = open_fd(fd, limit, file, err);
  close(fd);
  return ok;
}

void dem_file_close(dem_file *file) {
  if (file->mapped)
    munmap((void *)(uintptr_t)file->bytes.data, file->bytes.len);
  else
    free((void *)(uintptr_t)file->bytes.data);
  *file = (dem_file){{NULL, 0}, false};
}
