/* The best tree over arc scores. */
#ifndef DEM_TEXT_NET_TREE_H
#define DEM_TEXT_NET_TREE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"

typedef struct dem_tree_room dem_tree_room;
dem_tree_room *dem_tree_room_new(dem_arena *arena, uint32_t most); /* for up to `most` tokens */

/* score[i * (n + 1) + j]: how well j heads i; j = n is ROOT. head[i] becomes the head of i in the tree of highest total score among those
 * in which ROOT has one dependent. |scores| below 2^30; n from 1 to the room's most. O(n^2), mostly O(n) past the reading of the scores. */
void dem_tree_best(dem_tree_room *room, const int32_t *score, uint32_t n, uint16_t *head);

#endif
