/* A map from text to a number. Keys are borrowed, one value a key, later values replace earlier ones; linear probing,
 * at most half full. Refuses nothing: lack of memory leaves by the arena. */
#include "find/who_work.h"

static dem_names_slot *slot_of(const dem_names *names, dem_str key) {
  for (uint64_t h = dem_hash(key.data, key.len, 7);; h++) {
    dem_names_slot *s = &names->slot[h & (names->slots - 1)];
    if (!s->key.data || dem_str_eq(s->key, key)) return s;
  }
}

uint32_t dem_names_get(const dem_names *names, dem_str key) {
  if (names->slots == 0 || key.len == 0) return DEM_NONE;
  const dem_names_slot *s = slot_of(names, key);
  return s->key.data ? s->value : DEM_NONE;
}

void dem_names_set(dem_arena *arena, dem_names *names, dem_str key, uint32_t value) {
  if (key.len == 0) return;
  if (names->used * 2 >= names->slots) {
    dem_names wider = {NULL, names->slots ? names->slots * 2 : 64, 0};
    wider.slot = dem_array(arena, dem_names_slot, wider.slots);
    for (uint32_t i = 0; i < names->slots; i++)
      if (names->slot[i].key.data) *slot_of(&wider, names->slot[i].key) = names->slot[i], wider.used++;
    *names = wider;
  }
  dem_names_slot *s = slot_of(names, key);
  if (!s->key.data) names->used++;
  *s = (dem_names_slot){key, value};
}
