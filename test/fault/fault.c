/* fault INPUT...: runs the whole command again and again, the k-th allocation failing in run k, until a run needs fewer than
 * k. Allocations are those of our objects (linked with --wrap) and of jansson (its own hook). Every run must end with one of
 * the contract's exit codes, say why when it is not 0, and leave as many blocks as it found. To keep the number of runs
 * bounded, later failures are spread: every one up to `dense`, then each 1/64 further; under a sanitizer, where each push of
 * an arena is an allocation of its own, sooner and wider. */
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static unsigned long dense = 300, steps_per_octave = 64;

void *__real_malloc(size_t n);
void *__real_calloc(size_t n, size_t size);
void *__real_realloc(void *p, size_t n);
void __real_free(void *p);
void *__wrap_malloc(size_t n);
void *__wrap_calloc(size_t n, size_t size);
void *__wrap_realloc(void *p, size_t n);
void __wrap_free(void *p);
char *__wrap_strdup(const char *s);
int demarche_main(int argc, char **argv);

static unsigned long calls, fail_at; /* fail_at 0: none fails */
static long live;

static int refuse(void) { return ++calls == fail_at; }

void *__wrap_malloc(size_t n) {
  void *p = refuse() ? NULL : __real_malloc(n);
  live += p != NULL;
  return p;
}

void *__wrap_calloc(size_t n, size_t size) {
  void *p = refuse() ? NULL : __real_calloc(n, size);
  live += p != NULL;
  return p;
}

void *__wrap_realloc(void *p, size_t n) {
  void *wider = refuse() ? NULL : __real_realloc(p, n);
  live += wider && !p;
  return wider;
}

void __wrap_free(void *p) {
  live -= p != NULL;
  __real_free(p);
}

char *__wrap_strdup(const char *s) {
  size_t n = strlen(s) + 1;
  char *copy = __wrap_malloc(n);
  return copy ? memcpy(copy, s, n) : NULL;
}

static long size_of(const char *path) {
  struct stat st;
  return stat(path, &st) == 0 ? (long)st.st_size : -1;
}

#undef main
static int once(const char *input, const char *out, const char *words) {
  char *argv[] = {"demarche", "code", "--format", "record", "-o", (char *)(size_t)out, (char *)(size_t)input, NULL};
  if (!freopen(words, "w", stderr)) return -1;
  int status = demarche_main(7, argv);
  fflush(stderr);
  return status;
}

static int sweep(const char *input, const char *out, const char *words) {
  int bad = 0;
  unsigned long runs = 0, failed = 0, k = 1;
  for (;; k += k < dense ? 1 : 1 + k / steps_per_octave) {
    long before = live;
    calls = 0;
    fail_at = k;
    int status = once(input, out, words);
    runs++;
    if (status < 0 || status > 2) bad = 1, printf("%s: allocation %lu failing: exit %d\n", input, k, status);
    if (status && size_of(words) <= 0) bad = 1, printf("%s: allocation %lu failing: exit %d without a word\n", input, k, status);
    if (live != before) bad = 1, printf("%s: allocation %lu failing: %ld blocks leaked\n", input, k, live - before);
    failed += status != 0;
    if (calls < k || bad) break;
  }
  printf("%s: %lu runs, %lu refused, %lu allocations in a whole run\n", input, runs, failed, calls);
  return bad || failed == 0 || size_of(out) <= 0; /* the last run was whole: it must have written */
}

int main(int argc, char **argv) {
  char out[] = "/tmp/demarche-fault-out-XXXXXX", words[] = "/tmp/demarche-fault-err-XXXXXX";
  if (mkstemp(out) < 0 || mkstemp(words) < 0) return 1;
  const char *sanitizer = getenv("DEMARCHE_SANITIZE");
  if (sanitizer && *sanitizer) dense = 100, steps_per_octave = 8;
  json_set_alloc_funcs(__wrap_malloc, __wrap_free);
  int bad = 0;
  for (int i = 1; i < argc; i++) bad |= sweep(argv[i], out, words);
  unlink(out);
  unlink(words);
  return bad;
}
