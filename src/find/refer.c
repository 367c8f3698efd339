#include "find/refer.h"

void dem_find_refer(dem_doc *doc, const dem_model *model) { (void)doc, (void)model; }
