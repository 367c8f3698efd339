/* Search for phrases. The full-text index keeps which dispatch holds a word, not where (that would double it), so a query is
 * asked in two steps: its words of the index, then its phrases of the texts that are left. Phrases are what stands between
 * double quotes; all of them must be there, or one of them where the query says OR; one after NOT is left to the index.
 * Invariant: a query without phrases reaches the index as it was typed. Refuses: NEAR, which the index cannot answer. */
#include <jansson.h>
#include <stdlib.h>

#include "store/rows.h"

/* The next phrase of two words or more; false at the end. *sure: it must be there (it does not follow NOT). */
static bool next_phrase(dem_str *query, dem_str *before, dem_str *phrase, bool *sure) {
  const char *open = query->len ? memchr(query->data, '"', query->len) : NULL;
  if (!open) return false;
  size_t at = (size_t)(open - query->data);
  dem_str rest = dem_str_sub(*query, at + 1, query->len);
  const char *close = rest.len ? memchr(rest.data, '"', rest.len) : NULL;
  if (!close) return false;
  *before = dem_str_sub(*query, 0, at);
  *phrase = dem_str_sub(rest, 0, (size_t)(close - rest.data));
  *sure = !dem_str_ends(dem_str_trim(*before), "NOT");
  *query = dem_str_sub(rest, phrase->len + 1, rest.len);
  return true;
}

static bool is_word(unsigned char c) { return dem_is_alpha(c) || dem_is_digit(c) || c >= 0x80; }

static dem_str next_word(dem_str *s) {
  size_t from = 0, to;
  while (from < s->len && !is_word((unsigned char)s->data[from])) from++;
  for (to = from; to < s->len && is_word((unsigned char)s->data[to]);) to++;
  dem_str word = dem_str_sub(*s, from, to);
  *s = dem_str_sub(*s, to, s->len);
  return word;
}

/* The query with each phrase as the words it is made of. sqlite3_free it; NULL: out of memory. */
char *dem_search_words(const char *typed) {
  sqlite3_str *out = sqlite3_str_new(NULL);
  dem_str query = dem_str_of(typed), before, phrase;
  bool sure;
  while (next_phrase(&query, &before, &phrase, &sure)) {
    const char *and = "";
    sqlite3_str_appendf(out, "%.*s(", DEM_FMT(before));
    for (dem_str word = next_word(&phrase); word.len; word = next_word(&phrase), and = " AND ")
      sqlite3_str_appendf(out, "%s\"%.*s\"", and, DEM_FMT(word));
    sqlite3_str_appendall(out, *and ? ")" : "\"\")");
  }
  sqlite3_str_append(out, query.data, (int)query.len);
  return sqlite3_str_finish(out);
}

static bool same_word(dem_str a, dem_str b) {
  if (a.len != b.len) return false;
  for (size_t i = 0; i < a.len; i++)
    if (dem_lower((unsigned char)a.data[i]) != dem_lower((unsigned char)b.data[i])) return false;
  return true;
}

static bool begins_with(dem_str text, dem_str phrase) {
  for (dem_str want = next_word(&phrase); want.len; want = next_word(&phrase))
    if (!same_word(next_word(&text), want)) return false;
  return true;
}

static bool says(dem_str text, dem_str phrase) {
  do {
    if (begins_with(text, phrase)) return true;
  } while (next_word(&text).len);
  return false;
}

static bool all_said(const json_t *record, const char *typed) {
  dem_str query = dem_str_of(typed), before, phrase, headline = dem_str_of(json_string_value(json_object_get(record, "headline"))),
          text = dem_str_of(json_string_value(json_object_get(record, "text")));
  bool any = dem_str_find(query, DEM_S(" OR "), 0) != SIZE_MAX, sure, asked = false;
  while (next_phrase(&query, &before, &phrase, &sure)) {
    if (!sure) continue;
    bool said = says(headline, phrase) || says(text, phrase);
    if (said == any) return said;
    asked = true;
  }
  return !any || !asked;
}

/* says(dispatch, query): do its phrases stand in the dispatch? */
static void says_function(sqlite3_context *context, int n, sqlite3_value **value) {
  dem_store *s = sqlite3_user_data(context);
  const char *typed = (const char *)sqlite3_value_text(value[1]);
  (void)n;
  dem_packed json = {0};
  if (!typed || !strchr(typed, '"')) {
    sqlite3_result_int(context, 1);
    return;
  }
  demarche_status bad = dem_store_record(s, sqlite3_value_int64(value[0]), &json, NULL);
  json_t *record = bad ? NULL : json_loadb(json.data, json.len, JSON_DISABLE_EOF_CHECK, NULL);
  free(json.data);
  if (record) sqlite3_result_int(context, all_said(record, typed));
  else sqlite3_result_error_code(context, bad == DEMARCHE_NOMEM ? SQLITE_NOMEM : SQLITE_CORRUPT);
  json_decref(record);
}

int dem_search_ready(dem_store *s) {
  return sqlite3_create_function_v2(s->db, "says", 2, SQLITE_UTF8 | SQLITE_DIRECTONLY, s, says_function, NULL, NULL, NULL);
}
