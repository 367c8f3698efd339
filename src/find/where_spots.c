/* Which words may name a place: a capital form of the gazetteer that is no part of another name.
 *
 * "Paris Hilton", "Washington Post", "Mr. Lincoln" and "Dublin Road" are refused by their neighbours, names of persons and
 * organisations by the mentions that `who` left, acronyms and short forms of states by their letters. What stands before
 * ("in", "near", a label of the tagger) and behind ("Alexandria, La.") is noted for the choice. One pass, linear. */
#include "find/where_spots.h"
#include "base/utf8.h"

typedef struct spotter {
  dem_doc *doc;
  const dem_where_tables *tables;
  dem_spots *out;
  uint32_t time; /* the first time expression that does not end before the token looked at */
} spotter;

static bool has_class(const dem_table *words, dem_str key, const char *class, dem_str *value) {
  uint32_t row = dem_table_find(words, key);
  if (row == DEM_NONE) return false;
  for (uint32_t end = dem_table_end(words, row); row < end; row++) {
    if (!dem_str_is(dem_table_cell(words, row, WORDS_CLASS), class)) continue;
    if (value) *value = dem_table_cell(words, row, WORDS_VALUE);
    return true;
  }
  return false;
}

static bool token_has(const spotter *s, uint32_t i, const char *class) {
  return has_class(s->tables->words, s->doc->tokens.at[i].norm, class, NULL);
}

static bool is_capital(const dem_doc *doc, uint32_t i) {
  size_t at = doc->tokens.at[i].span.begin;
  return dem_cp_is_upper(dem_utf8_next(doc->text, &at));
}

static bool is_proper(const dem_doc *doc, uint32_t i) { return doc->tokens.at[i].upos == DEM_UPOS_PROPN && is_capital(doc, i); }

static bool all_upper(dem_str s) {
  for (size_t i = 0; i < s.len; i++)
    if (dem_is_lower((unsigned char)s.data[i])) return false;
  return true;
}

/* Acronyms must be spelt as such ("US" is not "us", "EU" no town of France); of other names all long words have capitals. */
static bool spelt_alike(dem_str text, const dem_gazetteer *places, uint32_t row) {
  if (all_upper(text) && text.len <= 3) {
    for (uint32_t end = dem_gazetteer_end(places, row); row < end; row++)
      if (dem_gazetteer_entry(places, row).flags & DEM_GAZ_ACRONYM) return dem_is_upper((unsigned char)text.data[0]);
    return false;
  }
  if (dem_gazetteer_entry(places, row).flags & DEM_GAZ_ACRONYM) return all_upper(text); /* the most populous one counts */
  for (size_t i = 0; i < text.len;) {
    size_t begin = i;
    while (i < text.len && text.data[i] != ' ' && text.data[i] != '-') i++;
    if (i - begin > 4 && dem_is_lower((unsigned char)text.data[begin])) return false;
    i++;
  }
  return true;
}

static uint32_t sentence_first(const dem_doc *doc, uint32_t i) { return doc->sentences.at[doc->tokens.at[i].sentence].first; }
static uint32_t sentence_last(const dem_doc *doc, uint32_t i) { return doc->sentences.at[doc->tokens.at[i].sentence].last; }

static bool ends_spot(const spotter *s, uint32_t token) { return s->out->n && s->out->at[s->out->n - 1].last == token + 1; }

/* A name goes on to the left: "Mr. Lincoln", "Bank of Georgia" is left to `who`. */
static bool name_before(const spotter *s, uint32_t first) {
  if (first == sentence_first(s->doc, first)) return false;
  uint32_t before = first - 1;
  return is_proper(s->doc, before) && s->doc->tokens.at[before].space_after && !ends_spot(s, before) &&
         !token_has(s, before, "place-led") && !token_has(s, before, "place-title") &&
         !dem_str_is(s->doc->tokens.at[before].norm, "the") && !dem_str_ends(s->doc->tokens.at[before].norm, "'s") &&
         !(s->doc->tokens.at[before].norm.len == 1);
}

/* A name goes on to the right: "Paris Hilton", "Dublin Road"; a title or another place behind is none. */
static bool name_after(const spotter *s, uint32_t last) {
  if (last >= sentence_last(s->doc, last - 1) || !s->doc->tokens.at[last - 1].space_after) return false;
  if (token_has(s, last, "place-tail") && is_capital(s->doc, last)) return true;
  if (!is_proper(s->doc, last) || token_has(s, last, "place-title")) return false;
  return s->doc->tokens.at[last].name != DEM_NAME_PER &&
         dem_doc_match_place(s->doc, s->tables->places, last, sentence_last(s->doc, last - 1)).row == DEM_NONE;
}

static bool possessive(const spotter *s, uint32_t last) {
  if (last >= s->doc->tokens.n) return false;
  dem_str norm = s->doc->tokens.at[last].norm;
  return dem_str_is(norm, "'s") || dem_str_is(norm, "'");
}

/* What `who` made of the name: a person or an organisation of the lexicon is no place; a guess of who's casts doubt. */
typedef enum verdict { NO_NAME, DOUBTED, PART, OTHER_NAME, SURNAME } verdict;

static const dem_mention *mention_over(const spotter *s, uint32_t token) {
  uint32_t over = s->doc->tokens.at[token].over;
  return over < s->doc->mentions.n && s->doc->mentions.at[over].form == DEM_FORM_NAME ? &s->doc->mentions.at[over] : NULL;
}

/* "Andrew Trapani", and "Trapani" behind it in the dispatch: of somebody the lexicon knows or whose first name is one. */
static bool is_surname(const spotter *s, uint32_t first, uint32_t last) {
  const dem_mention *m = mention_over(s, first);
  if (!m || m->last != last || s->doc->entities.at[m->entity].kind != DEM_KIND_PERSON) return false;
  const dem_entity *e = &s->doc->entities.at[m->entity];
  size_t here = s->doc->tokens.at[last - 1].span.end - s->doc->tokens.at[first].span.begin;
  if (m->first > first || (m->first == first && e->name.len <= here + 2)) return false;
  dem_str rest = e->name, given = dem_str_cut(&rest, ' ');
  return e->row.len || (rest.len && has_class(s->tables->words, dem_norm(&s->doc->arena, given), "who-given", NULL));
}

static verdict judge_mention(const spotter *s, uint32_t first, uint32_t last) {
  const dem_mention *m = mention_over(s, first);
  if (!m) return NO_NAME;
  const dem_entity *e = &s->doc->entities.at[m->entity];
  if (m->head < first || m->head >= last) return NO_NAME;
  if (e->kind != DEM_KIND_PERSON && e->kind != DEM_KIND_ORGANISATION && e->kind != DEM_KIND_GROUP) return NO_NAME;
  bool longer = m->last - m->first > last - first;
  if (e->kind == DEM_KIND_ORGANISATION && dem_str_is(e->code, "EUR")) return PART; /* the union is an area as well */
  if (longer && e->kind != DEM_KIND_PERSON) return PART;
  return e->row.len || longer ? OTHER_NAME : DOUBTED;
}

static verdict judge(const spotter *s, uint32_t first, uint32_t last) {
  const dem_token *t = &s->doc->tokens.at[first];
  if (is_surname(s, first, last)) return SURNAME;
  if (possessive(s, last)) return NO_NAME;
  if (t->name == DEM_NAME_LOC) return NO_NAME;
  if (t->name == DEM_NAME_PER) return DOUBTED;
  return judge_mention(s, first, last);
}

/* "from Berea and Lexington": one of a list that is led. */
static bool goes_on(const spotter *s, uint32_t first) {
  if (first < 2 || !s->out->n) return false;
  const dem_spot *before = &s->out->at[s->out->n - 1];
  dem_str between = s->doc->tokens.at[first - 1].norm;
  bool joined = dem_str_is(between, "and") || dem_str_is(between, "or") || dem_str_is(between, ",");
  return joined && before->last == first - 1 && before->led && !before->state && !before->person &&
         before->kind == DEM_PLACE_NAME;
}

/* "the town of Gulu", "the city Kutaisi" */
static bool is_called(const spotter *s, uint32_t first) {
  const dem_token *t = s->doc->tokens.at;
  uint32_t begin = sentence_first(s->doc, first), noun = first;
  if (noun > begin && dem_str_is(t[noun - 1].norm, "of")) noun--;
  return noun > begin && t[noun - 1].upos == DEM_UPOS_NOUN &&
         dem_str_in_list(
             DEM_S("city|town|village|hamlet|province|district|region|state|county|port|capital|island|suburb|municipality|"
                   "neighbourhood|neighborhood|outskirts|area|cities|towns|villages|provinces|districts|regions"),
             t[noun - 1].norm);
}

static bool is_led(const spotter *s, uint32_t first) {
  const dem_doc *doc = s->doc;
  uint32_t begin = sentence_first(doc, first), i = first;
  if (doc->tokens.at[first].name == DEM_NAME_LOC || goes_on(s, first) || is_called(s, first)) return true;
  for (uint32_t n = 0; n < 3 && i > begin; n++) {
    i--;
    dem_str weight;
    if (has_class(s->tables->words, doc->tokens.at[i].norm, "place-led", &weight)) return dem_str_is(weight, "x");
    if (!dem_str_is(doc->tokens.at[i].norm, "the")) return false;
  }
  return false;
}

static dem_spot *push_spot(spotter *s, uint32_t first, uint32_t last, uint32_t row) {
  dem_span span = {s->doc->tokens.at[first].span.begin, s->doc->tokens.at[last - 1].span.end};
  dem_spot *spot = dem_push(&s->doc->arena, s->out);
  *spot = (dem_spot){.first = first,
                     .last = last,
                     .span = span,
                     .row = row,
                     .end = dem_gazetteer_end(s->tables->places, row),
                     .inside = DEM_NONE,
                     .chosen = DEM_NONE};
  return spot;
}

/* "La." or "OH" behind "Alexandria,": the state's own row; "S.C." by itself as well. */
static bool take_state(spotter *s, uint32_t i, bool behind) {
  dem_match m = dem_doc_match(s->doc, s->tables->words, i, i + 3);
  dem_str text, name;
  if (m.row == DEM_NONE || !has_class(s->tables->words, dem_table_key(s->tables->words, m.row), "place-state", &name))
    return false;
  text = dem_doc_words(s->doc, i, m.last);
  size_t point = dem_str_find(text, DEM_S("."), 0);
  if (!behind && (point == SIZE_MAX || point + 1 >= text.len)) return false; /* only "S.C." stands alone */
  bool upper = text.len == 2 && all_upper(text);
  if (!upper && !dem_str_ends(text, ".")) return false;
  uint32_t row = dem_gazetteer_find(s->tables->places, dem_norm(&s->doc->arena, name)).row;
  if (row == DEM_NONE) return false;
  dem_spot *spot = push_spot(s, i, m.last, row);
  spot->led = spot->state = true;
  return true;
}

/* The spot before this one, when only a comma stands between: it lies in this one, if anywhere. */
static void note_container(spotter *s) {
  dem_spots *spots = s->out;
  if (spots->n < 2) return;
  dem_spot *before = &spots->at[spots->n - 2], *here = &spots->at[spots->n - 1];
  if (here->first == 0 || before->last == 0 || before->person) return;
  bool comma = here->first == before->last + 1 && dem_str_is(s->doc->tokens.at[before->last].norm, ",");
  if (comma || (here->state && here->first == before->last)) before->inside = spots->n - 1;
}

/* "March", "August": words of a time expression. Times and tokens both go forward. */
static bool in_time(spotter *s, uint32_t i) {
  while (s->time < s->doc->times.n && s->doc->times.at[s->time].last <= i) s->time++;
  return s->time < s->doc->times.n && s->doc->times.at[s->time].first <= i;
}

/* The place that an adjective or a people belongs to: "Russian", "Palestinians", "Londoners"; the row of the table that says so. */
static dem_str owner_of(const spotter *s, dem_match m, dem_place_kind *kind) {
  bool adjective = false, people = false;
  for (uint32_t row = m.row, end = dem_table_end(s->tables->states, row); row < end; row++) {
    dem_str is = dem_table_cell(s->tables->states, row, STATES_KIND);
    if (dem_str_is(is, "adjective")) adjective = true, m.row = row;
    else if (dem_str_is(is, "people")) people = true, m.row = adjective ? m.row : row;
    else return (dem_str){NULL, 0};
  }
  *kind = adjective ? DEM_PLACE_ADJECTIVE : DEM_PLACE_PEOPLE;
  return adjective || people ? dem_table_cell(s->tables->states, m.row, STATES_NAME) : (dem_str){NULL, 0};
}

static dem_str owner_by_words(const spotter *s, uint32_t row, dem_place_kind *kind) {
  dem_str key = dem_table_key(s->tables->words, row), name = {NULL, 0};
  if (has_class(s->tables->words, key, "place-adjective", &name)) *kind = DEM_PLACE_ADJECTIVE;
  else if (has_class(s->tables->words, key, "place-people", &name)) *kind = DEM_PLACE_PEOPLE;
  return name;
}

/* "Western" belongs to no town called West. */
static bool only_towns(const spotter *s, uint32_t row) {
  for (uint32_t end = dem_gazetteer_end(s->tables->places, row); row < end; row++)
    if (!dem_str_starts(dem_gazetteer_entry(s->tables->places, row).feature, "PPL")) return false;
  return true;
}

/* Not within somebody's name, nor the beginning of a longer place's ("Indian Ocean"). */
static bool take_people(spotter *s, uint32_t i) {
  uint32_t limit = sentence_last(s->doc, i);
  if (s->doc->tokens.at[i].name == DEM_NAME_PER || in_time(s, i)) return false;
  dem_match m = dem_doc_match(s->doc, s->tables->states, i, limit), other = dem_doc_match(s->doc, s->tables->words, i, limit);
  dem_place_kind kind = DEM_PLACE_NAME;
  dem_str name = {NULL, 0};
  if (other.row != DEM_NONE && other.last >= m.last) name = owner_by_words(s, other.row, &kind);
  if (dem_str_is(name, "-")) return false;
  bool by_state = !name.len && m.row != DEM_NONE;
  if (name.len) m = other;
  else if (by_state) name = owner_of(s, m, &kind);
  if (!name.len || dem_doc_match_place(s->doc, s->tables->places, i, limit).last > m.last) return false;
  if (is_surname(s, i, m.last)) return false;
  uint32_t row = dem_gazetteer_find(s->tables->places, dem_norm(&s->doc->arena, name)).row;
  if (row == DEM_NONE || (by_state && only_towns(s, row))) return false;
  dem_spot *spot = push_spot(s, i, m.last, row);
  spot->kind = kind;
  spot->led = true;
  return true;
}

/* "ATLANTA -", "NEWARK --": in capitals before a dash, as datelines are. */
static bool heads_paragraph(const spotter *s, uint32_t first, uint32_t last) {
  dem_str text = dem_doc_words(s->doc, first, last);
  if (text.len < 4 || !all_upper(text) || last >= s->doc->tokens.n) return false;
  dem_str next = s->doc->tokens.at[last].norm;
  return next.len && (next.data[0] == '-' || dem_str_is(next, "&") || dem_str_is(next, ","));
}

/* A word that is a common one, a given name or a family's as well, unless it is an acronym or the name of a large area. */
static bool is_common(const spotter *s, uint32_t i, uint32_t row) {
  dem_str text = dem_doc_slice(s->doc, s->doc->tokens.at[i].span);
  dem_gaz_entry e = dem_gazetteer_entry(s->tables->places, row);
  if (text.len <= 3 && all_upper(text)) return false;
  if (!is_proper(s->doc, i)) return true;
  if (dem_str_is(e.feature, "ADM1") && e.people > 1000000) return false;
  return token_has(s, i, "place-common") || token_has(s, i, "who-given") || token_has(s, i, "place-surname");
}

enum { LIST_MOST = 12 };

/* "Clarke, Oconee and Madison counties": the row of "Clarke County"; DEM_NONE. */
static uint32_t county_of_list(const spotter *s, uint32_t i) {
  uint32_t limit = sentence_last(s->doc, i);
  for (uint32_t k = i + 1; k < limit && k <= i + LIST_MOST; k++) {
    dem_str norm = s->doc->tokens.at[k].norm;
    if (dem_str_is(norm, "counties")) {
      dem_str key = dem_str_format(&s->doc->arena, "%.*s county", DEM_FMT(s->doc->tokens.at[i].norm));
      return dem_gazetteer_find(s->tables->places, key).row;
    }
    bool joins = dem_str_is(norm, "and") || dem_str_is(norm, ",");
    if (!joins && !is_capital(s->doc, k)) return DEM_NONE;
  }
  return DEM_NONE;
}

static bool take_county(spotter *s, uint32_t i) {
  uint32_t row = is_proper(s->doc, i) ? county_of_list(s, i) : DEM_NONE;
  if (row == DEM_NONE || in_time(s, i)) return false;
  push_spot(s, i, i + 1, row)->led = true;
  return true;
}

static bool take_name(spotter *s, uint32_t i, uint32_t *last) {
  dem_match m = dem_doc_match_place(s->doc, s->tables->places, i, sentence_last(s->doc, i));
  if (m.row == DEM_NONE) return false;
  *last = m.last;
  dem_str text = dem_doc_words(s->doc, i, m.last);
  if (!spelt_alike(text, s->tables->places, m.row)) return false;
  if (in_time(s, i)) return false;
  uint32_t county = m.last == i + 1 ? county_of_list(s, i) : DEM_NONE;
  if (county != DEM_NONE) {
    push_spot(s, i, m.last, county)->led = true;
    return true;
  }
  verdict v = judge(s, i, m.last);
  if (v == SURNAME) push_spot(s, i, m.last, m.row)->person = true;
  if (v == OTHER_NAME || v == SURNAME) return false;
  bool common = m.last == i + 1 && is_common(s, i, m.row) && !heads_paragraph(s, i, m.last);
  bool led = is_led(s, i) || heads_paragraph(s, i, m.last), part = v == PART || name_before(s, i) || name_after(s, m.last);
  dem_spot *spot = push_spot(s, i, m.last, m.row);
  spot->common = common;
  spot->led = led;
  spot->doubted = v == DOUBTED;
  spot->part = part;
  return true;
}

/* "PARIS", "SPRINGFIELD, Ill.": the dateline's first words. */
static void take_dateline(spotter *s) {
  dem_dateline *d = &s->doc->dateline;
  if (d->place.len == 0 || d->span.begin >= d->span.end) return;
  size_t at = dem_str_find(dem_str_sub(s->doc->text, 0, d->span.end), d->place, d->span.begin);
  if (at == SIZE_MAX) return;
  dem_str rest = d->place, town = dem_str_trim(dem_str_cut(&rest, ','));
  uint32_t row = town.len < 200 ? dem_gazetteer_find(s->tables->places, dem_norm(&s->doc->arena, town)).row : DEM_NONE;
  if (row == DEM_NONE) return;
  dem_span span = {(uint32_t)at, (uint32_t)(at + town.len)};
  *dem_push(&s->doc->arena, s->out) = (dem_spot){.span = span,
                                                 .row = row,
                                                 .end = dem_gazetteer_end(s->tables->places, row),
                                                 .inside = DEM_NONE,
                                                 .chosen = DEM_NONE,
                                                 .led = true};
}

void dem_where_spots(dem_doc *doc, const dem_where_tables *tables, dem_spots *out) {
  spotter s = {doc, tables, out, 0};
  take_dateline(&s);
  for (uint32_t i = 0; i < doc->tokens.n;) {
    uint32_t last = i + 1;
    if (is_capital(doc, i)) {
      bool behind = out->n && out->at[out->n - 1].last && i <= out->at[out->n - 1].last + 1 && i > 0;
      if (take_state(&s, i, behind) || take_county(&s, i) || take_people(&s, i) || take_name(&s, i, &last)) {
        note_container(&s);
        last = out->at[out->n - 1].last;
      } else {
        last = i + 1;
      }
    }
    i = last;
  }
}
