/* Learns lemma rules. A type is a form under a tag with the lemma most of its tokens have. Endings are learned from types, the
 * shortest first: the rule most types follow, kept only where it says something else than the shorter ending would, at least two
 * types agree and the rule takes off no more than the ending. Types that endings get wrong are kept whole, and so are words that
 * have one lemma under all their tags. Then words of raw text
 * (--text) whose lemma by rule occurs nowhere, while another way to take the ending off gives a word that does ("provoked": not
 * "provok" but "provoke"), are kept whole too. A list of irregular forms (--list) has the last word. Whole numbers and sorting only, so that the same data gives the same bytes. */
#include <stdio.h>
#include <stdlib.h>

#include "base/file.h"
#include "base/utf8.h"
#include "train/trainers.h"

enum { LIMIT = 1 << 28, KEPT = 1 << 19, LEAST = 4 };

typedef struct vote {
  uint64_t key;
  uint16_t rule;
  uint32_t count, token;
} vote;

typedef struct count {
  dem_str word;
  uint32_t n;
} count;

typedef struct lemma_run {
  dem_lemma_rule rule[DEM_LEMMA_RULES];
  uint32_t rules;
  const dem_doc *doc;
  vote *types, *votes;
  uint16_t *inherits; /* by type: what the endings up to now say, + 1 */
  uint32_t n;
  uint64_t *kept_key;
  uint16_t *kept_rule;
  uint32_t kept;
  uint32_t *slot, log2;
  count *vocabulary;
  uint32_t words;
  dem_arena arena;
} lemma_run;

static void *must(void *p) {
  if (!p) abort();
  return p;
}

/* ---- rules ---- */

static bool make_rule(dem_str base, uint8_t kind, dem_str lemma, dem_lemma_rule *r) {
  size_t same = 0;
  *r = (dem_lemma_rule){.base = kind};
  while (same < base.len && same < lemma.len && base.data[same] == lemma.data[same]) same++;
  while (same && same < base.len && ((unsigned char)base.data[same] & 0xC0) == 0x80) same--;
  if (base.len - same > 255 || lemma.len - same > DEM_LEMMA_APPEND) return false;
  r->strip = (uint8_t)(base.len - same);
  r->count = (uint8_t)(lemma.len - same);
  memcpy(r->append, lemma.data + same, r->count);
  return true;
}

static uint16_t number_of(lemma_run *r, const dem_lemma_rule *rule) {
  for (uint32_t i = 0; i < r->rules; i++)
    if (memcmp(&r->rule[i], rule, sizeof *rule) == 0) return (uint16_t)(i + 1);
  if (r->rules == DEM_LEMMA_RULES) return 0;
  r->rule[r->rules] = *rule;
  return (uint16_t)++r->rules;
}

/* The rule that changes least: of the norm, else of the form, else of the norm with capitals. */
static uint16_t rule_of(lemma_run *r, dem_str form, dem_str norm, dem_str lemma) {
  static const uint8_t order[] = {DEM_LEMMA_NORM, DEM_LEMMA_FORM, DEM_LEMMA_TITLE};
  dem_lemma_rule best = {.count = 255}, rule, title = {.base = DEM_LEMMA_TITLE};
  dem_str titled = {NULL, 0};
  if (!dem_lemma_apply(&title, &r->arena, form, norm, &titled)) titled = norm;
  for (size_t i = 0; i < 3; i++) {
    dem_str base = order[i] == DEM_LEMMA_NORM ? norm : order[i] == DEM_LEMMA_FORM ? form : titled;
    if (make_rule(base, order[i], lemma, &rule) && (best.count == 255 || rule.strip + rule.count < best.strip + best.count))
      best = rule;
  }
  return best.count == 255 ? 0 : number_of(r, &best);
}

/* ---- votes ---- */

static int by_key_rule(const void *a, const void *b) {
  const vote *x = a, *y = b;
  if (x->key != y->key) return x->key < y->key ? -1 : 1;
  if (x->rule != y->rule) return x->rule < y->rule ? -1 : 1;
  return x->token < y->token ? -1 : x->token > y->token;
}

/* The rule with most votes of each key, with its votes, moved to the front in order of keys; how many keys. */
static uint32_t winners(vote *v, uint32_t n) {
  uint32_t keys = 0;
  qsort(v, n, sizeof *v, by_key_rule);
  for (uint32_t i = 0; i < n;) {
    uint32_t j = i, votes = 0;
    for (; j < n && v[j].key == v[i].key && v[j].rule == v[i].rule; j++) votes += v[j].count;
    vote sum = {v[i].key, v[i].rule, votes, v[i].token};
    bool same = keys && v[keys - 1].key == sum.key;
    if (!same) v[keys++] = sum;
    else if (votes > v[keys - 1].count) v[keys - 1] = sum;
    i = j;
  }
  return keys;
}

static vote *look(vote *v, uint32_t n, uint64_t key) {
  uint32_t low = 0, high = n;
  while (low < high) {
    uint32_t mid = (low + high) / 2;
    if (v[mid].key < key) low = mid + 1;
    else high = mid;
  }
  return low < n && v[low].key == key ? &v[low] : NULL;
}

static dem_str form_of(const lemma_run *r, uint32_t token) { return dem_doc_slice(r->doc, r->doc->tokens.at[token].span); }

static uint64_t key_of(const lemma_run *r, uint32_t token, size_t k) {
  const dem_token *t = &r->doc->tokens.at[token];
  return dem_lemma_key(form_of(r, token), t->norm, t->tag, k);
}

static void keep(lemma_run *r, uint64_t key, uint16_t rule) {
  if (r->kept == KEPT) return;
  r->kept_key[r->kept] = key;
  r->kept_rule[r->kept++] = rule;
}

static void find_types(lemma_run *r) {
  const dem_doc *doc = r->doc;
  for (uint32_t i = 0; i < doc->tokens.n; i++) {
    const dem_token *t = &doc->tokens.at[i];
    bool known = t->lemma.len && !dem_str_is(t->tag, "GW") && (!dem_str_is(t->lemma, "_") || dem_str_is(t->norm, "_"));
    uint16_t rule = known ? rule_of(r, form_of(r, i), t->norm, t->lemma) : 0;
    if (rule) r->types[r->n++] = (vote){key_of(r, i, DEM_LEMMA_WHOLE), rule, 1, i};
  }
  r->n = winners(r->types, r->n);
}

/* One length of ending. */
static void learn_length(lemma_run *r, size_t k) {
  uint32_t n = 0;
  for (uint32_t i = 0; i < r->n; i++)
    if (r->doc->tokens.at[r->types[i].token].norm.len >= k)
      r->votes[n++] = (vote){key_of(r, r->types[i].token, k), r->types[i].rule, 1, r->types[i].token};
  n = winners(r->votes, n);
  for (uint32_t i = 0; i < r->n; i++) {
    vote *v = r->doc->tokens.at[r->types[i].token].norm.len >= k ? look(r->votes, n, key_of(r, r->types[i].token, k)) : NULL;
    if (!v || v->rule == r->inherits[i] || (v->count < 2) || r->rule[v->rule - 1].strip > k) continue;
    if (v->count != UINT32_MAX) keep(r, v->key, v->rule);
    v->count = UINT32_MAX; /* kept once */
    r->inherits[i] = v->rule;
  }
}

/* Words in votes[0, n), all of one norm: does one lemma do for all? */
static bool agree(const lemma_run *r, const vote *v, uint32_t n) {
  const dem_token *t = r->doc->tokens.at;
  uint32_t seen = 0;
  for (uint32_t i = 0; i < n; i++) {
    if (!dem_str_eq(t[v[i].token].lemma, t[v[0].token].lemma)) return false;
    seen += v[i].count;
  }
  return seen > 1 && !dem_str_eq(t[v[0].token].lemma, t[v[0].token].norm);
}

/* Words that have the same lemma under every tag they were seen with, names aside. */
static void learn_any(lemma_run *r) {
  uint32_t n = 0;
  for (uint32_t i = 0; i < r->n; i++) {
    const dem_token *t = &r->doc->tokens.at[r->types[i].token];
    if (dem_str_starts(t->tag, "NNP")) continue;
    r->votes[n] = r->types[i];
    r->votes[n++].key = key_of(r, r->types[i].token, DEM_LEMMA_ANY);
  }
  qsort(r->votes, n, sizeof *r->votes, by_key_rule);
  for (uint32_t i = 0, j; i < n; i = j) {
    for (j = i; j < n && r->votes[j].key == r->votes[i].key;) j++;
    const dem_token *t = &r->doc->tokens.at[r->votes[i].token];
    uint16_t rule = agree(r, r->votes + i, j - i) ? rule_of(r, t->norm, t->norm, t->lemma) : 0;
    if (rule) keep(r, r->votes[i].key, rule);
  }
}

/* ---- the table ---- */

static void build(lemma_run *r) {
  r->log2 = 4;
  while (1u << r->log2 < r->kept + r->kept / 2 + 1) r->log2++;
  uint32_t mask = (1u << r->log2) - 1;
  free(r->slot);
  r->slot = must(calloc((size_t)mask + 1, sizeof *r->slot));
  for (uint32_t i = 0; i < r->kept; i++) {
    uint32_t at = (uint32_t)r->kept_key[i] & mask;
    while (r->slot[at]) at = (at + 1) & mask;
    r->slot[at] = (uint32_t)(r->kept_key[i] >> 44) << 12 | r->kept_rule[i];
  }
}

static dem_lemmas reader(const lemma_run *r) { return (dem_lemmas){r->rule, r->slot, r->rules, (1u << r->log2) - 1}; }

/* ---- the list of irregular forms ---- */

/* Each line's form, tag ("*": any) and lemma. First pass: types that the list knows follow it. Second: what is still wrong is kept. */
static void read_list(lemma_run *r, dem_str text, bool second) {
  dem_lemmas l = reader(r);
  while (text.len) {
    dem_str line = dem_str_cut(&text, '\n');
    dem_str form = dem_str_cut(&line, '\t'), tag = dem_str_cut(&line, '\t'), norm = dem_norm(&r->arena, form);
    if (line.len == 0 || form.data[0] == '#') continue;
    bool any = dem_str_is(tag, "*");
    uint64_t key = dem_lemma_key(form, norm, tag, any ? DEM_LEMMA_ANY : DEM_LEMMA_WHOLE);
    vote *type = any ? NULL : look(r->types, r->n, key);
    uint16_t rule = rule_of(r, form, norm, line);
    if (!second && type) type->rule = rule;
    if (second && !type && !dem_str_eq(dem_lemma(&l, &r->arena, form, norm, tag), line)) keep(r, key, rule);
  }
}

static bool follow_list(lemma_run *r, const char *path, bool second) {
  dem_file file;
  demarche_error err;
  if (!path) return true;
  if (!dem_file_open(path, LIMIT, &file, &err)) {
    fprintf(stderr, "demarche train: %s: %s\n", path, err.text);
    return false;
  }
  read_list(r, file.bytes, second);
  dem_file_close(&file);
  return true;
}

/* ---- words of raw text ---- */

static int by_word(const void *a, const void *b) { return dem_str_cmp(((const count *)a)->word, ((const count *)b)->word); }

/* Sort the words [0, n) of the text and count equal ones. */
static void count_words(lemma_run *r, count *w, uint32_t n) {
  qsort(w, n, sizeof *w, by_word);
  for (uint32_t i = 0; i < n; i++) {
    if (r->words && dem_str_eq(w[r->words - 1].word, w[i].word)) w[r->words - 1].n++;
    else w[r->words++] = (count){w[i].word, 1};
  }
  r->vocabulary = w;
}

static uint32_t occurs(const lemma_run *r, dem_str word) {
  count key = {word, 0}, *c = r->words ? bsearch(&key, r->vocabulary, r->words, sizeof key, by_word) : NULL;
  return c ? c->n : 0;
}

/* Runs of small ASCII letters between other signs. */
static void read_words(lemma_run *r, dem_str text) {
  uint32_t n = 0, room = 1 << 20;
  count *w = must(malloc(room * sizeof *w));
  for (size_t i = 0; i < text.len;) {
    size_t from = i;
    while (i < text.len && dem_is_lower((unsigned char)text.data[i])) i++;
    bool alone = from == 0 || text.data[from - 1] == ' ' || text.data[from - 1] == '"';
    bool whole = i == text.len || strchr(" ,.;:\"\n", text.data[i]);
    if (n == room) w = must(realloc(w, (room *= 2) * sizeof *w));
    if (alone && whole && i - from >= 3 && i - from <= 24) w[n++].word = dem_str_sub(text, from, i);
    while (i < text.len && !dem_is_lower((unsigned char)text.data[i])) i++;
  }
  count_words(r, w, n);
}

/* Ways to take an ending off: the ending, what to take off, what to put there, whether a doubled letter goes. */
static const struct {
  const char *tags, *ending;
  uint8_t strip;
  const char *append;
  bool doubled;
} ways[] = {{"VBD VBN", "ed", 2, "", false},   {"VBD VBN", "ed", 1, "", false},   {"VBD VBN", "ed", 2, "", true},
            {"VBD VBN", "ied", 3, "y", false}, {"VBG", "ing", 3, "", false},      {"VBG", "ing", 3, "e", false},
            {"VBG", "ing", 3, "", true},       {"VBG", "ying", 4, "ie", false},   {"NNS VBZ", "s", 1, "", false},
            {"NNS VBZ", "es", 2, "", false},   {"NNS VBZ", "ies", 3, "y", false}, {"JJR RBR", "er", 2, "", false},
            {"JJR RBR", "er", 1, "", false},   {"JJR RBR", "er", 2, "", true},    {"JJR RBR", "ier", 3, "y", false},
            {"JJS RBS", "est", 3, "", false},  {"JJS RBS", "est", 2, "", false},  {"JJS RBS", "est", 3, "", true},
            {"JJS RBS", "iest", 4, "y", false}};

/* The word that a way gives, and its rule; empty when it does not fit. */
static dem_str take(lemma_run *r, dem_str word, size_t way, dem_lemma_rule *rule) {
  dem_str lemma = {NULL, 0};
  *rule = (dem_lemma_rule){.base = DEM_LEMMA_NORM, .strip = ways[way].strip, .count = (uint8_t)strlen(ways[way].append)};
  memcpy(rule->append, ways[way].append, rule->count);
  if (!dem_str_ends(word, ways[way].ending) || word.len < rule->strip + 3u) return lemma;
  if (ways[way].doubled && word.data[word.len - rule->strip - 1] != word.data[word.len - rule->strip - 2]) return lemma;
  rule->strip = (uint8_t)(rule->strip + ways[way].doubled);
  return dem_lemma_apply(rule, &r->arena, word, word, &lemma) ? lemma : (dem_str){NULL, 0};
}

static void mend(lemma_run *r, const dem_lemmas *l, dem_str word, dem_str tag, const char *tags) {
  dem_str now = dem_lemma(l, &r->arena, word, word, tag);
  uint64_t key = dem_lemma_key(word, word, tag, DEM_LEMMA_WHOLE);
  uint32_t best = LEAST - 1;
  uint16_t rule = 0;
  if (occurs(r, now) >= 2 && !dem_str_eq(now, word)) return;
  for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
    dem_lemma_rule way;
    dem_str lemma = strcmp(ways[i].tags, tags) == 0 ? take(r, word, i, &way) : (dem_str){NULL, 0};
    uint32_t n = lemma.len ? occurs(r, lemma) : 0;
    if (n > best) best = n, rule = number_of(r, &way);
  }
  if (rule && !look(r->types, r->n, key)) keep(r, key, rule);
}

static void mend_words(lemma_run *r) {
  dem_lemmas l = reader(r);
  const char *last = "";
  for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
    if (strcmp(ways[i].tags, last) == 0) continue;
    last = ways[i].tags;
    for (uint32_t k = 0; k < r->words; k++) {
      if (r->vocabulary[k].n < LEAST || !dem_str_ends(r->vocabulary[k].word, ways[i].ending)) continue;
      for (dem_str tags = dem_str_of(last); tags.len;) mend(r, &l, r->vocabulary[k].word, dem_str_cut(&tags, ' '), last);
    }
  }
}

static bool mend_from(lemma_run *r, const char *path) {
  dem_file file;
  demarche_error err;
  if (!path) return true;
  if (!dem_file_open(path, LIMIT, &file, &err)) {
    fprintf(stderr, "demarche train: %s: %s\n", path, err.text);
    return false;
  }
  uint32_t before = r->kept;
  read_words(r, file.bytes);
  mend_words(r);
  fprintf(stderr, "%u words of raw text, %u kept\n", r->words, r->kept - before);
  free(r->vocabulary);
  dem_file_close(&file);
  return true;
}

/* ---- */

static bool write(const lemma_run *r, const char *path) {
  uint32_t header[8] = {DEM_LEMMA_MAGIC, DEM_LEMMA_VERSION, r->rules, r->log2, 0, 0, 0, 0};
  size_t slots = (size_t)1 << r->log2;
  FILE *f = fopen(path, "wb");
  bool ok = f && fwrite(header, sizeof header, 1, f) == 1 && fwrite(r->rule, sizeof *r->rule, r->rules, f) == r->rules;
  ok = ok && fwrite(r->slot, sizeof *r->slot, slots, f) == slots;
  if (f && fclose(f) != 0) ok = false;
  fprintf(stderr, "%s: %u rules, %u words and endings\n", path, r->rules, r->kept);
  if (!ok) fprintf(stderr, "demarche train: %s: cannot be written\n", path);
  return ok;
}

static bool learn(lemma_run *r, const dem_recipe *recipe) {
  find_types(r);
  if (!follow_list(r, recipe->list, false)) return false;
  for (size_t k = 0; k <= DEM_LEMMA_SUFFIX; k++) learn_length(r, k);
  for (uint32_t i = 0; i < r->n; i++)
    if (r->types[i].rule != r->inherits[i]) keep(r, r->types[i].key, r->types[i].rule);
  learn_any(r);
  build(r);
  if (!follow_list(r, recipe->list, true) || !mend_from(r, recipe->text)) return false;
  build(r);
  return true;
}

bool dem_train_lemma(dem_data *data, const dem_recipe *recipe) {
  uint32_t n = data->doc->tokens.n + 1;
  lemma_run *r = must(calloc(1, sizeof *r));
  r->doc = data->doc;
  r->types = must(malloc(n * sizeof *r->types));
  r->votes = must(malloc(n * sizeof *r->votes));
  r->inherits = must(calloc(n, sizeof *r->inherits));
  r->kept_key = must(malloc(KEPT * sizeof *r->kept_key));
  r->kept_rule = must(malloc(KEPT * sizeof *r->kept_rule));
  dem_arena_init(&r->arena, SIZE_MAX);
  bool ok = !dem_arena_catch(&r->arena) && learn(r, recipe) && write(r, recipe->out);
  dem_arena_free(&r->arena);
  free(r->types), free(r->votes), free(r->inherits), free(r->kept_key), free(r->kept_rule), free(r->slot);
  free(r);
  return ok;
}
