/* The tables of ICEWS (20 columns with a header, tabs, no quotation), POLECAT's weekly files (40 columns with a header) and
 * Phoenix (26 columns, no header). Column names and orders are those of the published files. What a column asks for and we do not
 * know is empty. Refuses: quotation, and tabs inside cells. */
#include "store/export.h"

#include <stdlib.h>

/* ---- ICEWS ---- */

const char *const dem_icews_header =
    "Event ID\tEvent Date\tSource Name\tSource Sectors\tSource Country\tEvent Text\tCAMEO Code\tIntensity\tTarget Name\tTarget "
    "Sectors\tTarget Country\tStory ID\tSentence Number\tPublisher\tCity\tDistrict\tProvince\tCountry\tLatitude\tLongitude\n";

static const dem_row_party nobody = {.begin = -1};

static void icews_party(dem_rows *r, const dem_row_party *p) {
  dem_cell(r, dem_party_label(p ? p : &nobody));
  dem_cell(r, dem_sector_words(r, p));
  dem_cell(r, dem_country_cell(r, p ? p->code : nobody.code, COUNTRIES_NAME));
}

static bool is_city(dem_str feature) { return dem_str_starts(feature, "PPL"); }

/* City, District, Province, Country */
static void place_columns(dem_rows *r) {
  dem_str feature = dem_row_text(r, ROW_FEATURE), name = dem_row_text(r, ROW_PLACE), none = {NULL, 0};
  bool first = dem_str_starts(feature, "ADM1"), lower = !first && dem_str_starts(feature, "ADM");
  dem_cell(r, is_city(feature) ? name : none);
  dem_cell(r, lower ? name : none);
  dem_cell(r, first ? name : dem_row_text(r, ROW_ADMIN1));
  dem_cell(r, dem_country_cell(r, dem_row_text(r, ROW_COUNTRY), COUNTRIES_NAME));
}

static void icews_row(dem_rows *r, const dem_pair *pair) {
  dem_str code = dem_row_text(r, ROW_CAMEO);
  dem_cell_int(r, pair->id);
  dem_cell(r, dem_day_format(&r->arena, dem_row_day(r)));
  icews_party(r, pair->from);
  dem_cell(r, dem_cameo_label(r, code));
  dem_cell(r, code);
  dem_cell_fixed(r, dem_goldstein(r, code, DEM_SCHEME_ICEWS), 1);
  icews_party(r, pair->to);
  dem_cell_int(r, dem_row_int(r, ROW_DISPATCH));
  dem_cell_int(r, dem_row_int(r, ROW_SENTENCE));
  dem_cell(r, dem_publisher(r));
  place_columns(r);
  dem_cell_real(r, ROW_LAT, 5);
  if (dem_row_has(r, ROW_LON)) { /* the last cell of the line */
    r->out.comma = false;
    dem_json_fixed(&r->out, NULL, dem_row_scaled(r, ROW_LON, 100000), 5);
  }
  dem_last_cell(r, (dem_str){NULL, 0});
}

void dem_write_row_icews(dem_rows *r) { dem_for_pairs(r, icews_row); }

/* ---- POLECAT ---- */

const char *const dem_polecat_header =
    "Event ID\tEvent Date\tEvent Type\tEvent Mode\tIntensity\tQuad Code\tContexts\tActor Name\tActor Country\tActor COW\tPrimary "
    "Actor Sector\tActor Sectors\tActor Title\tActor Name Raw\tWikipedia Actor ID\tRecipient Name\tRecipient Country\tRecipient "
    "COW\tPrimary Recipient Sector\tRecipient Sectors\tRecipient Title\tRecipient Name Raw\tWikipedia Recipient ID\tPlacename\t"
    "City\tDistrict\tProvince\tCountry\tLatitude\tLongitude\tGeoNames ID\tRaw Placename\tFeature Type\tSource\tPublication Date\t"
    "Story People\tStory Organizations\tStory Locations\tLanguage\tVersion\n";

typedef dem_str (*party_text)(dem_rows *r, const dem_row_party *p);
static dem_str name_of(dem_rows *r, const dem_row_party *p) { return (void)r, dem_party_label(p); }
static dem_str country_of(dem_rows *r, const dem_row_party *p) { return (void)r, p->code; }
static dem_str cow_of(dem_rows *r, const dem_row_party *p) { return dem_country_cell(r, p->code, COUNTRIES_COW); }
static dem_str sector_of(dem_rows *r, const dem_row_party *p) { return (void)r, p->sector; }
static dem_str title_of(dem_rows *r, const dem_row_party *p) { return (void)r, p->office.len ? p->office : p->role; }
static dem_str raw_of(dem_rows *r, const dem_row_party *p) { return (void)r, p->text; }

static dem_str sectors_of(dem_rows *r, const dem_row_party *p) {
  return p->sectors.len ? dem_str_format(&r->arena, "%.*s;%.*s", DEM_FMT(p->sector), DEM_FMT(p->sectors)) : p->sector;
}

/* The parties' texts with ';' between; empty when all are. */
static dem_str each(dem_rows *r, dem_row_parties list, party_text text) {
  dem_str out = {NULL, 0};
  bool any = false;
  for (uint32_t i = 0; i < list.n; i++) {
    dem_str one = text(r, &list.at[i]);
    any = any || one.len;
    out = i ? dem_str_format(&r->arena, "%.*s;%.*s", DEM_FMT(out), DEM_FMT(one)) : one;
  }
  return any ? out : (dem_str){NULL, 0};
}

static void polecat_parties(dem_rows *r, dem_row_parties list) {
  static const party_text columns[] = {name_of, country_of, cow_of, sector_of, sectors_of, title_of, raw_of};
  for (size_t i = 0; i < sizeof columns / sizeof *columns; i++) dem_cell(r, each(r, list, columns[i]));
  dem_cells_empty(r, 1); /* Wikipedia */
}

/* A cell with the story's entities of some kinds, by name, ';' between. Written as they come: a story may have thousands. */
static void story(dem_rows *r, const json_t *entities, const char *kinds) {
  bool any = false;
  for (size_t i = 0; i < json_array_size(entities); i++) {
    const json_t *e = json_array_get(entities, i), *name = json_object_get(e, "name");
    dem_str kind = dem_str_of(json_string_value(json_object_get(e, "kind")));
    if (!json_is_string(name) || !dem_str_in_list(dem_str_of(kinds), kind)) continue;
    if (any) dem_json_raw(&r->out, DEM_S(";"));
    dem_cell_part(r, dem_str_of(json_string_value(name)));
    any = true;
  }
  dem_cells_empty(r, 1);
}

static void story_columns(dem_rows *r) {
  json_t *record = dem_row_record(r);
  const json_t *entities = json_object_get(record, "entities");
  story(r, entities, "person");
  story(r, entities, "organisation|group|government");
  story(r, entities, "place");
  json_decref(record);
}

void dem_write_row_polecat(dem_rows *r) {
  static const char *const quad[] = {"", "VERBAL COOPERATION", "MATERIAL COOPERATION", "VERBAL CONFLICT", "MATERIAL CONFLICT"};
  int64_t q = dem_row_int(r, ROW_QUAD);
  dem_cell_int(r, dem_row_int(r, ROW_ID));
  dem_cell(r, dem_day_format(&r->arena, dem_row_day(r)));
  dem_cell(r, dem_row_text(r, ROW_TYPE));
  dem_cell(r, dem_row_text(r, ROW_MODE));
  dem_cell_real(r, ROW_SCORE, 1);
  dem_cell(r, dem_str_of(quad[q >= 1 && q <= 4 ? q : 0]));
  dem_cell(r, dem_row_text(r, ROW_CONTEXT));
  polecat_parties(r, r->actor);
  polecat_parties(r, r->recipient);
  dem_cell(r, dem_row_text(r, ROW_PLACE));
  place_columns(r);
  dem_cell_real(r, ROW_LAT, 5);
  dem_cell_real(r, ROW_LON, 5);
  dem_cell(r, dem_row_text(r, ROW_GEONAMEID));
  dem_cell(r, dem_row_text(r, ROW_PLACE));
  dem_cell(r, dem_row_text(r, ROW_FEATURE));
  dem_cell(r, dem_publisher(r));
  dem_cell(r, dem_str_sub(dem_row_text(r, ROW_PUBLISHED), 0, 10));
  story_columns(r);
  dem_cell(r, DEM_S("en"));
  dem_last_cell(r, dem_row_text(r, ROW_CODER));
}

/* ---- Phoenix ---- */

static void phoenix_party(dem_rows *r, const dem_row_party *p) {
  dem_str code = dem_cameo_of(r, p), rest = dem_str_sub(code, 6, code.len), out = {NULL, 0};
  for (; rest.len; rest = dem_str_sub(rest, 3, rest.len)) {
    dem_str one = dem_str_sub(rest, 0, 3);
    out = out.len ? dem_str_format(&r->arena, "%.*s;%.*s", DEM_FMT(out), DEM_FMT(one)) : one;
  }
  dem_cell(r, code);
  dem_cell(r, dem_str_sub(code, 0, 3));
  dem_cell(r, dem_str_sub(code, 3, 6));
  dem_cell(r, out);
}

static dem_str issues(dem_rows *r) {
  dem_str rest = dem_row_text(r, ROW_CONTEXT), out = {NULL, 0};
  while (rest.len) {
    dem_str one = dem_upper(r, dem_str_cut(&rest, ';'));
    out = dem_str_format(&r->arena, "%.*s%.*s,1;", DEM_FMT(out), DEM_FMT(one));
  }
  return out;
}

static void phoenix_row(dem_rows *r, const dem_pair *pair) {
  dem_str code = dem_row_text(r, ROW_CAMEO), digits = dem_digits(r, dem_row_day(r));
  dem_cell(r, dem_str_format(&r->arena, "%llu_v" DEMARCHE_VERSION, (unsigned long long)pair->id));
  dem_cell(r, digits);
  dem_cell(r, dem_str_sub(digits, 0, 4));
  dem_cell(r, dem_str_sub(digits, 4, 6));
  dem_cell(r, dem_str_sub(digits, 6, 8));
  phoenix_party(r, pair->from);
  phoenix_party(r, pair->to);
  dem_cell(r, code);
  dem_cell(r, dem_cameo_root(code));
  dem_cell_int(r, dem_quad(code, DEM_SCHEME_PHOENIX));
  dem_cell_fixed(r, dem_goldstein(r, code, DEM_SCHEME_PHOENIX), 1);
  dem_cell(r, issues(r));
  dem_cell_real(r, ROW_LAT, 5);
  dem_cell_real(r, ROW_LON, 5);
  dem_cell(r, dem_row_text(r, ROW_PLACE));
  dem_cell(r, dem_row_text(r, ROW_ADMIN1));
  dem_cell(r, dem_row_text(r, ROW_COUNTRY));
  dem_cell(r, dem_str_format(&r->arena, "%u_%u", (unsigned)dem_row_int(r, ROW_DISPATCH), (unsigned)dem_row_int(r, ROW_SENTENCE)));
  dem_cell(r, dem_row_text(r, dem_row_has(r, ROW_URL) ? ROW_URL : ROW_SOURCE));
  dem_last_cell(r, dem_publisher(r));
}

void dem_write_row_phoenix(dem_rows *r) { dem_for_pairs(r, phoenix_row); }
