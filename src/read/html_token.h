/* The HTML tokenizer: bytes to tags, text, comments and doctypes as the WHATWG standard's section 13.2.5 has them, without a
 * tree. Tokens are slices of the input; what entities, NULs, CRs and capitals have to become is done on demand
 * (dem_html_decode, dem_html_name), because most of a page is never looked at.
 *
 * The input is in an encoding that has ASCII (UTF-8, or single bytes); it is borrowed. Linear; fails only for want of memory. */
#ifndef DEM_READ_HTML_TOKEN_H
#define DEM_READ_HTML_TOKEN_H

#include "base/str.h"

/* What text means; the tokenizer starts in DATA. Whoever reads sets the mode after a start tag that asks for another. */
typedef enum dem_html_mode {
  DEM_HTML_DATA,
  DEM_HTML_RCDATA,
  DEM_HTML_RAWTEXT,
  DEM_HTML_SCRIPT,
  DEM_HTML_PLAINTEXT,
  DEM_HTML_CDATA
} dem_html_mode;

typedef enum dem_html_kind { DEM_HTML_TEXT, DEM_HTML_START, DEM_HTML_END, DEM_HTML_COMMENT, DEM_HTML_DOCTYPE } dem_html_kind;

typedef struct dem_html_attribute {
  dem_str name, value; /* raw: see dem_html_name, dem_html_decode */
} dem_html_attribute;

typedef struct dem_html_token {
  dem_html_kind kind;
  dem_html_mode mode; /* of the text */
  dem_str text;       /* raw: the text, the comment, the tag's or the doctype's name */
  bool self_closing;
  bool has_public, has_system, quirks; /* of a doctype */
  dem_str public_id, system_id;
} dem_html_token;

typedef struct dem_html {
  dem_str s;
  size_t at;
  dem_html_mode mode;
  bool foreign;    /* inside svg or math, where <![CDATA[ is what it says */
  dem_str last;    /* name of the last start tag, as written: what ends RCDATA, RAWTEXT and scripts */
  uint32_t count;  /* attributes of the tag just given */
  uint32_t passed; /* attributes over the limit, of all tags */
  uint32_t most;   /* attributes kept of one tag */
  dem_html_attribute *attributes;
} dem_html;

/* `most` attributes of a tag are kept, the rest is passed over. */
void dem_html_init(dem_html *h, dem_arena *arena, dem_str input, uint32_t most);
bool dem_html_next(dem_html *h, dem_html_token *token); /* false at the end */

/* The raw value of an attribute of the tag just given, by its lower-case name; false when it has none. */
bool dem_html_get(const dem_html *h, const char *name, dem_str *raw);

typedef enum dem_html_what { DEM_HTML_IN_TEXT, DEM_HTML_IN_ATTRIBUTE, DEM_HTML_IN_RAW } dem_html_what;
/* Line ends become LF, NUL U+FFFD where the standard says so, character references their characters (not IN_RAW). */
dem_str dem_html_decode(dem_arena *arena, dem_str raw, dem_html_what what);
dem_str dem_html_text(dem_arena *arena, const dem_html_token *t); /* of a text token, by its mode */
dem_str dem_html_name(dem_arena *arena, dem_str raw);             /* capitals small, NUL U+FFFD */

/* One character reference at s.data[at] == '&': its UTF-8 (at most 8 bytes) to `out`, the bytes it took to *took. False when
 * there is none: the sign stands for itself. */
bool dem_html_reference(dem_str s, size_t at, dem_html_what what, char out[8], size_t *len, size_t *took);

#endif
