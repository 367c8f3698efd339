/* What wire formats say of a dispatch's life, in one place, because every format says the same in its own words (IPTC NewsCodes:
 * usable, withheld, canceled; AFP: Usable, Canceled; notes to editors in plain English). Without a clock an embargo can only be held
 * against the dispatch's own times: one that ends after the version was made is in force as far as the dispatch knows. */
#include "read/parts.h"

static bool contains_nocase(dem_str s, const char *lowered) {
  size_t n = strlen(lowered);
  for (size_t i = 0; i + n <= s.len; i++)
    if (dem_str_is_nocase(dem_str_sub(s, i, i + n), lowered)) return true;
  return false;
}

static bool starts_nocase(dem_str s, const char *lowered) {
  return dem_str_is_nocase(dem_str_sub(s, 0, strlen(lowered)), lowered);
}

void dem_read_wire_status(dem_doc *doc, dem_str s) {
  static const char *const killed[] = {"cancel", "kill", "withdrawn", "withheld", "retract"};
  size_t colon = dem_str_find(s, DEM_S(":"), 0);
  if (colon != SIZE_MAX) s = dem_str_sub(s, colon + 1, s.len);
  s = dem_str_trim(s);
  for (size_t i = 0; i < sizeof killed / sizeof killed[0]; i++)
    if (starts_nocase(s, killed[i])) doc->status = DEM_S("killed");
  if (starts_nocase(s, "correct")) doc->status = DEM_S("corrected");
  if (starts_nocase(s, "embargo")) doc->status = DEM_S("embargoed");
}

void dem_read_wire_note(dem_doc *doc, dem_str note) {
  static const char *const killed[] = {"kill", "withdraw", "retract", "do not use", "not for publication", "mandatory kill"};
  static const char *const corrected[] = {"correct", "clarif", "fixes ", "removes "};
  if (!note.len) return;
  dem_str start = dem_str_trim(dem_str_sub(note, 0, 60));
  while (start.len && memchr("/*=-([", start.data[0], 6)) start = dem_str_trim(dem_str_sub(start, 1, start.len));
  for (size_t i = 0; i < sizeof corrected / sizeof corrected[0]; i++)
    if (starts_nocase(start, corrected[i])) doc->status = DEM_S("corrected");
  for (size_t i = 0; i < sizeof killed / sizeof killed[0]; i++)
    if (starts_nocase(start, killed[i])) doc->status = DEM_S("killed");
  if (contains_nocase(note, "embargo") && dem_str_is(doc->status, "usable")) doc->status = DEM_S("embargoed");
  dem_doc_note(doc, "editors", dem_str_format(&doc->arena, "note to editors: %.*s", DEM_FMT(dem_read_start(note, 300))),
               (dem_span){0, 0});
}

/* Dates and times of ISO forms, in UTC minutes; false when it is none. */
static bool minutes_of(dem_str s, int64_t *minutes) {
  dem_day day;
  uint32_t hour = 0, minute = 0, zone_hour = 0, zone_minute = 0;
  if (!dem_day_parse(s, &day)) return false;
  const char *t = memchr(s.data, 'T', s.len);
  size_t at = t ? (size_t)(t - s.data) + 1 : s.len;
  bool colons = at + 2 < s.len && s.data[at + 2] == ':';
  if (at + 4 <= s.len) {
    dem_str_u32(dem_str_sub(s, at, at + 2), &hour);
    dem_str_u32(dem_str_sub(s, at + 2 + colons, at + 4 + colons), &minute);
  }
  *minutes = (int64_t)day * 1440 + hour * 60 + minute;
  for (size_t i = at; i < s.len; i++) {
    if (s.data[i] != '+' && s.data[i] != '-') continue;
    bool colon = i + 3 < s.len && s.data[i + 3] == ':';
    dem_str_u32(dem_str_sub(s, i + 1, i + 3), &zone_hour);
    dem_str_u32(dem_str_sub(s, i + 3 + colon, i + 5 + colon), &zone_minute);
    int64_t zone = zone_hour * 60 + zone_minute;
    *minutes += s.data[i] == '+' ? -zone : zone;
    break;
  }
  return true;
}

void dem_read_wire_embargo(dem_doc *doc, dem_str until) {
  int64_t end, made;
  dem_str own = doc->updated.len ? doc->updated : doc->published;
  until = dem_str_trim(until);
  if (!until.len) return;
  bool known = minutes_of(until, &end) && minutes_of(own, &made);
  if (known && end <= made) return;
  if (dem_str_is(doc->status, "usable")) doc->status = DEM_S("embargoed");
  dem_doc_note(doc, "embargo", dem_str_format(&doc->arena, "embargoed until %.*s", DEM_FMT(dem_read_start(until, 60))),
               (dem_span){0, 0});
}

void dem_read_wire_genre(dem_doc *doc, dem_str genre) {
  size_t colon = dem_str_find(genre, DEM_S(":"), 0);
  if (colon != SIZE_MAX) genre = dem_str_sub(genre, colon + 1, genre.len);
  dem_read_genre_line(dem_str_trim(genre), &doc->genre);
}

void dem_read_wire_version(dem_doc *doc, dem_str version) {
  uint32_t number;
  if (dem_str_u32(version, &number) && number) doc->version = dem_str_format(&doc->arena, "%u", (unsigned)number);
}

void dem_read_wire_agency(dem_doc *doc, dem_str name) {
  dem_str usual;
  if (!name.len) return;
  if (dem_read_agency_in(name, &usual)) {
    if (!doc->agency.len) doc->agency = usual;
  } else if (!doc->publisher.len) {
    doc->publisher = name;
  }
}

void dem_read_wire_times(dem_doc *doc, dem_str first, dem_str last) {
  if (!first.len) first = last;
  if (first.len && !dem_read_published(doc, first))
    dem_doc_note(doc, "date",
                 dem_str_format(&doc->arena, "no date could be read from \"%.*s\"", DEM_FMT(dem_read_start(first, 60))),
                 (dem_span){0, 0});
  if (last.len && !dem_str_eq(first, last)) dem_read_updated(doc, last);
}

void dem_read_language(dem_doc *doc, dem_str tag) {
  tag = dem_str_trim(tag);
  if (tag.len && !doc->language.len) doc->language = dem_str_copy(&doc->arena, dem_str_sub(tag, 0, 40));
}
