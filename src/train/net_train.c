/* Trains the network: loads treebanks, shuffles sentences into batches of about a thousand tokens, follows Adam with a falling
 * rate, and reports the development set after each epoch. The number of epochs is fixed beforehand, so the weights are those of the
 * last one; a seed gives one result. */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "train/net_data.h"
#include "train/names_data.h"
#include "train/net_teach.h"
#include "train/net_train.h"
#include "train/net_write.h"

enum { BATCH = 800, ROOM = BATCH + DEM_NET_SENTENCE };

/* ---- batches ---- */

typedef struct feeder {
  dem_batch batch;
  dem_dropout dropout;
  float join;      /* probability that a sentence is read together with the next one, as where nobody saw the end */
  float word_drop; /* a word seen c times is hidden with probability word_drop / (word_drop + c) */
  uint64_t random;
} feeder;

static float uniform(uint64_t *state) {
  *state ^= *state >> 12;
  *state ^= *state << 25;
  *state ^= *state >> 27;
  return (float)((*state * 0x2545F4914F6CDD1Du) >> 40) / 16777216.0f;
}

static void feeder_open(feeder *f, uint64_t seed) {
  *f = (feeder){.random = seed};
  f->batch.token = calloc(ROOM, sizeof *f->batch.token);
  f->batch.begin = calloc(ROOM + 1, sizeof *f->batch.begin);
  if (!f->batch.token || !f->batch.begin) abort();
}

static void feeder_close(feeder *f) { free(f->batch.token), free(f->batch.begin); }

/* The tokens of sentence s follow those of the sentence before as if nothing stood between: two trees, two roots. */
static void join(dem_batch *b, const dem_corpus *c, uint32_t s) {
  uint32_t first = b->begin[b->sentences - 1], shift = b->tokens - first, count = c->begin[s + 1] - c->begin[s];
  memcpy(b->token + b->tokens, c->token + c->begin[s], count * sizeof *b->token);
  b->token[b->tokens].look[DEM_LOOK_SHAPE] = b->token[b->tokens].inside;
  for (uint32_t i = 0; i < count; i++) {
    dem_sample *t = &b->token[b->tokens + i];
    if (t->head < DEM_HEAD_ROOT) t->head = (uint16_t)(t->head + shift);
  }
  b->tokens += count;
}

/* Take sentences order[*at ...] while they fit. */
static void feed(feeder *f, const dem_corpus *c, const uint32_t *order, uint32_t n, uint32_t *at) {
  dem_batch *b = &f->batch;
  b->tokens = b->sentences = 0;
  while (*at < n && b->tokens < BATCH) {
    uint32_t s = order ? order[*at] : *at, count = c->begin[s + 1] - c->begin[s];
    memcpy(b->token + b->tokens, c->token + c->begin[s], count * sizeof *b->token);
    b->begin[b->sentences++] = b->tokens;
    b->tokens += count;
    (*at)++;
    if (order && c->joins[s] && uniform(&f->random) < f->join) join(b, c, s + 1);
  }
  b->begin[b->sentences] = b->tokens;
}

static void hide_words(feeder *f) {
  for (uint32_t i = 0; i < f->batch.tokens; i++) {
    dem_sample *t = &f->batch.token[i];
    if (uniform(&f->random) < f->word_drop / (f->word_drop + (float)t->count)) t->look[DEM_LOOK_FORM] = DEM_LOOK_FORM;
    if (uniform(&f->random) < 0.1f) t->vector = DEM_NONE;
  }
}

/* ---- score ---- */

/* "nsubj:pass" counts as "nsubj", as in the CoNLL 2018 measure. */
static dem_str plain(unsigned rel) {
  dem_str s = dem_deprel_text((dem_deprel)rel);
  return dem_str_cut(&s, ':');
}

static void score(dem_brain *b, const dem_corpus *dev, feeder *f) {
  uint32_t at = 0, all = 0, uas = 0, las = 0, upos = 0, xpos = 0;
  while (at < dev->sentences) {
    uint32_t first = dev->begin[at];
    feed(f, dev, NULL, dev->sentences, &at);
    dem_brain_forward(b, &f->batch, NULL, &f->random);
    dem_brain_label(b, &f->batch);
    for (uint32_t i = 0; i < f->batch.tokens; i++) {
      const dem_sample *gold = &dev->token[first + i], *got = &f->batch.token[i];
      all++;
      upos += gold->upos == got->upos;
      xpos += gold->xpos == got->xpos;
      uas += gold->head == got->head;
      las += gold->head == got->head && dem_str_eq(plain(gold->rel), plain(got->rel));
    }
  }
  double per = 100.0 / (all ? all : 1);
  fprintf(stderr, " | UPOS %.2f XPOS %.2f UAS %.2f LAS %.2f", upos * per, xpos * per, uas * per, las * per);
}

/* Names of a corpus, whole ones: found, right, wanted. A name is what stands between its begin and its end. */
static void score_names(dem_brain *b, const dem_corpus *dev, feeder *f) {
  uint32_t at = 0, found = 0, wanted = 0, right = 0;
  while (at < dev->sentences) {
    uint32_t first = dev->begin[at];
    feed(f, dev, NULL, dev->sentences, &at);
    dem_brain_forward(b, &f->batch, NULL, &f->random);
    dem_brain_label(b, &f->batch);
    bool same = false;
    for (uint32_t i = 0; i < f->batch.tokens; i++) {
      uint8_t gold = dev->token[first + i].name, got = f->batch.token[i].name;
      bool gold_begins = gold && ((gold - 1) % 4 == 0 || (gold - 1) % 4 == 3), got_begins = got && ((got - 1) % 4 == 0 || (got - 1) % 4 == 3);
      wanted += gold_begins;
      found += got_begins;
      same = gold_begins ? gold == got : same && gold == got;
      if (gold && (gold - 1) % 4 >= 2) right += same, same = false;
    }
  }
  double p = 100.0 * right / (found ? found : 1), q = 100.0 * right / (wanted ? wanted : 1);
  fprintf(stderr, " | names P %.1f R %.1f F %.2f", p, q, p + q > 0 ? 2 * p * q / (p + q) : 0);
}

/* ---- train ---- */

typedef struct run {
  const dem_net_recipe *recipe;
  dem_vectors vectors;
  dem_dictionary dictionary;
  dem_data data[DEM_NET_SOURCES];
  dem_corpus train, dev[DEM_NET_SOURCES];
  unsigned taught[DEM_NET_SOURCES]; /* layers that teachers filled in */
  uint32_t end[DEM_NET_SOURCES]; /* of each source's sentences in train */
  dem_brain *brain;
  uint32_t *order;
  double tokens; /* of an epoch, on average */
} run;

/* This epoch's sentences: of each source its share, drawn. */
static uint32_t draw_order(run *r, uint32_t epoch) {
  dem_random random = {r->recipe->seed * 1000 + epoch + 1};
  uint32_t n = 0;
  for (uint32_t k = 0, s = 0; k < r->recipe->sources; k++)
    for (; s < r->end[k]; s++)
      if (dem_random_below(&random, 100) < r->recipe->source[k].share) r->order[n++] = s;
  dem_shuffle(&random, r->order, n);
  return n;
}

static void learn_epoch(run *r, feeder *f, uint32_t epoch, uint32_t *step) {
  dem_loss loss = {0};
  uint32_t n = draw_order(r, epoch);
  double steps = r->recipe->epochs * r->tokens * 1.09 / (BATCH + 12);
  for (uint32_t at = 0; at < n; (*step)++) {
    feed(f, &r->train, r->order, n, &at);
    hide_words(f);
    dem_brain_forward(r->brain, &f->batch, &f->dropout, &f->random);
    dem_brain_learn(r->brain, &f->batch, true, &loss);
    float done = (float)(*step / steps), warm = (float)*step / 200;
    float rate = r->recipe->rate * (warm < 1 ? warm : 1) * (done < 1 ? 1 - 0.98f * done : 0.02f);
    dem_brain_step(r->brain, &(dem_adam){rate, 0.9f, 0.98f, 1e-8f});
  }
  fprintf(stderr, "net: epoch %u: arc %.3f rel %.3f xpos %.3f upos %.3f name %.3f", epoch + 1, loss.arc / (loss.arcs + 1), loss.rel / (loss.rels + 1),
          loss.xpos / (loss.xposes + 1), loss.upos / (loss.uposes + 1), loss.name / (loss.names + 1));
}

static bool learn(run *r) {
  uint32_t step = 0;
  bool ok = true;
  feeder f;
  feeder_open(&f, r->recipe->seed);
  f.dropout = r->recipe->dropout;
  f.word_drop = 0.25f;
  f.join = 0.1f;
  for (uint32_t e = 0; ok && e < r->recipe->epochs; e++) {
    clock_t start = clock();
    learn_epoch(r, &f, e, &step);
    for (uint32_t k = 0; k < r->recipe->sources; k++) {
      if (r->dev[k].sentences && r->recipe->source[k].layers == DEM_HAS_NAMES) score_names(r->brain, &r->dev[k], &f);
      else if (r->dev[k].sentences) score(r->brain, &r->dev[k], &f);
    }
    fprintf(stderr, " (%.0f s)\n", (double)(clock() - start) / CLOCKS_PER_SEC);
    if (e % 5 == 4 || e + 1 == r->recipe->epochs)
      ok = dem_net_write(r->brain, &r->dictionary, r->recipe->rows, r->recipe->names, r->recipe->out);
  }
  feeder_close(&f);
  return ok;
}

static bool load_file(const char *path, unsigned layers, dem_data *data) {
  char *paths[] = {(char *)(size_t)path};
  return layers & DEM_HAS_NAMES ? dem_names_load(paths, 1, data) : layers == DEM_HAS_XPOS ? dem_tagged_load(path, data) : dem_data_load(paths, 1, data);
}

static bool load(run *r) {
  const dem_net_recipe *recipe = r->recipe;
  if (recipe->vectors && !dem_vectors_load(recipe->vectors, &r->vectors)) return false;
  for (uint32_t k = 0; k < recipe->sources; k++) {
    const dem_net_source *s = &recipe->source[k];
    if (!load_file(s->path, s->layers, &r->data[k])) return false;
    bool teach = recipe->teacher[0] && s->layers != (DEM_HAS_TAGS | DEM_HAS_TREE);
    if (teach && !dem_teach(r->data[k].doc, recipe->teacher[0], recipe->teacher[1])) return false;
    if (teach) r->taught[k] = DEM_HAS_TAGS | DEM_HAS_TREE;
    dem_dictionary_count(&r->dictionary, r->data[k].doc, s->layers);
  }
  dem_dictionary_close(&r->dictionary, &r->vectors);
  for (uint32_t k = 0; k < recipe->sources; k++) {
    const dem_net_source *s = &recipe->source[k];
    dem_data dev = {NULL};
    uint32_t before = r->train.tokens;
    dem_corpus_add(&r->train, &r->dictionary, r->data[k].doc, s->layers | r->taught[k]);
    r->end[k] = r->train.sentences;
    r->tokens += (r->train.tokens - before) * (s->share / 100.0);
    if (!s->dev) continue;
    if (!load_file(s->dev, s->layers, &dev)) return false;
    dem_corpus_add(&r->dev[k], &r->dictionary, dev.doc, s->layers);
    dem_data_free(&dev);
  }
  r->order = calloc(r->train.sentences + 1u, sizeof *r->order);
  if (!r->order) abort();
  return true;
}

static bool train(const dem_net_recipe *recipe) {
  run *r = calloc(1, sizeof *r);
  if (!r) abort();
  r->recipe = recipe;
  bool ok = load(r);
  if (ok) {
    dem_net_size size = {.half = recipe->half, .layers = recipe->layers, .arc = recipe->arc, .rel = recipe->rel, .xpos = r->dictionary.xposes,
                         .name = DEM_NET_NAMES, .vector = r->vectors.width, .rows = r->dictionary.rows};
    r->brain = dem_brain_new(&size, r->vectors.at, ROOM, recipe->seed * 0x9E3779B97F4A7C15u + 1);
    fprintf(stderr, "net: %u sentences, %u tokens, %.0f an epoch; %u rows of %u, %zu weights\n", r->train.sentences, r->train.tokens, r->tokens,
            size.rows, 2 * size.half, r->brain->place.all);
    ok = learn(r);
  }
  dem_brain_free(r->brain);
  dem_corpus_free(&r->train);
  for (uint32_t k = 0; k < DEM_NET_SOURCES; k++) dem_corpus_free(&r->dev[k]), dem_data_free(&r->data[k]);
  dem_dictionary_free(&r->dictionary);
  dem_vectors_free(&r->vectors);
  free(r->order);
  free(r);
  return ok;
}

/* ---- the command ---- */

static int usage(void) {
  fprintf(stderr, "usage: demarche train net --out FILE [--epochs N] [--half N] [--layers N] [--arc N] [--rel N] [--dropout PERCENT] [--seed N] [--vectors FILE [--rows N]]\n"
                  "         [--teacher FILE [--teacher FILE]] [--share PERCENT] SOURCE...\n"
                  "  SOURCE: --trees FILE.conllu, --tags FILE.tsv (token, Penn tag), --names FILE.tsv (token, B-Person ...); each may be gzipped.\n"
                  "  --parsed FILE.conllu: sentences and tokens only. --teacher FILE (one or two networks): trees for sources that have none.\n"
                  "  --dev FILE after a source: scored after every epoch. --share before sources: how much of them an epoch draws.\n");
  return 2;
}

static bool add_source(dem_net_recipe *r, const char *path, unsigned layers, uint32_t share) {
  if (r->sources == DEM_NET_SOURCES) return false;
  r->source[r->sources++] = (dem_net_source){.path = path, .layers = layers, .share = share};
  r->names |= layers == DEM_HAS_NAMES;
  return true;
}

/* Shares from one number: a little less of the embedding, a little more before the heads. */
static dem_dropout dropout_of(uint32_t percent) {
  float share = (float)percent / 100;
  return (dem_dropout){share - 0.05f, share, share + 0.05f, share};
}

static bool option(dem_net_recipe *r, const char *name, const char *value, uint32_t *share) {
  uint32_t number = 0, dropout = 0;
  bool is_number = dem_str_u32(dem_str_of(value), &number);
  struct {
    const char *name;
    uint32_t *at, least, most, step;
  } numbers[] = {{"--epochs", &r->epochs, 1, 1000, 1},   {"--half", &r->half, 8, DEM_NET_HALF_MAX, 8},
                 {"--layers", &r->layers, 1, DEM_NET_LAYERS, 1}, {"--arc", &r->arc, 8, DEM_NET_HALF_MAX, 8},
                 {"--rel", &r->rel, 8, DEM_NET_HALF_MAX, 8},     {"--seed", &r->seed, 1, UINT32_MAX, 1},
                 {"--rows", &r->rows, 0, (1 << 17) - 1, 1},          {"--share", share, 1, 100, 1},
                 {"--dropout", &dropout, 5, 60, 1}};
  for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
    if (strcmp(name, numbers[i].name) != 0) continue;
    if (!is_number || number < numbers[i].least || number > numbers[i].most || number % numbers[i].step) return false;
    *numbers[i].at = number;
    if (dropout) r->dropout = dropout_of(dropout);
    return true;
  }
  if (strcmp(name, "--trees") == 0) return add_source(r, value, DEM_HAS_TAGS | DEM_HAS_TREE, *share);
  if (strcmp(name, "--tags") == 0) return add_source(r, value, DEM_HAS_XPOS, *share);
  if (strcmp(name, "--parsed") == 0) return add_source(r, value, 0, *share);
  if (strcmp(name, "--names") == 0) return add_source(r, value, DEM_HAS_NAMES, *share);
  if (strcmp(name, "--out") == 0) r->out = value;
  else if (strcmp(name, "--teacher") == 0) r->teacher[r->teacher[0] != NULL] = value;
  else if (strcmp(name, "--vectors") == 0) r->vectors = value;
  else if (strcmp(name, "--dev") == 0 && r->sources) r->source[r->sources - 1].dev = value;
  else return false;
  return true;
}

int dem_train_net(int argc, char **argv) {
  dem_net_recipe recipe = {.epochs = 20, .half = 96, .layers = 3, .arc = 96, .rel = 64, .seed = 1, .rows = 31800, .rate = 0.002f,
                           .dropout = dropout_of(25)};
  uint32_t share = 100;
  for (int i = 0; i < argc; i += 2)
    if (i + 1 == argc || !option(&recipe, argv[i], argv[i + 1], &share)) return usage();
  if (!recipe.out || !recipe.sources) return usage();
  return train(&recipe) ? 0 : 1;
}
