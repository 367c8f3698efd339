/* Which place a name means: the candidate with the most points.
 *
 * Points for people (logarithm), for what it is (a country, a capital), for being told to lie where the text says it does
 * ("Alexandria, La."), for the countries and areas that the dispatch speaks of elsewhere. The dispatch is asked twice: first
 * every name votes that is sure by itself, then all choose with those votes. A small town is a place only with evidence: a
 * preposition of place, a container, its area spoken of; a word that is common or a given name needs more. One name means one
 * place throughout a dispatch, unless a container says otherwise. Linear: candidates of a form are few, votes are indexed. */
#include "base/utf8.h"
#include "find/where_spots.h"

enum {
  COUNTRIES = 26 * 26 * 26,
  AREAS = 512, /* slots of votes for first-level areas */
  SURE_MARGIN = 60,
  CONTAINED = 1000,
  MOST_CANDIDATES = 64
};

typedef struct chooser {
  dem_doc *doc;
  const dem_table *places;
  dem_spots *spots;
  uint8_t *country_votes; /* by the letters of the code */
  uint8_t *area_votes;    /* by a hash of country and area; a clash costs a little trust */
  uint32_t *slots;        /* form -> its first spot + 1, open addressing */
  uint32_t slot_count;
  uint32_t *decider;      /* first spot of a form -> the spot that decides for all + 1 */
  uint32_t *seen;         /* first spot of a form -> how often it stands free */
  bool *surname;          /* first spot of a form -> somebody is called so */
} chooser;

static dem_str cell(const chooser *c, uint32_t row, uint32_t column) { return dem_table_cell(c->places, row, column); }

bool dem_where_is_country(const dem_table *places, uint32_t row) {
  return dem_str_starts(dem_table_cell(places, row, PLACES_FEATURE), "PCL");
}

static bool is_town(dem_str feature) { return dem_str_starts(feature, "PPL"); }

bool dem_where_is_area(const dem_table *places, uint32_t row) {
  dem_str f = dem_table_cell(places, row, PLACES_FEATURE);
  static const char points[] = "SQR|CSTL|BLDG|PAL|CPTL|EST|INSM|MNMT|CH|PRN|FT|PGDA|MSQE|SHRN|PS|MFG|PPLX|WALL|HLL|PRK|ST";
  return !is_town(f) && !dem_str_in_list(DEM_S(points), f);
}

static uint32_t country_index(dem_str code) {
  if (code.len != 3) return COUNTRIES;
  uint32_t n = 0;
  for (size_t i = 0; i < 3; i++) {
    unsigned char c = (unsigned char)code.data[i];
    if (!dem_is_upper(c)) return COUNTRIES;
    n = n * 26 + (uint32_t)(c - 'A');
  }
  return n;
}

static uint32_t area_index(const chooser *c, uint32_t row) {
  dem_str country = cell(c, row, PLACES_COUNTRY), area = cell(c, row, PLACES_ADMIN1);
  if (!area.len) return AREAS;
  return (uint32_t)(dem_hash(area.data, area.len, country_index(country)) % AREAS);
}

static int32_t people(const chooser *c, uint32_t row) {
  uint32_t n;
  return dem_str_u32(cell(c, row, PLACES_POPULATION), &n) ? (int32_t)(n > INT32_MAX ? INT32_MAX : n) : 0;
}

/* Ten points for each doubling of the people. */
static int32_t size_points(int32_t n) {
  int32_t bits = 0;
  for (; n > 1; n /= 2) bits++;
  return bits * 10;
}

static int32_t feature_points(dem_str feature, dem_str source) {
  int32_t points = dem_str_is(source, "gnx") ? -60 : 0;
  bool own = dem_str_is(source, "own");
  if (dem_str_is(feature, "PCLI") || dem_str_is(feature, "PCLH")) return points + 120;
  if (dem_str_starts(feature, "PCL")) return points + 70;
  if (dem_str_is(feature, "PPLC")) return points + 60;
  if (dem_str_is(feature, "ADM1")) return points + (own ? 40 : -30);
  if (dem_str_is(feature, "ADM2")) return points - 20;
  if (own) return points + 220;
  return points + (dem_str_is(feature, "PPLA") ? 15 : 0);
}

static bool same_area(const chooser *c, uint32_t a, uint32_t b) {
  return dem_str_eq(cell(c, a, PLACES_COUNTRY), cell(c, b, PLACES_COUNTRY)) && dem_str_eq(cell(c, a, PLACES_ADMIN1), cell(c, b, PLACES_ADMIN1));
}

/* Does a row of the container's name hold this place? */
static uint32_t container_row(const chooser *c, const dem_spot *spot, uint32_t row) {
  if (spot->inside == DEM_NONE) return DEM_NONE;
  const dem_spot *outer = &c->spots->at[spot->inside];
  for (uint32_t r = outer->row; r < outer->end; r++) {
    dem_str feature = cell(c, r, PLACES_FEATURE);
    if (dem_str_starts(feature, "PCL") && dem_str_eq(cell(c, r, PLACES_COUNTRY), cell(c, row, PLACES_COUNTRY)) &&
        !dem_str_starts(cell(c, row, PLACES_FEATURE), "PCL"))
      return r;
    if (dem_str_is(feature, "ADM1") && is_town(cell(c, row, PLACES_FEATURE)) && same_area(c, r, row)) return r;
  }
  return DEM_NONE;
}

static int32_t vote_points(uint32_t votes, int32_t each, uint32_t most) { return (int32_t)(votes < most ? votes : most) * each; }

static int32_t points(const chooser *c, const dem_spot *spot, uint32_t row) {
  dem_str feature = cell(c, row, PLACES_FEATURE);
  int32_t n = size_points(people(c, row)) + feature_points(feature, cell(c, row, PLACES_SOURCE));
  if (spot->state) return dem_str_is(feature, "ADM1") ? n + CONTAINED : n;
  if (spot->kind != DEM_PLACE_NAME) return is_town(feature) || dem_str_is(feature, "ADM2") ? n : n + CONTAINED;
  uint32_t country = country_index(cell(c, row, PLACES_COUNTRY)), area = area_index(c, row);
  if (country < COUNTRIES) n += vote_points(c->country_votes[country], 20, 4);
  if (area < AREAS) n += vote_points(c->area_votes[area], 35, 3);
  if (container_row(c, spot, row) != DEM_NONE) n += CONTAINED;
  return n;
}

/* Two rows that are the same place for a reader: one id, or one country and area. */
static bool alike(const chooser *c, uint32_t a, uint32_t b) {
  dem_str id = cell(c, a, PLACES_ID);
  if (id.len && dem_str_eq(id, cell(c, b, PLACES_ID))) return true;
  return same_area(c, a, b) && cell(c, a, PLACES_ADMIN1).len;
}

static void choose(const chooser *c, dem_spot *spot) {
  int32_t best = INT32_MIN, second = INT32_MIN;
  spot->chosen = DEM_NONE;
  uint32_t end = spot->end - spot->row > MOST_CANDIDATES ? spot->row + MOST_CANDIDATES : spot->end;
  for (uint32_t row = spot->row; row < end; row++) {
    int32_t n = points(c, spot, row);
    if (spot->chosen == DEM_NONE || n > best) {
      if (spot->chosen != DEM_NONE && !alike(c, row, spot->chosen)) second = best;
      best = n;
      spot->chosen = row;
    } else if (n > second && !alike(c, row, spot->chosen)) {
      second = n;
    }
  }
  spot->margin = second == INT32_MIN ? 300 : best - second;
}

static bool known_alone(const chooser *c, const dem_spot *spot) {
  dem_str feature = cell(c, spot->chosen, PLACES_FEATURE), source = cell(c, spot->chosen, PLACES_SOURCE);
  if (dem_str_starts(feature, "PCL") || dem_str_is(source, "own")) return true;
  int32_t n = people(c, spot->chosen);
  if (dem_str_is(feature, "ADM1")) return n > 1000000 || spot->last > spot->first + 1;
  if (dem_str_is(feature, "ADM2")) return spot->last > spot->first + 1;
  return n >= (dem_str_is(source, "gnx") ? 2000000 : dem_str_is(feature, "PPLC") ? 100000 : 400000);
}

static bool voted_for(const chooser *c, uint32_t row) {
  uint32_t country = country_index(cell(c, row, PLACES_COUNTRY)), area = area_index(c, row);
  return (area < AREAS && c->area_votes[area]) || (country < COUNTRIES && c->country_votes[country] >= 2 && people(c, row) > 15000);
}

/* Is there reason enough to call it a place at all? */
static bool believed(const chooser *c, const dem_spot *spot) {
  if (spot->state || spot->kind != DEM_PLACE_NAME) return true;
  if (spot->inside != DEM_NONE && container_row(c, spot, spot->chosen) != DEM_NONE) return true;
  if (spot->part) return false; /* only where the name stands free elsewhere, or is known to all */
  bool alone = known_alone(c, spot);
  if (spot->common) return spot->led && (alone || spot->margin >= CONTAINED / 2);
  if (spot->doubted) return spot->led || (alone && dem_where_is_country(c->places, spot->chosen)) || spot->last > spot->first + 1;
  if (alone || spot->led) return true;
  return spot->last > spot->first + 1 || voted_for(c, spot->chosen);
}

/* A country or a large area may begin an institution's name and is still meant. */
static bool known_to_all(const chooser *c, const dem_spot *spot) {
  dem_str feature = cell(c, spot->chosen, PLACES_FEATURE);
  return dem_str_starts(feature, "PCL") || dem_str_is(feature, "CONT") || (dem_str_is(feature, "ADM1") && people(c, spot->chosen) > 500000);
}

/* The first spot with the same form. */
static uint32_t first_alike(const chooser *c, uint32_t i) {
  const dem_spot *spot = &c->spots->at[i];
  dem_str key = dem_table_key(c->places, spot->row);
  for (uint64_t h = dem_hash(key.data, key.len, spot->state ? 1 : spot->kind != DEM_PLACE_NAME ? 2 : 0);; h++) {
    uint32_t *slot = &c->slots[h & (c->slot_count - 1)];
    if (*slot == 0) *slot = i + 1;
    const dem_spot *other = &c->spots->at[*slot - 1];
    if (other->row == spot->row && other->state == spot->state && (other->kind == DEM_PLACE_NAME) == (spot->kind == DEM_PLACE_NAME)) return *slot - 1;
  }
}

static void vote(chooser *c, const dem_spot *spot) {
  uint32_t country = country_index(cell(c, spot->chosen, PLACES_COUNTRY)), area = area_index(c, spot->chosen);
  if (country < COUNTRIES && c->country_votes[country] < 200) c->country_votes[country]++;
  if (area < AREAS && c->area_votes[area] < 200) c->area_votes[area]++;
}

/* First round: every different name that is sure by itself votes once. */
static void collect_votes(chooser *c) {
  for (uint32_t i = 0; i < c->spots->n; i++)
    if (c->spots->at[i].person) c->surname[first_alike(c, i)] = true;
  for (uint32_t i = 0; i < c->spots->n; i++) {
    dem_spot *spot = &c->spots->at[i];
    uint32_t first = first_alike(c, i);
    if (spot->person) continue;
    spot->doubted |= c->surname[first];
    c->seen[first] += !spot->part && !spot->doubted;
    if (first != i && spot->inside == DEM_NONE && !spot->state) continue;
    choose(c, spot);
    bool sure = !spot->part && spot->margin >= SURE_MARGIN && (known_alone(c, spot) || spot->margin >= CONTAINED / 2 || spot->led);
    if (sure && (!spot->common || spot->led)) vote(c, spot);
  }
}

/* Second round: the first spot that is believed, or the one with a container, decides for all of a name. */
static void decide(chooser *c) {
  for (uint32_t i = 0; i < c->spots->n; i++) {
    dem_spot *spot = &c->spots->at[i];
    uint32_t first = first_alike(c, i), *decider = &c->decider[first];
    if (spot->person) continue;
    choose(c, spot);
    bool contained = container_row(c, spot, spot->chosen) != DEM_NONE;
    bool repeated = c->seen[first] > 1 && !spot->common && !spot->part && !spot->doubted;
    if (!repeated && !believed(c, spot)) continue;
    if (!*decider || (contained && c->spots->at[*decider - 1].margin < CONTAINED / 2)) *decider = i + 1;
  }
  for (uint32_t i = 0; i < c->spots->n; i++) {
    dem_spot *spot = &c->spots->at[i];
    uint32_t decider = c->decider[first_alike(c, i)];
    if (spot->person) continue;
    if (decider && container_row(c, spot, spot->chosen) == DEM_NONE) spot->chosen = c->spots->at[decider - 1].chosen;
    else if (!decider && !(spot->part && known_to_all(c, spot))) spot->chosen = DEM_NONE;
  }
}

void dem_where_choose(dem_doc *doc, const dem_where_tables *tables, dem_spots *spots) {
  chooser c = {.doc = doc, .places = tables->places, .spots = spots, .slot_count = 8};
  while (c.slot_count < spots->n * 2 + 2) c.slot_count *= 2;
  c.country_votes = dem_array(&doc->arena, uint8_t, COUNTRIES);
  c.area_votes = dem_array(&doc->arena, uint8_t, AREAS);
  c.slots = dem_array(&doc->arena, uint32_t, c.slot_count);
  c.decider = dem_array(&doc->arena, uint32_t, spots->n + 1);
  c.seen = dem_array(&doc->arena, uint32_t, spots->n + 1);
  c.surname = dem_array(&doc->arena, bool, spots->n + 1);
  collect_votes(&c);
  decide(&c);
}
