/* Learns where sentences end: logistic regression over the hashed features of the gaps (text/gap.h), one pass of AdaGrad after
 * another over shuffled gaps, then rounded to signed bytes. Edited news without gold (--text) teaches what is beyond doubt there,
 * with less weight, so that the treebanks' e-mail and reviews do not cut news between capitals. The treebanks' text is laid out as raw text is read: a space between
 * sentences, a blank line between paragraphs, tokens by the program's own rules. Only additions, multiplications, divisions and
 * square roots of doubles in a fixed order, so that the same data gives the same bytes. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/file.h"
#include "base/utf8.h"
#include "train/trainers.h"

#define NEWS_WEIGHT 0.25f

enum { LOG2 = 17, TABLE = 1 << LOG2, SCALE = 24, LIMIT = 1 << 28 };

typedef struct gap {
  uint32_t feature[DEM_GAP_FEATURES];
  bool ends;
  float weight; /* 1 for gold */
} gap;

typedef struct segment_run {
  gap *gaps;
  uint32_t n, room;
  double *weight, *slope;
  dem_doc *raw;
} segment_run;

static void *must(void *p) {
  if (!p) abort();
  return p;
}

/* The paragraph's text, its sentences one space apart; ends[] gets where each ends. */
static void lay_out(dem_doc *raw, const dem_doc *gold, uint32_t first, uint32_t last, uint32_t *ends) {
  size_t n = 0;
  for (uint32_t i = first; i < last; i++) n += gold->sentences.at[i].span.end - gold->sentences.at[i].span.begin + 1;
  char *p = dem_arena_push(&raw->arena, n);
  n = 0;
  for (uint32_t i = first; i < last; i++) {
    dem_str s = dem_doc_slice(gold, gold->sentences.at[i].span);
    if (n) p[n++] = ' ';
    memcpy(p + n, s.data, s.len);
    ends[i - first] = (uint32_t)(n += s.len);
  }
  raw->text = (dem_str){p, n};
}

static gap *more(segment_run *r) {
  if (r->n == r->room) {
    r->room = r->room ? r->room * 2 : 1 << 16;
    r->gaps = must(realloc(r->gaps, r->room * sizeof *r->gaps));
  }
  return &r->gaps[r->n++];
}

/* The tokens of raw->text, in a list that is used again and again. */
static void tokenize(dem_doc *raw, dem_gaps *g) {
  if (raw->tokens.n) memset(raw->tokens.at, 0, raw->tokens.n * sizeof *raw->tokens.at);
  raw->tokens.n = 0;
  dem_tokenize(raw, (dem_span){0, (uint32_t)raw->text.len});
  dem_gaps_load(g, raw, 0, raw->tokens.n);
}

static void add_paragraph(segment_run *r, dem_gaps *g, const dem_doc *gold, uint32_t first, uint32_t last) {
  uint32_t *ends = must(malloc((last - first) * sizeof *ends)), k = 0;
  dem_doc *raw = r->raw;
  lay_out(raw, gold, first, last, ends);
  tokenize(raw, g);
  for (uint32_t i = 0; i + 1 < raw->tokens.n; i++) {
    uint32_t end = raw->tokens.at[i].span.end;
    while (k < last - first && ends[k] < end) k++;
    bool is_end = k < last - first && ends[k] == end;
    if (dem_gap_open(g, i)) {
      gap *x = more(r);
      dem_gap_features(g, i, x->feature);
      x->ends = is_end;
      x->weight = 1;
    }
    if (is_end) dem_gaps_end(g, i);
  }
  free(ends);
}

static void add_plain(segment_run *r, dem_gaps *g, dem_str paragraph) {
  dem_doc *raw = r->raw;
  raw->text = paragraph;
  tokenize(raw, g);
  for (uint32_t i = 0; i + 1 < raw->tokens.n; i++) {
    dem_gap_sense sense = dem_gap_open(g, i) ? dem_gap_plain(g, i) : DEM_GAP_DOUBT;
    if (sense == DEM_GAP_DOUBT) continue;
    gap *x = more(r);
    dem_gap_features(g, i, x->feature);
    x->ends = sense == DEM_GAP_END;
    x->weight = NEWS_WEIGHT;
    if (x->ends) dem_gaps_end(g, i);
  }
}

/* Paragraphs of plain text, a line each or with blank lines between. */
static bool add_text(segment_run *r, const char *path) {
  dem_file file;
  demarche_error err;
  if (!path) return true;
  if (!dem_file_open(path, LIMIT, &file, &err)) {
    fprintf(stderr, "demarche train: %s: %s\n", path, err.text);
    return false;
  }
  if (dem_arena_catch(&r->raw->arena)) return false;
  dem_gaps *g = dem_new(&r->raw->arena, dem_gaps);
  for (dem_str rest = file.bytes; rest.len;) {
    dem_str line = dem_str_trim(dem_str_cut(&rest, '\n'));
    if (line.len && dem_utf8_valid(line)) add_plain(r, g, line);
  }
  dem_file_close(&file);
  return true;
}

static bool add_gaps(segment_run *r, const dem_doc *gold) {
  dem_doc *raw = r->raw;
  if (dem_arena_catch(&raw->arena)) return false;
  dem_gaps *g = dem_new(&raw->arena, dem_gaps);
  for (uint32_t i = 0; i < gold->sentences.n;) {
    uint32_t j = i;
    while (j < gold->sentences.n && gold->sentences.at[j].paragraph == gold->sentences.at[i].paragraph) j++;
    add_paragraph(r, g, gold, i, j);
    i = j;
  }
  return true;
}

/* 1 / (1 + exp(-z)), close enough and the same everywhere. */
static double chance(double z) {
  double e = 1 - (z > 12 ? 12 : z < -12 ? -12 : z) / 4096;
  for (int i = 0; i < 12; i++) e *= e;
  return 1 / (1 + e);
}

static double score(const segment_run *r, const gap *x) {
  double z = 0;
  for (uint32_t k = 0; k < DEM_GAP_FEATURES; k++) z += r->weight[x->feature[k] & (TABLE - 1)];
  return z;
}

static void learn(segment_run *r, const gap *x) {
  double error = ((x->ends ? 1 : 0) - chance(score(r, x))) * (double)x->weight;
  if (error > -0.002 && error < 0.002) return;
  for (uint32_t k = 0; k < DEM_GAP_FEATURES; k++) {
    uint32_t at = x->feature[k] & (TABLE - 1);
    double slope = error - 0.0003 * r->weight[at];
    r->slope[at] += slope * slope;
    r->weight[at] += 0.08 * slope / sqrt(r->slope[at] + 0.01);
  }
}

static bool write(const segment_run *r, const char *path) {
  uint32_t header[4] = {DEM_GAP_MAGIC, DEM_GAP_VERSION, LOG2, 0};
  int8_t *table = must(malloc(TABLE));
  for (uint32_t i = 0; i < TABLE; i++) {
    double w = r->weight[i] * SCALE;
    table[i] = (int8_t)(w > 127 ? 127 : w < -127 ? -127 : w < 0 ? w - 0.5 : w + 0.5);
  }
  FILE *f = fopen(path, "wb");
  bool ok = f && fwrite(header, sizeof header, 1, f) == 1 && fwrite(table, TABLE, 1, f) == 1;
  if (f && fclose(f) != 0) ok = false;
  free(table);
  if (!ok) fprintf(stderr, "demarche train: %s: cannot be written\n", path);
  return ok;
}

static void report(const segment_run *r, uint32_t epoch) {
  uint32_t wrong = 0;
  for (uint32_t i = 0; i < r->n; i++) wrong += (score(r, &r->gaps[i]) > 0) != r->gaps[i].ends;
  fprintf(stderr, "epoch %u: %u of %u gaps wrong\n", epoch + 1, wrong, r->n);
}

bool dem_train_segment(dem_data *data, const dem_recipe *recipe) {
  segment_run r = {.weight = must(calloc(TABLE, sizeof(double))), .slope = must(calloc(TABLE, sizeof(double)))};
  r.raw = must(calloc(1, sizeof *r.raw));
  dem_arena_init(&r.raw->arena, SIZE_MAX);
  bool ok = add_gaps(&r, data->doc) && add_text(&r, recipe->text);
  uint32_t *order = must(malloc((r.n + 1) * sizeof *order));
  for (uint32_t i = 0; i < r.n; i++) order[i] = i;
  dem_random random = {0x5EED5E67u};
  for (uint32_t epoch = 0; ok && epoch < recipe->epochs; epoch++) {
    dem_shuffle(&random, order, r.n);
    for (uint32_t i = 0; i < r.n; i++) learn(&r, &r.gaps[order[i]]);
    report(&r, epoch);
  }
  ok = ok && write(&r, recipe->out);
  dem_arena_free(&r.raw->arena);
  free(r.raw), free(r.gaps), free(r.weight), free(r.slope), free(order);
  return ok;
}
