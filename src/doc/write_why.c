/* What was seen, what fired, what did not and why: plain text for people who want to mend a table. One block a sentence:
 * its words with tag, head and relation; the mentions and what they stand for; quotes, times, places; the reasons that the
 * stages wrote down. Refuses: judging; a sentence no stage explained is said to have none. */
#include "doc/write.h"

static void line(dem_writer *w, dem_str s) {
  dem_json_raw(&w->j, s);
  dem_json_raw(&w->j, DEM_S("\n"));
}

#define say(w, ...) line((w), dem_str_format(&(w)->doc->arena, __VA_ARGS__))

static void why_token(dem_writer *w, uint32_t i, uint32_t first) {
  const dem_doc *doc = w->doc;
  const dem_token *t = &doc->tokens.at[i];
  dem_str form = dem_doc_slice(doc, t->span), rel = dem_deprel_text((dem_deprel)t->deprel);
  dem_str label = dem_name_text((dem_name_label)t->name);
  say(w, "    %3u %-18.*s %-18.*s %-6.*s %-5.*s %3u %-12.*s %.*s", i - first + 1, DEM_FMT(form), DEM_FMT(t->lemma),
      DEM_FMT(dem_upos_text((dem_upos)t->upos)), DEM_FMT(t->tag), t->head == DEM_NONE ? 0 : t->head - first + 1, DEM_FMT(rel),
      t->name ? (int)label.len : 0, label.data);
}

static void why_mentions(dem_writer *w, uint32_t first, uint32_t last, uint32_t *next) {
  const dem_doc *doc = w->doc;
  for (; *next < doc->mentions.n && doc->mentions.at[*next].first < last; (*next)++) {
    const dem_mention *m = &doc->mentions.at[*next];
    if (m->first < first || m->entity >= doc->entities.n) continue;
    const dem_entity *e = &doc->entities.at[m->entity];
    dem_str text = dem_doc_slice(doc, m->span), label = dem_entity_label(doc, m->entity), kind = dem_kind_text(e->kind);
    say(w, "  who    \"%.*s\" = e%u %.*s (%.*s%s%.*s%s%.*s)%s%.*s", DEM_FMT(text), m->entity + 1, DEM_FMT(label), DEM_FMT(kind),
        e->code.len ? ", " : "", DEM_FMT(e->code), e->sector.len ? " " : "", DEM_FMT(e->sector), e->row.len ? " from " : "",
        DEM_FMT(e->row));
  }
}

static bool inside(dem_span span, dem_span sentence) { return span.begin >= sentence.begin && span.begin < sentence.end; }

static void why_findings(dem_writer *w, dem_span s, uint32_t *quote, uint32_t *time, uint32_t *place) {
  const dem_doc *doc = w->doc;
  for (; *quote < doc->quotes.n && doc->quotes.at[*quote].span.begin < s.end; (*quote)++) {
    const dem_quote *q = &doc->quotes.at[*quote];
    dem_str text = dem_doc_slice(doc, q->span), who = dem_entity_label(doc, q->speaker.entity), cue = dem_doc_slice(doc, q->cue);
    if (inside(q->span, s))
      say(w, "  said   \"%.*s\" by %.*s, cue \"%.*s\"", DEM_FMT(text), who.len ? (int)who.len : 7, who.len ? who.data : "nobody?",
          DEM_FMT(cue));
  }
  for (; *time < doc->times.n && doc->times.at[*time].span.begin < s.end; (*time)++) {
    const dem_time *t = &doc->times.at[*time];
    dem_str text = dem_doc_slice(doc, t->span);
    if (inside(t->span, s)) say(w, "  when   \"%.*s\" = %.*s (%.*s)", DEM_FMT(text), DEM_FMT(t->value), DEM_FMT(t->rule));
  }
  for (; *place < doc->places.n && doc->places.at[*place].span.begin < s.end; (*place)++) {
    const dem_place *p = &doc->places.at[*place];
    dem_str text = dem_doc_slice(doc, p->span);
    if (inside(p->span, s))
      say(w, "  where  \"%.*s\" = %.*s, %.*s%s", DEM_FMT(text), DEM_FMT(p->name), DEM_FMT(p->country),
          p->actor ? " (stands for its government)" : "");
  }
}

static void why_event(dem_writer *w, uint32_t i) {
  dem_doc *doc = w->doc;
  const dem_event *e = &doc->events.at[i];
  dem_str id = dem_event_id(doc, i), actor = dem_parties_text(doc, e->actor), recipient = dem_parties_text(doc, e->recipient);
  dem_str trigger = dem_doc_slice(doc, e->trigger), type = dem_type_text(e->type), status = dem_status_text(e->status);
  say(w, "  event  %.*s %.*s %.*s: %.*s > %.*s, at \"%.*s\", frame %.*s, date by %.*s", DEM_FMT(id), DEM_FMT(type),
      DEM_FMT(status), DEM_FMT(actor), recipient.len ? (int)recipient.len : 1, recipient.len ? recipient.data : "-",
      DEM_FMT(trigger), DEM_FMT(e->frame), DEM_FMT(e->date_rule));
}

/* Events and reasons by sentence, so that a document of many sentences stays linear: chains of indices. */
typedef struct chains {
  uint32_t *event, *event_next, *reason, *reason_next; /* first of a sentence; next of the same sentence */
} chains;

static uint32_t *unlinked(dem_doc *doc, uint32_t n) {
  uint32_t *at = dem_array(&doc->arena, uint32_t, n + 1u);
  memset(at, 0xFF, sizeof *at * (n + 1u)); /* DEM_NONE */
  return at;
}

static chains chains_of(dem_doc *doc) {
  uint32_t n = doc->sentences.n;
  chains c = {unlinked(doc, n), unlinked(doc, doc->events.n), unlinked(doc, n), unlinked(doc, doc->reasons.n)};
  for (uint32_t i = doc->events.n; i-- > 0;) {
    const dem_event *e = &doc->events.at[i];
    uint32_t s = e->reports.n && e->reports.at[0].sentence < n ? e->reports.at[0].sentence : n;
    c.event_next[i] = c.event[s];
    c.event[s] = i;
  }
  for (uint32_t i = doc->reasons.n; i-- > 0;) {
    uint32_t s = doc->reasons.at[i].sentence < n ? doc->reasons.at[i].sentence : n; /* n: of the whole dispatch */
    c.reason_next[i] = c.reason[s];
    c.reason[s] = i;
  }
  return c;
}

static void why_chain(dem_writer *w, const chains *c, uint32_t sentence) {
  for (uint32_t i = c->event[sentence]; i != DEM_NONE; i = c->event_next[i]) why_event(w, i);
  for (uint32_t i = c->reason[sentence]; i != DEM_NONE; i = c->reason_next[i])
    say(w, "  why    %.*s", DEM_FMT(w->doc->reasons.at[i].text));
  if (c->event[sentence] == DEM_NONE && c->reason[sentence] == DEM_NONE && sentence < w->doc->sentences.n)
    line(w, DEM_S("  no event: no word of this sentence is a trigger"));
}

void dem_write_why(dem_writer *w) {
  const dem_doc *doc = w->doc;
  uint32_t mention = 0, quote = 0, time = 0, place = 0;
  chains c = chains_of(w->doc);
  say(w, "%.*s: %u sentences, %u entities, %u events; model %.*s", DEM_FMT(doc->source), doc->sentences.n, doc->entities.n,
      doc->events.n, DEM_FMT(doc->model ? dem_model_id(doc->model) : DEM_S("none")));
  for (uint32_t i = 0; i < doc->notes.n; i++)
    say(w, "note   %.*s: %.*s", DEM_FMT(doc->notes.at[i].code), DEM_FMT(doc->notes.at[i].message));
  for (uint32_t s = 0; s < doc->sentences.n; s++) {
    const dem_sentence *sentence = &doc->sentences.at[s];
    say(w, "\n[%u] %.*s", s + 1, DEM_FMT(dem_doc_slice(doc, sentence->span)));
    for (uint32_t i = sentence->first; i < sentence->last; i++) why_token(w, i, sentence->first);
    why_mentions(w, sentence->first, sentence->last, &mention);
    why_findings(w, sentence->span, &quote, &time, &place);
    why_chain(w, &c, s);
  }
  why_chain(w, &c, doc->sentences.n);
}
