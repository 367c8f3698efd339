/* When and where a happening took place, and according to whom. Of the time expressions (and places) of its sentence it takes the
 * one that hangs nearest on the tree: on the trigger, below it, on the verb that carries it, on a clause above. Without any, the
 * date is the dispatch's own; the place stays unknown, a dateline is never a place. The claimants are the speakers of the
 * innermost quotation around the trigger, and those who report that speaker. */
#include "code/coder.h"

#define FAR 100u

/* By token the innermost quote: quotes are entered at their first token and left at their end, so that nesting costs nothing. */
static void index_quotes(dem_coder *c) {
  dem_doc *doc = c->doc;
  uint32_t n = doc->tokens.n, nq = doc->quotes.n, depth = 0;
  uint32_t *first = dem_array(&doc->arena, uint32_t, n + 1u), *next = dem_array(&doc->arena, uint32_t, nq + 1u);
  uint32_t *open = dem_array(&doc->arena, uint32_t, nq + 1u);
  c->quote = dem_array(&doc->arena, uint32_t, n + 1u);
  for (uint32_t q = 0; q < nq; q++) { /* later, usually inner ones end up behind; 0 is "none" here */
    uint32_t t = dem_doc_token_from(doc, doc->quotes.at[q].span.begin);
    next[q] = first[t];
    first[t] = q + 1;
  }
  for (uint32_t t = 0; t < n; t++) {
    uint32_t begin = depth;
    for (uint32_t q = first[t]; q; q = next[q - 1]) open[depth++] = q - 1;
    if (depth - begin == 2 && doc->quotes.at[open[begin]].span.end < doc->quotes.at[open[begin + 1]].span.end) {
      uint32_t swap = open[begin]; /* of two that begin together the shorter is the inner one */
      open[begin] = open[begin + 1];
      open[begin + 1] = swap;
    }
    while (depth && doc->quotes.at[open[depth - 1]].span.end <= doc->tokens.at[t].span.begin) depth--;
    c->quote[t] = depth ? open[depth - 1] : DEM_NONE;
  }
}

static void index_by_sentence(dem_coder *c) {
  dem_doc *doc = c->doc;
  uint32_t n = doc->sentences.n;
  c->time = dem_array(&doc->arena, uint32_t, n + 1u);
  c->place = dem_array(&doc->arena, uint32_t, n + 1u);
  c->time_next = dem_array(&doc->arena, uint32_t, doc->times.n + 1u);
  c->place_next = dem_array(&doc->arena, uint32_t, doc->places.n + 1u);
  for (uint32_t i = 0; i < n; i++) c->time[i] = c->place[i] = DEM_NONE;
  for (uint32_t i = doc->times.n; i-- > 0;) {
    if (doc->times.at[i].first >= doc->times.at[i].last || doc->times.at[i].first >= doc->tokens.n) continue;
    uint32_t s = doc->tokens.at[doc->times.at[i].first].sentence;
    c->time_next[i] = c->time[s];
    c->time[s] = i;
  }
  for (uint32_t i = doc->places.n; i-- > 0;) {
    const dem_place *p = &doc->places.at[i];
    if (p->actor || (p->kind != DEM_PLACE_NAME && p->kind != DEM_PLACE_NOUN) || p->first >= p->last || p->first >= doc->tokens.n) continue;
    uint32_t s = doc->tokens.at[p->first].sentence;
    c->place_next[i] = c->place[s];
    c->place[s] = i;
  }
}

enum { STORY_DAYS = 6 };

/* The day that the first sentence tells of, when it lies shortly before publication. */
static void find_story_day(dem_coder *c) {
  const dem_doc *doc = c->doc;
  c->story = DEM_NONE;
  if (doc->sentences.n == 0 || doc->published_day == DEM_NO_DAY) return;
  for (uint32_t i = c->time[0]; i != DEM_NONE && c->story == DEM_NONE; i = c->time_next[i]) {
    const dem_time *time = &doc->times.at[i];
    bool day = time->from != DEM_NO_DAY && time->from == time->to && time->type != DEM_TIME_SET && time->type != DEM_TIME_DURATION;
    if (day && time->from <= doc->published_day && time->from >= doc->published_day - STORY_DAYS) c->story = i;
  }
}

void dem_attach_index(dem_coder *c) {
  index_quotes(c);
  index_by_sentence(c);
  find_story_day(c);
}

/* What a phrase of tokens hangs on. */
static uint32_t hook(const dem_coder *c, uint32_t first, uint32_t last) {
  for (uint32_t t = first; t < last; t++) {
    uint32_t head = dem_tok(c, t)->head;
    if (head == DEM_NONE) return t;
    if (head < first || head >= last) return head;
  }
  return DEM_NONE;
}

static uint32_t cost(uint8_t rel) {
  switch (rel) {
    case DEM_DEPREL_CONJ: return 4;
    case DEM_DEPREL_ADVCL: case DEM_DEPREL_PARATAXIS: return 5;
    case DEM_DEPREL_CCOMP: return 6;
    case DEM_DEPREL_ACL_RELCL: return 7;
    default: return 1;
  }
}

/* How far a phrase that hangs on `at` is from the trigger; FAR and more: not its own. */
static uint32_t distance(const dem_coder *c, uint32_t trigger, uint32_t at) {
  uint32_t d = 0, t = at;
  for (unsigned i = 0; i < DEM_MAX_STEPS && t != DEM_NONE; i++, t = dem_tok(c, t)->head) {
    if (t == trigger) return d;
    d += cost(dem_tok(c, t)->deprel);
  }
  d = 1;
  t = trigger;
  for (unsigned i = 0; i < DEM_MAX_STEPS && t != DEM_NONE; i++, t = dem_tok(c, t)->head) {
    if (t == at) return d;
    d += cost(dem_tok(c, t)->deprel);
    uint32_t below = at; /* a few steps under this ancestor */
    for (unsigned j = 1; j < 4 && below != DEM_NONE; j++, below = dem_tok(c, below)->head)
      if (dem_tok(c, below)->head == t && t != trigger && !dem_is_verb(c, below)) return d + 2 * j;
  }
  return FAR;
}

/* A phrase below the trigger that belongs to a clause of its own there: "hours after they left Narva" is not when or where they
 * attacked. Of what is only said ("accused it of shelling X") every verb between has its own. */
static bool of_other_clause(const dem_coder *c, uint32_t trigger, uint32_t at, bool said) {
  uint32_t t = at;
  for (unsigned i = 0; i < DEM_MAX_STEPS && t != DEM_NONE && t != trigger; i++, t = dem_tok(c, t)->head) {
    uint8_t rel = dem_tok(c, t)->deprel;
    bool clause = rel == DEM_DEPREL_ADVCL || rel == DEM_DEPREL_ACL_RELCL || rel == DEM_DEPREL_CCOMP || rel == DEM_DEPREL_PARATAXIS;
    bool inner = rel == DEM_DEPREL_XCOMP || rel == DEM_DEPREL_ACL;
    if (dem_is_verb(c, t) && (clause || (said && inner)) && dem_under(c->doc, t, trigger)) return true;
  }
  return false;
}

static uint32_t apart(uint32_t a, uint32_t b) { return a > b ? a - b : b - a; }

/* "since September" reaches up to publication; what happened "this week" happened by then. */
static void take_time(const dem_coder *c, dem_event *e, const dem_time *time, bool own) {
  dem_day now = c->doc->published_day;
  e->from = time->from, e->to = time->to, e->precision = time->precision, e->date_span = time->span, e->date_rule = time->rule;
  if (now == DEM_NO_DAY || e->from == DEM_NO_DAY || e->from > now || e->to == DEM_NO_DAY) return;
  if (time->first > 0 && dem_str_is(dem_tok(c, time->first - 1)->norm, "since")) {
    e->to = now;
    e->precision = DEM_PRECISION_RANGE;
    e->date_rule = DEM_S("from then up to publication");
  } else if (own && e->status == DEM_STATUS_asserted && e->to > now && dem_str_is(dem_tok(c, e->trigger_token)->tag, "VBD")) {
    e->to = now;
    e->precision = e->from == now ? DEM_PRECISION_DAY : DEM_PRECISION_RANGE;
  }
}

/* A deed told in the simple past, as the day's happenings are; words are mostly of the day of publication. */
static bool happened(const dem_coder *c, const dem_event *e) {
  const dem_token *t = dem_tok(c, e->trigger_token);
  unsigned quad = dem_type_quad(e->type);
  return (quad == 2 || quad == 4) && e->status == DEM_STATUS_asserted && dem_str_is(t->tag, "VBD") && t->sentence > dem_tok(c, c->doc->times.at[c->story].first)->sentence;
}

static void take_story_day(const dem_coder *c, dem_event *e) {
  const dem_time *time = &c->doc->times.at[c->story];
  e->from = time->from, e->to = time->to, e->date_span = time->span;
  e->date_rule = DEM_S("the day of the story's first sentence");
}

static void attach_date(dem_coder *c, dem_event *e) {
  dem_doc *doc = c->doc;
  uint32_t best = DEM_NONE, best_far = FAR * 4, s = dem_tok(c, e->trigger_token)->sentence;
  for (uint32_t i = c->time[s]; i != DEM_NONE; i = c->time_next[i]) {
    const dem_time *time = &doc->times.at[i];
    if (time->type == DEM_TIME_SET || time->type == DEM_TIME_DURATION) continue;
    if (time->from == DEM_NO_DAY && time->to == DEM_NO_DAY) continue;
    uint32_t at = hook(c, time->first, time->last), far = distance(c, e->trigger_token, at);
    if (at != DEM_NONE && of_other_clause(c, e->trigger_token, at, false)) continue;
    far = far * 4 + (apart(time->first, e->trigger_token) > 12 ? 3 : apart(time->first, e->trigger_token) / 4);
    if (far < best_far) best = i, best_far = far;
  }
  if (best != DEM_NONE) {
    const dem_time *time = &doc->times.at[best];
    take_time(c, e, time, hook(c, time->first, time->last) == e->trigger_token);
    return;
  }
  e->from = e->to = doc->published_day;
  e->precision = e->from == DEM_NO_DAY ? DEM_PRECISION_NONE : DEM_PRECISION_DAY;
  e->date_rule = e->from == DEM_NO_DAY ? (dem_str){NULL, 0} : DEM_S("publication date");
  if (c->story != DEM_NONE && happened(c, e)) take_story_day(c, e);
}

static bool is_party(const dem_parties *p, dem_span span) {
  for (uint32_t i = 0; i < p->n; i++)
    if (p->at[i].span.begin <= span.begin && span.end <= p->at[i].span.end) return true;
  return false;
}

static void attach_place(dem_coder *c, dem_event *e) {
  uint32_t best = DEM_NONE, best_far = 14, s = dem_tok(c, e->trigger_token)->sentence;
  unsigned quad = dem_type_quad(e->type);
  bool words_only = quad == 3 || (quad == 1 && e->type != DEM_TYPE_CONSULT); /* "accused Moscow" was not said there */
  if (words_only) best_far = 5;
  e->place = DEM_NONE;
  for (uint32_t i = 0; i < e->modes.n; i++)
    if (dem_str_is(e->modes.at[i], "phone")) {
      e->where = DEM_WHERE_REMOTE;
      return;
    }
  for (uint32_t i = c->place[s]; i != DEM_NONE; i = c->place_next[i]) {
    const dem_place *p = &c->doc->places.at[i];
    if (is_party(&e->actor, p->span) || (is_party(&e->recipient, p->span) && words_only)) continue;
    uint32_t at = hook(c, p->first, p->last), far = distance(c, e->trigger_token, at);
    if (at != DEM_NONE && of_other_clause(c, e->trigger_token, at, words_only)) continue;
    if (far < best_far) best = i, best_far = far;
  }
  if (best == DEM_NONE) return;
  e->place = best;
  e->where = c->doc->places.at[best].area ? DEM_WHERE_AREA : DEM_WHERE_POINT;
}

void dem_attach(dem_coder *c, dem_event *e) {
  attach_date(c, e);
  attach_place(c, e);
}

bool dem_at_time(const dem_coder *c, uint32_t t) {
  for (uint32_t i = c->time[dem_tok(c, t)->sentence]; i != DEM_NONE; i = c->time_next[i])
    if (c->doc->times.at[i].first <= t && t < c->doc->times.at[i].last) return true;
  return false;
}

bool dem_at_place(const dem_coder *c, uint32_t t) {
  for (uint32_t i = c->place[dem_tok(c, t)->sentence]; i != DEM_NONE; i = c->place_next[i])
    if (c->doc->places.at[i].first <= t && t < c->doc->places.at[i].last) return true;
  return false;
}

void dem_claimants(dem_coder *c, uint32_t token, dem_parties *out) {
  if (c->quote[token] == DEM_NONE) return;
  const dem_quote *q = &c->doc->quotes.at[c->quote[token]];
  if (q->cue_token == token) return;
  bool denied = q->cue_token != DEM_NONE && dem_word_class(c, q->cue_token, "status-denied");
  if (denied && !dem_under(c->doc, token, q->cue_token)) return; /* "X accused Y, a charge that Y denied": Y says nothing of it */
  dem_party_add(c, q->speaker.entity, q->speaker.span, out);
  for (uint32_t i = 0; i < q->chain.n && i < 8; i++) dem_party_add(c, q->chain.at[i].entity, q->chain.at[i].span, out);
}

dem_span dem_clause(const dem_coder *c, uint32_t token) {
  uint32_t first, last, top = dem_is_verb(c, token) ? token : dem_governor(c, token);
  dem_subtree(c->doc, top == DEM_NONE ? token : top, &first, &last);
  return (dem_span){dem_tok(c, first)->span.begin, dem_tok(c, last - 1)->span.end};
}
