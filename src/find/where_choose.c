/* Which place a name means: the candidate with the most points.
 *
 * Points for people (logarithm), for what it is (a country, a capital), for being told to lie where the text says it does
 * ("Alexandria, La."), for the countries, areas and neighbourhoods (where_votes) that the dispatch speaks of elsewhere. The
 * dispatch is asked three times: names that are sure by themselves vote, then names that those votes make sure, then all choose;
 * nobody's own vote counts for himself. A small town is a place only with evidence: a preposition of place, a container, its
 * area spoken of; a word that is common or a given name needs more. One name means one place throughout a dispatch, unless a
 * container says otherwise. Linear: of a form at most MOST_CANDIDATES are looked at, the most populous ones. */
#include "find/where_votes.h"

enum { SURE_MARGIN = 45, CONTAINED = 1000, MOST_CANDIDATES = 64, ROUNDS = 2 };

typedef struct chooser {
  dem_doc *doc;
  const dem_gazetteer *places;
  dem_spots *spots;
  dem_votes votes;
  uint32_t *slots; /* form -> its first spot + 1, open addressing */
  uint32_t slot_count;
  uint32_t *first;   /* spot -> the first spot of its form */
  uint32_t *decider; /* first spot of a form -> the spot that decides for all + 1 */
  uint32_t *seen;    /* first spot of a form -> how often it stands free */
  uint32_t *voted;   /* spot -> the row it voted for + 1 */
  bool *surname;     /* first spot of a form -> somebody is called so */
} chooser;

static dem_gaz_entry entry(const chooser *c, uint32_t row) { return dem_gazetteer_entry(c->places, row); }
static bool is_town(dem_str feature) { return dem_str_starts(feature, "PPL"); }
static bool is_country(dem_str feature) { return dem_str_starts(feature, "PCL"); }

bool dem_where_is_area(dem_str f) {
  static const char points[] = "SQR|CSTL|BLDG|PAL|CPTL|EST|INSM|MNMT|CH|PRN|FT|PGDA|MSQE|SHRN|PS|MFG|PPLX|WALL|HLL|PRK|ST";
  return !is_town(f) && !dem_str_in_list(DEM_S(points), f);
}

/* Ten points for each doubling of the people. */
static int32_t size_points(uint32_t n) {
  int32_t bits = 0;
  for (; n > 1; n /= 2) bits++;
  return bits * 10;
}

static int32_t feature_points(const dem_gaz_entry *e) {
  int32_t points = e->flags & DEM_GAZ_FOREIGN ? -110 : 0;
  bool own = e->flags & DEM_GAZ_OWN;
  if (dem_str_is(e->feature, "PCLI") || dem_str_is(e->feature, "PCLH")) return points + 120;
  if (is_country(e->feature)) return points + 70;
  if (dem_str_is(e->feature, "PPLC")) return points + 40;
  if (dem_str_is(e->feature, "ADM1")) return points + (own ? 40 : -30);
  if (dem_str_is(e->feature, "ADM2")) return points;
  if (own) return points + 220;
  return points + (dem_str_is(e->feature, "PPLA") ? 15 : 0);
}

static bool same_area(const dem_gaz_entry *a, const dem_gaz_entry *b) {
  return dem_str_eq(a->country, b->country) && dem_str_eq(a->admin1, b->admin1);
}

static bool holds(const dem_gaz_entry *outer, const dem_gaz_entry *inner) {
  if (is_country(outer->feature)) return dem_str_eq(outer->country, inner->country) && !is_country(inner->feature);
  if (dem_str_is(outer->feature, "ADM1"))
    return !dem_str_is(inner->feature, "ADM1") && same_area(outer, inner) && inner->admin1.len;
  return dem_str_is(outer->feature, "ADM2") && is_town(inner->feature) && same_area(outer, inner) && inner->admin2.len &&
         dem_str_eq(outer->admin2, inner->admin2);
}

/* A row of the container's name that holds this place; DEM_NONE. */
static uint32_t container_row(const chooser *c, const dem_spot *spot, const dem_gaz_entry *inner) {
  if (spot->inside == DEM_NONE) return DEM_NONE;
  const dem_spot *outer = &c->spots->at[spot->inside];
  uint32_t end = outer->end - outer->row > MOST_CANDIDATES ? outer->row + MOST_CANDIDATES : outer->end;
  for (uint32_t r = outer->row; r < end; r++) {
    dem_gaz_entry e = entry(c, r);
    if (holds(&e, inner)) return r;
  }
  return DEM_NONE;
}

static bool contained(const chooser *c, const dem_spot *spot, uint32_t row) {
  if (spot->inside == DEM_NONE || row == DEM_NONE) return false;
  dem_gaz_entry e = entry(c, row);
  return container_row(c, spot, &e) != DEM_NONE;
}

static int32_t points(const chooser *c, const dem_spot *spot, uint32_t row, const dem_gaz_entry *own_vote) {
  dem_gaz_entry e = entry(c, row);
  int32_t n = size_points(e.people) + feature_points(&e);
  if (spot->state) return dem_str_is(e.feature, "ADM1") ? n + CONTAINED : n;
  if (spot->kind != DEM_PLACE_NAME) return is_town(e.feature) || dem_str_is(e.feature, "ADM2") ? n : n + CONTAINED;
  n += dem_votes_points(&c->votes, &e, own_vote);
  if (container_row(c, spot, &e) != DEM_NONE) n += CONTAINED;
  return n;
}

/* Two rows that are the same place for a reader: one id, or one country and area. */
static bool alike(const chooser *c, uint32_t a, uint32_t b) {
  dem_gaz_entry x = entry(c, a), y = entry(c, b);
  return x.place == y.place || (x.id && x.id == y.id) || (same_area(&x, &y) && x.admin1.len);
}

static void choose(const chooser *c, uint32_t i) {
  dem_spot *spot = &c->spots->at[i];
  uint32_t voted = c->voted[c->first[i]];
  dem_gaz_entry own = voted ? entry(c, voted - 1) : (dem_gaz_entry){0};
  int32_t best = INT32_MIN, second = INT32_MIN;
  spot->chosen = DEM_NONE;
  uint32_t end = spot->end - spot->row > MOST_CANDIDATES ? spot->row + MOST_CANDIDATES : spot->end;
  for (uint32_t row = spot->row; row < end; row++) {
    int32_t n = points(c, spot, row, voted ? &own : NULL);
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

static bool many_words(const dem_spot *spot) { return spot->last > spot->first + 1; }

static bool known_alone(const chooser *c, const dem_spot *spot) {
  dem_gaz_entry e = entry(c, spot->chosen);
  if (is_country(e.feature) || e.flags & DEM_GAZ_OWN) return true;
  if (dem_str_is(e.feature, "ADM1")) return e.people > 1000000 || many_words(spot);
  if (dem_str_is(e.feature, "ADM2")) return many_words(spot);
  return e.people >= (e.flags & DEM_GAZ_FOREIGN ? 2000000 : dem_str_is(e.feature, "PPLC") ? 100000 : 400000);
}

/* Is there reason enough to call it a place at all? */
static bool believed(const chooser *c, const dem_spot *spot) {
  if (spot->state || spot->kind != DEM_PLACE_NAME) return true;
  if (contained(c, spot, spot->chosen)) return true;
  if (spot->part) { /* where the name stands free elsewhere, is known to all, or lies where the dispatch is */
    dem_gaz_entry part = entry(c, spot->chosen);
    return !spot->common && !spot->doubted && dem_votes_support(&c->votes, &part);
  }
  bool alone = known_alone(c, spot);
  dem_gaz_entry e = entry(c, spot->chosen);
  if (spot->common) return spot->led && (alone || spot->margin >= CONTAINED / 2);
  if (spot->doubted) return spot->led || (alone && is_country(e.feature)) || many_words(spot);
  if (alone || spot->led) return true;
  return many_words(spot) || dem_votes_support(&c->votes, &e);
}

/* A country or an area may begin an institution's name and is still meant. */
static bool known_to_all(const chooser *c, const dem_spot *spot) {
  dem_gaz_entry e = entry(c, spot->chosen);
  if (is_country(e.feature) || dem_str_is(e.feature, "CONT") || dem_str_is(e.feature, "ZN")) return true;
  if (dem_str_is(e.feature, "ADM2")) return many_words(spot);
  return dem_str_is(e.feature, "ADM1") && e.people > 500000;
}

/* The first spot with the same form. */
static uint32_t first_alike(const chooser *c, uint32_t i) {
  const dem_spot *spot = &c->spots->at[i];
  uint32_t sort = spot->state ? 1 : spot->kind != DEM_PLACE_NAME ? 2 : 0, key[2] = {spot->row, sort};
  for (uint64_t h = dem_hash(key, sizeof key, 0);; h++) {
    uint32_t *slot = &c->slots[h & (c->slot_count - 1)];
    if (*slot == 0) *slot = i + 1;
    const dem_spot *other = &c->spots->at[*slot - 1];
    uint32_t other_sort = other->state ? 1 : other->kind != DEM_PLACE_NAME ? 2 : 0;
    if (other->row == spot->row && other_sort == sort) return *slot - 1;
  }
}

static void index_forms(chooser *c) {
  for (uint32_t i = 0; i < c->spots->n; i++) {
    c->first[i] = first_alike(c, i);
    if (c->spots->at[i].person) c->surname[c->first[i]] = true;
  }
  for (uint32_t i = 0; i < c->spots->n; i++) {
    dem_spot *spot = &c->spots->at[i];
    if (spot->person) continue;
    spot->doubted |= c->surname[c->first[i]];
    c->seen[c->first[i]] += !spot->part && !spot->doubted;
  }
}

/* Names that may lie near one another support one another. */
static void collect_hints(chooser *c) {
  for (uint32_t i = 0; i < c->spots->n; i++) {
    const dem_spot *spot = &c->spots->at[i];
    if (c->first[i] != i || spot->person || spot->doubted || spot->common || spot->state || spot->kind != DEM_PLACE_NAME)
      continue;
    uint32_t end = spot->end - spot->row > MOST_CANDIDATES ? spot->row + MOST_CANDIDATES : spot->end;
    for (uint32_t row = spot->row; row < end; row++) {
      dem_gaz_entry e = entry(c, row);
      dem_votes_hint(&c->votes, &e, i);
    }
  }
}

/* Every different name that is sure votes once. */
static void collect_votes(chooser *c, bool first_round) {
  for (uint32_t i = 0; i < c->spots->n; i++) {
    dem_spot *spot = &c->spots->at[i];
    if (spot->person || (c->first[i] != i && spot->inside == DEM_NONE && !spot->state)) continue;
    choose(c, i);
    if (c->voted[i] || (c->first[i] != i && c->voted[c->first[i]] == spot->chosen + 1)) continue;
    bool certain = spot->margin >= CONTAINED / 2 || spot->led || (spot->part && known_to_all(c, spot));
    bool sure = (!spot->part || known_to_all(c, spot)) && spot->margin >= SURE_MARGIN && (known_alone(c, spot) || certain);
    if (first_round && spot->margin < CONTAINED / 2 && spot->kind == DEM_PLACE_NAME) sure &= spot->margin >= 2 * SURE_MARGIN;
    if (!sure || (spot->common && !spot->led)) continue;
    dem_gaz_entry e = entry(c, spot->chosen);
    dem_votes_cast(&c->votes, &e);
    c->voted[i] = spot->chosen + 1;
  }
}

/* The first spot that is believed, or the one with a container, decides for all of a name. */
static void decide(chooser *c) {
  for (uint32_t i = 0; i < c->spots->n; i++) {
    dem_spot *spot = &c->spots->at[i];
    uint32_t first = c->first[i], *decider = &c->decider[first];
    if (spot->person) continue;
    choose(c, i);
    bool inside = contained(c, spot, spot->chosen);
    bool repeated = c->seen[first] > 1 && !spot->common && !spot->part && !spot->doubted;
    if (!repeated && !believed(c, spot)) continue;
    if (!*decider || (inside && c->spots->at[*decider - 1].margin < CONTAINED / 2)) *decider = i + 1;
  }
  for (uint32_t i = 0; i < c->spots->n; i++) {
    dem_spot *spot = &c->spots->at[i];
    uint32_t decider = c->decider[c->first[i]];
    if (spot->person) continue;
    if (decider && !contained(c, spot, spot->chosen)) spot->chosen = c->spots->at[decider - 1].chosen;
    else if (!decider && !(spot->part && known_to_all(c, spot))) spot->chosen = DEM_NONE;
  }
}

void dem_where_choose(dem_doc *doc, const dem_where_tables *tables, dem_spots *spots) {
  chooser c = {.doc = doc, .places = tables->places, .spots = spots, .slot_count = 8};
  while (c.slot_count < spots->n * 2 + 2) c.slot_count *= 2;
  dem_votes_start(&doc->arena, &c.votes);
  c.slots = dem_array(&doc->arena, uint32_t, c.slot_count);
  c.first = dem_array(&doc->arena, uint32_t, spots->n + 1);
  c.decider = dem_array(&doc->arena, uint32_t, spots->n + 1);
  c.seen = dem_array(&doc->arena, uint32_t, spots->n + 1);
  c.voted = dem_array(&doc->arena, uint32_t, spots->n + 1);
  c.surname = dem_array(&doc->arena, bool, spots->n + 1);
  index_forms(&c);
  collect_hints(&c);
  for (int round = 0; round < ROUNDS; round++) collect_votes(&c, round == 0);
  decide(&c);
}
