/* Packing the gazetteer: places in the order of the lexicon's rows, keys sorted, the rows of a key by people. Every text is
 * stored once. A key keeps at most 255 rows, the most populous ones. Refuses coordinates that are none. */
#include <stdio.h>
#include <stdlib.h>

#include "base/utf8.h"
#include "model/pack.h"

enum { MOST_ROWS = 255, LONGEST = 255, MOST_PLACES = 1 << 24 };

typedef struct key_row {
  dem_str key;
  uint32_t place, people, flags;
} key_row;
typedef dem_list(key_row) key_rows;
typedef dem_list(uint32_t) numbers;

typedef struct gaz_packer {
  dem_packer *p;
  dem_pack_bytes text, keys;
  key_rows names;
  numbers blocks, rows, places, areas, features;
  uint32_t *text_slot, *area_slot, slots;
} gaz_packer;

static uint32_t number_of(dem_str s) {
  uint32_t n;
  return dem_str_u32(s, &n) ? n : 0;
}

/* Offset of a text, stored once. */
static uint32_t text_of(gaz_packer *g, dem_str s) {
  if (s.len > LONGEST) s.len = LONGEST;
  for (uint64_t h = dem_hash(s.data, s.len, 0);; h++) {
    uint32_t *slot = &g->text_slot[h & (g->slots - 1)];
    if (*slot == 0) {
      *slot = g->text.n + 1;
      unsigned char len = (unsigned char)s.len;
      dem_pack_append(g->p, &g->text, &len, 1);
      dem_pack_append(g->p, &g->text, s.data, s.len);
      return *slot - 1;
    }
    const unsigned char *q = g->text.at + *slot - 1;
    if (q[0] == s.len && (s.len == 0 || memcmp(q + 1, s.data, s.len) == 0)) return *slot - 1;
  }
}

static uint32_t area_of(gaz_packer *g, dem_str country, dem_str admin1, dem_str admin2) {
  uint32_t want[3] = {0, text_of(g, admin1), text_of(g, admin2)};
  if (country.len == 3) memcpy(want, country.data, 3);
  for (uint64_t h = dem_hash(want, sizeof want, 0);; h++) {
    uint32_t *slot = &g->area_slot[h & (g->slots - 1)];
    if (*slot == 0) {
      *slot = g->areas.n / 3 + 1;
      for (int i = 0; i < 3; i++) *dem_push(&g->p->arena, &g->areas) = want[i];
      return *slot - 1;
    }
    if (memcmp(g->areas.at + 3 * (size_t)(*slot - 1), want, sizeof want) == 0) return *slot - 1;
  }
}

static uint32_t feature_of(gaz_packer *g, dem_str feature) {
  uint32_t text = text_of(g, feature), i = 0;
  while (i < g->features.n && g->features.at[i] != text) i++;
  if (i == g->features.n) *dem_push(&g->p->arena, &g->features) = text;
  if (i > 255) dem_arena_fail(&g->p->arena, DEMARCHE_LIMIT, "more than 256 feature codes");
  return i;
}

/* "-33.86785" in 1e-5 degrees. */
static bool degrees(dem_str text, uint32_t most, int32_t *out) {
  bool minus = dem_str_starts(text, "-");
  dem_str rest = dem_str_sub(text, minus, text.len), whole = dem_str_cut(&rest, '.');
  uint32_t units, part = 0, scale = 1;
  if (!dem_str_u32(whole, &units) || units > most || rest.len > 5) return false;
  if (rest.len && !dem_str_u32(rest, &part)) return false;
  for (size_t i = rest.len; i < 5; i++) scale *= 10;
  *out = (int32_t)(units * 100000 + part * scale);
  if (minus) *out = -*out;
  return true;
}

static bool all_capitals(dem_str s) {
  bool letter = false;
  for (size_t i = 0; i < s.len; i++) {
    if (dem_is_lower((unsigned char)s.data[i]) || (unsigned char)s.data[i] >= 0x80) return false;
    letter |= dem_is_upper((unsigned char)s.data[i]);
  }
  return letter && s.len > 1;
}

static void add_name(gaz_packer *g, dem_str form, uint32_t place, uint32_t people, uint32_t flags) {
  dem_str key = dem_norm(&g->p->arena, form);
  if (key.len == 0 || key.len > LONGEST) return;
  *dem_push(&g->p->arena, &g->names) = (key_row){key, place, people, flags | (all_capitals(form) ? DEM_GAZ_ACRONYM : 0)};
}

static void add_names(gaz_packer *g, dem_str list, uint32_t place, uint32_t people, uint32_t flags) {
  while (list.len) add_name(g, dem_str_cut(&list, '|'), place, people, flags);
}

static void add_place(gaz_packer *g, const dem_pack_row *row) {
  const dem_str *cell = row->cell + 1;
  int32_t lat = 0, lon = 0;
  uint32_t place = g->places.n / 6, people = number_of(cell[PLACES_POPULATION]);
  uint32_t flags = dem_str_is(cell[PLACES_SOURCE], "own") ? DEM_GAZ_OWN : 0;
  if (!degrees(cell[PLACES_LAT], 90, &lat) || !degrees(cell[PLACES_LON], 180, &lon)) {
    dem_str name = dem_str_format(&g->p->arena, DEM_GAZETTEER_PATH ": %.*s", DEM_FMT(cell[PLACES_NAME]));
    dem_pack_problem(g->p, name.data, 0, "the coordinates are no degrees");
  }
  uint32_t area = area_of(g, cell[PLACES_COUNTRY], cell[PLACES_ADMIN1], cell[PLACES_ADMIN2]);
  uint32_t word[6] = {number_of(cell[PLACES_ID]),    (uint32_t)lat, (uint32_t)lon,
                      text_of(g, cell[PLACES_NAME]), people,        area | feature_of(g, cell[PLACES_FEATURE]) << 24};
  for (int i = 0; i < 6; i++) *dem_push(&g->p->arena, &g->places) = word[i];
  add_name(g, cell[PLACES_NAME], place, people, flags);
  add_names(g, cell[PLACES_FORMS], place, people, flags);
  add_names(g, cell[PLACES_OTHERS], place, people, flags | DEM_GAZ_FOREIGN);
}

static int by_key(const void *a, const void *b) {
  const key_row *x = a, *y = b;
  int c = dem_str_cmp(x->key, y->key);
  if (c) return c;
  if (x->people != y->people) return x->people > y->people ? -1 : 1;
  if (x->place != y->place) return x->place < y->place ? -1 : 1;
  return x->flags < y->flags ? -1 : x->flags > y->flags;
}

/* The rows of the key from `i` on, without repetitions; returns one past them. */
static uint32_t add_rows(gaz_packer *g, uint32_t i, uint32_t *count) {
  const key_row *k = g->names.at;
  uint32_t first = i;
  *count = 0;
  for (; i < g->names.n && dem_str_eq(k[i].key, k[first].key); i++) {
    if ((i > first && k[i].place == k[i - 1].place) || *count == MOST_ROWS) continue;
    *dem_push(&g->p->arena, &g->rows) = k[i].place | k[i].flags << 24;
    ++*count;
  }
  g->rows.at[g->rows.n - 1] |= (uint32_t)DEM_GAZ_LAST << 24;
  return i;
}

static void add_keys(gaz_packer *g) {
  dem_str before = {NULL, 0};
  for (uint32_t i = 0, n = 0; i < g->names.n; n++) {
    dem_str key = g->names.at[i].key;
    size_t shared = 0;
    if (n % DEM_GAZ_BLOCK == 0) {
      *dem_push(&g->p->arena, &g->blocks) = g->keys.n;
      *dem_push(&g->p->arena, &g->blocks) = g->rows.n;
    } else {
      while (shared < before.len && shared < key.len && before.data[shared] == key.data[shared]) shared++;
    }
    uint32_t count;
    i = add_rows(g, i, &count);
    unsigned char head[3] = {(unsigned char)shared, (unsigned char)(key.len - shared), (unsigned char)count};
    dem_pack_append(g->p, &g->keys, head, sizeof head);
    dem_pack_append(g->p, &g->keys, key.data + shared, key.len - shared);
    before = key;
  }
}

static void put_numbers(gaz_packer *g, dem_pack_bytes *to, const numbers *list) {
  dem_pack_append(g->p, to, list->at, sizeof *list->at * list->n);
}

void dem_pack_gazetteer(dem_packer *p, const dem_pack_rows *rows, dem_pack_bytes *to) {
  gaz_packer *g = dem_array(&p->arena, gaz_packer, 1);
  g->p = p;
  g->slots = 8;
  while (g->slots < rows->n * 8 + 64) g->slots *= 2;
  g->text_slot = dem_array(&p->arena, uint32_t, g->slots);
  g->area_slot = dem_array(&p->arena, uint32_t, g->slots);
  text_of(g, (dem_str){NULL, 0});
  if (rows->n >= MOST_PLACES) dem_arena_fail(&p->arena, DEMARCHE_LIMIT, "too many places");
  for (uint32_t i = 0; i < rows->n; i++) add_place(g, &rows->at[i]);
  if (g->names.n) qsort(g->names.at, g->names.n, sizeof *g->names.at, by_key);
  add_keys(g);
  uint32_t head[8] = {g->blocks.n / 2, g->rows.n, g->places.n / 6, g->areas.n / 3, g->features.n, g->keys.n, g->text.n, 0};
  dem_pack_append(p, to, head, sizeof head);
  put_numbers(g, to, &g->blocks);
  put_numbers(g, to, &g->rows);
  put_numbers(g, to, &g->places);
  put_numbers(g, to, &g->areas);
  put_numbers(g, to, &g->features);
  dem_pack_append(p, to, g->keys.at, g->keys.n);
  dem_pack_append(p, to, g->text.at, g->text.n);
}
