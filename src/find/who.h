/* Who: the people, bodies, governments and groups a dispatch speaks of. Reads tokens, trees and times; writes mentions and
 * entities with country, sector and office of the day. */
#ifndef DEM_FIND_WHO_H
#define DEM_FIND_WHO_H

#include "doc/doc.h"

/* Mentions in text order, an outer one before those inside it. Names share entities; nouns and pronouns have one each. */
void dem_find_who(dem_doc *doc, const dem_model *model);

/* Give entities that still lack a country the one of the place in their sentence, or of the whole dispatch where one country
 * stands out. After descriptions have been joined and places chosen. */
void dem_who_default(dem_doc *doc, const dem_model *model);

#endif
