/* Time expressions of a dispatch, in text order.
 *
 * Every sentence is cut into pieces (when_lex), at each piece the longest expression is taken (when_rule) and anchored
 * (when_solve), so that the whole is linear. What the tense of the governing verb says is asked of the tree, or, where the
 * tree is no help, of the nearest verb before. A first pass over the explicit years decides whether the text is a dispatch
 * (dates count from its publication) or a narrative of the past (dates count from the last one). Invariant: times do not
 * overlap, and a dispatch moved by some days moves every relative date by as many. */
#include "find/when.h"

#include "find/when_rule.h"
#include "find/when_solve.h"

enum { CLIMB_LIMIT = 40, TENSE_WINDOW = 12 };

typedef struct finder {
  dem_doc *doc;
  const dem_table *words;
  dem_lexes lex;
  dem_anchor anchor;
} finder;

static bool is_verb(const dem_token *t) { return t->upos == DEM_UPOS_VERB || t->upos == DEM_UPOS_AUX; }

static bool is_future_word(const dem_token *t) {
  return dem_str_is(t->norm, "will") || dem_str_is(t->norm, "'ll") || dem_str_is(t->norm, "shall") ||
         dem_str_is(t->norm, "wo") || dem_str_is(t->norm, "would");
}

static dem_tense tense_of_form(const dem_token *t) {
  return dem_str_is(t->tag, "VBD") || dem_str_is(t->tag, "VBN") ? DEM_TENSE_PAST : DEM_TENSE_UNKNOWN;
}

/* "scheduled", "planned": what is told of lies ahead, whenever it was planned. */
static bool is_plan(const finder *f, const dem_token *t) {
  uint32_t row = dem_table_find(f->words, t->lemma);
  if (row == DEM_NONE) return false;
  for (uint32_t end = dem_table_end(f->words, row); row < end; row++)
    if (dem_str_is(dem_table_cell(f->words, row, WORDS_CLASS), "time-plan")) return true;
  return false;
}

/* "They met to sign the treaty on Friday": an infinitive that a past verb governs, as its purpose, lies with that verb. */
static bool of_purpose(const finder *f, uint32_t verb) {
  const dem_token *t = f->doc->tokens.at;
  uint32_t head = t[verb].head;
  if (head == DEM_NONE || (t[verb].deprel != DEM_DEPREL_ADVCL && t[verb].deprel != DEM_DEPREL_ACL)) return false;
  if (t[verb].deprel == DEM_DEPREL_ACL) head = t[head].head;
  return head != DEM_NONE && is_verb(&t[head]) && !is_plan(f, &t[head]) && dem_str_is(t[head].tag, "VBD");
}

/* A verb with its auxiliaries: "will meet", "plans to meet", "is due to meet", "met"; the present tells nothing. */
static dem_tense tense_of_verb(const finder *f, uint32_t verb) {
  const dem_token *t = f->doc->tokens.at;
  bool to = false, present = false;
  if (is_plan(f, &t[verb])) return DEM_TENSE_FUTURE;
  for (uint32_t k = t[verb].kid; k != DEM_NONE; k = t[k].next) {
    if (t[k].upos == DEM_UPOS_AUX && is_future_word(&t[k])) return DEM_TENSE_FUTURE;
    if (t[k].upos == DEM_UPOS_AUX && tense_of_form(&t[k]) == DEM_TENSE_PAST) return DEM_TENSE_PAST;
    present |= t[k].upos == DEM_UPOS_AUX && (dem_str_is(t[k].norm, "is") || dem_str_is(t[k].norm, "are"));
    to |= t[k].deprel == DEM_DEPREL_MARK && dem_str_is(t[k].norm, "to");
  }
  if (to) return of_purpose(f, verb) ? DEM_TENSE_UNKNOWN : DEM_TENSE_FUTURE;
  return present ? DEM_TENSE_UNKNOWN : tense_of_form(&t[verb]);
}

static dem_tense tense_nearby(const dem_doc *doc, uint32_t token) {
  const dem_token *t = doc->tokens.at;
  uint32_t first = doc->sentences.at[t[token].sentence].first;
  for (uint32_t n = 0, i = token; n < TENSE_WINDOW && i > first; n++) {
    i--;
    if (is_future_word(&t[i])) return DEM_TENSE_FUTURE;
    if (is_verb(&t[i]) && tense_of_form(&t[i]) != DEM_TENSE_UNKNOWN) return tense_of_form(&t[i]);
  }
  return DEM_TENSE_UNKNOWN;
}

static bool possessive(const dem_doc *doc, uint32_t token) {
  return token + 1 < doc->tokens.n && dem_str_is(doc->tokens.at[token + 1].norm, "'s");
}

/* "Wednesday's ruling" has a past whatever the verb; "since March" as well. */
static dem_tense tense_at(const finder *f, uint32_t token) {
  const dem_doc *doc = f->doc;
  const dem_token *t = doc->tokens.at;
  if (possessive(doc, token)) return DEM_TENSE_UNKNOWN;
  if (token > 1 && dem_str_is(t[token - 1].norm, "as") && (dem_str_is(t[token - 2].norm, "soon") || dem_str_is(t[token - 2].norm, "early")))
    return DEM_TENSE_FUTURE; /* "as early as Tuesday" */
  if (token > 0 && dem_str_is(t[token - 1].norm, "since")) return DEM_TENSE_PAST;
  uint32_t at = token;
  for (uint32_t n = 0; n < CLIMB_LIMIT && at != DEM_NONE && !is_verb(&t[at]); n++) at = t[at].head;
  if (at == DEM_NONE || !is_verb(&t[at])) return tense_nearby(doc, token);
  dem_tense tense = tense_of_verb(f, at);
  for (uint32_t n = 0; n < 3 && tense == DEM_TENSE_UNKNOWN && t[at].deprel == DEM_DEPREL_XCOMP; n++) { /* "is to resume trading Friday" */
    at = t[at].head;
    tense = tense_of_verb(f, at);
  }
  return tense == DEM_TENSE_UNKNOWN ? tense_nearby(doc, token) : tense;
}

/* Widen to whole tokens for the token range; the span itself stays as the pieces say. */
static void place_time(finder *f, uint32_t i, uint32_t end, dem_time *time) {
  const dem_lex *first = &f->lex.at[i], *last = &f->lex.at[end - 1];
  time->span = (dem_span){first->span.begin, last->span.end};
  time->first = first->token;
  time->last = last->token + 1;
}

static void take(finder *f, uint32_t i, uint32_t end, const dem_when *when) {
  dem_time time = {0};
  place_time(f, i, end, &time);
  dem_tense tense = tense_at(f, time.first);
  bool told = f->anchor.narrative || tense == DEM_TENSE_PAST;
  if (told && when->kind == DEM_WHEN_REF && dem_str_is(f->lex.at[i].word, "soon")) return; /* "soon besieged": no date of ours */
  dem_when_solve(f->doc, when, tense, &f->anchor, &time);
  *dem_push(&f->doc->arena, &f->doc->times) = time;
  dem_str text = dem_doc_slice(f->doc, time.span);
  dem_doc_reason(f->doc, f->doc->tokens.at[time.first].sentence, "time \"%.*s\": %.*s, %.*s", DEM_FMT(text),
                 DEM_FMT(time.value), DEM_FMT(time.rule));
}

static bool glued_to_word(const finder *f, uint32_t i) {
  const dem_lex *l = f->lex.at;
  return i > 0 && l[i].glued && l[i - 1].kind == DEM_LEX_SIGN && (l[i - 1].sign == '/' || l[i - 1].sign == '_' || l[i - 1].sign == '@');
}

/* "PARIS, June 26 (AFP) -": no part of a sentence, so its time has no tokens, and no event takes it for its own. */
static void find_in_dateline(finder *f) {
  dem_span span = f->doc->dateline.span;
  if (span.begin >= span.end || f->doc->tokens.n == 0) return;
  dem_lex_sentence(f->doc, f->words, &(dem_sentence){.span = span}, &f->lex);
  for (uint32_t i = 0; i + DEM_LEX_PADDING < f->lex.n; i++) {
    dem_when when;
    uint32_t end = dem_when_at(f->doc, f->lex.at, i, false, &when);
    if (end == i || when.kind != DEM_WHEN_CALENDAR || when.day == DEM_UNSAID || when.month == DEM_UNSAID) continue;
    dem_time time = {.span = {f->lex.at[i].span.begin, f->lex.at[end - 1].span.end}};
    dem_when_solve(f->doc, &when, DEM_TENSE_UNKNOWN, &f->anchor, &time);
    *dem_push(&f->doc->arena, &f->doc->times) = time;
    return;
  }
}

static bool has_figures(const finder *f) {
  for (uint32_t i = 0; i < f->lex.n; i++) {
    const dem_lex *l = &f->lex.at[i];
    if (l->kind == DEM_LEX_SIGN ? l->sign == '$' || l->sign == '%'
                                : dem_str_in_list(DEM_S("million|billion|cents|percent|revenue|profit"), l->word))
      return true;
  }
  return false;
}

static void find_in_sentence(finder *f, const dem_sentence *sentence) {
  dem_lex_sentence(f->doc, f->words, sentence, &f->lex);
  f->anchor.figures = has_figures(f);
  for (uint32_t i = 0; i + DEM_LEX_PADDING < f->lex.n;) {
    dem_when when;
    uint32_t end = glued_to_word(f, i) ? i : dem_when_at(f->doc, f->lex.at, i, f->anchor.bc, &when);
    if (end > i) take(f, i, end, &when);
    i = end > i ? end : i + 1;
  }
}

/* A text whose explicit years mostly lie well before its publication, and that hardly speaks of weekdays, tells history. */
static void survey(finder *f) {
  uint32_t years = 0, old = 0, bc = 0, days = 0;
  int32_t now = f->anchor.published == DEM_NO_DAY ? INT32_MAX : dem_civil_of(f->anchor.published).year;
  for (uint32_t s = 0; s < f->doc->sentences.n; s++) {
    dem_lex_sentence(f->doc, f->words, &f->doc->sentences.at[s], &f->lex);
    for (uint32_t i = 0; i + DEM_LEX_PADDING < f->lex.n; i++) {
      dem_when when;
      days += f->lex.at[i].kind == DEM_LEX_DAY || (f->lex.at[i].kind == DEM_LEX_WEEKDAY && f->lex.at[i].capital);
      if (f->lex.at[i].kind != DEM_LEX_DIGITS || dem_when_at(f->doc, f->lex.at, i, false, &when) == i) continue;
      if (when.kind != DEM_WHEN_CALENDAR || when.year == DEM_UNSAID) continue;
      years++;
      bc += when.bc;
      old += when.bc || when.year < now - 1;
    }
  }
  f->anchor.narrative = years >= 5 && old * 10 > years * 7 && days * 5 < years;
  f->anchor.bc = bc >= 3;
}

void dem_find_when(dem_doc *doc, const dem_model *model) {
  finder f = {doc, dem_model_table(model, DEM_TABLE_WORDS), {0}, {.published = doc->published_day, .last = DEM_NO_DAY, .quarter = DEM_NO_DAY}};
  survey(&f);
  find_in_dateline(&f);
  for (uint32_t s = 0; s < doc->sentences.n; s++) find_in_sentence(&f, &doc->sentences.at[s]);
}
