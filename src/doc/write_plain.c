/* The events for spreadsheets (CSV) and for people (a table), one line each. CSV is RFC 4180 with a leading apostrophe put
 * before cells that a spreadsheet would run as a formula. The table holds no control character, whatever the text held:
 * what it prints may go to a terminal. Refuses: colours, and fitting itself to a terminal's width. */
#include "doc/write.h"

#define CSV_HEADER                                                                                                               \
  "id,dispatch,source,published,headline,type,mode,context,quad,score,cameo,goldstein,status,actor,actor_name,recipient,"        \
  "recipient_name,claimant,date_from,date_to,place_kind,place,country,lat,lon,trigger,sentence,confidence\r\n"

demarche_str demarche_csv_header(void) { return DEM_S(CSV_HEADER); }

/* ---- parties as words ---- */

static dem_str code_text(dem_doc *doc, uint32_t entity) {
  if (entity >= doc->entities.n) return DEM_S("?");
  const dem_entity *e = &doc->entities.at[entity];
  if (e->code.len && e->sector.len) return dem_str_format(&doc->arena, "%.*s %.*s", DEM_FMT(e->code), DEM_FMT(e->sector));
  if (e->code.len || e->sector.len) return e->code.len ? e->code : e->sector;
  return dem_entity_label(doc, entity);
}

typedef dem_str (*one_text)(dem_doc *doc, uint32_t entity);
static dem_str label_text(dem_doc *doc, uint32_t entity) { return dem_entity_label(doc, entity); }

static dem_str join(dem_doc *doc, dem_parties parties, one_text text) {
  dem_list(dem_str) part = {0};
  size_t len = 0, n = 0;
  for (uint32_t i = 0; i < parties.n; i++) {
    dem_str s = text(doc, parties.at[i].entity);
    *dem_push(&doc->arena, &part) = s;
    len += s.len + 2;
  }
  char *out = dem_array(&doc->arena, char, len + 1);
  for (uint32_t i = 0; i < part.n; i++) {
    if (i) memcpy(out + n, "; ", 2), n += 2;
    if (part.at[i].len) memcpy(out + n, part.at[i].data, part.at[i].len), n += part.at[i].len;
  }
  return (dem_str){out, n};
}

dem_str dem_parties_text(dem_doc *doc, dem_parties parties) { return join(doc, parties, code_text); }

/* ---- CSV ---- */

static bool formula(dem_str s) { return s.len && memchr("=+-@\t\r", s.data[0], 6) != NULL; }

static void cell(dem_writer *w, dem_str s) {
  dem_json_raw(&w->j, DEM_S("\""));
  if (formula(s)) dem_json_raw(&w->j, DEM_S("'"));
  while (s.len) {
    const char *quote = memchr(s.data, '"', s.len);
    size_t n = quote ? (size_t)(quote - s.data) + 1 : s.len;
    dem_json_raw(&w->j, dem_str_sub(s, 0, n));
    if (quote) dem_json_raw(&w->j, DEM_S("\""));
    s = dem_str_sub(s, n, s.len);
  }
  dem_json_raw(&w->j, DEM_S("\","));
}

static void bare(dem_writer *w, dem_str s) {
  dem_json_raw(&w->j, s);
  dem_json_raw(&w->j, DEM_S(","));
}

static void number(dem_writer *w, int64_t value, unsigned places) {
  w->j.comma = false;
  dem_json_fixed(&w->j, NULL, value, places);
  dem_json_raw(&w->j, DEM_S(","));
}

static void words(dem_writer *w, const dem_str *at, uint32_t n) {
  for (uint32_t i = 0; i < n; i++) {
    if (i) dem_json_raw(&w->j, DEM_S(";"));
    dem_json_raw(&w->j, at[i]);
  }
  dem_json_raw(&w->j, DEM_S(","));
}

static void csv_what(dem_writer *w, const dem_event *e) {
  bare(w, dem_type_text(e->type));
  words(w, e->modes.at, e->modes.n);
  words(w, e->contexts.at, e->contexts.n);
  bare(w, dem_str_format(&w->doc->arena, "%u", dem_type_quad(e->type)));
  number(w, e->score, 1);
  bare(w, e->cameo);
  number(w, e->goldstein, 1);
  bare(w, dem_status_text(e->status));
}

static void csv_where(dem_writer *w, const dem_event *e) {
  static const char *const kind[] = {"unknown", "point", "area", "remote"};
  static const dem_place nowhere = {0};
  const dem_place *p = e->place < w->doc->places.n ? &w->doc->places.at[e->place] : &nowhere;
  bare(w, dem_str_of(kind[e->where]));
  cell(w, p->name);
  bare(w, p->country);
  if (p->located) {
    number(w, p->lat, 5);
    number(w, p->lon, 5);
  } else {
    dem_json_raw(&w->j, DEM_S(",,"));
  }
}

static void csv_event(dem_writer *w, uint32_t i) {
  dem_doc *doc = w->doc;
  const dem_event *e = &doc->events.at[i];
  bare(w, dem_event_id(doc, i));
  bare(w, doc->id);
  cell(w, doc->source);
  bare(w, doc->published);
  cell(w, doc->headline);
  csv_what(w, e);
  cell(w, join(doc, e->actor, code_text));
  cell(w, join(doc, e->actor, label_text));
  cell(w, join(doc, e->recipient, code_text));
  cell(w, join(doc, e->recipient, label_text));
  cell(w, join(doc, e->claimant, label_text));
  bare(w, dem_day_format(&doc->arena, e->from));
  bare(w, dem_day_format(&doc->arena, e->to));
  csv_where(w, e);
  cell(w, dem_doc_slice(doc, e->trigger));
  bare(w, dem_str_format(&doc->arena, "%u", e->reports.n ? e->reports.at[0].sentence + 1 : 0));
  w->j.comma = false;
  dem_json_fixed(&w->j, NULL, e->confidence, 3);
  dem_json_raw(&w->j, DEM_S("\r\n"));
}

void dem_write_csv(dem_writer *w) {
  for (uint32_t i = 0; i < w->doc->events.n; i++) csv_event(w, i);
}

/* ---- table ---- */

/* Print at most `width` code points of s and pad to it; control characters (C0, C1, DEL) and bidi controls become blanks. */
static void column(dem_writer *w, dem_str s, size_t width) {
  size_t shown = 0, count = dem_utf8_count(s), keep = count > width ? width - 1 : count;
  for (size_t i = 0; i < s.len && shown < keep; shown++) {
    char out[4];
    uint32_t cp = dem_utf8_next(s, &i);
    bool active = cp < 0x20 || (cp >= 0x7F && cp < 0xA0) || (cp >= 0x202A && cp <= 0x202E) || (cp >= 0x2066 && cp <= 0x2069);
    dem_json_raw(&w->j, (dem_str){out, dem_utf8_put(out, active ? ' ' : cp)});
  }
  if (count > width) dem_json_raw(&w->j, DEM_S("\xE2\x80\xA6")), shown++;
  for (; shown < width; shown++) dem_json_raw(&w->j, DEM_S(" "));
  dem_json_raw(&w->j, DEM_S("  "));
}

static dem_str when_text(dem_doc *doc, const dem_event *e) {
  if (e->from == e->to) return dem_day_format(&doc->arena, e->from);
  dem_str from = dem_day_format(&doc->arena, e->from), to = dem_day_format(&doc->arena, e->to);
  return dem_str_format(&doc->arena, "%.*s/%.*s", DEM_FMT(from), DEM_FMT(to));
}

static void table_event(dem_writer *w, const dem_event *e) {
  dem_doc *doc = w->doc;
  dem_str mode = e->modes.n ? e->modes.at[0] : DEM_S("");
  dem_str what = mode.len ? dem_str_format(&doc->arena, "%.*s %.*s", DEM_FMT(dem_type_text(e->type)), DEM_FMT(mode))
                          : dem_type_text(e->type);
  column(w, what, 19);
  column(w, dem_status_text(e->status), 12);
  column(w, join(doc, e->actor, code_text), 17);
  column(w, e->recipient.n ? join(doc, e->recipient, code_text) : DEM_S("-"), 17);
  column(w, when_text(doc, e), 21);
  column(w, e->claimant.n ? join(doc, e->claimant, label_text) : DEM_S("-"), 18);
  dem_str trigger = dem_doc_slice(doc, e->trigger);
  column(w, trigger, trigger.len > 24 ? 24 : dem_utf8_count(trigger));
  dem_json_raw(&w->j, DEM_S("\n"));
}

void dem_write_table(dem_writer *w) {
  dem_doc *doc = w->doc;
  dem_str title = doc->headline.len ? doc->headline : doc->source.len ? doc->source : DEM_S("(no headline)");
  column(w, title, dem_utf8_count(title) > 100 ? 100 : dem_utf8_count(title));
  if (doc->agency.len) column(w, doc->agency, dem_utf8_count(doc->agency));
  dem_json_raw(&w->j, doc->published);
  dem_json_raw(&w->j, DEM_S("\n"));
  if (!doc->events.n) dem_json_raw(&w->j, DEM_S("no events\n"));
  if (doc->events.n) {
    static const struct {
      const char *name;
      size_t width;
    } head[] = {{"TYPE mode", 19}, {"STATUS", 12},   {"ACTOR", 17}, {"RECIPIENT", 17},
                {"DATE", 21},      {"CLAIMANT", 18}, {"TRIGGER", 7}};
    for (size_t i = 0; i < sizeof head / sizeof *head; i++) column(w, dem_str_of(head[i].name), head[i].width);
    dem_json_raw(&w->j, DEM_S("\n"));
  }
  for (uint32_t i = 0; i < doc->events.n; i++) table_event(w, &doc->events.at[i]);
  dem_json_raw(&w->j, DEM_S("\n"));
}
