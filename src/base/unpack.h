/* gzip (zlib) and zstd data, unpacked step by step or whole. Members or frames one after another are one stream. */
#ifndef DEM_BASE_UNPACK_H
#define DEM_BASE_UNPACK_H

#include "base/str.h"

typedef enum dem_packing { DEM_PACKED_NOT, DEM_PACKED_GZIP, DEM_PACKED_ZSTD, DEM_PACKED_DEFLATE } dem_packing;
/* By the first bytes: gzip, zstd (skippable frames too) or not. */
dem_packing dem_packing_of(dem_str bytes);

typedef enum dem_unpacked {
  DEM_UNPACK_MORE,    /* all input is used, or all room; go on with more of it */
  DEM_UNPACK_MEMBER,  /* a member ended; more may follow */
  DEM_UNPACK_DAMAGED, /* the rest of this member is lost */
  DEM_UNPACK_NOMEM
} dem_unpacked;

typedef struct dem_unpacker dem_unpacker;
dem_unpacker *dem_unpacker_new(dem_packing kind); /* NULL when memory ran out; DEFLATE takes raw and zlib streams */
void dem_unpacker_free(dem_unpacker *u);          /* NULL is fine */
void dem_unpacker_restart(dem_unpacker *u);       /* forget the member at hand */
/* Takes from the front of *in, writes to `out`, at most `room` bytes; *made is how many. */
dem_unpacked dem_unpacker_step(dem_unpacker *u, dem_str *in, char *out, size_t room, size_t *made);

/* Most a stream may grow: the design's bound on bombs. */
static inline bool dem_unpack_is_bomb(uint64_t in, uint64_t out, uint64_t ratio) { return out > (1u << 20) && out / ratio > in; }

/* All of `packed`, in the arena. What a damaged stream gave before the damage is kept, and *damaged set. False, with *why one line,
 * when it would be longer than `limit` bytes or more than `ratio` times its size (once past 1 MiB). */
bool dem_unpack_all(dem_arena *arena, dem_packing kind, dem_str packed, size_t limit, uint64_t ratio, dem_str *out, bool *damaged,
                    dem_str *why);

#endif
