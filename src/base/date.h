/* Days of the proleptic Gregorian calendar, counted from 1970-01-01. Pure arithmetic, no clock.
 * Algorithms: Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms" (days_from_civil, civil_from_days). */
#ifndef DEM_BASE_DATE_H
#define DEM_BASE_DATE_H

#include "base/str.h"

typedef int32_t dem_day;
#define DEM_NO_DAY INT32_MIN

typedef struct dem_civil {
  int32_t year;
  uint32_t month, day; /* from 1 */
} dem_civil;

dem_day dem_day_of(int32_t year, uint32_t month, uint32_t day);
dem_civil dem_civil_of(dem_day day);
uint32_t dem_days_in_month(int32_t year, uint32_t month);
uint32_t dem_weekday(dem_day day);              /* 0 Monday … 6 Sunday */
dem_day dem_month_start(dem_day day, int32_t months); /* first day of the month `months` away */
dem_day dem_month_end(dem_day day, int32_t months);   /* its last day */
/* The day at the start of an ISO date or date-time ("2020-06-26", "2020-06-26T10:00:00Z", "20200626"). */
bool dem_day_parse(dem_str iso, dem_day *day);
dem_str dem_day_format(dem_arena *arena, dem_day day); /* "2020-06-26"; empty for DEM_NO_DAY */

#endif
