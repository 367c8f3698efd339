/* Decides where sentences end: after a full stop, question or exclamation mark (and the quotes and brackets that close on it)
 * when what follows does not go on in lower case; never across paragraphs. A dot that belongs to an abbreviation ends a
 * sentence only before a word that likes to begin one. Quotations followed by their "he said" stay in one sentence.
 * Invariant: sentences tile the tokens; none is empty or longer than DEM_SENTENCE_MAX. */
#include "text/segment.h"

#include "base/utf8.h"
#include "text/token.h"

static dem_str form(const dem_doc *doc, uint32_t token) { return dem_doc_slice(doc, doc->tokens.at[token].span); }

static uint32_t first_cp(dem_str s) {
  size_t at = 0;
  return s.len ? dem_utf8_next(s, &at) : 0;
}

/* Quotes and brackets that may close after a full stop. */
static bool closes(dem_str s) {
  uint32_t cp = first_cp(s);
  return cp == '"' || cp == '\'' || cp == ')' || cp == ']' || cp == 0x201D || cp == 0x2019 || cp == 0xBB || cp == '}';
}

static bool is_stop(dem_str s) {
  uint32_t cp = first_cp(s);
  return cp == '.' || cp == '!' || cp == '?' || cp == 0x2026 || cp == 0x3002;
}

static bool starts_sentence(dem_str s) {
  static const char *const words[] = {"the", "a", "an", "he", "she", "it", "they", "we", "i", "you", "this", "that", "these", "those",
                                      "in", "on", "at", "but", "and", "however", "if", "when", "there", "his", "her", "its", "their",
                                      "after", "for", "as", "while", "although", "since", "by", "with", "what", "who", "no", "some"};
  for (size_t i = 0; i < sizeof words / sizeof *words; i++)
    if (dem_str_is_nocase(s, words[i])) return true;
  return false;
}

/* Is `token` followed by a new sentence? It is not the last of its paragraph. */
static bool ends_here(const dem_doc *doc, uint32_t token) {
  uint32_t stop = token, next = token + 1;
  while (stop > 0 && token - stop < 3 && closes(form(doc, stop)) && !doc->tokens.at[stop - 1].space_after) stop--;
  dem_str mark = form(doc, stop), follow = form(doc, next);
  if (!doc->tokens.at[token].space_after || (closes(follow) && doc->tokens.at[next].space_after)) return false;
  uint32_t cp = first_cp(follow);
  bool small = dem_cp_is_letter(cp) && !dem_cp_is_upper(cp) && dem_cp_lower(cp) == cp;
  if (is_stop(mark)) return !small && !(mark.data[0] == '.' && mark.len > 1 && stop == token && !dem_cp_is_upper(cp));
  if (!dem_str_ends(mark, ".") || mark.len < 3 || stop != token) return false;
  bool dotted = memchr(mark.data, '.', mark.len - 1) != NULL; /* U.S., p.m. */
  return dem_cp_is_upper(cp) && (dotted || dem_str_is(mark, "etc.") || dem_str_is(mark, "Inc.")) && starts_sentence(follow);
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

/* Tokens [first, tokens.n) are one paragraph: close its sentences. */
static void close_sentences(dem_doc *doc, uint32_t first, uint32_t paragraph) {
  uint32_t all = doc->tokens.n, begin = first;
  for (uint32_t i = first; i < all; i++) {
    if (i + 1 < all && !ends_here(doc, i)) continue;
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

void dem_segment(dem_doc *doc) {
  dem_span skip = doc->dateline.span;
  if (!doc->paragraphs.n) find_paragraphs(doc);
  for (uint32_t p = 0; p < doc->paragraphs.n; p++) {
    dem_span span = doc->paragraphs.at[p];
    uint32_t first = doc->tokens.n;
    bool cut = skip.begin < skip.end && skip.begin >= span.begin && skip.end <= span.end;
    if (cut) {
      dem_tokenize(doc, (dem_span){span.begin, skip.begin});
      close_sentences(doc, first, p);
      first = doc->tokens.n;
      span.begin = skip.end;
    }
    dem_tokenize(doc, span);
    close_sentences(doc, first, p);
  }
}
