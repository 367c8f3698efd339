/* Dispatches on their way in and out: the key of their bytes, and compression. Records are compressed against the store's
 * prefix (the skeleton of a record) followed by the dispatch's own bytes, of which they repeat the text. Invariant: what
 * dem_compress made, dem_expand gives back with the same prefix and bytes, or nothing: frames carry a checksum. Refuses:
 * expanding past a stated limit. */
#include <stdlib.h>
#include <xxhash.h>
#include <zstd.h>

#include "store/parts.h"

enum { LEVEL = 6 };

dem_hash16 dem_store_hash(dem_str bytes) {
  dem_hash16 out;
  XXH128_canonical_t canonical;
  XXH128_canonicalFromHash(&canonical, XXH3_128bits(bytes.data, bytes.len));
  memcpy(out.byte, canonical.digest, sizeof out.byte);
  return out;
}

static char *joined(dem_str a, dem_str b) {
  char *both = malloc(a.len + b.len + 1);
  if (!both) return NULL;
  if (a.len) memcpy(both, a.data, a.len);
  if (b.len) memcpy(both + a.len, b.data, b.len);
  return both;
}

bool dem_compress(dem_str prefix, dem_str more, dem_str plain, dem_packed *out) {
  size_t room = ZSTD_compressBound(plain.len), n = 0;
  ZSTD_CCtx *c = ZSTD_createCCtx();
  char *both = joined(prefix, more), *packed = malloc(room), *exact = NULL;
  *out = (dem_packed){0};
  if (c && both && packed) {
    bool good = !ZSTD_isError(ZSTD_CCtx_setParameter(c, ZSTD_c_compressionLevel, LEVEL)) &&
                !ZSTD_isError(ZSTD_CCtx_setParameter(c, ZSTD_c_checksumFlag, 1)) &&
                !ZSTD_isError(ZSTD_CCtx_refPrefix(c, both, prefix.len + more.len));
    n = good ? ZSTD_compress2(c, packed, room, plain.data, plain.len) : 0;
    if (good && !ZSTD_isError(n)) exact = realloc(packed, n);
  }
  if (exact) *out = (dem_packed){exact, n};
  else free(packed);
  free(both);
  ZSTD_freeCCtx(c);
  return exact != NULL;
}

bool dem_expand(dem_str prefix, dem_str more, dem_str packed, size_t limit, dem_packed *out) {
  unsigned long long size = ZSTD_getFrameContentSize(packed.data, packed.len);
  *out = (dem_packed){0};
  if (size == ZSTD_CONTENTSIZE_ERROR || size == ZSTD_CONTENTSIZE_UNKNOWN || size > limit) return false;
  ZSTD_DCtx *d = ZSTD_createDCtx();
  char *both = joined(prefix, more), *plain = malloc((size_t)size + 1);
  bool good = d && both && plain && !ZSTD_isError(ZSTD_DCtx_refPrefix(d, both, prefix.len + more.len)) &&
              ZSTD_decompressDCtx(d, plain, (size_t)size, packed.data, packed.len) == size;
  if (good) {
    plain[size] = 0;
    *out = (dem_packed){plain, (size_t)size};
  } else {
    free(plain);
  }
  free(both);
  ZSTD_freeDCtx(d);
  return good;
}

bool dem_store_pack(dem_str prefix, dem_str bytes, dem_str record, dem_item *item) {
  item->size = bytes.len;
  return dem_compress(prefix, (dem_str){NULL, 0}, bytes, &item->bytes) && dem_compress(prefix, bytes, record, &item->json);
}

void dem_item_free(dem_item *item) {
  free(item->bytes.data);
  free(item->json.data);
  free(item->reading.data);
  free(item->events.data);
  *item = (dem_item){0};
}
