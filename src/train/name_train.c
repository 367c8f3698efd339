/* Trains the namer on token-per-line files (token, BIO label, …). Long source lines are cut at full stops, as sentences are in
 * use. Tags come from the tagger whose weights are given. Kinds of name that differ between corpora are folded into ours. */
#include <stdio.h>
#include <stdlib.h>

#include "train/trainers.h"

static const struct {
  const char *kind;
  dem_name_label label;
} kinds[] = {{"Person", DEM_NAME_PER}, {"Location", DEM_NAME_LOC}, {"Facility", DEM_NAME_LOC}, {"Organization", DEM_NAME_ORG},
             {"NORP", DEM_NAME_GRP}, {"Misc", DEM_NAME_MISC}, {"Product", DEM_NAME_MISC}, {"politician", DEM_NAME_PER},
             {"person", DEM_NAME_PER}, {"politicalparty", DEM_NAME_ORG}, {"organisation", DEM_NAME_ORG}, {"country", DEM_NAME_LOC},
             {"location", DEM_NAME_LOC}, {"election", DEM_NAME_MISC}, {"event", DEM_NAME_MISC}, {"misc", DEM_NAME_MISC}};

static uint8_t label_of(dem_str bio) {
  if (bio.len < 3) return 0;
  dem_str kind = dem_str_sub(bio, 2, bio.len);
  for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
    if (dem_str_is(kind, kinds[i].kind)) return (uint8_t)(2 * kinds[i].label - (bio.data[0] == 'B'));
  return 0; /* dates, sums of money */
}

/* The file as CoNLL-U with the label in the lemma's place, so that one reader serves. The caller frees. */
static char *as_conllu(dem_str rest, size_t *len) {
  char *out = malloc(rest.len * 4 + 64), *p = out;
  if (!out) abort();
  uint32_t n = 0;
  bool stop = false;
  while (rest.len) {
    dem_str line = dem_str_cut(&rest, '\n'), form = dem_str_cut(&line, '\t'), label = dem_str_cut(&line, '\t');
    bool inside = label.len && label.data[0] == 'I';
    if (!label.len || (stop && !inside && form.len && !dem_is_lower((unsigned char)form.data[0]))) {
      *p++ = '\n';
      n = 0;
    }
    if (dem_str_starts(form, "# doc") && !label.len) p += sprintf(p, "# newdoc\n");
    stop = dem_str_is(form, ".") || dem_str_is(form, "?") || dem_str_is(form, "!");
    if (label.len) p += sprintf(p, "%u\t%.*s\t%.*s\n", ++n % 100000, DEM_FMT(form), DEM_FMT(label));
  }
  *p++ = '\n';
  *len = (size_t)(p - out);
  return out;
}

static void learn_sentence(dem_learner *l, dem_word *w, const uint8_t *gold, uint32_t n, uint32_t *wrong) {
  uint64_t feature[DEM_NAME_FEATURES];
  int64_t score[256];
  for (uint32_t i = 0; i < n; i++) {
    uint32_t count = dem_name_features(w + i, feature), best = 0;
    dem_learner_score(l, feature, count, score);
    for (uint32_t k = 1; k < DEM_NAME_LABELS; k++)
      if (score[k] > score[best] && dem_name_may(k, (w + i)[-1].name)) best = k;
    if (best != gold[i]) {
      dem_learner_update(l, feature, count, gold[i], best);
      ++*wrong;
    }
    w[i].name = (uint8_t)best;
    dem_learner_tick(l);
  }
}

typedef struct name_run {
  dem_tagger tagger;
  dem_words words;
  uint8_t gold[DEM_SENTENCE_MAX];
} name_run;

/* Documents come in a new order each epoch. */
static void learn_document(name_run *r, dem_learner *l, const dem_doc *doc, uint32_t first, uint32_t last, uint32_t *wrong) {
  for (uint32_t i = first; i < last; i++) {
    const dem_sentence *s = &doc->sentences.at[i];
    dem_words_fill(doc, s, &r->words);
    dem_tag(&r->tagger, dem_words_at(&r->words), r->words.n);
    for (uint32_t k = 0; k < r->words.n; k++) r->gold[k] = label_of(doc->tokens.at[s->first + k].lemma);
    learn_sentence(l, dem_words_at(&r->words), r->gold, r->words.n, wrong);
  }
}

static bool train(const dem_doc *doc, const dem_recipe *recipe, name_run *r) {
  uint32_t n = doc->sentences.n, documents = 0, *begin = malloc((n + 2) * sizeof *begin), *order = malloc((n + 1) * sizeof *order);
  if (!begin || !order) abort();
  for (uint32_t i = 0; i < n; i++)
    if (i == 0 || doc->sentences.at[i].paragraph != doc->sentences.at[i - 1].paragraph) begin[documents++] = i;
  begin[documents] = n;
  for (uint32_t i = 0; i < documents; i++) order[i] = i;
  dem_learner *l = dem_learner_new();
  dem_random random = {20200626};
  for (uint32_t epoch = 0; epoch < recipe->epochs; epoch++) {
    uint32_t wrong = 0;
    dem_shuffle(&random, order, documents);
    for (uint32_t d = 0; d < documents; d++) learn_document(r, l, doc, begin[order[d]], begin[order[d] + 1], &wrong);
    fprintf(stderr, "name: epoch %u: %u of %u words wrong\n", epoch + 1, wrong, doc->tokens.n);
  }
  bool ok = dem_learner_write(l, recipe->out, DEM_NAME_LABELS, (dem_str){NULL, 0}, recipe->room);
  dem_learner_free(l);
  free(begin);
  free(order);
  return ok;
}

bool dem_train_name(char **paths, int n, const dem_recipe *recipe) {
  size_t len = 0, all = 0;
  char *weights = recipe->tagger ? dem_data_bytes(recipe->tagger, &len) : NULL, *text = NULL;
  name_run *r = calloc(1, sizeof *r);
  bool ok = r && weights && dem_tagger_open((dem_str){weights, len}, &r->tagger);
  if (!ok) fprintf(stderr, "demarche train: name needs --tagger FILE, a tagger's weights\n");
  for (int i = 0; ok && i < n; i++) {
    size_t more, tsv;
    char *bytes = dem_data_bytes(paths[i], &tsv);
    ok = bytes != NULL;
    if (!ok) break;
    char *lines = as_conllu((dem_str){bytes, tsv}, &more);
    text = realloc(text, all + more + 1);
    if (!text) abort();
    memcpy(text + all, lines, more);
    all += more;
    free(lines);
    free(bytes);
  }
  dem_data data = {NULL};
  if (ok && (ok = dem_data_read((dem_str){text, all}, &data))) ok = train(data.doc, recipe, r);
  dem_data_free(&data);
  free(text);
  free(weights);
  free(r);
  return ok;
}
