/* A web page: tokens -> blocks and metadata -> fields, story. The story's text is what a browser would show of it, its captions set
 * apart; everything else of the page (menus, comments, related links) is left out. */
#include "read/charset.h"
#include "read/html_parts.h"

static dem_str decode(dem_doc *doc, dem_str bytes, dem_str declared) {
  dem_str name;
  bool known;
  dem_str text = dem_charset_decode(&doc->arena, bytes, declared, &name, &known);
  if (!known || (name.len && !dem_str_is(name, "utf-8")))
    dem_doc_note(doc, "encoding", dem_str_format(&doc->arena, known ? "%.*s" : "%.*s, which is not decoded", DEM_FMT(name)),
                 (dem_span){0, 0});
  return text;
}

static void note_limits(const dem_html_page *p) {
  dem_arena *arena = &p->doc->arena;
  if (p->flattened)
    dem_doc_note(p->doc, "depth",
                 dem_str_format(arena, "%u elements nested too deep: their text is kept", (unsigned)p->flattened),
                 (dem_span){0, 0});
  if (p->passed)
    dem_doc_note(p->doc, "attributes",
                 dem_str_format(arena, "%u attributes beyond %u of one tag passed over", (unsigned)p->passed,
                                (unsigned)p->doc->limits.attributes),
                 (dem_span){0, 0});
}

void dem_read_html(dem_doc *doc, dem_str bytes, dem_str charset) {
  dem_html_page p = {.doc = doc};
  dem_html_blocks(&p, decode(doc, bytes, charset));
  dem_html_choose(&p);
  dem_html_meta_fields(&p);
  dem_read_language(doc, p.language);
  dem_blocks blocks = dem_html_gather(&p);
  dem_read_body(doc, &blocks);
  if (!doc->text.len) dem_doc_note(doc, "empty", DEM_S("no story was found in the page"), (dem_span){0, 0});
  doc->format = DEM_S("html");
  note_limits(&p);
}

dem_blocks dem_read_html_fragment(dem_doc *doc, dem_str html) {
  dem_html_page p = {.doc = doc};
  dem_html_blocks(&p, html);
  dem_html_choose(&p);
  p.story = 0;
  return dem_html_gather(&p);
}
