/* Whether a happening is asserted, negated, planned, imagined, suspected or denied, and which words say so. The walk starts
 * at the trigger and goes up as long as what stands above governs it: modal and negation words, verbs and nouns of planning,
 * suspicion and denial (classes status-… in words-code.tsv), carriers of event nouns ("will hold talks"), the first of joined
 * verbs. Verbs of saying change nothing: who says so is the claimant. Past dates are judged where dates are attached. */
#include "code/coder.h"

typedef struct view {
  dem_coder *c;
  dem_standing out;
  bool negated, future, imagined, suspected, denied;
} view;

static void hedge(view *v, uint32_t t) {
  dem_doc *doc = v->c->doc;
  dem_span span = dem_tok(v->c, t)->span;
  *dem_push(&doc->arena, &v->out.hedges) = (dem_hedge){dem_tok(v->c, t)->norm, span};
}

static bool is_word(const dem_coder *c, uint32_t t, const char *words) {
  return dem_str_in_list(dem_str_of(words), dem_tok(c, t)->norm) || dem_str_in_list(dem_str_of(words), dem_tok(c, t)->lemma);
}

/* "said that it would leave": a future seen from the past. */
static bool reported(const dem_coder *c, uint32_t t) {
  if (c->quote[t] != DEM_NONE) return true;
  for (unsigned i = 0; i < 4 && t != DEM_NONE; i++, t = dem_tok(c, t)->head) {
    uint8_t rel = dem_tok(c, t)->deprel;
    if (rel == DEM_DEPREL_CCOMP) return true;
    for (uint32_t k = dem_kid(c->doc, t, DEM_DEPREL_PARATAXIS); k != DEM_NONE; k = dem_kid_after(c->doc, k, DEM_DEPREL_PARATAXIS))
      if (dem_word_class(c, k, "say")) return true;
  }
  return false;
}

static void auxiliary(view *v, uint32_t verb, uint32_t k) {
  const dem_coder *c = v->c;
  bool perfect = false;
  for (uint32_t a = dem_kid(c->doc, verb, DEM_DEPREL_AUX_); a != DEM_NONE; a = dem_kid_after(c->doc, a, DEM_DEPREL_AUX_))
    perfect |= is_word(c, a, "have") && a > k;
  bool would = is_word(c, k, "would|'d") && dem_str_is(dem_tok(c, k)->tag, "MD");
  if (is_word(c, k, "will|'ll|shall|wo") || (would && !perfect && reported(c, verb))) {
    v->future = true;
    hedge(v, k);
  } else if (is_word(c, k, "would|could|may|might|should|must|ought")) {
    v->imagined = true;
    hedge(v, k);
  }
}

static bool negation(const dem_coder *c, uint32_t k) {
  return is_word(c, k, "not|n't|never|no|without|neither|nor|hardly|cannot");
}

/* What hangs on a word itself. */
static void dependents(view *v, uint32_t t) {
  const dem_coder *c = v->c;
  bool marked = false;
  for (uint32_t k = dem_tok(c, t)->kid; k != DEM_NONE; k = dem_tok(c, k)->next) {
    uint8_t rel = dem_tok(c, k)->deprel;
    if (rel == DEM_DEPREL_AUX_ || rel == DEM_DEPREL_AUX_PASS) auxiliary(v, t, k);
    else if ((rel == DEM_DEPREL_ADVMOD || rel == DEM_DEPREL_DET_) && negation(c, k)) v->negated = true, hedge(v, k);
    else if (rel == DEM_DEPREL_MARK || rel == DEM_DEPREL_CASE) {
      marked |= rel == DEM_DEPREL_MARK && is_word(c, k, "to") && dem_tok(c, t)->deprel == DEM_DEPREL_ROOT;
      if (is_word(c, k, "if|unless|whether|lest")) v->imagined = true, hedge(v, k);
      if (is_word(c, k, "without")) v->negated = true, hedge(v, k);
    } else if (rel == DEM_DEPREL_ADVMOD || rel == DEM_DEPREL_AMOD || rel == DEM_DEPREL_OBL) {
      if (dem_word_class(c, k, "status-suspected")) v->suspected = true, hedge(v, k);
      if (dem_word_class(c, k, "status-future")) v->future = true, hedge(v, k);
      if (is_word(c, k, "likely|probably|possibly|perhaps|tentatively|maybe")) v->out.hedged = true, hedge(v, k);
    } else if (rel == DEM_DEPREL_NSUBJ || rel == DEM_DEPREL_OBJ || rel == DEM_DEPREL_NSUBJ_PASS) {
      uint32_t det = dem_kid(c->doc, k, DEM_DEPREL_DET_);
      if (det != DEM_NONE && is_word(c, det, "no|neither")) v->negated = true, hedge(v, det);
      if (is_word(c, k, "nobody|nothing|none")) v->negated = true, hedge(v, k);
    } else if (rel == DEM_DEPREL_ADVCL) {
      uint32_t mark = dem_kid(c->doc, k, DEM_DEPREL_MARK);
      if (mark != DEM_NONE && is_word(c, mark, "unless|if")) v->out.conditional = true;
    }
  }
  if (marked && dem_kid(c->doc, t, DEM_DEPREL_NSUBJ) != DEM_NONE) v->future = true; /* headline: "Premier to visit Oslo" */
}

/* What the governing word makes of it; false when it says nothing. */
static bool governed(view *v, uint32_t over) {
  const dem_coder *c = v->c;
  bool past_perfect = false;
  for (uint32_t a = dem_kid(c->doc, over, DEM_DEPREL_AUX_); a != DEM_NONE; a = dem_kid_after(c->doc, a, DEM_DEPREL_AUX_))
    past_perfect |= is_word(c, a, "had");
  if (dem_word_class(c, over, "status-future")) {
    if (past_perfect) v->imagined = true;
    else v->future = true;
  } else if (dem_word_class(c, over, "status-hypothetical")) v->imagined = true;
  else if (dem_word_class(c, over, "status-suspected")) v->suspected = true;
  else if (dem_word_class(c, over, "status-denied")) v->denied = true;
  else if (dem_word_class(c, over, "status-negated")) v->negated = !v->negated;
  else return false;
  hedge(v, over);
  return true;
}

/* The word above that decides about this one, DEM_NONE when nothing does. */
static uint32_t above(const dem_coder *c, uint32_t t) {
  const dem_token *k = dem_tok(c, t);
  if (k->head == DEM_NONE) return DEM_NONE;
  switch (k->deprel) {
    case DEM_DEPREL_XCOMP: case DEM_DEPREL_CCOMP: case DEM_DEPREL_ACL: case DEM_DEPREL_CSUBJ: case DEM_DEPREL_CSUBJ_PASS:
      return k->head;
    case DEM_DEPREL_ADVCL:
      return dem_word_class(c, k->head, "status-suspected") || dem_word_class(c, k->head, "status-denied") ||
             dem_word_class(c, k->head, "status-future") || dem_word_class(c, k->head, "status-hypothetical") ||
             dem_word_class(c, k->head, "status-negated") ? k->head : DEM_NONE;
    case DEM_DEPREL_CONJ:
      if (dem_kid(c->doc, t, DEM_DEPREL_NSUBJ) != DEM_NONE || dem_kid(c->doc, t, DEM_DEPREL_AUX_) != DEM_NONE) return DEM_NONE;
      /* "did not want war and calls for talks": another form, another clause */
      if (dem_is_verb(c, t) && !dem_str_eq(dem_tok(c, t)->tag, dem_tok(c, k->head)->tag)) return DEM_NONE;
      return k->head;
    case DEM_DEPREL_OBJ: case DEM_DEPREL_NSUBJ: case DEM_DEPREL_NSUBJ_PASS: case DEM_DEPREL_OBL: case DEM_DEPREL_NMOD:
      return dem_is_verb(c, t) ? DEM_NONE : k->head;
    default: return DEM_NONE;
  }
}

static bool noun_passes(const dem_coder *c, uint32_t t, uint32_t over) {
  uint8_t rel = dem_tok(c, t)->deprel;
  if (dem_is_verb(c, t) || rel == DEM_DEPREL_CONJ) return true;
  if (dem_word_class(c, over, "status-suspected") && rel == DEM_DEPREL_NSUBJ_PASS) return false; /* the suspect */
  if (dem_is_verb(c, over) && dem_word_class(c, over, "light")) return rel != DEM_DEPREL_OBL;
  return dem_word_class(c, over, "status-future") || dem_word_class(c, over, "status-denied") ||
         dem_word_class(c, over, "status-suspected") || dem_word_class(c, over, "status-hypothetical") ||
         dem_word_class(c, over, "status-negated");
}

static dem_event_status decide(const view *v) {
  if (v->denied) return v->negated ? DEM_STATUS_asserted : DEM_STATUS_denied;
  if (v->suspected) return DEM_STATUS_suspected;
  if (v->negated) return DEM_STATUS_negated;
  if (v->imagined) return DEM_STATUS_hypothetical;
  return v->future ? DEM_STATUS_future : DEM_STATUS_asserted;
}

dem_standing dem_status_of(dem_coder *c, uint32_t trigger) {
  view v = {.c = c};
  uint32_t t = trigger;
  for (unsigned i = 0; i < DEM_MAX_STEPS && t != DEM_NONE; i++) {
    dependents(&v, t);
    uint32_t over = above(c, t);
    if (over == DEM_NONE || !noun_passes(c, t, over)) break;
    bool cue = dem_tok(c, t)->deprel != DEM_DEPREL_CONJ && governed(&v, over);
    bool carries = dem_tok(c, t)->deprel == DEM_DEPREL_CONJ || (!dem_is_verb(c, t) && dem_word_class(c, over, "light")) ||
                   dem_tok(c, t)->deprel == DEM_DEPREL_XCOMP;
    if (!cue && !carries) break;
    t = over;
  }
  v.out.refusal = v.negated && v.future;
  v.out.status = decide(&v);
  return v.out;
}
