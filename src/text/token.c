/* Decides where tokens begin and end, by rule, left to right, inside chunks between white space.
 *
 * UD English: clitics are cut off ("do|n't", "Putin|'s", "can|not"), compounds are cut at hyphens ("UN|-|recognised") except
 * after prefixes that cannot stand alone ("non-avian"), abbreviations keep their dot, numbers keep their inner signs, runs of
 * one sign are one token ("...", "--"), addresses stay whole. Every code point that is not white space ends up in exactly one
 * token, so spans are always whole UTF-8 characters. Each position is looked at a bounded number of times.
 * Refuses to mend spelling: what is written together by mistake stays together, but for the list of clitics without
 * apostrophe. */
#include "text/token.h"

#include "base/utf8.h"

enum { ADDRESS_MAX = 2000 }; /* bytes of a chunk that may be one address */

typedef struct cutter {
  dem_doc *doc;
  dem_str text; /* doc->text up to the end of the chunk */
  size_t begin; /* of the chunk */
  size_t end;
} cutter;

static void emit(cutter *c, size_t begin, size_t end) {
  if (begin < end) dem_push(&c->doc->arena, &c->doc->tokens)->span = (dem_span){(uint32_t)begin, (uint32_t)end};
}

static unsigned char byte_at(const cutter *c, size_t at) { return at < c->end ? (unsigned char)c->text.data[at] : 0; }

/* The code point at `at` (0 past the chunk), and where the next one begins. */
static uint32_t cp_at(const cutter *c, size_t at, size_t *next) {
  *next = at;
  return at < c->end ? dem_utf8_next(c->text, next) : 0;
}

static bool is_apostrophe(uint32_t cp) { return cp == '\'' || cp == 0x2019 || cp == 0x02BC; }

static bool is_word_cp(uint32_t cp) {
  if (cp < 0x80) return dem_is_alpha((unsigned char)cp) || dem_is_digit((unsigned char)cp) || cp == '_';
  return dem_cp_is_letter(cp) || dem_cp_is_digit(cp) || dem_cp_is_mark(cp) || cp == 0xAD;
}

static bool word_in(dem_str word, const char *const *list, size_t n) {
  char first = word.len ? (char)dem_lower((unsigned char)word.data[0]) : 0;
  for (size_t i = 0; i < n; i++)
    if (list[i][0] == first && dem_str_is_nocase(word, list[i])) return true;
  return false;
}
#define IN(word, list) word_in((word), (list), sizeof(list) / sizeof *(list))

/* Dotted short forms. The second list needs a digit after it, the third a capital: they are words otherwise. */
static const char *const abbreviations[] = {
    "mr",   "mrs", "ms",   "dr",   "prof", "gen",  "col",   "lt",   "sgt",  "capt", "sen",    "sens",  "rep", "reps",   "gov",
    "govs", "rev", "hon",  "st",   "ste",  "jr",   "sr",    "inc",  "corp", "co",   "ltd",    "bros",  "vs",  "etc",    "ave",
    "blvd", "rd",  "ft",   "mt",   "adm",  "brig", "maj",   "cmdr", "pres", "al",   "approx", "dept",  "est", "eds",    "ca",
    "cf",   "jan", "feb",  "apr",  "aug",  "sept", "sep",   "oct",  "nov",  "dec",  "tues",   "thurs", "fri", "messrs", "mme",
    "mlle", "mgr", "attn", "univ", "assn", "bldg", "calif", "conn", "mass", "penn", "tenn",   "wash",  "wis", "ariz",   "colo",
    "fla",  "ga",  "ky",   "supt", "insp", "viz",  "drs",   "sts",  "ect",  "cpl",  "pvt",    "comdr", "ph",  "v"};
static const char *const before_digit[] = {"no", "nos", "fig",  "figs", "art", "vol", "p",
                                           "pp", "sec", "para", "ch",   "jul", "jun", "ext"};
static const char *const as_name[] = {"sat", "sun", "mon", "wed", "thu", "tue",  "mar", "ed",
                                      "ind", "pa",  "va",  "la",  "md",  "minn", "mich"};
static const char *const prefixes[] = {"non",    "mis",   "e",     "re",     "anti",  "co",    "pre",   "pro",     "mid",
                                       "cross",  "post",  "semi",  "over",   "sub",   "multi", "ex",    "counter", "mini",
                                       "neo",    "inter", "socio", "psycho", "intra", "pan",   "un",    "ultra",   "quasi",
                                       "pseudo", "trans", "bi",    "tri",    "de",    "micro", "hyper", "extra",   "proto"};
static const char *const endings[] = {"com",  "org", "net", "gov", "edu", "uk", "info", "tv", "doc", "pdf",
                                      "html", "htm", "txt", "xls", "jpg", "ru", "de",   "fr", "eu",  "io"};
static const char *const units[] = {"hrs", "hr", "yrs", "mins", "gb",  "mb", "ghz", "am", "pm", "k",  "m",  "mm", "cm",
                                    "km",  "kg", "kph", "ft",   "mph", "lb", "lbs", "bn", "mn", "tn", "mw", "gw", "sq"};

/* Words written together that are two: the form, and how many bytes the first takes. */
static const struct {
  const char *form;
  size_t cut;
} joined[] = {{"cannot", 3}, {"cant", 2},  {"wont", 2},   {"alot", 1},  {"outta", 3},   {"gonna", 3},   {"gotta", 3},
              {"wanna", 3},  {"lemme", 3}, {"gimme", 3},  {"dont", 2},  {"didnt", 3},   {"doesnt", 4},  {"isnt", 2},
              {"wasnt", 3},  {"arent", 3}, {"havent", 4}, {"hasnt", 3}, {"couldnt", 5}, {"wouldnt", 5}, {"shouldnt", 6},
              {"thats", 4},  {"whats", 4}, {"theres", 5}, {"youre", 3}, {"im", 1},      {"ive", 1}};

static bool is_clitic(dem_str s) {
  static const char *const clitics[] = {"s", "m", "d", "re", "ve", "ll"};
  return IN(s, clitics);
}

/* Where the last clitic of the word begins; `end` when there is none. */
static size_t clitic(const cutter *c, size_t begin, size_t end) {
  size_t mark = SIZE_MAX, after = 0;
  for (size_t at = end > 8 && end - 8 > begin ? end - 8 : begin; at < end;) { /* a clitic is short */
    if (((unsigned char)c->text.data[at] & 0xC0) == 0x80) {
      at++;
      continue;
    }
    size_t next;
    if (is_apostrophe(cp_at(c, at, &next))) mark = at, after = next;
    at = next;
  }
  if (mark == SIZE_MAX || mark == begin) return end;
  dem_str tail = dem_str_sub(c->text, after, end);
  unsigned char before = dem_lower((unsigned char)c->text.data[mark - 1]);
  if (dem_str_is_nocase(tail, "t") && before == 'n' && mark - 1 > begin) return mark - 1;
  return is_clitic(tail) ? mark : end;
}

/* A word without its clitics: perhaps joined words, or a number with its unit. */
static void emit_stem(cutter *c, size_t begin, size_t end) {
  dem_str word = dem_str_sub(c->text, begin, end);
  if (dem_str_is(word, "Lets")) { /* "Let's"; in small letters it is a verb more often */
    emit(c, begin, begin + 3);
    begin += 3;
  }
  for (size_t i = 0; word.len <= 8 && i < sizeof joined / sizeof *joined; i++) {
    bool shouted = word.len == 2 && dem_is_upper((unsigned char)word.data[1]); /* "IM" is no "I'm" */
    if (!shouted && joined[i].form[0] == (char)dem_lower((unsigned char)word.data[0]) &&
        dem_str_is_nocase(word, joined[i].form)) {
      emit(c, begin, begin + joined[i].cut);
      emit(c, begin + joined[i].cut, end);
      return;
    }
  }
  if (dem_is_digit(byte_at(c, begin))) {
    size_t digits = end;
    while (digits > begin && !dem_is_digit((unsigned char)c->text.data[digits - 1])) digits--;
    if (IN(dem_str_sub(c->text, digits, end), units)) {
      emit(c, begin, digits);
      begin = digits;
    }
  }
  emit(c, begin, end);
}

static void emit_word(cutter *c, size_t begin, size_t end) {
  size_t cut[4];
  unsigned n = 0;
  size_t stem = end;
  for (size_t at; n < 3 && (at = clitic(c, begin, stem)) != stem; stem = at) cut[n++] = stem;
  emit_stem(c, begin, stem);
  for (; n; n--) {
    emit(c, stem, cut[n - 1]);
    stem = cut[n - 1];
  }
}

/* "713-853-3989", "646-8420", "2020-06-26": digits in at least two groups, not a range of years. Where it ends, or `at`. */
static size_t dashed_number(const cutter *c, size_t at) {
  size_t group[3] = {0}, n = 0, i = at;
  while (n < 3) {
    size_t from = i;
    while (dem_is_digit(byte_at(c, i)) && i - from < 9) i++;
    group[n++] = i - from;
    if (i == from || dem_is_alpha(byte_at(c, i))) return at;
    if (byte_at(c, i) != '-' || !dem_is_digit(byte_at(c, i + 1))) break;
    i++;
  }
  bool phone = n == 2 && (group[0] == 3 || group[0] == 1) && group[1] == 4;
  return phone || n == 3 ? i : at;
}

/* May the dot at `dot` stay inside the word that began at `begin`? */
static bool inner_dot(const cutter *c, size_t begin, size_t part, size_t dot) {
  unsigned char next = byte_at(c, dot + 1);
  if (dem_is_digit(next)) return dem_is_digit((unsigned char)c->text.data[dot - 1]);
  if (!dem_is_alpha(next)) return false;
  if (dot - part == 1 && dem_is_alpha((unsigned char)c->text.data[part])) return true;               /* U.S, p.m */
  if (dot - part == 2 && dem_is_upper(byte_at(c, part)) && dem_is_upper(next)) return begin == part; /* Ph.D */
  size_t end = dot + 1;
  while (end - dot < 6 && dem_is_alpha(byte_at(c, end))) end++;
  return IN(dem_str_sub(c->text, dot + 1, end), endings) && (!dem_is_upper(next) || dem_is_upper(byte_at(c, part)));
}

/* Does the sign at `at`, between two word signs, belong inside the word? */
static bool inner_sign(const cutter *c, size_t begin, size_t part, size_t at, uint32_t cp, size_t next) {
  size_t after;
  uint32_t follow = cp_at(c, next, &after);
  if (!is_word_cp(follow) || at == part || (cp != '.' && at == begin)) return false;
  bool digits = dem_is_digit((unsigned char)c->text.data[at - 1]) && dem_is_digit(byte_at(c, next));
  if (is_apostrophe(cp)) return true;
  if (cp == '.') return inner_dot(c, begin, part, at);
  bool letters = cp == '/' && at - begin == 1 && dem_is_alpha(byte_at(c, begin)) && dem_is_alpha(byte_at(c, next));
  if (letters && next + 1 == c->end) return true; /* b/c, w/o */
  if (cp == ',' || cp == ':' || cp == '/') return digits;
  if (cp == '&') return dem_is_upper((unsigned char)c->text.data[at - 1]) && dem_is_upper(byte_at(c, next));
  if (cp == '-' || cp == 0x2010 || cp == 0x2011)
    return part == begin && dem_is_alpha(byte_at(c, next)) && IN(dem_str_sub(c->text, begin, at), prefixes) &&
           !(at - begin > 1 && dem_is_upper(byte_at(c, begin + 1)) && dem_is_lower(byte_at(c, next))); /* UN-recognised */
  return false;
}

/* Does the dot after word[begin, dot) belong to it? `part` is where its last dotted part begins. */
static bool final_dot(const cutter *c, size_t begin, size_t part, size_t dot) {
  if (byte_at(c, dot + 1) == '.' && byte_at(c, dot + 2) == '.') return false;                                 /* an ellipsis */
  if (byte_at(c, dot + 1) == '.') return part > begin || IN(dem_str_sub(c->text, begin, dot), abbreviations); /* "Inc.." */
  if (dot + 1 >= c->doc->text.len) return part > begin;
  if (part > begin && dot - part <= 2 && dem_is_alpha(byte_at(c, part))) return true; /* U.S. Ph.D. */
  bool initial = dot - begin == 1 && dem_is_upper(byte_at(c, begin));
  if (initial) return byte_at(c, begin) != 'I' && dot + 1 < c->doc->text.len && c->doc->text.data[dot + 1] != '\n';
  dem_str word = dem_str_sub(c->text, begin, dot);
  if (word.len > 8) return false;
  if (IN(word, abbreviations)) return true;
  size_t follow = dot + 1;
  while (follow < c->doc->text.len && c->doc->text.data[follow] == ' ') follow++;
  unsigned char next = follow < c->doc->text.len ? (unsigned char)c->doc->text.data[follow] : 0;
  if (IN(word, before_digit)) return dem_is_digit(next);
  return IN(word, as_name) && dem_is_upper(byte_at(c, begin)) && (dem_is_digit(next) || next == ',' || dem_is_lower(next));
}

/* One word from `begin` on; returns where it ends. */
static size_t word(cutter *c, size_t begin) {
  size_t at = dashed_number(c, begin), part = begin;
  if (at != begin) return emit(c, begin, at), at;
  while (at < c->end) {
    size_t next;
    uint32_t cp = cp_at(c, at, &next);
    if (is_word_cp(cp)) {
      at = next;
      continue;
    }
    if (cp == '$' && at - begin <= 3 && dem_is_upper(byte_at(c, begin))) return emit(c, begin, next), next; /* US$ */
    if (!inner_sign(c, begin, part, at, cp, next)) break;
    at = next;
    if (cp == '.') part = at;
  }
  if (byte_at(c, at) == '.' && final_dot(c, begin, part, at)) return emit(c, begin, at + 1), at + 1;
  emit_word(c, begin, at);
  return at;
}

static bool is_face(const cutter *c, size_t at, size_t *end) {
  static const char *const faces[] = {":)", ":(", ":-)", ":-(", ";)", ";-)", ":d", ":p", ":-d", ":-p", ":/", "=)", "<3", "^^"};
  for (size_t n = 2; n <= 3 && at + n <= c->end; n++)
    if (at + n == c->end && IN(dem_str_sub(c->text, at, at + n), faces)) return *end = at + n, true;
  return false;
}

static bool is_rule(uint32_t cp) { return cp == '-' || cp == '=' || cp == '*' || cp == '~' || cp == '_'; }

/* A sign, or a run of signs that stand together; returns where it ends. */
static size_t sign(cutter *c, size_t begin) {
  size_t end, next;
  if (is_face(c, begin, &end)) return emit(c, begin, end), end;
  uint32_t cp = cp_at(c, begin, &end);
  bool mark = cp == '!' || cp == '?';
  bool runs = mark || is_rule(cp) || cp == '.' || cp == '<' || cp == '>' || cp == '+' || cp == '/' || cp == '\\' || cp == '$' ||
              cp == 0x2026;
  bool pairs = cp == '`' || cp == '\'' || cp == 0x2019 || cp == 0x2018;
  if (is_apostrophe(cp) && begin == c->begin) { /* 'em, '90s, 's written apart */
    size_t tail = end;
    while (tail < c->end && tail - end < 4 && (dem_is_alpha(byte_at(c, tail)) || dem_is_digit(byte_at(c, tail)))) tail++;
    dem_str rest = dem_str_sub(c->text, end, tail);
    bool decade = rest.len == 3 && dem_is_digit((unsigned char)rest.data[0]) && rest.data[2] == 's';
    if (tail == c->end && (decade || is_clitic(rest) || dem_str_is_nocase(rest, "em"))) return emit(c, begin, tail), tail;
  }
  if ((cp == '.' || cp == ':') && strchr("?!", byte_at(c, end)) && byte_at(c, end)) return emit(c, begin, end + 1), end + 1;
  while (end < c->end) {
    uint32_t then = cp_at(c, end, &next);
    bool same = runs && (then == cp || (mark && (then == '!' || then == '?')) || (is_rule(cp) && is_rule(then)));
    bool pair = pairs && then == cp && end - begin == next - end;
    bool joiner = then == 0x200D || then == 0xFE0F || (then >= 0x1F3FB && then <= 0x1F3FF) || dem_cp_is_mark(then);
    bool joins = end > begin + 3 && cp_at(c, end - 3, &(size_t){0}) == 0x200D; /* after a zero-width joiner (3 bytes) */
    if (!same && !pair && !joiner && !joins) break;
    end = next;
  }
  emit(c, begin, end);
  return end;
}

/* "alt.politics.misc", "news.example.org": three parts or more of two letters or more. */
static bool is_dotted_name(dem_str s) {
  size_t parts = 1, letters = 0;
  while (s.len && strchr(".,;:!?)'", s.data[s.len - 1])) s.len--;
  for (size_t i = 0; i < s.len; i++) {
    unsigned char b = (unsigned char)s.data[i];
    if (b == '.' && letters < 2) return false;
    if (b == '.') parts++, letters = 0;
    else if (dem_is_lower(b)) letters++;
    else if (b != '-' && !dem_is_digit(b)) return false;
  }
  return parts > 2 && letters > 1;
}

/* An address that begins at `begin`: where it ends, or `begin`. */
static size_t address(const cutter *c, size_t begin) {
  dem_str rest = dem_str_sub(c->text, begin, c->end);
  if (c->end - c->begin > ADDRESS_MAX || rest.len < 5) return begin;
  size_t scheme = dem_str_find(rest, DEM_S("://"), 0), at = dem_str_find(rest, DEM_S("@"), 0);
  bool alnum = dem_is_alpha((unsigned char)rest.data[0]) || dem_is_digit((unsigned char)rest.data[0]);
  bool web = alnum && ((scheme != SIZE_MAX && scheme <= 8) || dem_str_starts(rest, "www."));
  bool mail = at != SIZE_MAX && at > 0 && at + 1 < rest.len && dem_is_alpha((unsigned char)rest.data[at + 1]);
  for (size_t i = 0; mail && i < at; i++) {
    unsigned char b = (unsigned char)rest.data[i];
    mail = dem_is_alpha(b) || dem_is_digit(b) || b == '.' || b == '_' || b == '-' || b == '+';
  }
  bool tag = (rest.data[0] == '@' || rest.data[0] == '#') && dem_is_alpha((unsigned char)rest.data[1]);
  if (!web && !mail && !tag && !is_dotted_name(rest)) return begin;
  size_t end = 1;
  while (end < rest.len && !strchr("<>\"[]{}|", rest.data[end])) {
    unsigned char b = (unsigned char)rest.data[end];
    if (tag && !dem_is_alpha(b) && !dem_is_digit(b) && b != '_') break;
    if (b == 0xE2) break; /* typographic quotes and dashes */
    end++;
  }
  while (end > 1 && strchr(".,;:!?)'", rest.data[end - 1])) end--;
  return begin + end;
}

static void cut_chunk(cutter *c) {
  bool fresh = true; /* addresses begin after white space or an opening sign */
  for (size_t at = c->begin; at < c->end;) {
    size_t next, end = fresh ? address(c, at) : at;
    if (end > at) {
      emit(c, at, end);
      at = end;
      fresh = false;
      continue;
    }
    fresh = !is_word_cp(cp_at(c, at, &next)) && next - at <= 3 && at - c->begin < 64;
    at = fresh || !is_word_cp(cp_at(c, at, &next)) ? sign(c, at) : word(c, at);
  }
}

void dem_tokenize(dem_doc *doc, dem_span span) {
  for (size_t at = span.begin; at < span.end;) {
    size_t next = at;
    if (dem_cp_is_space(dem_utf8_next(doc->text, &next))) {
      at = next;
      continue;
    }
    size_t end = at;
    while (end < span.end) {
      next = end;
      if (dem_cp_is_space(dem_utf8_next(doc->text, &next))) break;
      end = next;
    }
    cutter c = {doc, {doc->text.data, end}, at, end};
    cut_chunk(&c);
    if (doc->tokens.n) doc->tokens.at[doc->tokens.n - 1].space_after = true;
    at = end;
  }
}
