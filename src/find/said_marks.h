/* Quotation marks: which stretches of the text stand between them. */
#ifndef DEM_FIND_SAID_MARKS_H
#define DEM_FIND_SAID_MARKS_H

#include "doc/doc.h"

typedef struct dem_stretch {
  dem_span span;  /* the content, marks off, white space trimmed; bytes of doc->text */
  dem_span outer; /* with its marks */
  bool inner;     /* stands inside another stretch */
  bool unclosed;  /* ran to the end of its paragraph */
  bool continued; /* opens its paragraph where the stretch before it was left unclosed: the same quotation goes on */
} dem_stretch;
typedef dem_list(dem_stretch) dem_stretches;

/* All stretches in the order of their beginnings. Linear in the text. Empty ones are left out. */
dem_stretches dem_said_marks(dem_doc *doc);

#endif
