/* One event for one happening. A new event joins an earlier one when both can be the same: same type and status, the same sides,
 * dates that meet, and the same words or kind of act. The list of reports keeps every telling. It looks back at most WINDOW
 * events, so that long texts cost no more. It refuses to join what only one side of the record has in common. */
#include "code/coder.h"

#define WINDOW 24u
#define NEAR 12u /* sentences a definite noun may point back */

/* The word that tells: of "extended an invitation" the noun. */
static uint32_t keyword(const dem_coder *c, uint32_t t) {
  uint32_t obj = dem_is_verb(c, t) && dem_word_class(c, t, "light") ? dem_logical_object(c, t) : DEM_NONE;
  return obj == DEM_NONE ? t : obj;
}

static bool same_stem(const dem_coder *c, uint32_t a, uint32_t b) {
  dem_str x = dem_tok(c, keyword(c, a))->lemma, y = dem_tok(c, keyword(c, b))->lemma;
  size_t n = x.len < y.len ? x.len : y.len;
  if (n > 5) n = 5;
  return n >= 4 ? memcmp(x.data, y.data, n) == 0 : dem_str_eq(x, y);
}

static bool dated(const dem_event *e) { return e->date_span.end > e->date_span.begin; }

static bool dates_meet(const dem_event *a, const dem_event *b) {
  if (!dated(a) || !dated(b)) return true;
  bool before = a->to != DEM_NO_DAY && b->from != DEM_NO_DAY && a->to < b->from;
  bool after = b->to != DEM_NO_DAY && a->from != DEM_NO_DAY && b->to < a->from;
  return !before && !after;
}

static bool modes_agree(const dem_event *a, const dem_event *b) {
  if (!a->modes.n || !b->modes.n) return true;
  for (uint32_t i = 0; i < a->modes.n; i++)
    for (uint32_t j = 0; j < b->modes.n; j++)
      if (dem_str_eq(a->modes.at[i], b->modes.at[j])) return true;
  return false;
}

static bool sides_agree(dem_coder *c, const dem_event *a, const dem_event *b) {
  if (!dem_parties_meet(c, &a->actor, &b->actor)) return false;
  return !a->recipient.n || !b->recipient.n || dem_parties_meet(c, &a->recipient, &b->recipient);
}

static bool same_happening(dem_coder *c, const dem_event *a, const dem_event *b) {
  if (a->type != b->type || !modes_agree(a, b) || !dates_meet(a, b) || !sides_agree(c, a, b)) return false;
  bool alike = same_stem(c, a->trigger_token, b->trigger_token);
  bool doubt = a->status == DEM_STATUS_suspected || b->status == DEM_STATUS_suspected;
  if (a->status != b->status && !(alike && doubt)) return false;
  if (a->type == DEM_TYPE_CONSULT) return alike || !b->modes.n || dem_str_eq(a->cameo, b->cameo);
  bool aimed = a->recipient.n || b->recipient.n;
  bool near = dem_tok(c, a->trigger_token)->sentence == dem_tok(c, b->trigger_token)->sentence;
  return alike && (aimed || near || dated(a) == dated(b));
}

static void absorb(dem_coder *c, dem_event *into, const dem_event *e) {
  for (uint32_t i = 0; i < e->actor.n; i++)
    if (!dem_parties_meet(c, &into->actor, &(dem_parties){&e->actor.at[i], 1, 1}))
      dem_party_add(c, e->actor.at[i].entity, e->actor.at[i].span, &into->actor);
  if (!into->recipient.n) into->recipient = e->recipient;
  if (!into->modes.n && e->modes.n) {
    into->modes.at = e->modes.at, into->modes.n = e->modes.n, into->modes.cap = e->modes.cap;
    into->cameo = e->cameo, into->score = e->score, into->goldstein = e->goldstein;
  }
  if (!dated(into) && dated(e)) {
    into->from = e->from, into->to = e->to, into->precision = e->precision;
    into->date_span = e->date_span, into->date_rule = e->date_rule;
  }
  if (into->where == DEM_WHERE_UNKNOWN) into->where = e->where, into->place = e->place;
  for (uint32_t i = 0; i < e->reports.n; i++) *dem_push(&c->doc->arena, &into->reports) = e->reports.at[i];
  into->confidence += into->confidence < 900 ? 40 : 0;
}

void dem_join(dem_coder *c, dem_event *e) {
  for (uint32_t i = c->doc->events.n, back = 0; i-- > 0 && back < WINDOW; back++)
    if (same_happening(c, &c->doc->events.at[i], e)) {
      dem_doc_reason(c->doc, dem_tok(c, e->trigger_token)->sentence, "\"%.*s\" reports event %u once more",
                     DEM_FMT(dem_doc_slice(c->doc, e->trigger)), i + 1);
      absorb(c, &c->doc->events.at[i], e);
      return;
    }
  *dem_push(&c->doc->arena, &c->doc->events) = *e;
}

/* "the talks", "their meeting", "during two hours of talks": a noun that points back. */
bool dem_points_back(const dem_coder *c, uint32_t t) {
  uint32_t det = dem_kid(c->doc, t, DEM_DEPREL_DET_), poss = dem_kid(c->doc, t, DEM_DEPREL_NMOD_POSS);
  if (det != DEM_NONE) return dem_str_in_list(DEM_S("the|this|that|these|those"), dem_tok(c, det)->norm);
  if (poss != DEM_NONE) return dem_tok(c, poss)->upos == DEM_UPOS_PRON;
  uint32_t top = dem_tok(c, t)->deprel == DEM_DEPREL_NMOD ? dem_tok(c, t)->head : t;
  for (uint32_t k = dem_kid(c->doc, top, DEM_DEPREL_CASE); k != DEM_NONE; k = dem_kid_after(c->doc, k, DEM_DEPREL_CASE))
    if (dem_str_in_list(DEM_S("during|in|at|after|before"), dem_tok(c, k)->norm)) return dem_tok(c, top)->deprel == DEM_DEPREL_OBL;
  return false;
}

bool dem_join_report(dem_coder *c, uint32_t t, dem_type type, dem_str mode) {
  if (!dem_points_back(c, t)) return false;
  uint32_t sentence = dem_tok(c, t)->sentence;
  for (uint32_t i = c->doc->events.n, back = 0; i-- > 0 && back < WINDOW; back++) {
    dem_event *e = &c->doc->events.at[i];
    if (e->type != type || (mode.len && e->modes.n && !dem_str_eq(mode, e->modes.at[0]))) continue;
    if (sentence - dem_tok(c, e->trigger_token)->sentence > NEAR) return false;
    dem_event_report r = {sentence, dem_clause(c, t), dem_tok(c, t)->span, e->status, {0}};
    dem_claimants(c, t, &r.claimant);
    *dem_push(&c->doc->arena, &e->reports) = r;
    dem_str word = dem_doc_slice(c->doc, dem_tok(c, t)->span);
    dem_doc_reason(c->doc, sentence, "\"%.*s\" points back to event %u", DEM_FMT(word), i + 1);
    return true;
  }
  return false;
}
