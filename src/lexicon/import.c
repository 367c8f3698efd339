/* Dictionary records become rows of our tables. A record with dated codes is a person or a body that changed: offices/people, one row
 * for each interval; an undated code beside dated ones holds where none of them does. A plain country is a name of a state;
 * every other actor a body. Null codes, agents and discards become words. Nothing is lost: each phrase of each record is written
 * once per code, the CAMEO code as it was is kept in codes/bodies, and what could not be read is named. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/file.h"
#include "base/utf8.h"
#include "lexicon/dictionary.h"
#include "lexicon/lexicon.h"
#include "model/model.h"

#define FILE_LIMIT ((size_t)256 << 20)
enum { SECTORS_MOST = 5 };

typedef enum target { STATES, BODIES, PEOPLE, CODES, ROLES, WORDS, TARGETS } target;
static const struct {
  const char *path, *columns;
} targets[TARGETS] = {{"actors/states", "form kind country sector name from to source"},
                      {"actors/organisations", "form name kind country sector sectors from to source"},
                      {"offices/people", "form name short gender country sector sectors office from to source"},
                      {"codes/bodies", "name country cameo source"},
                      {"words/roles", "form sector kind number gender office takes source"},
                      {"words/words", "form class value source"}};

typedef struct import {
  dem_arena arena;
  const dem_model *model;
  const char *folder;
  dem_list(dem_str) rows[TARGETS];
  uint32_t phrases[TARGETS]; /* of the file at hand */
  uint32_t kept;             /* codes that were written, of the file at hand */
} import;

/* ---- codes ---- */

typedef struct plover {
  dem_str country, sector[SECTORS_MOST];
  uint32_t sectors;
} plover;

static dem_str code_of_state(const import *im, dem_str element) {
  static const char *const old[][2] = {{"KSV", "KOS"}, {"TMP", "TLS"}, {"ROM", "ROU"}, {"ZAR", "COD"}, {"YUG", "SRB"},
                                       {"SCG", "SRB"}, {"SUN", "RUS"}, {"DDR", "DEU"}, {"CSK", "CZE"}, {"NGM", "ISM"}};
  for (size_t i = 0; i < sizeof old / sizeof *old; i++)
    if (dem_str_is(element, old[i][0])) return dem_str_of(old[i][1]);
  char key[3];
  for (size_t i = 0; i < 3; i++) key[i] = (char)dem_lower((unsigned char)element.data[i]);
  const dem_table *t = dem_model_table(im->model, DEM_TABLE_COUNTRIES);
  uint32_t row = dem_table_find(t, (dem_str){key, 3});
  return row == DEM_NONE ? (dem_str){NULL, 0} : dem_table_cell(t, row, COUNTRIES_CODE);
}

static const char *sector_of(dem_str element) {
  static const char *const roles[][2] = {
      {"GOV", "GOV"}, {"MIL", "MIL"}, {"REB", "REB"}, {"INS", "REB"}, {"SEP", "REB"}, {"OPP", "OPP"}, {"PTY", "PTY"}, {"LEG", "LEG"},
      {"JUD", "JUD"}, {"COP", "COP"}, {"SPY", "SPY"}, {"UAF", "UAF"}, {"AGR", "AGR"}, {"BUS", "BUS"}, {"CRM", "CRM"}, {"CVL", "CVL"},
      {"DEV", "SOC"}, {"ENV", "SOC"}, {"HRI", "SOC"}, {"EDU", "EDU"}, {"ELI", "ELI"}, {"HLH", "MED"}, {"LAB", "LAB"}, {"MED", "JRN"},
      {"REF", "REF"}, {"REL", "REL"}, {"CHR", "REL"}, {"MOS", "REL"}, {"MUS", "REL"}, {"JEW", "REL"}, {"HIN", "REL"}, {"BUD", "REL"}};
  for (size_t i = 0; i < sizeof roles / sizeof *roles; i++)
    if (dem_str_is(element, roles[i][0])) return roles[i][1];
  return NULL;
}

static void add_sector(plover *p, const char *sector) {
  for (uint32_t i = 0; i < p->sectors; i++)
    if (dem_str_is(p->sector[i], sector)) return;
  if (p->sectors == SECTORS_MOST) return;
  p->sector[p->sectors++] = dem_str_of(sector);
  if (strcmp(sector, "PTY") != 0) return;
  p->sector[p->sectors - 1] = p->sector[0]; /* a party comes first in PLOVER: PTY +GOV */
  p->sector[0] = dem_str_of(sector);
}

static plover plover_of(const import *im, dem_str code) {
  plover p = {0};
  for (size_t i = 0; i + 3 <= code.len; i += 3) {
    dem_str element = dem_str_sub(code, i, i + 3);
    const char *sector = sector_of(element);
    if (sector && (i || code_of_state(im, element).len == 0)) add_sector(&p, sector);
    else if (dem_str_is(element, "UNO") || dem_str_is(element, "EEC")) p.country = dem_str_is(element, "UNO") ? DEM_S("UNO") : DEM_S("EUR");
    else if (i == 0 && !dem_str_is(element, "EUR")) p.country = code_of_state(im, element); /* EUR is the region in CAMEO */
  }
  return p;
}

/* ---- words ---- */

static bool small_word(dem_str w) {
  return dem_str_in_list(DEM_S("of|the|and|for|in|on|de|la|del|al|el|bin|ibn|du|des|di|da|van|von|der|ul|e"), w);
}

static bool no_vowel(dem_str w) {
  for (size_t i = 0; i < w.len; i++)
    if (strchr("aeiouyAEIOUY", w.data[i]) || (unsigned char)w.data[i] >= 0x80) return false;
  return true;
}

/* "LEAGUE OF ARAB STATES" -> "League of Arab States"; short words without vowels stay as they are (UN has one: "Un" matches it). */
static dem_str title_case(dem_arena *arena, dem_str s) {
  char *out = dem_arena_push(arena, s.len * 2 + 1);
  size_t n = 0;
  for (size_t i = 0; i < s.len;) {
    size_t end = i;
    while (end < s.len && s.data[end] != ' ' && s.data[end] != '-') end++;
    dem_str word = dem_norm(arena, dem_str_sub(s, i, end));
    bool keep = word.len <= 4 && no_vowel(word), small = i && small_word(word);
    for (size_t k = 0, first = 1; k < word.len; first = 0) {
      uint32_t cp = dem_utf8_next(word, &k);
      if (cp < 0x80 && (keep || (first && !small)) && dem_is_lower((unsigned char)cp)) cp -= 32;
      n += dem_utf8_put(out + n, cp);
    }
    if (end < s.len) out[n++] = s.data[end++];
    i = end;
  }
  return (dem_str){out, n};
}

/* "JAISH-E-MOHAMMAD (JEM)": the name without, and what stands in the brackets when that is one word; "KOREA (NORTH)" stays. */
static dem_str form_of(dem_arena *arena, target to, dem_str phrase, dem_str *inside) {
  size_t open = dem_str_find(phrase, DEM_S("("), 0), close = dem_str_find(phrase, DEM_S(")"), 0);
  *inside = (dem_str){NULL, 0};
  if (to == STATES || open == SIZE_MAX || close == SIZE_MAX || close < open) return title_case(arena, phrase);
  dem_str in = dem_str_sub(phrase, open + 1, close), before = dem_str_trim(dem_str_sub(phrase, 0, open));
  if (in.len > 1 && !memchr(in.data, ' ', in.len)) *inside = in;
  dem_str rest = dem_str_format(arena, "%.*s%.*s", DEM_FMT(before), DEM_FMT(dem_str_sub(phrase, close + 1, phrase.len)));
  return title_case(arena, rest.len ? rest : phrase);
}

static void push_row(import *im, target to, dem_str row) { *dem_push(&im->arena, &im->rows[to]) = row; }

static dem_str iso(import *im, dem_day day) { return dem_day_format(&im->arena, day); }

static dem_str join_sectors(import *im, const plover *p) {
  dem_str list = {NULL, 0};
  for (uint32_t i = 1; i < p->sectors; i++)
    list = list.len ? dem_str_format(&im->arena, "%.*s|%.*s", DEM_FMT(list), DEM_FMT(p->sector[i])) : p->sector[i];
  return list;
}

static const char *kind_of(dem_str sector) {
  if (dem_str_in_list(DEM_S("GOV|MIL|COP|SPY|LEG|JUD"), sector)) return "government";
  return dem_str_in_list(DEM_S("REB|UAF|CRM"), sector) ? "group" : "organisation";
}

static dem_str last_word(dem_str name) {
  size_t at = name.len;
  while (at && name.data[at - 1] != ' ') at--;
  return dem_str_sub(name, at, name.len);
}

static void write_actor(import *im, target to, dem_str form, dem_str name, const dem_dic_code *c) {
  plover p = plover_of(im, c->code);
  dem_str more = join_sectors(im, &p), from = iso(im, c->from), until = iso(im, c->to);
  dem_str sector = p.sector[0];
  if (to == STATES)
    push_row(im, to, dem_str_format(&im->arena, "%.*s\tname\t%.*s\t\t%.*s\t\t\timport", DEM_FMT(form), DEM_FMT(p.country), DEM_FMT(name)));
  else if (to == BODIES)
    push_row(im, to, dem_str_format(&im->arena, "%.*s\t%.*s\t%s\t%.*s\t%.*s\t%.*s\t%.*s\t%.*s\timport", DEM_FMT(form), DEM_FMT(name),
                                    kind_of(sector), DEM_FMT(p.country), DEM_FMT(sector), DEM_FMT(more), DEM_FMT(from), DEM_FMT(until)));
  else
    push_row(im, to, dem_str_format(&im->arena, "%.*s\t%.*s\t%.*s\t\t%.*s\t%.*s\t%.*s\t\t%.*s\t%.*s\timport", DEM_FMT(form), DEM_FMT(name),
                                    DEM_FMT(last_word(name)), DEM_FMT(p.country), DEM_FMT(sector), DEM_FMT(more), DEM_FMT(from),
                                    DEM_FMT(until)));
  if (to == BODIES)
    push_row(im, CODES, dem_str_format(&im->arena, "%.*s\t%.*s\t%.*s\timport", DEM_FMT(name), DEM_FMT(p.country), DEM_FMT(c->code)));
}

/* ---- records ---- */

static bool is_dated(const dem_dic_code *c) { return c->from != DEM_NO_DAY || c->to != DEM_NO_DAY; }

static int by_from(const void *a, const void *b) {
  const dem_dic_code *x = a, *y = b; /* an open start is the least of all days */
  return x->from < y->from ? -1 : x->from > y->from;
}

/* Where no dated code holds: the undated one, in pieces. */
static void gaps(import *im, const dem_dic_codes *dated, dem_str code, dem_dic_codes *out) {
  dem_dic_code *sorted = dem_array(&im->arena, dem_dic_code, dated->n ? dated->n : 1);
  if (dated->n) memcpy(sorted, dated->at, dated->n * sizeof *sorted);
  qsort(sorted, dated->n, sizeof *sorted, by_from);
  dem_day next = DEM_NO_DAY; /* the first day that is not covered yet; open at the start */
  bool open = true;
  for (uint32_t i = 0; i < dated->n && open; i++) {
    if (sorted[i].from != DEM_NO_DAY && (next == DEM_NO_DAY || sorted[i].from > next))
      *dem_push(&im->arena, out) = (dem_dic_code){code, next, sorted[i].from - 1};
    open = sorted[i].to != DEM_NO_DAY;
    if (open && (next == DEM_NO_DAY || sorted[i].to + 1 > next)) next = sorted[i].to + 1;
  }
  if (open) *dem_push(&im->arena, out) = (dem_dic_code){code, next, DEM_NO_DAY};
}

/* "HARBOUR LEAGUE": its last word is a noun for bodies, so that it is no person. */
static bool named_like_a_body(import *im, dem_str name) {
  const dem_table *words = dem_model_table(im->model, DEM_TABLE_WORDS);
  uint32_t row = dem_table_find(words, dem_norm(&im->arena, last_word(name)));
  for (uint32_t end = row == DEM_NONE ? row : dem_table_end(words, row); row < end; row++)
    if (dem_str_is(dem_table_cell(words, row, WORDS_CLASS), "who-org")) return true;
  return false;
}

/* The codes of a record as intervals; which table they belong to. */
static target settle(import *im, const dem_dic_record *r, dem_dic_codes *out) {
  dem_dic_codes dated = {0};
  const dem_dic_code *plain = NULL; /* the last one without dates */
  for (uint32_t i = 0; i < r->codes.n; i++) {
    if (is_dated(&r->codes.at[i])) *dem_push(&im->arena, &dated) = r->codes.at[i];
    else plain = &r->codes.at[i];
  }
  if (dated.n == 0) {
    for (uint32_t i = 0; i < r->codes.n; i++)
      if (r->codes.at[i].code.len) *dem_push(&im->arena, out) = r->codes.at[i];
    bool state = out->n == 1 && out->at[0].code.len == 3 && code_of_state(im, out->at[0].code).len &&
                 !dem_str_in_list(DEM_S("IGO|NGO|IMG|MNC|NGM|EUR|UNO"), out->at[0].code);
    return out->n == 0 ? WORDS : state ? STATES : BODIES;
  }
  for (uint32_t i = 0; i < dated.n; i++)
    if (dated.at[i].code.len) *dem_push(&im->arena, out) = dated.at[i];
  if (plain && plain->code.len) gaps(im, &dated, plain->code, out);
  return out->n == 0 ? WORDS : named_like_a_body(im, r->phrases.at[0]) ? BODIES : PEOPLE;
}

static void take_actor(import *im, const dem_dic_record *r) {
  dem_dic_codes codes = {0};
  target to = settle(im, r, &codes);
  dem_str inside, name = form_of(&im->arena, to, r->phrases.at[0], &inside);
  for (uint32_t i = 0; i < r->phrases.n; i++) {
    dem_str form = form_of(&im->arena, to, r->phrases.at[i], &inside);
    im->phrases[to]++;
    if (to == WORDS) push_row(im, WORDS, dem_str_format(&im->arena, "%.*s\tnull-actor\t\timport", DEM_FMT(form)));
    for (uint32_t k = 0; k < codes.n; k++) {
      write_actor(im, to, form, name, &codes.at[k]);
      if (inside.len) write_actor(im, to, inside, name, &codes.at[k]);
    }
  }
  im->kept += r->codes.n;
}

static void write_agent(import *im, dem_str form, const plover *p, bool prefix, char number) {
  const dem_table *roles = dem_model_table(im->model, DEM_TABLE_ROLES);
  form = dem_norm(&im->arena, form);
  uint32_t known = dem_table_find(roles, form);
  if (known == DEM_NONE) known = dem_table_find(roles, last_word(form)); /* "harbour police" is of the kind of "police" */
  dem_str kind = known == DEM_NONE ? DEM_S("person") : dem_table_cell(roles, known, ROLES_KIND);
  dem_str country = p->country.len ? dem_str_format(&im->arena, "|code=%.*s", DEM_FMT(p->country)) : p->country;
  push_row(im, ROLES, dem_str_format(&im->arena, "%.*s\t%.*s\t%.*s\t%c\t\t\t%s%.*s\timport", DEM_FMT(form), DEM_FMT(p->sector[0]),
                                     DEM_FMT(kind), number, prefix || p->sectors ? "place" : "owner", DEM_FMT(country)));
}

static void take_agent(import *im, const dem_dic_record *r) {
  plover p = plover_of(im, r->codes.at[0].code);
  for (uint32_t i = 0; i < r->phrases.n; i++) write_agent(im, r->phrases.at[i], &p, r->prefix, 's');
  for (uint32_t i = 0; i < r->plurals.n; i++) write_agent(im, r->plurals.at[i], &p, r->prefix, 'p');
  im->phrases[ROLES] += r->phrases.n;
  im->kept += r->codes.n;
}

/* Bare years ("1914") mark history; the rest is skipped. */
static void take_discard(import *im, const dem_dic_record *r) {
  dem_str phrase = dem_norm(&im->arena, r->phrases.at[0]);
  uint32_t year;
  const char *class = r->story ? "discard-story" : "discard-sentence";
  if (phrase.len == 4 && dem_str_u32(phrase, &year)) class = "discard-year";
  im->phrases[WORDS]++;
  push_row(im, WORDS, dem_str_format(&im->arena, "%.*s\t%s\t%s\timport", DEM_FMT(phrase), class, r->prefix ? "begin" : ""));
}

/* ---- files ---- */

static int by_bytes(const void *a, const void *b) { return dem_str_cmp(*(const dem_str *)a, *(const dem_str *)b); }

static bool failed(const char *path) { return fprintf(stderr, "demarche: %s: %s\n", path, strerror(errno)), false; }

static bool make_folder(const char *path) { return mkdir(path, 0777) == 0 || errno == EEXIST || failed(path); }

static bool write_file(const char *path, const char *head, const dem_str *rows, uint32_t n) {
  FILE *f = fopen(path, "wb");
  if (!f) return failed(path);
  for (const char *c = head; *c; c++) fputc(*c == ' ' ? '\t' : *c, f);
  fputc('\n', f);
  for (uint32_t i = 0; i < n; i++) {
    if (i && dem_str_eq(rows[i], rows[i - 1])) continue;
    fwrite(rows[i].data, 1, rows[i].len, f);
    fputc('\n', f);
  }
  bool bad = ferror(f) != 0;
  return (fclose(f) == 0 && !bad) || failed(path);
}

static bool write_targets(import *im) {
  static const char *const folders[] = {"", "/actors", "/offices", "/codes", "/words"};
  for (size_t i = 0; i < sizeof folders / sizeof *folders; i++)
    if (!make_folder(dem_str_format(&im->arena, "%s%s", im->folder, folders[i]).data)) return false;
  for (int t = 0; t < TARGETS; t++) {
    if (im->rows[t].n == 0) continue;
    qsort(im->rows[t].at, im->rows[t].n, sizeof(dem_str), by_bytes);
    dem_str path = dem_str_format(&im->arena, "%s/%s-import.tsv", im->folder, targets[t].path);
    if (!write_file(path.data, targets[t].columns, im->rows[t].at, im->rows[t].n)) return false;
  }
  dem_str source = DEM_S("import\tdictionaries imported by demarche lexicon import\t\t\t");
  return write_file(dem_str_format(&im->arena, "%s/SOURCES.tsv", im->folder).data, "key title licence date url", &source, 1);
}

static void report(const import *im, const char *path, const dem_dictionary *d) {
  static const char *const kinds[] = {"actors", "agents", "discards"};
  uint32_t out = 0;
  for (int t = 0; t < TARGETS; t++) out += im->phrases[t];
  printf("%s: %s\n  in   %u records, %u synonyms, %u codes on %u lines, %u of them dated, %u markers\n  out  %u phrases, %u codes:", path,
         kinds[d->kind], d->records.n, d->synonyms, d->codes, d->code_lines, d->dated, d->markers, out, im->kept);
  for (int t = 0; t < TARGETS; t++)
    if (im->phrases[t]) printf(" %u in %s", im->phrases[t], targets[t].path);
  printf("\n  %u lines could not be read in full\n", d->troubles.n);
  for (uint32_t i = 0; i < d->troubles.n; i++)
    printf("  %s:%u: %s: %.*s\n", path, d->troubles.at[i].line, d->troubles.at[i].why, DEM_FMT(d->troubles.at[i].text));
}

static bool import_file(import *im, const char *path) {
  dem_file file;
  demarche_error err = {0};
  dem_dictionary d;
  if (!dem_file_open(path, FILE_LIMIT, &file, &err)) return fprintf(stderr, "demarche: %s: %s\n", path, err.text), false;
  dem_str bytes = dem_str_copy(&im->arena, file.bytes);
  dem_file_close(&file);
  const char *slash = strrchr(path, '/');
  dem_dictionary_read(&im->arena, bytes, dem_dictionary_kind(dem_str_of(slash ? slash + 1 : path), bytes), &d);
  memset(im->phrases, 0, sizeof im->phrases);
  im->kept = 0;
  for (uint32_t i = 0; i < d.records.n; i++) {
    const dem_dic_record *r = &d.records.at[i];
    if (d.kind == DEM_DIC_ACTORS) take_actor(im, r);
    else if (d.kind == DEM_DIC_AGENTS) take_agent(im, r);
    else take_discard(im, r);
  }
  report(im, path, &d);
  return true;
}

int dem_lexicon_import(const demarche_model *model, const char *folder, size_t n, char **files) {
  import *im = calloc(1, sizeof *im);
  int status = 0;
  if (!im) return fprintf(stderr, "demarche: out of memory\n"), 1;
  im->model = model;
  im->folder = folder;
  dem_arena_init(&im->arena, (size_t)4 << 30);
  if (dem_arena_catch(&im->arena)) {
    fprintf(stderr, "demarche: import: %s\n", im->arena.error.text);
    status = 1;
  } else {
    for (size_t i = 0; i < n; i++) status |= import_file(im, files[i]) ? 0 : 1;
    if (!write_targets(im)) status = 1;
  }
  dem_arena_free(&im->arena);
  free(im);
  return status;
}
