/* A speaker by position: reporters put the speaker's words next to the verb, so where the parser lost the subject the nearest
 * run of nominal words on the right side is taken. Behind punctuation the verb may come first (", said Peskov"); an apposition
 * between commas is stepped over. Windows are constant, ranges stay in the sentence. It refuses runs without a noun. */
#include "find/said_near.h"

#define RUN 16u   /* tokens of a noun phrase */
#define ASIDE 20u /* tokens of an apposition */

static const dem_token *tok(const dem_doc *doc, uint32_t t) { return &doc->tokens.at[t]; }

static bool is_nominal(const dem_doc *doc, uint32_t t) {
  switch (tok(doc, t)->upos) {
    case DEM_UPOS_NOUN:
    case DEM_UPOS_PROPN:
    case DEM_UPOS_PRON:
    case DEM_UPOS_DET:
    case DEM_UPOS_ADJ:
    case DEM_UPOS_NUM: return true;
    case DEM_UPOS_PART: return dem_str_starts(tok(doc, t)->norm, "'");
    case DEM_UPOS_ADP: return dem_str_is(tok(doc, t)->norm, "of");
    default: return false;
  }
}

static bool is_head(const dem_doc *doc, uint32_t t) {
  uint8_t pos = tok(doc, t)->upos;
  return pos == DEM_UPOS_NOUN || pos == DEM_UPOS_PROPN || pos == DEM_UPOS_PRON;
}

/* The last noun before "of"; without a noun the adjective behind an article ("the accused"); DEM_NONE when there is none. */
static uint32_t head_in(const dem_doc *doc, dem_range r) {
  uint32_t head = DEM_NONE;
  for (uint32_t t = r.first; t < r.last; t++) {
    if (head != DEM_NONE && tok(doc, t)->upos == DEM_UPOS_ADP) break;
    if (is_head(doc, t)) head = t;
  }
  bool accused = r.last > r.first + 1 && tok(doc, r.last - 1)->upos == DEM_UPOS_ADJ && tok(doc, r.first)->upos == DEM_UPOS_DET;
  return head == DEM_NONE && accused ? r.last - 1 : head;
}

/* Before an apposition that ends at the comma `t`: the token behind the name, i.e. the first comma of the two. */
static uint32_t over_aside(const dem_doc *doc, uint32_t t, uint32_t first) {
  for (uint32_t n = 1; n < ASIDE && t >= first + n; n++)
    if (dem_str_is(tok(doc, t - n)->norm, ",")) return t - n;
  return t;
}

/* Leftwards over nominal words; wide: over prepositions and "and", too, as long as the run does not begin with one. */
static dem_range run_to(const dem_doc *doc, uint32_t last, uint32_t first, bool wide) {
  dem_range r = {last, last};
  while (r.first > first && r.last - r.first < RUN) {
    uint8_t pos = tok(doc, r.first - 1)->upos;
    if (!is_nominal(doc, r.first - 1) && !(wide && (pos == DEM_UPOS_ADP || pos == DEM_UPOS_CCONJ))) break;
    r.first--;
  }
  return r;
}

static dem_range run_before(const dem_doc *doc, uint32_t verb, uint32_t first) {
  uint32_t last = verb;
  while (last > first && (tok(doc, last - 1)->upos == DEM_UPOS_AUX || tok(doc, last - 1)->upos == DEM_UPOS_ADV)) last--;
  if (last > first && dem_str_is(tok(doc, last - 1)->norm, ",")) last = over_aside(doc, last - 1, first);
  dem_range r = run_to(doc, last, first, true);
  return r.first < r.last && is_nominal(doc, r.first) ? r : run_to(doc, last, first, false);
}

/* Rightwards; an apposition after a comma goes with it when it ends the clause. */
static dem_range run_after(const dem_doc *doc, uint32_t verb, uint32_t end) {
  dem_range r = {verb + 1, verb + 1};
  while (r.last < end && r.last - r.first < RUN && is_nominal(doc, r.last)) r.last++;
  bool aside = r.last + 1 < end && r.last > r.first && dem_str_is(tok(doc, r.last)->norm, ",") &&
               tok(doc, r.last + 1)->upos == DEM_UPOS_DET;
  uint32_t t = r.last + 1;
  while (aside && t < end && t - r.last < ASIDE && tok(doc, t)->upos != DEM_UPOS_PUNCT) t++;
  if (aside && t < end && tok(doc, t)->upos == DEM_UPOS_PUNCT) r.last = t;
  return r;
}

static bool is_weekday(const dem_doc *doc, uint32_t t) {
  return tok(doc, t)->upos == DEM_UPOS_PROPN && dem_str_ends(tok(doc, t)->norm, "day");
}

/* Does the subject follow the verb (", said Peskov", "Said Peskov:")? Then its run is *after. */
static bool is_inverted(const dem_doc *doc, uint32_t verb, dem_range *after) {
  const dem_sentence *s = &doc->sentences.at[tok(doc, verb)->sentence];
  if ((verb > s->first && tok(doc, verb - 1)->upos != DEM_UPOS_PUNCT) || dem_str_is(tok(doc, verb)->lemma, "tell")) return false;
  *after = run_after(doc, verb, s->last);
  uint32_t head = head_in(doc, *after);
  if (head == DEM_NONE || is_weekday(doc, head)) return false;
  uint8_t next = after->last < s->last ? tok(doc, after->last)->upos : DEM_UPOS_PUNCT;
  return next == DEM_UPOS_PUNCT || next == DEM_UPOS_ADP || next == DEM_UPOS_ADV || next == DEM_UPOS_SCONJ;
}

bool dem_said_near(const dem_doc *doc, uint32_t verb, dem_range *words, uint32_t *head) {
  if (!is_inverted(doc, verb, words)) *words = run_before(doc, verb, doc->sentences.at[tok(doc, verb)->sentence].first);
  *head = head_in(doc, *words);
  *words = dem_said_trim(doc, *words);
  return *head != DEM_NONE;
}

static bool is_comma(const dem_doc *doc, uint32_t t) {
  return tok(doc, t)->upos == DEM_UPOS_PUNCT && !dem_str_is(tok(doc, t)->norm, ":") && !dem_str_is(tok(doc, t)->norm, ";");
}

static bool has_verb(const dem_doc *doc, dem_range r) {
  for (uint32_t t = r.first; t < r.last; t++)
    if (tok(doc, t)->upos == DEM_UPOS_VERB || tok(doc, t)->upos == DEM_UPOS_AUX) return true;
  return false;
}

/* Where the reporting clause ends: the next punctuation; DEM_NONE when a clause of its own comes before that. */
static uint32_t aside_end(const dem_doc *doc, uint32_t from, uint32_t end) {
  uint32_t t = from;
  while (t < end && t - from < ASIDE && tok(doc, t)->upos != DEM_UPOS_PUNCT) t++;
  if (t == end) return end;
  if (tok(doc, t)->upos != DEM_UPOS_PUNCT || !is_comma(doc, t) || has_verb(doc, (dem_range){from, t})) return DEM_NONE;
  return t;
}

/* Behind the verb only a time, a place or somebody spoken to, no object that would be the content. */
static bool is_empty_after(const dem_doc *doc, uint32_t verb, uint32_t stop) {
  if (verb + 1 >= stop) return true;
  switch (tok(doc, verb + 1)->upos) {
    case DEM_UPOS_ADP:
    case DEM_UPOS_ADV:
    case DEM_UPOS_PROPN: return true;
    case DEM_UPOS_NOUN: return dem_str_ends(tok(doc, verb + 1)->lemma, "s") || stop - verb < 4;
    default: return dem_str_is(tok(doc, verb)->lemma, "tell");
  }
}

bool dem_said_aside_at(const dem_doc *doc, uint32_t verb, dem_said_aside *out) {
  const dem_sentence *s = &doc->sentences.at[tok(doc, verb)->sentence];
  if (verb < s->first + 2) return false;
  bool inverted = is_inverted(doc, verb, &out->speaker) && is_comma(doc, verb - 1);
  if (!inverted) out->speaker = run_before(doc, verb, s->first);
  out->head = head_in(doc, out->speaker);
  uint32_t from = inverted ? verb : out->speaker.first;
  if (out->head == DEM_NONE || from < s->first + 2 || !is_comma(doc, from - 1)) return false;
  uint32_t stop = aside_end(doc, inverted ? out->speaker.last : verb + 1, s->last);
  if (stop == DEM_NONE || (!inverted && !is_empty_after(doc, verb, stop))) return false;
  out->words = (dem_range){from, stop};
  bool participle = stop + 1 < s->last && dem_str_is(tok(doc, stop + 1)->tag, "VBG"); /* ", citing": of the reporting clause */
  out->around = (dem_range){s->first, participle ? stop : s->last};
  bool marked = !dem_str_is(tok(doc, from - 1)->norm, ","); /* right behind a quotation mark */
  return marked || has_verb(doc, (dem_range){s->first, from}) || has_verb(doc, (dem_range){stop, out->around.last});
}
