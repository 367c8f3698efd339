/* Decides tags, heads, relations and names of sentences by the network of net_size.h in whole numbers. Sentences are read in crowds,
 * so that weights are fetched once for many tokens; sentences longer than DEM_NET_PIECE are read in pieces, whose roots hang on the
 * first. Invariant: each sentence gets a tree with one root, and no state leaves its 16 bits. */
#include "text/net.h"

#include "text/net_kernel.h"
#include "text/net_tree.h"

enum { ONE = 1 << 14, HALF_STEP = 1 << 13, CHUNK = 32, NAME_LABELS = 64, TWO = 2 << 12, FOUR = 4 << 12 };

typedef struct piece { /* tokens of one sentence that are read at once */
  uint32_t first, n, sentence; /* first: in the crowd */
} piece;

struct dem_net_room {
  dem_tree_room *tree;
  piece piece[DEM_NET_CROWD];
  uint32_t pieces, tokens, from; /* from: the crowd's first token in the doc */
  int16_t *x[2], *gate; /* states: tokens x width; tokens x gates */
  uint8_t *in;          /* tokens x width */
  int32_t *sum;         /* CHUNK x the widest matrix */
  uint8_t *dep;         /* tokens x arc, inputs */
  int8_t *head;         /* tokens x arc */
  int16_t *rel;         /* tokens x (2 rel): dependents, heads */
  int32_t *logit;       /* tokens x (xpos + upos + name) */
  int8_t *block;        /* heads of a piece as a matrix */
  int32_t *block_bias, *arc, *step, *score;
  uint8_t *hidden;      /* tokens x rel */
  uint16_t head_of[DEM_NET_PIECE];
  uint8_t back[DEM_NET_PIECE][NAME_LABELS]; /* Viterbi: the best label before */
};

dem_net_room *dem_net_room_new(dem_arena *arena, const dem_net *net) {
  dem_net_room *r = dem_new(arena, dem_net_room);
  uint32_t width = net->place.width, arc = net->size.arc, most = dem_net_fill(DEM_NET_PIECE, DEM_NET_LANES);
  uint32_t widest = dem_net_fill(net->place.gates > net->place.columns ? net->place.gates : net->place.columns, DEM_NET_LANES);
  r->tree = dem_tree_room_new(arena, DEM_NET_PIECE);
  for (int i = 0; i < 2; i++) r->x[i] = dem_array(arena, int16_t, DEM_NET_CROWD * width);
  r->gate = dem_array(arena, int16_t, DEM_NET_CROWD * net->place.gates);
  r->in = dem_array(arena, uint8_t, DEM_NET_CROWD * width);
  r->sum = dem_array(arena, int32_t, CHUNK * widest);
  r->dep = dem_array(arena, uint8_t, DEM_NET_CROWD * arc);
  r->head = dem_array(arena, int8_t, DEM_NET_CROWD * arc);
  r->rel = dem_array(arena, int16_t, DEM_NET_CROWD * 2 * net->size.rel);
  r->logit = dem_array(arena, int32_t, DEM_NET_CROWD * (net->place.columns - net->place.xpos));
  r->block = dem_array(arena, int8_t, most * arc);
  r->block_bias = dem_array(arena, int32_t, most);
  r->arc = dem_array(arena, int32_t, DEM_NET_PIECE * most);
  r->step = dem_array(arena, int32_t, DEM_NET_PIECE * DEM_NET_CONST);
  r->score = dem_array(arena, int32_t, DEM_NET_PIECE * (DEM_NET_PIECE + 1));
  r->hidden = dem_array(arena, uint8_t, DEM_NET_CROWD * net->size.rel);
  return r;
}

/* ---- numbers ---- */

static inline int32_t clip(int32_t x, int32_t by) { return x > by ? by : x < -by ? -by : x; }
/* t() of 1/2^12, to 1/2^14; and the gate s(). */
static inline int32_t curve(int32_t x) {
  x = clip(x, TWO);
  return (x * (FOUR - (x < 0 ? -x : x)) + (1 << 11)) >> 12;
}
static inline int32_t gate(int32_t x) {
  x = clip(x, FOUR);
  return (ONE >> 1) + ((x * (2 * FOUR - (x < 0 ? -x : x)) + (1 << 14)) >> 15);
}
static inline int32_t byte(int32_t state) { return clip((state + 64) >> 7, 127); }
/* A sum of a product, to 1/2^12. */
static inline int32_t level(int32_t sum, uint8_t shift) { return (sum * 32 + (1 << shift >> 1)) >> shift; }

DEM_NET_CLONES static void to_bytes(uint8_t *out, const int16_t *x, uint32_t n) {
  for (uint32_t i = 0; i < n; i++) out[i] = (uint8_t)(byte(x[i]) + 128);
}
DEM_NET_CLONES static void to_curves(int16_t *out, const int32_t *sum, const uint8_t *shift, uint32_t n) {
  for (uint32_t i = 0; i < n; i++) out[i] = (int16_t)curve(level(sum[i], shift[i]));
}
DEM_NET_CLONES static void to_gates(int16_t *out, const int32_t *sum, const uint8_t *shift, uint32_t n) {
  for (uint32_t i = 0; i < n; i++) out[i] = (int16_t)gate(level(sum[i], shift[i]));
}
DEM_NET_CLONES static void to_levels(int32_t *out, const int32_t *sum, const uint8_t *shift, uint32_t n) {
  for (uint32_t i = 0; i < n; i++) out[i] = level(sum[i], shift[i]);
}

/* ---- embedding ---- */

DEM_NET_CLONES static void add_row(int16_t *sum, const int8_t *row, uint32_t n) {
  for (uint32_t i = 0; i < n; i++) sum[i] = (int16_t)(sum[i] + row[i]);
}
DEM_NET_CLONES static void embed_curve(int16_t *x, const uint8_t *scale, uint32_t n) {
  for (uint32_t i = 0; i < n; i++) x[i] = (int16_t)curve(x[i] * (1 << (12 - scale[i])));
}

/* The row of a key; DEM_NONE when it has none. */
static uint32_t row_of(const dem_net *net, uint64_t key) {
  for (uint32_t at = (uint32_t)key & net->mask;; at = (at + 1) & net->mask) {
    uint32_t slot = net->slot[at];
    if (slot == 0) return DEM_NONE;
    if ((slot & 0x7FFF) == key >> 49) return (slot >> 15) - 1;
  }
}

static void embed(const dem_net *net, const dem_doc *doc, uint32_t token, bool first, int16_t *x) {
  uint64_t key[DEM_LOOKS];
  const dem_token *t = &doc->tokens.at[token];
  uint32_t width = net->place.width, row;
  memset(x, 0, width * sizeof *x);
  dem_look_norm(t->norm, key);
  bool known = (row = row_of(net, key[DEM_LOOK_FORM])) != DEM_NONE;
  add_row(x, net->row + (size_t)(known ? row : DEM_LOOK_FORM) * width, width);
  key[DEM_LOOK_SHAPE] = dem_look_shape(dem_doc_slice(doc, t->span), first);
  for (unsigned k = known ? DEM_LOOK_SHAPE : 1; k < DEM_LOOKS; k++) {
    if (!key[k]) continue;
    row = row_of(net, key[k]);
    add_row(x, net->row + (size_t)(row != DEM_NONE ? row : k) * width, width);
  }
  embed_curve(x, net->scale, width);
}

/* ---- layers ---- */

/* One direction over one piece: reads x and gates, writes states of the next layer. */
DEM_NET_CLONES static void recur(int16_t *out, const int16_t *x, const int16_t *gates, uint32_t n, uint32_t half, uint32_t direction) {
  int16_t cell[DEM_NET_HALF_MAX] = {0};
  uint32_t width = 2 * half;
  for (uint32_t k = 0; k < n; k++) {
    uint32_t i = direction ? n - 1 - k : k;
    const int16_t *z = gates + (size_t)i * 3 * width + (size_t)direction * 3 * half, *f = z + half, *r = f + half;
    const int16_t *from = x + (size_t)i * width + direction * half;
    int16_t *to = out + (size_t)i * width + direction * half;
    for (uint32_t j = 0; j < half; j++) {
      int32_t c = z[j] + ((f[j] * (cell[j] - z[j]) + HALF_STEP) >> 14);
      cell[j] = (int16_t)c;
      to[j] = (int16_t)(from[j] + ((r[j] * (c - from[j]) + HALF_STEP) >> 14));
    }
  }
}

static void run_layer(const dem_net *net, dem_net_room *r, uint32_t l) {
  const dem_net_matrix *m = &net->layer[l];
  uint32_t width = net->place.width, half = net->size.half, gates = net->place.gates;
  to_bytes(r->in, r->x[l % 2], r->tokens * width);
  for (uint32_t at = 0; at < r->tokens; at += CHUNK) {
    uint32_t n = r->tokens - at < CHUNK ? r->tokens - at : CHUNK;
    dem_net_multiply(r->sum, r->in + (size_t)at * width, m->w, m->bias, n, width, m->columns);
    for (uint32_t i = 0; i < n; i++)
      for (uint32_t d = 0; d < 6 * half; d += 3 * half) {
        int16_t *out = r->gate + (size_t)(at + i) * gates + d;
        const int32_t *sum = r->sum + (size_t)i * m->columns + d;
        to_curves(out, sum, m->shift + d, half);
        to_gates(out + half, sum + half, m->shift + d + half, 2 * half);
      }
  }
  for (uint32_t p = 0; p < r->pieces; p++)
    for (uint32_t d = 0; d < 2; d++) {
      size_t at = r->piece[p].first;
      recur(r->x[1 - l % 2] + at * width, r->x[l % 2] + at * width, r->gate + at * gates, r->piece[p].n, half, d);
    }
}

/* ---- heads ---- */

DEM_NET_CLONES static void to_inputs(uint8_t *out, const int32_t *sum, const uint8_t *shift, uint32_t n) {
  for (uint32_t i = 0; i < n; i++) out[i] = (uint8_t)(byte(curve(level(sum[i], shift[i]))) + 128);
}
DEM_NET_CLONES static void to_weights(int8_t *out, const int32_t *sum, const uint8_t *shift, uint32_t n) {
  for (uint32_t i = 0; i < n; i++) out[i] = (int8_t)byte(curve(level(sum[i], shift[i])));
}
DEM_NET_CLONES static void to_short(int16_t *out, const int32_t *sum, const uint8_t *shift, uint32_t n) {
  for (uint32_t i = 0; i < n; i++) out[i] = (int16_t)clip(level(sum[i], shift[i]), INT16_MAX);
}

static void read_top(const dem_net *net, dem_net_room *r, uint32_t token, const int32_t *sum) {
  const uint8_t *shift = net->top.shift;
  const dem_net_places *at = &net->place;
  uint32_t arc = net->size.arc, rel = net->size.rel, rest = at->columns - at->xpos;
  to_inputs(r->dep + (size_t)token * arc, sum, shift, arc);
  to_weights(r->head + (size_t)token * arc, sum + at->head, shift + at->head, arc);
  to_short(r->rel + (size_t)token * 2 * rel, sum + at->rel_dep, shift + at->rel_dep, 2 * rel);
  to_levels(r->logit + (size_t)token * rest, sum + at->xpos, shift + at->xpos, rest);
}

static void run_top(const dem_net *net, dem_net_room *r) {
  uint32_t width = net->place.width, columns = net->top.columns;
  to_bytes(r->in, r->x[net->size.layers % 2], r->tokens * width);
  for (uint32_t at = 0; at < r->tokens; at += CHUNK) {
    uint32_t n = r->tokens - at < CHUNK ? r->tokens - at : CHUNK;
    dem_net_multiply(r->sum, r->in + (size_t)at * width, net->top.w, net->top.bias, n, width, columns);
    for (uint32_t i = 0; i < n; i++) read_top(net, r, at + i, r->sum + (size_t)i * columns);
  }
}

/* The heads of a piece as a matrix whose columns are tokens. */
static uint32_t fill_block(const dem_net *net, dem_net_room *r, const piece *p) {
  uint32_t arc = net->size.arc, columns = dem_net_fill(p->n, DEM_NET_LANES);
  memset(r->block, 0, (size_t)columns * arc);
  memset(r->block_bias, 0, columns * sizeof *r->block_bias);
  for (uint32_t j = 0; j < p->n; j++) {
    const int8_t *head = r->head + (size_t)(p->first + j) * arc;
    int32_t sum = 0;
    for (uint32_t k = 0; k < arc; k += DEM_NET_DEPTH) memcpy(r->block + dem_net_block(k, j, arc), head + k, DEM_NET_DEPTH);
    for (uint32_t k = 0; k < arc; k++) sum += head[k];
    r->block_bias[j] = -128 * sum;
  }
  return columns;
}

static void find_heads(const dem_net *net, dem_net_room *r, const piece *p) {
  uint32_t n = p->n, arc = net->size.arc, columns = fill_block(net, r, p);
  const uint8_t *dep = r->dep + (size_t)p->first * arc;
  dem_net_multiply(r->arc, dep, r->block, r->block_bias, n, arc, columns);
  dem_net_multiply(r->step, dep, net->heads.w, net->heads.bias, n, arc, DEM_NET_CONST);
  for (uint32_t i = 0; i < n; i++) {
    const int32_t *step = r->step + (size_t)i * DEM_NET_CONST, *row = r->arc + (size_t)i * columns;
    int32_t *out = r->score + (size_t)i * (n + 1);
    for (uint32_t j = 0; j < n; j++) out[j] = i == j ? 0 : row[j] + step[dem_net_step((int32_t)j - (int32_t)i)];
    out[n] = step[DEM_NET_STEPS];
  }
  dem_tree_best(r->tree, r->score, n, r->head_of);
}

static uint32_t best(const int32_t *x, uint32_t n) {
  uint32_t k = 0;
  for (uint32_t i = 1; i < n; i++)
    if (x[i] > x[k]) k = i;
  return k;
}

/* Relation of arc i -> head, never root: only ROOT's dependent is called so. */
static uint8_t relation(const dem_net *net, const int32_t *sum) {
  int32_t logit[DEM_DEPREL_COUNT];
  to_levels(logit, sum, net->label.shift, DEM_DEPREL_COUNT);
  logit[DEM_DEPREL_ROOT] = INT32_MIN;
  return (uint8_t)best(logit, DEM_DEPREL_COUNT);
}

DEM_NET_CLONES static void to_hidden(uint8_t *out, const int16_t *dep, const int16_t *head, const int16_t *step, uint32_t n) {
  for (uint32_t k = 0; k < n; k++) out[k] = (uint8_t)(byte(curve(dep[k] + head[k] + step[k])) + 128);
}

static void label_arcs(const dem_net *net, dem_net_room *r, dem_doc *doc, const piece *p) {
  uint32_t rel = net->size.rel, n = p->n;
  for (uint32_t i = 0; i < n; i++) {
    uint32_t h = r->head_of[i] == n ? i : r->head_of[i];
    const int16_t *dep = r->rel + (size_t)(p->first + i) * 2 * rel, *head = r->rel + (size_t)(p->first + h) * 2 * rel + rel;
    const int16_t *step = net->step + (size_t)(h == i ? 0 : dem_net_step((int32_t)h - (int32_t)i)) * rel;
    to_hidden(r->hidden + (size_t)i * rel, dep, head, step, rel);
  }
  for (uint32_t at = 0; at < n; at += CHUNK) {
    uint32_t count = n - at < CHUNK ? n - at : CHUNK;
    dem_net_multiply(r->sum, r->hidden + (size_t)at * rel, net->label.w, net->label.bias, count, rel, net->label.columns);
    for (uint32_t i = 0; i < count; i++) {
      dem_token *t = &doc->tokens.at[r->from + p->first + at + i];
      uint32_t h = r->head_of[at + i];
      t->head = h == n ? DEM_NONE : r->from + p->first + h;
      t->deprel = h == n ? DEM_DEPREL_ROOT : relation(net, r->sum + (size_t)i * net->label.columns);
    }
  }
}

/* ---- tags and names ---- */

static void set_tags(const dem_net *net, dem_net_room *r, dem_doc *doc) {
  uint32_t rest = net->place.columns - net->place.xpos;
  for (uint32_t i = 0; i < r->tokens; i++) {
    const int32_t *logit = r->logit + (size_t)i * rest;
    dem_token *t = &doc->tokens.at[r->from + i];
    t->tag = net->tag[best(logit, net->size.xpos)];
    t->upos = (uint8_t)best(logit + net->size.xpos, DEM_UPOS_COUNT);
  }
}

/* Labels of the name head: 0 outside, then B I E S for each kind. After O, E, S comes O, B or S; after B and I comes I or E of the same kind. */
enum { BEGIN, INSIDE, END, SINGLE, PARTS };
static uint32_t label_of(uint32_t kind, uint32_t part) { return 1 + kind * PARTS + part; }
static bool is_open(uint32_t label) { return label && (label - 1) % PARTS < END; }

/* The best label to come from, where `next` stands now. */
static uint32_t best_before(const int64_t *before, uint32_t closed, uint32_t next) {
  uint32_t part = next ? (next - 1) % PARTS : SINGLE, kind = next ? (next - 1) / PARTS : 0;
  if (part == BEGIN || part == SINGLE) return closed;
  uint32_t begin = label_of(kind, BEGIN), inside = label_of(kind, INSIDE);
  return before[inside] > before[begin] ? inside : begin;
}

static uint32_t best_closed(const int64_t *score, uint32_t labels) {
  uint32_t k = 0;
  for (uint32_t i = 1; i < labels; i++)
    if (!is_open(i) && score[i] > score[k]) k = i;
  return k;
}

/* The labels with the highest sum among those that make whole names. */
static void set_names(const dem_net *net, dem_net_room *r, dem_doc *doc, const piece *p) {
  uint32_t labels = net->size.name, rest = net->place.columns - net->place.xpos;
  int64_t score[2][NAME_LABELS];
  for (uint32_t k = 0; k < labels; k++) score[1][k] = k ? INT64_MIN / 2 : 0;
  for (uint32_t i = 0; i < p->n; i++) {
    const int32_t *logit = r->logit + (size_t)(p->first + i) * rest + net->size.xpos + DEM_UPOS_COUNT;
    int64_t *now = score[i % 2], *before = score[1 - i % 2];
    uint32_t closed = best_closed(before, labels);
    for (uint32_t k = 0; k < labels; k++) {
      uint32_t from = best_before(before, closed, k);
      r->back[i][k] = (uint8_t)from;
      now[k] = before[from] + logit[k];
    }
  }
  uint32_t last = best_closed(score[(p->n - 1) % 2], labels);
  for (uint32_t i = p->n; i-- > 0; last = r->back[i][last]) {
    dem_token *t = &doc->tokens.at[r->from + p->first + i];
    t->name = last ? (uint8_t)(1 + (last - 1) / PARTS) : DEM_NAME_O;
    t->name_begin = last && ((last - 1) % PARTS == BEGIN || (last - 1) % PARTS == SINGLE);
  }
}

/* ---- crowds ---- */

static void read_crowd(const dem_net *net, dem_net_room *r, dem_doc *doc) {
  uint32_t width = net->place.width;
  for (uint32_t p = 0; p < r->pieces; p++)
    for (uint32_t i = 0; i < r->piece[p].n; i++) {
      uint32_t at = r->piece[p].first + i, token = r->from + at;
      embed(net, doc, token, token == doc->sentences.at[r->piece[p].sentence].first, r->x[0] + (size_t)at * width);
    }
  for (uint32_t l = 0; l < net->size.layers; l++) run_layer(net, r, l);
  run_top(net, r);
  set_tags(net, r, doc);
  for (uint32_t p = 0; p < r->pieces; p++) {
    find_heads(net, r, &r->piece[p]);
    label_arcs(net, r, doc, &r->piece[p]);
    if (net->size.name) set_names(net, r, doc, &r->piece[p]);
  }
  r->pieces = r->tokens = 0;
}

/* The roots of a sentence's further pieces hang on the first one's. */
static void join_pieces(dem_doc *doc, const dem_sentence *s) {
  uint32_t root = DEM_NONE;
  for (uint32_t i = s->first; i < s->last; i++) {
    dem_token *t = &doc->tokens.at[i];
    if (t->head != DEM_NONE) continue;
    if (root == DEM_NONE) root = i;
    else t->head = root, t->deprel = DEM_DEPREL_PARATAXIS;
  }
}

void dem_net_read(const dem_net *net, dem_net_room *r, dem_doc *doc, uint32_t first, uint32_t last) {
  r->pieces = r->tokens = 0;
  for (uint32_t s = first; s < last; s++) {
    const dem_sentence *x = &doc->sentences.at[s];
    for (uint32_t at = x->first; at < x->last;) {
      uint32_t n = x->last - at < DEM_NET_PIECE ? x->last - at : DEM_NET_PIECE;
      if (r->tokens + n > DEM_NET_CROWD) read_crowd(net, r, doc);
      if (r->tokens == 0) r->from = at;
      r->piece[r->pieces++] = (piece){r->tokens, n, s};
      r->tokens += n;
      at += n;
    }
  }
  if (r->tokens) read_crowd(net, r, doc);
  for (uint32_t s = first; s < last; s++)
    if (doc->sentences.at[s].last - doc->sentences.at[s].first > DEM_NET_PIECE) join_pieces(doc, &doc->sentences.at[s]);
}
