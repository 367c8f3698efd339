#include "code/code.h"

void dem_code(dem_doc *doc, const dem_model *model) { (void)doc, (void)model; }
