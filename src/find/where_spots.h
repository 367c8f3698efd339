/* Names in the text that may be places, before it is known which place. */
#ifndef DEM_FIND_WHERE_SPOTS_H
#define DEM_FIND_WHERE_SPOTS_H

#include "doc/doc.h"

typedef struct dem_spot {
  dem_place_kind kind;
  uint32_t first, last; /* tokens, half open; both 0 for the dateline, which is no part of a sentence */
  dem_span span;
  uint32_t row, end;    /* its rows in the gazetteer */
  uint32_t inside;      /* the spot that is said to contain it ("X, Y"), DEM_NONE */
  uint32_t chosen;      /* row; DEM_NONE when it is no place */
  int32_t margin;       /* how much better than the next candidate that lies elsewhere */
  bool led;             /* "in", "near", "from" before it, or labelled as a place */
  bool state;           /* a short form behind a town: "La.", "OH" */
  bool common;          /* a common word or a given name as well */
  bool doubted;         /* looked like somebody's name to `who` */
  bool person;          /* an unknown word or a given name stands before it: "Lou Trapani" is nobody's town, here and later */
  bool part;            /* begins the name of something else ("Ohio Department of Transportation") */
} dem_spot;
typedef dem_list(dem_spot) dem_spots;

typedef struct dem_where_tables {
  const dem_gazetteer *places;
  const dem_table *words, *states;
} dem_where_tables;

/* All candidates, in text order, the dateline's first. */
void dem_where_spots(dem_doc *doc, const dem_where_tables *tables, dem_spots *out);

typedef struct dem_local { /* a place that the gazetteer lacks, or that no name but a noun means */
  uint32_t first, last; /* tokens, half open */
  uint32_t within;      /* the spot it is put into; DEM_NONE when the dispatch names none */
  uint32_t row;         /* of the gazetteer, when a noun means a place of it ("the Somali capital"); else DEM_NONE */
  dem_str feature;
} dem_local;
typedef dem_list(dem_local) dem_locals;

/* After the choice, in text order; a local that begins with a spot takes its place. */
void dem_where_local(dem_doc *doc, const dem_where_tables *tables, const dem_spots *spots, dem_locals *out);

/* Choose the row of every spot. */
void dem_where_choose(dem_doc *doc, const dem_where_tables *tables, dem_spots *spots);

bool dem_where_is_area(dem_str feature); /* not a point: by its GeoNames code */

#endif
