/* The arc-hybrid system (Kuhlmann, Gómez-Rodríguez and Satta 2011) and features after Zhang and Nivre (2011). Invariant: every
 * sequence of permitted moves ends, after 2n of them, in one tree with a single root. */
#include "text/parse_state.h"

void dem_parse_start(dem_parse_state *s, const dem_word *words, const uint8_t *upos, uint32_t n) {
  s->word = words;
  s->upos = upos;
  s->n = n;
  s->next = s->depth = 0;
  uint16_t none = (uint16_t)(n + 1);
  for (uint32_t i = 0; i < n + 2; i++) s->node[i] = (dem_node){none, 0, 0, 0, {none, none}, {none, none}};
}

bool dem_parse_may(const dem_parse_state *s, unsigned move) {
  if (move == DEM_MOVE_SHIFT) return s->next < s->n;
  if (move == DEM_MOVE_LEFT) return s->depth > 0 && (s->next < s->n || s->depth == 1);
  return s->depth > 1;
}

static void attach(dem_parse_state *s, uint16_t kid, uint16_t head, unsigned rel) {
  dem_node *h = &s->node[head];
  s->node[kid].head = head;
  s->node[kid].rel = (uint8_t)rel;
  if (kid < head) {
    h->left[1] = h->left[0];
    h->left[0] = kid;
    if (h->left_count < 7) h->left_count++;
  } else {
    h->right[1] = h->right[0];
    h->right[0] = kid;
    if (h->right_count < 7) h->right_count++;
  }
}

void dem_parse_apply(dem_parse_state *s, unsigned label) {
  unsigned move = dem_move_of(label);
  if (move == DEM_MOVE_SHIFT) {
    s->stack[s->depth++] = (uint16_t)s->next++;
    return;
  }
  uint16_t kid = s->stack[--s->depth];
  uint16_t head = move == DEM_MOVE_LEFT ? (uint16_t)s->next : s->stack[s->depth - 1];
  attach(s, kid, head, dem_rel_of(label));
}

static uint32_t distance(uint32_t a, uint32_t b) {
  uint32_t d = b > a ? b - a : a - b;
  return d < 5 ? d : d < 8 ? 5 : d < 12 ? 6 : d < 20 ? 7 : 8;
}

/* One place the scorer looks at, as small numbers. */
typedef struct place {
  uint32_t at, w, t, u, c; /* token, word, tag, universal tag, cluster */
} place;

static place look(const dem_parse_state *s, uint32_t at) {
  const dem_word *w = &s->word[at];
  return (place){at, w->norm, w->label, s->upos[at], w->cluster[1]};
}

static uint32_t tag_at(const dem_parse_state *s, uint32_t at) { return s->word[at].label; }

static uint32_t with_rel(const dem_parse_state *s, uint32_t at) { return (uint32_t)s->word[at].label << 8 | s->node[at].rel; }

#define ADD(a, b) *p++ = dem_feature(t++, (a), (b))

/* Each place by itself. */
static uint64_t *singles(const place *q, unsigned n, uint32_t t, uint64_t *p) {
  for (unsigned i = 0; i < n; i++) {
    ADD(q[i].w, 0);
    ADD(q[i].t, 0);
    ADD(q[i].w, q[i].t + 1);
    ADD(q[i].c, 0);
  }
  return p;
}

static uint64_t *pair(const place *a, const place *b, uint32_t far, uint32_t t, uint64_t *p) {
  ADD(dem_two(a->w, a->t), dem_two(b->w, b->t));
  ADD(dem_two(a->w, a->t), b->w);
  ADD(a->w, dem_two(b->w, b->t));
  ADD(dem_two(a->w, a->t), b->t);
  ADD(a->t, dem_two(b->w, b->t));
  ADD(a->w, b->w);
  ADD(a->t, b->t);
  ADD(dem_two(a->c, a->t), dem_two(b->c, b->t));
  ADD(dem_two(a->c, a->t), dem_two(b->w, b->t));
  ADD(dem_two(a->w, a->t), dem_two(b->c, b->t));
  ADD(a->w, far);
  ADD(a->t, far);
  ADD(b->w, far);
  ADD(b->t, far);
  ADD(dem_two(a->t, b->t), far);
  ADD(dem_two(a->w, b->w), far);
  return p;
}

/* A place with its dependents: how many, which, under what names. */
static uint64_t *family(const dem_parse_state *s, const place *a, bool right, uint32_t t, uint64_t *p) {
  const dem_node *k = &s->node[a->at];
  uint32_t l = k->left[0], l2 = k->left[1];
  ADD(a->w, k->left_count);
  ADD(a->t, k->left_count);
  ADD(s->word[l].norm, s->node[l].rel);
  ADD(with_rel(s, l), 1);
  ADD(dem_two(a->t, with_rel(s, l)), with_rel(s, l2));
  ADD(a->w, s->node[l].rel);
  if (!right) return p;
  uint32_t r = k->right[0], r2 = k->right[1];
  ADD(a->w, k->right_count);
  ADD(a->t, k->right_count);
  ADD(s->word[r].norm, s->node[r].rel);
  ADD(with_rel(s, r), 1);
  ADD(dem_two(a->t, with_rel(s, r)), with_rel(s, r2));
  ADD(a->w, s->node[r].rel);
  ADD(dem_two(a->t, s->node[l].rel), s->node[r].rel);
  return p;
}

uint32_t dem_parse_features(const dem_parse_state *s, uint64_t *f) {
  uint32_t none = s->n + 1, b = s->next;
  uint32_t i0 = s->depth > 0 ? s->stack[s->depth - 1] : none, i1 = s->depth > 1 ? s->stack[s->depth - 2] : none;
  uint32_t i2 = s->depth > 2 ? s->stack[s->depth - 3] : none;
  place q[7] = {look(s, i0), look(s, i1), look(s, b), look(s, b + 1 < s->n ? b + 1 : none), look(s, b + 2 < s->n ? b + 2 : none),
                look(s, i2), look(s, b + 3 < s->n ? b + 3 : none)};
  const place *s0 = &q[0], *s1 = &q[1], *b0 = &q[2], *b1 = &q[3], *b2 = &q[4], *s2 = &q[5];
  const dem_node *k0 = &s->node[i0], *k1 = &s->node[i1], *kb = &s->node[b];
  uint32_t t = 0;
  uint64_t *p = f;
  ADD(s->depth > 3 ? 3 : s->depth, b >= s->n);
  p = singles(q, 7, 10, p);
  p = pair(s0, b0, i0 == none ? 0 : distance(i0, b), 40, p);
  p = pair(s1, s0, i1 == none ? 0 : distance(i1, i0), 60, p);
  p = family(s, s0, true, 80, p);
  p = family(s, s1, true, 100, p);
  p = family(s, b0, false, 120, p);
  t = 130;
  ADD(dem_two(b0->w, b1->w), 0);
  ADD(dem_two(b0->t, b1->t), 0);
  ADD(dem_two(s1->w, b0->w), 0);
  ADD(dem_two(s1->t, b0->w), 0);
  ADD(dem_two(s1->w, b0->t), 0);
  ADD(dem_two(s1->t, b0->t), s0->t);
  ADD(dem_two(s1->t, b0->t), s0->w);
  ADD(dem_two(s1->w, b0->t), s0->t);
  ADD(dem_two(s1->t, b0->w), s0->t);
  ADD(dem_two(s1->w, b0->w), s0->w);
  ADD(dem_two(s0->t, b0->t), b1->t);
  ADD(dem_two(s0->w, b0->t), b1->t);
  ADD(dem_two(s0->t, b0->w), b1->t);
  ADD(dem_two(b0->t, b1->t), b2->t);
  ADD(dem_two(s0->t, b0->t), dem_two(b1->t, b2->t));
  ADD(dem_two(s0->t, b0->t), dem_two(b1->t, s1->t));
  ADD(dem_two(s2->t, s1->t), s0->t);
  ADD(dem_two(s2->t, s1->t), dem_two(s0->t, b0->t));
  ADD(dem_two(s0->t, b0->t), with_rel(s, k0->left[0]));
  ADD(dem_two(s0->t, b0->t), with_rel(s, k0->right[0]));
  ADD(dem_two(s0->t, b0->t), with_rel(s, kb->left[0]));
  ADD(dem_two(s1->t, s0->t), with_rel(s, k1->left[0]));
  ADD(dem_two(s1->t, s0->t), with_rel(s, k1->right[0]));
  ADD(dem_two(s1->t, s0->t), with_rel(s, k0->left[0]));
  ADD(dem_two(s1->t, s0->t), with_rel(s, k0->right[0]));
  ADD(dem_two(s0->w, b0->w), with_rel(s, k0->right[0]));
  ADD(dem_two(s1->w, s0->w), with_rel(s, k0->left[0]));
  ADD(dem_two(s1->w, s0->w), b0->t);
  ADD(dem_two(s0->u, b0->u), dem_two(s1->u, b1->u));
  ADD(dem_two(s0->u, s1->u), s->node[k0->left[0]].rel);
  ADD(dem_two(s0->w, s1->u), dem_two(b0->u, k1->right_count));
  ADD(dem_two(s0->w, b0->w), b1->w);
  ADD(dem_two(s1->u, s0->u), dem_two(k1->right_count, k0->left_count));
  ADD(dem_two(tag_at(s, i0 && i0 < s->n ? i0 - 1 : none), s0->t), b0->t);
  ADD(dem_two(b0->t, tag_at(s, b > 0 ? b - 1 : none)), s0->t);
  return (uint32_t)(p - f);
}
