/* Decides what the network computes, and by hand how its losses flow back. Layers: rows summed, recurrent layers whose matrices see
 * the words only (so that all tokens of a batch go through one product), one top matrix for all heads. Dropout is the same at
 * every token of a sentence. Invariant: forward and backward visit tokens in one order, so a seed gives one result. */
#include "train/net_model.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static float *floats(size_t n) {
  float *p = calloc(n + 16, sizeof *p);
  if (!p) abort();
  return p;
}

static uint64_t draw(uint64_t *state) {
  *state ^= *state >> 12;
  *state ^= *state << 25;
  *state ^= *state >> 27;
  return *state * 0x2545F4914F6CDD1Du;
}
static float uniform(uint64_t *state) { return (float)(draw(state) >> 40) / 16777216.0f; }

static dem_weights weights(size_t n) { return (dem_weights){floats(n), floats(n), floats(n), floats(n), n}; }
static void weights_free(dem_weights *w) { free(w->w), free(w->g), free(w->m), free(w->v); }

static void fill(float *w, size_t n, float range, uint64_t *random) {
  for (size_t i = 0; i < n; i++) w[i] = range * (2 * uniform(random) - 1);
}

static void start_weights(dem_brain *b, uint64_t seed) {
  const dem_net_size *s = &b->size;
  const dem_net_places *p = &b->place;
  float *w = b->dense.w, width = (float)p->width;
  fill(w + p->given, (size_t)s->vector * p->width, 0.5f / sqrtf((float)(s->vector + 1)), &seed);
  for (uint32_t l = 0; l < s->layers; l++) {
    fill(w + p->layer[l], (size_t)p->width * p->gates, sqrtf(6 / (width + (float)s->half)), &seed);
    for (uint32_t d = 0; d < 2; d++) /* remember a little at first */
      for (uint32_t i = 0; i < s->half; i++) w[p->layer_bias[l] + (d * 3 + 1) * s->half + i] = 0.5f;
  }
  fill(w + p->top, (size_t)p->width * p->columns, sqrtf(6 / (width + (float)s->arc)), &seed);
  fill(w + p->arc_step, (size_t)(DEM_NET_STEPS + 1) * s->arc, 0.1f, &seed); /* and ROOT */
  fill(w + p->rel_step, (size_t)DEM_NET_STEPS * s->rel, 0.1f, &seed);
  fill(w + p->label, (size_t)s->rel * DEM_NET_RELS, sqrtf(6 / (float)(s->rel + DEM_NET_RELS)), &seed);
  fill(b->rows.w, b->rows.n, 0.2f, &seed);
}

dem_brain *dem_brain_new(const dem_net_size *size, const float *vector, uint32_t room, uint64_t seed) {
  dem_brain *b = calloc(1, sizeof *b);
  if (!b) abort();
  b->size = *size;
  b->place = dem_net_places_of(size);
  b->vector = vector;
  b->room = room;
  uint32_t width = b->place.width, gates = b->place.gates, columns = b->place.columns;
  b->dense = weights(b->place.all);
  b->rows = weights((size_t)size->rows * width);
  b->touched = calloc(size->rows + 1, sizeof *b->touched);
  b->is_touched = calloc(size->rows + 1, 1);
  if (!b->touched || !b->is_touched) abort();
  for (uint32_t l = 0; l <= size->layers; l++) b->x[l] = floats((size_t)room * width);
  for (uint32_t l = 0; l < size->layers; l++) b->gate[l] = floats((size_t)room * gates), b->cell[l] = floats((size_t)room * width);
  b->given = floats((size_t)room * (size->vector + 1));
  b->top = floats((size_t)room * columns);
  b->dtop = floats((size_t)room * columns);
  b->dgate = floats((size_t)room * gates);
  b->in = floats((size_t)room * width);
  b->dx = floats((size_t)room * width);
  b->masks = width * (size->layers + 2) + 2 * size->arc + size->rel;
  b->mask = floats((size_t)room * b->masks);
  start_weights(b, seed);
  return b;
}

void dem_brain_free(dem_brain *b) {
  if (!b) return;
  weights_free(&b->dense), weights_free(&b->rows);
  for (uint32_t l = 0; l <= DEM_NET_LAYERS; l++) free(b->x[l]);
  for (uint32_t l = 0; l < DEM_NET_LAYERS; l++) free(b->gate[l]), free(b->cell[l]);
  free(b->given), free(b->top), free(b->dtop), free(b->dgate), free(b->in), free(b->dx), free(b->mask);
  free(b->touched), free(b->is_touched);
  free(b);
}

/* ---- dropout ---- */

/* Masks of a sentence: embedding, each layer's input, top's input, then dependents, heads, labels. */
static void draw_masks(dem_brain *b, uint32_t sentences, const dem_dropout *d, uint64_t *random) {
  uint32_t width = b->place.width, hidden = width * (b->size.layers + 2);
  for (uint32_t s = 0; s < sentences; s++)
    for (uint32_t i = 0; i < b->masks; i++) {
      float share = !d ? 0 : i < width ? d->input : i < hidden - width ? d->layer : i < hidden ? d->top : d->hidden;
      b->mask[(size_t)s * b->masks + i] = !d ? 1 : uniform(random) < share ? 0 : 1 / (1 - share);
    }
}

static void mask_rows(const dem_brain *b, const dem_batch *batch, float *x, size_t stride, uint32_t n, uint32_t at) {
  for (uint32_t s = 0; s < batch->sentences; s++) {
    const float *mask = b->mask + (size_t)s * b->masks + at;
    for (uint32_t i = batch->begin[s]; i < batch->begin[s + 1]; i++)
      for (uint32_t k = 0; k < n; k++) x[i * stride + k] *= mask[k];
  }
}

/* ---- forward ---- */

static void embed(dem_brain *b, const dem_batch *batch) {
  uint32_t width = b->place.width, vector = b->size.vector;
  float *x = b->x[0];
  memset(x, 0, (size_t)batch->tokens * width * sizeof *x);
  for (uint32_t i = 0; i < batch->tokens; i++) {
    const dem_sample *t = &batch->token[i];
    for (uint32_t k = 0; k < DEM_LOOKS; k++)
      if (t->look[k] != UINT32_MAX) dem_add(x + (size_t)i * width, b->rows.w + (size_t)t->look[k] * width, width);
    if (!vector) continue;
    float *given = b->given + (size_t)i * vector;
    if (t->vector == UINT32_MAX) memset(given, 0, vector * sizeof *given);
    else memcpy(given, b->vector + (size_t)t->vector * vector, vector * sizeof *given);
  }
  if (vector)
    dem_gemm(dem_mat_of(x, width), dem_mat_of(b->given, vector), dem_mat_of(b->dense.w + b->place.given, width), batch->tokens, width, vector);
  dem_curves(x, (size_t)batch->tokens * width);
  mask_rows(b, batch, x, width, width, 0);
}

/* out = bias + in W for the whole batch. */
static void linear(float *out, const float *in, const float *w, const float *bias, uint32_t tokens, uint32_t columns, uint32_t width) {
  for (uint32_t i = 0; i < tokens; i++) memcpy(out + (size_t)i * columns, bias, columns * sizeof *out);
  dem_gemm(dem_mat_of(out, columns), dem_mat_of((float *)(size_t)in, width), dem_mat_of((float *)(size_t)w, columns), tokens, columns, width);
}

/* One direction of one layer over tokens [begin, end). */
static void recur(dem_brain *b, uint32_t l, uint32_t d, uint32_t begin, uint32_t end) {
  uint32_t half = b->size.half, width = b->place.width, gates = b->place.gates;
  for (uint32_t k = begin; k < end; k++) {
    uint32_t i = d ? end - 1 - (k - begin) : k;
    const float *z = b->gate[l] + (size_t)i * gates + (size_t)d * 3 * half, *f = z + half, *r = f + half;
    const float *x = b->x[l] + (size_t)i * width + d * half;
    float *c = b->cell[l] + (size_t)i * width + d * half, *out = b->x[l + 1] + (size_t)i * width + d * half;
    const float *before = k == begin ? NULL : d ? c + width : c - width;
    for (uint32_t j = 0; j < half; j++) {
      c[j] = z[j] + f[j] * ((before ? before[j] : 0) - z[j]);
      out[j] = x[j] + r[j] * (c[j] - x[j]);
    }
  }
}

static void masked_input(dem_brain *b, const dem_batch *batch, uint32_t l) {
  uint32_t width = b->place.width;
  memcpy(b->in, b->x[l], (size_t)batch->tokens * width * sizeof *b->in);
  mask_rows(b, batch, b->in, width, width, (l + 1) * width);
}

static void run_layer(dem_brain *b, const dem_batch *batch, uint32_t l) {
  uint32_t half = b->size.half, gates = b->place.gates;
  masked_input(b, batch, l);
  linear(b->gate[l], b->in, b->dense.w + b->place.layer[l], b->dense.w + b->place.layer_bias[l], batch->tokens, gates, b->place.width);
  for (uint32_t i = 0; i < batch->tokens; i++)
    for (uint32_t d = 0; d < 2; d++) {
      float *z = b->gate[l] + (size_t)i * gates + (size_t)d * 3 * half;
      dem_curves(z, half);
      dem_gates(z + half, (size_t)2 * half);
    }
  for (uint32_t s = 0; s < batch->sentences; s++)
    for (uint32_t d = 0; d < 2; d++) recur(b, l, d, batch->begin[s], batch->begin[s + 1]);
}

void dem_brain_forward(dem_brain *b, const dem_batch *batch, const dem_dropout *dropout, uint64_t *random) {
  uint32_t layers = b->size.layers, width = b->place.width, columns = b->place.columns;
  draw_masks(b, batch->sentences, dropout, random);
  embed(b, batch);
  for (uint32_t l = 0; l < layers; l++) run_layer(b, batch, l);
  masked_input(b, batch, layers);
  linear(b->top, b->in, b->dense.w + b->place.top, b->dense.w + b->place.top_bias, batch->tokens, columns, width);
  for (uint32_t i = 0; i < batch->tokens; i++) dem_curves(b->top + (size_t)i * columns, (size_t)2 * b->size.arc);
}

/* ---- backward ---- */

/* Turns dx (of x[l + 1]) through one direction of a layer: dgate before its curves, and into dx what goes past the layer. */
static void recur_back(dem_brain *b, uint32_t l, uint32_t d, uint32_t begin, uint32_t end) {
  uint32_t half = b->size.half, width = b->place.width, gates = b->place.gates;
  float carry[DEM_NET_HALF_MAX] = {0};
  for (uint32_t k = end; k-- > begin;) {
    uint32_t i = d ? end - 1 - (k - begin) : k;
    const float *z = b->gate[l] + (size_t)i * gates + (size_t)d * 3 * half, *f = z + half, *r = f + half;
    const float *x = b->x[l] + (size_t)i * width + d * half, *c = b->cell[l] + (size_t)i * width + d * half;
    const float *before = k == begin ? NULL : d ? c + width : c - width;
    float *dx = b->dx + (size_t)i * width + d * half;
    float *dz = b->dgate + (size_t)i * gates + (size_t)d * 3 * half, *df = dz + half, *dr = df + half;
    for (uint32_t j = 0; j < half; j++) {
      float dc = dx[j] * r[j] + carry[j], past = before ? before[j] : 0;
      dr[j] = dx[j] * (c[j] - x[j]);
      df[j] = dc * (past - z[j]);
      dz[j] = dc * (1 - f[j]);
      carry[j] = dc * f[j];
      dx[j] *= 1 - r[j];
    }
    dem_curves_back(dz, z, half);
    dem_gates_back(df, f, (size_t)2 * half);
  }
}

static void sum_rows(float *out, const float *x, uint32_t tokens, uint32_t n) {
  for (uint32_t i = 0; i < tokens; i++) dem_add(out, x + (size_t)i * n, n);
}

/* Gradients of out = bias + in W; b->in becomes the gradient of the input. */
static void linear_back(dem_brain *b, const float *dout, size_t w, size_t bias, uint32_t tokens, uint32_t columns) {
  uint32_t width = b->place.width;
  dem_mat d = dem_mat_of((float *)(size_t)dout, columns), in = dem_mat_of(b->in, width);
  dem_gemm(dem_mat_of(b->dense.g + w, columns), dem_mat_t(in), d, width, columns, tokens);
  sum_rows(b->dense.g + bias, dout, tokens, columns);
  memset(b->in, 0, (size_t)tokens * width * sizeof *b->in);
  dem_gemm(in, d, dem_mat_t(dem_mat_of(b->dense.w + w, columns)), tokens, width, columns);
}

static void layer_back(dem_brain *b, const dem_batch *batch, uint32_t l) {
  for (uint32_t s = 0; s < batch->sentences; s++)
    for (uint32_t d = 0; d < 2; d++) recur_back(b, l, d, batch->begin[s], batch->begin[s + 1]);
  masked_input(b, batch, l);
  linear_back(b, b->dgate, b->place.layer[l], b->place.layer_bias[l], batch->tokens, b->place.gates);
  mask_rows(b, batch, b->in, b->place.width, b->place.width, (l + 1) * b->place.width);
  dem_add(b->dx, b->in, (size_t)batch->tokens * b->place.width);
}

static void touch(dem_brain *b, uint32_t row) {
  if (b->is_touched[row]) return;
  b->is_touched[row] = 1;
  b->touched[b->touched_n++] = row;
}

static void embed_back(dem_brain *b, const dem_batch *batch) {
  uint32_t width = b->place.width, vector = b->size.vector;
  mask_rows(b, batch, b->dx, width, width, 0);
  memcpy(b->in, b->x[0], (size_t)batch->tokens * width * sizeof *b->in); /* t(sum) times the mask: undo it where it is not 0 */
  for (uint32_t s = 0; s < batch->sentences; s++) {
    const float *mask = b->mask + (size_t)s * b->masks;
    for (uint32_t i = batch->begin[s]; i < batch->begin[s + 1]; i++)
      for (uint32_t k = 0; k < width; k++) b->in[(size_t)i * width + k] /= mask[k] > 0 ? mask[k] : 1;
  }
  dem_curves_back(b->dx, b->in, (size_t)batch->tokens * width);
  for (uint32_t i = 0; i < batch->tokens; i++)
    for (uint32_t k = 0; k < DEM_LOOKS; k++) {
      uint32_t row = batch->token[i].look[k];
      if (row == UINT32_MAX) continue;
      touch(b, row);
      dem_add(b->rows.g + (size_t)row * width, b->dx + (size_t)i * width, width);
    }
  if (vector)
    dem_gemm(dem_mat_of(b->dense.g + b->place.given, width), dem_mat_t(dem_mat_of(b->given, vector)), dem_mat_of(b->dx, width), vector, width,
             batch->tokens);
}

/* ---- heads ---- */

/* Logits become the gradient of their cross entropy times `weight`; returns the loss. */
static double cross_entropy(float *logit, uint32_t n, uint32_t gold, float weight) {
  float most = logit[0], sum = 0;
  for (uint32_t i = 1; i < n; i++) most = logit[i] > most ? logit[i] : most;
  double loss = most - logit[gold];
  for (uint32_t i = 0; i < n; i++) sum += logit[i] = expf(logit[i] - most);
  for (uint32_t i = 0; i < n; i++) logit[i] *= weight / sum;
  logit[gold] -= weight;
  return loss + log(sum);
}

typedef struct heads { /* one sentence's */
  float *score, *dscore; /* n x (n + 1): ROOT last */
  float *dep, *head, *step; /* n x arc, masked; n x STEPS */
  float *step_curve, *root_curve;
} heads;

/* Scores of all heads for the n tokens from `begin`. Step vectors and ROOT go through t() as heads do. */
static void score_arcs(dem_brain *b, const dem_batch *batch, uint32_t s, heads *h) {
  uint32_t begin = batch->begin[s], n = batch->begin[s + 1] - begin, arc = b->size.arc, columns = b->place.columns;
  const float *mask = b->mask + (size_t)s * b->masks + (b->size.layers + 2) * b->place.width;
  for (uint32_t i = 0; i < n; i++)
    for (uint32_t k = 0; k < arc; k++) {
      const float *top = b->top + (size_t)(begin + i) * columns;
      h->dep[i * arc + k] = top[k] * mask[k];
      h->head[i * arc + k] = top[arc + k] * mask[arc + k];
    }
  memcpy(h->step_curve, b->dense.w + b->place.arc_step, (size_t)(DEM_NET_STEPS + 1) * arc * sizeof(float));
  dem_curves(h->step_curve, (size_t)(DEM_NET_STEPS + 1) * arc);
  h->root_curve = h->step_curve + (size_t)DEM_NET_STEPS * arc;
  memset(h->step, 0, (size_t)n * (DEM_NET_STEPS + 1) * sizeof(float));
  memset(h->score, 0, (size_t)n * (n + 1) * sizeof(float));
  dem_gemm(dem_mat_of(h->step, DEM_NET_STEPS + 1), dem_mat_of(h->dep, arc), dem_mat_t(dem_mat_of(h->step_curve, arc)), n, DEM_NET_STEPS + 1, arc);
  dem_gemm(dem_mat_of(h->score, n + 1), dem_mat_of(h->dep, arc), dem_mat_t(dem_mat_of(h->head, arc)), n, n, arc);
  for (uint32_t i = 0; i < n; i++) {
    float *row = h->score + (size_t)i * (n + 1), *step = h->step + (size_t)i * (DEM_NET_STEPS + 1);
    for (uint32_t j = 0; j < n; j++) row[j] = i == j ? -1e9f : row[j] + step[dem_net_step((int32_t)j - (int32_t)i)];
    row[n] = step[DEM_NET_STEPS];
  }
}

static void arcs_back(dem_brain *b, const dem_batch *batch, uint32_t s, heads *h) {
  uint32_t begin = batch->begin[s], n = batch->begin[s + 1] - begin, arc = b->size.arc, columns = b->place.columns;
  const float *mask = b->mask + (size_t)s * b->masks + (b->size.layers + 2) * b->place.width;
  float *ddep = h->dscore, *dhead = ddep + (size_t)n * arc, *dstep = dhead + (size_t)n * arc;
  memset(ddep, 0, ((size_t)2 * n + DEM_NET_STEPS + 1) * arc * sizeof(float));
  memset(h->step, 0, (size_t)n * (DEM_NET_STEPS + 1) * sizeof(float));
  for (uint32_t i = 0; i < n; i++) {
    float *row = h->score + (size_t)i * (n + 1), *step = h->step + (size_t)i * (DEM_NET_STEPS + 1);
    for (uint32_t j = 0; j < n; j++)
      if (i != j) step[dem_net_step((int32_t)j - (int32_t)i)] += row[j];
    step[DEM_NET_STEPS] = row[n];
    row[i] = 0;
  }
  dem_mat score = dem_mat_of(h->score, n + 1), dep = dem_mat_of(h->dep, arc), step = dem_mat_of(h->step, DEM_NET_STEPS + 1);
  dem_gemm(dem_mat_of(ddep, arc), score, dem_mat_of(h->head, arc), n, arc, n);
  dem_gemm(dem_mat_of(ddep, arc), step, dem_mat_of(h->step_curve, arc), n, arc, DEM_NET_STEPS + 1);
  dem_gemm(dem_mat_of(dhead, arc), dem_mat_t(score), dep, n, arc, n);
  dem_gemm(dem_mat_of(dstep, arc), dem_mat_t(step), dep, DEM_NET_STEPS + 1, arc, n);
  dem_curves_back(dstep, h->step_curve, (size_t)(DEM_NET_STEPS + 1) * arc);
  dem_add(b->dense.g + b->place.arc_step, dstep, (size_t)(DEM_NET_STEPS + 1) * arc);
  for (uint32_t i = 0; i < n; i++) {
    float *d = b->dtop + (size_t)(begin + i) * columns;
    for (uint32_t k = 0; k < arc; k++) {
      d[k] = ddep[i * arc + k] * mask[k];
      d[arc + k] = dhead[i * arc + k] * mask[arc + k];
    }
    dem_curves_back(d, b->top + (size_t)(begin + i) * columns, (size_t)2 * arc);
  }
}

/* Hidden layer of the label of arc i -> head j (positions in the batch); `step` is filled in. */
static void label_hidden(const dem_brain *b, uint32_t i, uint32_t j, float *hidden, uint32_t *step) {
  uint32_t rel = b->size.rel, columns = b->place.columns;
  *step = dem_net_step((int32_t)j - (int32_t)i);
  const float *dep = b->top + (size_t)i * columns + b->place.rel_dep, *head = b->top + (size_t)j * columns + b->place.rel_head;
  const float *by = b->dense.w + b->place.rel_step + (size_t)*step * rel;
  for (uint32_t k = 0; k < rel; k++) hidden[k] = dep[k] + head[k] + by[k];
  dem_curves(hidden, rel);
}

static void label_scores(const dem_brain *b, const float *hidden, float *logit) {
  memcpy(logit, b->dense.w + b->place.label_bias, DEM_NET_RELS * sizeof *logit);
  for (uint32_t k = 0; k < b->size.rel; k++) dem_axpy(logit, hidden[k], b->dense.w + b->place.label + (size_t)k * DEM_NET_RELS, DEM_NET_RELS);
}

static double label_loss(dem_brain *b, const float *mask, uint32_t i, uint32_t j, uint32_t gold, float weight, bool back) {
  float plain[DEM_NET_HALF_MAX], hidden[DEM_NET_HALF_MAX], d[DEM_NET_HALF_MAX], logit[DEM_NET_RELS];
  uint32_t step, rel = b->size.rel, columns = b->place.columns;
  label_hidden(b, i, j, plain, &step);
  for (uint32_t k = 0; k < rel; k++) hidden[k] = plain[k] * mask[k];
  label_scores(b, hidden, logit);
  double loss = cross_entropy(logit, DEM_NET_RELS, gold, weight);
  if (!back) return loss;
  dem_add(b->dense.g + b->place.label_bias, logit, DEM_NET_RELS);
  for (uint32_t k = 0; k < rel; k++) {
    const float *w = b->dense.w + b->place.label + (size_t)k * DEM_NET_RELS;
    float sum = 0;
    for (uint32_t r = 0; r < DEM_NET_RELS; r++) sum += w[r] * logit[r];
    d[k] = sum * mask[k];
    dem_axpy(b->dense.g + b->place.label + (size_t)k * DEM_NET_RELS, hidden[k], logit, DEM_NET_RELS);
  }
  dem_curves_back(d, plain, rel);
  dem_add(b->dtop + (size_t)i * columns + b->place.rel_dep, d, rel);
  dem_add(b->dtop + (size_t)j * columns + b->place.rel_head, d, rel);
  dem_add(b->dense.g + b->place.rel_step + (size_t)step * rel, d, rel);
  return loss;
}

static heads heads_new(const dem_brain *b, uint32_t n) {
  size_t arc = b->size.arc, steps = DEM_NET_STEPS + 1;
  heads h = {.score = floats((size_t)n * (n + 1)), .dscore = floats((2 * (size_t)n + steps) * arc), .dep = floats(n * arc), .head = floats(n * arc),
             .step = floats(n * steps), .step_curve = floats(steps * arc)};
  return h;
}
static void heads_free(heads *h) { free(h->score), free(h->dscore), free(h->dep), free(h->head), free(h->step), free(h->step_curve); }

static void learn_tree(dem_brain *b, const dem_batch *batch, uint32_t s, float weight, bool back, heads *h, dem_loss *loss) {
  uint32_t begin = batch->begin[s], n = batch->begin[s + 1] - begin;
  const float *mask = b->mask + (size_t)s * b->masks + (b->size.layers + 2) * b->place.width + 2 * b->size.arc;
  score_arcs(b, batch, s, h);
  for (uint32_t i = 0; i < n; i++) {
    const dem_sample *t = &batch->token[begin + i];
    float *row = h->score + (size_t)i * (n + 1);
    if (t->head == DEM_HEAD_NONE) {
      memset(row, 0, (n + 1) * sizeof *row);
      continue;
    }
    loss->arc += cross_entropy(row, n + 1, t->head == DEM_HEAD_ROOT ? n : t->head, weight);
    loss->arcs++;
  }
  if (back) arcs_back(b, batch, s, h);
  for (uint32_t i = 0; i < n; i++) {
    const dem_sample *t = &batch->token[begin + i];
    if (t->head == DEM_HEAD_NONE || t->head == DEM_HEAD_ROOT || t->rel == DEM_LABEL_NONE) continue;
    loss->rel += label_loss(b, mask, begin + i, begin + t->head, t->rel, weight, back);
    loss->rels++;
  }
}

static void learn_label(dem_brain *b, uint32_t i, uint32_t at, uint32_t n, uint8_t gold, float weight, double *loss, uint32_t *count) {
  if (gold == DEM_LABEL_NONE) return;
  float *d = b->dtop + (size_t)i * b->place.columns + at;
  memcpy(d, b->top + (size_t)i * b->place.columns + at, n * sizeof *d);
  *loss += cross_entropy(d, n, gold, weight);
  (*count)++;
}

static uint32_t longest(const dem_batch *batch) {
  uint32_t n = 0;
  for (uint32_t s = 0; s < batch->sentences; s++)
    if (batch->begin[s + 1] - batch->begin[s] > n) n = batch->begin[s + 1] - batch->begin[s];
  return n;
}

void dem_brain_learn(dem_brain *b, const dem_batch *batch, bool back, dem_loss *loss) {
  float weight = 1 / (float)batch->tokens;
  heads h = heads_new(b, longest(batch));
  memset(b->dtop, 0, (size_t)batch->tokens * b->place.columns * sizeof *b->dtop);
  for (uint32_t i = 0; i < batch->tokens; i++) {
    const dem_sample *t = &batch->token[i];
    learn_label(b, i, b->place.xpos, b->size.xpos, t->xpos, weight, &loss->xpos, &loss->xposes);
    learn_label(b, i, b->place.upos, DEM_NET_UPOS, t->upos, weight, &loss->upos, &loss->uposes);
    learn_label(b, i, b->place.name, b->size.name, t->name, weight, &loss->name, &loss->names);
  }
  for (uint32_t s = 0; s < batch->sentences; s++) {
    bool tree = false;
    for (uint32_t i = batch->begin[s]; i < batch->begin[s + 1]; i++) tree |= batch->token[i].head != DEM_HEAD_NONE;
    if (tree) learn_tree(b, batch, s, weight, back, &h, loss);
  }
  heads_free(&h);
  if (!back) return;
  masked_input(b, batch, b->size.layers);
  linear_back(b, b->dtop, b->place.top, b->place.top_bias, batch->tokens, b->place.columns);
  mask_rows(b, batch, b->in, b->place.width, b->place.width, (b->size.layers + 1) * b->place.width);
  memcpy(b->dx, b->in, (size_t)batch->tokens * b->place.width * sizeof *b->dx);
  for (uint32_t l = b->size.layers; l-- > 0;) layer_back(b, batch, l);
  embed_back(b, batch);
}

double dem_loss_all(const dem_loss *l) { return l->arc + l->rel + l->xpos + l->upos + l->name; }

/* ---- use ---- */

static uint8_t best(const float *x, uint32_t n) {
  uint32_t k = 0;
  for (uint32_t i = 1; i < n; i++)
    if (x[i] > x[k]) k = i;
  return (uint8_t)k;
}

static void label_tree(dem_brain *b, dem_batch *batch, uint32_t s, heads *h) {
  uint32_t begin = batch->begin[s], n = batch->begin[s + 1] - begin, step;
  score_arcs(b, batch, s, h);
  for (uint32_t i = 0; i < n; i++) {
    const float *row = h->score + (size_t)i * (n + 1);
    uint32_t head = 0;
    for (uint32_t j = 1; j <= n; j++)
      if (row[j] > row[head]) head = j;
    dem_sample *t = &batch->token[begin + i];
    t->head = head == n ? DEM_HEAD_ROOT : (uint16_t)head;
    t->rel = DEM_DEPREL_ROOT;
    if (head == n) continue;
    float hidden[DEM_NET_HALF_MAX], logit[DEM_NET_RELS];
    label_hidden(b, begin + i, begin + head, hidden, &step);
    label_scores(b, hidden, logit);
    t->rel = best(logit, DEM_NET_RELS);
  }
}

void dem_brain_label(dem_brain *b, dem_batch *batch) {
  heads h = heads_new(b, longest(batch));
  for (uint32_t i = 0; i < batch->tokens; i++) {
    const float *top = b->top + (size_t)i * b->place.columns;
    batch->token[i].xpos = best(top + b->place.xpos, b->size.xpos);
    batch->token[i].upos = best(top + b->place.upos, DEM_NET_UPOS);
    batch->token[i].name = best(top + b->place.name, b->size.name);
  }
  for (uint32_t s = 0; s < batch->sentences; s++) label_tree(b, batch, s, &h);
  heads_free(&h);
}

void dem_brain_step(dem_brain *b, const dem_adam *adam) {
  dem_weights *d = &b->dense, *r = &b->rows;
  dem_adam_step(adam, d->w, d->g, d->m, d->v, d->n);
  for (uint32_t i = 0; i < b->touched_n; i++) {
    size_t at = (size_t)b->touched[i] * b->place.width;
    dem_adam_step(adam, r->w + at, r->g + at, r->m + at, r->v + at, b->place.width);
    b->is_touched[b->touched[i]] = 0;
  }
  b->touched_n = 0;
}
