/* From marks and cues to quotations. Three passes: stretches between marks that are somebody's very words (direct) look for the
 * cue around them; cues that govern a clause or a phrase give what they govern (indirect); the remaining stretches inside such
 * a clause are quoted fragments (mixed). At last the quotes are put in order and those that stand inside another get the
 * chain of who reports them. Invariants: a cue is used up by the direct quotation it introduces, spans lie in the text, quotes
 * are in text order. It does not resolve pronouns; it remembers the speaker's word, and dem_said_settle asks again. */
#include "find/said.h"

#include "find/said_cue.h"
#include "find/said_marks.h"
#include "find/said_near.h"

#define AFTER 24u  /* tokens searched for a cue behind a quotation */
#define BEFORE 30u /* and before it */
#define STRANGE 8u /* tokens behind it for a verb that is no cue */
#define GAP 40u    /* tokens between two pieces of one quotation, at the most */
#define DEEP 8u    /* quotations inside each other */

typedef struct work {
  dem_doc *doc;
  dem_cues cues;
  dem_stretches marks;
  dem_range *words;    /* of each stretch */
  uint32_t *parent;    /* stretch + 1 around a stretch; 0 none */
  uint32_t *inside;    /* innermost stretch + 1 of each token; 0 none */
  uint32_t *cue_at;    /* cue + 1 that begins at each token; 0 none */
  uint32_t *first_cue; /* of each sentence, one more than sentences */
  uint32_t *quote_of;  /* quote + 1 of each stretch; 0 none */
  uint32_t *spent;     /* quote + 1 that used up each cue; 0 none */
  uint32_t *told;      /* quote + 1 that has each cue's own content; 0 none */
} work;

static const dem_token *tok(const work *w, uint32_t t) { return &w->doc->tokens.at[t]; }

static bool is_punct(const work *w, uint32_t t) { return tok(w, t)->upos == DEM_UPOS_PUNCT; }

static char last_byte(const work *w, dem_span s) { return s.end > s.begin ? w->doc->text.data[s.end - 1] : 0; }

static uint32_t paragraph_of(const work *w, uint32_t token) { return w->doc->sentences.at[tok(w, token)->sentence].paragraph; }

/* ---- preparation ---- */

static void place_stretches(work *w) {
  uint32_t n = w->marks.n;
  w->words = dem_array(&w->doc->arena, dem_range, n + 1);
  w->parent = dem_array(&w->doc->arena, uint32_t, n + 1);
  w->quote_of = dem_array(&w->doc->arena, uint32_t, n + 1);
  w->inside = dem_array(&w->doc->arena, uint32_t, w->doc->tokens.n + 1);
  for (uint32_t i = 0; i < n; i++) {
    dem_span s = w->marks.at[i].span;
    dem_range r = {dem_doc_token_from(w->doc, s.begin), dem_doc_token_from(w->doc, s.end)};
    w->words[i] = r;
    if (r.first >= r.last) continue;
    w->parent[i] = w->inside[r.first];
    for (uint32_t t = r.first; t < r.last; t++) w->inside[t] = i + 1;
  }
}

static void place_cues(work *w) {
  dem_doc *doc = w->doc;
  w->cue_at = dem_array(&doc->arena, uint32_t, doc->tokens.n + 1);
  w->spent = dem_array(&doc->arena, uint32_t, w->cues.n + 1);
  w->told = dem_array(&doc->arena, uint32_t, w->cues.n + 1);
  w->first_cue = dem_array(&doc->arena, uint32_t, doc->sentences.n + 2);
  uint32_t c = 0;
  for (uint32_t s = 0; s <= doc->sentences.n; s++) {
    while (c < w->cues.n && tok(w, w->cues.at[c].words.first)->sentence < s) c++;
    w->first_cue[s] = c;
  }
  for (c = 0; c < w->cues.n; c++) w->cue_at[w->cues.at[c].words.first] = c + 1;
}

/* ---- voices ---- */

static uint32_t entity_at(const dem_doc *doc, uint32_t token, dem_span words) {
  if (token == DEM_NONE) return DEM_NONE;
  const dem_token *t = &doc->tokens.at[token];
  if (t->mention != DEM_NONE) return doc->mentions.at[t->mention].entity;
  if (t->over == DEM_NONE) return DEM_NONE;
  const dem_mention *m = &doc->mentions.at[t->over];
  return m->span.begin >= words.begin && m->span.end <= words.end ? m->entity : DEM_NONE;
}

static dem_voice voice_of(const work *w, uint32_t token, dem_range words) {
  dem_voice v = {.token = token, .span = dem_said_span(w->doc, words)};
  v.entity = entity_at(w->doc, token, v.span);
  return v;
}

static dem_voice no_voice(void) { return (dem_voice){.entity = DEM_NONE, .token = DEM_NONE}; }

static dem_voice noun_voice(const work *w, uint32_t head) {
  return head == DEM_NONE ? no_voice() : voice_of(w, head, dem_said_phrase(w->doc, head, DEM_NONE));
}

static dem_voice speaker_of(const work *w, const dem_cue *c) {
  return c->speaker == DEM_NONE ? no_voice() : voice_of(w, c->speaker_means, c->speaker_words);
}

/* Up to the first comma: what comes later was hung there by mistake or adds a remark. */
static dem_voice addressee_of(const work *w, const dem_cue *c) {
  if (c->addressee == DEM_NONE) return no_voice();
  dem_range r = dem_said_phrase(w->doc, c->addressee, c->words.first);
  for (uint32_t t = c->addressee; t < r.last; t++)
    if (is_punct(w, t)) r.last = t;
  return voice_of(w, c->addressee, r);
}

/* ---- quotes ---- */

static uint32_t add_quote(work *w, dem_quote_kind kind, dem_span span, const dem_cue *c) {
  dem_quote *q = dem_push(&w->doc->arena, &w->doc->quotes);
  q->kind = kind;
  q->span = span;
  q->speaker = q->addressee = no_voice();
  q->cue_token = DEM_NONE;
  if (c) {
    q->speaker = speaker_of(w, c);
    q->addressee = addressee_of(w, c);
    q->cue_token = c->words.first;
    q->cue = dem_said_span(w->doc, c->words);
  }
  return w->doc->quotes.n - 1;
}

static void add_piece(work *w, uint32_t quote, dem_span piece) {
  dem_quote *q = &w->doc->quotes.at[quote];
  if (!q->pieces.n) *dem_push(&w->doc->arena, &q->pieces) = q->span;
  *dem_push(&w->doc->arena, &q->pieces) = piece;
  if (piece.begin < q->span.begin) q->span.begin = piece.begin;
  if (piece.end > q->span.end) q->span.end = piece.end;
}

/* ---- direct quotations ---- */

static bool is_stop(char c) { return c == '.' || c == '?' || c == '!'; }

static bool opens_sentence(const work *w, uint32_t i) {
  uint32_t t = w->words[i].first;
  const dem_sentence *s = &w->doc->sentences.at[tok(w, t)->sentence];
  while (t > s->first && is_punct(w, t - 1)) t--;
  return t == s->first;
}

/* The token before the stretch's opening mark; DEM_NONE at the start. */
static uint32_t token_before(const work *w, uint32_t i) {
  uint32_t t = dem_doc_token_from(w->doc, w->marks.at[i].outer.begin);
  return t ? t - 1 : DEM_NONE;
}

static bool is_sign(const work *w, uint32_t token, char c) {
  return token != DEM_NONE && tok(w, token)->norm.len == 1 && tok(w, token)->norm.data[0] == c;
}

static const dem_cue *quoting_cue(const work *w, uint32_t token) {
  if (!w->cue_at[token]) return NULL;
  const dem_cue *c = &w->cues.at[w->cue_at[token] - 1];
  bool relative = c->speaker != DEM_NONE && dem_str_starts(tok(w, c->speaker)->tag, "W");
  return c->quotes && !relative ? c : NULL;
}

/* "X," said Y: a cue behind stretch i in the same sentence. */
static const dem_cue *cue_after(const work *w, uint32_t i) {
  uint32_t t = w->words[i].last, end = w->doc->tokens.n, sentence = tok(w, t - 1)->sentence;
  char inner = last_byte(w, w->marks.at[i].span);
  for (uint32_t limit = t + AFTER; t < end && t < limit; t++) {
    if (w->inside[t] != w->parent[i]) return NULL;
    bool crossed = tok(w, t)->sentence != sentence;
    if (crossed && (inner == '.' || paragraph_of(w, t) != w->doc->sentences.at[sentence].paragraph)) return NULL;
    if (crossed && tok(w, t)->sentence > sentence + 1) return NULL;
    if (is_sign(w, t, '.') || is_sign(w, t, ';') || is_sign(w, t, ':')) return NULL;
    const dem_cue *c = quoting_cue(w, t);
    if (c) return c;
  }
  return NULL;
}

/* Does the cue's own clause begin before token t? Then what stands in marks later is a part of that clause. */
static bool has_begun(const dem_cue *c, uint32_t t) {
  return c->clausal && c->parts && c->part[0].first >= c->words.last && c->part[0].first < t;
}

/* Y said: "X": the nearest cue before stretch i, in its sentence or in one before that ends with a colon. */
static const dem_cue *cue_before(const work *w, uint32_t i) {
  uint32_t t = token_before(w, i);
  if (t == DEM_NONE) return NULL;
  uint32_t home = tok(w, w->words[i].first)->sentence;
  if (tok(w, t)->sentence != home) {
    if (!is_sign(w, t, ':')) return NULL;
    home = tok(w, t)->sentence;
  }
  for (uint32_t n = 0; n < BEFORE && tok(w, t)->sentence == home; n++, t--) {
    const dem_cue *c = w->inside[t] == w->parent[i] ? quoting_cue(w, t) : NULL;
    if (c) return has_begun(c, w->words[i].first) ? NULL : c;
    if (t == 0) break;
  }
  return NULL;
}

static uint32_t count_words(const work *w, dem_range r) {
  uint32_t n = 0;
  for (uint32_t t = r.first; t < r.last && n < 8; t++) n += !is_punct(w, t);
  return n;
}

/* Somebody's very words as a sentence of their own, not a fragment that goes on inside the reporter's sentence? */
static bool is_direct(const work *w, uint32_t i) {
  const dem_stretch *s = &w->marks.at[i];
  if (w->words[i].first >= w->words[i].last) return false;
  char end = last_byte(w, s->span);
  if (s->continued || opens_sentence(w, i)) return count_words(w, w->words[i]) > 1 || is_stop(end) || end == ',';
  uint32_t before = token_before(w, i);
  if (is_sign(w, before, ':')) return true;
  bool cued = before != DEM_NONE && w->cue_at[before] && w->cues.at[w->cue_at[before] - 1].quotes;
  return is_sign(w, before, ',') || cued;
}

/* The stretch before i that is not inside another than i is, when it may be an earlier piece of the same quotation. */
static uint32_t piece_before(const work *w, uint32_t i) {
  for (uint32_t back = 1; back <= i && back < DEEP; back++) {
    uint32_t j = i - back;
    if (w->parent[j] != w->parent[i] || w->words[j].first >= w->words[j].last) continue;
    if (!w->quote_of[j]) return DEM_NONE;
    if (w->marks.at[i].continued) return j;
    bool near = w->words[i].first - w->words[j].last < GAP;
    return near && paragraph_of(w, w->words[i].first) == paragraph_of(w, w->words[j].last - 1) ? j : DEM_NONE;
  }
  return DEM_NONE;
}

/* The subject of a sentence's main verb. */
static uint32_t main_subject(const work *w, uint32_t sentence) {
  uint32_t root = w->doc->sentences.at[sentence].root;
  return root == DEM_NONE ? DEM_NONE : dem_said_subject(w->doc, root);
}

/* Nobody is named with the quotation: the one who spoke last, in this paragraph or at the end of the one before; the subject
 * of the sentence that leads to it. */
static dem_voice implied_speaker(const work *w, uint32_t i, uint32_t last) {
  uint32_t t = w->words[i].first, before = token_before(w, i);
  if (is_sign(w, before, ':')) return noun_voice(w, main_subject(w, tok(w, before)->sentence));
  if (last != DEM_NONE && paragraph_of(w, t) - paragraph_of(w, w->words[last].last - 1) <= 1)
    return w->doc->quotes.at[w->quote_of[last] - 1].speaker;
  uint32_t sentence = tok(w, t)->sentence;
  return sentence ? noun_voice(w, main_subject(w, sentence - 1)) : no_voice();
}

static const dem_cue *find_cue(const work *w, uint32_t i) {
  bool behind = opens_sentence(w, i) || last_byte(w, w->marks.at[i].span) == ',';
  const dem_cue *c = behind ? cue_after(w, i) : cue_before(w, i);
  if (!c) c = behind ? cue_before(w, i) : cue_after(w, i);
  return c;
}

/* "X!" beamed Y: a verb that is in no table, in the place of a cue behind stretch i. */
static bool strange_cue(const work *w, uint32_t i, dem_cue *c) {
  uint32_t t = w->words[i].last, end = w->doc->tokens.n, sentence = t ? tok(w, t - 1)->sentence : 0;
  for (uint32_t limit = t + STRANGE; t < end && t < limit && tok(w, t)->sentence == sentence; t++) {
    dem_said_aside aside;
    if (w->inside[t] != w->parent[i] || is_sign(w, t, '.')) return false;
    bool past = dem_str_is(tok(w, t)->tag, "VBD") || dem_str_is(tok(w, t)->tag, "VBZ");
    if (!past || !dem_said_aside_at(w->doc, t, &aside) || aside.words.first < w->words[i].last) continue;
    *c = (dem_cue){.words = {t, t + 1}, .class = DEM_S("say"), .quotes = true, .addressee = DEM_NONE};
    c->speaker = c->speaker_means = aside.head;
    c->speaker_words = aside.speaker;
    return true;
  }
  return false;
}

/* "While X, he said, 'this does nothing'": the marks begin in the middle of a sentence that began without them. */
static bool goes_on(const work *w, uint32_t i, const dem_cue *c) {
  unsigned char first = (unsigned char)w->doc->text.data[w->marks.at[i].span.begin];
  return c && c->parts && c->clausal && dem_is_lower(first) && c->part[0].last <= c->words.first && !w->inside[c->part[0].first];
}

/* `last` is the direct quotation before; returns the stretch that is it from now on. */
static uint32_t take_direct(work *w, uint32_t i, uint32_t last) {
  const dem_cue *c = w->marks.at[i].continued ? NULL : find_cue(w, i);
  if (goes_on(w, i, c)) return last;
  uint32_t cue = c ? (uint32_t)(c - w->cues.at) : 0, joined = piece_before(w, i);
  bool same = joined != DEM_NONE && (!c || w->spent[cue] == w->quote_of[joined]);
  if (same && (c || w->marks.at[i].continued || opens_sentence(w, i))) {
    w->quote_of[i] = w->quote_of[joined];
    add_piece(w, w->quote_of[i] - 1, w->marks.at[i].span);
    return i;
  }
  bool bare = !c && !opens_sentence(w, i) && !is_sign(w, token_before(w, i), ':');
  if (bare) return last; /* a title or a nickname between commas */
  dem_cue strange;
  bool found = !c && strange_cue(w, i, &strange);
  uint32_t quote = add_quote(w, DEM_QUOTE_DIRECT, w->marks.at[i].span, found ? &strange : c);
  w->quote_of[i] = quote + 1;
  if (found) return i;
  if (c) w->spent[cue] = quote + 1;
  else w->doc->quotes.at[quote].speaker = implied_speaker(w, i, last);
  return i;
}

/* ---- indirect and mixed ---- */

static bool covers(const dem_cue *c, uint32_t token) {
  for (uint32_t p = 0; p < c->parts; p++)
    if (token >= c->part[p].first && token < c->part[p].last) return true;
  return false;
}

static bool is_pronoun_of_talk(const work *w, uint32_t t) {
  dem_str n = tok(w, t)->norm;
  return dem_str_is(n, "i") || dem_str_is(n, "we") || dem_str_is(n, "you");
}

static bool is_within(const work *w, uint32_t stretch, uint32_t home) {
  return stretch == home || (stretch && w->parent[stretch - 1] == home);
}

/* Marks are walls: a cue inside them governs nothing outside, and one outside tells nothing new of what they hold already. */
static bool crosses_marks(const work *w, const dem_cue *c) {
  uint32_t home = w->inside[c->words.first];
  bool told = true;
  for (uint32_t p = 0; p < c->parts; p++) {
    uint32_t first = w->inside[c->part[p].first], last = w->inside[c->part[p].last - 1];
    if (home && !(is_within(w, first, home) && is_within(w, last, home))) return true;
    told = told && first && first == last && first != home && w->quote_of[first - 1];
  }
  return told;
}

/* Too little to be a statement: a mere name or pronoun after "mentioned", a clause of one word; and "I think" in a speech. */
static bool says_little(const work *w, const dem_cue *c) {
  uint32_t n = 0;
  for (uint32_t p = 0; p < c->parts; p++) n += count_words(w, c->part[p]);
  bool attitude = dem_str_in_list(DEM_S("think|want|show|express|doubt"), c->class);
  return n < (c->clausal ? 2u : 3u) || (attitude && is_pronoun_of_talk(w, c->speaker));
}

static void take_indirect(work *w, uint32_t cue) {
  const dem_cue *c = &w->cues.at[cue];
  if (!c->parts || w->spent[cue] || c->speaker == DEM_NONE || says_little(w, c) || crosses_marks(w, c)) return;
  uint32_t quote = add_quote(w, DEM_QUOTE_INDIRECT, dem_said_span(w->doc, c->part[0]), c);
  w->told[cue] = quote + 1;
  for (uint32_t p = 1; p < c->parts; p++) add_piece(w, quote, dem_said_span(w->doc, c->part[p]));
}

static bool can_speak(const work *w, const dem_voice *v) {
  return v->entity != DEM_NONE && w->doc->entities.at[v->entity].kind != DEM_KIND_PLACE;
}

/* "Reuters reported, citing officials": who is cited speaks, and the one who cites reports it. False when it is a thing. */
static bool take_source(work *w, const dem_cue *c) {
  uint32_t object = dem_kid(w->doc, c->words.first, DEM_DEPREL_OBJ), host = tok(w, c->words.first)->head;
  if (object == DEM_NONE || host == DEM_NONE || !w->cue_at[host]) return false;
  uint32_t cue = w->cue_at[host] - 1, quote = w->told[cue] ? w->told[cue] : w->spent[cue];
  dem_voice cited = noun_voice(w, object);
  if (!quote || !can_speak(w, &cited)) return false;
  dem_quote *q = &w->doc->quotes.at[quote - 1];
  *dem_push(&w->doc->arena, &q->chain) = q->speaker;
  q->speaker = cited;
  return true;
}

static void take_reports(work *w) {
  for (uint32_t c = 0; c < w->cues.n; c++)
    if (!dem_str_is(w->cues.at[c].class, "cite")) take_indirect(w, c);
  for (uint32_t c = 0; c < w->cues.n; c++)
    if (dem_str_is(w->cues.at[c].class, "cite") && !take_source(w, &w->cues.at[c])) take_indirect(w, c);
}

/* Does the verb tell of words, and not of the feeling or the matter ("expressed", "raised")? */
static bool tells_words(const dem_cue *c) { return !dem_str_in_list(DEM_S("express|want|praise|think|doubt|cite"), c->class); }

/* Whose fragment it is: the marks are the reporter's, so the words are those of the source he heard, the outermost one, unless
 * an inner verb says that somebody else uttered just these. */
static const dem_cue *cue_around(const work *w, uint32_t i) {
  uint32_t t = w->words[i].first, s = tok(w, t)->sentence;
  const dem_cue *best = NULL;
  for (uint32_t k = w->first_cue[s]; k < w->first_cue[s + 1]; k++) {
    const dem_cue *c = &w->cues.at[k];
    if (c->speaker == DEM_NONE || !covers(c, t) || w->inside[c->words.first] != w->parent[i]) continue;
    if (!best || (covers(best, c->words.first) && tells_words(c)) || covers(c, best->words.first)) {
      bool outer = best && covers(c, best->words.first) && tells_words(best);
      if (!outer) best = c;
    }
  }
  return best;
}

/* Else the nearest cue before it in the sentence that has a speaker. */
static const dem_cue *cue_leading(const work *w, uint32_t i) {
  uint32_t first = w->words[i].first, s = tok(w, first)->sentence, k = w->first_cue[s + 1];
  while (k > w->first_cue[s]) {
    const dem_cue *c = &w->cues.at[--k];
    bool level = w->inside[c->words.first] == w->parent[i] && c->speaker != DEM_NONE;
    if (level && c->words.last <= first && first - c->words.last < BEFORE) return c;
  }
  return NULL;
}

/* A fragment that is all its cue tells is that quote; any other is one of its own beside it. */
static void take_fragment(work *w, uint32_t i) {
  if (w->quote_of[i] || w->words[i].first >= w->words[i].last) return;
  if (count_words(w, w->words[i]) < 2) return; /* one word in marks is a reserve, not a quotation */
  const dem_cue *c = cue_around(w, i);
  if (!c) c = cue_leading(w, i);
  if (!c) return;
  dem_range words = dem_said_trim(w->doc, w->words[i]);
  dem_span span = w->marks.at[i].span;
  if (last_byte(w, span) == ',') span.end--; /* the reporter's comma */
  uint32_t told = w->told[c - w->cues.at];
  bool all = told && c->parts == 1 && c->part[0].first == words.first && c->part[0].last == words.last;
  w->quote_of[i] = all ? told : add_quote(w, DEM_QUOTE_MIXED, span, c) + 1;
  if (!all) return;
  w->doc->quotes.at[told - 1].kind = DEM_QUOTE_MIXED;
  w->doc->quotes.at[told - 1].span = span;
}

/* ---- order and chains ---- */

/* Quotes by first byte, longer ones first: buckets by token, so that the cost stays linear. */
static void order_quotes(work *w) {
  dem_doc *doc = w->doc;
  uint32_t n = doc->quotes.n;
  uint32_t *bucket = dem_array(&doc->arena, uint32_t, doc->tokens.n + 1), *next = dem_array(&doc->arena, uint32_t, n + 1);
  for (uint32_t q = n; q-- > 0;) {
    uint32_t *at = &bucket[dem_doc_token_from(doc, doc->quotes.at[q].span.begin)];
    while (*at && doc->quotes.at[*at - 1].span.end > doc->quotes.at[q].span.end) at = &next[*at - 1];
    next[q] = *at;
    *at = q + 1;
  }
  dem_quote *sorted = dem_array(&doc->arena, dem_quote, n + 1);
  uint32_t k = 0;
  for (uint32_t t = 0; t <= doc->tokens.n; t++)
    for (uint32_t q = bucket[t]; q; q = next[q - 1]) sorted[k++] = doc->quotes.at[q - 1];
  doc->quotes.at = sorted;
  doc->quotes.cap = n + 1;
}

/* Is the span in the quote's content? Pieces are in text order and may be many. */
static bool holds(const dem_quote *q, dem_span s) {
  if (!q->pieces.n) return s.begin >= q->span.begin && s.end <= q->span.end;
  uint32_t low = 0, high = q->pieces.n;
  while (low < high) {
    uint32_t mid = low + (high - low) / 2;
    if (q->pieces.at[mid].begin <= s.begin) low = mid + 1;
    else high = mid;
  }
  return low && s.end <= q->pieces.at[low - 1].end;
}

/* Those who report quote q, outermost first, before those it has already. */
static void add_reporters(dem_doc *doc, dem_quote *q, const uint32_t *open, uint32_t n) {
  dem_quote own = *q;
  memset(&q->chain, 0, sizeof q->chain);
  for (uint32_t k = 0; k < n && q->cue_token != DEM_NONE; k++) {
    const dem_quote *outer = &doc->quotes.at[open[k]];
    if (outer->cue_token == q->cue_token || outer->kind == DEM_QUOTE_MIXED) continue;
    if (outer->speaker.token != DEM_NONE && holds(outer, q->cue)) *dem_push(&doc->arena, &q->chain) = outer->speaker;
  }
  for (uint32_t k = 0; k < own.chain.n; k++) *dem_push(&doc->arena, &q->chain) = own.chain.at[k];
}

static void link_chains(dem_doc *doc) {
  uint32_t open[DEEP], n = 0;
  for (uint32_t i = 0; i < doc->quotes.n; i++) {
    uint32_t kept = 0;
    for (uint32_t k = 0; k < n; k++)
      if (doc->quotes.at[open[k]].span.end > doc->quotes.at[i].span.begin) open[kept++] = open[k];
    n = kept;
    add_reporters(doc, &doc->quotes.at[i], open, n);
    if (n < DEEP) open[n++] = i;
  }
}

void dem_find_said(dem_doc *doc, const dem_model *model) {
  work w = {.doc = doc};
  w.marks = dem_said_marks(doc);
  w.cues = dem_said_cues(doc, model);
  place_stretches(&w);
  place_cues(&w);
  uint32_t last = DEM_NONE;
  for (uint32_t i = 0; i < w.marks.n; i++)
    if (is_direct(&w, i)) last = take_direct(&w, i, last);
  take_reports(&w);
  for (uint32_t i = 0; i < w.marks.n; i++) take_fragment(&w, i);
  order_quotes(&w);
  link_chains(doc);
}

static void settle(const dem_doc *doc, dem_voice *v) {
  uint32_t entity = entity_at(doc, v->token, v->span);
  if (entity != DEM_NONE) v->entity = entity;
}

void dem_said_settle(dem_doc *doc) {
  for (uint32_t i = 0; i < doc->quotes.n; i++) {
    dem_quote *q = &doc->quotes.at[i];
    settle(doc, &q->speaker);
    settle(doc, &q->addressee);
    for (uint32_t k = 0; k < q->chain.n; k++) settle(doc, &q->chain.at[k]);
  }
}
