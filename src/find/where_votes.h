/* What a dispatch speaks of: how often each country, area and neighbourhood was named by names that are sure. */
#ifndef DEM_FIND_WHERE_VOTES_H
#define DEM_FIND_WHERE_VOTES_H

#include "find/where_spots.h"

enum { DEM_VOTE_COUNTRIES = 26 * 26 * 26, DEM_VOTE_AREAS = 2048, DEM_VOTE_CELLS = 180 * 360 };

typedef struct dem_votes {
  uint8_t *country; /* by the letters of the code */
  uint8_t *area;    /* by a hash of country and first-, and of second-level area; a clash costs a little trust */
  uint8_t *cell;    /* by degree of latitude and longitude: of towns and second-level areas */
  uint8_t *hint;    /* by the same: how many different names may lie there, whatever they mean in the end */
  uint32_t *hinted; /* the last of those names + 1 */
} dem_votes;

void dem_votes_start(dem_arena *arena, dem_votes *votes);
void dem_votes_cast(dem_votes *votes, const dem_gaz_entry *entry);
/* The name with this number may mean this entry. */
void dem_votes_hint(dem_votes *votes, const dem_gaz_entry *entry, uint32_t name);
/* Points of a candidate; `without`, if any, is an entry whose vote does not count. */
int32_t dem_votes_points(const dem_votes *votes, const dem_gaz_entry *entry, const dem_gaz_entry *without);
/* Is its surrounding spoken of? */
bool dem_votes_support(const dem_votes *votes, const dem_gaz_entry *entry);

#endif
