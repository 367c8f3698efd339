/* Decides where sentences end: in the gaps between tokens that the learned weights (gap.h) call an end; never across paragraphs,
 * never around the dateline. Invariant: sentences tile the tokens; none is empty or longer than DEM_SENTENCE_MAX. Refuses nothing:
 * without weights a stop that no small letter follows is an end. */
#include "text/segment.h"

#include "text/gap.h"
#include "text/token.h"

/* The program's own judgement, where there are no weights: a stop, and no small letter after it. */
static bool plain_end(const dem_doc *doc, uint32_t token) {
  const dem_token *t = &doc->tokens.at[token];
  dem_str mark = dem_doc_slice(doc, t[0].span), follow = dem_doc_slice(doc, t[1].span);
  return t->space_after && mark.len == 1 && strchr(".!?", mark.data[0]) && !dem_is_lower((unsigned char)follow.data[0]);
}

typedef struct splitter {
  dem_doc *doc;
  dem_gap_weights weights;
  dem_gaps gaps;
} splitter;

/* Does a sentence end with token i of the paragraph whose tokens begin at `first`? */
static bool ends_here(splitter *s, uint32_t first, uint32_t i) {
  if (!s->weights.weight) return plain_end(s->doc, first + i);
  if (!dem_gap_open(&s->gaps, i)) return false;
  uint32_t feature[DEM_GAP_FEATURES];
  int32_t score = 0;
  dem_gap_features(&s->gaps, i, feature);
  for (uint32_t k = 0; k < DEM_GAP_FEATURES; k++) score += s->weights.weight[feature[k] & s->weights.mask];
  if (score > 0) dem_gaps_end(&s->gaps, i);
  return score > 0;
}

void dem_sentence_close(dem_doc *doc, uint32_t first, uint32_t paragraph) {
  while (first < doc->tokens.n) {
    uint32_t last = doc->tokens.n - first > DEM_SENTENCE_MAX ? first + DEM_SENTENCE_MAX : doc->tokens.n;
    uint32_t index = doc->sentences.n;
    dem_span span = {doc->tokens.at[first].span.begin, doc->tokens.at[last - 1].span.end};
    *dem_push(&doc->arena, &doc->sentences) = (dem_sentence){span, first, last, DEM_NONE, paragraph};
    for (uint32_t i = first; i < last; i++) doc->tokens.at[i].sentence = index;
    first = last;
  }
}

/* The paragraph's text from span.begin on is tokenized and its sentences are closed. */
static void split(splitter *s, dem_span span, uint32_t paragraph) {
  dem_doc *doc = s->doc;
  uint32_t first = doc->tokens.n, begin = first;
  dem_tokenize(doc, span);
  uint32_t all = doc->tokens.n;
  dem_gaps_load(&s->gaps, doc, first, all);
  for (uint32_t i = first; i < all; i++) {
    if (i + 1 < all && !ends_here(s, first, i - first)) continue;
    doc->tokens.n = i + 1; /* dem_sentence_close takes what is there */
    dem_sentence_close(doc, begin, paragraph);
    begin = i + 1;
    doc->tokens.n = all;
  }
}

static void find_paragraphs(dem_doc *doc) {
  dem_str text = doc->text;
  for (size_t at = 0; at < text.len;) {
    size_t end = dem_str_find(text, DEM_S("\n\n"), at);
    if (end == SIZE_MAX) end = text.len;
    if (end > at) *dem_push(&doc->arena, &doc->paragraphs) = (dem_span){(uint32_t)at, (uint32_t)end};
    at = end < text.len ? end + 2 : end;
  }
}

void dem_segment(dem_doc *doc, dem_str weights) {
  dem_span skip = doc->dateline.span;
  splitter *s = dem_new(&doc->arena, splitter);
  s->doc = doc;
  if (!dem_gap_weights_open(weights, &s->weights)) s->weights.weight = NULL;
  if (!doc->paragraphs.n) find_paragraphs(doc);
  for (uint32_t p = 0; p < doc->paragraphs.n; p++) {
    dem_span span = doc->paragraphs.at[p];
    if (skip.begin < skip.end && skip.begin >= span.begin && skip.end <= span.end) {
      split(s, (dem_span){span.begin, skip.begin}, p);
      span.begin = skip.end;
    }
    split(s, span, p);
  }
}
