/* What one named party did to another: a linear model over the features of pair.h chooses the type, then a mode of that type; the
 * status is that of the event the rules coded between the two, else of the verb above the first. Confidence is how often answers
 * with that lead over the next best were right when the model was tried on sentences it had not seen.
 *
 * relate.bin: u32 magic, u32 lead of one step, u16 confidence[STEPS] (per mille), then a linear model (code/linear.h) whose labels
 * are "TYPE", "TYPE.mode", "TYPE." for no mode, YIELD for CONCEDE and RETREAT together, and ">RETREAT" which tells them apart. */
#include "code/relate_train.h"

#include "code/code.h"
#include "code/coder.h"
#include "code/pair.h"

bool dem_relater_open(dem_str blob, dem_relater *r) {
  uint32_t head[2];
  if (blob.len < DEM_RELATE_HEAD || (uintptr_t)blob.data % 4) return false;
  memcpy(head, blob.data, sizeof head);
  if (head[0] != DEM_RELATE_MAGIC || head[1] == 0) return false;
  r->step = head[1];
  memcpy(r->confidence, blob.data + sizeof head, sizeof r->confidence);
  for (int i = 0; i < DEM_RELATE_STEPS; i++)
    if (r->confidence[i] > 1000) return false;
  return dem_linear_open(dem_str_sub(blob, DEM_RELATE_HEAD, blob.len), &r->model);
}

const char *dem_code_check(const dem_model *model) {
  dem_relater r;
  dem_str blob = dem_model_weights(model, DEM_WEIGHTS_RELATE);
  return !blob.len || dem_relater_open(blob, &r) ? NULL : "weights/relate.bin is damaged or of another version; rebuild the model with `make`";
}

void dem_relate_score(const dem_relater *r, const dem_bag *bag, int32_t *score) {
  for (uint32_t i = 0; i < bag->n; i++) {
    int32_t one[DEM_LINEAR_LABELS] = {0};
    dem_linear_add(&r->model, bag->slot_key[bag->slot[i]], one);
    for (uint32_t k = 0; k < r->model.labels; k++) score[k] += one[k] * bag->slot_value[bag->slot[i]];
  }
}

static dem_type best_type(const dem_relater *r, const int32_t *score, uint32_t *confidence) {
  int32_t best = INT32_MIN, next = INT32_MIN, retreat = 0;
  dem_str names = r->model.names, name = {NULL, 0};
  for (uint32_t k = 0; k < r->model.labels; k++) {
    dem_str label = dem_str_cut(&names, '\n');
    if (dem_str_is(label, ">RETREAT")) retreat = score[k];
    if (dem_str_starts(label, ">") || dem_str_find(label, DEM_S("."), 0) != SIZE_MAX) continue;
    if (score[k] > best) next = best, best = score[k], name = label;
    else if (score[k] > next) next = score[k];
  }
  uint32_t step = next == INT32_MIN ? 0 : (uint32_t)(best - next) / r->step;
  *confidence = r->confidence[step < DEM_RELATE_STEPS ? step : DEM_RELATE_STEPS - 1];
  if (dem_str_is(name, "YIELD")) return retreat > 0 ? DEM_TYPE_RETREAT : DEM_TYPE_CONCEDE;
  dem_type type = dem_type_of(name);
  return type == DEM_TYPE_COUNT ? DEM_TYPE_CONSULT : type;
}

static dem_str best_mode(const dem_relater *r, const int32_t *score, dem_type type) {
  int32_t best = INT32_MIN;
  dem_str names = r->model.names, mode = {NULL, 0};
  for (uint32_t k = 0; k < r->model.labels; k++) {
    dem_str label = dem_str_cut(&names, '\n');
    size_t dot = dem_str_find(label, DEM_S("."), 0);
    if (dot == SIZE_MAX || dem_type_of(dem_str_sub(label, 0, dot)) != type) continue;
    if (score[k] > best) best = score[k], mode = dem_str_sub(label, dot + 1, label.len);
  }
  return mode;
}

/* The rules' event that fits best: of the type and between the two. */
static const dem_event *event_of(const dem_doc *doc, dem_type type, dem_span source, dem_span target) {
  const dem_event *best = NULL;
  unsigned most = 0;
  for (uint32_t i = 0; i < doc->events.n; i++) {
    const dem_event *e = &doc->events.at[i];
    unsigned fit = e->type == type ? 2 : 0;
    for (uint32_t k = 0; k < e->actor.n; k++)
      fit += e->actor.at[k].span.begin < source.end && e->actor.at[k].span.end > source.begin;
    for (uint32_t k = 0; k < e->recipient.n; k++)
      fit += e->recipient.at[k].span.begin < target.end && e->recipient.at[k].span.end > target.begin;
    if (fit > most) best = e, most = fit;
  }
  return most >= 2 ? best : NULL;
}

static dem_event_status status_of(dem_doc *doc, const dem_model *model, dem_span source) {
  uint32_t t = dem_pair_head(doc, source);
  dem_coder c;
  dem_coder_open(doc, model, &c);
  while (t != DEM_NONE && !dem_is_verb(&c, t)) t = doc->tokens.at[t].head;
  return t == DEM_NONE ? DEM_STATUS_asserted : dem_status_of(&c, t).status;
}

bool dem_relate(dem_doc *doc, const dem_model *model, dem_span source, dem_span target, dem_relation *out) {
  dem_relater r;
  if (!dem_relater_open(dem_model_weights(model, DEM_WEIGHTS_RELATE), &r)) return false;
  int32_t score[DEM_LINEAR_LABELS] = {0};
  dem_bag *bag = dem_new(&doc->arena, dem_bag);
  dem_pair_features(doc, model, source, target, bag);
  dem_relate_score(&r, bag, score);
  out->type = best_type(&r, score, &out->confidence);
  const dem_event *e = event_of(doc, out->type, source, target);
  out->mode = e && e->type == out->type && e->modes.n ? e->modes.at[0] : best_mode(&r, score, out->type);
  out->status = e ? e->status : status_of(doc, model, source);
  return true;
}

dem_span dem_relate_find(const dem_doc *doc, dem_str words) {
  size_t at = words.len ? dem_str_find(doc->text, words, 0) : SIZE_MAX;
  return at == SIZE_MAX ? (dem_span){0, 0} : (dem_span){(uint32_t)at, (uint32_t)(at + words.len)};
}
