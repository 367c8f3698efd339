#include "find/when.h"

void dem_find_when(dem_doc *doc, const dem_model *model) { (void)doc, (void)model; }
