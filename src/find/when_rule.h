/* What a time expression says before it is known to which day it points. */
#ifndef DEM_FIND_WHEN_RULE_H
#define DEM_FIND_WHEN_RULE_H

#include "find/when_lex.h"

#define DEM_UNSAID INT32_MIN /* a part that the words do not give */

typedef enum dem_when_kind {
  DEM_WHEN_NONE,
  DEM_WHEN_CALENDAR, /* parts of a date: year, month, day, weekday, season, quarter */
  DEM_WHEN_UNIT,     /* a calendar unit by its distance: "last month", "this week" (rel, unit) */
  DEM_WHEN_SHIFT,    /* so many units away: "two days ago", "a year later" (count, unit, rel) */
  DEM_WHEN_STRETCH,  /* so many units up to or from now: "the past three weeks", "recent months" (count, unit, rel) */
  DEM_WHEN_LENGTH,   /* a duration: "two hours" (count, unit) */
  DEM_WHEN_SET,      /* repeated: "daily", "every Monday" (text) */
  DEM_WHEN_REF,      /* "now", "recently" (text) */
  DEM_WHEN_DAY,      /* "yesterday" (rel in days), "tonight" with a part */
  DEM_WHEN_SAME      /* the date spoken of last: "that day", "the next day" (rel in units) */
} dem_when_kind;

typedef enum dem_edge { DEM_EDGE_NONE, DEM_EDGE_EARLY, DEM_EDGE_START, DEM_EDGE_MID, DEM_EDGE_LATE, DEM_EDGE_END } dem_edge;

typedef struct dem_when {
  dem_when_kind kind;
  int32_t year, month, day, weekday, quarter, half; /* DEM_UNSAID */
  int32_t decade, century;                          /* 1980; 19 for the years 1900 to 1999 */
  int32_t holiday_week;                             /* "fourth Thursday of": with weekday and month */
  int32_t hour, minute;
  int32_t rel;   /* -1 last, 0 this, 1 next; days for DAY; DEM_UNSAID */
  int32_t count; /* 0: an unsaid number of them */
  bool half_more; /* "two and a half" */
  char unit;     /* S T H D W M Q Y E C F(ortnight) B (weekend) L (millennium) */
  bool bc;
  bool before;   /* "before", "by", "until" stands in front */
  dem_str season, part, text;
  dem_edge edge;
} dem_when;

/* The longest time expression that begins at piece `i`; returns one past its last piece, `i` when there is none.
 * `bc`: years of three digits may be meant. */
uint32_t dem_when_at(const dem_doc *doc, const dem_lex *lex, uint32_t i, bool bc, dem_when *out);
void dem_when_clear(dem_when *when); /* nothing said */

#endif
