/* One JSON object to a dispatch. Field names of the common feeds are known; the first of a list that is there counts. The text is
 * kept as it came but for white space and hard wraps: no line is judged to be furniture, because whoever made the record has done
 * that. Fails (DEMARCHE_FORMAT) when the bytes are no JSON object or the object has neither text nor headline. */
#include <stdio.h>

#include "base/json.h"
#include "read/parts.h"

static const char *const text_keys[] = {"text", "body", "content", "maintext", "event_text", "article", NULL};
static const char *const headline_keys[] = {"headline", "title", NULL};
static const char *const published_keys[] = {
    "published", "date_publish", "pub_date", "published_at", "publishedAt", "date_published", "dct", "date", NULL};
static const char *const updated_keys[] = {"updated", "date_modify", "modified", NULL};
static const char *const id_keys[] = {"id", "story_id", "doc_id", "uuid", NULL};
static const char *const url_keys[] = {"url", "link", NULL};
static const char *const byline_keys[] = {"byline", "author", "authors", NULL};
static const char *const publisher_keys[] = {"publisher", "source_domain", NULL};
static const char *const language_keys[] = {"language", "lang", NULL};

/* The value of the first key that has one, cleaned; empty when none has. */
static dem_str get(dem_doc *doc, const dem_members *members, const char *const *keys) {
  for (; *keys; keys++)
    for (uint32_t i = 0; i < members->n; i++)
      if (dem_str_is(members->at[i].key, *keys) && members->at[i].value.len)
        return dem_str_trim(dem_read_clean(&doc->arena, members->at[i].value));
  return (dem_str){NULL, 0};
}

static dem_str get_one(dem_doc *doc, const dem_members *members, const char *key) {
  const char *const keys[] = {key, NULL};
  return get(doc, members, keys);
}

/* Fields are single lines. */
static dem_str one_line(dem_doc *doc, dem_str s) {
  dem_lines lines = dem_read_lines(&doc->arena, s);
  char *out = dem_arena_push(&doc->arena, s.len + 1);
  size_t n = 0;
  for (uint32_t i = 0; i < lines.n; i++) {
    if (n) out[n++] = ' ';
    memcpy(out + n, lines.at[i].text.data, lines.at[i].text.len);
    n += lines.at[i].text.len;
  }
  return (dem_str){out, n};
}

/* "source" names whoever sent or ran it. */
static void read_source(dem_doc *doc, dem_str source) {
  dem_str agency;
  if (!source.len) return;
  if (!doc->agency.len && dem_read_agency(source, &agency))
    doc->agency = agency;
  else if (!doc->publisher.len)
    doc->publisher = source;
}

static void read_agency(dem_doc *doc, const dem_members *members) {
  dem_str agency = get_one(doc, members, "agency"), usual;
  doc->agency = agency.len && dem_read_agency(agency, &usual) ? usual : agency;
  if (!doc->agency.len && dem_read_agency_in(doc->byline, &usual)) doc->agency = usual;
}

static void read_dates(dem_doc *doc, const dem_members *members) {
  dem_str published = get(doc, members, published_keys), updated = get(doc, members, updated_keys);
  if (published.len && !dem_read_published(doc, published))
    dem_doc_note(doc, "date",
                 dem_str_format(&doc->arena, "no date could be read from \"%.*s\"", DEM_FMT(dem_read_start(published, 60))),
                 (dem_span){0, 0});
  if (updated.len) dem_read_updated(doc, updated);
}

static void read_states(dem_doc *doc, const dem_members *members) {
  static const char *const states[] = {"usable", "corrected", "killed", "embargoed"};
  dem_str status = get_one(doc, members, "status"), genre = get_one(doc, members, "genre"),
          version = get_one(doc, members, "version");
  for (size_t i = 0; i < sizeof states / sizeof states[0]; i++)
    if (dem_str_is_nocase(status, states[i])) doc->status = dem_str_of(states[i]);
  if (genre.len && genre.len < 40) doc->genre = genre;
  if (version.len && version.len < 40) doc->version = version;
}

static void read_fields(dem_doc *doc, const dem_members *members) {
  doc->headline = one_line(doc, get(doc, members, headline_keys));
  doc->url = one_line(doc, get(doc, members, url_keys));
  dem_str names;
  doc->byline = one_line(doc, get(doc, members, byline_keys));
  if (dem_read_byline(doc->byline, &names)) doc->byline = names; /* "By" off */
  doc->publisher = one_line(doc, get(doc, members, publisher_keys));
  read_agency(doc, members);
  read_source(doc, one_line(doc, get_one(doc, members, "source")));
  read_dates(doc, members);
  read_states(doc, members);
  dem_str id = one_line(doc, get(doc, members, id_keys)), language = get(doc, members, language_keys);
  if (id.len) doc->source = id;
  bool english = !language.len || dem_str_is_nocase(dem_str_sub(language, 0, 2), "en");
  if (!english)
    dem_doc_note(doc, "language",
                 dem_str_format(&doc->arena, "the record says its language is \"%.*s\"; it is read as English",
                                DEM_FMT(dem_read_start(language, 20))),
                 (dem_span){0, 0});
}

void dem_read_record(dem_doc *doc, dem_str text) {
  dem_members members = {0};
  dem_str why = {NULL, 0};
  if (!dem_json_members(&doc->arena, text, &members, &why)) {
    char line[240];
    snprintf(line, sizeof line, "%.*s: give one JSON object a line", DEM_FMT(dem_read_start(why, 160)));
    dem_arena_fail(&doc->arena, DEMARCHE_FORMAT, line);
  }
  doc->format = DEM_S("jsonl");
  read_fields(doc, &members);
  dem_str body = get(doc, &members, text_keys);
  if (!body.len && !doc->headline.len)
    dem_arena_fail(&doc->arena, DEMARCHE_FORMAT, "the JSON object has no text: name it text, body, content or maintext");
  if (!body.len) dem_doc_note(doc, "empty", DEM_S("the record has a headline but no text"), (dem_span){0, 0});
  dem_lines lines = dem_read_lines(&doc->arena, body);
  dem_blocks blocks = dem_read_blocks(&doc->arena, &lines);
  dem_read_body(doc, &blocks);
  dem_str dateline = one_line(doc, get_one(doc, &members, "dateline"));
  if (dateline.len) dem_read_dateline_field(doc, dateline);
}
