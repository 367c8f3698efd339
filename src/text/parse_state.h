/* The transition system of the parser (arc-hybrid) and what its scorer looks at; shared by reader and trainer.
 *
 * A state is a stack and a buffer; the buffer ends in ROOT, token n. Moves:
 *   SHIFT      the first of the buffer goes on the stack
 *   LEFT rel   the top of the stack becomes a dependent of the buffer's first, and leaves
 *   RIGHT rel  the top of the stack becomes a dependent of the one below it, and leaves
 * ROOT takes one dependent only: LEFT with ROOT needs a stack of one. So 2n moves give one tree with one root.
 * A move is a label: 0 SHIFT, 1 + 2 * rel LEFT, 2 + 2 * rel RIGHT.
 */
#ifndef DEM_TEXT_PARSE_STATE_H
#define DEM_TEXT_PARSE_STATE_H

#include "doc/doc.h"
#include "text/segment.h"
#include "text/word.h"

enum { DEM_MOVE_SHIFT, DEM_MOVE_LEFT, DEM_MOVE_RIGHT };
enum { DEM_PARSE_FEATURES = 160, DEM_MOVES = 1 + 2 * DEM_DEPREL_COUNT };

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
void dem_parse_apply(dem_parse_state *s, unsigned label);
uint32_t dem_parse_features(const dem_parse_state *s, uint64_t *features);

static inline unsigned dem_move_of(unsigned label) { return label == 0 ? DEM_MOVE_SHIFT : 2 - label % 2; }
static inline unsigned dem_rel_of(unsigned label) { return (label - 1) / 2; }
/* The relation "root" belongs to ROOT's dependent, to it alone. */
static inline bool dem_parse_fits(const dem_parse_state *s, unsigned label) {
  bool root = s->next == s->n && dem_move_of(label) == DEM_MOVE_LEFT;
  return label == 0 || (dem_rel_of(label) == DEM_DEPREL_ROOT) == root;
}

#endif
