/* What a user's dictionary says is not to be coded (classes discard-… of words/words, from `demarche lexicon import`): sentences
 * and stories that hold such a phrase give no events, a bare year in the list makes them history. Our own lexicon has none.
 * Cost: one look-up a token. */
#include "code/coder.h"

static bool is_class(const dem_table *words, uint32_t first, const char *class) {
  for (uint32_t row = first, end = dem_table_end(words, first); row < end; row++)
    if (dem_str_is(dem_table_cell(words, row, WORDS_CLASS), class)) return true;
  return false;
}

dem_discard dem_discard_of(const dem_coder *c, uint32_t s) {
  const dem_sentence at = c->doc->sentences.at[s];
  dem_discard found = DEM_DISCARD_NO;
  for (uint32_t t = at.first; t < at.last; t++) {
    dem_match m = dem_doc_match(c->doc, c->words, t, at.last);
    if (m.row == DEM_NONE) continue;
    dem_discard one = is_class(c->words, m.row, "discard-story")      ? DEM_DISCARD_STORY
                      : is_class(c->words, m.row, "discard-sentence") ? DEM_DISCARD_SENTENCE
                      : is_class(c->words, m.row, "discard-year")     ? DEM_DISCARD_YEAR
                                                                      : DEM_DISCARD_NO;
    if (one > found) found = one;
    if (one >= DEM_DISCARD_SENTENCE)
      dem_doc_reason(c->doc, s, "left out: \"%.*s\" is a discard", DEM_FMT(dem_table_cell(c->words, m.row, WORDS_FORM)));
  }
  return found;
}
