/* What is this line? Judgements on one line or paragraph at a time, by its form and the agencies' names only. Invariant: every
 * search looks at a bounded window, so that a line of any length costs its length. Refuses: judging by where the line stands;
 * page.c knows that. */
#include "base/utf8.h"
#include "read/parts.h"

enum { CREDIT = 100, NAMES = 100, LABEL = 400, TARGET = 600 }; /* bytes: the longest credit, list of names, link text, link */

bool dem_read_is_url(dem_str s) {
  if (!dem_str_starts(s, "http://") && !dem_str_starts(s, "https://") && !dem_str_starts(s, "www.")) return false;
  for (size_t i = 0; i < s.len; i++)
    if (dem_is_space((unsigned char)s.data[i])) return false;
  return s.len > 10;
}

dem_str dem_read_start(dem_str s, size_t most) {
  if (s.len <= most) return s;
  while (most && ((unsigned char)s.data[most] & 0xC0) == 0x80) most--;
  return dem_str_sub(s, 0, most);
}

/* Quotation marks, brackets and emphasis that may stand after the stop. */
static dem_str without_closers(dem_str s) {
  static const char *const closers[] = {"\"", "'", ")", "]", "*", "_", " ", "\xE2\x80\x9D", "\xE2\x80\x99", "\xC2\xBB"};
  for (size_t i = 0; i < sizeof closers / sizeof closers[0]; i++) {
    if (!dem_str_ends(s, closers[i])) continue;
    s.len -= strlen(closers[i]);
    i = SIZE_MAX; /* from the start again */
  }
  return s;
}

bool dem_read_ends_sentence(dem_str s) {
  s = without_closers(dem_str_sub(s, s.len > 24 ? s.len - 24 : 0, s.len));
  if (dem_str_ends(s, "\xE2\x80\xA6")) return true;
  return s.len && memchr(".?!", s.data[s.len - 1], 3);
}

/* ---- bylines ---- */

static dem_str next_word(dem_str *s) {
  *s = dem_str_trim(*s);
  return dem_str_cut(s, ' ');
}

static bool is_link_word(dem_str w) {
  static const char *const words[] = {"and", "in",  "for", "of",  "with", "at", "the", "&",  "|",   "-",
                                      "de",  "da",  "dos", "del", "di",   "du", "la",  "le", "van", "von",
                                      "der", "den", "bin", "ibn", "al",   "el", "y",   "e"};
  for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
    if (dem_str_is(w, words[i])) return true;
  return false;
}

static bool is_capitalised(dem_str w) {
  size_t at = 0;
  while (at < w.len) {
    uint32_t cp = dem_utf8_next(w, &at);
    if (dem_cp_is_letter(cp)) return dem_cp_is_upper(cp);
  }
  return false;
}

/* Capitalised words (and what links names), from one to `most`. */
static bool is_names(dem_str s, size_t most) {
  size_t words = 0, names = 0;
  while (dem_str_trim(s).len) {
    dem_str w = next_word(&s);
    bool name = is_capitalised(w) || dem_str_starts(w, "al-") || dem_str_starts(w, "el-") || dem_str_is(w, "dpa");
    if (!name && !is_link_word(w)) return false;
    names += name;
    if (++words > most) return false;
  }
  return names > 0;
}

bool dem_read_byline(dem_str line, dem_str *names) {
  if (line.len < 5 || line.len > NAMES || !dem_str_is_nocase(dem_str_sub(line, 0, 2), "by")) return false;
  if (line.data[2] != ' ' && line.data[2] != ':') return false;
  *names = dem_str_trim(dem_str_sub(line, 3, line.len));
  return names->len && names->data[names->len - 1] != '.' && is_names(*names, 12);
}

/* ---- labels ---- */

bool dem_read_labelled(dem_str line, const char *const *labels, dem_str *rest) {
  for (; *labels; labels++) {
    size_t n = strlen(*labels);
    if (line.len <= n || !dem_str_is_nocase(dem_str_sub(line, 0, n), *labels)) continue;
    dem_str after = dem_str_trim(dem_str_sub(line, n, line.len));
    if (!after.len || after.data[0] != ':') continue;
    *rest = dem_str_trim(dem_str_sub(after, 1, after.len));
    return true;
  }
  return false;
}

/* ---- captions ---- */

static size_t find_last(dem_str s, dem_str what, size_t window) {
  size_t least = s.len > window ? s.len - window : 0;
  for (size_t at = s.len; at-- > least;)
    if (s.len - at >= what.len && memcmp(s.data + at, what.data, what.len) == 0) return at;
  return SIZE_MAX;
}

static bool is_signed(dem_str credit) { /* "Jane Doe/AFP", "REUTERS/Jane Doe", "AP Photo/Jane Doe" */
  dem_str unused;
  return memchr(credit.data, '/', credit.len) && dem_read_agency_in(credit, &unused);
}

static bool is_credit(dem_str s) {
  static const char *const labels[] = {"photo", "image", "credit", "picture", "photograph", NULL};
  dem_str unused;
  if (!s.len || s.len > CREDIT) return false;
  return is_signed(s) || dem_read_agency(s, &unused) || dem_read_labelled(s, labels, &unused) || dem_str_starts(s, "Photo by ");
}

static dem_str without_label(dem_str credit) {
  static const char *const labels[] = {"photo", "image", "credit", "picture", "photograph", "photo credit", NULL};
  dem_str rest;
  if (dem_read_labelled(credit, labels, &rest)) return rest;
  return dem_str_starts(credit, "Photo by ") ? dem_str_sub(credit, 9, credit.len) : credit;
}

static bool split_at(dem_str block, size_t at, dem_str credit, dem_str *text, dem_str *out) {
  *text = dem_str_trim(dem_str_sub(block, 0, at));
  *out = without_label(dem_str_trim(credit));
  return out->len > 0;
}

/* "They met in Sochi. **Jane Doe/TASS**": the credit is what is emphasised at the end. */
static bool emphasised_credit(dem_str block, dem_str *text, dem_str *credit) {
  static const char *const marks[] = {"**", "__", "*", "_"};
  for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++) {
    dem_str mark = dem_str_of(marks[i]);
    if (block.len < 2 * mark.len + 2 || !dem_str_ends(block, marks[i])) continue;
    dem_str head = dem_str_sub(block, 0, block.len - mark.len);
    size_t at = find_last(head, mark, CREDIT);
    if (at == SIZE_MAX) continue;
    dem_str inner = dem_str_trim(dem_str_sub(head, at + mark.len, head.len)), before = dem_str_trim(dem_str_sub(head, 0, at));
    bool named = before.len && dem_read_ends_sentence(before) && !dem_read_ends_sentence(inner) && is_names(inner, 6);
    return (is_credit(inner) || named) && split_at(block, at, inner, text, credit);
  }
  return false;
}

/* "Soldiers in Kabul (Reuters/Jane Doe)" */
static bool bracketed_credit(dem_str block, dem_str *text, dem_str *credit) {
  bool round = dem_str_ends(block, ")"), square = dem_str_ends(block, "]");
  if (!round && !square) return false;
  size_t at = find_last(block, round ? DEM_S("(") : DEM_S("["), CREDIT);
  if (at == SIZE_MAX || at == 0) return false;
  dem_str inner = dem_str_sub(block, at + 1, block.len - 1), unused;
  return is_credit(inner) && !dem_read_agency(inner, &unused) && split_at(block, at, inner, text, credit);
}

/* "Soldiers in Kabul. Photo: Jane Doe" */
static bool labelled_credit(dem_str block, dem_str *text, dem_str *credit) {
  static const char *const labels[] = {
      "Photo: ", "Photo by ", "Photo credit: ", "Photograph: ", "Image: ", "Picture: ", "Credit: "};
  for (size_t i = 0; i < sizeof labels / sizeof labels[0]; i++) {
    size_t at = find_last(block, dem_str_of(labels[i]), CREDIT);
    if (at == SIZE_MAX || dem_str_ends(block, ".")) continue;
    dem_str before = dem_str_sub(block, 0, at), rest = dem_str_sub(block, at + strlen(labels[i]), block.len);
    if ((at == 0 || dem_read_ends_sentence(before)) && is_names(rest, 10)) return split_at(block, at, rest, text, credit);
  }
  return false;
}

/* "Soldiers in Kabul, June 3, 2019. REUTERS/Jane Doe" */
static bool trailing_credit(dem_str block, dem_str *text, dem_str *credit) {
  if (dem_read_ends_sentence(block)) return false;
  size_t at = find_last(block, DEM_S(". "), CREDIT);
  if (at == SIZE_MAX) return false;
  dem_str tail = dem_str_sub(block, at + 2, block.len);
  return is_signed(tail) && is_names(tail, 8) && split_at(block, at + 1, tail, text, credit);
}

bool dem_read_caption(dem_str block, dem_str *text, dem_str *credit) {
  static const char *const labels[] = {"file photo", "file picture", "photo caption", "caption", "in this photo", NULL};
  dem_str rest;
  bool labelled = block.len < 1000 && dem_read_labelled(block, labels, &rest);
  if (labelled) block = rest;
  bool signed_off = block.len < 1000 && (emphasised_credit(block, text, credit) || bracketed_credit(block, text, credit) ||
                                         labelled_credit(block, text, credit) || trailing_credit(block, text, credit));
  if (labelled && !signed_off) *text = block, *credit = (dem_str){NULL, 0};
  return labelled || signed_off;
}
