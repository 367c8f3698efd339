/* What desks write before a headline. Wire labels ("UPDATE 2-", "CORRECTED-", "KILL-") are instructions: they become status and
 * version and are taken off the headline. Genre labels ("ANALYSIS-", "Opinion:", "... - analysis") are part of what readers saw:
 * they set the genre and stay. version is the take's number: "1" for the first, "3" for UPDATE 2. */
#include "read/parts.h"

typedef struct label {
  const char *name;  /* lower case */
  const char *value; /* status or genre; NULL for labels that say nothing we keep */
} label;

static const label wire_labels[] = {
    {"corrected", "corrected"},
    {"correction", "corrected"},
    {"corrects", "corrected"},
    {"clarified", "corrected"},
    {"kill", "killed"},
    {"killed", "killed"},
    {"withdrawn", "killed"},
    {"withdrawal", "killed"},
    {"retracted", "killed"},
    {"mandatory kill", "killed"},
    {"embargoed", "embargoed"},
    {"embargo", "embargoed"},
    {"refile", NULL},
    {"rpt", NULL},
    {"repeat", NULL},
    {"urgent", NULL},
    {"update", NULL},
    {"wrapup", NULL},
    {"lead", NULL},
    {"breaking", NULL},
};

static const label genre_labels[] = {
    {"analysis", "analysis"},   {"news analysis", "analysis"}, {"insight", "analysis"},    {"opinion", "opinion"},
    {"commentary", "opinion"},  {"comment", "opinion"},        {"column", "opinion"},      {"editorial", "opinion"},
    {"op-ed", "opinion"},       {"viewpoint", "opinion"},      {"factbox", "factbox"},     {"timeline", "factbox"},
    {"explainer", "factbox"},   {"key facts", "factbox"},      {"interview", "interview"}, {"q&a", "interview"},
    {"profile", "feature"},     {"newsmaker", "feature"},      {"feature", "feature"},     {"advisory", "advisory"},
    {"press digest", "digest"}, {"review", "review"},
};

#define COUNT(list) (sizeof(list) / sizeof((list)[0]))

static const label *find_label(const label *list, size_t n, dem_str word) {
  for (size_t i = 0; i < n; i++)
    if (dem_str_is_nocase(word, list[i].name)) return &list[i];
  return NULL;
}

static bool is_shouted(dem_str s) {
  for (size_t i = 0; i < s.len; i++)
    if (dem_is_lower((unsigned char)s.data[i])) return false;
  return s.len > 0;
}

/* Cut "LABEL-", "LABEL: ", "LABEL | " off the front; a bare hyphen counts only after capitals ("column-writing" is a word). */
static bool cut_label(dem_str headline, dem_str *word, dem_str *rest) {
  for (size_t i = 1; i < headline.len && i < 24; i++) {
    char c = headline.data[i];
    bool sign = c == ':' || c == '|' || c == '-';
    if (!sign) continue;
    *word = dem_str_trim(dem_str_sub(headline, 0, i));
    *rest = dem_str_trim(dem_str_sub(headline, i + 1, headline.len));
    bool spaced = headline.data[i - 1] == ' ';
    if (c == '-' && !spaced && !is_shouted(*word)) continue;
    if (word->len && rest->len) return true;
  }
  return false;
}

/* "UPDATE 2" -> "UPDATE" and 2; no number gives 1. */
static dem_str take_number(dem_str word, uint32_t *number) {
  size_t n = word.len;
  while (n && dem_is_digit((unsigned char)word.data[n - 1])) n--;
  if (n == word.len || !dem_str_u32(dem_str_sub(word, n, word.len), number) || *number > 99) *number = 1;
  return dem_str_trim(dem_str_sub(word, 0, n));
}

/* One wire label off the front; false when there is none. */
static bool take_wire_label(dem_doc *doc) {
  dem_str word, rest;
  uint32_t number;
  if (!cut_label(doc->headline, &word, &rest)) return false;
  word = take_number(word, &number);
  const label *l = find_label(wire_labels, COUNT(wire_labels), word);
  if (!l) return false;
  if (l->value) doc->status = dem_str_of(l->value);
  if (dem_str_is_nocase(word, "update")) doc->version = dem_str_format(&doc->arena, "%u", (unsigned)number + 1);
  dem_doc_note(doc, "label",
               dem_str_format(&doc->arena, "taken off the headline: \"%.*s\"",
                              DEM_FMT(dem_str_sub(doc->headline, 0, (size_t)(rest.data - doc->headline.data)))),
               (dem_span){0, 0});
  doc->headline = rest;
  return true;
}

bool dem_read_genre_line(dem_str line, dem_str *genre) {
  const label *l = find_label(genre_labels, COUNT(genre_labels), line);
  if (l) *genre = dem_str_of(l->value);
  return l != NULL;
}

/* "Talks stall - analysis", "Talks stall | Opinion" */
static void genre_at_end(dem_doc *doc) {
  dem_str h = doc->headline;
  for (size_t i = h.len; i-- > 1 && h.len - i < 24;) {
    if (h.data[i] != '|' && !(h.data[i] == '-' && h.data[i - 1] == ' ')) continue;
    dem_read_genre_line(dem_str_trim(dem_str_sub(h, i + 1, h.len)), &doc->genre);
    return;
  }
}

void dem_read_labels(dem_doc *doc) {
  dem_str word, rest;
  for (size_t most = 4; most && take_wire_label(doc); most--) continue;
  genre_at_end(doc);
  if (cut_label(doc->headline, &word, &rest)) dem_read_genre_line(word, &doc->genre);
}
