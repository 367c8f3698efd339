/* One state over zlib and libzstd. zstd windows are held to 8 MiB (the format's advice to decoders) but for long-distance frames,
 * which may have 128 MiB. Invariant: a step makes progress or says why not. */
#include "base/unpack.h"

#include <stdlib.h>
#include <zlib.h>
#include <zstd.h>

enum { WINDOW_LOG = 27, STEP = 256 << 10 };

struct dem_unpacker {
  dem_packing kind;
  z_stream z;
  ZSTD_DStream *zstd;
  bool fresh; /* nothing of the member at hand was taken yet */
};

dem_packing dem_packing_of(dem_str s) {
  const unsigned char *p = (const unsigned char *)s.data;
  if (s.len >= 3 && p[0] == 0x1F && p[1] == 0x8B && p[2] == 8) return DEM_PACKED_GZIP;
  if (s.len < 4 || p[3] == 0) return DEM_PACKED_NOT;
  bool frame = p[0] == 0x28 && p[1] == 0xB5 && p[2] == 0x2F && p[3] == 0xFD;
  bool skippable = (p[0] & 0xF0) == 0x50 && p[1] == 0x2A && p[2] == 0x4D && p[3] == 0x18;
  return frame || skippable ? DEM_PACKED_ZSTD : DEM_PACKED_NOT;
}

dem_unpacker *dem_unpacker_new(dem_packing kind) {
  dem_unpacker *u = calloc(1, sizeof *u);
  if (!u) return NULL;
  u->kind = kind;
  u->fresh = true;
  bool ok;
  if (kind == DEM_PACKED_ZSTD) {
    u->zstd = ZSTD_createDStream();
    ok = u->zstd && !ZSTD_isError(ZSTD_DCtx_setParameter(u->zstd, ZSTD_d_windowLogMax, WINDOW_LOG));
  } else {
    ok = inflateInit2(&u->z, kind == DEM_PACKED_GZIP ? 31 : 15) == Z_OK;
  }
  if (ok) return u;
  dem_unpacker_free(u);
  return NULL;
}

void dem_unpacker_free(dem_unpacker *u) {
  if (!u) return;
  if (u->kind == DEM_PACKED_ZSTD) ZSTD_freeDStream(u->zstd);
  else inflateEnd(&u->z);
  free(u);
}

void dem_unpacker_restart(dem_unpacker *u) {
  u->fresh = true;
  if (u->kind == DEM_PACKED_ZSTD) ZSTD_DCtx_reset(u->zstd, ZSTD_reset_session_only);
  else inflateReset(&u->z);
}

static dem_unpacked step_zstd(dem_unpacker *u, dem_str *in, char *out, size_t room, size_t *made) {
  ZSTD_inBuffer i = {in->data, in->len, 0};
  ZSTD_outBuffer o = {out, room, 0};
  size_t left = ZSTD_decompressStream(u->zstd, &o, &i);
  *in = dem_str_sub(*in, i.pos, in->len);
  *made = o.pos;
  if (ZSTD_isError(left)) return DEM_UNPACK_DAMAGED;
  return left == 0 ? DEM_UNPACK_MEMBER : DEM_UNPACK_MORE;
}

static dem_unpacked step_zlib(dem_unpacker *u, dem_str *in, char *out, size_t room, size_t *made) {
  uInt most = 1u << 30;
  if (u->kind == DEM_PACKED_DEFLATE && u->fresh && in->len && ((unsigned char)in->data[0] & 0x0F) != 8) inflateReset2(&u->z, -15);
  u->fresh = false;
  u->z.next_in = (Bytef *)(uintptr_t)in->data;
  u->z.avail_in = in->len < most ? (uInt)in->len : most;
  u->z.next_out = (Bytef *)out;
  u->z.avail_out = room < most ? (uInt)room : most;
  int status = inflate(&u->z, Z_NO_FLUSH);
  size_t taken = (size_t)(u->z.next_in - (const Bytef *)in->data);
  *made = (size_t)(u->z.next_out - (Bytef *)out);
  *in = dem_str_sub(*in, taken, in->len);
  if (status == Z_MEM_ERROR) return DEM_UNPACK_NOMEM;
  if (status == Z_STREAM_END) {
    dem_unpacker_restart(u);
    return DEM_UNPACK_MEMBER;
  }
  return status == Z_OK || status == Z_BUF_ERROR ? DEM_UNPACK_MORE : DEM_UNPACK_DAMAGED;
}

dem_unpacked dem_unpacker_step(dem_unpacker *u, dem_str *in, char *out, size_t room, size_t *made) {
  *made = 0;
  return u->kind == DEM_PACKED_ZSTD ? step_zstd(u, in, out, room, made) : step_zlib(u, in, out, room, made);
}

static void close_unpacker(void *u) { dem_unpacker_free(u); }

/* Room for more: doubled, never past the limit by more than one byte, which is how passing it shows. */
static char *widen(dem_arena *arena, char *out, size_t n, size_t *cap, size_t limit) {
  size_t wider = *cap * 2 < limit + 1 ? *cap * 2 : limit + 1;
  char *to = dem_arena_push(arena, wider);
  memcpy(to, out, n);
  *cap = wider;
  return to;
}

bool dem_unpack_all(dem_arena *arena, dem_packing kind, dem_str packed, size_t limit, uint64_t ratio, dem_str *out, bool *damaged,
                    dem_str *why) {
  dem_deferred *slot = dem_arena_defer(arena, close_unpacker);
  dem_unpacker *u = dem_unpacker_new(kind);
  if (!u) dem_arena_fail(arena, DEMARCHE_NOMEM, "out of memory while unpacking");
  dem_deferred_hold(slot, u);
  size_t cap = limit < STEP ? limit + 1 : STEP, n = 0, made;
  char *to = dem_arena_push(arena, cap);
  dem_str rest = packed;
  *damaged = false;
  for (bool whole = false;;) {
    if (n > limit) return *why = dem_str_format(arena, "unpacks to more than %llu bytes", (unsigned long long)limit), false;
    if (dem_unpack_is_bomb(packed.len - rest.len, n, ratio))
      return *why = dem_str_format(arena, "unpacks to more than %llu times its size", (unsigned long long)ratio), false;
    if (!rest.len && whole) break;
    if (n == cap) to = widen(arena, to, n, &cap, limit);
    size_t before = rest.len;
    dem_unpacked s = dem_unpacker_step(u, &rest, to + n, cap - n, &made);
    n += made;
    if (s == DEM_UNPACK_NOMEM) dem_arena_fail(arena, DEMARCHE_NOMEM, "out of memory while unpacking");
    whole = s == DEM_UNPACK_MEMBER;
    bool padding = whole && n && dem_packing_of(rest) == DEM_PACKED_NOT; /* NULs behind the last member, or nothing */
    if (padding) break;
    bool stuck = s == DEM_UNPACK_MORE && rest.len == before && !made;
    if (s == DEM_UNPACK_DAMAGED || stuck) {
      *damaged = true;
      break;
    }
  }
  *out = (dem_str){to, n};
  return n <= limit;
}
