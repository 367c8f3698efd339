/* Stage 4 on one screen: index what was found, weigh the contexts, then look at every token of every sentence in order. A token
 * with a frame becomes an event, a report of an earlier one, or a reason why not. What is only asked for, promised or threatened
 * belongs to the event that asks, promises or threatens, and is no event of its own. Cost: linear in the text. */
#include "code/code.h"

#include "code/coder.h"

/* Participles before a noun describe it: "the detained reporter". */
static bool describes(const dem_coder *c, uint32_t t) {
  dem_str tag = dem_tok(c, t)->tag;
  bool participle = dem_is_verb(c, t) && (dem_str_is(tag, "VBG") || dem_passive(c, t));
  return participle && (dem_tok(c, t)->deprel == DEM_DEPREL_AMOD || dem_tok(c, t)->deprel == DEM_DEPREL_COMPOUND);
}

/* The content of a request stays its content through chains: "agreed to ask them to leave". */
static void pass_on(dem_coder *c, uint32_t t) {
  uint32_t k = dem_complement(c, t);
  if (k != DEM_NONE && dem_tok(c, k)->deprel == DEM_DEPREL_XCOMP) c->used[k] = 1;
  k = dem_is_verb(c, t) ? dem_kid(c->doc, t, DEM_DEPREL_OBJ) : DEM_NONE;
  if (k != DEM_NONE) c->used[k] = 1;
  for (k = dem_kid(c->doc, t, DEM_DEPREL_CONJ); k != DEM_NONE; k = dem_kid_after(c->doc, k, DEM_DEPREL_CONJ))
    if (dem_kid(c->doc, k, DEM_DEPREL_NSUBJ) == DEM_NONE && dem_is_verb(c, k) == dem_is_verb(c, t)) c->used[k] = 1;
}

static void token(dem_coder *c, uint32_t t) {
  if (c->used[t]) {
    pass_on(c, t);
    return;
  }
  if (dem_tok(c, t)->upos == DEM_UPOS_PROPN && dem_word_class(c, t, "calendar")) return; /* the month of March */
  if (dem_is_noun(c, t) && dem_tok(c, t)->deprel == DEM_DEPREL_COMPOUND) return; /* part of another noun */
  if (describes(c, t) || dem_tok(c, t)->mention != DEM_NONE) return; /* people are not their acts: "the protesters" */
  dem_frame f = dem_frame_of(c, t);
  if (f.row != DEM_NONE) dem_build(c, t, &f);
}

static void sentence(dem_coder *c, uint32_t s, dem_discard discard) {
  const dem_sentence at = c->doc->sentences.at[s];
  uint32_t events = c->doc->events.n, reasons = c->doc->reasons.n;
  if (discard >= DEM_DISCARD_SENTENCE) return;
  for (uint32_t t = at.first; t < at.last; t++) token(c, t);
  for (uint32_t i = events; i < c->doc->events.n; i++) {
    dem_event *e = &c->doc->events.at[i];
    if (discard == DEM_DISCARD_YEAR && e->status == DEM_STATUS_asserted) e->status = DEM_STATUS_historical;
    dem_doc_reason(c->doc, s, "event %u: %.*s by \"%.*s\" from %.*s", i + 1, DEM_FMT(dem_type_text(e->type)),
                   DEM_FMT(dem_doc_slice(c->doc, e->trigger)), DEM_FMT(e->frame));
  }
  if (c->doc->events.n == events && c->doc->reasons.n == reasons) dem_doc_reason(c->doc, s, "no trigger in this sentence");
}

void dem_coder_open(dem_doc *doc, const dem_model *model, dem_coder *c) {
  *c = (dem_coder){.doc = doc,
                   .frames = dem_model_table(model, DEM_TABLE_FRAMES),
                   .words = dem_model_table(model, DEM_TABLE_WORDS),
                   .types = dem_model_table(model, DEM_TABLE_TYPES),
                   .cameo = dem_model_table(model, DEM_TABLE_CAMEO),
                   .contexts = dem_model_table(model, DEM_TABLE_CONTEXTS)};
  c->verb = dem_array(&doc->arena, uint8_t, doc->tokens.n + 1u);
  c->used = dem_array(&doc->arena, uint8_t, doc->tokens.n + 1u);
  dem_find_verbs(c);
  dem_attach_index(c);
}

void dem_code(dem_doc *doc, const dem_model *model) {
  dem_coder c;
  dem_coder_open(doc, model, &c);
  dem_topics(&c);
  uint8_t *discard = dem_array(&doc->arena, uint8_t, doc->sentences.n + 1u);
  bool story = false;
  for (uint32_t s = 0; s < doc->sentences.n; s++) {
    discard[s] = (uint8_t)dem_discard_of(&c, s);
    story = story || discard[s] == DEM_DISCARD_STORY;
  }
  if (story) return;
  for (uint32_t s = 0; s < doc->sentences.n; s++) sentence(&c, s, (dem_discard)discard[s]);
}
