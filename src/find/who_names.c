/* Names: which stretches of tokens name a person, a body, a state or a place. At each token the longest of a lexicon key and
 * a learned label wins; what neither knows but is written as a proper noun is a name too, with its kind told by its words
 * and its place in the sentence. A lexicon key must be written as in the lexicon ("us" is not US), except in all capitals.
 * Refuses: titles ("President") as names; they belong to who_roles.c. Each token is looked at a bounded number of times. */
#include "base/utf8.h"
#include "find/who_work.h"

enum { RUN_MOST = 8 };

static bool all_capitals(dem_str s) {
  size_t letters = 0;
  for (size_t i = 0; i < s.len; i++) {
    if (dem_is_lower((unsigned char)s.data[i])) return false;
    letters += dem_is_upper((unsigned char)s.data[i]);
  }
  return letters > 3;
}

/* Is the text written as the lexicon writes it? Other apostrophes and dashes do not matter, capitals do. */
static bool written_as(dem_str text, dem_str form) {
  size_t i = 0, j = 0;
  if (all_capitals(text) && form.len > 3) return true;
  while (i < text.len && j < form.len) {
    uint32_t a = dem_utf8_next(text, &i), b = dem_utf8_next(form, &j);
    if (a == b) continue;
    if (dem_cp_is_letter(a) != dem_cp_is_letter(b)) return false;
    if (dem_cp_is_upper(b) && !dem_cp_is_upper(a)) return false;
  }
  return true;
}

/* The first row of the key whose form is written as the text is. In a text without capitals only short acronyms are refused
 * ("us", "who", "un" are words there). */
static uint32_t cased_row(const dem_who *w, const dem_table *table, dem_match m, uint32_t first) {
  dem_str text = dem_doc_words(w->doc, first, m.last);
  if (w->caseless) return text.len > 2 && !dem_str_in_list(DEM_S("who|may|aid|isis|ira|eta|spa|the house"), text) ? m.row : DEM_NONE;
  for (uint32_t row = m.row, end = dem_table_end(table, m.row); row < end; row++)
    if (written_as(text, dem_table_cell(table, row, 0))) return row;
  return DEM_NONE;
}

static bool may_be_name(const dem_token *t) {
  return t->upos == DEM_UPOS_PROPN || t->upos == DEM_UPOS_NOUN || t->upos == DEM_UPOS_ADJ || t->upos == DEM_UPOS_X;
}

/* "WHO", "UN": whatever the tagger says. */
static bool acronym(dem_str text) {
  for (size_t i = 0; i < text.len; i++)
    if (!dem_is_upper((unsigned char)text.data[i])) return false;
  return text.len >= 2;
}

/* "the French" in "the French leader" is no people. */
static bool article_before_noun(const dem_doc *doc, uint32_t first, uint32_t last, uint32_t limit) {
  if (last >= limit || last - first < 2 || !dem_str_is(doc->tokens.at[first].norm, "the")) return false;
  uint8_t next = doc->tokens.at[last].upos;
  return next == DEM_UPOS_NOUN || next == DEM_UPOS_PROPN || next == DEM_UPOS_ADJ;
}

static void try_table(dem_who *w, dem_table_id id, const dem_table *table, uint32_t limit, dem_find_one *best) {
  dem_match m = dem_doc_match(w->doc, table, best->first, limit);
  if (m.row == DEM_NONE || m.last <= best->last) return;
  if (id == DEM_TABLE_STATES && article_before_noun(w->doc, best->first, m.last, limit)) return;
  const dem_token *t = &w->doc->tokens.at[best->first];
  bool after_the = best->first > 0 && dem_str_is(t[-1].norm, "the") && id == DEM_TABLE_ORGANISATIONS && dem_capital(w->doc, best->first);
  if (m.last == best->first + 1 && !may_be_name(t) && !acronym(dem_doc_slice(w->doc, t->span)) && !after_the) return; /* "the Fed" */
  uint32_t row = cased_row(w, table, m, best->first);
  if (row == DEM_NONE) return;
  best->last = m.last;
  best->table = id;
  best->row = row;
}

dem_find_one dem_who_find(uint32_t first) {
  return (dem_find_one){.first = first,
                        .last = first,
                        .head = first,
                        .row = DEM_NONE,
                        .role = DEM_NONE,
                        .entity = DEM_NONE,
                        .mention = DEM_NONE,
                        .form = DEM_FORM_NAME,
                        .kind = DEM_KIND_ORGANISATION};
}

/* ---- states ---- */

static dem_state_kind state_kind_of(dem_str kind) {
  static const struct {
    const char *name;
    dem_state_kind kind;
  } kinds[] = {{"name", DEM_STATE_NAME},       {"adjective", DEM_STATE_ADJECTIVE}, {"people", DEM_STATE_PEOPLE},
               {"capital", DEM_STATE_CAPITAL}, {"seat", DEM_STATE_SEAT},           {"region", DEM_STATE_REGION}};
  for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
    if (dem_str_is(kind, kinds[i].name)) return kinds[i].kind;
  return DEM_STATE_NAME;
}

static bool modifies(const dem_token *t) {
  return t->deprel == DEM_DEPREL_AMOD || t->deprel == DEM_DEPREL_COMPOUND || t->deprel == DEM_DEPREL_NMOD_DESC ||
         t->deprel == DEM_DEPREL_NMOD_UNMARKED;
}

/* "Kyrgyz President": whatever the tree says, a noun right behind makes it an adjective. */
static bool noun_follows(const dem_doc *doc, uint32_t at) {
  if (at >= doc->tokens.n || !doc->tokens.at[at - 1].space_after ||
      doc->tokens.at[at].sentence != doc->tokens.at[at - 1].sentence)
    return false;
  return doc->tokens.at[at].upos == DEM_UPOS_NOUN || doc->tokens.at[at].upos == DEM_UPOS_PROPN;
}

static bool word_follows(const dem_doc *doc, uint32_t at, uint8_t upos) {
  return at < doc->tokens.n && doc->tokens.at[at].upos == upos && doc->tokens.at[at].sentence == doc->tokens.at[at - 1].sentence;
}

/* Of the rows of one key: the name of a state before its capital; adjective or people by how the word is used. */
/* "Kyrgyz" in "Kyrgyz and Tajik guards": another state's word and a noun come behind "and". */
static bool second_follows(const dem_who *w, uint32_t at) {
  const dem_doc *doc = w->doc;
  return at + 2 < doc->tokens.n && dem_str_is(doc->tokens.at[at].norm, "and") && noun_follows(doc, at + 2) &&
         dem_table_find(w->states, doc->tokens.at[at + 1].norm) != DEM_NONE;
}

static void choose_state_row(const dem_who *w, dem_find_one *f) {
  uint32_t of[DEM_STATE_REGION + 1], end = dem_table_end(w->states, f->row);
  for (unsigned k = 0; k <= DEM_STATE_REGION; k++) of[k] = DEM_NONE;
  for (uint32_t row = f->row; row < end; row++) {
    unsigned kind = state_kind_of(dem_table_cell(w->states, row, STATES_KIND));
    if (of[kind] == DEM_NONE) of[kind] = row;
  }
  const dem_token *t = &w->doc->tokens.at[f->last - 1];
  bool modifier = modifies(t) || (t->upos == DEM_UPOS_ADJ && t->deprel != DEM_DEPREL_NSUBJ && t->deprel != DEM_DEPREL_OBJ);
  if (f->first > 0 && dem_str_is(w->doc->tokens.at[f->first - 1].norm, "the") && !noun_follows(w->doc, f->last) &&
      !word_follows(w->doc, f->last, DEM_UPOS_ADJ))
    modifier = false; /* "the Japanese" */
  modifier = modifier || (of[DEM_STATE_ADJECTIVE] != DEM_NONE && (noun_follows(w->doc, f->last) || second_follows(w, f->last)));
  static const dem_state_kind order[2][6] = {
      {DEM_STATE_NAME, DEM_STATE_PEOPLE, DEM_STATE_ADJECTIVE, DEM_STATE_SEAT, DEM_STATE_CAPITAL, DEM_STATE_REGION},
      {DEM_STATE_NAME, DEM_STATE_ADJECTIVE, DEM_STATE_PEOPLE, DEM_STATE_SEAT, DEM_STATE_CAPITAL, DEM_STATE_REGION}};
  for (unsigned i = 0; i < 6; i++)
    if (of[order[modifier][i]] != DEM_NONE) {
      f->state = order[modifier][i];
      f->row = of[f->state];
      break;
    }
  if (f->state == DEM_STATE_ADJECTIVE && !modifier && t->upos != DEM_UPOS_ADJ) f->state = DEM_STATE_PEOPLE; /* "a Russian" */
}

static dem_kind kind_of_body(dem_str kind) {
  return dem_str_is(kind, "government") ? DEM_KIND_GOVERNMENT
         : dem_str_is(kind, "group")    ? DEM_KIND_GROUP
         : dem_str_is(kind, "people")   ? DEM_KIND_PEOPLE
                                        : DEM_KIND_ORGANISATION;
}

static void settle_lexicon(const dem_who *w, dem_find_one *f) {
  if (f->table == DEM_TABLE_PEOPLE) f->kind = DEM_KIND_PERSON;
  if (f->table == DEM_TABLE_ORGANISATIONS) f->kind = kind_of_body(dem_table_cell(w->organisations, f->row, ORGANISATIONS_KIND));
  if (f->table != DEM_TABLE_STATES) return;
  choose_state_row(w, f);
  f->kind = f->state == DEM_STATE_SEAT ? DEM_KIND_GOVERNMENT : f->state == DEM_STATE_PEOPLE ? DEM_KIND_PEOPLE : DEM_KIND_PLACE;
}

/* ---- runs ---- */

static bool particle(dem_str norm) {
  return dem_str_in_list(DEM_S("al|el|bin|ben|ibn|de|da|di|do|dos|del|der|den|van|von|la|le|ul|-|'"), norm);
}

static bool proper(const dem_who *w, uint32_t i) {
  const dem_token *t = &w->doc->tokens.at[i];
  return !w->busy[i] && t->upos == DEM_UPOS_PROPN && dem_capital(w->doc, i) &&
         !dem_who_word(w->words, t->norm, "who-title", NULL);
}

/* One past the run of proper nouns from `first`, small particles between them allowed. */
static uint32_t proper_run(const dem_who *w, uint32_t first, uint32_t limit) {
  uint32_t i = first;
  while (i < limit && i < first + RUN_MOST) {
    if (proper(w, i)) i++;
    else if (i > first && i + 1 < limit && dem_str_in_list(DEM_S("and|&"), w->doc->tokens.at[i].norm) &&
             dem_str_in_list(DEM_S("co|co.|sons|company|partners|associates"), w->doc->tokens.at[i + 1].norm) && dem_capital(w->doc, i + 1))
      i += 2; /* "Xeno Quallo and Co." */
    else if (i > first && i + 1 < limit && particle(w->doc->tokens.at[i].norm) && proper(w, i + 1)) i += 2;
    else break;
  }
  return i;
}

static bool has_body_word(const dem_who *w, uint32_t first, uint32_t last) {
  for (uint32_t i = first; i < last; i++)
    if (dem_who_word(w->words, w->doc->tokens.at[i].norm, "who-org", NULL)) return true;
  return false;
}

/* "Bank" + "of" + "the Republic": a body's name goes on after "of". */
static uint32_t over_of(const dem_who *w, uint32_t first, uint32_t last, uint32_t limit) {
  const dem_token *t = w->doc->tokens.at;
  if (last + 1 >= limit || !dem_str_is(t[last].norm, "of")) return last;
  if (!dem_who_word(w->words, t[last - 1].norm, "who-org", NULL)) return last;
  uint32_t i = last + 1;
  if (dem_str_is(t[i].norm, "the") && i + 1 < limit) i++;
  uint32_t end = proper_run(w, i, limit);
  return end > i && end - first <= RUN_MOST ? end : last;
}

static bool begins_place(dem_str norm) {
  return dem_str_in_list(DEM_S("new|saint|st.|san|santa|los|las|port|fort|lake|mount|cape|rio|north|south|east|west"), norm);
}

/* "Norwich": a town known well enough to be no surname. */
static bool large_town(const dem_who *w, uint32_t i) {
  dem_gaz_hit hit = dem_gazetteer_find(w->places, w->doc->tokens.at[i].norm);
  return hit.row != DEM_NONE && dem_gazetteer_entry(w->places, hit.row).people >= 100000;
}

static dem_kind kind_of_run(const dem_who *w, const dem_find_one *f, uint32_t begin, bool *unsure) {
  const dem_token *t = w->doc->tokens.at;
  uint32_t n = f->last - f->first;
  if (n > 1 && (dem_who_word(w->words, t[f->last - 1].norm, "who-place", NULL) || begins_place(t[f->first].norm)))
    return DEM_KIND_PLACE;
  if (has_body_word(w, f->first, f->last)) return DEM_KIND_ORGANISATION;
  if (f->first > begin && dem_who_word(w->words, t[f->first - 1].norm, "who-title", NULL)) return DEM_KIND_PERSON;
  if (dem_who_word(w->words, t[f->first].norm, "who-given", NULL)) return DEM_KIND_PERSON;
  if (f->first > begin) {
    dem_match m = dem_doc_match(w->doc, w->roles, f->first - 1, f->first);
    if (m.row != DEM_NONE && dem_str_is(dem_table_cell(w->roles, m.row, ROLES_KIND), "person") && t[f->first - 1].space_after)
      return DEM_KIND_PERSON;
  }
  if (dem_who_company(w, f)) return DEM_KIND_ORGANISATION;
  if (f->first > begin && dem_who_word(w->words, t[f->first - 1].norm, "who-locative", NULL)) return DEM_KIND_PLACE;
  if (n == 1 && all_capitals(dem_doc_words(w->doc, f->first, f->last))) return DEM_KIND_ORGANISATION;
  if (n == 1 && f->first > 0 && dem_str_is(t[f->first - 1].norm, "the") && dem_str_ends(t[f->first].norm, "s") &&
      !dem_who_genitive(w->doc, f->last))
    return DEM_KIND_PEOPLE; /* "the Yazidis" */
  if (n == 1 && large_town(w, f->first)) return DEM_KIND_PLACE;
  bool subject = t[f->head].deprel == DEM_DEPREL_NSUBJ || t[f->head].deprel == DEM_DEPREL_NMOD_POSS;
  if (subject || n == 2 || n == 3) return DEM_KIND_PERSON;
  *unsure = true;
  return DEM_KIND_PLACE;
}

static dem_kind kind_of_label(dem_name_label label) {
  switch (label) {
    case DEM_NAME_PER: return DEM_KIND_PERSON;
    case DEM_NAME_LOC:
    case DEM_NAME_FAC: return DEM_KIND_PLACE;
    case DEM_NAME_GRP: return DEM_KIND_PEOPLE;
    default: return DEM_KIND_ORGANISATION;
  }
}

static uint32_t label_run(const dem_who *w, uint32_t first, uint32_t limit, dem_name_label *label) {
  const dem_token *t = w->doc->tokens.at;
  *label = (dem_name_label)t[first].name;
  if (*label == DEM_NAME_O || *label == DEM_NAME_MISC || !dem_capital(w->doc, first)) return first;
  if (*label == DEM_NAME_GRP && dem_str_starts(t[first].norm, "ex-")) return first;
  uint32_t i = first + 1;
  bool place = *label == DEM_NAME_LOC; /* "Toronto, Canada" are two */
  while (i < limit && i < first + RUN_MOST && t[i].name == t[first].name && !t[i].name_begin && !(place && t[i].upos == DEM_UPOS_PUNCT)) i++;
  while (i > first && (t[i - 1].upos == DEM_UPOS_PUNCT || dem_str_is(t[i - 1].norm, "'s"))) i--;
  return i;
}

/* ---- one token ---- */

/* The token of the stretch whose head lies outside it. */
static uint32_t head_of(const dem_doc *doc, uint32_t first, uint32_t last) {
  for (uint32_t i = first; i < last; i++) {
    uint32_t h = doc->tokens.at[i].head;
    if (doc->tokens.at[i].upos != DEM_UPOS_PUNCT && (h == DEM_NONE || h < first || h >= last)) return i;
  }
  return last - 1;
}

/* A title or another noun that is no name by itself stands here: one past it; `first` when not. */
static uint32_t over_role(dem_who *w, uint32_t first, uint32_t limit) {
  const dem_token *t = &w->doc->tokens.at[first];
  if (dem_who_word(w->words, t->norm, "who-title", NULL) || dem_who_word(w->words, t->norm, "who-noname", NULL)) return first + 1;
  uint32_t last = dem_doc_match(w->doc, w->roles, first, limit).last;
  bool given = last == first + 1 && last < limit && proper(w, last) && dem_who_word(w->words, t->norm, "who-given", NULL);
  return given ? first : last; /* "Christian" of "Christian Xeno" */
}

static void use_label(dem_who *w, uint32_t limit, dem_find_one *f) {
  dem_name_label label;
  uint32_t last = label_run(w, f->first, limit, &label);
  bool known_well = f->row != DEM_NONE && f->table != DEM_TABLE_STATES;
  if (known_well && label == DEM_NAME_LOC && f->table == DEM_TABLE_ORGANISATIONS && f->last == f->first + 1 &&
      dem_gazetteer_find(w->places, w->doc->tokens.at[f->first].norm).row != DEM_NONE)
    f->row = DEM_NONE, f->last = f->first, known_well = false; /* "the Amazon" */
  if (last <= f->last) return;
  if (known_well && label != DEM_NAME_ORG) return;
  if (f->row != DEM_NONE && f->table == DEM_TABLE_STATES && label != DEM_NAME_ORG && label != DEM_NAME_PER) return;
  if (f->row == DEM_NONE && over_role(w, f->first, limit) >= last) return; /* "Parliament": a noun, not a name */
  f->last = last;
  f->row = DEM_NONE;
  f->kind = kind_of_label(label);
  f->head = f->first;
  if (f->kind == DEM_KIND_PLACE && last == f->first + 1 && dem_who_company(w, f)) f->kind = DEM_KIND_ORGANISATION;
  if (label == DEM_NAME_ORG) f->last = over_of(w, f->first, f->last, limit);
}

/* Does a name of two or more words that the lexicon knows begin here? */
static bool known_begins(dem_who *w, uint32_t i, uint32_t limit) {
  dem_match m = dem_doc_match(w->doc, w->people, i, limit);
  if (m.row != DEM_NONE && m.last >= i + 2 && cased_row(w, w->people, m, i) != DEM_NONE) return true;
  m = dem_doc_match(w->doc, w->organisations, i, limit);
  return m.row != DEM_NONE && m.last >= i + 2 && cased_row(w, w->organisations, m, i) != DEM_NONE;
}

/* "Sinaloa" + "Governor Xeno Quallo": a title with a name behind it begins here. */
static bool title_begins(dem_who *w, uint32_t i, uint32_t limit) {
  dem_match m = dem_doc_match(w->doc, w->roles, i, limit);
  return m.row != DEM_NONE && m.last < limit && dem_str_is(dem_table_cell(w->roles, m.row, ROLES_KIND), "person") &&
         dem_str_is(dem_table_cell(w->roles, m.row, ROLES_NUMBER), "s");
}

/* "Mainland" + "China", "Vermont" + "Bernie Sanders": a run ends where a name that is known begins; before a state's, unless a
 * first name says otherwise. */
static uint32_t before_known(dem_who *w, uint32_t first, uint32_t last) {
  const dem_token *t = w->doc->tokens.at;
  for (uint32_t i = first + 1; i + 1 < last; i++)
    if (known_begins(w, i, last) || title_begins(w, i, last)) last = i;
  if (dem_who_word(w->words, t[first].norm, "who-given", NULL) || begins_place(t[first].norm)) return last;
  for (uint32_t i = first + 1; i < last; i++)
    if (dem_table_find(w->states, t[i].norm) != DEM_NONE) return i == first + 1 ? first : i;
  return last;
}

/* A surname of one who heads a state or government on the day: his row, DEM_NONE when nobody or several do. */
static uint32_t holder(dem_who *w, dem_str norm) {
  dem_str names;
  uint32_t found = DEM_NONE;
  if (!dem_who_word(w->words, norm, "who-holder", &names)) return DEM_NONE;
  while (names.len) {
    uint32_t person = dem_table_find(w->people, dem_norm(&w->doc->arena, dem_str_cut(&names, '|')));
    if (person == DEM_NONE || !dem_who_in_office(w, person)) continue;
    if (found != DEM_NONE) return DEM_NONE;
    found = person;
  }
  return found;
}

/* "Putin" without more: the row of a leader so called who is in office on the day, else of the usual bearer. */
static bool use_short(dem_who *w, dem_find_one *f) {
  dem_str names, form = dem_doc_words(w->doc, f->first, f->last);
  uint32_t row = dem_table_find(w->words, w->doc->tokens.at[f->first].norm), usual = DEM_NONE;
  if (row == DEM_NONE || f->last != f->first + 1) return false;
  if (!dem_who_word(w->words, w->doc->tokens.at[f->first].norm, "who-short", &names)) {
    names = (dem_str){NULL, 0};
    usual = holder(w, w->doc->tokens.at[f->first].norm);
    if (usual == DEM_NONE) return false;
  }
  if (!w->caseless && !dem_str_eq(form, dem_table_cell(w->words, row, WORDS_FORM)) && !all_capitals(form)) return false;
  if (dem_names_get(&w->met, w->doc->tokens.at[f->first].norm) != DEM_NONE)
    return false; /* some other bearer was named in full */
  while (names.len) {
    uint32_t person = dem_table_find(w->people, dem_norm(&w->doc->arena, dem_str_cut(&names, '|')));
    if (person == DEM_NONE) continue;
    if (usual == DEM_NONE) usual = person;
    if (!dem_who_in_office(w, person)) continue;
    usual = person;
    break;
  }
  if (usual == DEM_NONE) return false;
  f->table = DEM_TABLE_PEOPLE;
  f->row = usual;
  f->kind = DEM_KIND_PERSON;
  return true;
}

static void use_run(dem_who *w, uint32_t begin, uint32_t limit, dem_find_one *f) {
  if (!proper(w, f->first)) return;
  uint32_t role = over_role(w, f->first, limit), last = before_known(w, f->first, proper_run(w, f->first, limit));
  if (last == f->first) return;
  bool body = dem_who_word(w->words, w->doc->tokens.at[last - 1].norm, "who-org", NULL);
  if (role > f->first && (role >= last || !body)) return; /* a title, or a noun written with a capital */
  f->last = over_of(w, f->first, last, limit);
  f->head = head_of(w->doc, f->first, f->last);
  if (use_short(w, f)) return;
  f->kind = kind_of_run(w, f, begin, &f->unsure);
}

/* "vajpayee" in a text without capitals. */
static void use_lower_short(dem_who *w, dem_find_one *f) {
  f->last = f->first + 1;
  if (use_short(w, f)) return;
  if (w->doc->tokens.at[f->first].norm.len > 3 && dem_names_get(&w->met, w->doc->tokens.at[f->first].norm) != DEM_NONE) {
    f->kind = DEM_KIND_PERSON; /* named in full before */
    f->unsure = true;
    return;
  }
  f->last = f->first;
}

/* "Libyan" + "National Army": a state's word that begins a body's name. */
static void use_state_body(dem_who *w, uint32_t limit, dem_find_one *f) {
  if (f->state == DEM_STATE_PEOPLE || f->last >= limit || over_role(w, f->last, limit) > f->last) return;
  uint32_t last = proper_run(w, f->last, limit);
  if (last == f->last || !dem_who_word(w->words, w->doc->tokens.at[last - 1].norm, "who-org", NULL)) return;
  f->last = over_of(w, f->first, last, limit);
  f->row = DEM_NONE;
  f->state = DEM_STATE_NONE;
  f->kind = DEM_KIND_ORGANISATION;
}

/* "UN" of "UN-recognised" where that is one token: a body named inside a word. */
static void use_prefix(const dem_who *w, dem_find_one *f) {
  const dem_token *t = &w->doc->tokens.at[f->first];
  dem_str rest = t->norm, before = dem_str_cut(&rest, '-');
  if (!rest.len || before.len < 2 || t->upos == DEM_UPOS_PROPN) return;
  uint32_t row = dem_table_find(w->organisations, before);
  if (row == DEM_NONE) return;
  dem_str text = dem_str_sub(dem_doc_slice(w->doc, t->span), 0, before.len);
  for (uint32_t end = dem_table_end(w->organisations, row); row < end; row++)
    if (dem_str_eq(text, dem_table_cell(w->organisations, row, ORGANISATIONS_FORM))) break;
  if (row == dem_table_end(w->organisations, dem_table_find(w->organisations, before))) return;
  f->last = f->first + 1;
  f->table = DEM_TABLE_ORGANISATIONS;
  f->row = row;
  f->bytes = (uint32_t)before.len;
}

static dem_find_one name_at(dem_who *w, uint32_t first, uint32_t begin, uint32_t limit) {
  dem_find_one f = dem_who_find(first);
  try_table(w, DEM_TABLE_PEOPLE, w->people, limit, &f);
  try_table(w, DEM_TABLE_ORGANISATIONS, w->organisations, limit, &f);
  try_table(w, DEM_TABLE_STATES, w->states, limit, &f);
  use_label(w, limit, &f);
  if (f.row == DEM_NONE && f.last == first + 1 && f.kind == DEM_KIND_PERSON) use_short(w, &f);
  if (f.last == first) use_run(w, begin, limit, &f);
  if (f.last == first && w->caseless && may_be_name(&w->doc->tokens.at[first])) use_lower_short(w, &f);
  if (f.last == first) use_prefix(w, &f);
  if (f.last == first) return f;
  f.head = head_of(w->doc, f.first, f.last);
  if (f.row != DEM_NONE) settle_lexicon(w, &f);
  if (f.row != DEM_NONE && f.table == DEM_TABLE_STATES) use_state_body(w, limit, &f);
  f.head = head_of(w->doc, f.first, f.last);
  return f;
}

/* A noun right before the name may be its head in the tree ("manager Chet Clem"). */
static void climb_to_title(const dem_doc *doc, dem_find_one *f) {
  for (unsigned n = 0; n < 3; n++) {
    const dem_token *t = &doc->tokens.at[f->head];
    bool flat = t->deprel == DEM_DEPREL_FLAT || t->deprel == DEM_DEPREL_APPOS || t->deprel == DEM_DEPREL_NMOD_DESC;
    if (!flat || t->head == DEM_NONE || t->head + 1 != f->first) return;
    f->head = t->head;
  }
}

uint32_t dem_who_push(dem_who *w, dem_find_one f) {
  uint32_t index = w->finds.n;
  *dem_push(&w->doc->arena, &w->finds) = f;
  for (uint32_t i = f.first; i < f.last; i++) w->find_at[i] = index;
  if (w->head_at[f.head] == DEM_NONE || f.form == DEM_FORM_NAME) w->head_at[f.head] = index;
  return index;
}

void dem_who_names(dem_who *w) {
  dem_doc *doc = w->doc;
  for (uint32_t s = 0; s < doc->sentences.n; s++) {
    uint32_t limit = doc->sentences.at[s].last;
    for (uint32_t i = doc->sentences.at[s].first, begin = i; i < limit;) {
      if (w->busy[i]) {
        i++;
        continue;
      }
      dem_find_one f = name_at(w, i, begin, limit);
      if (f.last == i) {
        uint32_t next = proper(w, i) ? over_role(w, i, limit) : i;
        i = next > i ? next : i + 1;
        continue;
      }
      if (f.kind == DEM_KIND_PERSON) climb_to_title(doc, &f);
      if (f.last - f.first > 1) dem_names_set(&doc->arena, &w->met, doc->tokens.at[f.last - 1].norm, i);
      dem_who_push(w, f);
      i = f.last;
    }
  }
}
