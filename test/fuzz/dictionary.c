/* Fuzz target of the dictionary reader: any bytes as each of the three kinds. What must hold: every record has a phrase of valid
 * UTF-8, actors' codes have 3 to 15 signs or are null, intervals do not run backwards, counts agree, and every trouble names a
 * line of the input. */
#include <stdlib.h>

#include "base/utf8.h"
#include "lexicon/dictionary.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool holds) {
  if (!holds) abort();
}

static void check(const dem_dictionary *d, uint32_t lines) {
  uint32_t codes = 0, synonyms = 0;
  for (uint32_t i = 0; i < d->records.n; i++) {
    const dem_dic_record *r = &d->records.at[i];
    require(r->phrases.n > 0 && r->line >= 1 && r->line <= lines);
    for (uint32_t k = 0; k < r->phrases.n; k++) require(dem_utf8_valid(r->phrases.at[k]));
    for (uint32_t k = 0; k < r->codes.n; k++) {
      const dem_dic_code *c = &r->codes.at[k];
      require(c->code.len == 0 || (c->code.len >= 3 && c->code.len <= 15));
      require(c->from == DEM_NO_DAY || c->to == DEM_NO_DAY || c->from <= c->to);
    }
    codes += r->codes.n;
    synonyms += d->kind == DEM_DIC_ACTORS ? r->phrases.n - 1 : 0;
  }
  require(codes == d->codes && d->dated <= d->codes && synonyms == d->synonyms);
  for (uint32_t i = 0; i < d->troubles.n; i++) require(d->troubles.at[i].line >= 1 && d->troubles.at[i].line <= lines);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  dem_arena arena;
  uint32_t lines = 1;
  for (size_t i = 0; i < size; i++) lines += data[i] == '\n';
  for (int kind = DEM_DIC_ACTORS; kind <= DEM_DIC_DISCARDS; kind++) {
    dem_arena_init(&arena, (size_t)256 << 20);
    if (!dem_arena_catch(&arena)) {
      dem_dictionary d;
      dem_dictionary_read(&arena, (dem_str){(const char *)data, size}, (dem_dic_kind)kind, &d);
      check(&d, lines);
    }
    dem_arena_free(&arena);
  }
  return 0;
}
