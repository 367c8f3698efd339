/* The way of a text through its models: sentences and tokens, tags and trees by the network, lemmas. A model that is missing or
 * damaged leaves its layer to a plain default (tag NN, lemma = norm, a flat tree), so that later stages always find every
 * token whole. */
#include "text/text.h"

#include "base/utf8.h"
#include "text/conllu.h"
#include "text/lemma.h"
#include "text/name.h"
#include "text/net.h"
#include "text/segment.h"

typedef struct engine {
  dem_net net;
  dem_net_room *room;
  dem_lemmas lemmas;
} engine;

static void open_models(engine *e, dem_doc *doc, const dem_model *model) {
  if (!model) return;
  if (dem_net_open(dem_model_weights(model, DEM_WEIGHTS_NET), &e->net)) e->room = dem_net_room_new(&doc->arena, &e->net);
  if (!dem_lemmas_open(dem_model_weights(model, DEM_WEIGHTS_LEMMA), &e->lemmas)) e->lemmas = (dem_lemmas){0};
}

static void plain_layers(dem_doc *doc) {
  for (uint32_t i = 0; i < doc->tokens.n; i++) {
    dem_token *t = &doc->tokens.at[i];
    uint32_t first = doc->sentences.at[t->sentence].first;
    t->tag = DEM_S("NN");
    t->upos = DEM_UPOS_NOUN;
    t->head = i == first ? DEM_NONE : first;
    t->deprel = i == first ? DEM_DEPREL_ROOT : DEM_DEPREL_DEP;
  }
}

static void set_lemmas(engine *e, dem_doc *doc) {
  for (uint32_t i = 0; i < doc->tokens.n; i++) {
    dem_token *t = &doc->tokens.at[i];
    t->lemma = dem_lemma(&e->lemmas, &doc->arena, dem_doc_slice(doc, t->span), t->norm, t->tag);
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
  open_models(e, doc, model);
  if (e->room) dem_net_read(&e->net, e->room, doc, 0, doc->sentences.n);
  else plain_layers(doc);
  set_lemmas(e, doc);
  dem_doc_index_tree(doc);
  dem_namer namer;
  if (model && dem_namer_open(dem_model_weights(model, DEM_WEIGHTS_NAME), model, &namer)) dem_name_doc(&namer, doc);
}
