/* Opening the gazetteer and looking names up in it: binary search for the block, then its sixteen keys in order.
 *
 * Opening checks every offset once, in one pass. Refuses: sections whose counts do not add up to their length, keys that share
 * more bytes than the one before has, strings that leave the text. */
#include "model/gazetteer.h"

enum { HEAD = 8, LONGEST_KEY = 255 };

typedef struct cursor { /* walks over keys */
  const unsigned char *at;
  unsigned char key[LONGEST_KEY + 1];
  uint32_t len, rows; /* of the key here */
} cursor;

static void step(cursor *c) {
  memcpy(c->key + c->at[0], c->at + 3, c->at[1]);
  c->len = (uint32_t)c->at[0] + c->at[1];
  c->rows = c->at[2];
  c->at += 3u + c->at[1];
}

static bool text_fits(const dem_gazetteer *g, uint32_t at) { return at < g->text_bytes && g->text[at] < g->text_bytes - at; }

static bool check_keys(const dem_gazetteer *g) {
  uint32_t at = 0, rows = 0, len = 0, n = 0, block = 0;
  for (; at < g->key_bytes; n++) {
    if (g->key_bytes - at < 3 || g->key_bytes - at - 3 < g->keys[at + 1]) return false;
    bool first = n % DEM_GAZ_BLOCK == 0;
    if (first && (block >= g->blocks || g->block[2 * block] != at || g->block[2 * block + 1] != rows || g->keys[at]))
      return false;
    block += first;
    if (g->keys[at] > len || (uint32_t)g->keys[at] + g->keys[at + 1] > LONGEST_KEY || !g->keys[at + 2]) return false;
    len = (uint32_t)g->keys[at] + g->keys[at + 1];
    if (g->rows - rows < g->keys[at + 2]) return false;
    for (uint32_t i = 0; i < g->keys[at + 2]; i++)
      if (((g->row[rows + i] >> 24 & DEM_GAZ_LAST) != 0) != (i + 1u == g->keys[at + 2])) return false;
    rows += g->keys[at + 2];
    at += 3u + g->keys[at + 1];
  }
  return block == g->blocks && rows == g->rows;
}

static bool check_rows(const dem_gazetteer *g) {
  for (uint32_t i = 0; i < g->rows; i++)
    if ((g->row[i] & 0xFFFFFF) >= g->places) return false;
  for (uint32_t i = 0; i < g->places; i++) {
    const uint32_t *p = g->place + (size_t)i * 6;
    if (!text_fits(g, p[3]) || (p[5] & 0xFFFFFF) >= g->areas || p[5] >> 24 >= g->features) return false;
  }
  for (uint32_t i = 0; i < g->areas; i++)
    if (!text_fits(g, g->area[3 * i + 1]) || !text_fits(g, g->area[3 * i + 2])) return false;
  for (uint32_t i = 0; i < g->features; i++)
    if (!text_fits(g, g->feature[i])) return false;
  return true;
}

bool dem_gazetteer_open(dem_str s, dem_gazetteer *g) {
  uint32_t h[HEAD];
  if (s.len < sizeof h) return false;
  memcpy(h, s.data, sizeof h);
  uint64_t words = HEAD + 2ull * h[0] + h[1] + 6ull * h[2] + 3ull * h[3] + h[4];
  if (words * 4 + h[5] + h[6] != s.len || h[0] == 0) return false;
  const uint32_t *p = (const uint32_t *)(const void *)s.data + HEAD;
  *g = (dem_gazetteer){.blocks = h[0],
                       .rows = h[1],
                       .places = h[2],
                       .areas = h[3],
                       .features = h[4],
                       .key_bytes = h[5],
                       .text_bytes = h[6],
                       .block = p};
  g->row = g->block + 2 * (size_t)g->blocks;
  g->place = g->row + g->rows;
  g->area = g->place + 6 * (size_t)g->places;
  g->feature = g->area + 3 * (size_t)g->areas;
  g->keys = (const unsigned char *)(g->feature + g->features);
  g->text = g->keys + g->key_bytes;
  return check_keys(g) && check_rows(g);
}

static int compare(const unsigned char *a, size_t a_len, dem_str b) { return dem_str_cmp((dem_str){(const char *)a, a_len}, b); }

/* The last block whose first key is not beyond `key`; 0 when all are. */
static uint32_t block_of(const dem_gazetteer *g, dem_str key) {
  uint32_t low = 0, high = g->blocks;
  while (high - low > 1) {
    uint32_t middle = low + (high - low) / 2;
    const unsigned char *first = g->keys + g->block[2 * (size_t)middle];
    if (compare(first + 3, first[1], key) <= 0) low = middle;
    else high = middle;
  }
  return low;
}

dem_gaz_hit dem_gazetteer_find(const dem_gazetteer *g, dem_str key) {
  dem_gaz_hit hit = {DEM_NONE, false};
  if (key.len > LONGEST_KEY) return hit;
  uint32_t block = block_of(g, key), row = g->block[2 * (size_t)block + 1];
  cursor c = {.at = g->keys + g->block[2 * (size_t)block]};
  const unsigned char *end = g->keys + g->key_bytes;
  while (c.at < end) { /* a block, and the first key of the next */
    step(&c);
    int order = dem_str_cmp((dem_str){(const char *)c.key, c.len}, key);
    if (order == 0) hit.row = row;
    row += c.rows;
    if (order <= 0) continue;
    hit.more = c.len > key.len && (key.len == 0 || memcmp(c.key, key.data, key.len) == 0);
    break;
  }
  return hit;
}

uint32_t dem_gazetteer_end(const dem_gazetteer *g, uint32_t row) {
  while (!(g->row[row] >> 24 & DEM_GAZ_LAST)) row++;
  return row + 1;
}

uint32_t dem_gazetteer_place(const dem_gazetteer *g, uint32_t row) { return g->row[row] & 0xFFFFFF; }

static dem_str text_at(const dem_gazetteer *g, uint32_t at) { return (dem_str){(const char *)g->text + at + 1, g->text[at]}; }

dem_gaz_entry dem_gazetteer_entry(const dem_gazetteer *g, uint32_t row) {
  uint32_t place = dem_gazetteer_place(g, row);
  const uint32_t *p = g->place + (size_t)place * 6, *area = g->area + 3 * (size_t)(p[5] & 0xFFFFFF);
  dem_str country = {(const char *)area, ((const char *)area)[0] ? 3 : 0};
  return (dem_gaz_entry){.name = text_at(g, p[3]),
                         .country = country,
                         .admin1 = text_at(g, area[1]),
                         .admin2 = text_at(g, area[2]),
                         .feature = text_at(g, g->feature[p[5] >> 24]),
                         .place = place,
                         .id = p[0],
                         .people = p[4],
                         .lat = (int32_t)p[1],
                         .lon = (int32_t)p[2],
                         .flags = g->row[row] >> 24};
}
