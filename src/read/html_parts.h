/* What the parts of the HTML reader offer each other; only html*.c includes it.
 *
 *   html_token, html_decode   bytes -> tokens, text         html_tags    names of elements, and what they are
 *   html_marks                class names -> marks          html_blocks  tokens -> elements, blocks of text, metadata as found
 *   html_choose               which blocks are the story    html_meta    headline, date, byline, link out of the metadata
 *
 * All memory is the doc's arena. */
#ifndef DEM_READ_HTML_PARTS_H
#define DEM_READ_HTML_PARTS_H

#include "read/html_token.h"
#include "read/parts.h"

/* ---- tags ---- */
/* Only elements that mean something here; all others are inline and say nothing. */
#define DEM_HTML_TAGS(X)                                                                                                         \
  X(A)                                                                                                                           \
  X(ADDRESS)                                                                                                                     \
  X(AMP_AD) X(ARTICLE) X(ASIDE) X(AUDIO) X(BASE) X(BLOCKQUOTE) X(BODY) X(BR) X(BUTTON) X(CANVAS) X(CAPTION) X(CENTER) X(COL)     \
      X(DD) X(DETAILS) X(DIALOG) X(DIV) X(DL) X(DT) X(EMBED) X(FIELDSET) X(FIGCAPTION) X(FIGURE) X(FOOTER) X(FORM) X(H1) X(H2)   \
          X(H3) X(H4) X(H5) X(H6) X(HEAD) X(HEADER) X(HR) X(HTML) X(IFRAME) X(IMG) X(INPUT) X(LABEL) X(LEGEND) X(LI) X(LINK)     \
              X(MAIN) X(MATH) X(MENU) X(META) X(NAV) X(NOEMBED) X(NOFRAMES) X(NOSCRIPT) X(OBJECT) X(OL) X(OPTION) X(P)           \
                  X(PLAINTEXT) X(PRE) X(SCRIPT) X(SECTION) X(SELECT) X(SOURCE) X(STYLE) X(SUMMARY) X(SUP) X(SVG) X(TABLE)        \
                      X(TBODY) X(TD) X(TEMPLATE) X(TEXTAREA) X(TFOOT) X(TH) X(THEAD) X(TIME) X(TITLE) X(TR) X(TRACK) X(UL)       \
                          X(VIDEO) X(WBR) X(XMP)
#define DEM_HTML_TAG_NAME(name) DEM_TAG_##name,
typedef enum dem_html_tag { DEM_HTML_TAGS(DEM_HTML_TAG_NAME) DEM_TAG_OTHER, DEM_TAG_COUNT } dem_html_tag;

enum {                    /* what a tag is */
       DEM_TAG_BLOCK = 1, /* begins and ends paragraphs, holds blocks */
       DEM_TAG_VOID = 2,  /* has no content */
       DEM_TAG_SKIP = 4,  /* its content is no text of the page */
       DEM_TAG_TEXT = 8   /* a block that holds a paragraph: another such begins only when it ends (p, headings) */
};
/* Where the names of each first letter end, in the tables of tags and of words; made once a page. */
typedef struct dem_html_index {
  uint8_t tag_end[26];
  uint16_t word_end[26];
} dem_html_index;
void dem_html_index_tags(dem_html_index *x);
void dem_html_index_words(dem_html_index *x);
dem_html_tag dem_html_tag_of(const dem_html_index *x, dem_str raw_name);
unsigned dem_html_tag_is(dem_html_tag tag);

/* ---- marks: what an element says of itself ---- */
enum {
  DEM_MARK_BODY = 1 << 0,    /* "article-body", itemprop="articleBody" */
  DEM_MARK_CONTENT = 1 << 1, /* "content", <article>, <main> */
  DEM_MARK_TITLE = 1 << 2,
  DEM_MARK_BYLINE = 1 << 3,
  DEM_MARK_DATE = 1 << 4,
  DEM_MARK_CAPTION = 1 << 5,
  DEM_MARK_LEAD = 1 << 6,
  DEM_MARK_CREDIT = 1 << 7,
  /* what is no story */
  DEM_MARK_NAV = 1 << 8, /* menus, breadcrumbs, paging */
  DEM_MARK_FOOTER = 1 << 9,
  DEM_MARK_HEADER = 1 << 10,
  DEM_MARK_SIDE = 1 << 11,
  DEM_MARK_COMMENT = 1 << 12,
  DEM_MARK_RELATED = 1 << 13,
  DEM_MARK_SHARE = 1 << 14,
  DEM_MARK_AD = 1 << 15,
  DEM_MARK_PROMO = 1 << 16, /* newsletters, subscriptions, cookies, logins */
  DEM_MARK_TAGS = 1 << 17,  /* keywords, categories */
  DEM_MARK_BIO = 1 << 18,   /* about the author */
  DEM_MARK_HIDDEN = 1 << 19,
  DEM_MARK_FORM = 1 << 20,
  DEM_MARK_WIDGET = 1 << 21 /* players, galleries' controls, maps, toolbars */
};
#define DEM_MARKS_BAD                                                                                                            \
  (DEM_MARK_NAV | DEM_MARK_FOOTER | DEM_MARK_HEADER | DEM_MARK_SIDE | DEM_MARK_COMMENT | DEM_MARK_RELATED | DEM_MARK_SHARE |     \
   DEM_MARK_AD | DEM_MARK_PROMO | DEM_MARK_TAGS | DEM_MARK_BIO | DEM_MARK_HIDDEN | DEM_MARK_FORM | DEM_MARK_WIDGET)
uint32_t dem_html_marks(const dem_html_index *x, dem_str classes); /* of the value of a class, id, role or itemprop attribute */

/* ---- blocks ---- */
typedef struct dem_html_element {
  uint32_t parent;      /* index; DEM_NONE for the first */
  uint32_t first, last; /* blocks inside, half open */
  uint32_t marks;       /* its own */
  uint32_t bad;         /* DEM_MARKS_BAD that hold here, ancestors' too (html_choose) */
  uint32_t likeness;    /* hash of tag and class: siblings that are alike */
  dem_html_tag tag;
} dem_html_element;

typedef struct dem_html_block {
  dem_str text;     /* white space single; not cleaned yet */
  uint32_t element; /* the innermost */
  uint32_t links;   /* bytes of the text inside links */
  uint32_t marks;   /* of inline elements that hold most of it */
  uint32_t weight;  /* html_choose */
} dem_html_block;

typedef enum dem_html_meta_kind {
  DEM_META_NAME, /* <meta name= or property= or itemprop= content=> */
  DEM_META_LINK, /* <link rel= href=> */
  DEM_META_TIME, /* <time datetime=>, itemprop on anything */
  DEM_META_LD,   /* a JSON-LD script */
  DEM_META_TITLE /* <title> */
} dem_html_meta_kind;

typedef struct dem_html_meta {
  dem_html_meta_kind kind;
  dem_str name, value; /* name in lower case */
  uint32_t block;      /* blocks before it */
  uint32_t element;
} dem_html_meta;

typedef struct dem_html_page {
  dem_doc *doc;
  dem_list(dem_html_element) elements; /* parents before children */
  dem_list(dem_html_block) blocks;
  dem_list(dem_html_meta) metas;
  dem_str language;           /* <html lang> */
  uint32_t story;             /* element chosen; html_choose */
  bool shown;                 /* what the page hides is of the story: slides */
  uint32_t flattened, passed; /* elements past the depth limit; attributes past theirs */
} dem_html_page;

/* `text` is UTF-8 or nearly. */
void dem_html_blocks(dem_html_page *p, dem_str text);
/* What part of a block's bytes stands in links, per mille. */
uint32_t dem_html_link_share(const dem_html_block *b);

/* Find the story's element. */
void dem_html_choose(dem_html_page *p);
/* Headline, published, updated, byline, publisher, url, language of the doc, out of metas and blocks. After choose. */
void dem_html_meta_fields(dem_html_page *p);
/* The story's paragraphs, in order, the headline left out; its captions go to the doc. After the fields. */
dem_blocks dem_html_gather(dem_html_page *p);

#endif
