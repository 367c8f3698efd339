/* The speaker by position, where the tree names none. */
#ifndef DEM_FIND_SAID_NEAR_H
#define DEM_FIND_SAID_NEAR_H

#include "find/said_cue.h"

/* The noun phrase right before a finite verb ("Peskov, the spokesman, said") or, behind a comma or a mark, right after it
 * (", said Peskov"). True when there is one; *head is its head noun. Looks at most some 20 tokens to either side. */
bool dem_said_near(const dem_doc *doc, uint32_t verb, dem_range *words, uint32_t *head);

/* A reporting clause put behind or into what was said: ", a spokesman said on Monday." */
typedef struct dem_said_aside {
  dem_range words;  /* with its commas */
  dem_range around; /* what it is put into, itself included */
  dem_range speaker;
  uint32_t head; /* of the speaker */
} dem_said_aside;

/* Is the finite verb that of such a clause? Only by position: commas or marks around, no clause of its own after the verb. */
bool dem_said_aside_at(const dem_doc *doc, uint32_t verb, dem_said_aside *out);

#endif
