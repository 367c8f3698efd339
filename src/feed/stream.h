/* A file, a pipe or bytes, unpacked as they are read, seen through a window. */
#ifndef DEM_FEED_STREAM_H
#define DEM_FEED_STREAM_H

#include "base/str.h"

typedef struct dem_stream dem_stream;

/* Open a path ("-" is standard input). gzip and zstd data are unpacked, `layers` deep at most, and no more than `ratio` times their
 * size once past 1 MiB. NULL on failure; `err` says why in a line that does not name the file. One thread at a time. */
dem_stream *dem_stream_open(const char *path, uint32_t layers, uint64_t ratio, demarche_error *err);
dem_stream *dem_stream_of(dem_str bytes); /* borrowed; NULL when memory ran out */
void dem_stream_close(dem_stream *s);     /* NULL is fine */

/* What is at hand and not taken. Valid until the next call but dem_stream_is_whole's. */
dem_str dem_stream_window(const dem_stream *s);
bool dem_stream_more(dem_stream *s);             /* add to the window, at least double it; false when nothing could be added */
void dem_stream_take(dem_stream *s, uint64_t n); /* pass n bytes, also beyond the window */
bool dem_stream_is_whole(const dem_stream *s); /* the window is memory that lasts until the stream is closed: no copy is needed */

/* Why dem_stream_more gave nothing: empty at the end. After damage, dem_stream_resume drops the window and goes on with the next
 * member that can be unpacked; false when there is none. */
const char *dem_stream_damage(const dem_stream *s);
bool dem_stream_is_refused(const dem_stream *s); /* it passed a limit or failed: what came of it is not to be used */
bool dem_stream_resume(dem_stream *s);

#endif
