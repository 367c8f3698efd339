#include "read/read.h"

void dem_read(dem_doc *doc) { doc->text = doc->bytes; }

bool dem_read_next(dem_str *input, dem_str *piece) {
  if (!input->len) return false;
  *piece = *input;
  *input = (dem_str){NULL, 0};
  return true;
}
