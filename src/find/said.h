/* Quotations: who says what to whom, and who reports that. Reads tokens, trees and mentions; writes doc->quotes. */
#ifndef DEM_FIND_SAID_H
#define DEM_FIND_SAID_H

#include "doc/doc.h"

/* Quotes in text order, an outer one before those inside it. Speakers carry the entity their mention has now. */
void dem_find_said(dem_doc *doc, const dem_model *model);

/* Read the entities of all speakers, addressees and chains from the mentions again: for the time when pronouns and
 * descriptions have been joined with entities. */
void dem_said_settle(dem_doc *doc);

#endif
