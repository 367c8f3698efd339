/* Speed of reading against the libraries that do the least part of it, in one run, CPU time of one core.
 *
 *   bench_read pages FILE...       demarche_read of every page; libxml2's parse of the same bytes to a tree (HTML), nothing more
 *   bench_read archive FILE.gz     the archive cut into its records; zlib's inflate of the same bytes, nothing more
 *
 * Five rounds, the two alternating; the best of each is printed, with the ratio. */
#define _DEFAULT_SOURCE
#include <libxml/HTMLparser.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <zlib.h>

#include "base/file.h"
#include "demarche.h"
#include "feed/feed.h"

enum { ROUNDS = 5, STEP = 256 << 10 };

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
  return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static void least(double *best, double seconds) {
  if (*best == 0 || seconds < *best) *best = seconds;
}

static void tell(const char *ours, const char *theirs, double bytes, double a, double b) {
  printf("%.1f MB: %s %.0f MB/s, %s %.0f MB/s, ratio %.2f\n", bytes / 1e6, ours, bytes / a / 1e6, theirs, bytes / b / 1e6, b / a);
}

/* ---- pages ---- */

static double read_pages(const dem_file *pages, int n, demarche_doc *doc) {
  double from = now();
  for (int i = 0; i < n; i++)
    if (demarche_read(doc, pages[i].bytes, NULL) != DEMARCHE_OK) fprintf(stderr, "page %d was not read\n", i + 1);
  return now() - from;
}

static double parse_pages(const dem_file *pages, int n) {
  double from = now();
  for (int i = 0; i < n; i++)
    xmlFreeDoc(htmlReadMemory(pages[i].bytes.data, (int)pages[i].bytes.len, NULL, NULL,
                              HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_NONET));
  return now() - from;
}

static int bench_pages(int n, char **names) {
  dem_file *pages = calloc((size_t)n, sizeof *pages);
  demarche_doc *doc = demarche_doc_new();
  double bytes = 0, a = 0, b = 0;
  if (!pages || !doc) return 1;
  for (int i = 0; i < n; i++) {
    if (!dem_file_open(names[i], (size_t)64 << 20, &pages[i], NULL)) return fprintf(stderr, "%s: cannot be read\n", names[i]), 1;
    bytes += (double)pages[i].bytes.len;
  }
  for (int round = 0; round < ROUNDS; round++) {
    least(&a, read_pages(pages, n, doc));
    least(&b, parse_pages(pages, n));
  }
  tell("read", "libxml2's bare parse", bytes, a, b);
  for (int i = 0; i < n; i++) dem_file_close(&pages[i]);
  free(pages);
  demarche_doc_free(doc);
  return 0;
}

/* ---- archives ---- */

static double cut_archive(const char *name, uint64_t *pieces) {
  demarche_error err = {0};
  dem_feed_piece piece;
  double from = now();
  dem_feed *f = dem_feed_open(name, NULL, false, DEM_LIMITS, &err);
  *pieces = 0;
  while (f && dem_feed_next(f, &piece)) {
    *pieces += 1;
    free(piece.owned);
  }
  dem_feed_close(f);
  return now() - from;
}

static double inflate_archive(const char *name, double *bytes) {
  static unsigned char in[STEP], out[STEP];
  z_stream z = {0};
  FILE *file = fopen(name, "rb");
  double from = now();
  *bytes = 0;
  if (!file || inflateInit2(&z, 31) != Z_OK) return 0;
  while (z.avail_in || ((z.avail_in = (uInt)fread(in, 1, sizeof in, file)) != 0 && (z.next_in = in))) {
    z.next_out = out;
    z.avail_out = sizeof out;
    int status = inflate(&z, Z_NO_FLUSH);
    *bytes += (double)(sizeof out - z.avail_out);
    if (status == Z_STREAM_END) inflateReset(&z);
    else if (status != Z_OK) break;
  }
  inflateEnd(&z);
  fclose(file);
  return now() - from;
}

static int bench_archive(const char *name) {
  double bytes = 0, a = 0, b = 0;
  uint64_t pieces = 0;
  for (int round = 0; round < ROUNDS; round++) {
    least(&a, cut_archive(name, &pieces));
    least(&b, inflate_archive(name, &bytes));
  }
  printf("%llu records; ", (unsigned long long)pieces);
  tell("cut", "zlib alone", bytes, a, b);
  return 0;
}

int main(int argc, char **argv) {
  if (argc > 2 && strcmp(argv[1], "pages") == 0) return bench_pages(argc - 2, argv + 2);
  if (argc == 3 && strcmp(argv[1], "archive") == 0) return bench_archive(argv[2]);
  fprintf(stderr, "usage: bench_read pages FILE... | archive FILE.gz\n");
  return 2;
}
