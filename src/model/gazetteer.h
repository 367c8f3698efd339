/* The gazetteer: names of places, and what they name, in one section of the model ("gazetteer", little-endian, no pointers).
 *
 *   u32 blocks, rows, places, areas, features, key_bytes, text_bytes, 0
 *   u32 block[blocks][2]       offset of its first key in `keys`; its first row
 *   u32 row[rows]              a key's rows stand together, the most populous place first: place in 24 bits, flags in 8
 *   u32 place[places][6]       GeoNames id, latitude, longitude (1e-5 degrees), name in text, people, area in 24 bits + feature in 8
 *   u32 area[areas][3]         country as three letters, first- and second-level area in text
 *   u32 feature[features]      in text
 *   keys                       sorted; in blocks of 16: u8 bytes shared with the key before (0 for the first), u8 further bytes,
 *                              u8 rows, the further bytes
 *   text                       u8 length, bytes
 *
 * Invariant after the check at opening: every number that points somewhere points inside, so that looking up needs no checks.
 * Thread rules: read only. Facts: GeoNames (CC BY 4.0) and our own, see lexicon/SOURCES.tsv. */
#ifndef DEM_MODEL_GAZETTEER_H
#define DEM_MODEL_GAZETTEER_H

#include "base/str.h"

enum {
  DEM_GAZ_BLOCK = 16,      /* keys in a block */
  DEM_GAZ_OWN = 1,         /* flags of a row: the place is from the table written by hand */
  DEM_GAZ_FOREIGN = 2,     /* the form is one of another language */
  DEM_GAZ_ACRONYM = 4,     /* the form is spelt in capitals */
  DEM_GAZ_LAST = 8         /* last row of its key */
};

typedef struct dem_gazetteer {
  uint32_t blocks, rows, places, areas, features, key_bytes, text_bytes;
  const uint32_t *block, *row, *place, *area, *feature;
  const unsigned char *keys, *text;
} dem_gazetteer;

typedef struct dem_gaz_entry {
  dem_str name, country, admin1, admin2, feature; /* borrowed from the model; country "USA", empty where there is none */
  uint32_t place;                                 /* its number: rows of one place have the same */
  uint32_t id;                                    /* GeoNames; 0 unknown */
  uint32_t people;
  int32_t lat, lon; /* 1e-5 degrees */
  uint32_t flags;
} dem_gaz_entry;

typedef struct dem_gaz_hit {
  uint32_t row; /* first of the key's rows; DEM_NONE when there is no such key */
  bool more;    /* a longer key begins with this one */
} dem_gaz_hit;

/* False when the bytes are no gazetteer. Linear. */
bool dem_gazetteer_open(dem_str bytes, dem_gazetteer *out);
/* `key` is normalised (dem_norm). O(log n). */
dem_gaz_hit dem_gazetteer_find(const dem_gazetteer *g, dem_str key);
uint32_t dem_gazetteer_end(const dem_gazetteer *g, uint32_t row); /* one past the last row with the same key */
dem_gaz_entry dem_gazetteer_entry(const dem_gazetteer *g, uint32_t row);
uint32_t dem_gazetteer_place(const dem_gazetteer *g, uint32_t row); /* the entry's `place` alone */

#endif
