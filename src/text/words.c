/* Lays a sentence's words out with their padding: zeros before, then the words, ROOT, NONE, zeros. */
#include "text/words.h"

void dem_words_fill(const dem_doc *doc, const dem_sentence *sentence, dem_words *words) {
  uint32_t n = sentence->last - sentence->first;
  dem_word *w = dem_words_at(words);
  words->n = n;
  for (uint32_t i = 0; i < n; i++) {
    const dem_token *t = &doc->tokens.at[sentence->first + i];
    dem_word_make(dem_doc_slice(doc, t->span), t->norm, &w[i]);
  }
  for (uint32_t i = 0; i < DEM_PAD; i++) words->room[i] = w[n + i] = (dem_word){0};
  words->upos[n] = words->upos[n + 1] = 0;
}
