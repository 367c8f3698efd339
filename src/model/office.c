/* Who a name was on a day. An office counts inside its interval only; a list that knows just one month is trusted a year to
 * both sides; an end that nobody recorded is trusted for two years past the day on which the source was last looked at. Refuses
 * to guess for a name that stands for several people: the row whose office holds wins, then the one that ended last. */
#include "model/model.h"

enum { SNAPSHOT_DAYS = 31, SNAPSHOT_TRUST = 366, OPEN_TRUST = 731 };

static dem_day day_of(const dem_table *t, uint32_t row, uint32_t column) {
  dem_day day;
  return dem_day_parse(dem_table_cell(t, row, column), &day) ? day : DEM_NO_DAY;
}

dem_term dem_term_of(const dem_model *model, dem_table_id id, uint32_t row, uint32_t from, uint32_t to) {
  const dem_table *t = dem_model_table(model, id);
  return (dem_term){day_of(t, row, from), day_of(t, row, to)};
}

bool dem_term_is_snapshot(dem_term i) { return i.from != DEM_NO_DAY && i.to != DEM_NO_DAY && i.to - i.from <= SNAPSHOT_DAYS; }

bool dem_term_holds(dem_term i, dem_day day) {
  dem_day slack = 0;
  if (day == DEM_NO_DAY) return i.to == DEM_NO_DAY;
  if (dem_term_is_snapshot(i)) slack = SNAPSHOT_TRUST;
  return (i.from == DEM_NO_DAY || i.from - slack <= day) && (i.to == DEM_NO_DAY || day <= i.to + slack);
}

static dem_day date_of_source(const dem_model *model, dem_str key) {
  const dem_table *sources = dem_model_table(model, DEM_TABLE_SOURCES);
  uint32_t row = dem_table_find(sources, key);
  return row == DEM_NONE ? DEM_NO_DAY : day_of(sources, row, SOURCES_DATE);
}

dem_term dem_office_term(const dem_model *model, uint32_t row, bool *stale) {
  dem_term i = dem_term_of(model, DEM_TABLE_PEOPLE, row, PEOPLE_FROM, PEOPLE_TO);
  *stale = false;
  if (i.to != DEM_NO_DAY) return i;
  dem_day seen = date_of_source(model, dem_table_cell(dem_model_table(model, DEM_TABLE_PEOPLE), row, PEOPLE_SOURCE));
  if (seen == DEM_NO_DAY) return i;
  *stale = true;
  i.to = (i.from != DEM_NO_DAY && i.from > seen ? i.from : seen) + OPEN_TRUST;
  return i;
}

/* Without a day, rows that are open in the lexicon count as held. */
static bool holds(const dem_model *model, uint32_t row, dem_day day, dem_term *i, bool *stale) {
  *i = dem_office_term(model, row, stale);
  return day == DEM_NO_DAY ? *stale || i->to == DEM_NO_DAY : dem_term_holds(*i, day);
}

bool dem_office_holds(const dem_model *model, uint32_t row, dem_day day) {
  dem_term i;
  bool stale;
  return holds(model, row, day, &i, &stale);
}

/* How much an office says when several are held. */
static unsigned rank_of_sector(dem_str sector) {
  static const char *const order[] = {"GOV", "REB", "JUD", "LEG", "MIL", "COP", "SPY", "PRM", "OPP", "PTY", "BUS", "REL"};
  for (unsigned i = 0; i < sizeof order / sizeof *order; i++)
    if (dem_str_is(sector, order[i])) return i;
  return 50;
}

static bool better(const dem_table *people, uint32_t row, dem_term i, uint32_t had, dem_term had_in) {
  if (had == DEM_NONE) return true;
  if (dem_term_is_snapshot(i) != dem_term_is_snapshot(had_in)) return !dem_term_is_snapshot(i);
  unsigned rank = rank_of_sector(dem_table_cell(people, row, PEOPLE_SECTOR));
  unsigned was = rank_of_sector(dem_table_cell(people, had, PEOPLE_SECTOR));
  return rank != was ? rank < was : i.from > had_in.from;
}

dem_office dem_office_on(const dem_model *model, uint32_t first, dem_day day) {
  const dem_table *people = dem_model_table(model, DEM_TABLE_PEOPLE);
  dem_office o = {DEM_NONE, DEM_NONE, DEM_NONE, false};
  dem_term i, now_in = {DEM_NO_DAY, DEM_NO_DAY}, last_in = now_in;
  bool stale;
  for (uint32_t row = first, end = dem_table_end(people, first); row < end; row++) {
    if (holds(model, row, day, &i, &stale)) {
      if (better(people, row, i, o.now, now_in)) o.now = row, now_in = i;
    } else if (i.to != DEM_NO_DAY && (day == DEM_NO_DAY || i.to < day)) {
      if (o.last == DEM_NONE || i.to > last_in.to) o.last = row, last_in = i, o.last_is_stale = stale;
    } else if (o.next == DEM_NONE) {
      o.next = row;
    }
  }
  return o;
}

bool dem_office_was_official(const dem_model *model, uint32_t row, dem_day day) {
  const dem_table *t = dem_model_table(model, DEM_TABLE_PEOPLE);
  dem_str name = dem_table_cell(t, row, PEOPLE_NAME);
  if (dem_str_in_list(DEM_S("REB|PRM|CRM|UAF"), dem_table_cell(t, row, PEOPLE_SECTOR))) return false; /* took up arms since */
  for (uint32_t r = dem_table_find(t, dem_table_key(t, row)), end = dem_table_end(t, row); r < end; r++) {
    dem_term i = dem_term_of(model, DEM_TABLE_PEOPLE, r, PEOPLE_FROM, PEOPLE_TO);
    bool past = day == DEM_NO_DAY || (i.to != DEM_NO_DAY && i.to < day);
    if (past && dem_str_eq(name, dem_table_cell(t, r, PEOPLE_NAME)) &&
        dem_str_in_list(DEM_S("GOV|LEG|JUD|MIL|COP|SPY|ELI"), dem_table_cell(t, r, PEOPLE_SECTOR)))
      return true;
  }
  return false;
}
