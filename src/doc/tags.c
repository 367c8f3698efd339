/* The names of the closed sets. */
#include "doc/tags.h"

#define NAME(name) {#name, sizeof #name - 1},
#define TEXT(name, text) {text, sizeof text - 1},
static const dem_str upos[] = {DEM_UPOS_LIST(NAME)};
static const dem_str deprel[] = {DEM_DEPREL_LIST(TEXT)};
static const dem_str label[] = {DEM_NAME_LIST(NAME)};
static const dem_str type[] = {DEM_TYPE_LIST(NAME)};
static const dem_str status[] = {DEM_STATUS_LIST(NAME)};

static uint32_t find(const dem_str *names, uint32_t n, dem_str text) {
  for (uint32_t i = 0; i < n; i++)
    if (dem_str_eq(names[i], text)) return i;
  return n;
}

dem_str dem_upos_text(dem_upos tag) { return upos[tag]; }
dem_str dem_deprel_text(dem_deprel rel) { return deprel[rel]; }
dem_str dem_name_text(dem_name_label l) { return label[l]; }
dem_str dem_type_text(dem_type t) { return type[t]; }
dem_str dem_status_text(dem_event_status s) { return status[s]; }

dem_upos dem_upos_of(dem_str text) {
  uint32_t i = find(upos, DEM_UPOS_COUNT, text);
  return i < DEM_UPOS_COUNT ? (dem_upos)i : DEM_UPOS_X;
}

dem_deprel dem_deprel_of(dem_str text) {
  uint32_t i = find(deprel, DEM_DEPREL_COUNT, text);
  if (i == DEM_DEPREL_COUNT) i = find(deprel, DEM_DEPREL_COUNT, dem_str_cut(&text, ':'));
  return i < DEM_DEPREL_COUNT ? (dem_deprel)i : DEM_DEPREL_DEP;
}

dem_type dem_type_of(dem_str text) { return (dem_type)find(type, DEM_TYPE_COUNT, text); }

unsigned dem_type_quad(dem_type t) {
  return t < DEM_TYPE_COOPERATE ? 1 : t < DEM_TYPE_REQUEST ? 2 : t < DEM_TYPE_PROTEST ? 3 : 4;
}
