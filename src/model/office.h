/* Who held what on a day: intervals of the lexicon's dated rows, and the choice among a person's rows.
 * Pure look-ups, any thread; days count from 1970-01-01, DEM_NO_DAY is an open bound. */
#ifndef DEM_MODEL_OFFICE_H
#define DEM_MODEL_OFFICE_H

#include "base/date.h"
#include "model/tables.h"

typedef struct demarche_model dem_model;

typedef struct dem_term {
  dem_day from, to; /* both included */
} dem_term;

/* The interval that two date cells of a row tell; what is empty or no date is open. */
dem_term dem_term_of(const dem_model *model, dem_table_id id, uint32_t row, uint32_t from_column, uint32_t to_column);
/* A list that knows its own month only (June 2019), not the office's dates. */
bool dem_term_is_snapshot(dem_term term);
/* Does it hold on the day? A snapshot is trusted a year to both sides. Without a day (DEM_NO_DAY) only an open end holds. */
bool dem_term_holds(dem_term term, dem_day day);

/* The term of a row of PEOPLE. An open end is closed two years after the date of the row's source (SOURCES.tsv), with
 * `*stale` set, because nobody looked further. */
dem_term dem_office_term(const dem_model *model, uint32_t row, bool *stale);
/* Does that office hold on the day? */
bool dem_office_holds(const dem_model *model, uint32_t row, dem_day day);

/* Of all rows of PEOPLE that share the key of `first` (its first row): the office held on the day, else the one that ended
 * last, else one that begins later; DEM_NONE each when there is none. Of several held: known dates before a snapshot, then
 * the order of sectors, then the later start. */
typedef struct dem_office {
  uint32_t now, last, next;
  bool last_is_stale; /* `last` is past only because its source is too old to know */
} dem_office;
dem_office dem_office_on(const dem_model *model, uint32_t first, dem_day day);

/* Of a person whose office `row` has ended: was this, or any earlier one of theirs, an office of state (so that they are ELI now)? */
bool dem_office_was_official(const dem_model *model, uint32_t row, dem_day day);

#endif
