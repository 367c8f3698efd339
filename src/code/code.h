/* The door of stage 4: finds -> events.
 *
 * Reads everything earlier, writes doc->events in the order of their triggers. */
#ifndef DEM_CODE_CODE_H
#define DEM_CODE_CODE_H

#include "doc/doc.h"

void dem_code(dem_doc *doc, const dem_model *model);
/* What is wrong with this stage's weights, in one line; NULL: nothing. */
const char *dem_code_check(const dem_model *model);

/* What one party did to another, when somebody says which two are meant. */
typedef struct dem_relation {
  dem_type type;
  dem_str mode; /* empty: none */
  dem_event_status status;
  uint32_t confidence; /* per mille */
} dem_relation;
/* The doc is coded. False when the model has no weights for it. */
bool dem_relate(dem_doc *doc, const dem_model *model, dem_span source, dem_span target, dem_relation *out);
dem_span dem_relate_find(const dem_doc *doc, dem_str words); /* where the words stand in the text; empty when they do not */

#endif
