/* Counting what a dispatch speaks of. A name's vote counts for its country, its first- and second-level area and, if it is no
 * larger than those of the second level, for the degree square it lies in; a candidate is asked for its own square and the
 * eight around it, some hundred kilometres. All counters stop at 200. Linear, no memory but three arrays. */
#include "find/where_votes.h"

/* Points for each vote, and how many count: set on GeoWebNews and LGL. */
enum {
  COUNTRY_EACH = 20,
  COUNTRY_MOST = 4,
  AREA_EACH = 50,
  AREA_MOST = 6,
  COUNTY_EACH = 25,
  COUNTY_MOST = 2,
  NEAR_EACH = 20,
  NEAR_MOST = 4,
  HINT_EACH = 10,
  HINT_MOST = 6
};

static uint32_t country_of(dem_str code) {
  if (code.len != 3) return DEM_VOTE_COUNTRIES;
  uint32_t n = 0;
  for (size_t i = 0; i < 3; i++) {
    unsigned char c = (unsigned char)code.data[i];
    if (!dem_is_upper(c)) return DEM_VOTE_COUNTRIES;
    n = n * 26 + (uint32_t)(c - 'A');
  }
  return n;
}

static uint32_t area_of(const dem_gaz_entry *e) {
  if (!e->admin1.len) return DEM_VOTE_AREAS;
  return (uint32_t)(dem_hash(e->admin1.data, e->admin1.len, country_of(e->country)) % DEM_VOTE_AREAS);
}

static uint32_t county_of(const dem_gaz_entry *e) {
  uint32_t area = area_of(e);
  if (!e->admin2.len || area == DEM_VOTE_AREAS) return DEM_VOTE_AREAS;
  return (uint32_t)(dem_hash(e->admin2.data, e->admin2.len, 1000000u + area) % DEM_VOTE_AREAS);
}

/* A town or a county: small enough to have neighbours. */
static bool is_small(const dem_gaz_entry *e) { return dem_str_starts(e->feature, "PPL") || dem_str_is(e->feature, "ADM2"); }

static int32_t row_of(const dem_gaz_entry *e) { return (e->lat + 9000000) / 100000; }
static int32_t column_of(const dem_gaz_entry *e) { return (e->lon + 18000000) / 100000; }

static uint32_t cell_at(int32_t row, int32_t column) {
  if (row < 0 || row >= 180) return DEM_VOTE_CELLS;
  return (uint32_t)(row * 360 + (column + 360) % 360);
}

static void count(uint8_t *counter, uint32_t i, uint32_t limit) {
  if (i < limit && counter[i] < 200) counter[i]++;
}

void dem_votes_start(dem_arena *arena, dem_votes *v) {
  v->country = dem_array(arena, uint8_t, DEM_VOTE_COUNTRIES);
  v->area = dem_array(arena, uint8_t, DEM_VOTE_AREAS);
  v->cell = dem_array(arena, uint8_t, DEM_VOTE_CELLS);
  v->hint = dem_array(arena, uint8_t, DEM_VOTE_CELLS);
  v->hinted = dem_array(arena, uint32_t, DEM_VOTE_CELLS);
}

void dem_votes_cast(dem_votes *v, const dem_gaz_entry *e) {
  count(v->country, country_of(e->country), DEM_VOTE_COUNTRIES);
  count(v->area, area_of(e), DEM_VOTE_AREAS);
  count(v->area, county_of(e), DEM_VOTE_AREAS);
  if (is_small(e)) count(v->cell, cell_at(row_of(e), column_of(e)), DEM_VOTE_CELLS);
}

static uint32_t sum_around(const uint8_t *cells, const dem_gaz_entry *e) {
  uint32_t n = 0;
  for (int32_t r = row_of(e) - 1; r <= row_of(e) + 1; r++)
    for (int32_t c = column_of(e) - 1; c <= column_of(e) + 1; c++) {
      uint32_t cell = cell_at(r, c);
      if (cell < DEM_VOTE_CELLS) n += cells[cell];
    }
  return n;
}

static bool neighbours(const dem_gaz_entry *a, const dem_gaz_entry *b) {
  int32_t rows = row_of(a) - row_of(b), columns = (column_of(a) - column_of(b) + 540) % 360 - 180;
  return is_small(b) && rows >= -1 && rows <= 1 && columns >= -1 && columns <= 1;
}

static int32_t worth(uint32_t votes, bool own, int32_t each, uint32_t most) {
  votes -= own && votes;
  return (int32_t)(votes < most ? votes : most) * each;
}

int32_t dem_votes_points(const dem_votes *v, const dem_gaz_entry *e, const dem_gaz_entry *without) {
  uint32_t country = country_of(e->country), area = area_of(e), county = county_of(e);
  int32_t n = 0;
  if (country < DEM_VOTE_COUNTRIES)
    n += worth(v->country[country], without && country_of(without->country) == country, COUNTRY_EACH, COUNTRY_MOST);
  if (area < DEM_VOTE_AREAS) n += worth(v->area[area], without && area_of(without) == area, AREA_EACH, AREA_MOST);
  if (county < DEM_VOTE_AREAS) n += worth(v->area[county], without && county_of(without) == county, COUNTY_EACH, COUNTY_MOST);
  if (is_small(e)) n += worth(sum_around(v->cell, e), without && neighbours(e, without), NEAR_EACH, NEAR_MOST);
  if (is_small(e)) n += worth(sum_around(v->hint, e), true, HINT_EACH, HINT_MOST);
  return n;
}

void dem_votes_hint(dem_votes *v, const dem_gaz_entry *e, uint32_t name) {
  uint32_t cell = is_small(e) ? cell_at(row_of(e), column_of(e)) : DEM_VOTE_CELLS;
  if (cell >= DEM_VOTE_CELLS || v->hinted[cell] == name + 1 || v->hint[cell] == 200) return;
  v->hinted[cell] = name + 1;
  v->hint[cell]++;
}

bool dem_votes_support(const dem_votes *v, const dem_gaz_entry *e) {
  uint32_t country = country_of(e->country), area = area_of(e);
  if (area < DEM_VOTE_AREAS && v->area[area]) return true;
  return country < DEM_VOTE_COUNTRIES && v->country[country] >= 2 && e->people > 15000;
}
