/* GDELT 2.0: the event table (61 columns, tabs, no header; Event Codebook V2.0) and the mentions table (16 columns). One row a
 * pair of parties. What GDELT has and we do not know stays empty or 0 as its own files have it: tone, where actors are, ADM2.
 * FeatureID is the GeoNames id, for GDELT's GNS ids are not ours to give. DATEADDED is the day of publication, for there is no
 * clock in here. Refuses: headers, and quotation. */
#include "store/export.h"

/* FractionDate as GDELT's files have it: ((month - 1) * 30 + day) / 365, four places. */
static void fraction(dem_rows *r, dem_day day) {
  dem_civil c = dem_civil_of(day);
  int64_t part = ((int64_t)(c.month - 1) * 30 + c.day) * 10000;
  dem_cell_fixed(r, (int64_t)c.year * 10000 + (part + 182) / 365, 4);
}

static void date_columns(dem_rows *r) {
  dem_day day = dem_row_day(r);
  if (day == DEM_NO_DAY) {
    dem_cells_empty(r, 4);
    return;
  }
  dem_str digits = dem_digits(r, day);
  dem_cell(r, digits);
  dem_cell(r, dem_str_sub(digits, 0, 6));
  dem_cell(r, dem_str_sub(digits, 0, 4));
  fraction(r, day);
}

/* Element i (from 0) of a CAMEO code after its country, three letters each. */
static dem_str role(dem_str code, size_t i) { return dem_str_sub(code, 3 * i, 3 * i + 3); }

static void actor_columns(dem_rows *r, const dem_row_party *p) {
  dem_str code = dem_cameo_of(r, p), known = p ? p->code : (dem_str){NULL, 0};
  if (!p) {
    dem_cells_empty(r, 10);
    return;
  }
  dem_str country = dem_country_cell(r, known, COUNTRIES_CAMEO);
  bool state = country.len && dem_str_eq(dem_str_sub(code, 0, 3), country);
  bool group = state && dem_str_in_list(DEM_S("IGO|NGO|IMG|MNC|UNO|ISM|EUR"), known);
  size_t first = state ? 1 : 0;
  dem_cell(r, code);
  dem_cell(r, dem_upper(r, dem_party_label(p)));
  dem_cell(r, state && !group ? country : (dem_str){NULL, 0});
  dem_cell(r, group ? country : (dem_str){NULL, 0});
  dem_cells_empty(r, 3); /* ethnic, religion, religion */
  for (size_t i = 0; i < 3; i++) dem_cell(r, role(code, first + i));
}

static void action_columns(dem_rows *r) {
  dem_str code = dem_row_text(r, ROW_CAMEO);
  dem_cell_int(r, dem_row_int(r, ROW_SENTENCE) == 1);
  dem_cell(r, code);
  dem_cell(r, dem_str_sub(code, 0, 3));
  dem_cell(r, dem_cameo_root(code));
  dem_cell_int(r, dem_quad(code, DEM_SCHEME_GDELT));
  dem_cell_fixed(r, dem_goldstein(r, code, DEM_SCHEME_GDELT), 1);
  dem_cell_int(r, r->count.reports);
  dem_cell_int(r, r->count.sources);
  dem_cell_int(r, r->count.dispatches);
  dem_cells_empty(r, 1); /* AvgTone */
}

/* 1 country, 2 US state, 3 US city, 4 world city, 5 world ADM1 */
static int geo_type(dem_rows *r) {
  dem_str feature = dem_row_text(r, ROW_FEATURE);
  bool usa = dem_str_is(dem_row_text(r, ROW_COUNTRY), "USA");
  if (!dem_row_has(r, ROW_PLACE)) return 0;
  if (!feature.len || dem_str_starts(feature, "PCL")) return 1;
  if (dem_str_starts(feature, "ADM")) return usa ? 2 : 5;
  return usa ? 3 : 4;
}

static dem_str full_name(dem_rows *r, int type) {
  dem_str name = dem_row_text(r, ROW_PLACE), admin = dem_row_text(r, ROW_ADMIN1);
  dem_str country = dem_country_cell(r, dem_row_text(r, ROW_COUNTRY), COUNTRIES_NAME);
  if (type < 2 || !country.len) return name;
  if (type == 2 || type == 5 || !admin.len) return dem_str_format(&r->arena, "%.*s, %.*s", DEM_FMT(name), DEM_FMT(country));
  return dem_str_format(&r->arena, "%.*s, %.*s, %.*s", DEM_FMT(name), DEM_FMT(admin), DEM_FMT(country));
}

static void geo_columns(dem_rows *r) {
  int type = geo_type(r);
  dem_str fips = dem_country_cell(r, dem_row_text(r, ROW_COUNTRY), COUNTRIES_FIPS);
  dem_cell_int(r, type);
  if (!type) {
    dem_cells_empty(r, 7);
    return;
  }
  dem_cell(r, full_name(r, type));
  dem_cell(r, fips);
  dem_cell(r, fips); /* ADM1: the country alone, as GDELT writes where it has no more */
  dem_cells_empty(r, 1);
  dem_cell_real(r, ROW_LAT, 4);
  dem_cell_real(r, ROW_LON, 4);
  if (type > 2 && dem_row_has(r, ROW_GEONAMEID)) dem_cell_int(r, dem_row_int(r, ROW_GEONAMEID));
  else dem_cell(r, fips);
}

/* YYYYMMDDHHMMSS of publication; the event's day where that is not known. */
static dem_str stamp(dem_rows *r) {
  dem_day day;
  dem_str published = dem_row_text(r, ROW_PUBLISHED), clock = DEM_S("000000");
  if (!dem_day_parse(published, &day)) day = dem_row_day(r);
  if (day == DEM_NO_DAY) return (dem_str){NULL, 0};
  if (published.len >= 19 && published.data[10] == 'T')
    clock = dem_str_format(&r->arena, "%.2s%.2s%.2s", published.data + 11, published.data + 14, published.data + 17);
  return dem_str_format(&r->arena, "%.*s%.*s", DEM_FMT(dem_digits(r, day)), DEM_FMT(clock));
}

static dem_str address(const dem_rows *r) { return dem_row_text(r, dem_row_has(r, ROW_URL) ? ROW_URL : ROW_SOURCE); }

static void event_row(dem_rows *r, const dem_pair *pair) {
  dem_cell_int(r, pair->id);
  date_columns(r);
  actor_columns(r, pair->from);
  actor_columns(r, pair->to);
  action_columns(r);
  for (int i = 0; i < 2; i++) { /* where the actors are: not known */
    dem_cell_int(r, 0);
    dem_cells_empty(r, 7);
  }
  geo_columns(r);
  dem_cell(r, stamp(r));
  dem_last_cell(r, address(r));
}

void dem_write_row_gdelt(dem_rows *r) { dem_for_pairs(r, event_row); }

/* ---- mentions ---- */

static int64_t offset(const dem_row_party *p) { return p ? p->begin : -1; }

/* Every account of a happening carries the id of the happening's own (first) row, so that the tables join. */
static void mention_row(dem_rows *r, const dem_pair *pair) {
  int64_t number = pair->id - dem_row_int(r, ROW_ID) * 1000, confidence = dem_row_scaled(r, ROW_CONFIDENCE, 10) * 10;
  if (number > 0 && dem_row_int(r, ROW_HAPPENING) != dem_row_int(r, ROW_ID)) return; /* its namesakes may be fewer there */
  dem_cell_int(r, dem_row_int(r, ROW_HAPPENING) * 1000 + number);
  dem_cell(r, stamp(r));
  dem_cell(r, stamp(r));
  dem_cell_int(r, dem_row_has(r, ROW_URL) ? 1 : 2);
  dem_cell(r, dem_publisher(r));
  dem_cell(r, address(r));
  dem_cell_int(r, dem_row_int(r, ROW_SENTENCE));
  dem_cell_int(r, offset(pair->from));
  dem_cell_int(r, offset(pair->to));
  dem_cell_int(r, dem_row_int(r, ROW_TRIGGER_BEGIN));
  dem_cell_int(r, 1);
  dem_cell_int(r, confidence < 10 ? 10 : confidence);
  dem_cell_int(r, dem_row_int(r, ROW_LENGTH));
  dem_cells_empty(r, 2);
  dem_last_cell(r, (dem_str){NULL, 0});
}

void dem_write_row_mentions(dem_rows *r) {
  if (!dem_row_int(r, ROW_RETRACTED)) dem_for_pairs(r, mention_row);
}
