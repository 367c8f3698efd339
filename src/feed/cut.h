/* What the parts of feed share: cutters look at a window and tell where the next piece is. */
#ifndef DEM_FEED_CUT_H
#define DEM_FEED_CUT_H

#include "base/str.h"

typedef enum dem_cut { DEM_CUT_PIECE, DEM_CUT_MORE, DEM_CUT_SKIP, DEM_CUT_LOST, DEM_CUT_END } dem_cut;

/* A cutter's answer. PIECE: [begin, end) is one, go on at next. SKIP: nothing there, go on at next (which may lie beyond the
 * window). LOST: as SKIP, and `why` is to be reported. MORE: the window is too short to tell; only when it is not ended. */
typedef struct dem_cutting {
  size_t begin, end;
  uint64_t next;
  const char *why;
} dem_cutting;

/* What a cutter keeps between pieces. */
typedef struct dem_cutter {
  size_t scanned; /* bytes of the window known to hold no end: where a search goes on after MORE */
  char *prefix;   /* put before each piece; owned */
  size_t prefix_len;
  char suffix[512]; /* put behind each piece */
  char item[64];    /* XML: the item's name */
  char sign;        /* CSV: the separator */
  bool list;        /* JSON: inside [...] */
} dem_cutter;

dem_cut dem_cut_warc(dem_cutter *c, dem_str window, bool ended, dem_cutting *out);
dem_cut dem_cut_csv(dem_cutter *c, dem_str window, bool ended, dem_cutting *out);
dem_cut dem_cut_json_list(dem_cutter *c, dem_str window, bool ended, dem_cutting *out);
dem_cut dem_cut_xml(dem_cutter *c, dem_str window, bool ended, dem_cutting *out);
dem_cut dem_cut_articles(dem_cutter *c, dem_str window, bool ended, dem_cutting *out);

/* A row of a table as a JSON object whose keys are the header's fields; to be freed, NULL when memory ran out. */
char *dem_csv_to_json(dem_str header, dem_str row, char sign, size_t *len);

/* Does the start of an input look like it? They may fill the cutter. */
bool dem_is_csv(dem_cutter *c, dem_str window);
bool dem_is_xml_with_items(dem_cutter *c, dem_str window); /* the prefix is taken, its bytes are still in the window */
bool dem_is_articles(dem_str window);

#endif
