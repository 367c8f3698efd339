/* The elements this reader knows, in the order of their names; those of one first letter are looked through. */
#include "read/html_parts.h"

typedef struct known {
  uint8_t is, len;
  char name[11];
} known;

#define K(is, name)                                                                                                              \
  { (is), sizeof(name) - 1, name }

#define B DEM_TAG_BLOCK
#define V DEM_TAG_VOID
#define S DEM_TAG_SKIP
#define T (DEM_TAG_BLOCK | DEM_TAG_TEXT)
/* In the order of DEM_HTML_TAGS, which is that of the names. */
static const known tags[] = {
    K(0, "a"),       K(B, "address"),    K(S, "amp-ad"),    K(B, "article"),  K(B, "aside"),    K(S, "audio"),
    K(V, "base"),    K(B, "blockquote"), K(B, "body"),      K(V, "br"),       K(S, "button"),   K(S, "canvas"),
    K(T, "caption"), K(B, "center"),     K(V, "col"),       K(T, "dd"),       K(B, "details"),  K(B | S, "dialog"),
    K(B, "div"),     K(B, "dl"),         K(T, "dt"),        K(V, "embed"),    K(B, "fieldset"), K(B, "figcaption"),
    K(B, "figure"),  K(B, "footer"),     K(B, "form"),      K(T, "h1"),       K(T, "h2"),       K(T, "h3"),
    K(T, "h4"),      K(T, "h5"),         K(T, "h6"),        K(B, "head"),     K(B, "header"),   K(B | V, "hr"),
    K(B, "html"),    K(S, "iframe"),     K(V, "img"),       K(V, "input"),    K(0, "label"),    K(T, "legend"),
    K(T, "li"),      K(V, "link"),       K(B, "main"),      K(S, "math"),     K(B, "menu"),     K(V, "meta"),
    K(B, "nav"),     K(S, "noembed"),    K(S, "noframes"),  K(S, "noscript"), K(S, "object"),   K(B, "ol"),
    K(S, "option"),  K(T, "p"),          K(B, "plaintext"), K(T, "pre"),      K(S, "script"),   K(B, "section"),
    K(S, "select"),  K(V, "source"),     K(S, "style"),     K(T, "summary"),  K(0, "sup"),      K(S, "svg"),
    K(B, "table"),   K(B, "tbody"),      K(B, "td"),        K(S, "template"), K(S, "textarea"), K(B, "tfoot"),
    K(B, "th"),      K(B, "thead"),      K(0, "time"),      K(S, "title"),    K(B, "tr"),       K(V, "track"),
    K(B, "ul"),      K(S, "video"),      K(V, "wbr"),       K(S, "xmp"),
};
_Static_assert(sizeof tags / sizeof tags[0] == DEM_TAG_OTHER, "a line for every tag");

void dem_html_index_tags(dem_html_index *x) {
  for (uint8_t i = 0; i < DEM_TAG_OTHER; i++) x->tag_end[tags[i].name[0] - 'a'] = (uint8_t)(i + 1);
  for (size_t c = 1; c < 26; c++)
    if (!x->tag_end[c]) x->tag_end[c] = x->tag_end[c - 1];
}

dem_html_tag dem_html_tag_of(const dem_html_index *x, dem_str raw) {
  char name[10];
  if (raw.len > sizeof name || !raw.len || !dem_is_alpha((unsigned char)raw.data[0])) return DEM_TAG_OTHER;
  for (size_t i = 0; i < raw.len; i++) name[i] = (char)dem_lower((unsigned char)raw.data[i]);
  size_t c = (size_t)(name[0] - 'a');
  for (size_t i = c ? x->tag_end[c - 1] : 0; i < x->tag_end[c]; i++)
    if (tags[i].len == raw.len && memcmp(tags[i].name, name, raw.len) == 0) return (dem_html_tag)i;
  return DEM_TAG_OTHER;
}

unsigned dem_html_tag_is(dem_html_tag tag) { return tag < DEM_TAG_OTHER ? tags[tag].is : 0; }
