/* Trains the tagger: greedy, left to right, its own guesses as history, so that it learns to live with its mistakes. Now and
 * then a sentence is shown in lower or upper case, because headlines and telegrams come so. */
#include <stdio.h>
#include <stdlib.h>

#include "train/trainers.h"

static uint32_t find_label(dem_labels *l, dem_str name) {
  dem_str rest = {l->names, l->len};
  for (uint32_t i = 1; rest.len; i++)
    if (dem_str_eq(dem_str_cut(&rest, '\n'), name)) return i;
  if (l->count == 250 || l->len + name.len + 1 > sizeof l->names) return 0;
  memcpy(l->names + l->len, name.data, name.len);
  l->len += (uint32_t)name.len;
  l->names[l->len++] = '\n';
  return ++l->count;
}

void dem_labels_make(const dem_doc *doc, dem_labels *l) {
  *l = (dem_labels){.of = calloc(doc->tokens.n + 1, 1)};
  if (!l->of) abort();
  for (uint32_t i = 0; i < doc->tokens.n; i++) {
    const dem_token *t = &doc->tokens.at[i];
    char name[64];
    int n = snprintf(name, sizeof name, "%.*s %.*s", DEM_FMT(t->tag), DEM_FMT(dem_upos_text(t->upos)));
    bool slip = dem_str_is(t->tag, "GW") || dem_str_is(t->tag, "XX"); /* marks of treebank keeping, not tags */
    l->of[i] = slip || n >= (int)sizeof name ? 0 : (uint8_t)find_label(l, (dem_str){name, (size_t)n});
  }
}

void dem_labels_free(dem_labels *l) { free(l->of); }

static unsigned best_of(const int64_t *score, uint32_t n) {
  unsigned best = 0;
  for (unsigned k = 1; k < n; k++)
    if (score[k] > score[best]) best = k;
  return best;
}

void dem_tagger_run(dem_learner *l, dem_words *words, uint32_t labels) {
  uint64_t feature[DEM_TAG_FEATURES];
  int64_t score[256];
  dem_word *w = dem_words_at(words);
  for (uint32_t i = 0; i < words->n; i++) {
    uint32_t n = dem_tag_features(w + i, feature);
    dem_learner_score(l, feature, n, score);
    w[i].label = (uint8_t)(best_of(score, labels) + 1);
  }
}

/* Show the sentence in another case. */
static void change_case(const dem_doc *doc, const dem_sentence *s, dem_words *words, bool upper) {
  char form[256];
  for (uint32_t i = 0; i < words->n; i++) {
    const dem_token *t = &doc->tokens.at[s->first + i];
    dem_str text = dem_doc_slice(doc, t->span);
    size_t n = text.len < sizeof form ? text.len : sizeof form;
    for (size_t k = 0; k < n; k++) {
      unsigned char c = (unsigned char)text.data[k];
      form[k] = (char)(upper && dem_is_lower(c) ? c - 32 : upper ? c : dem_lower(c));
    }
    dem_word_make((dem_str){form, n}, t->norm, &dem_words_at(words)[i]);
  }
}

static void learn_sentence(dem_learner *l, dem_words *words, const uint8_t *gold, uint32_t labels, uint32_t *wrong) {
  uint64_t feature[DEM_TAG_FEATURES];
  int64_t score[256];
  dem_word *w = dem_words_at(words);
  for (uint32_t i = 0; i < words->n; i++) {
    uint32_t n = dem_tag_features(w + i, feature);
    dem_learner_score(l, feature, n, score);
    unsigned guess = best_of(score, labels);
    if (gold[i] && guess + 1 != gold[i]) {
      dem_learner_update(l, feature, n, gold[i] - 1u, guess);
      ++*wrong;
    }
    w[i].label = (uint8_t)(guess + 1);
    dem_learner_tick(l);
  }
}

dem_learner *dem_tagger_train(const dem_doc *doc, const dem_labels *labels, const bool *take, uint32_t epochs) {
  dem_learner *l = dem_learner_new();
  dem_random random = {20200626};
  uint32_t n = doc->sentences.n, *order = malloc((n + 1) * sizeof *order);
  dem_words *words = malloc(sizeof *words);
  if (!order || !words) abort();
  for (uint32_t i = 0; i < n; i++) order[i] = i;
  for (uint32_t epoch = 0; epoch < epochs; epoch++) {
    uint32_t wrong = 0;
    dem_shuffle(&random, order, n);
    for (uint32_t k = 0; k < n; k++) {
      const dem_sentence *s = &doc->sentences.at[order[k]];
      if (take && !take[order[k]]) continue;
      dem_words_fill(doc, s, words);
      uint32_t dice = dem_random_below(&random, 100);
      if (dice < 6) change_case(doc, s, words, dice < 2);
      learn_sentence(l, words, labels->of + s->first, labels->count, &wrong);
    }
    fprintf(stderr, "tag: epoch %u: %u wrong\n", epoch + 1, wrong);
  }
  dem_learner_average(l);
  free(order);
  free(words);
  return l;
}

bool dem_train_tag(dem_data *data, const dem_recipe *recipe) {
  dem_labels labels;
  dem_labels_make(data->doc, &labels);
  dem_learner *l = dem_tagger_train(data->doc, &labels, NULL, recipe->epochs);
  bool ok = dem_learner_write(l, recipe->out, labels.count, (dem_str){labels.names, labels.len}, recipe->room);
  dem_learner_free(l);
  dem_labels_free(&labels);
  return ok;
}
