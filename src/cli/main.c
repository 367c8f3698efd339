/* The command: settings in, one of the jobs below out. Every job returns the exit status of the contract: 0 all well, 1 some
 * inputs failed, 2 wrong usage or no usable model; a closed pipe is success. Refuses: reaching into the library, except
 * through demarche.h. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/eval.h"
#include "cli/ingest.h"
#include "cli/inputs.h"
#include "cli/options.h"
#include "cli/relate.h"
#include "cli/run.h"
#include "lexicon/lexicon.h"
#include "train/train.h"

enum { ALL_WELL, SOME_FAILED, WRONG_USAGE, PATH_BYTES = 4096 };

/* ---- the model ---- */

static bool exists(const char *path) { return access(path, R_OK) == 0; }

/* The folder of the program: from the kernel, or where /proc is not mounted from the words it was called by. */
static bool own_folder(const char *program, char folder[PATH_BYTES]) {
  ssize_t n = readlink("/proc/self/exe", folder, PATH_BYTES - 1);
  if (n <= 0) n = snprintf(folder, PATH_BYTES, "%s", program);
  if (n <= 0 || n >= PATH_BYTES) return false;
  folder[n] = 0;
  char *slash = strrchr(folder, '/');
  if (slash) *slash = 0;
  return slash != NULL;
}

/* Where the model is when nobody says so: in the environment, beside the program, or where `make install` puts it. */
static const char *default_model(const char *program, char path[PATH_BYTES]) {
  const char *from_environment = getenv("DEMARCHE_MODEL");
  if (from_environment && *from_environment) return from_environment;
  char self[PATH_BYTES];
  if (!own_folder(program, self)) return "en.dmm";
  if (snprintf(path, PATH_BYTES, "%s/en.dmm", self) < PATH_BYTES && exists(path)) return path;
  if (snprintf(path, PATH_BYTES, "%s/../share/demarche/en.dmm", self) < PATH_BYTES && exists(path)) return path;
  return "en.dmm";
}

static demarche_model *open_model(const settings *s) {
  char buffer[PATH_BYTES];
  const char *path = s->model ? s->model : default_model(s->program, buffer);
  demarche_error err = {0};
  demarche_model *model;
  if (demarche_model_open(path, &model, &err)) {
    complain(path, err.text);
    return NULL;
  }
  if (s->lexicon && demarche_model_add(model, s->lexicon, &err)) {
    complain(s->lexicon, err.text);
    demarche_model_close(model);
    return NULL;
  }
  return model;
}

/* ---- output ---- */

static int open_output(const settings *s) {
  if (!s->output || strcmp(s->output, "-") == 0) return STDOUT_FILENO;
  int fd = open(s->output, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
  if (fd < 0) complain(s->output, strerror(errno));
  return fd;
}

/* Some file systems tell only on close that bytes were lost. */
static int close_output(const settings *s, int fd, int status) {
  if (fd == STDOUT_FILENO || close(fd) == 0) return status;
  complain(s->output, strerror(errno));
  return SOME_FAILED;
}

/* ---- jobs ---- */

static bool gather(const settings *s, inputs *list) {
  struct stat st;
  if (s->n == 0) return inputs_add(list, "-");
  for (size_t i = 0; i < s->n; i++) {
    bool literal = s->command == CMD_EXPLAIN && strcmp(s->args[i], "-") != 0 && stat(s->args[i], &st) != 0;
    if (!(literal ? inputs_add_literal(list, s->args[i]) : inputs_add(list, s->args[i]))) return false;
  }
  return true;
}

static int run_inputs(const settings *s, const demarche_model *model) {
  inputs list = {0};
  run_result result = {0};
  int status = ALL_WELL;
  if (!gather(s, &list)) {
    complain("inputs", "out of memory");
    inputs_free(&list);
    return SOME_FAILED;
  }
  int out = open_output(s);
  if (out < 0) {
    inputs_free(&list);
    return WRONG_USAGE;
  }
  run_all(s, model, &list, out, &result);
  if (result.wrong[0]) complain("failed", result.wrong);
  if (!result.closed && (result.wrong[0] || result.failed)) status = SOME_FAILED;
  inputs_free(&list);
  return close_output(s, out, status);
}

static int job_write(const settings *s) {
  if (s->n == 0 && isatty(STDIN_FILENO)) return options_help(s->command), WRONG_USAGE;
  if (s->command == CMD_READ) return run_inputs(s, NULL);
  demarche_model *model = open_model(s);
  if (!model) return WRONG_USAGE;
  int status = run_inputs(s, model);
  demarche_model_close(model);
  return status;
}

static int job_eval(const settings *s) {
  if (s->n == 0) return options_help(s->command), WRONG_USAGE;
  demarche_model *model = open_model(s);
  if (!model) return WRONG_USAGE;
  int status = dem_cli_eval(model, (int)s->n, s->args);
  demarche_model_close(model);
  return status;
}

static int job_relate(const settings *s) {
  if (s->n > 1 || (s->n == 0 && isatty(STDIN_FILENO))) return options_help(s->command), WRONG_USAGE;
  demarche_model *model = open_model(s);
  if (!model) return WRONG_USAGE;
  int out = open_output(s), status = WRONG_USAGE;
  if (out >= 0) status = close_output(s, out, dem_cli_relate(model, s->n ? s->args[0] : "-", out));
  demarche_model_close(model);
  return status;
}

static int put(void *to, const char *bytes, size_t n) { return write_all(*(int *)to, bytes, n) ? 0 : 1; }

static int job_model(const settings *s) {
  if (s->n != 1 || strcmp(s->args[0], "show") != 0) return options_help(s->command), WRONG_USAGE;
  demarche_model *model = open_model(s);
  if (!model) return WRONG_USAGE;
  int out = open_output(s), status = WRONG_USAGE;
  if (out >= 0) {
    demarche_error err = {0};
    bool bad = demarche_model_show(model, put, &out, &err) && errno != EPIPE;
    if (bad) complain("model", err.text);
    status = close_output(s, out, bad ? SOME_FAILED : ALL_WELL);
  }
  demarche_model_close(model);
  return status;
}

/* The words of a name, as the shell handed them over. */
static bool join(const settings *s, char *out, size_t room) {
  size_t n = 0;
  for (size_t i = 1; i < s->n; i++) {
    int more = snprintf(out + n, room - n, "%s%s", i > 1 ? " " : "", s->args[i]);
    if (more < 0 || (size_t)more >= room - n) return false;
    n += (size_t)more;
  }
  return n > 0;
}

static int job_actors(const settings *s) {
  char name[1024];
  bool finds = s->n && strcmp(s->args[0], "find") == 0;
  if (s->n < 2 || !(finds || strcmp(s->args[0], "show") == 0) || !join(s, name, sizeof name))
    return options_help(s->command), WRONG_USAGE;
  if (s->part != DEMARCHE_TABLE && s->part != DEMARCHE_EVENTS) return complain("actors", "--format is table or jsonl here"), WRONG_USAGE;
  demarche_model *model = open_model(s);
  if (!model) return WRONG_USAGE;
  int out = open_output(s), status = WRONG_USAGE;
  if (out >= 0) {
    demarche_error err = {0};
    unsigned flags = (finds ? DEMARCHE_ACTORS_FIND : 0u) | (s->part == DEMARCHE_EVENTS ? DEMARCHE_ACTORS_JSON : 0u);
    demarche_str query = {name, strlen(name)}, on = {s->on, s->on ? strlen(s->on) : 0};
    bool bad = demarche_actors(model, query, on, flags, put, &out, &err) && errno != EPIPE;
    if (bad) complain(name, err.text);
    status = close_output(s, out, bad ? SOME_FAILED : ALL_WELL);
  }
  demarche_model_close(model);
  return status;
}

/* ---- the store ---- */

/* FILE of -o, or nothing more than a complaint. */
static int with_output(const settings *s, int (*job)(const settings *s, dem_store *store, const demarche_model *model, int out),
                       dem_store *store, const demarche_model *model) {
  int out = open_output(s);
  return out < 0 ? WRONG_USAGE : close_output(s, out, job(s, store, model, out));
}

static int ended(const settings *s, demarche_status bad, const demarche_error *err) {
  if (!bad || (bad == DEMARCHE_IO && !err->text[0] && errno == EPIPE)) return ALL_WELL;
  complain(s->store, err->text[0] ? err->text : "the output refused");
  return bad == DEMARCHE_USAGE ? WRONG_USAGE : SOME_FAILED;
}

static int write_events(const settings *s, dem_store *store, const demarche_model *model, int out) {
  demarche_error err = {0};
  dem_target target = s->target;
  if (s->command == CMD_EVENTS)
    target = s->part == DEMARCHE_EVENTS ? DEM_TARGET_JSONL : s->part == DEMARCHE_CSV ? DEM_TARGET_CSV : DEM_TARGET_TABLE;
  uint64_t left_out;
  demarche_status bad = dem_store_events(store, model, &s->filter, target, put, &out, &left_out, &err);
  if (!bad && left_out)
    fprintf(stderr, "demarche: %llu events left out that are negated, denied, future or hypothetical: this target has no words for that"
            " (--status asks for them)\n", (unsigned long long)left_out);
  return ended(s, bad, &err);
}

static int draw_ties(const settings *s, dem_store *store, const char *a, const char *b) {
  demarche_error err = {0};
  int fd = open(s->svg, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
  if (fd < 0) return complain(s->svg, strerror(errno)), WRONG_USAGE;
  demarche_status bad = dem_store_ties(store, a, b, s->by, &s->filter, DEM_TIES_SVG, put, &fd, &err);
  if (close(fd) != 0 && !bad) return complain(s->svg, strerror(errno)), SOME_FAILED;
  return ended(s, bad, &err);
}

static int write_ties(const settings *s, dem_store *store, const demarche_model *model, int out) {
  (void)model;
  demarche_error err = {0};
  const char *a = s->n > 0 ? s->args[0] : NULL, *b = s->n > 1 ? s->args[1] : NULL;
  dem_ties_form form = s->part == DEMARCHE_EVENTS ? DEM_TIES_JSONL : s->part == DEMARCHE_CSV ? DEM_TIES_CSV : DEM_TIES_TABLE;
  int status = ended(s, dem_store_ties(store, a, b, s->by, &s->filter, form, put, &out, &err), &err);
  return status == ALL_WELL && s->svg ? draw_ties(s, store, a, b) : status;
}

static int ingest(const settings *s, dem_store *store, const demarche_model *model) {
  inputs list = {0};
  int status = SOME_FAILED;
  if (gather(s, &list)) status = dem_cli_ingest(s, model, &list, store);
  else complain("inputs", "out of memory");
  inputs_free(&list);
  return status;
}

static int with_store(const settings *s, dem_store *store, const demarche_model *model) {
  switch (s->command) {
    case CMD_INGEST: return ingest(s, store, model);
    case CMD_REBUILD: return dem_cli_rebuild(s, model, store);
    case CMD_LINK: return dem_cli_link(s, store);
    case CMD_TIES: return with_output(s, write_ties, store, model);
    default: return with_output(s, write_events, store, model);
  }
}

/* code -t TARGET: into a store that nobody keeps, linked, and out again. */
static int job_code_target(const settings *s) {
  settings quiet = *s;
  dem_store *store = NULL;
  demarche_error err = {0};
  quiet.quiet = true;
  quiet.store = "code";
  quiet.progress = PROGRESS_NEVER;
  if (s->n == 0 && isatty(STDIN_FILENO)) return options_help(s->command), WRONG_USAGE;
  demarche_model *model = open_model(s);
  if (!model) return WRONG_USAGE;
  int status = SOME_FAILED;
  if (dem_store_open(":memory:", DEM_STORE_CREATE, &store, &err)) {
    complain("code", err.text);
  } else {
    int failed = ingest(&quiet, store, model), written = with_output(&quiet, write_events, store, model);
    status = written ? written : failed;
  }
  dem_store_close(store);
  demarche_model_close(model);
  return status;
}

static int job_store(const settings *s) {
  dem_store *store;
  demarche_error err = {0};
  bool codes = s->command == CMD_INGEST || s->command == CMD_REBUILD || s->command == CMD_EXPORT;
  bool reads = s->command == CMD_EVENTS || s->command == CMD_TIES || s->command == CMD_EXPORT;
  if (s->command == CMD_INGEST && s->n == 0 && isatty(STDIN_FILENO)) return options_help(s->command), WRONG_USAGE;
  if (!s->store) return complain("--store DB", "is needed: the file that holds the store"), WRONG_USAGE;
  if (s->command != CMD_INGEST && s->n > (s->command == CMD_TIES ? 2u : 0u)) return complain(s->args[s->n - 1], "is not expected here"), WRONG_USAGE;
  demarche_model *model = codes ? open_model(s) : NULL;
  if (codes && !model) return WRONG_USAGE;
  int status = WRONG_USAGE;
  dem_store_mode mode = reads ? DEM_STORE_READ : s->command == CMD_INGEST ? DEM_STORE_CREATE : DEM_STORE_UPDATE;
  if (dem_store_open(s->store, mode, &store, &err)) complain(s->store, err.text);
  else status = with_store(s, store, model);
  dem_store_close(store);
  demarche_model_close(model);
  return status;
}

static int job_lexicon(const settings *s) {
  bool imports = s->n > 1 && strcmp(s->args[0], "import") == 0 && s->output, checks = s->n == 2 && strcmp(s->args[0], "check") == 0;
  if (s->n == 3 && strcmp(s->args[0], "diff") == 0) return dem_lexicon_diff(s->args[1], s->args[2]);
  if (!imports && !checks) return options_help(s->command), WRONG_USAGE;
  demarche_model *model = open_model(s);
  if (!model) return WRONG_USAGE;
  int status = imports ? dem_lexicon_import(model, s->output, s->n - 1, s->args + 1) : dem_lexicon_check(model, s->args[1]);
  demarche_model_close(model);
  return fflush(stdout) == 0 || errno == EPIPE ? status : SOME_FAILED;
}

int main(int argc, char **argv) {
  settings s;
  signal(SIGPIPE, SIG_IGN);
  switch (options_parse(argc, argv, &s)) {
    case PARSED_DONE: return fflush(stdout) == 0 || errno == EPIPE ? ALL_WELL : SOME_FAILED;
    case PARSED_WRONG: return WRONG_USAGE;
    case PARSED_RUN: break;
  }
  switch (s.command) {
    case CMD_RELATE: return job_relate(&s);
    case CMD_EVAL: return job_eval(&s);
    case CMD_LEXICON: return job_lexicon(&s);
    case CMD_ACTORS: return job_actors(&s);
    case CMD_MODEL: return job_model(&s);
    case CMD_INGEST:
    case CMD_REBUILD:
    case CMD_LINK:
    case CMD_EVENTS:
    case CMD_TIES:
    case CMD_EXPORT: return job_store(&s);
    case CMD_TRAIN: return dem_train(argc - 1, argv + 1);
    default: return s.command == CMD_CODE && s.targeted ? job_code_target(&s) : job_write(&s);
  }
}
