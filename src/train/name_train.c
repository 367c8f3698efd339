/* Trains the namer on name lists: tags and trees come from the model's network, as they will in use; some sentences are written
 * once more like headlines; the weights are the mean of the later epochs'. At the end they are made into the blob that readers
 * use and scored with readers' code on the development file. */
#include "train/name_train.h"

#include <stdio.h>
#include <stdlib.h>

#include "train/name_crf.h"
#include "train/names_data.h"

enum { HEADLINE = 20, CAPITALS = 80 /* one sentence in so many */ };

static void *must(void *p) {
  if (p) return p;
  fprintf(stderr, "demarche train: out of memory\n");
  exit(1);
}

/* ---- headlines ---- */

static void put_capitals(char *to, dem_str form, bool all) {
  bool small = form.len < 4 && !dem_is_upper((unsigned char)form.data[0]);
  for (size_t i = 0; i < form.len; i++) {
    bool raise = dem_is_lower((unsigned char)form.data[i]) && (all || (i == 0 && !small));
    to[i] = (char)(raise ? form.data[i] - 32 : form.data[i]);
  }
}

/* Some sentences again, written like headlines: Every Long Word With a Capital, or ALL CAPITALS. */
static void add_headlines(dem_doc *doc) {
  uint32_t sentences = doc->sentences.n;
  size_t end = doc->text.len;
  char *text = dem_array(&doc->arena, char, 2 * doc->text.len + 1);
  memcpy(text, doc->text.data, end);
  for (uint32_t k = 0; k < sentences; k++) {
    if (k % HEADLINE && k % CAPITALS != 1) continue;
    uint32_t first = doc->tokens.n;
    for (uint32_t i = doc->sentences.at[k].first; i < doc->sentences.at[k].last; i++) {
      dem_token *t = dem_push(&doc->arena, &doc->tokens);
      *t = doc->tokens.at[i];
      dem_str form = dem_doc_slice(doc, t->span);
      put_capitals(text + end, form, k % HEADLINE != 0);
      t->span = (dem_span){(uint32_t)end, (uint32_t)(end + form.len)};
      end += form.len;
    }
    dem_sentence_close(doc, first, doc->sentences.at[k].paragraph + doc->paragraphs.n);
  }
  doc->text = (dem_str){text, end};
}

/* ---- the run ---- */

typedef struct name_run {
  const dem_recipe *recipe;
  const dem_model *model;
  dem_doc *doc, *dev;
  const dem_namer *namer;
  uint32_t *word, word_log2;
  dem_random random;
  uint8_t *gold; /* by word */
  dem_crf *crf;
} name_run;

static void set_gold(name_run *r) {
  const dem_doc *doc = r->doc;
  for (uint32_t i = 0; i < doc->tokens.n; i++) {
    const dem_token *t = &doc->tokens.at[i];
    bool last = i + 1 == doc->tokens.n || t[1].sentence != t->sentence || t[1].name != t->name || t[1].name_begin;
    unsigned part = t->name_begin ? (last ? 3u : 0u) : (last ? 2u : 1u);
    r->gold[i] = (uint8_t)(t->name ? 1u + 4u * (t->name - 1u) + part : 0u);
  }
}

/* One past the last sentence of the stretch, which ends with its document. */
static uint32_t stretch_end(const dem_doc *doc, uint32_t first) {
  uint32_t last = dem_name_stretch(doc, first);
  for (uint32_t i = first; i < last; i++)
    if (doc->sentences.at[i].paragraph != doc->sentences.at[first].paragraph) return i;
  return last;
}

static void add_features(name_run *r, bool count) {
  dem_name_words *words = must(malloc(sizeof *words));
  dem_name_seen *seen = must(malloc(sizeof *seen));
  uint64_t feature[DEM_NAME_FEATURES];
  for (uint32_t first = 0, last; first < r->doc->sentences.n; first = last) {
    last = stretch_end(r->doc, first);
    dem_name_seen_in(r->doc, first, last, seen);
    for (uint32_t i = first; i < last; i++) {
      const dem_sentence *s = &r->doc->sentences.at[i];
      dem_name_words_fill(r->namer, r->doc, seen, s, words);
      for (uint32_t k = 0; k < words->n; k++) {
        const dem_name_word *w = &dem_name_words_at(words)[k];
        uint32_t n = dem_name_features(w, feature);
        if (count) dem_crf_count(r->crf, feature, n);
        else dem_crf_add(r->crf, feature, n, w->class, r->gold[s->first + k], w->place);
      }
    }
  }
  free(words);
  free(seen);
}

/* ---- scores ---- */

static bool counts(const dem_token *t) {
  return t->name == DEM_NAME_PER || t->name == DEM_NAME_ORG || t->name == DEM_NAME_LOC || t->name == DEM_NAME_GRP;
}

/* One past the name that begins at i. */
static uint32_t end_of(const dem_token *t, uint32_t i, uint32_t last) {
  uint32_t k = i + 1;
  while (k < last && t[k].name == t[i].name && !t[k].name_begin) k++;
  return k;
}

typedef struct dem_name_score {
  uint32_t right, given, wanted;
} dem_name_score;

/* Over people, bodies, places and groups. */
static dem_name_score compare(const dem_doc *doc, const dem_token *gold, const dem_token *found) {
  dem_name_score s = {0, 0, 0};
  for (uint32_t k = 0; k < doc->sentences.n; k++) {
    uint32_t last = doc->sentences.at[k].last;
    for (uint32_t i = doc->sentences.at[k].first; i < last; i++) {
      bool want = gold[i].name_begin && counts(&gold[i]), have = found[i].name_begin && counts(&found[i]);
      s.wanted += want;
      s.given += have;
      s.right += want && have && gold[i].name == found[i].name && end_of(gold, i, last) == end_of(found, i, last);
    }
  }
  return s;
}

static char *blob_of(const name_run *r, uint32_t room, size_t *len) {
  dem_name_weights w = {.word = r->word, .word_log2 = r->word_log2};
  if (r->crf) w.emit = dem_crf_emit(r->crf), w.key = dem_crf_keys(r->crf), w.rows = dem_crf_rows(r->crf), w.move = dem_crf_move(r->crf), w.wanted = dem_crf_wanted(r->crf);
  return dem_name_blob(&w, room, len);
}

static void score(const name_run *r, const char *what, uint32_t room) {
  if (!r->dev) return;
  size_t len, size = r->dev->tokens.n * sizeof *r->dev->tokens.at;
  char *blob = blob_of(r, room, &len);
  dem_token *gold = must(malloc(size + 1));
  dem_namer namer;
  memcpy(gold, r->dev->tokens.at, size);
  if (dem_namer_open((dem_str){blob, len}, r->model, &namer)) dem_name_doc(&namer, r->dev);
  dem_name_score s = compare(r->dev, gold, r->dev->tokens.at);
  uint32_t p = s.given ? s.right * 1000 / s.given : 0, c = s.wanted ? s.right * 1000 / s.wanted : 0;
  uint32_t f = s.given + s.wanted ? 2000 * s.right / (s.given + s.wanted) : 0;
  fprintf(stderr, "name: %s: P %u.%u R %u.%u F1 %u.%u\n", what, p / 10, p % 10, c / 10, c % 10, f / 10, f % 10);
  memcpy(r->dev->tokens.at, gold, size);
  free(gold);
  free(blob);
}

/* ---- training ---- */

static void run(name_run *r) {
  uint32_t n = r->doc->tokens.n, epochs = r->recipe->epochs;
  r->gold = must(calloc(n + 1, 1));
  set_gold(r);
  r->crf = dem_crf_new(n);
  add_features(r, true);
  add_features(r, false);
  fprintf(stderr, "name: %u words, %u features\n", n, dem_crf_rows(r->crf));
  dem_crf_start(r->crf);
  for (uint32_t epoch = 0; epoch < epochs; epoch++) {
    dem_crf_epoch(r->crf, r->doc, &r->random);
    if (epoch >= epochs / 2) dem_crf_remember(r->crf);
    fprintf(stderr, "name: epoch %u of %u\n", epoch + 1, epochs);
  }
  dem_crf_take_mean(r->crf);
  score(r, "all weights", UINT32_MAX / 4);
  score(r, "those kept", r->recipe->room);
}

static bool write_file(const char *path, const char *bytes, size_t len) {
  FILE *f = fopen(path, "wb");
  bool ok = f && fwrite(bytes, 1, len, f) == len;
  if (f && fclose(f) != 0) ok = false;
  if (!ok) fprintf(stderr, "demarche train: %s: cannot be written\n", path);
  return ok;
}

/* Tags and trees, as readers have them when names are looked for. Names stay as they are: a network may know some itself. */
static void parse(dem_doc *doc, const dem_model *model) {
  dem_net net;
  if (!doc || !dem_net_open(dem_model_weights(model, DEM_WEIGHTS_NET), &net)) return;
  size_t size = doc->tokens.n * sizeof *doc->tokens.at;
  dem_token *gold = must(malloc(size + 1));
  memcpy(gold, doc->tokens.at, size);
  dem_net_read(&net, dem_net_room_new(&doc->arena, &net), doc, 0, doc->sentences.n);
  for (uint32_t i = 0; i < doc->tokens.n; i++) doc->tokens.at[i].name = gold[i].name, doc->tokens.at[i].name_begin = gold[i].name_begin;
  free(gold);
}

static bool train(dem_data *data, dem_doc *dev, const dem_model *model, const dem_recipe *recipe) {
  name_run r = {.recipe = recipe, .model = model, .doc = data->doc, .dev = dev, .random = {20200626}};
  size_t len;
  dem_namer namer;
  r.word = dem_name_word_table(recipe->vectors, model, &r.word_log2);
  if (!r.word) return false;
  char *words = blob_of(&r, 1, &len), *blob = NULL;
  bool ok = dem_namer_open((dem_str){words, len}, model, &namer);
  if (ok) {
    r.namer = &namer;
    add_headlines(r.doc);
    parse(r.doc, model);
    parse(r.dev, model);
    run(&r);
    blob = blob_of(&r, recipe->room, &len);
    ok = write_file(recipe->out, blob, len);
  }
  dem_crf_free(r.crf);
  free(words), free(blob), free(r.word), free(r.gold);
  return ok;
}

bool dem_train_name(char **paths, int n, const dem_recipe *recipe) {
  dem_data data = {NULL}, dev = {NULL};
  demarche_model *model = NULL;
  demarche_error err = {0};
  char *dev_path = (char *)(uintptr_t)recipe->dev;
  bool ok = recipe->model && demarche_model_open(recipe->model, &model, &err) == DEMARCHE_OK;
  if (!ok) fprintf(stderr, "demarche train: name needs --model FILE, for its lexicon: %s\n", recipe->model ? err.text : "none given");
  ok = ok && dem_names_load(paths, n, &data) && (!dev_path || dem_names_load(&dev_path, 1, &dev));
  ok = ok && train(&data, dev.doc, model, recipe);
  dem_data_free(&data);
  dem_data_free(&dev);
  demarche_model_close(model);
  return ok;
}
