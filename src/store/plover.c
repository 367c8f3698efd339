/* PLOVER 2.0 JSON, with the names of the manual's chapter on the JSON format (Open Event Data Alliance, draft 2.0). Compound
 * actors stay a list. Auxiliary modes (future, hypothetical, historical, negation) stand in `mode` as the manual has them; our
 * `status` and `claimant` are added, for PLOVER has no words for suspicion, denial and hearsay. Refuses: fields that the manual
 * leaves to human coders (gender, age, size), and the day of coding, which would make two runs differ. */
#include <stdlib.h>

#include "base/utf8.h"
#include "store/rows.h"

static json_t *text(dem_str s) { return s.len ? json_stringn(s.data, s.len) : json_null(); }
static json_t *column(const dem_rows *r, dem_row_column c) { return text(dem_row_text(r, c)); }

static json_t *real(const dem_rows *r, dem_row_column c) {
  return dem_row_has(r, c) ? json_real(sqlite3_column_double(r->main, (int)c)) : json_null();
}

static json_t *integer(const dem_rows *r, dem_row_column c) { return dem_row_has(r, c) ? json_integer(dem_row_int(r, c)) : json_null(); }

/* "a;b" as a list */
static json_t *list(dem_str parts) {
  json_t *out = json_array();
  while (parts.len) {
    dem_str part = dem_str_cut(&parts, ';');
    if (part.len) json_array_append_new(out, text(part));
  }
  return out;
}

static json_t *entities(dem_row_parties parties) {
  json_t *out = json_array();
  for (uint32_t i = 0; i < parties.n; i++) {
    const dem_row_party *p = &parties.at[i];
    json_t *e = json_object();
    json_object_set_new(e, "code", text(p->code));
    json_object_set_new(e, "sector", text(p->sector));
    json_object_set_new(e, "other_sector_codes", list(p->sectors));
    json_object_set_new(e, "entity_text", text(p->text));
    json_object_set_new(e, "entity_name", text(dem_party_label(p)));
    json_object_set_new(e, "office", text(p->office.len ? p->office : p->role));
    json_array_append_new(out, e);
  }
  return out;
}

static json_t *modes(const dem_rows *r) {
  static const char *const auxiliary[][2] = {
      {"future", "future"}, {"hypothetical", "hypothetical"}, {"historical", "historical"}, {"negated", "negation"}};
  json_t *out = list(dem_row_text(r, ROW_MODE));
  for (size_t i = 0; i < sizeof auxiliary / sizeof *auxiliary; i++)
    if (dem_str_is(dem_row_text(r, ROW_STATUS), auxiliary[i][0])) json_array_append_new(out, json_string(auxiliary[i][1]));
  return out;
}

/* 5 sub-city, 4 city, 3 district, 2 province, 1 country */
static int resolution(dem_str feature) {
  if (dem_str_starts(feature, "PCL")) return 1;
  if (dem_str_starts(feature, "ADM1")) return 2;
  if (dem_str_starts(feature, "ADM")) return 3;
  return dem_str_starts(feature, "PPLX") || !dem_str_starts(feature, "PPL") ? 5 : 4;
}

static json_t *location(const dem_rows *r) {
  json_t *o = json_object();
  if (!dem_row_has(r, ROW_PLACE)) return json_decref(o), json_null();
  json_object_set_new(o, "resolved_place", column(r, ROW_PLACE));
  json_object_set_new(o, "geonameid", integer(r, ROW_GEONAMEID));
  json_object_set_new(o, "lat", real(r, ROW_LAT));
  json_object_set_new(o, "lon", real(r, ROW_LON));
  json_object_set_new(o, "province", column(r, ROW_ADMIN1));
  json_object_set_new(o, "country_code", column(r, ROW_COUNTRY));
  json_object_set_new(o, "feature_code", column(r, ROW_FEATURE));
  json_object_set_new(o, "resolution", dem_row_has(r, ROW_FEATURE) ? json_integer(resolution(dem_row_text(r, ROW_FEATURE))) : json_null());
  return o;
}

static json_t *citation(const dem_rows *r) {
  json_t *o = json_object();
  json_object_set_new(o, "citation", column(r, ROW_RECORD_ID));
  json_object_set_new(o, "url", column(r, ROW_URL));
  json_object_set_new(o, "title", column(r, ROW_HEADLINE));
  json_object_set_new(o, "language", json_string("en"));
  json_object_set_new(o, "publication", column(r, dem_row_has(r, ROW_PUBLISHER) ? ROW_PUBLISHER : ROW_AGENCY));
  json_object_set_new(o, "coder", column(r, ROW_CODER));
  json_object_set_new(o, "codebook", column(r, ROW_ONTOLOGY));
  json_object_set_new(o, "version", column(r, ROW_MODEL));
  return o;
}

/* The bytes from one code point to another. */
static dem_str slice(dem_str s, int64_t begin, int64_t end) {
  size_t at = 0, from = 0;
  int64_t n = 0;
  for (; at < s.len && n < end; n++) {
    if (n == begin) from = at;
    dem_utf8_next(s, &at);
  }
  return begin < end ? dem_str_sub(s, from, at) : (dem_str){NULL, 0};
}

/* The whole sentence of the first account. */
static void put_words(dem_rows *r, json_t *event) {
  json_t *record = dem_row_record(r), *info = json_object();
  if (!record) {
    json_decref(info);
    return;
  }
  const json_t *body = json_object_get(record, "text");
  const json_t *span = json_array_get(json_object_get(record, "sentences"), (size_t)dem_row_int(r, ROW_SENTENCE) - 1);
  int64_t begin = json_integer_value(json_array_get(span, 0)), end = json_integer_value(json_array_get(span, 1));
  dem_str whole = {json_string_value(body), json_string_length(body)};
  json_object_set_new(event, "event_text", column(r, ROW_TRIGGER));
  json_object_set_new(event, "text", text(slice(whole, begin, end)));
  json_object_set_new(info, "sequence", integer(r, ROW_SENTENCE));
  json_object_set_new(info, "start", json_integer(begin));
  json_object_set_new(info, "end", json_integer(end));
  json_object_set_new(event, "text_info", info);
  json_decref(record);
}

static json_t *event_of(dem_rows *r) {
  json_t *e = json_object();
  json_object_set_new(e, "id", column(r, ROW_HASH));
  json_object_set_new(e, "has_event", json_true());
  json_object_set_new(e, "date", text(dem_day_format(&r->arena, dem_row_day(r))));
  json_object_set_new(e, "enddate", column(r, ROW_TO));
  json_object_set_new(e, "actor", entities(r->actor));
  json_object_set_new(e, "recipient", entities(r->recipient));
  json_object_set_new(e, "event", column(r, ROW_TYPE));
  json_object_set_new(e, "mode", modes(r));
  json_object_set_new(e, "context", list(dem_row_text(r, ROW_CONTEXT)));
  json_object_set_new(e, "quad_code", integer(r, ROW_QUAD));
  json_object_set_new(e, "event_scale", real(r, ROW_SCORE));
  json_object_set_new(e, "event_loc", location(r));
  put_words(r, e);
  json_object_set_new(e, "status", column(r, ROW_STATUS));
  json_object_set_new(e, "claimant", entities(r->claimant));
  json_object_set_new(e, "cite_info", citation(r));
  json_object_set_new(e, "coder", column(r, ROW_CODER));
  return e;
}

void dem_write_row_plover(dem_rows *r) {
  json_t *event = event_of(r);
  char *line = r->code == SQLITE_OK ? json_dumps(event, JSON_REAL_PRECISION(12)) : NULL;
  if (!line && r->code == SQLITE_OK) r->code = SQLITE_NOMEM;
  if (line) dem_json_raw(&r->out, dem_str_of(line)), dem_json_raw(&r->out, DEM_S("\n"));
  free(line);
  json_decref(event);
}
