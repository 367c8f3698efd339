/* The network as it lies in the model file: read in place, whole numbers only. net_size.h draws what it computes.
 *
 *   header  u32: magic, version, half, layers, arc, rel, xpos, name, rels, upos, slots_log2, rows, names_len, three of zero
 *   then, each beginning at a multiple of 64 bytes:
 *   slots   u32[1 << slots_log2]    0 empty, else row + 1 << 15 | 15 bits of the key (net_look.h); linear probing
 *   rows    i8[rows][width]         row t < DEM_LOOKS stands for what is unknown of template t; the row of a known form holds
 *                                   the sum of its ends, too
 *   scale   u8[width]               a row's value is i8 / 2^scale
 *   layers, top, label: a matrix each: bias i32[columns], shift u8[columns], blocks (net_kernel.h)
 *   heads   i8[32][arc]             step vectors, ROOT (at DEM_NET_STEPS), zeros: as blocks, with their bias
 *   step    i16[DEM_NET_STEPS][rel]
 *   names   names_len bytes         the Penn tags, one a line
 *
 * Numbers: sums are in 1 / 2^(7 + shift); what they become, before the curve, in 1 / 2^12; states in 1 / 2^14; inputs of a product
 * are state / 2^7, rounded, from -127 to 127, plus 128.
 */
#ifndef DEM_TEXT_NET_H
#define DEM_TEXT_NET_H

#include "doc/doc.h"
#include "text/net_look.h"
#include "text/net_size.h"

#define DEM_NET_MAGIC 0x31544E44u /* "DNT1" */
enum { DEM_NET_VERSION = 1, DEM_NET_HEADER = 16, DEM_NET_ALIGN = 64, DEM_NET_XPOS = 64, DEM_NET_SHIFT_MAX = 15, DEM_NET_CONST = 32 };
enum { DEM_NET_PIECE = 192, DEM_NET_CROWD = 256 }; /* tokens: of a sentence that is read at once; of a batch of sentences */

typedef struct dem_net_matrix {
  const int32_t *bias;
  const uint8_t *shift;
  const int8_t *w;
  uint32_t depth, columns; /* columns: filled up to a multiple of 16 */
} dem_net_matrix;

typedef struct dem_net {
  dem_net_size size;
  dem_net_places place; /* columns of top only */
  const uint32_t *slot;
  uint32_t mask, rows;
  const int8_t *row;
  const uint8_t *scale;
  dem_net_matrix layer[DEM_NET_LAYERS], top, label, heads;
  const int16_t *step;
  dem_str tag[DEM_NET_XPOS];
} dem_net;

/* False when the blob is absent or is no sound network, its index of rows aside. */
bool dem_net_open(dem_str blob, dem_net *net);
bool dem_net_sound(const dem_net *net); /* the index of rows, which is long: looked at once, when the model is opened */

/* Scratch for one text at a time. */
typedef struct dem_net_room dem_net_room;
dem_net_room *dem_net_room_new(dem_arena *arena, const dem_net *net);

/* Set upos, tag, head, deprel, name, name_begin of the tokens of sentences [first, last); their norm is set. Linear. */
void dem_net_read(const dem_net *net, dem_net_room *room, dem_doc *doc, uint32_t first, uint32_t last);

/* How many bytes a matrix takes in the file, and where its parts begin; shared with the writer. */
static inline uint32_t dem_net_fill(uint32_t n, uint32_t to) { return (n + to - 1) / to * to; }

#endif
