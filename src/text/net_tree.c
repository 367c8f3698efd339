/* Decides heads: each token's best one where that is a tree with one root, else the maximum spanning tree by Chu and Liu and by Edmonds,
 * in the way of Gabow et al. for full graphs: follow best heads from a token; where the path bites its tail, the cycle becomes one node,
 * whose members owe what they lose by giving up their best head. ROOT's arcs are lowered by more than a tree can be worth, so that it gets
 * the one dependent it needs and no other. Invariant: every node that is settled leads to ROOT. */
#include "text/net_tree.h"

#include <string.h>

#define FORBIDDEN (INT64_MIN / 4)
#define ROOT_COST ((int64_t)1 << 44)

struct dem_tree_room {
  int64_t *in;     /* most x (most + 1): of the node that lives in this line, the best arc from each token */
  uint16_t *to;    /* the member token which that arc enters */
  uint32_t *node;  /* by token: the outermost node it is in */
  uint32_t *line;  /* by node: its line of `in` */
  uint32_t *up;    /* by node: the node it became part of; NONE while outermost */
  uint16_t *from, *into; /* by node: the chosen arc */
  uint32_t *path;
  uint8_t *settled; /* by node */
  uint32_t most;
};

enum { NOBODY = UINT32_MAX };

dem_tree_room *dem_tree_room_new(dem_arena *arena, uint32_t most) {
  dem_tree_room *r = dem_new(arena, dem_tree_room);
  uint32_t nodes = 2 * most;
  r->most = most;
  r->in = dem_array(arena, int64_t, (size_t)most * (most + 1));
  r->to = dem_array(arena, uint16_t, (size_t)most * (most + 1));
  r->node = dem_array(arena, uint32_t, most);
  r->line = dem_array(arena, uint32_t, nodes);
  r->up = dem_array(arena, uint32_t, nodes);
  r->from = dem_array(arena, uint16_t, nodes);
  r->into = dem_array(arena, uint16_t, nodes);
  r->path = dem_array(arena, uint32_t, nodes);
  r->settled = dem_array(arena, uint8_t, nodes);
  return r;
}

/* Each token's best head; is that a tree with one root? */
static bool greedy(const int32_t *score, uint32_t n, uint16_t *head, uint8_t *seen) {
  uint32_t roots = 0;
  for (uint32_t i = 0; i < n; i++) {
    const int32_t *row = score + (size_t)i * (n + 1);
    uint32_t best = i == 0 ? n : 0;
    for (uint32_t j = 0; j <= n; j++)
      if (j != i && row[j] > row[best]) best = j;
    head[i] = (uint16_t)best;
    roots += best == n;
  }
  if (roots != 1) return false;
  memset(seen, 0, n); /* 1: on the way being walked, 2: known to lead to ROOT */
  for (uint32_t i = 0; i < n; i++) {
    uint32_t at = i;
    while (at != n && !seen[at]) seen[at] = 1, at = head[at];
    if (at != n && seen[at] == 1) return false;
    for (at = i; at != n && seen[at] == 1; at = head[at]) seen[at] = 2;
  }
  return true;
}

static void start(dem_tree_room *r, const int32_t *score, uint32_t n) {
  for (uint32_t i = 0; i < n; i++) {
    for (uint32_t j = 0; j <= n; j++) {
      size_t at = (size_t)i * (n + 1) + j;
      r->in[at] = i == j ? FORBIDDEN : j == n ? score[at] - ROOT_COST : score[at];
      r->to[at] = (uint16_t)i;
    }
    r->node[i] = r->line[i] = i;
  }
  for (uint32_t i = 0; i < 2 * n; i++) r->up[i] = NOBODY, r->settled[i] = 0;
}

/* Choose the best arc into a node from outside; returns the node it comes from, NOBODY for ROOT. */
static uint32_t choose(dem_tree_room *r, uint32_t node, uint32_t n) {
  const int64_t *in = r->in + (size_t)r->line[node] * (n + 1);
  uint32_t best = n;
  for (uint32_t j = 0; j < n; j++)
    if (r->node[j] != node && in[j] > in[best]) best = j;
  r->from[node] = (uint16_t)best;
  r->into[node] = r->to[(size_t)r->line[node] * (n + 1) + best];
  return best == n ? NOBODY : r->node[best];
}

/* Line `keep` takes over line `gone`: the better of both arcs from each token, after each has paid for its own choice. */
static void merge_line(dem_tree_room *r, uint32_t keep, uint32_t gone, int64_t lost, uint32_t n) {
  int64_t *a = r->in + (size_t)keep * (n + 1), *b = r->in + (size_t)gone * (n + 1);
  uint16_t *to = r->to + (size_t)keep * (n + 1), *also = r->to + (size_t)gone * (n + 1);
  for (uint32_t j = 0; j <= n; j++) {
    int64_t other = b[j] - lost;
    if (keep == gone) a[j] = other;
    else if (other > a[j]) a[j] = other, to[j] = also[j];
  }
}

/* The nodes path[first, depth) are a cycle: make them node `whole`. */
static void contract(dem_tree_room *r, uint32_t first, uint32_t depth, uint32_t whole, uint32_t n) {
  uint32_t keep = r->line[r->path[first]];
  for (uint32_t k = first; k < depth; k++) {
    uint32_t node = r->path[k];
    merge_line(r, keep, r->line[node], r->in[(size_t)r->line[node] * (n + 1) + r->from[node]], n);
    r->up[node] = whole;
  }
  r->line[whole] = keep;
  for (uint32_t j = 0; j < n; j++)
    if (r->up[r->node[j]] == whole) r->node[j] = whole;
}

/* Follow best heads from `token` until ROOT or a settled node; returns how many nodes there are now. */
static uint32_t settle(dem_tree_room *r, uint32_t token, uint32_t nodes, uint32_t n) {
  uint32_t depth = 0, at = r->node[token];
  while (at != NOBODY && !r->settled[at]) {
    uint32_t first = 0;
    while (first < depth && r->path[first] != at) first++;
    if (first < depth) {
      contract(r, first, depth, nodes, n);
      depth = first;
      at = nodes++;
      continue;
    }
    r->path[depth++] = at;
    at = choose(r, at, n);
  }
  while (depth) r->settled[r->path[--depth]] = 1;
  return nodes;
}

void dem_tree_best(dem_tree_room *r, const int32_t *score, uint32_t n, uint16_t *head) {
  if (greedy(score, n, head, r->settled)) return;
  start(r, score, n);
  uint32_t nodes = n;
  for (uint32_t i = 0; i < n; i++) nodes = settle(r, i, nodes, n);
  for (uint32_t c = nodes; c-- > n;) { /* outermost first: the arc into a cycle replaces that of the member it enters */
    uint32_t member = r->into[c];
    while (r->up[member] != c) member = r->up[member];
    r->from[member] = r->from[c];
    r->into[member] = r->into[c];
  }
  for (uint32_t i = 0; i < n; i++) head[i] = r->from[i];
}
