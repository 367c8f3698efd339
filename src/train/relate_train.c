/* Learns relate.bin: one plane a label (svm.h) over the features of pairs (code/pair.h). Tables and our own examples follow somewhat
 * different rules, so every feature has three weights, one for all, one for tables, one for examples (Daumé, ACL 2007); what is
 * written is the sum that holds for tables where there are any. Costs are balanced between the types. Confidence comes from models
 * that did not see the fifth of the rows they answer. Doubles in a fixed order: same data, same bytes on the same machine. */
#include <math.h>
#include <stdlib.h>

#include "code/code.h"
#include "code/relate_train.h"
#include "train/linear_write.h"
#include "train/pairs_data.h"
#include "train/svm.h"
#include "train/trainers.h"

#define COST 0.1
#define TENTH 0.1f

enum { LABELS = 160, NAME = 40, FOLDS = 5, TYPES = DEM_TYPE_COUNT };

typedef struct relate_run {
  dem_pairs pairs;
  dem_svm_item *item; /* a row's features, each twice: for all, and for its kind of file */
  uint32_t features;  /* without copies */
  uint64_t *key;      /* by feature */
  uint32_t *slot, mask;
  char name[LABELS][NAME];
  uint32_t labels, types; /* the first `types` labels are types */
  double *weight[LABELS]; /* as written: one a feature */
  bool tables;
} relate_run;

static void *must(void *p) {
  if (!p) abort();
  return p;
}

/* ---- features ---- */

static void grow(relate_run *r) {
  uint32_t log2 = 20;
  r->mask = (1u << log2) - 1;
  r->slot = must(calloc((size_t)r->mask + 1, sizeof *r->slot));
  r->key = must(calloc((size_t)r->mask + 1, sizeof *r->key));
}

static uint32_t feature(relate_run *r, uint64_t key) {
  uint32_t at = (uint32_t)key & r->mask;
  for (; r->slot[at]; at = (at + 1) & r->mask)
    if (r->key[r->slot[at] - 1] == key) return r->slot[at] - 1;
  if (r->features == r->mask / 2) abort();
  r->key[r->features] = key;
  r->slot[at] = ++r->features;
  return r->features - 1;
}

/* The first pass numbers features; copies are spread once their number is known. */
static void keep(relate_run *r, uint32_t row, const dem_bag *bag) {
  uint32_t *index = must(calloc(2 * (size_t)bag->n + 1, sizeof *index));
  float *value = must(calloc(2 * (size_t)bag->n + 1, sizeof *value));
  for (uint32_t k = 0; k < bag->n; k++) {
    index[k] = feature(r, bag->slot_key[bag->slot[k]]);
    value[k] = value[bag->n + k] = TENTH * (float)bag->slot_value[bag->slot[k]];
  }
  r->item[row] = (dem_svm_item){index, value, bag->n};
}

static void copies(relate_run *r) {
  for (uint32_t i = 0; i < r->pairs.n; i++) {
    dem_svm_item *x = &r->item[i];
    uint32_t *index = (uint32_t *)(uintptr_t)x->index;
    for (uint32_t k = 0; k < x->n; k++) index[x->n + k] = index[k] + r->features * (r->pairs.row[i].ours ? 1 : 2);
    x->n *= 2;
  }
}

static bool see(relate_run *r, const demarche_model *model) {
  demarche_doc *doc = demarche_doc_new();
  dem_bag *bag = must(malloc(sizeof *bag));
  bool ok = doc != NULL;
  for (uint32_t i = 0; ok && i < r->pairs.n; i++) {
    const dem_pair_row *p = &r->pairs.row[i];
    demarche_error err = {0};
    demarche_relation ignored;
    demarche_status status = demarche_relate(doc, model, p->sentence, p->source, p->target, &ignored, &err);
    ok = status == DEMARCHE_OK || status == DEMARCHE_MODEL; /* the old weights may be missing */
    if (!ok) fprintf(stderr, "demarche train: row %u: %s\n", i + 1, err.text);
    memset(bag, 0, sizeof *bag);
    if (ok) dem_pair_features(doc, model, dem_relate_find(doc, p->source), dem_relate_find(doc, p->target), bag);
    keep(r, i, bag);
  }
  free(bag);
  demarche_doc_free(doc);
  copies(r);
  return ok;
}

/* ---- labels ---- */

static uint32_t label(relate_run *r, const char *name) {
  for (uint32_t k = 0; k < r->labels; k++)
    if (strcmp(r->name[k], name) == 0) return k;
  if (r->labels == LABELS) abort();
  snprintf(r->name[r->labels], NAME, "%s", name);
  return r->labels++;
}

static const char *root(dem_str type) {
  static const char *const yield = "YIELD";
  dem_type t = dem_type_of(type);
  if (t == DEM_TYPE_CONCEDE || t == DEM_TYPE_RETREAT || dem_str_is(type, yield)) return yield;
  return dem_type_text(t).data;
}

static void make_labels(relate_run *r) {
  char name[NAME];
  for (int t = 0; t < TYPES; t++) label(r, root(dem_type_text((dem_type)t)));
  r->types = r->labels;
  label(r, ">RETREAT");
  for (uint32_t i = 0; i < r->pairs.n; i++) {
    const dem_pair_row *p = &r->pairs.row[i];
    if (!p->ours) continue;
    snprintf(name, sizeof name, "%.*s.%.*s", DEM_FMT(p->type), DEM_FMT(p->mode));
    label(r, name);
  }
}

/* +1, -1 or 0: what the row says of the label. */
static int8_t says(const relate_run *r, const dem_pair_row *p, uint32_t k) {
  char name[NAME];
  if (k < r->types) return strcmp(root(p->type), r->name[k]) == 0 ? 1 : -1;
  if (strcmp(r->name[k], ">RETREAT") == 0)
    return dem_str_is(p->type, "RETREAT") ? 1 : dem_str_is(p->type, "CONCEDE") ? -1 : 0;
  size_t n = strcspn(r->name[k], ".");
  if (!p->ours || !dem_str_eq(p->type, (dem_str){r->name[k], n})) return 0;
  snprintf(name, sizeof name, "%.*s.%.*s", DEM_FMT(p->type), DEM_FMT(p->mode));
  return strcmp(name, r->name[k]) == 0 ? 1 : -1;
}

/* ---- learning ---- */

static void learn(relate_run *r, uint32_t k, const uint8_t *left_out, double *weight) {
  uint32_t n = r->pairs.n, yes = 0, all = 0;
  int8_t *target = must(calloc(n + 1, sizeof *target));
  double *cost = must(calloc(n + 1, sizeof *cost)), *plane = must(calloc(3 * (size_t)r->features + 1, sizeof *plane));
  for (uint32_t i = 0; i < n; i++) {
    target[i] = left_out && left_out[i] ? 0 : says(r, &r->pairs.row[i], k);
    yes += target[i] > 0;
    all += target[i] != 0;
  }
  double balance = yes ? fmax(1, fmin(all / (15.0 * yes), 10)) : 1;
  for (uint32_t i = 0; i < n; i++) cost[i] = target[i] > 0 ? COST * balance : COST;
  dem_svm_learn(r->item, n, target, cost, 3 * r->features, plane);
  for (uint32_t j = 0; j < r->features; j++) weight[j] = plane[j] + plane[j + r->features * (r->tables ? 2 : 1)];
  free(target);
  free(cost);
  free(plane);
}

static double score(const relate_run *r, uint32_t row, const double *weight) {
  double sum = 0;
  for (uint32_t k = 0; k < r->item[row].n / 2; k++) sum += weight[r->item[row].index[k]] * (double)r->item[row].value[k];
  return sum;
}

/* ---- confidence ---- */

typedef struct trial {
  double lead;
  bool right;
} trial;

static int by_lead(const void *a, const void *b) {
  const trial *x = a, *y = b;
  return (x->lead > y->lead) - (x->lead < y->lead);
}

/* The rows of one fold, answered by models that did not see it. */
static uint32_t answer(relate_run *r, uint32_t fold, double *const *weight, trial *out) {
  uint8_t *left_out = must(calloc(r->pairs.n + 1, 1));
  uint32_t n = 0;
  for (uint32_t i = 0; i < r->pairs.n; i++) left_out[i] = r->pairs.row[i].ours != r->tables && i % FOLDS == fold;
  for (uint32_t k = 0; k < r->types; k++) learn(r, k, left_out, weight[k]);
  for (uint32_t i = 0; i < r->pairs.n; i++) {
    if (!left_out[i]) continue;
    double best = -HUGE_VAL, next = -HUGE_VAL;
    uint32_t which = 0;
    for (uint32_t k = 0; k < r->types; k++) {
      double s = score(r, i, weight[k]);
      if (s > best) next = best, best = s, which = k;
      else if (s > next) next = s;
    }
    out[n++] = (trial){best - next, says(r, &r->pairs.row[i], which) > 0};
  }
  free(left_out);
  return n;
}

/* Right answers by lead, in equal steps, never falling as the lead grows. */
static void confidence(relate_run *r, double scale, uint32_t *step, uint16_t out[DEM_RELATE_STEPS]) {
  trial *t = must(calloc(r->pairs.n + 1, sizeof *t));
  double *weight[LABELS] = {NULL}, right = 0;
  uint32_t n = 0, hit[DEM_RELATE_STEPS] = {0}, all[DEM_RELATE_STEPS] = {0};
  for (uint32_t k = 0; k < r->types; k++) weight[k] = must(calloc(r->features + 1, sizeof **weight));
  for (uint32_t fold = 0; fold < FOLDS; fold++) n += answer(r, fold, weight, t + n);
  qsort(t, n, sizeof *t, by_lead);
  double most = n ? t[n - 1 - n / 20].lead : 1;
  *step = (uint32_t)fmax(1, most * scale / DEM_RELATE_STEPS);
  for (uint32_t i = 0; i < n; i++) {
    uint32_t s = (uint32_t)(t[i].lead * scale / *step);
    if (s >= DEM_RELATE_STEPS) s = DEM_RELATE_STEPS - 1;
    hit[s] += t[i].right;
    all[s]++;
    right += t[i].right;
  }
  fprintf(stderr, "relate: %u rows in %d folds: %.1f %% of the types right\n", n, FOLDS, n ? 100 * right / n : 0);
  for (int s = 0; s < DEM_RELATE_STEPS; s++) {
    out[s] = (uint16_t)(1000 * (hit[s] + 1) / (all[s] + 2));
    if (s && out[s] < out[s - 1]) out[s] = out[s - 1];
  }
  for (uint32_t k = 0; k < r->types; k++) free(weight[k]);
  free(t);
}

/* ---- writing ---- */

static double full_scale(const relate_run *r) {
  double most = 0;
  for (uint32_t k = 0; k < r->labels; k++)
    for (uint32_t j = 0; j < r->features; j++) most = fmax(most, fabs(r->weight[k][j]));
  return most > 0 ? 127 / most * 1.5 : 1; /* the few largest are cut */
}

static size_t cells_of(const relate_run *r, double scale, dem_linear_cell *out) {
  size_t n = 0;
  for (uint32_t k = 0; k < r->labels; k++)
    for (uint32_t j = 0; j < r->features; j++) {
      double q = fmax(-127, fmin(127, round(r->weight[k][j] * scale)));
      if (q == 0) continue;
      if (out) out[n] = (dem_linear_cell){r->key[j], (uint8_t)k, (int8_t)q};
      n++;
    }
  return n;
}

static bool write_model(relate_run *r, const char *path) {
  char names[LABELS * NAME];
  size_t len = 0;
  double scale = full_scale(r);
  uint32_t head[2] = {DEM_RELATE_MAGIC, 1};
  uint16_t sure[DEM_RELATE_STEPS];
  confidence(r, scale * 10, &head[1], sure); /* values are tenths */
  for (uint32_t k = 0; k < r->labels; k++) len += (size_t)snprintf(names + len, sizeof names - len, "%s\n", r->name[k]);
  size_t n = cells_of(r, scale, NULL);
  dem_linear_cell *cell = must(calloc(n + 1, sizeof *cell));
  cells_of(r, scale, cell);
  FILE *f = fopen(path, "wb");
  bool ok = f && fwrite(head, sizeof head, 1, f) == 1 && fwrite(sure, sizeof sure, 1, f) == 1;
  ok = ok && dem_linear_write(f, cell, n, r->labels, (dem_str){names, len});
  if (f && fclose(f) != 0) ok = false;
  fprintf(stderr, "%s: %u rows, %u features, %u labels, %zu weights\n", path, r->pairs.n, r->features, r->labels, n);
  if (!ok) fprintf(stderr, "demarche train: %s: cannot be written\n", path);
  free(cell);
  return ok;
}

/* Rows without an event or without two parties teach nothing here. */
static void drop(dem_pairs *p) {
  uint32_t n = 0;
  for (uint32_t i = 0; i < p->n; i++)
    if (!dem_str_is(p->row[i].type, "NONE") && p->row[i].source.len && p->row[i].target.len) p->row[n++] = p->row[i];
  p->n = n;
}

static bool run(relate_run *r, const demarche_model *model, const dem_recipe *recipe) {
  drop(&r->pairs);
  for (uint32_t i = 0; i < r->pairs.n; i++) r->tables |= !r->pairs.row[i].ours;
  r->item = must(calloc(r->pairs.n + 1, sizeof *r->item));
  grow(r);
  if (!see(r, model)) return false;
  make_labels(r);
  for (uint32_t k = 0; k < r->labels; k++) {
    r->weight[k] = must(calloc(r->features + 1, sizeof **r->weight));
    learn(r, k, NULL, r->weight[k]);
  }
  return write_model(r, recipe->out);
}

bool dem_train_relate(char **paths, int n, const dem_recipe *recipe) {
  relate_run r = {.features = 0};
  demarche_model *model = NULL;
  demarche_error err = {0};
  bool ok = recipe->model && demarche_model_open(recipe->model, &model, &err) == DEMARCHE_OK;
  if (!ok) fprintf(stderr, "demarche train: relate needs --model FILE: %s\n", recipe->model ? err.text : "none given");
  ok = ok && dem_pairs_load(paths, n, &r.pairs) && run(&r, model, recipe);
  for (uint32_t k = 0; k < LABELS; k++) free(r.weight[k]);
  for (uint32_t i = 0; r.item && i < r.pairs.n; i++) {
    free((void *)(uintptr_t)r.item[i].index);
    free((void *)(uintptr_t)r.item[i].value);
  }
  free(r.item);
  free(r.key);
  free(r.slot);
  dem_pairs_free(&r.pairs);
  demarche_model_close(model);
  return ok;
}
