/* The door of feed: files and streams -> the dispatches in them, one at a time, in bounded memory.
 *
 * A dispatch comes as bytes that demarche_read takes. Containers are told by their first bytes (and CSV by its name): web archives,
 * JSON Lines and lists, CSV and TSV, feeds and other XML with many items, text exports with many articles; all of them may be
 * packed. What stands around an item and belongs to it (a
 * feed's channel) is put round each piece; a row of a table becomes a JSON object. */
#ifndef DEM_FEED_FEED_H
#define DEM_FEED_FEED_H

#include "base/limits.h"

typedef struct dem_feed dem_feed;

typedef struct dem_feed_piece {
  dem_str bytes;
  char *owned;       /* free it when the piece is done; NULL: the bytes last as long as the feed */
  char trouble[160]; /* not empty: something was lost here, and why; no bytes */
} dem_feed_piece;

/* `from` forces the format ("csv", "tsv", "warc", "jsonl"; others leave the input whole), NULL lets it look; `chunk` cuts plain text
 * and CoNLL-U at blank lines. NULL on failure, with `err`. */
dem_feed *dem_feed_open(const char *path, const char *from, bool chunk, dem_limits limits, demarche_error *err);
dem_feed *dem_feed_of(dem_str bytes); /* borrowed; one piece */
void dem_feed_close(dem_feed *f);     /* NULL is fine */

/* The next piece; false at the end. A piece with trouble stands for what was lost; what follows it goes on. One thread at a time. */
bool dem_feed_next(dem_feed *f, dem_feed_piece *piece);
bool dem_feed_at_end(dem_feed *f); /* nothing but white space follows */

#endif
