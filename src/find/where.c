/* Places of a dispatch: names found (where_spots), places chosen (where_choose), written to the sheet in text order, the
 * dateline's first.
 *
 * A name that `who` found to stand for its government here ("Paris insists"), or that begins an institution's name, is kept
 * as a place and marked as an actor, so that nobody takes it for where something happened. Adjectives ("French") and peoples are
 * places of their own kinds.
 * Invariant: places do not overlap; whatever has coordinates is `located`. */
#include "find/where.h"

#include "find/where_spots.h"

static bool is_actor(const dem_doc *doc, const dem_spot *spot) {
  if (spot->part || spot->kind != DEM_PLACE_NAME) return true;
  for (uint32_t i = spot->first; i < spot->last; i++) {
    uint32_t mention = doc->tokens.at[i].mention;
    if (mention == DEM_NONE || mention >= doc->mentions.n) continue;
    const dem_mention *m = &doc->mentions.at[mention];
    if (m->head == i && m->last <= spot->last && m->use != DEM_USE_PLACE &&
        doc->entities.at[m->entity].kind == DEM_KIND_GOVERNMENT)
      return true;
  }
  return false;
}

static uint32_t confidence(const dem_spot *spot) {
  int32_t n = 500 + spot->margin * 2 + (spot->led ? 50 : 0);
  return (uint32_t)(n > 980 ? 980 : n < 300 ? 300 : n);
}

static void add_place(dem_doc *doc, const dem_gazetteer *places, const dem_spot *spot) {
  dem_gaz_entry e = dem_gazetteer_entry(places, spot->chosen);
  dem_place place = {.kind = spot->kind == DEM_PLACE_NAME && spot->part ? DEM_PLACE_EMBEDDED : spot->kind,
                     .span = spot->span,
                     .first = spot->first,
                     .last = spot->last,
                     .name = e.name,
                     .country = e.country,
                     .admin1 = e.admin1,
                     .feature = e.feature,
                     .geonameid = e.id,
                     .lat = e.lat,
                     .lon = e.lon,
                     .area = dem_where_is_area(e.feature),
                     .actor = is_actor(doc, spot),
                     .located = true,
                     .confidence = confidence(spot)};
  *dem_push(&doc->arena, &doc->places) = place;
  dem_str text = dem_doc_slice(doc, spot->span);
  uint32_t sentence = spot->last ? doc->tokens.at[spot->first].sentence : DEM_NONE;
  dem_doc_reason(doc, sentence, "place \"%.*s\": %.*s, %.*s%s", DEM_FMT(text), DEM_FMT(place.name), DEM_FMT(place.country),
                 place.actor ? ", stands for its government" : "");
}

/* Its coordinates are those of the place it is put into. */
static void add_local(dem_doc *doc, const dem_gazetteer *places, const dem_spots *spots, const dem_local *local) {
  dem_span span = {doc->tokens.at[local->first].span.begin, doc->tokens.at[local->last - 1].span.end};
  dem_place place = {.kind = DEM_PLACE_NAME,
                     .span = span,
                     .first = local->first,
                     .last = local->last,
                     .name = dem_doc_slice(doc, span),
                     .feature = local->feature,
                     .area = dem_where_is_area(local->feature),
                     .confidence = 300};
  if (local->row != DEM_NONE) {
    dem_gaz_entry e = dem_gazetteer_entry(places, local->row);
    place.kind = DEM_PLACE_NOUN;
    place.name = e.name, place.country = e.country, place.admin1 = e.admin1, place.feature = e.feature, place.geonameid = e.id;
    place.lat = e.lat, place.lon = e.lon;
    place.located = true;
    place.area = dem_where_is_area(e.feature);
    place.confidence = 800;
  } else if (local->within != DEM_NONE) {
    dem_gaz_entry e = dem_gazetteer_entry(places, spots->at[local->within].chosen);
    place.within = e.name;
    place.country = e.country;
    place.admin1 = e.admin1;
    place.lat = e.lat;
    place.lon = e.lon;
    place.located = true;
  }
  *dem_push(&doc->arena, &doc->places) = place;
  dem_doc_reason(doc, doc->tokens.at[local->first].sentence, "place \"%.*s\": by its noun, %s%.*s",
                 DEM_FMT(dem_doc_slice(doc, span)), local->row == DEM_NONE ? "put into " : "",
                 DEM_FMT(local->row != DEM_NONE ? place.name : place.within));
}

void dem_find_where(dem_doc *doc, const dem_model *model) {
  dem_where_tables tables = {dem_model_gazetteer(model), dem_model_table(model, DEM_TABLE_WORDS),
                             dem_model_table(model, DEM_TABLE_STATES)};
  dem_spots spots = {0};
  dem_locals locals = {0};
  dem_where_spots(doc, &tables, &spots);
  if (spots.n == 0) return;
  dem_where_choose(doc, &tables, &spots);
  dem_where_local(doc, &tables, &spots, &locals);
  for (uint32_t i = 0, k = 0; i < spots.n || k < locals.n;) {
    const dem_spot *spot = i < spots.n ? &spots.at[i] : NULL;
    const dem_local *local = k < locals.n ? &locals.at[k] : NULL;
    if (spot && (spot->last == 0 || !local || spot->first < local->first)) {
      if (spot->chosen != DEM_NONE) add_place(doc, tables.places, spot);
      i++;
      continue;
    }
    add_local(doc, tables.places, &spots, local);
    while (i < spots.n && spots.at[i].first < local->last) i++; /* the longer name counts */
    k++;
  }
}
