/* Memory that is given back all at once.
 *
 * A doc owns one arena. A push returns zeroed memory or does not return: when memory or the arena's limit runs out it
 * jumps to the one catch point that the public entry set (`dem_arena_catch`), which resets the arena and reports.
 * What is not arena memory but is held while a stage runs (a parsed JSON tree) is registered with `dem_arena_defer`
 * and closed at reset, whether the run ended well or not.
 *
 *   block:  [header | used ........ | free ........ ]   blocks double up to 1 MiB; larger pushes get a block of their own
 *
 * -DDEM_ARENA_MALLOC gives every push its own malloc, so that ASan sees each overflow.
 */
#ifndef DEM_BASE_ARENA_H
#define DEM_BASE_ARENA_H

#include <setjmp.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "demarche.h"

typedef struct dem_block dem_block;
typedef struct dem_deferred dem_deferred;

typedef struct dem_arena {
  dem_block *block;       /* newest first */
  dem_deferred *deferred; /* newest first */
  size_t used, limit;     /* bytes handed out; the most that may be */
  jmp_buf catch_point;
  bool catching;
  demarche_error error; /* what the jump reports */
} dem_arena;

void dem_arena_init(dem_arena *arena, size_t limit);
void dem_arena_reset(dem_arena *arena); /* empties; keeps one block for reuse */
void dem_arena_free(dem_arena *arena);

/* Zeroed memory of `size` bytes, aligned for any type. Never NULL. */
void *dem_arena_push(dem_arena *arena, size_t size);

/* Reserve a place for something that must be closed at the next reset or free; fill it with dem_deferred_hold as soon as it
 * is open. Reserved first, so that lack of memory can lose nothing. */
dem_deferred *dem_arena_defer(dem_arena *arena, void (*close)(void *));
void dem_deferred_hold(dem_deferred *d, void *held);

/* Leave for the catch point. */
_Noreturn void dem_arena_fail(dem_arena *arena, demarche_status status, const char *text);

/* if (dem_arena_catch(a)) { ... a->error tells; reset and return ... } */
#define dem_arena_catch(arena) ((arena)->catching = true, setjmp((arena)->catch_point))

#define dem_new(arena, T) ((T *)dem_arena_push((arena), sizeof(T)))
#define dem_array(arena, T, count) ((T *)dem_arena_push_array((arena), sizeof(T), (count)))
void *dem_arena_push_array(dem_arena *arena, size_t size, size_t count); /* zeroed; overflow is lack of memory */

/* Growable lists: `dem_list(T)` declares {T *at; uint32_t n, cap}; dem_push appends a zeroed element and gives its address,
 * which holds until the next dem_push to the same list. */
#define dem_list(T) \
  struct {          \
    T *at;          \
    uint32_t n, cap; \
  }
#define dem_push(arena, list)                                                                                    \
  ((list)->n < (list)->cap ? &(list)->at[(list)->n++]                                                             \
                           : ((list)->at = dem_list_grow((arena), (list)->at, (list)->n, &(list)->cap, sizeof *(list)->at), \
                              &(list)->at[(list)->n++]))
void *dem_list_grow(dem_arena *arena, void *at, uint32_t n, uint32_t *cap, size_t size);

#endif
