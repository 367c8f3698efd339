/* Reading dictionary files line by line. Comments ("#" and ";" to the end of the line, "<!-- -->" over several) are cut first. A
 * line is a code line when its first sign is "[", a synonym when it is "+", else a new record. Invariant: every line that is not
 * blank or a comment ends in a record or in a trouble. Dates as documented: six digits with the years 00 to 30 in this century. */
#include "lexicon/dictionary.h"

#include "base/utf8.h"

enum { CODE_LEAST = 3, CODE_MOST = 15, PHRASE_MOST = 240, MARKERS_MOST = 500 };

typedef struct marker {
  dem_str name;
  dem_dic_words words;
} marker;

typedef struct reader {
  dem_arena *arena;
  dem_dictionary *out;
  dem_list(marker) markers;
  dem_str line;
  uint32_t number;
  bool comment; /* inside <!-- --> */
} reader;

static void trouble(reader *r, const char *why) {
  *dem_push(r->arena, &r->out->troubles) = (dem_dic_trouble){r->number, why, dem_str_trim(r->line)};
}

/* ---- text level ---- */

static dem_str latin1(dem_arena *arena, dem_str s) {
  if (dem_utf8_valid(s)) return s;
  char *out = dem_arena_push(arena, s.len * 2 + 1);
  size_t n = 0;
  for (size_t i = 0; i < s.len; i++) n += dem_utf8_put(out + n, (unsigned char)s.data[i]);
  return (dem_str){out, n};
}

/* The line without "<!-- -->"; a comment may stay open. */
static dem_str without_comments(reader *r, dem_str s) {
  char *out = dem_arena_push(r->arena, s.len + 1);
  size_t n = 0;
  for (size_t i = 0; i < s.len;) {
    dem_str rest = dem_str_sub(s, i, s.len);
    if (r->comment) {
      bool ends = dem_str_starts(rest, "-->");
      r->comment = !ends;
      i += ends ? 3 : 1;
    } else if (dem_str_starts(rest, "<!--")) {
      r->comment = true;
      i += 4;
    } else {
      out[n++] = s.data[i++];
    }
  }
  return (dem_str){out, n};
}

static dem_str content(reader *r, dem_str line) {
  if (r->comment || dem_str_find(line, DEM_S("<!--"), 0) != SIZE_MAX) line = without_comments(r, line);
  if (dem_str_starts(dem_str_trim(line), "<!")) return (dem_str){NULL, 0};
  size_t end = dem_str_find(line, DEM_S("#"), 0);
  if (end != SIZE_MAX) line = dem_str_sub(line, 0, end);
  end = r->out->kind == DEM_DIC_ACTORS ? dem_str_find(line, DEM_S(";"), 0) : SIZE_MAX;
  if (end != SIZE_MAX) line = dem_str_sub(line, 0, end);
  return dem_str_trim(line);
}

/* "HARBOUR_LEAGUE_ " -> "HARBOUR LEAGUE"; empty when nothing is left or it is too long. */
static dem_str phrase_of(dem_arena *arena, dem_str s) {
  char *out = dem_arena_push(arena, s.len + 1);
  size_t n = 0;
  for (size_t i = 0; i < s.len; i++) {
    bool gap = s.data[i] == '_' || dem_is_space((unsigned char)s.data[i]) || (unsigned char)s.data[i] < 0x20;
    if (!gap) out[n++] = s.data[i];
    else if (n && out[n - 1] != ' ') out[n++] = ' ';
  }
  while (n && out[n - 1] == ' ') n--;
  return n > PHRASE_MOST ? (dem_str){NULL, 0} : (dem_str){out, n};
}

/* ---- codes ---- */

static bool day_of(dem_str s, dem_day *day) {
  uint32_t n;
  s = dem_str_trim(s);
  if ((s.len != 6 && s.len != 8) || !dem_str_u32(s, &n)) return false;
  uint32_t year = n / 10000, month = n / 100 % 100, d = n % 100;
  if (s.len == 6) year += year <= 30 ? 2000 : 1900;
  if (month < 1 || month > 12 || d < 1 || d > dem_days_in_month((int32_t)year, month)) return false;
  *day = dem_day_of((int32_t)year, month, d);
  return true;
}

static bool restriction(dem_str s, dem_dic_code *c) {
  s = dem_str_trim(s);
  if (!s.len) return true;
  if (s.data[0] == '<') return day_of(dem_str_sub(s, 1, s.len), &c->to);
  if (s.data[0] == '>') return day_of(dem_str_sub(s, 1, s.len), &c->from);
  dem_str first = dem_str_cut(&s, '-');
  return day_of(first, &c->from) && day_of(s, &c->to) && c->from <= c->to;
}

static bool code_word(dem_str s) {
  for (size_t i = 0; i < s.len; i++)
    if (!dem_is_upper((unsigned char)s.data[i]) && !dem_is_digit((unsigned char)s.data[i])) return false;
  return s.len >= CODE_LEAST && s.len <= CODE_MOST;
}

static void push_code(reader *r, dem_dic_record *record, dem_dic_code c) {
  *dem_push(r->arena, &record->codes) = c;
  r->out->codes++;
  r->out->dated += c.from != DEM_NO_DAY || c.to != DEM_NO_DAY;
}

/* The inside of one pair of brackets: "FRAGOV 070516-120515"; "A/B" gives two codes. */
static bool take_code(reader *r, dem_dic_record *record, dem_str inside) {
  dem_dic_code c = {{NULL, 0}, DEM_NO_DAY, DEM_NO_DAY};
  inside = dem_str_trim(inside);
  size_t end = 0;
  while (end < inside.len && !dem_is_space((unsigned char)inside.data[end]) && inside.data[end] != '<' && inside.data[end] != '>') end++;
  dem_str words = dem_str_sub(inside, 0, end);
  if (!restriction(dem_str_sub(inside, end, inside.len), &c)) return trouble(r, "the dates of a code cannot be read"), false;
  if (dem_str_is(words, "---")) return push_code(r, record, c), true;
  if (!words.len) return trouble(r, "a code is empty"), false;
  while (words.len) {
    c.code = dem_str_cut(&words, '/');
    if (!code_word(c.code)) return trouble(r, "a code is no series of capitals and digits"), false;
    push_code(r, record, c);
  }
  return true;
}

static void take_codes(reader *r, dem_dic_record *record, dem_str s) {
  bool any = false;
  while (s.len) {
    size_t open = dem_str_find(s, DEM_S("["), 0), close = dem_str_find(s, DEM_S("]"), 0);
    if (open == SIZE_MAX) break;
    if (close == SIZE_MAX || close < open) {
      trouble(r, "a bracket is not closed");
      break;
    }
    any = take_code(r, record, dem_str_sub(s, open + 1, close)) || any;
    s = dem_str_sub(s, close + 1, s.len);
  }
  r->out->code_lines += any;
}

/* ---- kinds of files ---- */

static dem_dic_record *begin(reader *r, dem_str words) {
  dem_str phrase = phrase_of(r->arena, words);
  if (!phrase.len) return trouble(r, "no phrase, or one that is too long"), NULL;
  dem_dic_record *record = dem_push(r->arena, &r->out->records);
  *record = (dem_dic_record){.line = r->number}; /* the place may have been used by a record that was taken back */
  *dem_push(r->arena, &record->phrases) = phrase;
  return record;
}

static dem_dic_record *last(reader *r) { return r->out->records.n ? &r->out->records.at[r->out->records.n - 1] : NULL; }

static void actor_line(reader *r, dem_str s) {
  size_t open = dem_str_find(s, DEM_S("["), 0);
  dem_str words = dem_str_sub(s, 0, open == SIZE_MAX ? s.len : open), codes = dem_str_sub(s, open == SIZE_MAX ? s.len : open, s.len);
  dem_dic_record *record = last(r);
  if (s.data[0] == '[' || s.data[0] == '+') {
    if (!record) {
      trouble(r, "a code or synonym before the first name");
      return;
    }
  } else {
    record = begin(r, words);
  }
  if (!record) return;
  if (s.data[0] == '+') {
    dem_str phrase = phrase_of(r->arena, dem_str_sub(words, 1, words.len));
    if (!phrase.len) {
      trouble(r, "no phrase, or one that is too long");
      return;
    }
    *dem_push(r->arena, &record->phrases) = phrase;
    r->out->synonyms++;
  }
  take_codes(r, record, codes);
}

/* The regular plural of the last word: final Y -> IES, S -> SES, else S. */
static dem_str plural_of(dem_arena *arena, dem_str s) {
  bool lower = s.len && dem_is_lower((unsigned char)s.data[s.len - 1]);
  char end = s.len ? s.data[s.len - 1] : 0;
  if (end == 'Y' || end == 'y') return dem_str_format(arena, "%.*s%s", (int)(s.len - 1), s.data, lower ? "ies" : "IES");
  return dem_str_format(arena, "%.*s%s", DEM_FMT(s), end == 'S' || end == 's' ? (lower ? "es" : "ES") : lower ? "s" : "S");
}

static void take_plurals(reader *r, dem_dic_record *record, dem_str braces) {
  while (braces.len) {
    dem_str word = phrase_of(r->arena, dem_str_cut(&braces, ' '));
    if (word.len) *dem_push(r->arena, &record->plurals) = word;
  }
}

/* Every word of the marker in place of "!NAME!". */
static bool expand_marker(reader *r, dem_dic_record *record, dem_str words) {
  size_t first = dem_str_find(words, DEM_S("!"), 0), second = dem_str_find(words, DEM_S("!"), first + 1);
  if (second == SIZE_MAX) return trouble(r, "a marker is not closed"), false;
  dem_str name = dem_str_sub(words, first + 1, second);
  for (uint32_t i = 0; i < r->markers.n; i++) {
    const marker *m = &r->markers.at[i];
    if (!dem_str_eq(m->name, name) || m->words.n == 0) continue;
    record->phrases.n = 0;
    for (uint32_t k = 0; k < m->words.n; k++)
      *dem_push(r->arena, &record->phrases) = phrase_of(
          r->arena, dem_str_format(r->arena, "%.*s%.*s%.*s", (int)first, words.data, DEM_FMT(m->words.at[k]),
                                   DEM_FMT(dem_str_sub(words, second + 1, words.len))));
    return true;
  }
  return trouble(r, "a marker that was not defined"), false;
}

static void marker_line(reader *r, dem_str s) {
  if (r->markers.n == MARKERS_MOST) {
    trouble(r, "too many markers");
    return;
  }
  marker *m = dem_push(r->arena, &r->markers);
  dem_str name = dem_str_cut(&s, '=');
  m->name = dem_str_trim(name);
  m->name = dem_str_sub(m->name, 1, m->name.len - (m->name.len > 1));
  while (s.len) {
    dem_str word = phrase_of(r->arena, dem_str_cut(&s, ','));
    if (word.len) *dem_push(r->arena, &m->words) = word;
  }
  r->out->markers++;
}

static bool agent_code(reader *r, dem_dic_record *record, dem_str inside) {
  inside = dem_str_trim(inside);
  dem_dic_code c = {inside, DEM_NO_DAY, DEM_NO_DAY};
  if (dem_str_starts(inside, "~")) c.code = dem_str_sub(inside, 1, inside.len);
  else if (dem_str_ends(inside, "~")) c.code = dem_str_sub(inside, 0, inside.len - 1), record->prefix = true;
  if (!code_word(c.code)) return trouble(r, "a code is no series of capitals and digits"), false;
  return push_code(r, record, c), true;
}

static void agent_line(reader *r, dem_str s) {
  if (s.data[0] == '!' && dem_str_find(s, DEM_S("="), 0) != SIZE_MAX && dem_str_find(s, DEM_S("["), 0) == SIZE_MAX) {
    marker_line(r, s);
    return;
  }
  size_t open = dem_str_find(s, DEM_S("["), 0), close = dem_str_find(s, DEM_S("]"), 0), brace = dem_str_find(s, DEM_S("{"), 0);
  if (open == SIZE_MAX || close == SIZE_MAX || close < open) {
    trouble(r, "no code");
    return;
  }
  size_t end = brace < open ? brace : open, brace_end = dem_str_find(s, DEM_S("}"), 0);
  dem_dic_record *record = begin(r, dem_str_sub(s, 0, end));
  if (!record) return;
  bool good = agent_code(r, record, dem_str_sub(s, open + 1, close));
  if (good && dem_str_find(dem_str_sub(s, 0, end), DEM_S("!"), 0) != SIZE_MAX) good = expand_marker(r, record, dem_str_sub(s, 0, end));
  else if (brace < open && brace_end < open) take_plurals(r, record, dem_str_sub(s, brace + 1, brace_end));
  else if (good) *dem_push(r->arena, &record->plurals) = plural_of(r->arena, record->phrases.at[0]);
  if (!good) {
    r->out->codes -= record->codes.n;
    r->out->records.n--;
  }
  r->out->code_lines += good;
}

static void discard_line(reader *r, dem_str s) {
  bool story = s.data[0] == '+', whole = s.data[s.len - 1] == '_';
  dem_dic_record *record = begin(r, dem_str_sub(s, story ? 1 : 0, s.len));
  if (!record) return;
  record->story = story;
  record->prefix = !whole;
}

void dem_dictionary_read(dem_arena *arena, dem_str bytes, dem_dic_kind kind, dem_dictionary *out) {
  reader r = {.arena = arena, .out = out};
  *out = (dem_dictionary){.kind = kind};
  if (dem_str_starts(bytes, "\xEF\xBB\xBF")) bytes = dem_str_sub(bytes, 3, bytes.len);
  for (r.number = 1; bytes.len; r.number++) {
    r.line = latin1(arena, dem_str_cut(&bytes, '\n'));
    if (kind == DEM_DIC_ACTORS && dem_str_find(r.line, DEM_S("---STOP---"), 0) != SIZE_MAX) break;
    dem_str s = content(&r, r.line);
    if (!s.len) continue;
    if (kind == DEM_DIC_ACTORS) actor_line(&r, s);
    else if (kind == DEM_DIC_AGENTS) agent_line(&r, s);
    else discard_line(&r, s);
  }
}

dem_dic_kind dem_dictionary_kind(dem_str name, dem_str bytes) {
  if (dem_str_find(name, DEM_S("agents"), 0) != SIZE_MAX) return DEM_DIC_AGENTS;
  if (dem_str_find(name, DEM_S("discards"), 0) != SIZE_MAX) return DEM_DIC_DISCARDS;
  if (dem_str_find(name, DEM_S("actors"), 0) != SIZE_MAX) return DEM_DIC_ACTORS;
  if (dem_str_find(bytes, DEM_S("[~"), 0) != SIZE_MAX) return DEM_DIC_AGENTS;
  return dem_str_find(bytes, DEM_S("["), 0) == SIZE_MAX ? DEM_DIC_DISCARDS : DEM_DIC_ACTORS;
}
