/* What the writers of other projects' tables share. Internal to store/. */
#ifndef DEM_STORE_EXPORT_H
#define DEM_STORE_EXPORT_H

#include "store/rows.h"

/* One row of a table with one source and one target for an event: both directions of what parties do together, every actor with
 * every recipient otherwise. `to` is NULL when there is nobody. */
typedef struct dem_pair {
  const dem_row_party *from, *to;
  int64_t id; /* of the row: the event's id times 1000, plus the pair's number */
} dem_pair;
typedef void (*dem_pair_writer)(dem_rows *rows, const dem_pair *pair);
void dem_for_pairs(dem_rows *rows, dem_pair_writer write);

/* Cells, each followed by a tab; control characters become blanks, so that a cell can hold none of the table's own signs. */
void dem_cell(dem_rows *rows, dem_str s);
void dem_cell_part(dem_rows *rows, dem_str s); /* without the tab */
void dem_cell_int(dem_rows *rows, int64_t value);
void dem_cell_fixed(dem_rows *rows, int64_t value, unsigned places);
void dem_cell_real(dem_rows *rows, dem_row_column column, unsigned places); /* empty for NULL */
void dem_cells_empty(dem_rows *rows, unsigned n);
void dem_last_cell(dem_rows *rows, dem_str s); /* ends the line */

/* Codes of other schemes; empty where there is none. */
typedef enum dem_scheme { DEM_SCHEME_GDELT, DEM_SCHEME_ICEWS, DEM_SCHEME_PHOENIX } dem_scheme;
dem_str dem_cameo_of(dem_rows *rows, const dem_row_party *party);       /* "FRAGOV" */
dem_str dem_country_cell(dem_rows *rows, dem_str alpha3, uint32_t column); /* COUNTRIES_NAME, COUNTRIES_FIPS ... */
dem_str dem_cameo_label(dem_rows *rows, dem_str code);
dem_str dem_cameo_root(dem_str code);                                   /* "04" */
int64_t dem_goldstein(dem_rows *rows, dem_str code, dem_scheme scheme); /* tenths */
int dem_quad(dem_str code, dem_scheme scheme);
dem_str dem_upper(dem_rows *rows, dem_str s);
dem_str dem_publisher(const dem_rows *rows);                            /* publisher, agency or source */
dem_str dem_digits(dem_rows *rows, dem_day day);                        /* "20200626"; empty for DEM_NO_DAY */
dem_str dem_sector_words(dem_rows *rows, const dem_row_party *party);   /* "Government, Military" */

void dem_write_row_gdelt(dem_rows *rows);
void dem_write_row_mentions(dem_rows *rows);
void dem_write_row_icews(dem_rows *rows);
void dem_write_row_polecat(dem_rows *rows);
void dem_write_row_phoenix(dem_rows *rows);
extern const char *const dem_icews_header;
extern const char *const dem_polecat_header;

#endif
