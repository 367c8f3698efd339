/* One event as JSON, in the shape of section 2 of the contract. An event's id is a hash of the dispatch's id and of what the
 * event says (type, status, trigger and parties' words), so it stays when other events come or go. Two events that agree in
 * all of these are told apart by their order. Refuses: adding what the sheet does not hold. */
#include <stdio.h>

#include "doc/write.h"

static uint64_t mix_str(uint64_t h, dem_str s) { return dem_hash(s.data, s.len, h + s.len); }

static uint64_t mix_u32(uint64_t h, uint32_t v) {
  unsigned char b[] = {(unsigned char)v, (unsigned char)(v >> 8), (unsigned char)(v >> 16), (unsigned char)(v >> 24)};
  return dem_hash(b, sizeof b, h);
}

static uint64_t mix_parties(uint64_t h, const dem_doc *doc, dem_parties parties) {
  for (uint32_t i = 0; i < parties.n; i++) h = mix_str(h, dem_entity_label(doc, parties.at[i].entity));
  return mix_u32(h, parties.n);
}

static uint64_t content_hash(const dem_doc *doc, const dem_event *e) {
  uint64_t h = mix_str(0, doc->id);
  h = mix_str(h, dem_type_text(e->type));
  h = mix_str(h, dem_status_text(e->status));
  h = mix_u32(mix_u32(h, e->trigger.begin), e->trigger.end);
  h = mix_parties(h, doc, e->actor);
  return mix_parties(h, doc, e->recipient);
}

/* Events that share a trigger stand together in the list or at most this far apart; so ids cost O(1) each. */
enum { TWINS_APART = 8 };

dem_str dem_event_id(const dem_doc *doc, uint32_t event) {
  const dem_event *e = &doc->events.at[event];
  uint64_t h = content_hash(doc, e);
  uint32_t twins = 0;
  for (uint32_t i = event > TWINS_APART ? event - TWINS_APART : 0; i < event; i++)
    twins += doc->events.at[i].trigger.begin == e->trigger.begin && content_hash(doc, &doc->events.at[i]) == h;
  if (twins) h = mix_u32(h, twins);
  return dem_str_format((dem_arena *)(uintptr_t)&doc->arena, "%08x%08x", (unsigned)(h >> 32), (unsigned)h);
}

static void put_party(dem_writer *w, const dem_party *p) {
  static const dem_entity nobody = {.office_from = DEM_NO_DAY, .office_to = DEM_NO_DAY};
  const dem_entity *e = p->entity < w->doc->entities.n ? &w->doc->entities.at[p->entity] : &nobody;
  dem_json_open(&w->j, NULL, '{');
  dem_put_entity(w, "entity", p->entity);
  dem_json_maybe(&w->j, "name", e->name);
  dem_json_maybe(&w->j, "code", e->code);
  dem_json_maybe(&w->j, "sector", e->sector);
  dem_put_list(w, "sectors", e->sectors);
  dem_json_maybe(&w->j, "role", e->role);
  dem_json_maybe(&w->j, "office", e->office);
  dem_put_words(w, "text", p->span);
  dem_put_maybe_span(w, "span", p->span);
  dem_json_close(&w->j, '}');
}

static void put_parties(dem_writer *w, const char *key, dem_parties parties) {
  dem_json_open(&w->j, key, '[');
  for (uint32_t i = 0; i < parties.n; i++) put_party(w, &parties.at[i]);
  dem_json_close(&w->j, ']');
}

static void put_dispatch(dem_writer *w) {
  const dem_doc *doc = w->doc;
  dem_json_open(&w->j, "dispatch", '{');
  dem_json_str(&w->j, "id", doc->id);
  dem_json_str(&w->j, "source", doc->source);
  dem_json_maybe(&w->j, "url", doc->url);
  dem_json_maybe(&w->j, "headline", doc->headline);
  dem_json_maybe(&w->j, "agency", doc->agency);
  dem_json_maybe(&w->j, "published", doc->published);
  dem_json_close(&w->j, '}');
}

static void put_what(dem_writer *w, const dem_event *e) {
  dem_json_str(&w->j, "type", dem_type_text(e->type));
  dem_json_open(&w->j, "mode", '[');
  for (uint32_t i = 0; i < e->modes.n; i++) dem_json_str(&w->j, NULL, e->modes.at[i]);
  dem_json_close(&w->j, ']');
  dem_json_open(&w->j, "context", '[');
  for (uint32_t i = 0; i < e->contexts.n; i++) dem_json_str(&w->j, NULL, e->contexts.at[i]);
  dem_json_close(&w->j, ']');
  dem_json_int(&w->j, "quad", dem_type_quad(e->type));
  dem_json_fixed(&w->j, "score", e->score, 1);
  dem_json_maybe(&w->j, "cameo", e->cameo);
  dem_json_fixed(&w->j, "goldstein", e->goldstein, 1);
  dem_json_str(&w->j, "status", dem_status_text(e->status));
  dem_json_open(&w->j, "hedges", '[');
  for (uint32_t i = 0; i < e->hedges.n; i++) {
    dem_json_open(&w->j, NULL, '{');
    dem_json_str(&w->j, "cue", e->hedges.at[i].cue);
    dem_put_span(w, "span", e->hedges.at[i].span);
    dem_json_close(&w->j, '}');
  }
  dem_json_close(&w->j, ']');
}

static void put_date(dem_writer *w, const dem_event *e) {
  dem_json_open(&w->j, "date", '{');
  dem_put_day(w, "from", e->from);
  dem_put_day(w, "to", e->to);
  dem_json_maybe(&w->j, "precision", dem_precision_text(e->precision));
  dem_put_maybe_span(w, "span", e->date_span);
  dem_json_maybe(&w->j, "rule", e->date_rule);
  dem_json_close(&w->j, '}');
}

static void put_where(dem_writer *w, const dem_event *e) {
  static const char *const kind[] = {"unknown", "point", "area", "remote"};
  dem_json_open(&w->j, "place", '{');
  dem_json_str(&w->j, "kind", dem_str_of(kind[e->where]));
  if (e->place < w->doc->places.n) {
    const dem_place *p = &w->doc->places.at[e->place];
    dem_json_maybe(&w->j, "name", p->name);
    dem_put_point(w, p);
    dem_put_span(w, "span", p->span);
  }
  dem_json_close(&w->j, '}');
}

static void put_report(dem_writer *w, const dem_event_report *r) {
  dem_json_open(&w->j, NULL, '{');
  dem_json_int(&w->j, "sentence", (int64_t)r->sentence + 1);
  dem_put_span(w, "span", r->span);
  dem_put_span(w, "evidence", r->evidence);
  put_parties(w, "claimant", r->claimant);
  dem_json_str(&w->j, "status", dem_status_text(r->status));
  dem_json_close(&w->j, '}');
}

void dem_write_event(dem_writer *w, uint32_t event, bool alone) {
  const dem_event *e = &w->doc->events.at[event];
  dem_json_open(&w->j, NULL, '{');
  dem_json_str(&w->j, "id", dem_event_id(w->doc, event));
  if (alone) put_dispatch(w);
  put_what(w, e);
  put_parties(w, "actor", e->actor);
  put_parties(w, "recipient", e->recipient);
  dem_json_open(&w->j, "trigger", '{');
  dem_put_span(w, "span", e->trigger);
  dem_put_words(w, "text", e->trigger);
  dem_json_close(&w->j, '}');
  put_date(w, e);
  put_where(w, e);
  put_parties(w, "claimant", e->claimant);
  dem_json_open(&w->j, "reports", '[');
  for (uint32_t i = 0; i < e->reports.n; i++) put_report(w, &e->reports.at[i]);
  dem_json_close(&w->j, ']');
  dem_json_fixed(&w->j, "confidence", e->confidence, 3);
  dem_put_coder(w);
  dem_json_close(&w->j, '}');
}

void dem_write_events(dem_writer *w) {
  for (uint32_t i = 0; i < w->doc->events.n; i++) {
    dem_write_event(w, i, true);
    dem_json_raw(&w->j, DEM_S("\n"));
    w->j.comma = false;
  }
}
