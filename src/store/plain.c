/* Rows for spreadsheets, for people and for programs that know the contract or PLOVER. CSV is RFC 4180 with a leading
 * apostrophe put before cells that a spreadsheet would run as a formula. Events of the contract are taken whole from the stored
 * record, so nothing that the coder said is lost on the way. Refuses: colours, and the terminal's width. */
#include <stdlib.h>

#include "base/utf8.h"
#include "store/rows.h"

const char *const dem_row_csv_header =
    "id,dispatch,source,published,headline,type,mode,context,quad,score,cameo,goldstein,status,actor,actor_name,recipient,"
    "recipient_name,claimant,date_from,date_to,place_kind,place,country,lat,lon,trigger,sentence,confidence,happening,accounts,"
    "dispatches,contested,retracted\r\n";
const char *const dem_row_table_header =
    "TYPE mode            STATUS        ACTOR              RECIPIENT          DATE                   CLAIMANT            TOLD  HEADLINE\n";

static void comma(dem_rows *r) { dem_json_raw(&r->out, DEM_S(",")); }

/* ---- CSV ---- */

void dem_csv_cell(dem_json *out, dem_str s) {
  bool formula = s.len && memchr("=+-@\t\r", s.data[0], 6);
  dem_json_raw(out, DEM_S("\""));
  if (formula) dem_json_raw(out, DEM_S("'"));
  while (s.len) {
    const char *quote = memchr(s.data, '"', s.len);
    size_t n = quote ? (size_t)(quote - s.data) + 1 : s.len;
    dem_json_raw(out, dem_str_sub(s, 0, n));
    if (quote) dem_json_raw(out, DEM_S("\""));
    s = dem_str_sub(s, n, s.len);
  }
  dem_json_raw(out, DEM_S("\""));
}

static void cell(dem_rows *r, dem_str s) {
  dem_csv_cell(&r->out, s);
  comma(r);
}

static void bare(dem_rows *r, dem_row_column c) {
  dem_json_raw(&r->out, dem_row_text(r, c));
  comma(r);
}

static void number(dem_rows *r, int64_t value, unsigned places) {
  r->out.comma = false;
  dem_json_fixed(&r->out, NULL, value, places);
  r->out.comma = false;
}

static void real(dem_rows *r, dem_row_column c, int64_t by, unsigned places) {
  if (dem_row_has(r, c)) number(r, dem_row_scaled(r, c, by), places);
  comma(r);
}

static void integer(dem_rows *r, int64_t value) {
  r->out.comma = false;
  dem_json_int(&r->out, NULL, value);
  r->out.comma = false;
}

static void csv_what(dem_rows *r) {
  bare(r, ROW_TYPE);
  bare(r, ROW_MODE);
  bare(r, ROW_CONTEXT);
  bare(r, ROW_QUAD);
  real(r, ROW_SCORE, 10, 1);
  bare(r, ROW_CAMEO);
  real(r, ROW_GOLDSTEIN, 10, 1);
  bare(r, ROW_STATUS);
}

void dem_write_row_csv(dem_rows *r) {
  bare(r, ROW_HASH);
  bare(r, ROW_RECORD_ID);
  cell(r, dem_row_text(r, ROW_SOURCE));
  bare(r, ROW_PUBLISHED);
  cell(r, dem_row_text(r, ROW_HEADLINE));
  csv_what(r);
  cell(r, dem_row_codes(r, r->actor, "; "));
  cell(r, dem_row_names(r, r->actor, "; "));
  cell(r, dem_row_codes(r, r->recipient, "; "));
  cell(r, dem_row_names(r, r->recipient, "; "));
  cell(r, dem_row_names(r, r->claimant, "; "));
  bare(r, ROW_FROM);
  bare(r, ROW_TO);
  bare(r, ROW_PLACE_KIND);
  cell(r, dem_row_text(r, ROW_PLACE));
  bare(r, ROW_COUNTRY);
  real(r, ROW_LAT, 100000, 5);
  real(r, ROW_LON, 100000, 5);
  cell(r, dem_row_text(r, ROW_TRIGGER));
  bare(r, ROW_SENTENCE);
  real(r, ROW_CONFIDENCE, 1000, 3);
  bare(r, ROW_HAPPENING);
  integer(r, r->count.accounts), comma(r);
  integer(r, r->count.dispatches), comma(r);
  integer(r, r->count.contested), comma(r);
  dem_json_raw(&r->out, dem_row_text(r, ROW_RETRACTED));
  dem_json_raw(&r->out, DEM_S("\r\n"));
}

/* ---- the table ---- */

void dem_table_cell_out(dem_json *out, dem_str s, size_t width) {
  size_t shown = 0, count = dem_utf8_count(s), keep = count > width ? width - 1 : count;
  for (size_t i = 0; i < s.len && shown < keep; shown++) {
    char bytes[4];
    uint32_t cp = dem_utf8_next(s, &i);
    bool active = cp < 0x20 || (cp >= 0x7F && cp < 0xA0) || (cp >= 0x202A && cp <= 0x202E) || (cp >= 0x2066 && cp <= 0x2069);
    dem_json_raw(out, (dem_str){bytes, dem_utf8_put(bytes, active ? ' ' : cp)});
  }
  if (count > width) dem_json_raw(out, DEM_S("\xE2\x80\xA6")), shown++;
  for (; shown < width; shown++) dem_json_raw(out, DEM_S(" "));
  dem_json_raw(out, DEM_S("  "));
}

static dem_str when_text(dem_rows *r) {
  dem_str from = dem_row_text(r, ROW_FROM), to = dem_row_text(r, ROW_TO);
  return dem_str_eq(from, to) ? from : dem_str_format(&r->arena, "%.*s/%.*s", DEM_FMT(from), DEM_FMT(to));
}

void dem_write_row_table(dem_rows *r) {
  dem_str mode = dem_row_text(r, ROW_MODE), type = dem_row_text(r, ROW_TYPE), headline = dem_row_text(r, ROW_HEADLINE);
  dem_table_cell_out(&r->out, mode.len ? dem_str_format(&r->arena, "%.*s %.*s", DEM_FMT(type), DEM_FMT(mode)) : type, 19);
  dem_table_cell_out(&r->out, dem_row_text(r, ROW_STATUS), 12);
  dem_table_cell_out(&r->out, dem_row_codes(r, r->actor, "; "), 17);
  dem_table_cell_out(&r->out, r->recipient.n ? dem_row_codes(r, r->recipient, "; ") : DEM_S("-"), 17);
  dem_table_cell_out(&r->out, when_text(r), 21);
  dem_table_cell_out(&r->out, r->claimant.n ? dem_row_names(r, r->claimant, "; ") : DEM_S("-"), 18);
  dem_table_cell_out(&r->out, dem_str_format(&r->arena, "%u%s", (unsigned)r->count.dispatches, r->count.contested ? "!" : ""), 4);
  dem_table_cell_out(&r->out, headline.len ? headline : dem_row_text(r, ROW_SOURCE), 48);
  dem_json_raw(&r->out, DEM_S("\n"));
}

/* ---- JSON ---- */

static json_t *text_or_null(dem_str s) { return s.len ? json_stringn(s.data, s.len) : json_null(); }

static void put_line(dem_rows *r, json_t *object) {
  char *line = object ? json_dumps(object, JSON_REAL_PRECISION(12) | JSON_ENSURE_ASCII * 0) : NULL;
  json_decref(object);
  if (!line) {
    r->code = SQLITE_NOMEM;
    return;
  }
  dem_json_raw(&r->out, dem_str_of(line));
  dem_json_raw(&r->out, DEM_S("\n"));
  free(line);
}

static json_t *dispatch_object(dem_rows *r) {
  static const struct {
    const char *key;
    dem_row_column column;
  } member[] = {{"id", ROW_RECORD_ID},     {"source", ROW_SOURCE}, {"url", ROW_URL},
                {"headline", ROW_HEADLINE}, {"agency", ROW_AGENCY}, {"published", ROW_PUBLISHED}};
  json_t *o = json_object();
  for (size_t i = 0; i < sizeof member / sizeof *member; i++) json_object_set_new(o, member[i].key, text_or_null(dem_row_text(r, member[i].column)));
  return o;
}

static json_t *happening_object(dem_rows *r) {
  return json_pack("{s:I, s:I, s:I, s:b, s:b}", "id", (json_int_t)dem_row_int(r, ROW_HAPPENING), "accounts", (json_int_t)r->count.accounts,
                   "dispatches", (json_int_t)r->count.dispatches, "contested", r->count.contested, "retracted",
                   dem_row_int(r, ROW_RETRACTED) != 0);
}

/* The event as the contract has it: id, then the dispatch, then the rest; and what linking found. */
void dem_write_row_jsonl(dem_rows *r) {
  json_t *record = dem_row_record(r), *out = json_object(), *v;
  json_t *event = record ? json_array_get(json_object_get(record, "events"), (size_t)dem_row_int(r, ROW_N) - 1) : NULL;
  const char *key;
  json_object_foreach(event, key, v) {
    json_object_set(out, key, v);
    if (strcmp(key, "id") == 0) json_object_set_new(out, "dispatch", dispatch_object(r));
  }
  if (r->code == SQLITE_OK && !event) r->code = SQLITE_CORRUPT;
  json_object_set_new(out, "happening", happening_object(r));
  json_decref(record);
  if (r->code == SQLITE_OK) put_line(r, out);
  else json_decref(out);
}
