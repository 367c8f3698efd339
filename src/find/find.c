/* The order of finding: each part reads what the earlier ones wrote.
 *
 *   when    time expressions (so that "Monday" is no name)
 *   who     names and descriptions -> mentions -> entities
 *   said    quotations and their speakers (mentions)
 *   refer   pronouns and descriptions joined with entities (who speaks decides "I")
 *   where   places, and which of them stand for a government
 *   who     the country of those who have none yet, by what the dispatch is about
 * At last the speakers get the entities that their words were joined with. */
#include "find/find.h"

#include "find/refer.h"
#include "find/said.h"
#include "find/when.h"
#include "find/where.h"
#include "find/who.h"

void dem_find(dem_doc *doc, const dem_model *model) {
  dem_find_when(doc, model);
  dem_find_who(doc, model);
  dem_find_said(doc, model);
  dem_find_refer(doc, model);
  dem_find_where(doc, model);
  dem_who_default(doc, model);
  dem_said_settle(doc);
}
