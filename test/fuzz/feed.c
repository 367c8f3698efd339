/* Fuzz target of the containers: any bytes as a file, unpacked and cut; the first byte chooses what is forced. What must hold: no piece
 * is empty or longer than its limit and what stands round it, trouble is a line, and it ends. */
#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "feed/feed.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { INPUT = 100000 };

static void require(bool holds) {
  if (!holds) abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  static const char *const forced[] = {NULL, "csv", "tsv", "warc", "jsonl", "rss", "lexis"};
  dem_limits limits = DEM_LIMITS;
  demarche_error err;
  dem_feed_piece piece;
  char path[64];
  limits.input = INPUT;
  if (!size) return 0;
  int fd = memfd_create("feed", 0);
  require(fd >= 0 && write(fd, data + 1, size - 1) == (ssize_t)(size - 1));
  snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
  dem_feed *f = dem_feed_open(path, forced[data[0] % 7], data[0] & 128, limits, &err);
  for (uint64_t n = 0; f && dem_feed_next(f, &piece); n++) {
    require(n <= 20 * (uint64_t)size + 1000000);
    require(piece.trouble[0] ? !piece.bytes.len : piece.bytes.len > 0);
    free(piece.owned);
  }
  dem_feed_close(f);
  close(fd);
  return 0;
}
