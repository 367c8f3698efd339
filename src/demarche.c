/* The whole way of a dispatch, and the public entry points. Each entry sets the one catch point of its arena; whatever runs
 * out of memory or passes a limit below comes back here, the doc is emptied, and the caller gets a status. */
#include "demarche.h"

#include <stdio.h>
#include <stdlib.h>

#include "code/code.h"
#include "doc/doc.h"
#include "find/find.h"
#include "read/read.h"
#include "text/text.h"

#define BASE_MEMORY ((size_t)64 << 20)
#define MEMORY_PER_BYTE ((size_t)2048) /* of input; measured use is below a third of it */

typedef enum depth { READ, PARSE, CODE, RELATE } depth; /* RELATE: coded, and all of the input is text */

static demarche_status report(demarche_error *err, demarche_status status, const char *text) {
  if (err) {
    err->status = status;
    snprintf(err->text, sizeof err->text, "%s", text);
  }
  return status;
}

demarche_status demarche_model_open(const char *path, demarche_model **model, demarche_error *err) {
  demarche_status status = dem_model_open(path, model, err);
  const char *wrong = status == DEMARCHE_OK ? dem_text_check(*model) : NULL;
  if (status == DEMARCHE_OK && !wrong) wrong = dem_code_check(*model);
  if (!wrong) return status;
  demarche_model_close(*model);
  *model = NULL;
  return report(err, DEMARCHE_MODEL, wrong);
}

demarche_doc *demarche_doc_new(void) {
  demarche_doc *doc = calloc(1, sizeof *doc);
  if (doc) dem_arena_init(&doc->arena, BASE_MEMORY), doc->limits = DEM_LIMITS;
  return doc;
}

void demarche_doc_free(demarche_doc *doc) {
  if (!doc) return;
  dem_arena_free(&doc->arena);
  free(doc->option_date);
  free(doc->option_source);
  free(doc->option_from);
  free(doc->option_map);
  free(doc);
}

/* Forget the dispatch, keep options and memory. */
static void clear(demarche_doc *doc) {
  dem_arena_reset(&doc->arena);
  demarche_doc kept = {.arena = doc->arena,
                       .option_date = doc->option_date,
                       .option_source = doc->option_source,
                       .option_from = doc->option_from,
                       .option_map = doc->option_map,
                       .limits = doc->limits,
                       .option_explain = doc->option_explain,
                       .option_conllu = doc->option_conllu};
  *doc = kept;
  doc->published_day = doc->dateline.date = DEM_NO_DAY;
}

static demarche_status set_text(char **slot, demarche_str value, demarche_error *err) {
  char *copy = NULL;
  if (value.len) {
    copy = malloc(value.len + 1);
    if (!copy) return report(err, DEMARCHE_NOMEM, "out of memory");
    memcpy(copy, value.data, value.len);
    copy[value.len] = 0;
  }
  free(*slot);
  *slot = copy;
  return DEMARCHE_OK;
}

demarche_status demarche_set(demarche_doc *doc, const char *option, demarche_str value, demarche_error *err) {
  dem_day day;
  bool on = dem_str_is(value, "1");
  if (strcmp(option, "source") == 0) return set_text(&doc->option_source, value, err);
  if (strcmp(option, "from") == 0) return set_text(&doc->option_from, value, err);
  if (strcmp(option, "map") == 0) return set_text(&doc->option_map, value, err);
  if (strcmp(option, "limits") == 0) {
    const char *why;
    dem_limits limits = DEM_LIMITS;
    if (!dem_limits_set(&limits, value, &why)) return report(err, DEMARCHE_USAGE, why);
    return doc->limits = limits, DEMARCHE_OK;
  }
  if (strcmp(option, "date") == 0) {
    if (value.len && !dem_day_parse(value, &day)) return report(err, DEMARCHE_USAGE, "the date must look like 2020-06-26");
    return set_text(&doc->option_date, value, err);
  }
  if (strcmp(option, "explain") == 0) return doc->option_explain = on, DEMARCHE_OK;
  if (strcmp(option, "conllu") == 0) return doc->option_conllu = on, DEMARCHE_OK;
  return report(err, DEMARCHE_USAGE, "no such option: date, source, from, map, limits, explain and conllu are known");
}

int demarche_next(demarche_str *input, demarche_str *piece) { return dem_read_next(input, piece); }

static demarche_status run(demarche_doc *doc, const demarche_model *model, demarche_str bytes, demarche_error *err, depth to) {
  clear(doc);
  if (bytes.len > doc->limits.input) return report(err, DEMARCHE_LIMIT, "larger than the limit for one dispatch (64 MiB by default): split it");
  doc->arena.limit = BASE_MEMORY + MEMORY_PER_BYTE * bytes.len;
  if (dem_arena_catch(&doc->arena)) {
    demarche_error why = doc->arena.error;
    clear(doc);
    return report(err, why.status, why.text);
  }
  doc->bytes = bytes;
  doc->model = model;
  doc->whole = to == PARSE || to == RELATE;
  dem_read(doc);
  if (to >= CODE && doc->foreign) to = READ;
  if (to >= PARSE) dem_text(doc, model);
  if (to >= CODE) dem_find(doc, model);
  if (to >= CODE) dem_code(doc, model);
  doc->bytes = (demarche_str){NULL, 0};
  return DEMARCHE_OK;
}

demarche_status demarche_read(demarche_doc *doc, demarche_str bytes, demarche_error *err) {
  return run(doc, NULL, bytes, err, READ);
}

demarche_status demarche_parse(demarche_doc *doc, const demarche_model *model, demarche_str bytes, demarche_error *err) {
  return run(doc, model, bytes, err, PARSE);
}

demarche_status demarche_code(demarche_doc *doc, const demarche_model *model, demarche_str bytes, demarche_error *err) {
  return run(doc, model, bytes, err, CODE);
}

static void relation(const dem_relation *r, demarche_relation *out) {
  snprintf(out->type, sizeof out->type, "%.*s", DEM_FMT(dem_type_text(r->type)));
  snprintf(out->mode, sizeof out->mode, "%.*s", DEM_FMT(r->mode));
  snprintf(out->status, sizeof out->status, "%.*s", DEM_FMT(dem_status_text(r->status)));
  out->per_mille = r->confidence;
}

demarche_status demarche_relate(demarche_doc *doc, const demarche_model *model, demarche_str sentence, demarche_str source,
                                demarche_str target, demarche_relation *out, demarche_error *err) {
  dem_relation found = {.type = DEM_TYPE_COUNT};
  demarche_status status = run(doc, model, sentence, err, RELATE);
  if (status != DEMARCHE_OK) return status;
  if (dem_arena_catch(&doc->arena)) return report(err, doc->arena.error.status, doc->arena.error.text);
  if (!dem_relate(doc, model, dem_relate_find(doc, source), dem_relate_find(doc, target), &found))
    return report(err, DEMARCHE_MODEL, "the model has no weights to relate with");
  relation(&found, out);
  return DEMARCHE_OK;
}

demarche_status demarche_write_part(demarche_doc *doc, demarche_part part, demarche_write write, void *to, demarche_error *err) {
  if (dem_arena_catch(&doc->arena)) return report(err, doc->arena.error.status, doc->arena.error.text);
  if (!dem_doc_write(doc, part, write, to)) return report(err, DEMARCHE_IO, "the output refused");
  return DEMARCHE_OK;
}
