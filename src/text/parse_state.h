/* The transition system of the parser (arc-hybrid) and what its scorer looks at; shared by reader and trainer.
 *
 * A state is a stack and a buffer; the buffer ends in ROOT, token n. Moves:
 *   SHIFT      the first of the buffer goes on the stack
 *   LEFT rel   the top of the stack becomes a dependent of the buffer's first, and leaves
 *   RIGHT rel  the top of the stack becomes a dependent of the one below it, and leaves
 * ROOT takes one dependent only: LEFT with ROOT needs a stack of one. So 2n moves give one tree with one root.
 * Moves and relations are scored apart, with features and weights of their own.
 */
#ifndef DEM_TEXT_PARSE_STATE_H
#define DEM_TEXT_PARSE_STATE_H

#include "doc/doc.h"
#include "text/segment.h"
#include "text/word.h"

enum { DEM_MOVE_SHIFT, DEM_MOVE_LEFT, DEM_MOVE_RIGHT, DEM_MOVES };
enum { DEM_PARSE_FEATURES = 160 };

typedef struct dem_node {
  uint16_t head;       /* n for ROOT's dependent; NONE (n + 1) while open */
  uint8_t rel;
  uint8_t left_count, right_count;
  uint16_t left[2], right[2]; /* outermost and last but one dependents, n + 1 for none */
} dem_node;

typedef struct dem_parse_state {
  const dem_word *word; /* n + 2: the sentence, ROOT, NONE */
  const uint8_t *upos;  /* the same */
  uint32_t n, next, depth; /* depth of the stack */
  uint16_t stack[DEM_SENTENCE_MAX];
  dem_node node[DEM_SENTENCE_MAX + 2];
} dem_parse_state;

void dem_parse_start(dem_parse_state *s, const dem_word *words, const uint8_t *upos, uint32_t n);
static inline bool dem_parse_done(const dem_parse_state *s) { return s->next == s->n && s->depth == 0; }
bool dem_parse_may(const dem_parse_state *s, unsigned move);
/* The arc a LEFT or RIGHT would make. */
typedef struct dem_arc {
  uint32_t head, kid;
} dem_arc;
static inline dem_arc dem_parse_arc(const dem_parse_state *s, unsigned move) {
  return (dem_arc){move == DEM_MOVE_LEFT ? s->next : s->stack[s->depth - 2], s->stack[s->depth - 1]};
}
void dem_parse_shift(dem_parse_state *s);
void dem_parse_attach(dem_parse_state *s, unsigned move, unsigned rel);
/* Features of the next move, and of the relation of an arc that is about to be made. */
uint32_t dem_parse_features(const dem_parse_state *s, uint64_t *features);
uint32_t dem_relation_features(const dem_parse_state *s, dem_arc arc, uint64_t *features);

#endif
