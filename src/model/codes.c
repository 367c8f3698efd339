/* CAMEO actor codes, composed as the CAMEO manual orders them: country or international code, primary role (government,
 * parliament, army ...), PTY or a second primary role, then secondary roles; elements of three letters, none twice, five at
 * most. A body with a code of its own in codes/bodies keeps it. Refuses to invent: a sector without equivalent adds nothing. */
#include "base/utf8.h"
#include "model/model.h"

enum { ELEMENT = 3, LONGEST = 15 };

typedef struct code {
  char text[LONGEST];
  size_t n;
} code;

static bool has(const code *c, const char *element) {
  for (size_t i = 0; i + ELEMENT <= c->n; i += ELEMENT)
    if (memcmp(c->text + i, element, ELEMENT) == 0) return true;
  return false;
}

static void add(code *c, dem_str elements) {
  for (size_t i = 0; i + ELEMENT <= elements.len && c->n + ELEMENT <= LONGEST; i += ELEMENT) {
    if (has(c, elements.data + i)) continue;
    memcpy(c->text + c->n, elements.data + i, ELEMENT);
    c->n += ELEMENT;
  }
}

static dem_str cell_of(dem_arena *arena, const dem_model *model, dem_table_id id, dem_str key, uint32_t column) {
  const dem_table *t = dem_model_table(model, id);
  uint32_t row = key.len ? dem_table_find(t, dem_norm(arena, key)) : DEM_NONE;
  return row == DEM_NONE ? (dem_str){NULL, 0} : dem_table_cell(t, row, column);
}

/* Add the sectors of one class: "primary", "party", "secondary". */
static void add_class(dem_arena *arena, const dem_model *model, dem_str sector, dem_str sectors, const char *class, code *c) {
  for (dem_str one = sector; one.len || sectors.len; one = dem_str_cut(&sectors, '|'))
    if (dem_str_is(cell_of(arena, model, DEM_TABLE_SECTORS, one, SECTORS_CLASS), class))
      add(c, cell_of(arena, model, DEM_TABLE_SECTORS, one, SECTORS_CAMEO));
}

static dem_str body_code(dem_arena *arena, const dem_model *model, dem_str name, dem_str country) {
  const dem_table *t = dem_model_table(model, DEM_TABLE_BODIES);
  uint32_t row = name.len ? dem_table_find(t, dem_norm(arena, name)) : DEM_NONE;
  for (uint32_t end = row == DEM_NONE ? row : dem_table_end(t, row); row < end; row++)
    if (dem_str_eq(dem_table_cell(t, row, BODIES_COUNTRY), country)) return dem_table_cell(t, row, BODIES_CAMEO);
  return (dem_str){NULL, 0};
}

dem_str dem_cameo_actor(dem_arena *arena, const dem_model *model, dem_str name, dem_str country, dem_str sector, dem_str sectors) {
  dem_str own = body_code(arena, model, name, country);
  if (own.len) return own;
  code c = {{0}, 0};
  add(&c, cell_of(arena, model, DEM_TABLE_COUNTRIES, country, COUNTRIES_CAMEO));
  add_class(arena, model, sector, sectors, "primary", &c);
  add_class(arena, model, sector, sectors, "party", &c);
  add_class(arena, model, sector, sectors, "secondary", &c);
  return dem_str_copy(arena, (dem_str){c.text, c.n});
}

dem_str dem_cow_number(dem_arena *arena, const dem_model *model, dem_str country) {
  return cell_of(arena, model, DEM_TABLE_COUNTRIES, country, COUNTRIES_COW);
}
