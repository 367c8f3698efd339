/* A matched frame becomes an event. Here are the codebook's rules that turn one type into another: what is asked for, promised,
 * refused or threatened gives the mode ("asked X to release Y" is REQUEST yield), a planned meeting is AGREE, an announced
 * withdrawal CONCEDE, a conditional blow THREATEN, "will not attend" REJECT. An event without a known actor is none; AID and
 * SANCTION need a recipient, COOPERATE a partner. Every refusal leaves a reason for explain. */
#include "code/coder.h"

typedef struct draft {
  dem_type type;
  dem_str mode, cameo;
  dem_parties actor, recipient;
  dem_standing standing;
  uint32_t content; /* the token of what is asked, promised, threatened */
  bool recip;       /* a mutual act */
} draft;

static void why(dem_coder *c, uint32_t t, const char *what) {
  const dem_token *k = dem_tok(c, t);
  dem_doc_reason(c->doc, k->sentence, "trigger \"%.*s\": %s", DEM_FMT(dem_doc_slice(c->doc, k->span)), what);
}

/* ---- the content of asking, promising, refusing, threatening ---- */

static uint32_t content_noun(dem_coder *c, uint32_t t) {
  static const char *const words[] = {"for", "obj", "to", "of", "from", "against", "with"};
  for (unsigned i = 0; i < sizeof words / sizeof *words; i++) {
    bool obj = words[i][0] == 'o' && words[i][1] == 'b';
    uint32_t k = obj ? (dem_is_verb(c, t) ? dem_logical_object(c, t) : DEM_NONE) : dem_prep(c, t, dem_str_of(words[i]));
    if (k != DEM_NONE && k != t && dem_frame_of(c, k).row != DEM_NONE && dem_tok(c, k)->mention == DEM_NONE) return k;
  }
  return DEM_NONE;
}

static uint32_t content_of(dem_coder *c, uint32_t t) {
  uint32_t k = dem_complement(c, t);
  return k != DEM_NONE ? k : content_noun(c, t);
}

/* CAMEO repeats one division under 02, 03, 10 and 12. */
static dem_str content_cameo(dem_coder *c, const char *root, const dem_frame *in) {
  dem_arena *a = &c->doc->arena;
  dem_str last = in->cameo.len >= 3 ? dem_str_sub(in->cameo, 2, 3) : DEM_S(""); /* the kind of help or exchange: 06x, 07x */
  if (dem_str_is(last, "0")) last = DEM_S("");
  bool reject = strcmp(root, "12") == 0;
  switch (in->row == DEM_NONE ? DEM_TYPE_COUNT : in->type) {
    case DEM_TYPE_COOPERATE: return dem_str_format(a, "%s1%.*s", root, DEM_FMT(last));
    case DEM_TYPE_AID: 
      if (dem_str_is(last, "5")) last = DEM_S("3"); /* asylum is a humanitarian matter there */
      return dem_str_format(a, "%s%c%.*s", root, reject ? '2' : '3', DEM_FMT(last));
    case DEM_TYPE_SUPPORT: return dem_str_format(a, "%s%s", root, reject ? "0" : "2");
    case DEM_TYPE_CONSULT: return dem_str_format(a, "%s%c", root, reject ? '5' : '6');
    case DEM_TYPE_CONCEDE: case DEM_TYPE_RETREAT: {
      char digit = '0';
      if (dem_str_starts(in->cameo, "081")) digit = '1';
      else if (dem_str_starts(in->cameo, "082")) digit = '2';
      else if (dem_str_starts(in->cameo, "084")) digit = '3';
      else if (dem_str_starts(in->cameo, "085")) digit = '4';
      else if (dem_str_starts(in->cameo, "086")) digit = '5';
      else if (dem_str_starts(in->cameo, "087")) digit = '6';
      else if (dem_str_starts(in->cameo, "083")) return dem_str_format(a, "%s%s", root, reject ? "3" : "4");
      if (digit == '0') return dem_str_format(a, "%s%c", root, reject ? '4' : '5');
      return dem_str_format(a, "%s%c%c", root, reject ? '4' : '5', digit);
    }
    default: return dem_str_format(a, "%s0", root);
  }
}

/* Modes of REQUEST and REJECT name what is asked for or refused. */
static dem_str asked_mode(const dem_frame *in) {
  if (in->row == DEM_NONE || in->type == DEM_TYPE_COUNT) return DEM_S("");
  switch (in->type) {
    case DEM_TYPE_COOPERATE: case DEM_TYPE_AID: case DEM_TYPE_SUPPORT: return DEM_S("assist");
    case DEM_TYPE_CONSULT: case DEM_TYPE_AGREE: return DEM_S("meet");
    case DEM_TYPE_CONCEDE: return DEM_S("yield");
    case DEM_TYPE_RETREAT: return dem_str_is(in->mode, "resign") ? DEM_S("change") : DEM_S("yield");
    default: return DEM_S("change");
  }
}

static dem_str threatened_mode(const dem_frame *in) {
  if (in->row == DEM_NONE) return DEM_S("");
  switch (in->type) {
    case DEM_TYPE_ASSAULT: case DEM_TYPE_MOBILIZE: return DEM_S("violence");
    case DEM_TYPE_PROTEST: return DEM_S("restrict");
    case DEM_TYPE_SANCTION: return dem_str_is(in->mode, "expel") ? DEM_S("expel") : DEM_S("relations");
    case DEM_TYPE_REJECT: return DEM_S("relations");
    case DEM_TYPE_RETREAT: return dem_str_is(in->mode, "resign") ? DEM_S("") : DEM_S("relations");
    case DEM_TYPE_COERCE:
      if (dem_str_is(in->mode, "arrest")) return DEM_S("arrest");
      if (dem_str_is(in->mode, "deport")) return DEM_S("expel");
      return dem_str_starts(in->cameo, "192") ? DEM_S("territory") : DEM_S("restrict");
    default: return DEM_S("");
  }
}

static dem_str threatened_cameo(const dem_frame *in) {
  if (in->row == DEM_NONE) return DEM_S("130");
  switch (in->type) {
    case DEM_TYPE_ASSAULT: case DEM_TYPE_MOBILIZE: return DEM_S("138");
    case DEM_TYPE_PROTEST: return DEM_S("133");
    case DEM_TYPE_COERCE:
      if (dem_str_is(in->mode, "arrest")) return DEM_S("137");
      return dem_str_starts(in->cameo, "192") ? DEM_S("1382") : dem_str_is(in->mode, "deport") ? DEM_S("136") : DEM_S("132");
    case DEM_TYPE_SANCTION:
      if (dem_str_starts(in->cameo, "162")) return DEM_S("1311");
      if (dem_str_starts(in->cameo, "163")) return DEM_S("1312");
      if (dem_str_starts(in->cameo, "164")) return DEM_S("134");
      return dem_str_starts(in->cameo, "166") ? DEM_S("136") : DEM_S("1313");
    default: return DEM_S("130");
  }
}

static bool hostile(dem_type type) { return type < DEM_TYPE_COUNT && (dem_type_quad(type) == 4 || type == DEM_TYPE_THREATEN); }

static void become(draft *d, dem_type type, dem_str mode, dem_str cameo) {
  d->type = type;
  d->mode = mode;
  d->cameo = cameo;
}

static void borrow_recipient(dem_coder *c, uint32_t content, const dem_frame *in, draft *d) {
  if (content == DEM_NONE || in->row == DEM_NONE) return;
  bool verb = dem_is_verb(c, content);
  dem_str spec = in->recipient.len ? in->recipient : verb ? DEM_S("obj") : DEM_S("against,on,with,to");
  if (!d->recipient.n) dem_argument(c, content, spec, &d->recipient);
}

static void promise(dem_coder *c, const dem_frame *in, bool agreed, draft *d) {
  if (in->row == DEM_NONE || in->type == DEM_TYPE_COUNT) return become(d, DEM_TYPE_AGREE, DEM_S(""), DEM_S("030"));
  if (hostile(in->type) && !agreed) return become(d, DEM_TYPE_THREATEN, threatened_mode(in), threatened_cameo(in));
  if (hostile(in->type) || in->type == DEM_TYPE_ACCUSE) {
    become(d, in->type, in->mode, in->cameo);
    d->standing.status = DEM_STATUS_future;
    return;
  }
  bool yields = in->type == DEM_TYPE_CONCEDE || in->type == DEM_TYPE_RETREAT;
  if (in->type == DEM_TYPE_AID && dem_flag(in, "debt")) return become(d, in->type, in->mode, in->cameo); /* AID-3 */
  become(d, yields ? DEM_TYPE_CONCEDE : DEM_TYPE_AGREE, DEM_S(""), content_cameo(c, "03", in));
}

/* Rows with a content: the type or the mode comes from what is asked, promised, refused, threatened. False: no event. */
static bool with_content(dem_coder *c, uint32_t t, const dem_frame *f, draft *d) {
  uint32_t content = content_of(c, t);
  dem_frame in = {.row = DEM_NONE, .type = DEM_TYPE_COUNT};
  if (content != DEM_NONE) in = dem_frame_of(c, content);
  if (content != DEM_NONE && in.row == DEM_NONE && dem_is_verb(c, content) && dem_word_class(c, content, "light")) {
    uint32_t carried = dem_logical_object(c, content); /* "to hold talks" */
    if (carried != DEM_NONE) in = dem_frame_of(c, carried);
  }
  bool own = !dem_flag(f, "accuse");
  bool takes = dem_flag(f, "request") || dem_flag(f, "demand") || dem_flag(f, "reject") || dem_flag(f, "threaten") ||
               dem_flag(f, "warn") || dem_flag(f, "promise") || dem_flag(f, "agreed") || !own ||
               dem_flag(f, "planned");
  if (takes) d->content = content;
  if (dem_flag(f, "request") || dem_flag(f, "demand"))
    become(d, DEM_TYPE_REQUEST, f->mode.len ? f->mode : asked_mode(&in),
           f->mode.len && f->cameo.len ? f->cameo : content_cameo(c, dem_flag(f, "demand") ? "10" : "02", &in));
  else if (dem_flag(f, "reject"))
    become(d, DEM_TYPE_REJECT, f->mode.len ? f->mode : asked_mode(&in),
           f->mode.len && f->cameo.len ? f->cameo : content_cameo(c, "12", &in));
  else if (dem_flag(f, "threaten")) become(d, DEM_TYPE_THREATEN, threatened_mode(&in), threatened_cameo(&in));
  else if (dem_flag(f, "warn")) {
    uint32_t theirs = content != DEM_NONE && dem_is_verb(c, content) ? dem_kid(c->doc, content, DEM_DEPREL_NSUBJ) : DEM_NONE;
    dem_parties who = {0};
    if (theirs != DEM_NONE) dem_parties_of(c, theirs, &who);
    bool other = theirs != DEM_NONE && dem_tok(c, theirs)->upos != DEM_UPOS_PRON && !dem_parties_meet(c, &who, &d->actor);
    if (other || (!hostile(in.type) && !d->recipient.n)) return why(c, t, "a warning without a consequence of one's own"), false;
    become(d, DEM_TYPE_THREATEN, threatened_mode(&in), threatened_cameo(&in));
  } else if (dem_flag(f, "promise") || dem_flag(f, "agreed")) {
    if (in.row == DEM_NONE && dem_flag(f, "content")) return why(c, t, "what is meant to be done is no event"), false;
    promise(c, &in, dem_flag(f, "agreed"), d);
  }
  if (own) borrow_recipient(c, content, &in, d);
  return true;
}

/* ---- the rules of status ---- */

static dem_str planned_cameo(dem_coder *c, const draft *d) {
  dem_frame in = {.row = 0, .type = d->type, .cameo = d->cameo};
  return content_cameo(c, "03", &in);
}

static dem_str refused_cameo(dem_coder *c, const draft *d) {
  dem_frame in = {.row = 0, .type = d->type, .cameo = d->cameo};
  return content_cameo(c, "12", &in);
}

static bool cooperative(dem_type type) { return dem_type_quad(type) <= 2; }

static bool own_words(dem_coder *c, uint32_t t, const draft *d) {
  dem_parties claimant = {0};
  dem_claimants(c, t, &claimant);
  return dem_parties_meet(c, &claimant, &d->actor);
}

/* Rule AUX-1: an act with a status that amounts to another type is that type. */
static void settle(dem_coder *c, uint32_t t, draft *d) {
  dem_event_status s = d->standing.status;
  dem_frame as = {.row = 0, .type = d->type, .mode = d->mode, .cameo = d->cameo};
  if (d->standing.refusal && s == DEM_STATUS_negated && cooperative(d->type)) {
    become(d, DEM_TYPE_REJECT, asked_mode(&as), refused_cameo(c, d));
    d->standing.status = DEM_STATUS_asserted;
  } else if (s == DEM_STATUS_future && cooperative(d->type)) {
    bool yields = d->type == DEM_TYPE_CONCEDE || d->type == DEM_TYPE_RETREAT;
    dem_str cameo = d->type == DEM_TYPE_AGREE ? d->cameo : planned_cameo(c, d);
    become(d, yields ? DEM_TYPE_CONCEDE : DEM_TYPE_AGREE, DEM_S(""), cameo);
    if (!d->standing.hedged) d->standing.status = DEM_STATUS_asserted; /* the plan is the event */
  } else if (s == DEM_STATUS_hypothetical && hostile(d->type) && own_words(c, t, d)) { /* "France could impose bans, Paris said" */
    become(d, DEM_TYPE_THREATEN, threatened_mode(&as), threatened_cameo(&as));
    d->standing.status = DEM_STATUS_asserted;
  } else if (d->standing.conditional && hostile(d->type) && (s == DEM_STATUS_future || s == DEM_STATUS_hypothetical)) {
    become(d, DEM_TYPE_THREATEN, threatened_mode(&as), threatened_cameo(&as));
    d->standing.status = DEM_STATUS_asserted;
  }
}

/* ---- parties ---- */

static bool groups(const dem_coder *c, const dem_parties *p) {
  return p->n >= 2 || (p->n == 1 && c->doc->entities.at[p->at[0].entity].plural);
}

static void drop_unknown(dem_coder *c, dem_parties *p) {
  uint32_t n = 0;
  for (uint32_t i = 0; i < p->n; i++) {
    const dem_entity *e = &c->doc->entities.at[p->at[i].entity];
    if (e->code.len || e->sector.len) p->at[n++] = p->at[i];
  }
  p->n = n;
}

/* A president's rally is no protest. */
static void drop_rulers(dem_coder *c, dem_parties *p) {
  uint32_t n = 0;
  for (uint32_t i = 0; i < p->n; i++) {
    dem_str sector = c->doc->entities.at[p->at[i].entity].sector;
    if (!dem_str_is(sector, "GOV") && !dem_str_is(sector, "MIL")) p->at[n++] = p->at[i];
  }
  p->n = n;
}

static void drop_actors(const dem_parties *actor, dem_parties *recipient) {
  uint32_t n = 0;
  for (uint32_t i = 0; i < recipient->n; i++) {
    bool both = false;
    for (uint32_t j = 0; j < actor->n; j++) both |= actor->at[j].entity == recipient->at[i].entity;
    if (!both) recipient->at[n++] = recipient->at[i];
  }
  recipient->n = n;
}

/* "invited X, and X accepted": the answer goes to whoever spoke to the answerer last. */
static void reply(dem_coder *c, draft *d) {
  for (uint32_t i = c->doc->events.n, back = 0; i-- > 0 && back < 4; back++) {
    const dem_event *e = &c->doc->events.at[i];
    if (!dem_parties_meet(c, &e->recipient, &d->actor)) continue;
    for (uint32_t k = 0; k < e->actor.n; k++) dem_party_add(c, e->actor.at[k].entity, e->actor.at[k].span, &d->recipient);
    return;
  }
}

/* "the visit" after an invitation: the guest is who was invited. */
static void invited(dem_coder *c, draft *d) {
  for (uint32_t i = c->doc->events.n, back = 0; i-- > 0 && back < 6; back++) {
    const dem_event *e = &c->doc->events.at[i];
    if (e->type != DEM_TYPE_AGREE || !dem_str_is(e->cameo, "036") || !e->recipient.n) continue;
    for (uint32_t k = 0; k < e->recipient.n; k++) dem_party_add(c, e->recipient.at[k].entity, e->recipient.at[k].span, &d->actor);
    for (uint32_t k = 0; k < e->actor.n; k++) dem_party_add(c, e->actor.at[k].entity, e->actor.at[k].span, &d->recipient);
    return;
  }
}

static void find_parties(dem_coder *c, uint32_t t, const dem_frame *f, draft *d) {
  bool verb = dem_is_verb(c, t);
  dem_argument(c, t, f->actor.len ? f->actor : verb ? DEM_S("subj") : DEM_S("by,poss,amod,gov"), &d->actor);
  dem_argument(c, t, f->recipient.len ? f->recipient : verb ? DEM_S("obj") : DEM_S("against,on,of,to"), &d->recipient);
}

/* False, with a reason, when the codebook asks for a party that is not there. */
static bool complete(dem_coder *c, uint32_t t, draft *d) {
  drop_actors(&d->actor, &d->recipient);
  drop_unknown(c, &d->actor);
  drop_unknown(c, &d->recipient);
  if (d->type == DEM_TYPE_PROTEST) drop_rulers(c, &d->actor);
  if (d->recip) {
    for (uint32_t i = 0; i < d->recipient.n; i++) dem_party_add(c, d->recipient.at[i].entity, d->recipient.at[i].span, &d->actor);
    d->recipient.n = 0;
    if (d->actor.n && !groups(c, &d->actor)) return why(c, t, "a mutual act with one known party"), false;
  }
  if (!d->actor.n) return why(c, t, "no known actor"), false;
  bool talk = dem_type_quad(d->type) % 2 == 1; /* anybody may be shot at; critics, doctors and investors of no country just talk */
  if (talk && !dem_party_public(c, &d->actor) && !dem_party_public(c, &d->recipient)) return why(c, t, "talk of private parties"), false;
  bool alone = !d->recipient.n;
  if (alone && (d->type == DEM_TYPE_AID || d->type == DEM_TYPE_SANCTION)) return why(c, t, "no known recipient"), false;
  if (alone && d->type == DEM_TYPE_COOPERATE && !groups(c, &d->actor)) return why(c, t, "no known partner"), false;
  return true;
}

/* ---- the event ---- */

static dem_span evidence(const dem_coder *c, uint32_t t) {
  uint32_t first = t, last = t + 1;
  for (uint32_t k = dem_tok(c, t)->kid; k != DEM_NONE; k = dem_tok(c, k)->next) {
    uint8_t rel = dem_tok(c, k)->deprel;
    if (rel == DEM_DEPREL_PUNCT_ || rel == DEM_DEPREL_CONJ || rel == DEM_DEPREL_CC || rel == DEM_DEPREL_PARATAXIS ||
        rel == DEM_DEPREL_ADVCL || rel == DEM_DEPREL_NSUBJ || rel == DEM_DEPREL_MARK)
      continue;
    uint32_t a, b;
    dem_subtree(c->doc, k, &a, &b);
    if (a < first) first = a;
    if (b > last) last = b;
  }
  return (dem_span){dem_tok(c, first)->span.begin, dem_tok(c, last - 1)->span.end};
}

static void modes(dem_coder *c, dem_str list, dem_event *e) {
  while (list.len) *dem_push(&c->doc->arena, &e->modes) = dem_str_cut(&list, '|');
}

static void publish(dem_coder *c, uint32_t t, const dem_frame *f, draft *d) {
  dem_event e = {.type = d->type, .cameo = d->cameo, .status = d->standing.status, .actor = d->actor, .recipient = d->recipient,
                 .trigger_token = t, .trigger = dem_tok(c, t)->span, .place = DEM_NONE};
  modes(c, d->mode, &e);
  e.hedges.at = d->standing.hedges.at, e.hedges.n = d->standing.hedges.n, e.hedges.cap = d->standing.hedges.cap;
  dem_attach(c, &e);
  bool dated = e.date_span.end > e.date_span.begin;
  if (dated && e.to != DEM_NO_DAY && c->doc->published_day != DEM_NO_DAY && e.status == DEM_STATUS_asserted &&
      dem_civil_of(e.to).year + 1 < dem_civil_of(c->doc->published_day).year)
    e.status = DEM_STATUS_historical;
  dem_claimants(c, t, &e.claimant);
  e.frame = dem_str_format(&c->doc->arena, "verbs/frames: %.*s %.*s [%.*s]", DEM_FMT(dem_table_key(c->frames, f->row)),
                           DEM_FMT(dem_table_cell(c->frames, f->row, FRAMES_POS)),
                           DEM_FMT(dem_table_cell(c->frames, f->row, FRAMES_WHEN)));
  e.confidence = 550 + 60 * (f->conditions > 3 ? 3 : f->conditions) + (d->recipient.n ? 120 : 0) + (dem_is_verb(c, t) ? 60 : 0);
  if (dem_flag(f, "weak")) e.confidence -= 250;
  *dem_push(&c->doc->arena, &e.reports) =
    (dem_event_report){dem_tok(c, t)->sentence, dem_clause(c, t), evidence(c, t), e.status, e.claimant};
  dem_codes(c, &e);
  dem_join(c, &e);
}

/* An explicit day after publication makes an act planned: "the ministers meet on Monday". */
static void look_ahead(dem_coder *c, uint32_t t, draft *d) {
  dem_event probe = {.trigger_token = t};
  if (d->standing.status != DEM_STATUS_asserted || c->doc->published_day == DEM_NO_DAY || !cooperative(d->type)) return;
  dem_attach(c, &probe);
  bool dated = probe.date_span.end > probe.date_span.begin;
  if (dated && probe.from != DEM_NO_DAY && probe.from > c->doc->published_day && d->type != DEM_TYPE_AGREE &&
      d->type != DEM_TYPE_CONCEDE)
    d->standing.status = DEM_STATUS_future;
}

/* "sent troops to crush the revolt", "efforts to end the war": what is meant, not what was done. */
static bool purpose(const dem_coder *c, uint32_t t) {
  uint8_t rel = dem_tok(c, t)->deprel;
  uint32_t mark = dem_kid(c->doc, t, DEM_DEPREL_MARK), head = dem_tok(c, t)->head;
  if ((rel != DEM_DEPREL_ADVCL && rel != DEM_DEPREL_ACL) || mark == DEM_NONE || !dem_str_is(dem_tok(c, mark)->norm, "to")) return false;
  if (dem_word_class(c, head, "status-hypothetical")) return dem_is_noun(c, head); /* "efforts to"; "might", "tried to" are a status */
  return !dem_word_class(c, head, "status-future") && !dem_word_class(c, head, "status-suspected");
}

/* The content, and what the row names ("issued a warning"), are told by this event and are none of their own. */
static void claim_words(dem_coder *c, uint32_t t, const dem_frame *f, const draft *d) {
  if (d->content != DEM_NONE) c->used[d->content] = 1;
  if (!dem_is_verb(c, t)) return;
  dem_frame_claim(c, t, f);
  uint32_t obj = dem_logical_object(c, t), k = obj != DEM_NONE && c->used[obj] ? dem_complement(c, obj) : DEM_NONE;
  if (k != DEM_NONE) c->used[k] = 1;
}

/* Rule SAN-1: "convicted him and jailed him" are two acts, the verdict and the detention. */
static void after_verdict(const dem_coder *c, uint32_t t, draft *d) {
  uint32_t head = dem_tok(c, t)->head;
  bool verdict = d->type == DEM_TYPE_SANCTION && dem_str_is(d->mode, "convict") && dem_word_class(c, t, "imprison");
  if (verdict && dem_tok(c, t)->deprel == DEM_DEPREL_CONJ && head != DEM_NONE && dem_str_is(dem_tok(c, head)->lemma, "convict"))
    become(d, DEM_TYPE_COERCE, DEM_S("arrest"), DEM_S("173"));
}

void dem_build(dem_coder *c, uint32_t t, const dem_frame *f) {
  if (purpose(c, t) && f->type != DEM_TYPE_PROTEST) return why(c, t, "a purpose, not a deed");
  if (f->type == DEM_TYPE_COUNT && !dem_flag(f, "content")) return why(c, t, "a use that is no event (frames row of type none)");
  draft d = {.type = f->type, .mode = f->mode, .cameo = f->cameo, .recip = dem_flag(f, "mutual"), .content = DEM_NONE};
  after_verdict(c, t, &d);
  find_parties(c, t, f, &d);
  drop_actors(&d.actor, &d.recipient);
  d.standing = dem_status_of(c, t);
  if (dem_flag(f, "planned") && d.standing.status == DEM_STATUS_future) d.standing.status = DEM_STATUS_asserted;
  if (!with_content(c, t, f, &d)) return;
  if (dem_flag(f, "reply") && !d.recipient.n) reply(c, &d);
  if (!d.actor.n && dem_str_is(d.mode, "visit") && dem_points_back(c, t)) invited(c, &d);
  look_ahead(c, t, &d);
  bool anaphor = !dem_is_verb(c, t) && !dem_party_known(c, &d.actor);
  if ((anaphor || (d.recip && d.actor.n + d.recipient.n < 2)) && !dem_is_verb(c, t) && dem_join_report(c, t, d.type, d.mode)) return;
  settle(c, t, &d);
  if (!complete(c, t, &d)) return;
  claim_words(c, t, f, &d);
  publish(c, t, f, &d);
}
