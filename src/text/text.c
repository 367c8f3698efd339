#include "text/text.h"

void dem_text(dem_doc *doc, const dem_model *model) { (void)doc, (void)model; }
