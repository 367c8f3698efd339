/* Names of people, bodies, places, groups: a linear chain over the words of a sentence (conditional random field; Lafferty et
 * al. 2001), whole numbers only.
 *
 * name.bin, little-endian:
 *   header  u32 magic, version, tags, word_log2, bucket_log2, cells, two of zero
 *   moves   i16[CLASSES][TAGS][TAGS]  by the class of the later word: from, to
 *   words   u32[1 << word_log2]       0 empty, else cluster in 12 bits, lists in 8, 12 bits of the norm's hash; linear probing
 *   buckets u32[(1 << bucket_log2) + 1]  where the rows begin of features whose low bits are the bucket's number
 *   cells   u16[cells]                a row: 16 high bits of the feature, then weight << 8 | last << 5 | tag, the last one marked
 *
 * Tags: 0 outside; 1 + 4 (kind - 1) + {0 begins, 1 goes on, 2 ends, 3 alone} for kinds of dem_name_label.
 */
#ifndef DEM_TEXT_NAME_H
#define DEM_TEXT_NAME_H

#include "doc/doc.h"
#include "text/segment.h"
#include "text/word.h"

enum {
  DEM_NAME_TAGS = 1 + 4 * (DEM_NAME_COUNT - 1),
  DEM_NAME_CLASSES = 16,
  DEM_NAME_FEATURES = 112,
  DEM_NAME_PAD = 2,
  DEM_NAME_VERSION = 5,
  DEM_NAME_MOVES = DEM_NAME_CLASSES * DEM_NAME_TAGS * DEM_NAME_TAGS,
  DEM_NAME_STRETCH = 1200, /* tokens looked at together, in whole sentences */
  DEM_NAME_SLOTS = 4096,   /* of a table that holds the words of a stretch, STRETCH + DEM_SENTENCE_MAX at most */
  DEM_NAME_PROBES = 64,
  DEM_NAME_CLUSTERS = 4095, /* mask of the cluster in a word's slot */
  DEM_NAME_LISTS_AT = 12,
  DEM_NAME_CHECK_AT = 20,
  DEM_NAME_LAST = 32 /* marks the last cell of a row */
};
#define DEM_NAME_MAGIC 0x314E4D44u /* "DMN1" */

typedef struct dem_namer {
  const int16_t *move;
  const uint32_t *word, *bucket;
  const uint16_t *cell;
  uint32_t word_mask, bucket_mask, cells;
  const dem_table *states, *organisations, *people;
  const dem_gazetteer *places;
} dem_namer;

/* False when the blob is absent or unsound; reading a sound one stays inside it. The tables come from the model. */
bool dem_namer_open(dem_str blob, const dem_model *model, dem_namer *namer);

/* ---- shared with the trainer ---- */

static inline uint32_t dem_name_word_place(uint32_t norm) { return norm * 0x9E3779B1u >> 7; }
static inline uint32_t dem_name_word_check(uint32_t norm) { return norm >> DEM_NAME_CHECK_AT ? norm >> DEM_NAME_CHECK_AT : 1; }

typedef struct dem_name_word { /* one word as the namer sees it */
  dem_word make;
  uint32_t run_first, run_last, before, after; /* norms at the ends of its run of capitals, and of the words beside that run */
  uint32_t cluster[3];                         /* fine to coarse, each tagged with its level; 0 unknown */
  uint16_t table;                              /* places in lexicon matches, see name_features.c */
  uint32_t tag, head, apposed;                 /* Penn tag; norms of the head in the tree, and of what is in apposition */
  uint32_t head_cluster;
  uint8_t upos, deprel;
  uint8_t lists, class, place, initial, seen;
} dem_name_word;

typedef struct dem_name_words {
  dem_name_word room[DEM_SENTENCE_MAX + 2 * DEM_NAME_PAD];
  uint32_t n;
} dem_name_words;
static inline dem_name_word *dem_name_words_at(dem_name_words *w) { return w->room + DEM_NAME_PAD; }

/* How often each word stands with and without a capital where no sentence begins. */
typedef struct dem_name_seen {
  struct {
    uint32_t norm, small, capital;
  } slot[DEM_NAME_SLOTS];
} dem_name_seen;
/* Of the sentences of one stretch. */
void dem_name_seen_in(const dem_doc *doc, uint32_t first_sentence, uint32_t last_sentence, dem_name_seen *seen);

/* One past the last sentence of the stretch that begins with `sentence`: what a word's capital tells is counted stretch by stretch. */
uint32_t dem_name_stretch(const dem_doc *doc, uint32_t sentence);

/* The tokens' tags and trees are set. */
void dem_name_words_fill(const dem_namer *namer, dem_doc *doc, const dem_name_seen *seen, const dem_sentence *s, dem_name_words *words);
/* Features of w[0]; returns how many, at most DEM_NAME_FEATURES. */
uint32_t dem_name_features(const dem_name_word *w, uint64_t *feature);
/* May `to` follow `from`? Sentences begin after, and end before, tag 0. */
bool dem_name_may_follow(unsigned from, unsigned to);

/* Sets name and name_begin of all tokens. */
void dem_name_doc(const dem_namer *namer, dem_doc *doc);

#endif
