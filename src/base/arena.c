/* Bump allocation in doubling blocks, with one catch point. Invariant: every byte past block->used is unwritten or stale;
 * push zeroes what it hands out, so no stage ever sees an earlier dispatch. Refuses: freeing single pieces. */
#include "base/arena.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct dem_block {
  dem_block *next;
  size_t size, used; /* of `bytes` */
  max_align_t bytes[];
};

struct dem_deferred {
  dem_deferred *next;
  void (*close)(void *);
  void *held;
};

enum { FIRST_BLOCK = 64 << 10, LARGEST_STEP = 1 << 20 };

void dem_arena_init(dem_arena *arena, size_t limit) {
  memset(arena, 0, sizeof *arena);
  arena->limit = limit;
}

static void close_deferred(dem_arena *arena) {
  while (arena->deferred) {
    dem_deferred *d = arena->deferred;
    arena->deferred = d->next;
    if (d->held) d->close(d->held);
  }
}

void dem_arena_reset(dem_arena *arena) {
  close_deferred(arena);
  dem_block *keep = NULL;
  for (dem_block *b = arena->block, *next; b; b = next) {
    next = b->next;
    bool better = b->size <= LARGEST_STEP && (!keep || b->size > keep->size);
    if (better) {
      free(keep);
      keep = b;
    } else {
      free(b);
    }
  }
  if (keep) {
    keep->next = NULL;
    keep->used = 0;
  }
  arena->block = keep;
  arena->used = 0;
}

void dem_arena_free(dem_arena *arena) {
  close_deferred(arena);
  for (dem_block *b = arena->block, *next; b; b = next) {
    next = b->next;
    free(b);
  }
  arena->block = NULL;
}

_Noreturn void dem_arena_fail(dem_arena *arena, demarche_status status, const char *text) {
  arena->error.status = status;
  snprintf(arena->error.text, sizeof arena->error.text, "%s", text);
  if (!arena->catching) abort(); /* a caller forgot dem_arena_catch: a bug of ours, unreachable from input */
  longjmp(arena->catch_point, 1);
}

static dem_block *add_block(dem_arena *arena, size_t size) {
  size_t want = arena->block ? arena->block->size * 2 : FIRST_BLOCK;
  if (want > LARGEST_STEP) want = LARGEST_STEP;
#ifdef DEM_ARENA_MALLOC
  want = size;
#endif
  if (want < size) want = size;
  dem_block *b = malloc(sizeof *b + want);
  if (!b) dem_arena_fail(arena, DEMARCHE_NOMEM, "out of memory: code fewer documents at once (-j) or split the input");
  b->size = want;
  b->used = 0;
  b->next = arena->block;
  arena->block = b;
  return b;
}

void *dem_arena_push(dem_arena *arena, size_t size) {
  size_t const align = _Alignof(max_align_t);
  if (size > arena->limit - arena->used)
    dem_arena_fail(arena, DEMARCHE_LIMIT, "the document needs more memory than its limit allows: split the input");
  size = size ? (size + align - 1) / align * align : align;
  dem_block *b = arena->block;
  if (!b || b->size - b->used < size) b = add_block(arena, size);
  void *p = (unsigned char *)b->bytes + b->used;
  b->used += size;
  arena->used += size;
  if (arena->used > arena->limit) arena->used = arena->limit;
  return memset(p, 0, size);
}

void *dem_arena_push_array(dem_arena *arena, size_t size, size_t count) {
  if (count > SIZE_MAX / 2 / size) dem_arena_fail(arena, DEMARCHE_LIMIT, "the document is too large");
  return dem_arena_push(arena, size * count);
}

dem_deferred *dem_arena_defer(dem_arena *arena, void (*close)(void *)) {
  dem_deferred *d = dem_new(arena, dem_deferred);
  d->close = close;
  d->next = arena->deferred;
  arena->deferred = d;
  return d;
}

void dem_deferred_hold(dem_deferred *d, void *held) { d->held = held; }

void *dem_list_grow(dem_arena *arena, void *at, uint32_t n, uint32_t *cap, size_t size) {
  uint32_t wider = *cap ? *cap * 2 : 8;
  if (wider <= n) dem_arena_fail(arena, DEMARCHE_LIMIT, "the document is too large");
  void *to = dem_arena_push_array(arena, size, wider);
  if (n) memcpy(to, at, size * n);
  *cap = wider;
  return to;
}
