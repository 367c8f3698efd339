/* Codes of other schemes for whoever has a PLOVER country and sectors: CAMEO actor codes, Correlates of War numbers.
 * Sources: tables codes/countries, codes/sectors, codes/bodies of the lexicon (CAMEO 1.1b3, chapter 3; COW state list). */
#ifndef DEM_MODEL_CODES_H
#define DEM_MODEL_CODES_H

#include "base/str.h"

typedef struct demarche_model dem_model;

/* The CAMEO actor code, at most 15 bytes, from general to specific: "FRAGOVMIL", "IGOUNOREFHCR". `name` is the lexicon's
 * name of a body (its own code wins), or empty; `country` and `sector` are PLOVER's, `sectors` '|'-separated. Empty when
 * nothing is known. Memory: `arena`. */
dem_str dem_cameo_actor(dem_arena *arena, const dem_model *model, dem_str name, dem_str country, dem_str sector, dem_str sectors);

/* The Correlates of War number of a country ("220"), empty when it has none. Borrowed from the model. */
dem_str dem_cow_number(dem_arena *arena, const dem_model *model, dem_str country);

#endif
