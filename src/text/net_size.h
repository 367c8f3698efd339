/* The network's sizes and where its parts lie in a block of weights; shared by reader and trainer.
 *
 *   token ── rows of the embedding table, summed ──▶ t() ──▶ x0: width = 2 half
 *   layer:  u = W x + b    per direction z = t(u), f = s(u), r = s(u): half each
 *           cell = f * cell of the neighbour + (1 - f) z;   x' = r * cell + (1 - r) * x     (left half from the left, right half from the right)
 *   top:    W x + b  =  dependent | head | label of dependent | label of head | xpos | upos | name
 *   arc(i, j)  = t(dependent i) . (t(head j) + t(step[i - j])),  with ROOT as one more head
 *   label(i)   = W t(label of dependent i + label of head h + step[i - h]) + b
 *
 * t(x) = x (1 - |x| / 4) up to |x| = 2, then +-1; s(x) = (1 + t(x / 2)) / 2. All states lie in [-1, 1].
 */
#ifndef DEM_TEXT_NET_SIZE_H
#define DEM_TEXT_NET_SIZE_H

#include <stddef.h>
#include <stdint.h>

enum { DEM_NET_LAYERS = 4, DEM_NET_HALF_MAX = 256, DEM_NET_STEPS = 20, DEM_NET_RELS = 53, DEM_NET_UPOS = 17 };

typedef struct dem_net_size {
  uint32_t half, layers, arc, rel, xpos, name; /* name: labels of the name tagger */
  uint32_t vector;                             /* width of given vectors, 0 without; training only */
  uint32_t rows;
} dem_net_size;

/* Offsets into one block of weights, and columns of `top`. */
typedef struct dem_net_places {
  size_t given, layer[DEM_NET_LAYERS], layer_bias[DEM_NET_LAYERS], top, top_bias, arc_step, root, rel_step, label, label_bias, all;
  uint32_t width, gates, columns;
  uint32_t dep, head, rel_dep, rel_head, xpos, upos, name; /* columns of top */
} dem_net_places;

static inline dem_net_places dem_net_places_of(const dem_net_size *s) {
  dem_net_places p = {.width = 2 * s->half, .gates = 6 * s->half};
  p.head = p.dep + s->arc;
  p.rel_dep = p.head + s->arc;
  p.rel_head = p.rel_dep + s->rel;
  p.xpos = p.rel_head + s->rel;
  p.upos = p.xpos + s->xpos;
  p.name = p.upos + DEM_NET_UPOS;
  p.columns = p.name + s->name;
  size_t at = 0;
  p.given = at, at += (size_t)s->vector * p.width;
  for (uint32_t l = 0; l < s->layers; l++) {
    p.layer[l] = at, at += (size_t)p.width * p.gates;
    p.layer_bias[l] = at, at += p.gates;
  }
  p.top = at, at += (size_t)p.width * p.columns;
  p.top_bias = at, at += p.columns;
  p.arc_step = at, at += (size_t)DEM_NET_STEPS * s->arc;
  p.root = at, at += s->arc;
  p.rel_step = at, at += (size_t)DEM_NET_STEPS * s->rel;
  p.label = at, at += (size_t)s->rel * DEM_NET_RELS;
  p.label_bias = at, at += DEM_NET_RELS;
  p.all = at;
  return p;
}

/* Which step vector a head `by` tokens to the right (negative: left) has: ten distances each way. */
static inline uint32_t dem_net_step(int32_t by) {
  uint32_t d = (uint32_t)(by < 0 ? -by : by);
  uint32_t bin = d <= 5 ? d - 1 : d <= 7 ? 5 : d <= 10 ? 6 : d <= 15 ? 7 : d <= 25 ? 8 : 9;
  return by < 0 ? bin : bin + DEM_NET_STEPS / 2;
}

#endif
