/* Decides whether a blob is a sound network: every size within its bounds, every part inside the blob, every number that could lead a
 * read or a sum out of its range. What passes can be run on any text. */
#include "text/net.h"

#include "text/net_kernel.h"

enum { BIAS_MAX = 1 << 25, SLOTS_MAX = 20, NAMES_MAX = 1024, SHIFTS = 12 };

typedef struct cursor {
  dem_str blob;
  size_t at;
  bool sound;
} cursor;

static const void *take(cursor *c, size_t bytes) {
  size_t begin = (c->at + DEM_NET_ALIGN - 1) / DEM_NET_ALIGN * DEM_NET_ALIGN;
  if (!c->sound || begin > c->blob.len || bytes > c->blob.len - begin) {
    c->sound = false;
    return NULL;
  }
  c->at = begin + bytes;
  return c->blob.data + begin;
}

static void take_matrix(cursor *c, uint32_t depth, uint32_t columns, dem_net_matrix *m) {
  m->depth = depth;
  m->columns = dem_net_fill(columns, DEM_NET_LANES);
  m->bias = take(c, sizeof *m->bias * m->columns);
  m->shift = take(c, m->columns);
  m->w = take(c, (size_t)depth * m->columns);
  for (uint32_t i = 0; c->sound && i < m->columns; i++)
    if (m->bias[i] < -BIAS_MAX || m->bias[i] > BIAS_MAX || m->shift[i] < 1 || m->shift[i] > DEM_NET_SHIFT_MAX) c->sound = false;
}

/* No dimension may make a sum overflow (net_kernel.h) or a loop stray. */
static bool sizes(const uint32_t *h, dem_net *n) {
  n->size = (dem_net_size){.half = h[2], .layers = h[3], .arc = h[4], .rel = h[5], .xpos = h[6], .name = h[7], .rows = h[11]};
  const dem_net_size *s = &n->size;
  if (h[0] != DEM_NET_MAGIC || h[1] != DEM_NET_VERSION || h[8] != DEM_DEPREL_COUNT || h[9] != DEM_UPOS_COUNT) return false;
  if (s->half < 8 || s->half > DEM_NET_HALF_MAX || s->half % 8 || s->layers < 1 || s->layers > DEM_NET_LAYERS) return false;
  if (s->arc < 8 || s->arc > DEM_NET_HALF_MAX || s->arc % 8 || s->rel < 8 || s->rel > DEM_NET_HALF_MAX || s->rel % 8) return false;
  if (s->xpos < 1 || s->xpos > DEM_NET_XPOS || (s->name != 0 && s->name != 1 + 4 * (DEM_NAME_COUNT - 1))) return false;
  if (s->rows < DEM_LOOKS || s->rows >= 1u << 17 || h[10] < 4 || h[10] > SLOTS_MAX || h[12] > NAMES_MAX) return false;
  n->place = dem_net_places_of(s);
  return true;
}

bool dem_net_sound(const dem_net *n) {
  bool empty = false;
  for (uint32_t i = 0; i <= n->mask; i++) {
    if (n->slot[i] == 0) empty = true;
    else if (n->slot[i] >> 15 == 0 || (n->slot[i] >> 15) - 1 >= n->size.rows) return false;
  }
  return empty; /* so that probing ends */
}

static bool names(dem_net *n, const char *bytes, uint32_t len) {
  dem_str rest = {bytes, len};
  uint32_t count = 0;
  while (rest.len && count < n->size.xpos) n->tag[count++] = dem_str_cut(&rest, '\n');
  return count == n->size.xpos && rest.len == 0;
}

bool dem_net_open(dem_str blob, dem_net *n) {
  uint32_t h[DEM_NET_HEADER];
  *n = (dem_net){0};
  if (blob.len < sizeof h || (uintptr_t)blob.data % DEM_NET_ALIGN) return false;
  memcpy(h, blob.data, sizeof h);
  if (!sizes(h, n)) return false;
  cursor c = {blob, sizeof h, true};
  uint32_t width = n->place.width;
  n->mask = (1u << h[10]) - 1;
  n->slot = take(&c, sizeof *n->slot * ((size_t)n->mask + 1));
  n->row = take(&c, (size_t)n->size.rows * width);
  n->scale = take(&c, width);
  for (uint32_t l = 0; l < n->size.layers; l++) take_matrix(&c, width, n->place.gates, &n->layer[l]);
  take_matrix(&c, width, n->place.columns, &n->top);
  take_matrix(&c, n->size.rel, DEM_DEPREL_COUNT, &n->label);
  take_matrix(&c, n->size.arc, DEM_NET_CONST, &n->heads);
  n->step = take(&c, sizeof *n->step * DEM_NET_STEPS * n->size.rel);
  const char *text = take(&c, h[12]);
  if (!c.sound || c.at != blob.len) return false;
  for (uint32_t i = 0; i < width; i++)
    if (n->scale[i] > SHIFTS) return false;
  return names(n, text, h[12]);
}
