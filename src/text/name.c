/* Decides names: of all ways to label a sentence's words, the one with the highest sum of feature weights and moves between
 * neighbours' tags, found by dynamic programming (Viterbi). A move that no name can make (from the beginning of a person to the
 * inside of a place) is never taken, so that names are always whole. Names that the network set before are counted as advice. Costs a fixed number of steps a word. */
#include "text/name.h"

enum { KIND_BEGINS, KIND_GOES_ON, KIND_ENDS, KIND_ALONE, NEVER = -(1 << 28), SURE = 20000, NETWORK = 30 };

bool dem_name_may_follow(unsigned from, unsigned to) {
  unsigned part = (to - 1) % 4;
  bool open = from && (from - 1) % 4 <= KIND_GOES_ON, starts = !to || part == KIND_BEGINS || part == KIND_ALONE;
  if (!open) return starts;
  return !starts && (from - 1) / 4 == (to - 1) / 4;
}

bool dem_namer_open(dem_str blob, const dem_model *model, dem_namer *namer) {
  uint32_t h[8];
  if (blob.len < sizeof h || (uintptr_t)blob.data % 4) return false;
  memcpy(h, blob.data, sizeof h);
  if (h[0] != DEM_NAME_MAGIC || h[1] != DEM_NAME_VERSION || h[2] != DEM_NAME_TAGS) return false;
  if (h[3] > 24 || h[4] > 24) return false;
  uint64_t moves = sizeof(int16_t) * DEM_NAME_MOVES;
  uint64_t words = (uint64_t)4 << h[3], buckets = 4 * (((uint64_t)1 << h[4]) + 1), cells = (uint64_t)h[5] * 2;
  if (sizeof h + moves + words + buckets + cells != blob.len) return false;
  const char *p = blob.data + sizeof h;
  *namer = (dem_namer){.move = (const int16_t *)(const void *)p,
                       .word = (const uint32_t *)(const void *)(p + moves),
                       .bucket = (const uint32_t *)(const void *)(p + moves + words),
                       .cell = (const uint16_t *)(const void *)(p + moves + words + buckets),
                       .word_mask = (1u << h[3]) - 1,
                       .bucket_mask = (1u << h[4]) - 1,
                       .cells = h[5]};
  if (!model) return true;
  namer->states = dem_model_table(model, DEM_TABLE_STATES);
  namer->organisations = dem_model_table(model, DEM_TABLE_ORGANISATIONS);
  namer->people = dem_model_table(model, DEM_TABLE_PEOPLE);
  namer->places = dem_model_gazetteer(model);
  return true;
}

static void add_feature(const dem_namer *n, uint64_t feature, int32_t *score) {
  uint32_t bucket = (uint32_t)feature & n->bucket_mask, at = n->bucket[bucket], end = n->bucket[bucket + 1];
  if (end > n->cells) return;
  while (at < end) {
    bool found = n->cell[at++] == feature >> 48, last = false;
    for (; at < end && !last; at++) {
      uint16_t cell = n->cell[at];
      last = cell & DEM_NAME_LAST;
      if (found) score[cell & 31] += (int8_t)(cell >> 8);
    }
    if (found) return;
  }
}

typedef struct chain {
  const dem_namer *namer;
  dem_doc *doc;
  dem_name_seen seen;
  uint8_t from[DEM_NAME_TAGS][DEM_NAME_TAGS + 1];  /* tags that may stand before each, 255 ends */
  uint8_t before[DEM_SENTENCE_MAX][DEM_NAME_TAGS]; /* the best tag of the word before */
  dem_name_words words;
  uint32_t first; /* token of words[0] */
} chain;

static void list_moves(chain *c) {
  for (unsigned to = 0; to < DEM_NAME_TAGS; to++) {
    unsigned n = 0;
    for (unsigned from = 0; from < DEM_NAME_TAGS; from++)
      if (dem_name_may_follow(from, to)) c->from[to][n++] = (uint8_t)from;
    c->from[to][n] = 255;
  }
}

/* Scores of the tags of one word. Where no capital is, nor any around, nothing but O may be: most words, so most of the time is
 * saved here. */
static void score_word(const dem_namer *namer, const dem_name_word *w, int32_t score[32]) {
  uint64_t feature[DEM_NAME_FEATURES];
  uint32_t n = w->place ? dem_name_features(w, feature) : 0;
  memset(score, 0, 32 * sizeof *score);
  if (!w->place) score[0] = SURE;
  for (uint32_t k = 0; k < n; k++) add_feature(namer, feature[k], score);
}

/* The tag that the network gave the token, 0 where it gave none. */
static unsigned tag_by_network(const dem_token *t, bool last) {
  if (!t->name) return 0;
  bool ends = last || t[1].name != t->name || t[1].name_begin;
  unsigned part = t->name_begin ? (ends ? KIND_ALONE : KIND_BEGINS) : ends ? KIND_ENDS : KIND_GOES_ON;
  return 1u + 4u * (t->name - 1u) + part;
}

/* What the network took for a name counts, more so its exact tag (weights tuned on EN-WW dev: F1 80.1 without, 80.7 with). */
static void add_network(int32_t score[32], unsigned tag) {
  if (!tag) return;
  score[tag] += 2 * NETWORK;
  for (unsigned k = 0; k < 4; k++) score[1 + (tag - 1) / 4 * 4 + k] += NETWORK;
}

static void step(chain *c, uint32_t i, int32_t *best) {
  int32_t now[DEM_NAME_TAGS], score[32];
  const dem_name_word *w = &dem_name_words_at(&c->words)[i];
  const int16_t *move = c->namer->move + (size_t)w->class * DEM_NAME_TAGS * DEM_NAME_TAGS;
  score_word(c->namer, w, score);
  if (w->place) add_network(score, tag_by_network(&c->doc->tokens.at[c->first + i], i + 1 == c->words.n));
  for (unsigned to = 0; to < DEM_NAME_TAGS; to++) {
    now[to] = NEVER;
    for (const uint8_t *from = c->from[to]; *from != 255; from++) {
      int32_t sum = best[*from] + move[*from * DEM_NAME_TAGS + to];
      if (sum <= now[to]) continue;
      now[to] = sum;
      c->before[i][to] = *from;
    }
    now[to] += score[to];
  }
  memcpy(best, now, sizeof now);
}

static void name_piece(chain *c, const dem_sentence *piece) {
  int32_t best[DEM_NAME_TAGS];
  unsigned tag = 0;
  c->first = piece->first;
  dem_name_words_fill(c->namer, c->doc, &c->seen, piece, &c->words);
  for (unsigned k = 0; k < DEM_NAME_TAGS; k++) best[k] = k ? NEVER : 0;
  for (uint32_t i = 0; i < c->words.n; i++) step(c, i, best);
  for (unsigned k = 1; k < DEM_NAME_TAGS; k++)
    if (best[k] > best[tag] && dem_name_may_follow(k, 0)) tag = k;
  for (uint32_t i = c->words.n; i-- > 0; tag = c->before[i][tag]) {
    dem_token *t = &c->doc->tokens.at[piece->first + i];
    t->name = (uint8_t)(tag ? 1 + (tag - 1) / 4 : 0);
    t->name_begin = tag && ((tag - 1) % 4 == KIND_BEGINS || (tag - 1) % 4 == KIND_ALONE);
  }
}

/* One past the last token of the piece that begins at `first`: a sentence of a corpus may be a paragraph. */
static uint32_t piece_end(const dem_doc *doc, uint32_t first, uint32_t last) {
  for (uint32_t i = first; i + 1 < last; i++) {
    dem_str norm = doc->tokens.at[i].norm;
    bool stop = dem_str_is(norm, ".") || dem_str_is(norm, "?") || dem_str_is(norm, "!");
    if (stop && !dem_is_lower((unsigned char)doc->text.data[doc->tokens.at[i + 1].span.begin])) return i + 1;
  }
  return last;
}

uint32_t dem_name_stretch(const dem_doc *doc, uint32_t sentence) {
  uint32_t last = sentence, n = 0;
  while (last < doc->sentences.n && n < DEM_NAME_STRETCH) {
    n += doc->sentences.at[last].last - doc->sentences.at[last].first;
    last++;
  }
  return last;
}

void dem_name_doc(const dem_namer *namer, dem_doc *doc) {
  chain *c = dem_new(&doc->arena, chain);
  c->namer = namer;
  c->doc = doc;
  list_moves(c);
  for (uint32_t i = 0; i < doc->sentences.n;) {
    uint32_t last = dem_name_stretch(doc, i);
    dem_name_seen_in(doc, i, last, &c->seen);
    for (; i < last; i++) {
      dem_sentence piece = doc->sentences.at[i];
      for (uint32_t end = piece.last; piece.first < end; piece.first = piece.last) {
        piece.last = piece_end(doc, piece.first, end);
        name_piece(c, &piece);
      }
    }
  }
}
