/* The way of a text through its models: sentences and tokens, then for each sentence tags, lemmas, tree. A model that is missing or
 * damaged leaves its layer to a plain default (tag NN, lemma = norm, a flat tree), so that later stages always find every
 * token whole. Memory: one sentence's scratch for the whole text. */
#include "text/text.h"

#include "base/utf8.h"
#include "text/conllu.h"
#include "text/lemma.h"
#include "text/parse.h"
#include "text/segment.h"
#include "text/tag.h"
#include "text/words.h"

typedef struct engine {
  dem_tagger tagger;
  dem_lemmas lemmas;
  dem_linear parser;
  bool tags, trees;
  dem_words words;
  dem_parse_state state;
} engine;

static void open_models(engine *e, const dem_model *model) {
  if (!model) return;
  e->tags = dem_tagger_open(dem_model_weights(model, DEM_WEIGHTS_TAG), &e->tagger);
  if (!dem_lemmas_open(dem_model_weights(model, DEM_WEIGHTS_LEMMA), &e->lemmas)) e->lemmas = (dem_lemmas){0};
  e->trees = e->tags && dem_linear_open(dem_model_weights(model, DEM_WEIGHTS_PARSE), &e->parser);
}

static void tag_sentence(engine *e, dem_doc *doc, const dem_sentence *s) {
  dem_word *w = dem_words_at(&e->words);
  if (e->tags) dem_tag(&e->tagger, w, e->words.n);
  for (uint32_t i = 0; i < e->words.n; i++) {
    dem_token *t = &doc->tokens.at[s->first + i];
    t->tag = e->tags ? e->tagger.tag[w[i].label] : DEM_S("NN");
    t->upos = e->words.upos[i] = e->tags ? e->tagger.upos[w[i].label] : DEM_UPOS_NOUN;
    t->lemma = dem_lemma(&e->lemmas, &doc->arena, dem_doc_slice(doc, t->span), t->norm, t->tag);
  }
}

static void flat_tree(dem_doc *doc, const dem_sentence *s) {
  for (uint32_t i = s->first; i < s->last; i++) {
    doc->tokens.at[i].head = i == s->first ? DEM_NONE : s->first;
    doc->tokens.at[i].deprel = i == s->first ? DEM_DEPREL_ROOT : DEM_DEPREL_DEP;
  }
}

static void parse_sentence(engine *e, dem_doc *doc, const dem_sentence *s) {
  if (!e->trees) {
    flat_tree(doc, s);
    return;
  }
  uint32_t n = e->words.n;
  dem_parse_start(&e->state, dem_words_at(&e->words), e->words.upos, n);
  dem_parse(&e->parser, &e->state);
  for (uint32_t i = 0; i < n; i++) {
    dem_token *t = &doc->tokens.at[s->first + i];
    t->head = e->state.node[i].head == n ? DEM_NONE : s->first + e->state.node[i].head;
    t->deprel = e->state.node[i].rel;
  }
}

void dem_text(dem_doc *doc, const dem_model *model) {
  if (doc->option_conllu) dem_conllu_read(doc, doc->bytes);
  else dem_segment(doc, model ? dem_model_weights(model, DEM_WEIGHTS_SEGMENT) : (dem_str){NULL, 0});
  for (uint32_t i = 0; i < doc->tokens.n; i++) {
    dem_token *t = &doc->tokens.at[i];
    t->norm = dem_norm(&doc->arena, dem_doc_slice(doc, t->span));
    t->mention = t->over = DEM_NONE;
  }
  engine *e = dem_new(&doc->arena, engine);
  open_models(e, model);
  for (uint32_t i = 0; i < doc->sentences.n; i++) {
    dem_words_fill(doc, &doc->sentences.at[i], &e->words);
    tag_sentence(e, doc, &doc->sentences.at[i]);
    parse_sentence(e, doc, &doc->sentences.at[i]);
  }
  dem_doc_index_tree(doc);
}
