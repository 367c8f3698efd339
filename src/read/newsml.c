/* NewsML 1.2 as agencies send it (AFP, Belga, ANA) and NewsML-G2 (IPTC 2.x: Reuters, dpa, APA, AP, EBU); NITF bodies inside either.
 * Paths follow the standards; what senders leave out is looked for where they put it instead: the headline in the NITF's hedline, the
 * body under any DataContent that has paragraphs. A package without text gives its headline and a note. Refuses: following links. */
#include "read/xml.h"

static void body_or_note(dem_doc *doc, dem_blocks *blocks) {
  dem_read_body(doc, blocks);
  if (!doc->text.len) dem_doc_note(doc, "empty", DEM_S("the item has no text of its own"), (dem_span){0, 0});
}

static void take_line(dem_str *slot, dem_str line) {
  if (!slot->len) *slot = line;
}

static void take_byline(dem_doc *doc, dem_str line) {
  dem_str names, agency;
  if (!line.len || doc->byline.len) return;
  doc->byline = dem_read_byline(line, &names) ? names : line;
  if (!doc->agency.len && dem_read_agency_in(doc->byline, &agency)) doc->agency = agency;
}

/* ---- NITF ---- */

static void nitf_head(dem_doc *doc, const dem_xml *nitf) {
  const dem_xml *data = dem_xml_path(nitf, "head/docdata");
  dem_str issued = dem_xml_get(dem_xml_kid(data, "date.issue"), "norm"),
          release = dem_xml_get(dem_xml_kid(data, "date.release"), "norm");
  if (!doc->published.len) dem_read_wire_times(doc, issued.len ? issued : release, (dem_str){NULL, 0});
  if (issued.len && release.len && !dem_str_eq(issued, release)) dem_read_wire_embargo(doc, release);
  const dem_xml *note = dem_xml_kid(data, "ed-msg");
  dem_read_wire_note(doc, dem_xml_get(note, "info"));
  dem_str id = dem_xml_get(dem_xml_kid(data, "doc-id"), "id-string");
  if (id.len) doc->source = dem_read_clean(&doc->arena, id);
  dem_read_wire_agency(doc, dem_xml_get(dem_xml_kid(data, "doc-id"), "regsrc"));
  dem_read_wire_agency(doc, dem_xml_get(dem_xml_kid(data, "doc.copyright"), "holder"));
  for (const dem_xml *meta = dem_xml_kid(dem_xml_kid(nitf, "head"), "meta"); meta; meta = dem_xml_next(meta, "meta"))
    if (dem_str_is_nocase(dem_xml_get(meta, "name"), "language")) dem_read_language(doc, dem_xml_get(meta, "content"));
  dem_read_wire_genre(doc, dem_xml_get(dem_xml_find(nitf, "tobject.property"), "tobject.property.type"));
  dem_read_wire_status(doc, dem_xml_get(data, "management-status"));
}

void dem_read_nitf_parts(dem_doc *doc, const dem_xml *nitf, dem_blocks *blocks) {
  const dem_xml *head = dem_xml_find(nitf, "body.head"), *content = dem_xml_find(nitf, "body.content");
  nitf_head(doc, nitf);
  take_line(&doc->headline, dem_xml_line(doc, dem_xml_find(head, "hl1")));
  take_line(&doc->headline, dem_xml_path_line(doc, head, "hedline"));
  take_line(&doc->headline, dem_xml_path_line(doc, nitf, "head/title"));
  take_byline(doc, dem_xml_line(doc, dem_xml_kid(head, "byline")));
  dem_read_wire_agency(doc, dem_xml_line(doc, dem_xml_kid(head, "distributor")));
  dem_str dateline = dem_xml_line(doc, dem_xml_kid(head, "dateline"));
  if (!content) content = dem_xml_kid(nitf, "body");
  dem_xml_body(doc, content, blocks);
  if (dateline.len && !doc->dateline.text.len) dem_read_dateline_field(doc, dateline);
}

bool dem_read_nitf(dem_doc *doc, const dem_xml *root) {
  const dem_xml *nitf = dem_str_is(root->local, "nitf") ? root : dem_xml_find(root, "nitf");
  dem_blocks blocks = {0};
  if (!nitf) return false;
  doc->format = DEM_S("nitf");
  dem_read_nitf_parts(doc, nitf, &blocks);
  body_or_note(doc, &blocks);
  return true;
}

/* ---- NewsML 1.2 ---- */

static void identification(dem_doc *doc, const dem_xml *item) {
  const dem_xml *id = dem_xml_path(item, "Identification/NewsIdentifier"), *revision = dem_xml_kid(id, "RevisionId");
  dem_str line = dem_xml_path_line(doc, id, "PublicIdentifier");
  take_line(&line, dem_xml_path_line(doc, id, "NewsItemId"));
  if (line.len) doc->source = line;
  dem_read_wire_version(doc, dem_xml_line(doc, revision));
  if (dem_str_is_nocase(dem_xml_get(revision, "Update"), "a"))
    dem_doc_note(doc, "update", DEM_S("an addition to an earlier version"), (dem_span){0, 0});
}

static void management(dem_doc *doc, const dem_xml *item) {
  const dem_xml *m = dem_xml_kid(item, "NewsManagement");
  dem_read_wire_times(doc, dem_xml_path_line(doc, m, "FirstCreated"), dem_xml_path_line(doc, m, "ThisRevisionCreated"));
  dem_read_wire_status(doc, dem_xml_get(dem_xml_kid(m, "Status"), "FormalName"));
  for (const dem_xml *i = dem_xml_kid(m, "Instruction"); i; i = dem_xml_next(i, "Instruction"))
    dem_read_wire_status(doc, dem_xml_get(i, "FormalName"));
  dem_str kind = dem_xml_get(dem_xml_kid(m, "NewsItemType"), "FormalName");
  if (dem_str_is_nocase(kind, "alert") || dem_str_is_nocase(kind, "advisory")) {
    doc->genre = dem_str_is_nocase(kind, "advisory") ? DEM_S("advisory") : doc->genre;
    dem_doc_note(doc, "alert", dem_str_format(&doc->arena, "sent as %.*s", DEM_FMT(kind)), (dem_span){0, 0});
  }
  const dem_xml *future = dem_xml_kid(m, "StatusWillChange");
  if (future && dem_str_is_nocase(dem_xml_get(dem_xml_kid(m, "Status"), "FormalName"), "embargoed"))
    dem_read_wire_embargo(doc, dem_xml_path_line(doc, future, "DateAndTime"));
  dem_read_wire_note(doc, dem_xml_path_line(doc, item, "Update"));
}

/* The first DataContent that has text, its NITF when it is one. */
static void content(dem_doc *doc, const dem_xml *item, dem_blocks *blocks) {
  for (const dem_xml *data = dem_xml_find(item, "DataContent"); data && !blocks->n; data = dem_xml_next(data, "DataContent")) {
    const dem_xml *nitf = dem_xml_find(data, "nitf");
    if (nitf) dem_read_nitf_parts(doc, nitf, blocks);
    else dem_xml_body(doc, data, blocks);
  }
}

static void components(dem_doc *doc, const dem_xml *component, dem_blocks *blocks, int depth) {
  if (!component || depth == 0) return;
  const dem_xml *lines = dem_xml_kid(component, "NewsLines");
  take_line(&doc->headline, dem_xml_path_line(doc, lines, "HeadLine"));
  take_byline(doc, dem_xml_path_line(doc, lines, "ByLine"));
  dem_str dateline = dem_xml_path_line(doc, lines, "DateLine");
  if (dateline.len && !doc->dateline.text.len) dem_read_dateline_field(doc, dateline);
  dem_read_wire_agency(doc, dem_xml_path_line(doc, lines, "CreditLine"));
  dem_read_wire_agency(doc, dem_xml_path_line(doc, lines, "CopyrightLine"));
  const dem_xml *about = dem_xml_kid(component, "DescriptiveMetadata");
  dem_read_language(doc, dem_xml_get(dem_xml_kid(about, "Language"), "FormalName"));
  dem_read_wire_genre(doc, dem_xml_get(dem_xml_kid(about, "Genre"), "FormalName"));
  for (const dem_xml *item = dem_xml_kid(component, "ContentItem"); item; item = dem_xml_next(item, "ContentItem")) {
    dem_str media = dem_xml_get(dem_xml_kid(item, "MediaType"), "FormalName");
    bool text = !media.len || dem_str_is_nocase(media, "text") || dem_str_is_nocase(media, "complexdata");
    if (text && !blocks->n) content(doc, item, blocks);
  }
  for (const dem_xml *kid = dem_xml_kid(component, "NewsComponent"); kid; kid = dem_xml_next(kid, "NewsComponent"))
    if (!blocks->n || !doc->headline.len) components(doc, kid, blocks, depth - 1);
}

bool dem_read_newsml1(dem_doc *doc, const dem_xml *root) {
  const dem_xml *item = dem_str_is(root->local, "NewsItem") ? root : dem_xml_find(root, "NewsItem");
  dem_blocks blocks = {0};
  if (!item) return false;
  doc->format = DEM_S("newsml1");
  identification(doc, item);
  management(doc, item);
  dem_read_language(doc, dem_xml_get(item, "xml:lang"));
  dem_read_wire_agency(doc, dem_xml_path_line(doc, item, "Identification/NewsIdentifier/ProviderId"));
  components(doc, dem_xml_kid(item, "NewsComponent"), &blocks, 16);
  if (!doc->published.len) dem_read_wire_times(doc, dem_xml_path_line(doc, root, "NewsEnvelope/DateAndTime"), (dem_str){NULL, 0});
  body_or_note(doc, &blocks);
  return true;
}

/* ---- NewsML-G2 ---- */

static dem_str name_or_literal(dem_doc *doc, const dem_xml *node) {
  dem_str name = dem_xml_line(doc, dem_xml_kid(node, "name"));
  if (!name.len) name = dem_xml_get(node, "literal");
  if (!name.len) name = dem_xml_get(node, "qcode");
  return dem_read_clean(&doc->arena, name);
}

static void item_meta(dem_doc *doc, const dem_xml *item) {
  const dem_xml *m = dem_xml_kid(item, "itemMeta");
  dem_read_wire_times(doc, dem_xml_path_line(doc, m, "firstCreated"), dem_xml_path_line(doc, m, "versionCreated"));
  dem_read_wire_status(doc, dem_xml_get(dem_xml_kid(m, "pubStatus"), "qcode"));
  dem_read_wire_embargo(doc, dem_xml_path_line(doc, m, "embargoed"));
  for (const dem_xml *note = dem_xml_kid(m, "edNote"); note; note = dem_xml_next(note, "edNote"))
    dem_read_wire_note(doc, dem_xml_line(doc, note));
  for (const dem_xml *signal = dem_xml_kid(m, "signal"); signal; signal = dem_xml_next(signal, "signal")) {
    dem_str code = dem_xml_get(signal, "qcode");
    if (dem_str_is(code, "sig:correction")) doc->status = DEM_S("corrected");
    if (dem_str_is(code, "sig:update")) dem_doc_note(doc, "update", DEM_S("sent as an update"), (dem_span){0, 0});
  }
  dem_read_wire_agency(doc, name_or_literal(doc, dem_xml_kid(m, "provider")));
}

static void content_meta(dem_doc *doc, const dem_xml *item) {
  const dem_xml *m = dem_xml_kid(item, "contentMeta");
  for (const dem_xml *line = dem_xml_kid(m, "headline"); line; line = dem_xml_next(line, "headline")) {
    dem_str role = dem_xml_get(line, "role");
    if (!role.len || dem_str_ends(role, "main") || dem_str_ends(role, "headline"))
      take_line(&doc->headline, dem_xml_line(doc, line));
  }
  take_line(&doc->headline, dem_xml_path_line(doc, m, "headline"));
  take_byline(doc, dem_xml_path_line(doc, m, "by"));
  dem_str dateline = dem_xml_path_line(doc, m, "dateline");
  if (dateline.len) dem_read_dateline_field(doc, dateline);
  dem_read_language(doc, dem_xml_get(dem_xml_kid(m, "language"), "tag"));
  dem_read_wire_agency(doc, name_or_literal(doc, dem_xml_kid(m, "infoSource")));
  take_byline(doc, dem_xml_line(doc, dem_xml_path(m, "creator/name")));
  for (const dem_xml *genre = dem_xml_kid(m, "genre"); genre; genre = dem_xml_next(genre, "genre")) {
    dem_read_wire_genre(doc, name_or_literal(doc, genre));
    dem_read_wire_genre(doc, dem_xml_get(genre, "qcode"));
  }
}

static void content_set(dem_doc *doc, const dem_xml *item, dem_blocks *blocks) {
  const dem_xml *set = dem_xml_kid(item, "contentSet");
  for (const dem_xml *part = dem_xml_kid(set, "inlineXML"); part && !blocks->n; part = dem_xml_next(part, "inlineXML")) {
    const dem_xml *nitf = dem_xml_find(part, "nitf"), *body = dem_xml_find(part, "body");
    if (nitf) dem_read_nitf_parts(doc, nitf, blocks);
    else dem_xml_body(doc, body ? body : part, blocks);
  }
  for (const dem_xml *part = dem_xml_kid(set, "inlineData"); part && !blocks->n; part = dem_xml_next(part, "inlineData"))
    dem_xml_body(doc, part, blocks);
}

bool dem_read_newsmlg2(dem_doc *doc, const dem_xml *root) {
  const dem_xml *item = dem_str_is(root->local, "newsItem") ? root : dem_xml_find(root, "newsItem");
  dem_blocks blocks = {0};
  if (!item && dem_str_is(root->local, "packageItem")) item = root;
  if (!item) item = dem_xml_find(root, "packageItem");
  if (!item) return false;
  doc->format = DEM_S("newsmlg2");
  dem_str guid = dem_read_clean(&doc->arena, dem_xml_get(item, "guid"));
  if (guid.len) doc->source = guid;
  dem_read_wire_version(doc, dem_xml_get(item, "version"));
  item_meta(doc, item);
  content_meta(doc, item);
  if (!dem_xml_path(item, "contentMeta/language")) dem_read_language(doc, dem_xml_get(item, "xml:lang"));
  content_set(doc, item, &blocks);
  body_or_note(doc, &blocks);
  return true;
}
