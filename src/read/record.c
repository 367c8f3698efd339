/* One JSON object to a dispatch. Field names of the common feeds are known, --map adds others; the first of a list that is there
 * counts. A value may be a list: of paragraphs in a text, of names in a byline. Text that is HTML is read as HTML; other text is kept
 * as it came but for white space and hard wraps: no line is judged to be furniture, because whoever made the record has done that.
 * ninjs and the AFP API's documents are told by their own fields (ninjs.c). Fails (DEMARCHE_FORMAT) when the bytes are no JSON object
 * or the object has neither text nor headline. */
#include "read/record.h"

#include <stdio.h>

static const char *const text_keys[] = {"text",    "body",     "content",   "maintext", "event_text",
                                        "article", "raw_text", "full_text", "fulltext", NULL};
static const char *const headline_keys[] = {"headline", "title", NULL};
static const char *const published_keys[] = {"published",      "date_publish",     "pub_date", "published_at", "publishedAt",
                                             "date_published", "publication_date", "dct",      "date",         NULL};
static const char *const updated_keys[] = {"updated", "date_modify", "modified", NULL};
static const char *const id_keys[] = {"id", "story_id", "doc_id", "uuid", NULL};
static const char *const url_keys[] = {"url", "link", NULL};
static const char *const byline_keys[] = {"byline", "author", "authors", NULL};
static const char *const publisher_keys[] = {"publisher", "source_domain", NULL};
static const char *const language_keys[] = {"language", "lang", NULL};

/* ---- values ---- */

dem_str dem_record_joined(dem_doc *doc, const dem_jnode *v, const char *between) {
  if (!v) return (dem_str){NULL, 0};
  if (v->kind != '[') return v->value;
  size_t size = 1, n = 0, gap = strlen(between);
  for (const dem_jnode *kid = v->kid; kid; kid = kid->next) size += kid->value.len + gap;
  char *out = dem_arena_push(&doc->arena, size);
  for (const dem_jnode *kid = v->kid; kid; kid = kid->next) {
    if (!kid->value.len) continue;
    if (n) memcpy(out + n, between, gap), n += gap;
    memcpy(out + n, kid->value.data, kid->value.len);
    n += kid->value.len;
  }
  return (dem_str){out, n};
}

/* The value at "a.b.0": members of objects, places in lists. */
static const dem_jnode *at_path(const dem_jnode *v, dem_str path) {
  while (v && path.len) {
    dem_str name = dem_str_cut(&path, '.');
    uint32_t place = 0;
    bool list = v->kind == '[' && dem_str_u32(name, &place);
    const dem_jnode *kid = v->kid;
    if (list)
      while (kid && place--) kid = kid->next;
    else
      while (kid && !dem_str_eq(kid->key, name)) kid = kid->next;
    v = kid;
  }
  return v;
}

/* Where the user's map says the field is; NULL when it says nothing. */
static const dem_jnode *mapped(const dem_doc *doc, const dem_jnode *object, const char *const *keys) {
  dem_str map = dem_str_of(doc->option_map);
  while (map.len) {
    dem_str path = dem_str_cut(&map, ','), field = dem_str_trim(dem_str_cut(&path, '='));
    for (const char *const *key = keys; *key; key++)
      if (dem_str_is(field, *key)) return at_path(object, dem_str_trim(path));
  }
  return NULL;
}

static const dem_jnode *find(const dem_doc *doc, const dem_jnode *object, const char *const *keys) {
  const dem_jnode *v = mapped(doc, object, keys);
  if (v) return v;
  for (; *keys; keys++) {
    const dem_jnode *found = NULL;
    for (const dem_jnode *m = object->kid; m; m = m->next)
      if (dem_str_is(m->key, *keys) && (m->value.len || (m->kind == '[' && m->kid))) found = found ? found : m;
    if (found) return found;
  }
  return NULL;
}

/* The value of the first key that has one, cleaned; empty when none has. */
static dem_str get(dem_doc *doc, const dem_jnode *object, const char *const *keys) {
  dem_str value = dem_record_joined(doc, find(doc, object, keys), keys == text_keys ? "\n\n" : "; ");
  return value.len ? dem_str_trim(dem_read_clean(&doc->arena, value)) : value;
}

static dem_str get_one(dem_doc *doc, const dem_jnode *object, const char *key) {
  const char *const keys[] = {key, NULL};
  return get(doc, object, keys);
}

/* Fields are single lines. */
dem_str dem_record_line(dem_doc *doc, dem_str s) {
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
  if (!doc->agency.len && dem_read_agency(source, &agency)) doc->agency = agency;
  else if (!doc->publisher.len) doc->publisher = source;
}

static void read_agency(dem_doc *doc, const dem_jnode *members) {
  dem_str agency = get_one(doc, members, "agency"), usual;
  doc->agency = agency.len && dem_read_agency(agency, &usual) ? usual : agency;
  if (!doc->agency.len && dem_read_agency_in(doc->byline, &usual)) doc->agency = usual;
}

static void read_dates(dem_doc *doc, const dem_jnode *members) {
  dem_str published = get(doc, members, published_keys), updated = get(doc, members, updated_keys);
  if (published.len && !dem_read_published(doc, published))
    dem_doc_note(doc, "date",
                 dem_str_format(&doc->arena, "no date could be read from \"%.*s\"", DEM_FMT(dem_read_start(published, 60))),
                 (dem_span){0, 0});
  if (updated.len) dem_read_updated(doc, updated);
}

static void read_states(dem_doc *doc, const dem_jnode *members) {
  static const char *const states[] = {"usable", "corrected", "killed", "embargoed"};
  dem_str status = get_one(doc, members, "status"), genre = get_one(doc, members, "genre"),
          version = get_one(doc, members, "version");
  for (size_t i = 0; i < sizeof states / sizeof states[0]; i++)
    if (dem_str_is_nocase(status, states[i])) doc->status = dem_str_of(states[i]);
  if (genre.len && genre.len < 40) doc->genre = genre;
  if (version.len && version.len < 40) doc->version = version;
}

static void read_fields(dem_doc *doc, const dem_jnode *members) {
  doc->headline = dem_record_line(doc, get(doc, members, headline_keys));
  doc->url = dem_record_line(doc, get(doc, members, url_keys));
  dem_str names;
  doc->byline = dem_record_line(doc, get(doc, members, byline_keys));
  if (dem_read_byline(doc->byline, &names)) doc->byline = names; /* "By" off */
  doc->publisher = dem_record_line(doc, get(doc, members, publisher_keys));
  read_agency(doc, members);
  read_source(doc, dem_record_line(doc, get_one(doc, members, "source")));
  read_dates(doc, members);
  read_states(doc, members);
  dem_str id = dem_record_line(doc, get(doc, members, id_keys));
  if (id.len) doc->source = id;
  dem_read_language(doc, get(doc, members, language_keys));
}

/* ---- bodies ---- */

static bool is_html(dem_str s) {
  static const char *const tags[] = {"<p>", "<p ", "<br", "<div", "</p>", "<h2", "<ul", NULL};
  for (size_t i = 0; tags[i]; i++)
    if (dem_str_find(s, dem_str_of(tags[i]), 0) != SIZE_MAX) return true;
  return false;
}

dem_blocks dem_record_body(dem_doc *doc, dem_str text) {
  if (is_html(text)) return dem_read_html_fragment(doc, text);
  dem_lines lines = dem_read_lines(&doc->arena, dem_str_trim(dem_read_clean(&doc->arena, text)));
  return dem_read_blocks(&doc->arena, &lines);
}

static const dem_jnode *parse(dem_doc *doc, dem_str text) {
  dem_str why = {NULL, 0};
  char line[240];
  const dem_jnode *tree = dem_json_tree(&doc->arena, text, &why);
  if (tree && tree->kind == '{') return tree;
  if (tree) why = DEM_S("not a JSON object");
  snprintf(line, sizeof line, "%.*s: give one JSON object a line", DEM_FMT(dem_read_start(why, 160)));
  dem_arena_fail(&doc->arena, DEMARCHE_FORMAT, line);
}

void dem_read_record(dem_doc *doc, dem_str text) {
  const dem_jnode *members = parse(doc, text);
  if (dem_read_ninjs(doc, members) || dem_read_afp(doc, members)) return;
  doc->format = DEM_S("jsonl");
  read_fields(doc, members);
  dem_str body = dem_record_joined(doc, find(doc, members, text_keys), "\n\n");
  if (!body.len && !doc->headline.len)
    dem_arena_fail(&doc->arena, DEMARCHE_FORMAT,
                   "the JSON object has no text: name it text, body, content or maintext, or say --map text=NAME");
  if (!body.len) dem_doc_note(doc, "empty", DEM_S("the record has a headline but no text"), (dem_span){0, 0});
  dem_blocks blocks = dem_record_body(doc, body);
  dem_read_body(doc, &blocks);
  dem_str dateline = dem_record_line(doc, get_one(doc, members, "dateline"));
  if (dateline.len) dem_read_dateline_field(doc, dateline);
}
