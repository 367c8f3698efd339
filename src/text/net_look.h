/* What the network looks at in one token: keys of embedding rows. Shared by reader and trainer. */
#ifndef DEM_TEXT_NET_LOOK_H
#define DEM_TEXT_NET_LOOK_H

#include "base/str.h"

/* The form (lower case, digits levelled), its ends, its shape (case and signs, and whether it opens the sentence). */
enum {
  DEM_LOOK_FORM, DEM_LOOK_SUFFIX2, DEM_LOOK_SUFFIX3, DEM_LOOK_SUFFIX4, DEM_LOOK_PREFIX2, DEM_LOOK_PREFIX3, DEM_LOOK_SHAPE,
  DEM_LOOKS
};
enum { DEM_LOOK_BYTES = 64 }; /* of a form that count; the rest of a longer one does not tell words apart */

/* Keys of the templates, 0 where a template does not apply (a form too short for the ending). All but the shape follow from the
 * norm alone. Pure. */
void dem_look_norm(dem_str norm, uint64_t key[DEM_LOOKS]);
uint64_t dem_look_shape(dem_str form, bool first);

#endif
