/* From what a time expression says to the days it means. */
#ifndef DEM_FIND_WHEN_SOLVE_H
#define DEM_FIND_WHEN_SOLVE_H

#include "find/when_rule.h"

/* What dates are counted from. */
typedef struct dem_anchor {
  dem_day published; /* DEM_NO_DAY when unknown */
  dem_day last;      /* the date spoken of last; DEM_NO_DAY before there is one */
  char last_unit;    /* how exactly it was given: D W M Q Y E C */
  dem_day quarter;   /* the quarter spoken of last; DEM_NO_DAY */
  bool figures;      /* the sentence has money or shares of a hundred: "a year ago" compares quarters */
  bool narrative;    /* the text tells of the past in dates of its own: count from `last` */
  bool bc;           /* its years are before Christ */
} dem_anchor;

typedef enum dem_tense { DEM_TENSE_UNKNOWN, DEM_TENSE_PAST, DEM_TENSE_FUTURE } dem_tense;

/* Fills type, value, from, to, precision and rule of `time`; moves anchor->last when a date became known. */
void dem_when_solve(dem_doc *doc, const dem_when *when, dem_tense tense, dem_anchor *anchor, dem_time *time);

#endif
