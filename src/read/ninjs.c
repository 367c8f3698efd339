/* ninjs 1.x, 2.x and 3.x (IPTC) and the AFP API's documents. ninjs 1 has single fields in lower case, 2 and 3 lists with roles in
 * camel case; both are looked for everywhere, because senders mix them. Body: HTML before plain text, since it has the paragraphs.
 * AFP: `news` is a list of paragraphs; what is no text (`class` video, picture ...) has a shot list there, which is not read. */
#include "read/html_token.h"
#include "read/record.h"

static dem_str value_of(dem_doc *doc, const dem_jnode *object, const char *const *keys) {
  for (; *keys; keys++) {
    dem_str value = dem_record_joined(doc, dem_json_get(object, *keys), "; ");
    if (value.len) return dem_record_line(doc, dem_read_clean(&doc->arena, dem_html_decode(&doc->arena, value, DEM_HTML_IN_ATTRIBUTE)));
  }
  return (dem_str){NULL, 0};
}

#define VALUE(...) value_of(doc, object, (const char *const[]){__VA_ARGS__, NULL})

/* The value of the first object of a list, or of the one whose role begins so. */
static dem_str of_role(dem_doc *doc, const dem_jnode *list, const char *role) {
  const dem_jnode *best = list && list->kind == '[' ? list->kid : NULL;
  for (const dem_jnode *one = best; one; one = one->next) {
    const dem_jnode *named = dem_json_get(one, "role");
    if (named && dem_str_starts(named->value, role)) {
      best = one;
      break;
    }
  }
  const dem_jnode *value = dem_json_get(best, "value");
  return value ? dem_record_line(doc, dem_read_clean(&doc->arena, value->value)) : (dem_str){NULL, 0};
}

static dem_str first_name(const dem_jnode *list) {
  const dem_jnode *name = dem_json_get(list && list->kind == '[' ? list->kid : list, "name");
  return name ? name->value : (dem_str){NULL, 0};
}

static void take_byline(dem_doc *doc, dem_str line) {
  dem_str names, agency;
  if (!line.len) return;
  doc->byline = dem_read_byline(line, &names) ? names : line;
  if (dem_read_agency_in(doc->byline, &agency)) doc->agency = agency;
}

static void captions(dem_doc *doc, const dem_jnode *associations) {
  for (const dem_jnode *a = associations ? associations->kid : NULL; a; a = a->next) {
    const dem_jnode *object = a;
    dem_str type = VALUE("type");
    if (type.len && !dem_str_is(type, "picture") && !dem_str_is(type, "graphic") && !dem_str_is(type, "video")) continue;
    dem_str text = VALUE("description_text", "description", "caption");
    if (!text.len) text = of_role(doc, dem_json_get(a, "descriptions"), "drol:caption");
    if (text.len) *dem_push(&doc->arena, &doc->captions) = (dem_caption){text, VALUE("byline", "by")};
  }
}

/* ---- bodies ---- */

static dem_str ninjs_body(dem_doc *doc, const dem_jnode *object) {
  static const char *const single[] = {"body_html", "body_xhtml", "body_text", NULL};
  const dem_jnode *bodies = dem_json_get(object, "bodies"), *best = NULL;
  for (size_t i = 0; single[i]; i++) {
    const dem_jnode *v = dem_json_get(object, single[i]);
    if (v && v->value.len) return v->value;
  }
  for (const dem_jnode *b = bodies ? bodies->kid : NULL; b; b = b->next) {
    const dem_jnode *type = dem_json_get(b, "contentType");
    if (!type) type = dem_json_get(b, "contenttype");
    bool html = type && dem_str_find(type->value, DEM_S("html"), 0) != SIZE_MAX;
    if (!best || html) best = dem_json_get(b, "value") ? b : best;
  }
  (void)doc;
  best = dem_json_get(best, "value");
  return best ? best->value : (dem_str){NULL, 0};
}

static bool is_ninjs(const dem_jnode *object) {
  static const char *const bodies[] = {"bodies", "body_text", "body_html", "body_xhtml", "headlines", NULL};
  bool own = dem_json_get(object, "uri") &&
             (dem_json_get(object, "versioncreated") || dem_json_get(object, "versionCreated") ||
              dem_json_get(object, "pubstatus") || dem_json_get(object, "pubStatus") || dem_json_get(object, "type"));
  for (size_t i = 0; own && bodies[i]; i++)
    if (dem_json_get(object, bodies[i])) return true;
  return false;
}

bool dem_read_ninjs(dem_doc *doc, const dem_jnode *object) {
  if (!is_ninjs(object)) return false;
  doc->format = DEM_S("ninjs");
  dem_str uri = VALUE("uri");
  if (uri.len) doc->source = uri;
  doc->headline = VALUE("headline");
  if (!doc->headline.len) doc->headline = of_role(doc, dem_json_get(object, "headlines"), "main");
  if (!doc->headline.len) doc->headline = VALUE("title", "name");
  take_byline(doc, VALUE("byline", "by"));
  dem_str url = VALUE("webUrl", "weburl", "canonical", "url");
  if (dem_read_is_url(url)) doc->url = url;
  dem_read_wire_times(doc, VALUE("firstCreated", "firstcreated", "contentCreated", "contentcreated"),
                      VALUE("versionCreated", "versioncreated"));
  dem_read_wire_version(doc, VALUE("version"));
  dem_read_wire_status(doc, VALUE("pubStatus", "pubstatus"));
  dem_read_wire_embargo(doc, VALUE("embargoedUntil", "embargoeduntil", "embargoed"));
  dem_read_wire_note(doc, VALUE("edNote", "ednote"));
  dem_read_language(doc, VALUE("language"));
  dem_read_wire_agency(doc, dem_read_clean(&doc->arena, first_name(dem_json_get(object, "infoSources"))));
  dem_read_wire_agency(doc, dem_read_clean(&doc->arena, first_name(dem_json_get(object, "infosource"))));
  dem_read_wire_agency(doc, VALUE("source", "copyrightholder", "copyrightHolder", "usageterms"));
  dem_read_wire_genre(doc, dem_read_clean(&doc->arena, first_name(dem_json_get(object, "genres"))));
  dem_read_wire_genre(doc, dem_read_clean(&doc->arena, first_name(dem_json_get(object, "genre"))));
  dem_blocks blocks = dem_record_body(doc, ninjs_body(doc, object));
  dem_read_body(doc, &blocks);
  captions(doc, dem_json_get(object, "associations"));
  if (!doc->text.len) dem_doc_note(doc, "empty", DEM_S("the item has no text of its own"), (dem_span){0, 0});
  return true;
}

/* ---- AFP ---- */

bool dem_read_afp(dem_doc *doc, const dem_jnode *object) {
  const dem_jnode *news = dem_json_get(object, "news");
  if (!dem_json_get(object, "uno") || !news) return false;
  doc->format = DEM_S("afp");
  doc->source = VALUE("uno");
  doc->headline = VALUE("headline", "title");
  take_byline(doc, VALUE("byline", "author", "creator"));
  dem_read_wire_agency(doc, VALUE("provider"));
  dem_read_wire_times(doc, VALUE("published", "created"), VALUE("updated"));
  dem_read_wire_version(doc, VALUE("revision"));
  dem_read_wire_status(doc, VALUE("status"));
  dem_read_wire_genre(doc, VALUE("genre"));
  dem_read_wire_note(doc, VALUE("advisory"));
  dem_str signal = VALUE("signal");
  if (dem_str_find(signal, DEM_S("orrect"), 0) != SIZE_MAX) doc->status = DEM_S("corrected");
  if (dem_str_find(signal, DEM_S("ill"), 0) != SIZE_MAX) doc->status = DEM_S("killed");
  dem_read_language(doc, VALUE("lang"));
  dem_str kind = VALUE("class");
  bool text = !kind.len || dem_str_is(kind, "text") || dem_str_is(kind, "webstory");
  dem_blocks blocks = {0};
  if (text) blocks = dem_record_body(doc, dem_record_joined(doc, news, "\n\n"));
  else
    dem_doc_note(
        doc, "not-text",
        dem_str_format(&doc->arena, "a %.*s: its description is no story and is not read", DEM_FMT(dem_read_start(kind, 30))),
        (dem_span){0, 0});
  dem_read_body(doc, &blocks);
  return true;
}
