/* Places that no name of the gazetteer says. "The Somali capital" is the capital of that state. Others are not in the gazetteer:
 * rivers, parks, townships, streets, hospitals, by the common noun that ends (or begins) their names, and names behind a
 * preposition that the tagger takes for places. They lie where the dispatch says: in the place that their own name begins with
 * ("Tijuana River"), in the one that follows ("... Hospital in Rome"), else in the town spoken of last in the sentence, else in
 * the town the dispatch speaks of most. Their coordinates are that town's, and `within` says so. Refused: names with no capital
 * before the noun, times; buildings without a preposition of place, and those whose name begins with a place, which stays the
 * place. Linear: a name has at most LONGEST words. */
#include "base/utf8.h"
#include "find/where_spots.h"

enum { LONGEST = 6, BEHIND = 3, MOST_CAPITALS = 100 };

typedef struct finder {
  dem_doc *doc;
  const dem_where_tables *tables;
  const dem_spots *spots;
  dem_locals *out;
  uint32_t spot, time; /* the first ones that do not end before the token looked at */
  uint32_t capitals;   /* looked up: each costs a walk over the table of states */
  uint32_t home;       /* the spot of the town spoken of most; DEM_NONE */
} finder;

static dem_str class_of(const finder *f, uint32_t token, const char *class) {
  const dem_table *words = f->tables->words;
  uint32_t row = dem_table_find(words, f->doc->tokens.at[token].norm);
  if (row == DEM_NONE) return (dem_str){NULL, 0};
  for (uint32_t end = dem_table_end(words, row); row < end; row++)
    if (dem_str_is(dem_table_cell(words, row, WORDS_CLASS), class)) return dem_table_cell(words, row, WORDS_VALUE);
  return (dem_str){NULL, 0};
}

static bool is_capital(const finder *f, uint32_t token) {
  size_t at = f->doc->tokens.at[token].span.begin;
  return dem_cp_is_upper(dem_utf8_next(f->doc->text, &at));
}

static bool is_part(const finder *f, uint32_t token) {
  const dem_token *t = &f->doc->tokens.at[token];
  return t->upos == DEM_UPOS_PROPN && is_capital(f, token) && t->space_after && !class_of(f, token, "place-title").len &&
         !class_of(f, token, "place-led").len;
}

static bool in_time(finder *f, uint32_t token) {
  while (f->time < f->doc->times.n && f->doc->times.at[f->time].last <= token) f->time++;
  return f->time < f->doc->times.n && f->doc->times.at[f->time].first <= token;
}

static bool is_located(const finder *f, uint32_t i) { return i < f->spots->n && f->spots->at[i].chosen != DEM_NONE; }

/* A place whose name the tokens hold; DEM_NONE. */
static uint32_t spot_within(finder *f, uint32_t first, uint32_t last) {
  while (f->spot < f->spots->n && f->spots->at[f->spot].last <= first) f->spot++;
  for (uint32_t i = f->spot; i < f->spots->n && f->spots->at[i].first < last; i++)
    if (is_located(f, i)) return i;
  return DEM_NONE;
}

/* Does any spot touch the tokens, a place or a name that was refused as one? */
static bool spot_over(finder *f, uint32_t first, uint32_t last) {
  while (f->spot < f->spots->n && f->spots->at[f->spot].last <= first) f->spot++;
  return f->spot < f->spots->n && f->spots->at[f->spot].first < last;
}

static bool is_town(const finder *f, uint32_t i) {
  dem_str feature = dem_gazetteer_entry(f->tables->places, f->spots->at[i].chosen).feature;
  return dem_str_starts(feature, "PPL") || dem_str_is(feature, "ADM2");
}

static uint32_t spot_around(const finder *f, uint32_t first, uint32_t last) {
  const dem_sentence *s = &f->doc->sentences.at[f->doc->tokens.at[first].sentence];
  uint32_t next = f->spot;
  while (next < f->spots->n && f->spots->at[next].first < last) next++;
  if (is_located(f, next) && f->spots->at[next].first <= last + BEHIND && f->spots->at[next].last <= s->last &&
      f->spots->at[next].led)
    return next;
  for (uint32_t i = f->spot; i-- > 0 && f->spots->at[i].first >= s->first && f->spots->at[i].last;)
    if (is_located(f, i) && is_town(f, i) && f->spots->at[i].kind == DEM_PLACE_NAME) return i;
  return f->home;
}

/* The town that most spots mean, the first of several. */
static uint32_t find_home(const finder *f) {
  uint32_t best = DEM_NONE, most = 0, n = f->spots->n < 200 ? f->spots->n : 200; /* a pair of loops over a bounded number */
  for (uint32_t i = 0; i < n; i++) {
    if (!is_located(f, i) || !is_town(f, i)) continue;
    uint32_t count = 0, place = dem_gazetteer_place(f->tables->places, f->spots->at[i].chosen);
    for (uint32_t k = 0; k < n; k++)
      count += is_located(f, k) && dem_gazetteer_place(f->tables->places, f->spots->at[k].chosen) == place;
    if (count > most) most = count, best = i;
  }
  return best;
}

static bool is_led(const finder *f, uint32_t first) {
  uint32_t begin = f->doc->sentences.at[f->doc->tokens.at[first].sentence].first;
  if (first > begin && dem_str_is(f->doc->tokens.at[first - 1].norm, "the")) first--;
  return first > begin && dem_str_is(class_of(f, first - 1, "place-led"), "x");
}

/* "Kestrel Hospital in Nairobi" */
static bool is_put(const finder *f, uint32_t last) {
  uint32_t next = f->spot;
  if (last >= f->doc->tokens.n || !dem_str_is(f->doc->tokens.at[last].norm, "in")) return false;
  while (next < f->spots->n && f->spots->at[next].first < last) next++;
  return is_located(f, next) && f->spots->at[next].first == last + 1;
}

static void add(finder *f, uint32_t first, uint32_t last, dem_str feature) {
  bool natural = !dem_str_ends(feature, "+");
  bool way = dem_str_is(feature, "ST+") || dem_str_is(feature, "SQR+"); /* Paris Street is not in Paris */
  uint32_t within = spot_within(f, first, last);                        /* moves f->spot */
  if (within != DEM_NONE && f->spots->at[within].first == first && f->spots->at[within].last >= last)
    return;                                                              /* the gazetteer has it */
  if (!natural && !way && !is_led(f, first) && !is_put(f, last)) return; /* "said the university": who, not where */
  if (way) within = DEM_NONE;
  if (within != DEM_NONE && (!natural || f->spots->at[within].first > first)) return;
  dem_local local = {
      .first = first, .last = last, .row = DEM_NONE, .feature = natural ? feature : dem_str_sub(feature, 0, feature.len - 1)};
  local.within = within != DEM_NONE ? within : spot_around(f, first, last);
  *dem_push(&f->doc->arena, f->out) = local;
}

/* "Kish River", "Readington Township": the noun at `token` ends a name. */
static bool ends_name(finder *f, uint32_t token, uint32_t from) {
  dem_str feature = class_of(f, token, "place-noun");
  if (!feature.len || !is_capital(f, token)) return false;
  uint32_t first = token;
  while (first > from && token - first < LONGEST - 1 && is_part(f, first - 1)) first--;
  if (first == token || in_time(f, first)) return false;
  add(f, first, token + 1, feature);
  return true;
}

/* "Lake Manassas", "Mount Ushba". */
static uint32_t begins_name(finder *f, uint32_t token, uint32_t limit) {
  dem_str feature = class_of(f, token, "place-before");
  if (!feature.len || !is_part(f, token) || token + 1 >= limit) return token;
  const dem_token *next = &f->doc->tokens.at[token + 1];
  if (next->upos != DEM_UPOS_PROPN || !is_capital(f, token + 1) || class_of(f, token + 1, "place-tail").len) return token;
  add(f, token, token + 2, feature);
  return token + 2;
}

/* A name that the tagger takes for a place and the gazetteer does not know. */
static uint32_t labelled_name(finder *f, uint32_t token, uint32_t limit) {
  const dem_token *t = f->doc->tokens.at;
  if (t[token].name != DEM_NAME_LOC || !t[token].name_begin || t[token].upos != DEM_UPOS_PROPN || !is_capital(f, token))
    return token;
  uint32_t last = token + 1;
  while (last < limit && last < token + LONGEST && t[last].name == DEM_NAME_LOC && !t[last].name_begin) last++;
  if (in_time(f, token) || spot_over(f, token, last) || !is_led(f, token)) return token;
  dem_local local = {.first = token, .last = last, .row = DEM_NONE, .within = spot_around(f, token, last)};
  *dem_push(&f->doc->arena, f->out) = local;
  return last;
}

/* ---- capitals ---- */

/* The spot of the country whose capital is meant: "Somali capital", "Somalia's capital", "the capital of Somalia". */
static uint32_t owner_of_capital(finder *f, uint32_t token) {
  const dem_token *t = f->doc->tokens.at;
  uint32_t first = f->doc->sentences.at[t[token].sentence].first, before = token;
  if (before > first && (dem_str_is(t[before - 1].norm, "'s") || dem_str_is(t[before - 1].norm, "'"))) before--;
  if (before > first) {
    uint32_t i = spot_within(f, before - 1, before);
    if (i != DEM_NONE && f->spots->at[i].last == before) return i;
  }
  if (token + 2 >= f->doc->tokens.n || !dem_str_is(t[token + 1].norm, "of")) return DEM_NONE;
  for (uint32_t i = f->spot; i < f->spots->n && f->spots->at[i].first <= token + 3; i++)
    if (is_located(f, i) && f->spots->at[i].first >= token + 2) return i;
  return DEM_NONE;
}

/* Its capital's row in the gazetteer, by way of the table of states. */
static uint32_t capital_of(const finder *f, dem_str country) {
  const dem_table *states = f->tables->states;
  for (uint32_t r = 0; r < states->rows; r++) {
    if (!dem_str_is(dem_table_cell(states, r, STATES_KIND), "capital") ||
        !dem_str_eq(dem_table_cell(states, r, STATES_COUNTRY), country))
      continue;
    uint32_t row = dem_gazetteer_find(f->tables->places, dem_table_key(states, r)).row;
    for (uint32_t end = row == DEM_NONE ? row : dem_gazetteer_end(f->tables->places, row); row < end; row++) {
      dem_gaz_entry e = dem_gazetteer_entry(f->tables->places, row);
      if (dem_str_is(e.feature, "PPLC") && dem_str_eq(e.country, country)) return row;
    }
  }
  return DEM_NONE;
}

static bool is_capital_noun(finder *f, uint32_t token) {
  const dem_token *t = &f->doc->tokens.at[token];
  if (t->upos != DEM_UPOS_NOUN || !dem_str_is(t->norm, "capital") || f->capitals == MOST_CAPITALS) return false;
  uint32_t owner = owner_of_capital(f, token);
  if (owner == DEM_NONE) return false;
  dem_gaz_entry e = dem_gazetteer_entry(f->tables->places, f->spots->at[owner].chosen);
  uint32_t row = dem_str_starts(e.feature, "PCL") && e.country.len ? capital_of(f, e.country) : DEM_NONE;
  f->capitals++;
  if (row == DEM_NONE) return false;
  *dem_push(&f->doc->arena, f->out) = (dem_local){.first = token, .last = token + 1, .within = owner, .row = row};
  return true;
}

void dem_where_local(dem_doc *doc, const dem_where_tables *tables, const dem_spots *spots, dem_locals *out) {
  finder f = {doc, tables, spots, out, 0, 0, 0, DEM_NONE};
  f.home = find_home(&f);
  for (uint32_t s = 0; s < doc->sentences.n; s++) {
    const dem_sentence *sentence = &doc->sentences.at[s];
    uint32_t from = sentence->first;
    for (uint32_t i = from; i < sentence->last;) {
      uint32_t end = begins_name(&f, i, sentence->last);
      if (end == i && (ends_name(&f, i, from) || is_capital_noun(&f, i))) end = i + 1;
      if (end == i) end = labelled_name(&f, i, sentence->last);
      if (end > i) from = end;
      i = end > i ? end : i + 1;
    }
  }
}
