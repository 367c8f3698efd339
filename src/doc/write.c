/* The dispatch record as JSON, and what all writers share. Everything leaves in the order in which it stands on the sheet;
 * offsets leave as code points through one function, dem_put_span. Invariant: a writer changes nothing on the sheet but the
 * arena's fill. Refuses: judging what it writes. */
#include "doc/write.h"

bool dem_doc_write(dem_doc *doc, demarche_part part, demarche_write write, void *to) {
  dem_writer w = {.doc = doc, .cp = dem_cp_index_of(&doc->arena, doc->text)};
  dem_json_init(&w.j, write, to);
  switch (part) {
    case DEMARCHE_RECORD: dem_write_record(&w, false); break;
    case DEMARCHE_READING: dem_write_record(&w, true); break;
    case DEMARCHE_EVENTS: dem_write_events(&w); break;
    case DEMARCHE_CSV: dem_write_csv(&w); break;
    case DEMARCHE_TABLE: dem_write_table(&w); break;
    case DEMARCHE_CONLLU: return dem_write_conllu(doc, &w.j) && dem_json_flush(&w.j);
    case DEMARCHE_WHY: dem_write_why(&w); break;
    case DEMARCHE_CHECK: dem_write_check(&w); break;
  }
  return dem_json_flush(&w.j);
}

/* ---- shared members ---- */

void dem_put_span(dem_writer *w, const char *key, dem_span span) {
  dem_json_open(&w->j, key, '[');
  dem_json_int(&w->j, NULL, dem_cp_at(&w->cp, span.begin));
  dem_json_int(&w->j, NULL, dem_cp_at(&w->cp, span.end));
  dem_json_close(&w->j, ']');
}

void dem_put_maybe_span(dem_writer *w, const char *key, dem_span span) {
  if (span.begin < span.end) dem_put_span(w, key, span);
  else dem_json_null(&w->j, key);
}

void dem_put_words(dem_writer *w, const char *key, dem_span span) { dem_json_maybe(&w->j, key, dem_doc_slice(w->doc, span)); }

void dem_put_day(dem_writer *w, const char *key, dem_day day) { dem_json_maybe(&w->j, key, dem_day_format(&w->doc->arena, day)); }

void dem_put_entity(dem_writer *w, const char *key, uint32_t entity) {
  if (entity < w->doc->entities.n) dem_json_str(&w->j, key, dem_str_format(&w->doc->arena, "e%u", entity + 1));
  else dem_json_null(&w->j, key);
}

void dem_put_list(dem_writer *w, const char *key, dem_str parts) {
  dem_json_open(&w->j, key, '[');
  while (parts.len) {
    dem_str part = dem_str_cut(&parts, '|');
    if (part.len) dem_json_str(&w->j, NULL, part);
  }
  dem_json_close(&w->j, ']');
}

void dem_put_coder(dem_writer *w) {
  dem_json_str(&w->j, "coder", DEM_S("demarche " DEMARCHE_VERSION));
  dem_json_maybe(&w->j, "model", w->doc->model ? dem_model_id(w->doc->model) : (dem_str){NULL, 0});
  dem_json_str(&w->j, "ontology", DEM_S(DEM_ONTOLOGY));
}

dem_str dem_precision_text(dem_precision p) {
  static const char *const name[] = {"", "time", "day", "week", "month", "quarter", "year", "decade", "century", "range"};
  return dem_str_of(name[p]);
}

dem_str dem_kind_text(dem_kind kind) {
  static const char *const name[] = {"person", "government", "organisation", "group", "place", "people"};
  return dem_str_of(name[kind]);
}

dem_str dem_entity_label(const dem_doc *doc, uint32_t entity) {
  if (entity >= doc->entities.n) return (dem_str){NULL, 0};
  const dem_entity *e = &doc->entities.at[entity];
  if (e->name.len) return e->name;
  if (e->role.len || !e->mentions.n) return e->role;
  return dem_doc_slice(doc, doc->mentions.at[e->mentions.at[0]].span);
}

/* ---- the reading ---- */

static dem_str or_else(dem_str value, const char *fallback) { return value.len ? value : dem_str_of(fallback); }

static void put_dateline(dem_writer *w) {
  const dem_dateline *d = &w->doc->dateline;
  if (d->span.begin >= d->span.end && !d->text.len) {
    dem_json_null(&w->j, "dateline");
    return;
  }
  dem_json_open(&w->j, "dateline", '{');
  dem_json_maybe(&w->j, "place", d->place);
  dem_put_day(w, "date", d->date);
  dem_json_maybe(&w->j, "agency", d->agency);
  dem_json_str(&w->j, "text", d->text);
  dem_put_span(w, "span", d->span);
  dem_json_close(&w->j, '}');
}

static void put_head(dem_writer *w) {
  const dem_doc *doc = w->doc;
  dem_json_str(&w->j, "id", doc->id);
  dem_json_str(&w->j, "source", doc->source);
  dem_json_str(&w->j, "format", or_else(doc->format, "text"));
  dem_json_maybe(&w->j, "url", doc->url);
  dem_json_maybe(&w->j, "headline", doc->headline);
  dem_json_maybe(&w->j, "byline", doc->byline);
  dem_json_maybe(&w->j, "agency", doc->agency);
  dem_json_maybe(&w->j, "publisher", doc->publisher);
  dem_json_maybe(&w->j, "published", doc->published);
  dem_json_maybe(&w->j, "updated", doc->updated);
  put_dateline(w);
  dem_json_str(&w->j, "status", or_else(doc->status, "usable"));
  dem_json_str(&w->j, "version", or_else(doc->version, "1"));
  dem_json_str(&w->j, "genre", or_else(doc->genre, "news"));
}

static void put_body(dem_writer *w) {
  const dem_doc *doc = w->doc;
  dem_json_str(&w->j, "text", doc->text);
  dem_json_open(&w->j, "captions", '[');
  for (uint32_t i = 0; i < doc->captions.n; i++) {
    dem_json_open(&w->j, NULL, '{');
    dem_json_str(&w->j, "text", doc->captions.at[i].text);
    dem_json_maybe(&w->j, "credit", doc->captions.at[i].credit);
    dem_json_close(&w->j, '}');
  }
  dem_json_close(&w->j, ']');
  dem_json_open(&w->j, "related", '[');
  for (uint32_t i = 0; i < doc->related.n; i++) {
    dem_json_open(&w->j, NULL, '{');
    dem_json_str(&w->j, "text", doc->related.at[i].text);
    dem_json_maybe(&w->j, "url", doc->related.at[i].url);
    dem_json_close(&w->j, '}');
  }
  dem_json_close(&w->j, ']');
  dem_json_open(&w->j, "notes", '[');
  for (uint32_t i = 0; i < doc->notes.n; i++) {
    dem_json_open(&w->j, NULL, '{');
    dem_json_str(&w->j, "code", doc->notes.at[i].code);
    dem_json_str(&w->j, "message", doc->notes.at[i].message);
    dem_put_maybe_span(w, "span", doc->notes.at[i].span);
    dem_json_close(&w->j, '}');
  }
  dem_json_close(&w->j, ']');
}

/* ---- the findings ---- */

static void put_mention(dem_writer *w, const dem_mention *m) {
  static const char *const form[] = {"name", "nominal", "pronoun"}, *const use[] = {"actor", "modifier", "place"};
  dem_json_open(&w->j, NULL, '{');
  dem_put_span(w, "span", m->span);
  dem_json_str(&w->j, "text", dem_doc_slice(w->doc, m->span));
  dem_json_str(&w->j, "form", dem_str_of(form[m->form]));
  dem_json_str(&w->j, "use", dem_str_of(use[m->use]));
  dem_json_close(&w->j, '}');
}

/* The codes of other schemes: CAMEO's actor code, the Correlates of War number. */
static void put_other_codes(dem_writer *w, const dem_entity *e) {
  dem_str cameo = {NULL, 0}, cow = {NULL, 0};
  if (w->doc->model && (e->code.len || e->sector.len)) {
    cameo = dem_cameo_actor(&w->doc->arena, w->doc->model, e->name, e->code, e->sector, e->sectors);
    cow = dem_cow_number(&w->doc->arena, w->doc->model, e->code);
  }
  dem_json_maybe(&w->j, "cameo", cameo);
  dem_json_maybe(&w->j, "cow", cow);
}

/* Those without mentions are members of a group. */
static void put_entities(dem_writer *w) {
  const dem_doc *doc = w->doc;
  dem_json_open(&w->j, "entities", '[');
  for (uint32_t i = 0; i < doc->entities.n; i++) {
    const dem_entity *e = &doc->entities.at[i];
    dem_json_open(&w->j, NULL, '{');
    dem_put_entity(w, "id", i);
    dem_json_maybe(&w->j, "name", e->name);
    dem_json_str(&w->j, "kind", dem_kind_text(e->kind));
    dem_json_maybe(&w->j, "code", e->code);
    dem_json_maybe(&w->j, "sector", e->sector);
    dem_put_list(w, "sectors", e->sectors);
    put_other_codes(w, e);
    dem_json_maybe(&w->j, "office", e->office);
    dem_put_day(w, "office_from", e->office_from);
    dem_put_day(w, "office_to", e->office_to);
    dem_json_maybe(&w->j, "row", e->row);
    dem_json_maybe(&w->j, "role", e->role);
    dem_json_open(&w->j, "members", '[');
    for (uint32_t k = 0; k < e->members.n; k++) dem_put_entity(w, NULL, e->members.at[k]);
    dem_json_close(&w->j, ']');
    dem_json_open(&w->j, "mentions", '[');
    for (uint32_t k = 0; k < e->mentions.n; k++) put_mention(w, &doc->mentions.at[e->mentions.at[k]]);
    dem_json_close(&w->j, ']');
    dem_json_close(&w->j, '}');
  }
  dem_json_close(&w->j, ']');
}

static void put_voice(dem_writer *w, const char *key, dem_voice v) {
  if (v.entity >= w->doc->entities.n && v.span.begin >= v.span.end) {
    dem_json_null(&w->j, key);
    return;
  }
  dem_json_open(&w->j, key, '{');
  dem_put_entity(w, "entity", v.entity);
  dem_put_maybe_span(w, "span", v.span);
  dem_put_words(w, "text", v.span);
  dem_json_close(&w->j, '}');
}

static void put_cue(dem_writer *w, dem_span cue) {
  if (cue.begin >= cue.end) {
    dem_json_null(&w->j, "cue");
    return;
  }
  dem_json_open(&w->j, "cue", '{');
  dem_put_span(w, "span", cue);
  dem_put_words(w, "text", cue);
  dem_json_close(&w->j, '}');
}

static void put_quote(dem_writer *w, const dem_quote *q) {
  static const char *const kind[] = {"direct", "indirect", "mixed"};
  dem_json_open(&w->j, NULL, '{');
  dem_put_span(w, "span", q->span);
  if (q->pieces.n) {
    dem_json_open(&w->j, "spans", '[');
    for (uint32_t i = 0; i < q->pieces.n; i++) dem_put_span(w, NULL, q->pieces.at[i]);
    dem_json_close(&w->j, ']');
  }
  dem_json_str(&w->j, "text", dem_doc_slice(w->doc, q->span));
  dem_json_str(&w->j, "kind", dem_str_of(kind[q->kind]));
  put_voice(w, "speaker", q->speaker);
  put_cue(w, q->cue);
  put_voice(w, "addressee", q->addressee);
  dem_json_open(&w->j, "chain", '[');
  for (uint32_t i = 0; i < q->chain.n; i++) put_voice(w, NULL, q->chain.at[i]);
  dem_json_close(&w->j, ']');
  dem_json_close(&w->j, '}');
}

static void put_time(dem_writer *w, const dem_time *t) {
  static const char *const type[] = {"DATE", "TIME", "DURATION", "SET"};
  dem_json_open(&w->j, NULL, '{');
  dem_put_span(w, "span", t->span);
  dem_json_str(&w->j, "text", dem_doc_slice(w->doc, t->span));
  dem_json_str(&w->j, "type", dem_str_of(type[t->type]));
  dem_json_maybe(&w->j, "value", t->value);
  dem_put_day(w, "from", t->from);
  dem_put_day(w, "to", t->to);
  dem_json_maybe(&w->j, "precision", dem_precision_text(t->precision));
  dem_json_maybe(&w->j, "rule", t->rule);
  dem_json_close(&w->j, '}');
}

void dem_put_point(dem_writer *w, const dem_place *p) {
  if (p->geonameid) dem_json_int(&w->j, "geonameid", p->geonameid);
  else dem_json_null(&w->j, "geonameid");
  dem_json_maybe(&w->j, "country", p->country);
  dem_json_maybe(&w->j, "admin1", p->admin1);
  if (p->located) {
    dem_json_fixed(&w->j, "lat", p->lat, 5);
    dem_json_fixed(&w->j, "lon", p->lon, 5);
  } else {
    dem_json_null(&w->j, "lat");
    dem_json_null(&w->j, "lon");
  }
  dem_json_maybe(&w->j, "feature", p->feature);
}

static void put_place(dem_writer *w, const dem_place *p) {
  static const char *const kind[] = {"name", "adjective", "people", "embedded", "noun"};
  dem_json_open(&w->j, NULL, '{');
  dem_put_span(w, "span", p->span);
  dem_json_str(&w->j, "text", dem_doc_slice(w->doc, p->span));
  dem_json_str(&w->j, "kind", dem_str_of(kind[p->kind]));
  dem_json_maybe(&w->j, "name", p->name);
  dem_put_point(w, p);
  dem_json_maybe(&w->j, "within", p->within);
  dem_json_fixed(&w->j, "confidence", p->confidence, 3);
  dem_json_close(&w->j, '}');
}

void dem_write_record(dem_writer *w, bool reading) {
  const dem_doc *doc = w->doc;
  dem_json_open(&w->j, NULL, '{');
  put_head(w);
  put_body(w);
  if (!reading) {
    dem_json_open(&w->j, "sentences", '[');
    for (uint32_t i = 0; i < doc->sentences.n; i++) dem_put_span(w, NULL, doc->sentences.at[i].span);
    dem_json_close(&w->j, ']');
    put_entities(w);
    dem_json_open(&w->j, "quotes", '[');
    for (uint32_t i = 0; i < doc->quotes.n; i++) put_quote(w, &doc->quotes.at[i]);
    dem_json_close(&w->j, ']');
    dem_json_open(&w->j, "times", '[');
    for (uint32_t i = 0; i < doc->times.n; i++) put_time(w, &doc->times.at[i]);
    dem_json_close(&w->j, ']');
    dem_json_open(&w->j, "places", '[');
    for (uint32_t i = 0; i < doc->places.n; i++) put_place(w, &doc->places.at[i]);
    dem_json_close(&w->j, ']');
    dem_json_open(&w->j, "events", '[');
    for (uint32_t i = 0; i < doc->events.n; i++) dem_write_event(w, i, false);
    dem_json_close(&w->j, ']');
  }
  dem_put_coder(w);
  dem_json_close(&w->j, '}');
  dem_json_raw(&w->j, DEM_S("\n"));
  w->j.comma = false;
}
