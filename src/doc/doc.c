/* Walking the sheet: spans, tree, mentions, lexicon look-up. No stage's knowledge lives here. */
#include "doc/doc.h"

#include <stdarg.h>
#include <stdio.h>

#include "base/utf8.h"

dem_str dem_doc_slice(const dem_doc *doc, dem_span span) { return dem_str_sub(doc->text, span.begin, span.end); }

dem_str dem_doc_words(const dem_doc *doc, uint32_t first, uint32_t last) {
  if (first >= last || last > doc->tokens.n) return (dem_str){NULL, 0};
  return dem_doc_slice(doc, (dem_span){doc->tokens.at[first].span.begin, doc->tokens.at[last - 1].span.end});
}

uint32_t dem_doc_token_from(const dem_doc *doc, uint32_t byte) {
  uint32_t low = 0, high = doc->tokens.n;
  while (low < high) {
    uint32_t mid = low + (high - low) / 2;
    if (doc->tokens.at[mid].span.begin < byte) low = mid + 1;
    else high = mid;
  }
  return low;
}

void dem_doc_note(dem_doc *doc, const char *code, dem_str message, dem_span span) {
  *dem_push(&doc->arena, &doc->notes) = (dem_note){dem_str_of(code), message, span};
}

void dem_doc_reason(dem_doc *doc, uint32_t sentence, const char *format, ...) {
  if (!doc->option_explain) return;
  char line[512];
  va_list args;
  va_start(args, format);
  int n = vsnprintf(line, sizeof line, format, args);
  va_end(args);
  if (n < 0) return;
  size_t len = (size_t)n < sizeof line ? (size_t)n : sizeof line - 1;
  while (len && ((unsigned char)line[len] & 0xC0) == 0x80 && (size_t)n >= sizeof line) len--; /* cut at a character */
  dem_str text = dem_str_copy(&doc->arena, (dem_str){line, len});
  *dem_push(&doc->arena, &doc->reasons) = (dem_reason){sentence, text};
}

uint32_t dem_kid(const dem_doc *doc, uint32_t head, dem_deprel rel) {
  for (uint32_t k = doc->tokens.at[head].kid; k != DEM_NONE; k = doc->tokens.at[k].next)
    if (doc->tokens.at[k].deprel == rel) return k;
  return DEM_NONE;
}

uint32_t dem_kid_after(const dem_doc *doc, uint32_t kid, dem_deprel rel) {
  for (uint32_t k = doc->tokens.at[kid].next; k != DEM_NONE; k = doc->tokens.at[k].next)
    if (doc->tokens.at[k].deprel == rel) return k;
  return DEM_NONE;
}

bool dem_under(const dem_doc *doc, uint32_t token, uint32_t ancestor) {
  while (token != DEM_NONE && token != ancestor) token = doc->tokens.at[token].head;
  return token == ancestor;
}

void dem_subtree(const dem_doc *doc, uint32_t token, uint32_t *first, uint32_t *last) {
  const dem_token *t = doc->tokens.at;
  uint32_t left = token, right = token; /* leftmost kids go left, last kids go right; projective or nearly so */
  while (t[left].kid != DEM_NONE && t[left].kid < left) left = t[left].kid;
  for (uint32_t k = t[right].kid; k != DEM_NONE;) {
    uint32_t end = k;
    while (t[end].next != DEM_NONE) end = t[end].next;
    if (end <= right) break;
    right = end;
    k = t[right].kid;
  }
  *first = left;
  *last = right + 1;
}

static bool smaller(const dem_doc *doc, uint32_t mention, uint32_t than) {
  if (than == DEM_NONE) return true;
  const dem_mention *a = &doc->mentions.at[mention], *b = &doc->mentions.at[than];
  return a->last - a->first < b->last - b->first;
}

void dem_doc_index_mentions(dem_doc *doc) {
  for (uint32_t i = 0; i < doc->tokens.n; i++) doc->tokens.at[i].mention = doc->tokens.at[i].over = DEM_NONE;
  for (uint32_t i = 0; i < doc->mentions.n; i++) {
    const dem_mention *m = &doc->mentions.at[i];
    if (smaller(doc, i, doc->tokens.at[m->head].mention)) doc->tokens.at[m->head].mention = i;
    for (uint32_t t = m->first; t < m->last; t++)
      if (smaller(doc, i, doc->tokens.at[t].over)) doc->tokens.at[t].over = i;
  }
}

void dem_doc_index_tree(dem_doc *doc) {
  dem_token *t = doc->tokens.at;
  for (uint32_t i = 0; i < doc->tokens.n; i++) t[i].kid = t[i].next = DEM_NONE;
  for (uint32_t s = 0; s < doc->sentences.n; s++) {
    dem_sentence *sentence = &doc->sentences.at[s];
    sentence->root = DEM_NONE;
    for (uint32_t i = sentence->last; i-- > sentence->first;) {
      if (t[i].head == DEM_NONE) {
        sentence->root = i;
        continue;
      }
      t[i].next = t[t[i].head].kid; /* right to left, so that kids end up in order */
      t[t[i].head].kid = i;
    }
  }
}

dem_match dem_doc_match(dem_doc *doc, const dem_table *table, uint32_t first, uint32_t limit) {
  dem_match best = {DEM_NONE, first};
  uint32_t reach = dem_table_reach(table, doc->tokens.at[first].norm);
  char key[256];
  size_t n = 0;
  for (uint32_t i = first; reach && i < limit && i < doc->tokens.n; i++) {
    const dem_token *t = &doc->tokens.at[i];
    if (i > first && doc->tokens.at[i - 1].space_after) key[n++] = ' ';
    if (n + t->norm.len > reach || n + t->norm.len + 1 > sizeof key) break;
    memcpy(key + n, t->norm.data, t->norm.len);
    n += t->norm.len;
    uint32_t row = dem_table_find(table, (dem_str){key, n});
    if (row != DEM_NONE) best = (dem_match){row, i + 1};
  }
  return best;
}

dem_match dem_doc_match_place(dem_doc *doc, const dem_gazetteer *gazetteer, uint32_t first, uint32_t limit) {
  dem_match best = {DEM_NONE, first};
  char key[256];
  size_t n = 0;
  for (uint32_t i = first; i < limit && i < doc->tokens.n; i++) {
    const dem_token *t = &doc->tokens.at[i];
    if (i > first && doc->tokens.at[i - 1].space_after) key[n++] = ' ';
    if (n + t->norm.len + 1 > sizeof key) break;
    memcpy(key + n, t->norm.data, t->norm.len);
    n += t->norm.len;
    dem_gaz_hit hit = dem_gazetteer_find(gazetteer, (dem_str){key, n});
    if (hit.row != DEM_NONE) best = (dem_match){hit.row, i + 1};
    if (!hit.more) break;
  }
  return best;
}
