/* Calendar arithmetic, exact for all years an int32 day count can hold. */
#include "base/date.h"

dem_day dem_day_of(int32_t year, uint32_t month, uint32_t day) {
  int32_t y = year - (month <= 2);
  int32_t era = (y >= 0 ? y : y - 399) / 400;
  int32_t yoe = y - era * 400;
  int32_t doy = (153 * ((int32_t)month + (month > 2 ? -3 : 9)) + 2) / 5 + (int32_t)day - 1;
  int32_t doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;
  return era * 146097 + doe - 719468;
}

dem_civil dem_civil_of(dem_day day) {
  int32_t z = day + 719468;
  int32_t era = (z >= 0 ? z : z - 146096) / 146097;
  int32_t doe = z - era * 146097;
  int32_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
  int32_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
  int32_t mp = (5 * doy + 2) / 153;
  uint32_t month = (uint32_t)(mp < 10 ? mp + 3 : mp - 9);
  return (dem_civil){yoe + era * 400 + (month <= 2), month, (uint32_t)(doy - (153 * mp + 2) / 5 + 1)};
}

uint32_t dem_days_in_month(int32_t year, uint32_t month) {
  static const uint8_t days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  return month == 2 && leap ? 29 : days[(month - 1) % 12];
}

uint32_t dem_weekday(dem_day day) {
  int32_t w = (day + 3) % 7; /* 1970-01-01 was a Thursday */
  return (uint32_t)(w < 0 ? w + 7 : w);
}

dem_day dem_month_start(dem_day day, int32_t months) {
  dem_civil c = dem_civil_of(day);
  int32_t m = c.year * 12 + (int32_t)c.month - 1 + months;
  int32_t year = m >= 0 ? m / 12 : -((11 - m) / 12);
  return dem_day_of(year, (uint32_t)(m - year * 12) + 1, 1);
}

dem_day dem_month_end(dem_day day, int32_t months) { return dem_month_start(day, months + 1) - 1; }

static bool digits(dem_str s, size_t at, size_t n, uint32_t *out) {
  return at + n <= s.len && dem_str_u32(dem_str_sub(s, at, at + n), out);
}

bool dem_day_parse(dem_str iso, dem_day *day) {
  uint32_t y, m, d;
  bool dashed = iso.len >= 10 && iso.data[4] == '-' && iso.data[7] == '-';
  size_t const month_at = dashed ? 5 : 4, day_at = dashed ? 8 : 6, end = dashed ? 10 : 8;
  if (!digits(iso, 0, 4, &y) || !digits(iso, month_at, 2, &m) || !digits(iso, day_at, 2, &d)) return false;
  if (iso.len > end && dem_is_digit((unsigned char)iso.data[end])) return false;
  if (m < 1 || m > 12 || d < 1 || d > dem_days_in_month((int32_t)y, m)) return false;
  *day = dem_day_of((int32_t)y, m, d);
  return true;
}

dem_str dem_day_format(dem_arena *arena, dem_day day) {
  if (day == DEM_NO_DAY) return (dem_str){NULL, 0};
  dem_civil c = dem_civil_of(day);
  return dem_str_format(arena, "%04d-%02u-%02u", c.year, c.month, c.day);
}
