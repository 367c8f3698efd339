/* What the files of "refer" share: for each mention what matters for joining, for each entity where it went.
 *
 * Entities are joined by `to`: an entity that was joined points at the one it became. Mentions are taken in text order; a
 * pronoun or description looks back over at most REFER_WINDOW mentions, so the cost is linear.
 */
#ifndef DEM_FIND_REFER_WORK_H
#define DEM_FIND_REFER_WORK_H

#include "doc/doc.h"

enum { REFER_WINDOW = 60, REFER_SENTENCES = 4 };

typedef struct dem_refer {
  dem_doc *doc;
  const dem_table *roles, *words;
  uint32_t *to;      /* by entity: what it was joined with; itself when not */
  uint32_t *seen;    /* by entity: mentions so far */
  uint32_t *role;    /* by mention: row of ROLES of a noun; DEM_NONE */
  uint32_t *subject; /* by sentence: first noun outside all mentions that is a subject ("it" may mean that); DEM_NONE */
  uint32_t *quote;   /* by token: 1 + the direct or mixed quote around it; 0 */
  uint32_t writer, side, reader; /* entities of "I", "we", "you" outside quotations; DEM_NONE until met */
  uint32_t sides;                /* entity of "both sides", DEM_NONE until met */
  bool *settled;                 /* by mention: nothing more to be done */
  bool *drop;                    /* by mention: a pronoun that nobody was found for */
} dem_refer;

uint32_t dem_refer_entity(dem_refer *r, uint32_t mention);                         /* as joined so far */
void dem_refer_join(dem_refer *r, uint32_t mention, uint32_t to, const char *why); /* the mention's entity becomes part of `to` */
uint32_t dem_refer_group(dem_refer *r, uint32_t mention, uint32_t a, uint32_t b);  /* its entity stands for the two */

/* refer_noun.c: join a description with what it describes; false when it stays new. */
bool dem_refer_noun(dem_refer *r, uint32_t mention);
/* refer_pronoun.c */
bool dem_refer_pronoun(dem_refer *r, uint32_t mention);
/* The pair of persons or governments last named together or most named, before this mention; false when there is none. */
bool dem_refer_pair(dem_refer *r, uint32_t mention, bool persons, uint32_t *a, uint32_t *b);

/* The last two joined by "and" in this sentence or the `back` before it, so that the mention stands for both. */
bool dem_refer_conjuncts(dem_refer *r, uint32_t mention, uint32_t back);

const dem_token *dem_refer_head(const dem_refer *r, uint32_t mention);
bool dem_refer_word(const dem_refer *r, dem_str key, const char *class); /* has WORDS the class for this key? */

#endif
