/* What the parts of stage 1 offer each other; no other folder sees it.
 *
 *   decode    bytes -> clean UTF-8 lines            layout   lines -> paragraphs (hard wraps joined)
 *   record    a JSON object -> fields, lines        page     lines -> fields, body (headline, byline, captions, links ...)
 *   body      paragraphs -> doc->text               marks    one line: what is it? (byline, caption, credit, label, link)
 *   dateline  the start of the body                 dates, agencies   the two vocabularies all of them need
 *
 * Strings are borrowed from the input or from the doc's arena. */
#ifndef DEM_READ_PARTS_H
#define DEM_READ_PARTS_H

#include "doc/doc.h"

/* ---- decode ---- */
/* Valid UTF-8 whose only control characters are LF and TAB. Fails with DEMARCHE_FORMAT when the bytes are no text. */
dem_str dem_read_decode(dem_doc *doc, dem_str bytes);
/* The same cleaning for a string that is UTF-8 already (a JSON value). Never fails. */
dem_str dem_read_clean(dem_arena *arena, dem_str utf8);

/* ---- layout ---- */
typedef struct dem_line {
  dem_str text; /* trimmed, never empty */
  bool gap;     /* a blank line, or the start, stands before it */
  bool indent;  /* white space stood before it */
  bool taken;   /* it went into a field: no part of a paragraph */
} dem_line;
typedef dem_list(dem_line) dem_lines;
typedef dem_list(dem_str) dem_blocks; /* paragraphs: one line each, blanks single */

dem_lines dem_read_lines(dem_arena *arena, dem_str text);
dem_blocks dem_read_blocks(dem_arena *arena, const dem_lines *lines);

/* ---- body ---- */
/* Make doc->text and doc->paragraphs of the blocks; empty ones are skipped. Cuts at DEMARCHE_MAX_TEXT and notes it. */
void dem_read_body(dem_doc *doc, const dem_blocks *blocks);

/* ---- the formats ---- */
void dem_read_page(dem_doc *doc, dem_str text);   /* plain text and print views */
void dem_read_whole(dem_doc *doc, dem_str text);  /* text of which every line is body (doc->whole) */
/* A web page as served; `charset` is what the transport said, empty when it said nothing. */
void dem_read_html(dem_doc *doc, dem_str bytes, dem_str charset);
/* The paragraphs of a piece of HTML (UTF-8) that is story as a whole, as feeds have it; its captions go to the doc. */
dem_blocks dem_read_html_fragment(dem_doc *doc, dem_str html);
void dem_read_record(dem_doc *doc, dem_str text); /* one JSON object; fails with DEMARCHE_FORMAT when it is none */

void dem_read_warc(dem_doc *doc, dem_str bytes); /* one record of a web archive */
void dem_read_export(dem_doc *doc, dem_str text); /* one article of a Lexis or Factiva text export */
bool dem_read_is_lexis(dem_str text);
bool dem_read_is_factiva(dem_str text);
/* Read bytes of any format, but for the containers; `charset` as for dem_read_html. */
void dem_read_bytes(dem_doc *doc, dem_str bytes, dem_str charset);

_Noreturn void dem_read_fail(dem_doc *doc, demarche_status status, dem_str why);

/* ---- the life of a dispatch on the wire ---- */
/* "usable", "canceled", "stat:withheld" ... -> doc->status; what is unknown changes nothing. */
void dem_read_wire_status(dem_doc *doc, dem_str status);
/* Notes to editors: "CORRECTS name in para 3", "KILL", "ADDS quotes" -> status, and a note with the text. */
void dem_read_wire_note(dem_doc *doc, dem_str note);
/* An embargo: status "embargoed" when it lies behind the version's own time (doc->updated, else published), and a note. */
void dem_read_wire_embargo(dem_doc *doc, dem_str until);
void dem_read_wire_genre(dem_doc *doc, dem_str genre);
void dem_read_wire_version(dem_doc *doc, dem_str version);
void dem_read_wire_agency(dem_doc *doc, dem_str name); /* the usual form when it is one we know; else as publisher */
/* First and last time of a dispatch: published is the first, updated the last when it is another. Either may be empty. */
void dem_read_wire_times(dem_doc *doc, dem_str first, dem_str last);
void dem_read_language(dem_doc *doc, dem_str tag); /* the first declaration counts */

/* ---- language ---- */
void dem_read_judge_language(dem_doc *doc); /* sets doc->foreign, and notes it ("language") */

/* ---- dateline ---- */
/* Find the dateline at the start of the body; needs doc->published_day for its year. */
void dem_read_dateline(dem_doc *doc);
/* Parse one that stands alone, as some feeds give it; its span stays empty. False when it is none. */
bool dem_read_dateline_field(dem_doc *doc, dem_str field);

/* ---- dates ---- */
typedef struct dem_date_found {
  int32_t year; /* 0 when the text names none */
  uint32_t month, day;
  size_t end;     /* bytes of the text up to the end of the date */
  bool ambiguous; /* 05/06/2020: read as day/month */
} dem_date_found;
/* A date at the start of `s` (a weekday may come first). */
bool dem_read_date(dem_str s, dem_date_found *found);
/* True when after the date at the start of `s` there is nothing but a time of day and a zone. */
bool dem_read_date_line(dem_str s, dem_date_found *found);
dem_day dem_read_day(dem_date_found found, dem_day near); /* without a year: the latest one not a week after `near` */
/* Set doc->published and published_day (or doc->updated); false when `s` holds no date. */
bool dem_read_published(dem_doc *doc, dem_str s);
bool dem_read_updated(dem_doc *doc, dem_str s);
bool dem_read_day_in_url(dem_str url, dem_day *day);
bool dem_read_url_date(dem_doc *doc); /* published from ".../2020/06/26/..." of doc->url */

/* ---- agencies ---- */
bool dem_read_agency(dem_str s, dem_str *name);    /* `s` as a whole is one; `name` its usual form */
bool dem_read_agency_in(dem_str s, dem_str *name); /* one of the parts of "Jane Doe, Reuters" or "Jane Doe/AFP" is */

/* ---- marks ---- */
dem_str dem_read_start(dem_str s, size_t most); /* at most so many bytes, whole characters */
bool dem_read_is_url(dem_str s);
bool dem_read_ends_sentence(dem_str s); /* its last sign, closing quotes aside, is . ? ! or ... */
/* The names after "By"; a short line of capitalised words. */
bool dem_read_byline(dem_str line, dem_str *names);
/* The rest of a line that begins with one of the NULL-ended lower-case labels and a colon; empty when nothing follows. */
bool dem_read_labelled(dem_str line, const char *const *labels, dem_str *rest);
/* Split a picture's caption from its credit; `text` may come out empty. */
bool dem_read_caption(dem_str block, dem_str *text, dem_str *credit);
/* Take Markdown emphasis, heading signs and link targets off; `url` gets the first target. The same string when none is there. */
dem_str dem_read_unmark(dem_arena *arena, dem_str s, dem_str *url);
/* Take wire labels ("UPDATE 2-", "CORRECTED-") off the headline and set status, version and genre from it. */
void dem_read_labels(dem_doc *doc);
bool dem_read_genre_line(dem_str line, dem_str *genre); /* the line is nothing but "ANALYSIS", "Opinion" ... */

#endif
