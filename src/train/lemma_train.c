/* Learns lemma rules: for each ending under each tag the rule most of its words follow, longest endings last, kept only where
 * they say something else than the shorter ending would. */
#include <stdio.h>
#include <stdlib.h>

#include "train/trainers.h"

typedef struct example {
  uint64_t key;
  uint16_t rule;
  uint32_t count;
} example;

typedef struct lemma_run {
  dem_lemma_rule rule[DEM_LEMMA_RULES];
  uint32_t rules;
  uint16_t *of;       /* by token: its rule + 1, 0 for none */
  uint16_t *inherits; /* by token: what the endings up to now say, + 1 */
  example *examples;
  uint32_t n;
  uint64_t *kept_key;
  uint16_t *kept_rule;
  uint32_t kept;
} lemma_run;

static bool make_rule(dem_str base, dem_str lemma, dem_lemma_rule *r) {
  size_t same = 0;
  while (same < base.len && same < lemma.len && base.data[same] == lemma.data[same]) same++;
  while (same && same < base.len && ((unsigned char)base.data[same] & 0xC0) == 0x80) same--;
  if (base.len - same > 255 || lemma.len - same > DEM_LEMMA_APPEND) return false;
  r->strip = (uint8_t)(base.len - same);
  r->count = (uint8_t)(lemma.len - same);
  memcpy(r->append, lemma.data + same, r->count);
  return true;
}

static uint16_t rule_of(lemma_run *r, dem_str form, dem_str norm, dem_str lemma) {
  dem_lemma_rule lower = {.lower = 1}, keep = {.lower = 0};
  bool low = make_rule(norm, lemma, &lower), kept = make_rule(form, lemma, &keep);
  if (!low && !kept) return 0;
  bool use_low = low && (!kept || lower.strip + lower.count <= keep.strip + keep.count);
  const dem_lemma_rule *rule = use_low ? &lower : &keep;
  for (uint32_t i = 0; i < r->rules; i++)
    if (memcmp(&r->rule[i], rule, sizeof *rule) == 0) return (uint16_t)(i + 1);
  if (r->rules == DEM_LEMMA_RULES) return 0;
  r->rule[r->rules] = *rule;
  return (uint16_t)++r->rules;
}

static int by_key_rule(const void *a, const void *b) {
  const example *x = a, *y = b;
  if (x->key != y->key) return x->key < y->key ? -1 : 1;
  return x->rule < y->rule ? -1 : x->rule > y->rule;
}

/* Fold equal examples together; the rule with most votes of each key goes to best[], in order of keys. */
static uint32_t winners(example *e, uint32_t n, example *best) {
  uint32_t keys = 0;
  qsort(e, n, sizeof *e, by_key_rule);
  for (uint32_t i = 0; i < n;) {
    uint32_t j = i;
    while (j < n && e[j].key == e[i].key && e[j].rule == e[i].rule) j++;
    e[i].count = j - i;
    bool same = keys && best[keys - 1].key == e[i].key;
    if (!same) best[keys++] = e[i];
    else if (e[i].count > best[keys - 1].count) best[keys - 1] = e[i];
    i = j;
  }
  return keys;
}

static const example *find(const example *best, uint32_t n, uint64_t key) {
  uint32_t low = 0, high = n;
  while (low < high) {
    uint32_t mid = (low + high) / 2;
    if (best[mid].key < key) low = mid + 1;
    else high = mid;
  }
  return low < n && best[low].key == key ? &best[low] : NULL;
}

/* One length of ending: keep what differs from the shorter ones and is frequent enough. */
static void learn_length(lemma_run *r, const dem_doc *doc, size_t k, example *best) {
  uint32_t n = 0;
  dem_word w;
  for (int pass = 0; pass < 2; pass++) {
    uint32_t keys = pass ? winners(r->examples, n, best) : 0;
    for (uint32_t i = 0; i < doc->tokens.n; i++) {
      const dem_token *t = &doc->tokens.at[i];
      if (!r->of[i] || (k <= DEM_LEMMA_SUFFIX && k > t->norm.len)) continue;
      dem_word_make(dem_doc_slice(doc, t->span), t->norm, &w);
      uint64_t key = dem_lemma_key(t->norm, &w, t->tag, k);
      if (pass == 0) {
        r->examples[n++] = (example){key, r->of[i], 1};
        continue;
      }
      example *e = (example *)(uintptr_t)(const void *)find(best, keys, key);
      uint32_t least = k > DEM_LEMMA_SUFFIX ? 1 : 2;
      if (!e || e->count < least || e->rule == r->inherits[i]) continue;
      if (e->count != UINT32_MAX) {
        r->kept_key[r->kept] = key;
        r->kept_rule[r->kept++] = e->rule;
        e->count = UINT32_MAX; /* kept once */
      }
      r->inherits[i] = e->rule;
    }
  }
}

static bool write(const lemma_run *r, const char *path) {
  uint32_t log2 = 4;
  while (1u << log2 < r->kept + r->kept / 2) log2++;
  uint32_t mask = (1u << log2) - 1, *slot = calloc((size_t)mask + 1, sizeof *slot);
  if (!slot) abort();
  for (uint32_t i = 0; i < r->kept; i++) {
    uint32_t at = (uint32_t)r->kept_key[i] & mask;
    while (slot[at]) at = (at + 1) & mask;
    slot[at] = (uint32_t)(r->kept_key[i] >> 44) << 12 | r->kept_rule[i];
  }
  uint32_t header[8] = {DEM_LEMMA_MAGIC, DEM_LEMMA_VERSION, r->rules, log2, 0, 0, 0, 0};
  FILE *f = fopen(path, "wb");
  bool ok = f && fwrite(header, sizeof header, 1, f) == 1 && fwrite(r->rule, sizeof *r->rule, r->rules, f) == r->rules;
  ok = ok && fwrite(slot, sizeof *slot, (size_t)mask + 1, f) == (size_t)mask + 1;
  if (f && fclose(f) != 0) ok = false;
  free(slot);
  fprintf(stderr, "%s: %u rules, %u endings\n", path, r->rules, r->kept);
  if (!ok) fprintf(stderr, "demarche train: %s: cannot be written\n", path);
  return ok;
}

bool dem_train_lemma(dem_data *data, const dem_recipe *recipe) {
  const dem_doc *doc = data->doc;
  uint32_t n = doc->tokens.n;
  lemma_run *r = calloc(1, sizeof *r);
  example *best = malloc((n + 1) * sizeof *best);
  if (!r || !best) abort();
  r->of = calloc(n + 1, sizeof *r->of);
  r->inherits = calloc(n + 1, sizeof *r->inherits);
  r->examples = malloc((n + 1) * sizeof *r->examples);
  r->kept_key = malloc((n + 1) * 10 * sizeof *r->kept_key);
  r->kept_rule = malloc((n + 1) * 10 * sizeof *r->kept_rule);
  if (!r->of || !r->inherits || !r->examples || !r->kept_key || !r->kept_rule) abort();
  for (uint32_t i = 0; i < n; i++) {
    const dem_token *t = &doc->tokens.at[i];
    bool known = t->lemma.len && !dem_str_is(t->tag, "GW") && (!dem_str_is(t->lemma, "_") || dem_str_is(t->norm, "_"));
    if (known) r->of[i] = rule_of(r, dem_doc_slice(doc, t->span), t->norm, t->lemma);
  }
  for (size_t k = 0; k <= DEM_LEMMA_SUFFIX + 1; k++) learn_length(r, doc, k, best);
  bool ok = write(r, recipe->out);
  free(r->of), free(r->inherits), free(r->examples), free(r->kept_key), free(r->kept_rule);
  free(r);
  free(best);
  return ok;
}
