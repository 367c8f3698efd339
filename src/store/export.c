/* The codes of other schemes and the cells of their tables. Sources: codes/countries (COW, FIPS 10-4), codes/cameo (Goldstein
 * scores as GDELT and ICEWS distribute them), and for Phoenix the scale of phoenix_pipeline/postprocess.py where it differs from
 * GDELT's. Quad classes are those that each project's own files carry (GDELT puts root 09 into class 2 and 14 into class 3).
 * Refuses: making up a code for what a scheme does not have; such cells stay empty. */
#include "store/export.h"

#include <stdio.h>
#include <utf8proc.h>

#include "base/utf8.h"

/* ---- pairs ---- */

enum { MOST_PAIRS = 1000 };

static bool mutual(const dem_rows *r) {
  dem_str type = dem_row_text(r, ROW_TYPE);
  return dem_str_is(type, "CONSULT") || dem_str_is(type, "AGREE") || dem_str_is(type, "COOPERATE");
}

static void write_pair(dem_rows *r, dem_pair_writer write, const dem_row_party *from, const dem_row_party *to, int64_t *n) {
  if (*n >= MOST_PAIRS || r->code != SQLITE_OK) return;
  dem_pair pair = {from, to, dem_row_int(r, ROW_ID) * MOST_PAIRS + *n};
  ++*n;
  write(r, &pair);
}

void dem_for_pairs(dem_rows *r, dem_pair_writer write) {
  int64_t n = 0;
  const dem_row_parties *a = &r->actor, *b = &r->recipient;
  for (uint32_t i = 0; i < a->n && b->n; i++)
    for (uint32_t k = 0; k < b->n; k++) {
      write_pair(r, write, &a->at[i], &b->at[k], &n);
      if (mutual(r)) write_pair(r, write, &b->at[k], &a->at[i], &n);
    }
  for (uint32_t i = 0; i < a->n && !b->n; i++)
    for (uint32_t k = 0; k < a->n; k++)
      if (i != k) write_pair(r, write, &a->at[i], &a->at[k], &n);
  for (uint32_t i = 0; !n && i < a->n; i++) write_pair(r, write, &a->at[i], NULL, &n);
}

/* ---- cells ---- */

void dem_cell_part(dem_rows *r, dem_str s) {
  size_t from = 0;
  for (size_t i = 0; i < s.len; i++) {
    if ((unsigned char)s.data[i] >= 0x20 && s.data[i] != 0x7F) continue;
    dem_json_raw(&r->out, dem_str_sub(s, from, i));
    dem_json_raw(&r->out, DEM_S(" "));
    from = i + 1;
  }
  dem_json_raw(&r->out, dem_str_sub(s, from, s.len));
}

static void tab(dem_rows *r) { dem_json_raw(&r->out, DEM_S("\t")); }

void dem_cell(dem_rows *r, dem_str s) {
  dem_cell_part(r, s);
  tab(r);
}

void dem_cell_int(dem_rows *r, int64_t value) {
  r->out.comma = false;
  dem_json_int(&r->out, NULL, value);
  tab(r);
}

void dem_cell_fixed(dem_rows *r, int64_t value, unsigned places) {
  r->out.comma = false;
  dem_json_fixed(&r->out, NULL, value, places);
  tab(r);
}

void dem_cell_real(dem_rows *r, dem_row_column column, unsigned places) {
  int64_t by = 1;
  for (unsigned i = 0; i < places; i++) by *= 10;
  if (dem_row_has(r, column)) dem_cell_fixed(r, dem_row_scaled(r, column, by), places);
  else tab(r);
}

void dem_cells_empty(dem_rows *r, unsigned n) {
  while (n--) tab(r);
}

void dem_last_cell(dem_rows *r, dem_str s) {
  dem_cell_part(r, s);
  dem_json_raw(&r->out, DEM_S("\n"));
}

/* ---- codes ---- */

static dem_str cell_of(dem_rows *r, dem_table_id id, dem_str key, uint32_t column) {
  if (!r->model || !key.len) return (dem_str){NULL, 0};
  const dem_table *t = dem_model_table(r->model, id);
  uint32_t row = dem_table_find(t, dem_norm(&r->arena, key));
  return row == DEM_NONE ? (dem_str){NULL, 0} : dem_table_cell(t, row, column);
}

dem_str dem_cameo_of(dem_rows *r, const dem_row_party *p) {
  if (!p || !r->model) return (dem_str){NULL, 0};
  dem_str sectors = dem_str_copy(&r->arena, p->sectors);
  for (size_t i = 0; i < sectors.len; i++)
    if (sectors.data[i] == ';') ((char *)(uintptr_t)sectors.data)[i] = '|';
  return dem_cameo_actor(&r->arena, r->model, p->name, p->code, p->sector, sectors);
}

dem_str dem_country_cell(dem_rows *r, dem_str alpha3, uint32_t column) { return cell_of(r, DEM_TABLE_COUNTRIES, alpha3, column); }
dem_str dem_cameo_label(dem_rows *r, dem_str code) { return cell_of(r, DEM_TABLE_CAMEO, code, CAMEO_LABEL); }
dem_str dem_cameo_root(dem_str code) { return dem_str_sub(code, 0, 2); }

/* "-4.4" in tenths */
static int64_t tenths(dem_str s) {
  bool minus = s.len && s.data[0] == '-', point = false;
  int64_t n = 0;
  size_t after = 0;
  for (size_t i = minus; i < s.len; i++) {
    if (s.data[i] == '.') point = true;
    else if (dem_is_digit((unsigned char)s.data[i]) && after < 1) n = n * 10 + (s.data[i] - '0'), after += point;
  }
  n = after ? n : n * 10;
  return minus ? -n : n;
}

static bool phoenix_goldstein(dem_str code, int64_t *value) {
  static const struct {
    const char *code;
    int64_t tenths;
  } own[] = {{"016", 34}, {"022", 34}, {"124", -50}, {"1246", -50}, {"163", -65}, {"164", -70}, {"165", -70}, {"166", -80}};
  for (size_t i = 0; i < sizeof own / sizeof *own; i++)
    if (dem_str_is(code, own[i].code)) return *value = own[i].tenths, true;
  return false;
}

int64_t dem_goldstein(dem_rows *r, dem_str code, dem_scheme scheme) {
  int64_t own;
  if (scheme == DEM_SCHEME_PHOENIX && phoenix_goldstein(code, &own)) return own;
  dem_str value = cell_of(r, DEM_TABLE_CAMEO, code, scheme == DEM_SCHEME_ICEWS ? CAMEO_GOLDSTEIN_ICEWS : CAMEO_GOLDSTEIN);
  return value.len ? tenths(value) : dem_row_scaled(r, ROW_GOLDSTEIN, 10);
}

int dem_quad(dem_str code, dem_scheme scheme) {
  static const signed char quad[3][21] = {
      /* root:               01 02 03 04 05 06 07 08 09 10 11 12 13 14 15 16 17 18 19 20 */
      [DEM_SCHEME_GDELT] = {0, 1, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 3, 4, 4, 4, 4, 4, 4},
      [DEM_SCHEME_ICEWS] = {0, 1, 1, 1, 1, 1, 2, 2, 2, 3, 3, 3, 3, 3, 4, 4, 4, 4, 4, 4, 4},
      [DEM_SCHEME_PHOENIX] = {0, 0, 0, 1, 1, 1, 2, 2, 2, 3, 3, 3, 3, 3, 4, 4, 3, 4, 4, 4, 4}};
  uint32_t root = 0;
  return dem_str_u32(dem_cameo_root(code), &root) && root <= 20 ? quad[scheme][root] : 0;
}

dem_str dem_upper(dem_rows *r, dem_str s) {
  char *out = dem_array(&r->arena, char, 2 * s.len + 4);
  size_t n = 0;
  for (size_t i = 0; i < s.len;) n += dem_utf8_put(out + n, (uint32_t)utf8proc_toupper((utf8proc_int32_t)dem_utf8_next(s, &i)));
  return (dem_str){out, n};
}

dem_str dem_publisher(const dem_rows *r) {
  if (dem_row_has(r, ROW_PUBLISHER)) return dem_row_text(r, ROW_PUBLISHER);
  return dem_row_text(r, dem_row_has(r, ROW_AGENCY) ? ROW_AGENCY : ROW_SOURCE);
}

dem_str dem_digits(dem_rows *r, dem_day day) {
  dem_civil c = dem_civil_of(day);
  if (day == DEM_NO_DAY) return (dem_str){NULL, 0};
  return dem_str_format(&r->arena, "%04d%02u%02u", (int)c.year, c.month, c.day);
}

/* ICEWS names sectors by words; these are the PLOVER manual's sectors in its manner. */
static dem_str sector_word(dem_str code) {
  static const char *const word[][2] = {
      {"GOV", "Government"}, {"MIL", "Military"}, {"COP", "Police"}, {"JUD", "Judicial"}, {"LEG", "Legislative / Parliamentary"},
      {"PTY", "Parties"}, {"REB", "Rebel"}, {"PRM", "Paramilitary"}, {"SPY", "Intelligence"}, {"UAF", "Unidentified Forces"},
      {"OPP", "Opposition"}, {"AGR", "Agricultural"}, {"BUS", "Business"}, {"CRM", "Criminals / Gangs"}, {"CVL", "General Population / Civilian / Social"},
      {"EDU", "Education"}, {"ELI", "Elite"}, {"JRN", "News"}, {"LAB", "Labor"}, {"MED", "Medical / Health"}, {"REF", "Refugees / Displaced"},
      {"REL", "Religious"}, {"SOC", "Social"}, {"PRE", "Unrecognized State"}};
  for (size_t i = 0; i < sizeof word / sizeof *word; i++)
    if (dem_str_is(code, word[i][0])) return dem_str_of(word[i][1]);
  return (dem_str){NULL, 0};
}

dem_str dem_sector_words(dem_rows *r, const dem_row_party *p) {
  dem_str out = p ? sector_word(p->sector) : (dem_str){NULL, 0}, rest = p ? p->sectors : out;
  while (rest.len) {
    dem_str word = sector_word(dem_str_cut(&rest, ';'));
    if (word.len) out = out.len ? dem_str_format(&r->arena, "%.*s,%.*s", DEM_FMT(out), DEM_FMT(word)) : word;
  }
  return out;
}
