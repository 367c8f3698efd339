/* bench MODEL < dispatches: the speed of the whole way on one core, and the share of each stage.
 *
 * Times by processor clock, so that other work on the machine does not count. Sentences, bytes and events are counted from
 * what the stages wrote; peak memory is the process's. Reading the input is not timed. */
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <time.h>

#include "base/file.h"
#include "code/code.h"
#include "find/find.h"
#include "text/text.h"

enum { READ, TEXT, FIND, CODE, WRITE, STAGES };
static const char *const names[STAGES] = {"read", "text", "find", "code", "write"};

typedef struct totals {
  double seconds[STAGES];
  size_t documents, failed, bytes, sentences, tokens, events, written;
} totals;

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
  return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static int nowhere(void *to, const char *bytes, size_t n) {
  (void)bytes;
  *(size_t *)to += n;
  return 0;
}

static void stage(totals *t, int which, double *since) {
  double at = now();
  t->seconds[which] += at - *since;
  *since = at;
}

static void one(totals *t, demarche_doc *doc, const demarche_model *model, demarche_str piece) {
  demarche_error err;
  double at = now();
  if (demarche_read(doc, piece, &err) != DEMARCHE_OK || dem_arena_catch(&doc->arena)) {
    t->failed++;
    return;
  }
  stage(t, READ, &at);
  doc->model = model;
  dem_text(doc, model);
  stage(t, TEXT, &at);
  dem_find(doc, model);
  stage(t, FIND, &at);
  dem_code(doc, model);
  stage(t, CODE, &at);
  t->documents++;
  t->bytes += doc->text.len;
  t->sentences += doc->sentences.n;
  t->tokens += doc->tokens.n;
  t->events += doc->events.n;
  if (demarche_write_part(doc, DEMARCHE_RECORD, nowhere, &t->written, &err) != DEMARCHE_OK) t->failed++;
  stage(t, WRITE, &at);
}

static void print(const totals *t) {
  double all = 0;
  struct rusage use;
  getrusage(RUSAGE_SELF, &use);
  for (int i = 0; i < STAGES; i++) all += t->seconds[i];
  if (all <= 0) all = 1e-9;
  printf("%zu dispatches (%zu failed), %zu sentences, %zu tokens, %zu events, %.2f MB of text in %.2f s of one core\n", t->documents,
         t->failed, t->sentences, t->tokens, t->events, (double)t->bytes * 1e-6, all);
  printf("%.0f sentences/s   %.0f tokens/s   %.2f MB/s   %.0f dispatches/s   peak %.1f MB, the input's %.1f MB among them\n",
         (double)t->sentences / all, (double)t->tokens / all, (double)t->bytes * 1e-6 / all, (double)t->documents / all,
         (double)use.ru_maxrss / 1024.0, (double)t->bytes * 1e-6);
  for (int i = 0; i < STAGES; i++) printf("  %-6s %5.1f %%\n", names[i], 100.0 * t->seconds[i] / all);
}

int main(int argc, char **argv) {
  demarche_error err = {DEMARCHE_OK, ""};
  demarche_model *model = NULL;
  demarche_doc *doc = demarche_doc_new();
  dem_file input = {{NULL, 0}, false};
  if (argc != 2 || !doc || demarche_model_open(argv[1], &model, &err) != DEMARCHE_OK ||
      !dem_file_open("-", (size_t)1 << 31, &input, &err)) {
    fprintf(stderr, "usage: bench MODEL < dispatches   %s\n", err.text);
    return 2;
  }
  static totals t;
  demarche_str rest = input.bytes, piece;
  while (demarche_next(&rest, &piece)) one(&t, doc, model, piece);
  print(&t);
  dem_file_close(&input);
  demarche_doc_free(doc);
  demarche_model_close(model);
  return t.documents ? 0 : 1;
}
