/* What the writers of the sheet share: where the output goes and how byte offsets become code points. Internal to doc/. */
#ifndef DEM_DOC_WRITE_H
#define DEM_DOC_WRITE_H

#include "base/json.h"
#include "base/utf8.h"
#include "doc/doc.h"

#define DEM_ONTOLOGY "PLOVER 2.0"

typedef struct dem_writer {
  dem_doc *doc;
  dem_json j;
  dem_cp_index cp; /* of doc->text: the one place where offsets change their unit */
} dem_writer;

void dem_write_record(dem_writer *w, bool reading); /* one line; `reading`: without what was analysed */
void dem_write_events(dem_writer *w);               /* one line an event */
/* One event as an object; `key` NULL inside a list; `alone` adds what a record says once for all its events. */
void dem_write_event(dem_writer *w, uint32_t event, bool alone);
void dem_write_csv(dem_writer *w);
void dem_write_table(dem_writer *w);
void dem_write_why(dem_writer *w);
bool dem_write_conllu(dem_doc *doc, dem_json *j);

/* Members that several objects have. */
void dem_put_span(dem_writer *w, const char *key, dem_span span);  /* [begin, end] in code points */
void dem_put_maybe_span(dem_writer *w, const char *key, dem_span span); /* null when empty */
void dem_put_words(dem_writer *w, const char *key, dem_span span); /* the text of a span; null when empty */
void dem_put_day(dem_writer *w, const char *key, dem_day day);     /* null for DEM_NO_DAY */
void dem_put_entity(dem_writer *w, const char *key, uint32_t entity); /* "e1" or null */
void dem_put_list(dem_writer *w, const char *key, dem_str parts);  /* "a|b" as ["a", "b"] */
void dem_put_point(dem_writer *w, const dem_place *place); /* geonameid, country, admin1, lat, lon, feature */
void dem_put_coder(dem_writer *w);                                 /* coder, model, ontology */

void dem_write_check(dem_writer *w);

/* Names of closed sets in the contract. */
dem_str dem_precision_text(dem_precision precision); /* empty for none */
dem_str dem_kind_text(dem_kind kind);

/* Stable name of an event: from the dispatch and what the event says, not from its place in the list. */
dem_str dem_event_id(const dem_doc *doc, uint32_t event);
/* "FRA GOV; DEU GOV" for people: codes where known, else names. */
dem_str dem_parties_text(dem_doc *doc, dem_parties parties);
/* What people call an entity: its name, else its role, else the words of its first mention. */
dem_str dem_entity_label(const dem_doc *doc, uint32_t entity);

#endif
