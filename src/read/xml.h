/* What the readers of XML formats share. */
#ifndef DEM_READ_XML_H
#define DEM_READ_XML_H

#include "base/xml.h"
#include "read/parts.h"

/* The document in UTF-8, without DTD, every '&' the start of one of the five entities or of a number, nothing XML forbids. */
dem_str dem_read_xml_mend(dem_doc *doc, dem_str bytes);

/* ---- looking about ---- */
/* The first kid (or descendant) element with the local name, NULL when there is none. All take NULL. */
const dem_xml *dem_xml_kid(const dem_xml *node, const char *local);
const dem_xml *dem_xml_next(const dem_xml *node, const char *local); /* the next sibling with it */
const dem_xml *dem_xml_find(const dem_xml *node, const char *local); /* in document order; its whole subtree is searched */
const dem_xml *dem_xml_path(const dem_xml *node, const char *path);  /* "NewsManagement/Status": kids of kids */
dem_str dem_xml_get(const dem_xml *node, const char *attribute);     /* by name as written; empty when it has none */
/* The text inside, tags left out, as one clean line. */
dem_str dem_xml_line(dem_doc *doc, const dem_xml *node);
dem_str dem_xml_path_line(dem_doc *doc, const dem_xml *node, const char *path);

/* ---- bodies ---- */
/* Paragraphs of marked-up text: NITF's and HTML's blocks end paragraphs; text with escaped tags is read as HTML. Captions (media,
 * figures) go to the doc, tables row by row. */
void dem_xml_body(dem_doc *doc, const dem_xml *node, dem_blocks *blocks);

/* ---- the formats; `root` is the document element ---- */
bool dem_read_feed(dem_doc *doc, const dem_xml *root);     /* RSS 0.9 to 2.0, RDF, Atom: the first item */
bool dem_read_newsml1(dem_doc *doc, const dem_xml *root);  /* NewsML 1.0 to 1.2, the first NewsItem */
bool dem_read_newsmlg2(dem_doc *doc, const dem_xml *root); /* newsMessage, newsItem, packageItem */
bool dem_read_nitf(dem_doc *doc, const dem_xml *nitf);
bool dem_read_petrarch(dem_doc *doc, const dem_xml *root);
void dem_read_xml(dem_doc *doc, dem_str bytes); /* any of them; fails with DEMARCHE_FORMAT when it is none */

/* The parts of a <nitf>, also inside NewsML: headline, byline, dateline, body. Only what is not known yet is filled. */
void dem_read_nitf_parts(dem_doc *doc, const dem_xml *nitf, dem_blocks *blocks);

#endif
