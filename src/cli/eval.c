/* demarche eval: codes the dispatches a gold file names and compares event by event.
 *
 * Within a dispatch, gold and coded events are paired one to one, the best agreeing pairs first: the same type counts most,
 * then the same trigger words, actors, recipients, status, date. A pair needs the same type or the same trigger. Counted are
 *   type     the pair has one type
 *   actors   and the same set of actor and recipient codes ("FRA GOV"; where gold gives no sector, the code alone)
 *   status   and one status
 *   whole    all of these, one mode in common where gold has modes, and dates that meet
 * each as right / coded (precision) and right / gold (recall). Refuses: gold it cannot read (named, exit 1). */
#include "cli/eval.h"

#include <dirent.h>
#include <errno.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/file.h"

enum { TYPES = 16 };
enum { TYPE, ACTORS, STATUS, WHOLE, MEASURES };

static const char *const types[TYPES] = {"AGREE",   "CONSULT", "SUPPORT",  "CONCEDE", "COOPERATE", "AID",      "RETREAT", "REQUEST",
                                         "ACCUSE",  "REJECT",  "THREATEN", "PROTEST", "SANCTION",  "MOBILIZE", "COERCE",  "ASSAULT"};

typedef struct tally {
  unsigned gold, coded, right[MEASURES];
  unsigned type_gold[TYPES + 1], type_coded[TYPES + 1], type_right[TYPES + 1]; /* the last: no known type */
  unsigned confusion[TYPES + 1][TYPES + 1]; /* gold by coded; the last row and column: nothing */
  unsigned failed;
} tally;

typedef struct buffer {
  char *at;
  size_t n, cap;
} buffer;

static int collect(void *to, const char *bytes, size_t n) {
  buffer *b = to;
  if (b->cap - b->n < n) {
    size_t cap = (b->cap + n) * 2;
    char *wider = realloc(b->at, cap);
    if (!wider) return 1;
    b->at = wider;
    b->cap = cap;
  }
  memcpy(b->at + b->n, bytes, n);
  b->n += n;
  return 0;
}

static const char *text(json_t *object, const char *key) {
  const char *s = json_string_value(json_object_get(object, key));
  return s ? s : "";
}

static int type_of(json_t *event) {
  for (int i = 0; i < TYPES; i++)
    if (strcmp(text(event, "type"), types[i]) == 0) return i;
  return TYPES;
}

/* Does `party` bear the code and, where gold gives one, the sector of `gold`? */
static bool same_party(json_t *gold, json_t *party) {
  if (strcmp(text(gold, "code"), text(party, "code")) != 0) return false;
  const char *sector = text(gold, "sector");
  if (!*sector || strcmp(sector, text(party, "sector")) == 0) return true;
  size_t i;
  json_t *s;
  json_array_foreach(json_object_get(party, "sectors"), i, s) {
    if (strcmp(json_string_value(s) ? json_string_value(s) : "", sector) == 0) return true;
  }
  return false;
}

static bool covered(json_t *some, json_t *by, bool some_is_gold) {
  size_t i, k;
  json_t *a, *b;
  json_array_foreach(some, i, a) {
    bool found = false;
    json_array_foreach(by, k, b) found = found || (some_is_gold ? same_party(a, b) : same_party(b, a));
    if (!found) return false;
  }
  return true;
}

static bool same_parties(json_t *gold, json_t *event, const char *key) {
  json_t *g = json_object_get(gold, key), *e = json_object_get(event, key);
  return covered(g, e, true) && covered(e, g, false);
}

static bool same_mode(json_t *gold, json_t *event) {
  json_t *g = json_object_get(gold, "mode"), *e = json_object_get(event, "mode");
  size_t i, k;
  json_t *a, *b;
  json_array_foreach(g, i, a) json_array_foreach(e, k, b) if (json_equal(a, b)) return true;
  return json_array_size(g) == 0;
}

static bool dates_meet(json_t *gold, json_t *event) {
  json_t *g = json_object_get(gold, "date"), *e = json_object_get(event, "date");
  if (!*text(g, "from") || !*text(e, "from")) return !*text(g, "from");
  const char *g_to = *text(g, "to") ? text(g, "to") : "9999", *e_to = *text(e, "to") ? text(e, "to") : "9999";
  return strcmp(text(g, "from"), e_to) <= 0 && strcmp(text(e, "from"), g_to) <= 0;
}

static bool same_trigger(json_t *gold, json_t *event) {
  const char *g = text(json_object_get(gold, "trigger"), "text"), *e = text(json_object_get(event, "trigger"), "text");
  return *g && *e && (strstr(e, g) || strstr(g, e));
}

static unsigned likeness(json_t *gold, json_t *event) {
  bool type = type_of(gold) == type_of(event), trigger = same_trigger(gold, event);
  if (!type && !trigger) return 0;
  return 16u * type + 8u * trigger + 4u * same_parties(gold, event, "actor") + 2u * same_parties(gold, event, "recipient") +
         (strcmp(text(gold, "status"), text(event, "status")) == 0) + dates_meet(gold, event);
}

static void count_pair(tally *t, json_t *gold, json_t *event) {
  int type = type_of(gold);
  t->confusion[type][type_of(event)]++;
  if (type != type_of(event)) return;
  bool actors = same_parties(gold, event, "actor") && same_parties(gold, event, "recipient");
  bool status = strcmp(text(gold, "status"), text(event, "status")) == 0;
  t->right[TYPE]++;
  t->type_right[type]++;
  t->right[ACTORS] += actors;
  t->right[STATUS] += status;
  t->right[WHOLE] += actors && status && same_mode(gold, event) && dates_meet(gold, event);
}

/* Pair and count; both arrays lose nothing, `used` marks what found its pair. */
static void compare(tally *t, json_t *gold, json_t *coded) {
  size_t n = json_array_size(gold), m = json_array_size(coded);
  bool *gold_used = calloc(n + 1, 1), *used = calloc(m + 1, 1);
  for (unsigned want = 32; gold_used && used && want > 0; want--)
    for (size_t g = 0; g < n; g++)
      for (size_t e = 0; e < m && !gold_used[g]; e++) {
        if (used[e] || likeness(json_array_get(gold, g), json_array_get(coded, e)) != want) continue;
        gold_used[g] = used[e] = true;
        count_pair(t, json_array_get(gold, g), json_array_get(coded, e));
      }
  for (size_t g = 0; g < n && gold_used; g++)
    if (!gold_used[g]) t->confusion[type_of(json_array_get(gold, g))][TYPES]++;
  for (size_t e = 0; e < m && used; e++)
    if (!used[e]) t->confusion[TYPES][type_of(json_array_get(coded, e))]++;
  for (size_t g = 0; g < n; g++) t->type_gold[type_of(json_array_get(gold, g))]++;
  for (size_t e = 0; e < m; e++) t->type_coded[type_of(json_array_get(coded, e))]++;
  t->gold += (unsigned)n;
  t->coded += (unsigned)m;
  free(gold_used);
  free(used);
}

/* The objects of JSON Lines; what is no object is named on stderr and counted. */
static json_t *read_lines(tally *t, const char *name, dem_str bytes) {
  json_t *list = json_array();
  for (unsigned line = 1; list && bytes.len; line++) {
    dem_str one = dem_str_trim(dem_str_cut(&bytes, '\n'));
    if (one.len == 0) continue;
    json_error_t error;
    json_t *object = json_loadb(one.data, one.len, 0, &error);
    if (json_is_object(object)) {
      json_array_append_new(list, object);
      continue;
    }
    fprintf(stderr, "demarche: %s:%u: not a JSON object\n", name, line);
    json_decref(object);
    t->failed++;
  }
  return list;
}

static json_t *code_file(tally *t, const demarche_model *model, demarche_doc *doc, const char *path) {
  demarche_error err = {DEMARCHE_OK, ""};
  dem_file file;
  buffer out = {NULL, 0, 0};
  json_t *events = NULL;
  bool ok = dem_file_open(path, DEMARCHE_MAX_BYTES, &file, &err);
  if (ok) {
    ok = demarche_code(doc, model, file.bytes, &err) == DEMARCHE_OK &&
         demarche_write_part(doc, DEMARCHE_EVENTS, collect, &out, &err) == DEMARCHE_OK;
    dem_file_close(&file);
  }
  if (ok) events = read_lines(t, path, (dem_str){out.at, out.n});
  if (!ok) fprintf(stderr, "demarche: %s: %s\n", path, err.text), t->failed++;
  free(out.at);
  return events;
}

/* The dispatch files that the events of a gold file name, each once, in the order of the file. */
static json_t *by_source(json_t *gold) {
  json_t *groups = json_object();
  size_t i;
  json_t *event;
  json_array_foreach(gold, i, event) {
    const char *source = text(json_object_get(event, "dispatch"), "source");
    if (!json_object_get(groups, source)) json_object_set_new(groups, source, json_array());
    json_array_append(json_object_get(groups, source), event);
  }
  return groups;
}

static void eval_gold(tally *t, const demarche_model *model, demarche_doc *doc, const char *path) {
  demarche_error err;
  dem_file file;
  if (!dem_file_open(path, DEMARCHE_MAX_BYTES, &file, &err)) {
    fprintf(stderr, "demarche: %s: %s\n", path, err.text);
    t->failed++;
    return;
  }
  json_t *gold = read_lines(t, path, file.bytes), *groups = by_source(gold), *events;
  dem_file_close(&file);
  const char *slash = strrchr(path, '/'), *source;
  json_object_foreach(groups, source, events) {
    char name[4096];
    snprintf(name, sizeof name, "%.*s%s", slash ? (int)(slash - path + 1) : 0, path, source);
    json_t *coded = code_file(t, model, doc, name);
    if (coded) compare(t, events, coded);
    json_decref(coded);
  }
  json_decref(groups);
  json_decref(gold);
}

static int gold_only(const struct dirent *e) { return dem_str_ends(dem_str_of(e->d_name), ".gold.jsonl"); }

static int by_bytes(const struct dirent **a, const struct dirent **b) { return strcmp((*a)->d_name, (*b)->d_name); }

static void eval_path(tally *t, const demarche_model *model, demarche_doc *doc, const char *path) {
  struct dirent **entry;
  int n = scandir(path, &entry, gold_only, by_bytes);
  if (n < 0) {
    eval_gold(t, model, doc, path);
    return;
  }
  if (n == 0) fprintf(stderr, "demarche: %s: holds no *.gold.jsonl\n", path), t->failed++;
  for (int i = 0; i < n; i++) {
    char name[4096];
    size_t len = strlen(path);
    snprintf(name, sizeof name, "%.*s/%s", (int)(len && path[len - 1] == '/' ? len - 1 : len), path, entry[i]->d_name);
    eval_gold(t, model, doc, name);
    free(entry[i]);
  }
  free(entry);
}

/* right / whole in per cent with one decimal, rounded, without floating point. */
static void percent(char *out, size_t size, unsigned right, unsigned whole) {
  unsigned tenths = whole ? (2000u * right + whole) / (2u * whole) : 0;
  snprintf(out, size, "%u.%u", tenths / 10, tenths % 10);
}

static void print_row(const char *name, unsigned right, unsigned coded, unsigned gold) {
  char p[16], r[16], f[16];
  percent(p, sizeof p, right, coded);
  percent(r, sizeof r, right, gold);
  percent(f, sizeof f, 2 * right, coded + gold);
  printf("%-12s %9s %9s %9s %7u %7u %7u\n", name, p, r, f, right, coded, gold);
}

static void print_confusion(const tally *t) {
  printf("\nmost frequent confusions (gold > coded)\n");
  for (unsigned rank = 0, last = UINT32_MAX; rank < 12 && last > 0;) {
    unsigned best = 0;
    for (int g = 0; g <= TYPES; g++)
      for (int c = 0; c <= TYPES; c++)
        if (g != c && t->confusion[g][c] < last && t->confusion[g][c] > best) best = t->confusion[g][c];
    for (int g = 0; g <= TYPES && best; g++)
      for (int c = 0; c <= TYPES; c++)
        if (g != c && t->confusion[g][c] == best && rank < 12) {
          printf("%7u  %s > %s\n", best, g < TYPES ? types[g] : "(nothing)", c < TYPES ? types[c] : "(nothing)");
          rank++;
        }
    last = best;
  }
}

static void print_tally(const tally *t) {
  static const char *const measures[] = {"type", "actors", "status", "whole event"};
  printf("%-12s %9s %9s %9s %7s %7s %7s\n", "", "precision", "recall", "F1", "right", "coded", "gold");
  for (int i = 0; i < MEASURES; i++) print_row(measures[i], t->right[i], t->coded, t->gold);
  printf("\n");
  for (int i = 0; i < TYPES; i++)
    if (t->type_gold[i] || t->type_coded[i]) print_row(types[i], t->type_right[i], t->type_coded[i], t->type_gold[i]);
  print_confusion(t);
}

int dem_cli_eval(const demarche_model *model, int n, char **paths) {
  tally t = {0};
  demarche_doc *doc = demarche_doc_new();
  if (!doc) return fprintf(stderr, "demarche: out of memory\n"), 1;
  for (int i = 0; i < n; i++) eval_path(&t, model, doc, paths[i]);
  demarche_doc_free(doc);
  if (t.gold) print_tally(&t);
  return t.failed ? 1 : 0;
}
