/* Options and commands as data. Everything the user can type stands in the two tables below; parsing, --help and the man
 * page read them, so they cannot disagree. A word that is not known suggests the nearest that is. Refuses: abbreviations of
 * long options, and options before the command other than --help, --version and --man. */
#include "cli/options.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/date.h"
#include "base/limits.h"

typedef struct command {
  const char *name, *arguments, *summary, *text, *example;
} command;

static const command commands[CMD_COUNT] = {
    [CMD_CODE] =
        {"code", "[FILE...]", "write the coded events of dispatches",
         "Reads text, web pages, JSON Lines, tables, web archives, feeds and wire formats, packed or not, and writes one event a "
         "line: who did what to whom, its status, claimant, date, place and spans.",
         "demarche code --format table examples/summit.txt"},
    [CMD_READ] = {"read", "[FILE...]", "write headline, date, text and notes of dispatches, uncoded",
                  "One JSON record a dispatch with the reading fields only.", "demarche read examples/summit.txt"},
    [CMD_PARSE] = {"parse", "[FILE...]", "write sentences, tokens, tags and trees as CoNLL-U",
                   "Reads plain text, or with --conllu CoNLL-U whose tokens are kept.", "demarche parse examples/summit.txt"},
    [CMD_EXPLAIN] = {"explain", "[FILE|SENTENCE...]", "tell what was seen, what fired, what did not and why",
                     "Arguments that are no files are taken as sentences.",
                     "demarche explain --date 2023-03-14 \"Kenya accused Uganda of closing the border on Monday.\""},
    [CMD_RELATE] = {"relate", "[FILE]", "tell the event type between two parties that are given",
                    "Reads a table with tabs and a header line that names the columns id, sentence, source and target; source and "
                    "target are words that stand in the sentence. Writes id, type, mode, status and confidence, a row a row.",
                    "demarche relate pairs.tsv"},
    [CMD_EVAL] = {"eval", "GOLD...", "compare coded events with gold: precision, recall, F1",
                  "GOLD is a JSON Lines file of events whose dispatch.source names a file beside it, or a directory that holds "
                  "*.gold.jsonl.",
                  "demarche eval examples/"},
    [CMD_ACTORS] = {"actors", "find|show NAME", "tell who a name is, on a day",
                    "show: the rows of the lexicon for that name; with --on the office held on that day first, or the last one before "
                    "it. find: every name that holds these words. Columns: name, kind, country and sectors, office, dates, held, "
                    "CAMEO code, COW number, source.",
                    "demarche actors show Macron --on 2016-05-01"},
    [CMD_LEXICON] = {"lexicon", "import|check|diff PATH...", "bring in dictionaries, check and compare tables",
                     "import -o DIR FILE...: TABARI and PETRARCH actor, agent and discard files become tables for --lexicon DIR, with a "
                     "report of what was read and each line that could not be. check DIR: every problem of a folder of tables. "
                     "diff DIR DIR: rows that only one of them has.",
                     "demarche lexicon import -o mine Phoenix.Countries.actors.txt"},
    [CMD_MODEL] = {"model", "show", "show what the model file holds", "Prints its id, tables, weights and recipe.",
                   "demarche model show"},
    [CMD_TRAIN] = {"train", "WHAT...", "train the text engine's weights", "See train/README.md. Takes no options of this page.",
                   "demarche train"},
    [CMD_INGEST] =
        {"ingest", "--store DB [PATH...]", "code dispatches into a store that lasts",
         "Dispatches that the store holds already are passed over, so a run that was stopped is gone on with by running it again. "
         "Near-duplicates are marked, then events are linked. Counts go to standard error; inputs that failed are named there and "
         "kept in the table `rejected`. docs/store.md tells the tables.",
         "demarche ingest --store news.db dispatches.jsonl"},
    [CMD_REBUILD] = {"rebuild", "--store DB", "code again what an older demarche or model coded",
                     "Content stays as it is; records and events are made anew and linked.", "demarche rebuild --store news.db"},
    [CMD_LINK] = {"link", "--store DB", "join reports of one happening; retract what was killed or corrected",
                  "Links are made anew for the whole store. With --explain every join and its reason is written.",
                  "demarche link --store news.db --window 2 --explain"},
    [CMD_EVENTS] = {"events", "--store DB", "list events, one row a happening",
                    "Options narrow the list: parties are a country code (FRA), code and sector (FRA:GOV) or a name. "
                    "TOLD counts the dispatches that tell of it; ! marks happenings that somebody denies.",
                    "demarche events --store news.db --actor FRA --type CONSULT"},
    [CMD_TIES] = {"ties", "--store DB [A [B]]", "what two sides did to each other, over time",
                  "A and B: a dyad by period, both ways round. A alone: its partners. Neither: all dyads. Counts by quad class, means "
                  "of the PLOVER and Goldstein scores, by status and claimant, with a plot.",
                  "demarche ties --store news.db FRA RUS --by month"},
    [CMD_EXPORT] = {"export", "--store DB -t TARGET", "write events for other tools",
                    "plover: PLOVER 2.0 JSON Lines. gdelt, gdelt-mentions, icews, polecat, phoenix: those projects' tables. csv: a row a "
                    "happening. arrow: the same as an Arrow file. Every option that narrows events narrows exports.",
                    "demarche export --store news.db -t gdelt -o events.CSV"},
};

#define ON(cmd) (1u << (cmd))
#define CODERS (ON(CMD_CODE) | ON(CMD_EXPLAIN) | ON(CMD_PARSE))
#define MODEL_USERS                                                                                                        \
  (CODERS | ON(CMD_RELATE) | ON(CMD_EVAL) | ON(CMD_ACTORS) | ON(CMD_LEXICON) | ON(CMD_MODEL) | ON(CMD_INGEST) | ON(CMD_REBUILD) | \
   ON(CMD_EXPORT))
#define WRITERS (CODERS | ON(CMD_READ))
#define ASKERS (ON(CMD_EVENTS) | ON(CMD_TIES) | ON(CMD_EXPORT))
#define STORERS (ASKERS | ON(CMD_INGEST) | ON(CMD_REBUILD) | ON(CMD_LINK))

typedef struct option {
  const char *name, *argument; /* argument NULL: a switch */
  char letter;                 /* 0: long form only */
  unsigned commands;
  const char *help;
  bool (*take)(settings *s, const char *value);
} option;

static bool wrong(const char *format, const char *a, const char *b) {
  fputs("demarche: ", stderr);
  fprintf(stderr, format, a, b);
  fputs("\n", stderr);
  return false;
}

/* ---- the nearest word ---- */

enum { LONGEST_WORD = 31 };

static size_t distance(const char *a, const char *b) {
  size_t n = strlen(a), m = strlen(b), row[LONGEST_WORD + 1];
  if (n > LONGEST_WORD || m > LONGEST_WORD) return LONGEST_WORD;
  for (size_t j = 0; j <= m; j++) row[j] = j;
  for (size_t i = 1; i <= n; i++) {
    size_t diagonal = row[0];
    row[0] = i;
    for (size_t j = 1; j <= m; j++) {
      size_t change = diagonal + (a[i - 1] != b[j - 1]);
      diagonal = row[j];
      if (row[j] + 1 < change) change = row[j] + 1;
      if (row[j - 1] + 1 < change) change = row[j - 1] + 1;
      row[j] = change;
    }
  }
  return row[m];
}

static void nearer(const char *word, const char *candidate, const char **best, size_t *least) {
  size_t d = distance(word, candidate);
  if (d < *least) *best = candidate, *least = d;
}

/* ---- taking values ---- */

static const struct {
  const char *name;
  demarche_part part;
} formats[] = {{"jsonl", DEMARCHE_EVENTS}, {"record", DEMARCHE_RECORD}, {"csv", DEMARCHE_CSV}, {"table", DEMARCHE_TABLE}};

static bool take_format(settings *s, const char *value) {
  const char *best = "jsonl";
  size_t least = LONGEST_WORD;
  for (size_t i = 0; i < sizeof formats / sizeof *formats; i++) {
    if (strcmp(formats[i].name, value) == 0) return s->part = formats[i].part, true;
    nearer(value, formats[i].name, &best, &least);
  }
  return wrong("no format '%s': jsonl, record, csv and table are known; did you mean %s?", value, best);
}

static bool take_date(settings *s, const char *value) {
  dem_day day;
  if (!dem_day_parse(dem_str_of(value), &day)) return wrong("--date must look like 2020-06-26, not '%s'%s", value, "");
  return s->date = value, true;
}

static bool take_on(settings *s, const char *value) {
  dem_day day;
  if (!dem_day_parse(dem_str_of(value), &day)) return wrong("--on must look like 2020-06-26, not '%s'%s", value, "");
  return s->on = value, true;
}

static bool take_jobs(settings *s, const char *value) {
  uint32_t n;
  if (!dem_str_u32(dem_str_of(value), &n) || n > MAX_JOBS) return wrong("--jobs must be 0 to 256, not '%s'%s", value, "");
  long processors = sysconf(_SC_NPROCESSORS_ONLN);
  if (n == 0) n = processors < 1 ? 1 : processors > (long)MAX_JOBS ? MAX_JOBS : (uint32_t)processors;
  return s->jobs = n, true;
}

static bool take_output(settings *s, const char *value) { return s->output = value, true; }
static bool take_model(settings *s, const char *value) { return s->model = value, true; }
static bool take_lexicon(settings *s, const char *value) { return s->lexicon = value, true; }

static bool take_check(settings *s, const char *value) { return (void)value, s->part = DEMARCHE_CHECK, true; }
static bool take_map(settings *s, const char *value) { return s->map = value, true; }

static bool take_from(settings *s, const char *value) {
  static const char names[] = "text|print|html|jsonl|csv|tsv|ninjs|afp|warc|rss|newsml1|newsmlg2|nitf|petrarch|lexis|factiva";
  if (!dem_str_in_list(dem_str_of(names), dem_str_of(value))) return wrong("no format '%s' to read: %s are known", value, names);
  return s->from = value, true;
}

static bool take_limits(settings *s, const char *value) {
  dem_limits limits = DEM_LIMITS;
  const char *why;
  if (!dem_limits_set(&limits, dem_str_of(value), &why)) return wrong("--limits '%s': %s", value, why);
  return s->limits = value, true;
}

static bool take_conllu(settings *s, const char *value) { return (void)value, s->conllu = true; }

/* ---- of the store ---- */

static bool take_store(settings *s, const char *value) { return s->store = value, true; }
static bool take_svg(settings *s, const char *value) { return s->svg = value, true; }
static bool take_no_link(settings *s, const char *value) { return (void)value, s->no_link = true; }
static bool take_explain(settings *s, const char *value) { return (void)value, s->explain = true; }
static bool take_type(settings *s, const char *value) { return s->filter.type = value, true; }
static bool take_status(settings *s, const char *value) { return s->filter.status = value, true; }
static bool take_actor(settings *s, const char *value) { return s->filter.actor = value, true; }
static bool take_recipient(settings *s, const char *value) { return s->filter.recipient = value, true; }
static bool take_claimant(settings *s, const char *value) { return s->filter.claimant = value, true; }
static bool take_place(settings *s, const char *value) { return s->filter.place = value, true; }
static bool take_search(settings *s, const char *value) { return s->filter.text = value, true; }
static bool take_all(settings *s, const char *value) { return (void)value, s->filter.all = true; }

static bool take_since(settings *s, const char *value) {
  dem_day day;
  if (!dem_day_parse(dem_str_of(value), &day)) return wrong("--since must look like 2020-06-26, not '%s'%s", value, "");
  return s->filter.from = value, true;
}

static bool take_until(settings *s, const char *value) {
  dem_day day;
  if (!dem_day_parse(dem_str_of(value), &day)) return wrong("--until must look like 2020-06-26, not '%s'%s", value, "");
  return s->filter.to = value, true;
}

static bool take_limit(settings *s, const char *value) {
  uint32_t n;
  if (!dem_str_u32(dem_str_of(value), &n)) return wrong("--limit must be a number, not '%s'%s", value, "");
  return s->filter.limit = n, true;
}

static bool take_window(settings *s, const char *value) {
  uint32_t n;
  if (!dem_str_u32(dem_str_of(value), &n) || n > 365) return wrong("--window must be 0 to 365 days, not '%s'%s", value, "");
  return s->window = (int)n, true;
}

/* The number of a word in a list that ends with NULL, or -1 and the complaint. */
static int one_of(const char *const *words, const char *value, const char *what) {
  const char *best = words[0];
  size_t least = LONGEST_WORD;
  for (int i = 0; words[i]; i++) {
    if (strcmp(words[i], value) == 0) return i;
    nearer(value, words[i], &best, &least);
  }
  return wrong(what, value, best), -1;
}

static bool take_progress(settings *s, const char *value) {
  static const char *const words[] = {"auto", "never", "json", NULL};
  int i = one_of(words, value, "no --progress '%s': auto, never and json are known; did you mean %s?");
  return i >= 0 && (s->progress = (progress_mode)i, true);
}

static bool take_by(settings *s, const char *value) {
  static const char *const words[] = {"all", "day", "week", "month", "quarter", "year", NULL};
  int i = one_of(words, value, "no period '%s': day, week, month, quarter, year and all are known; did you mean %s?");
  return i >= 0 && (s->by = (dem_period)i, true);
}

static bool take_target(settings *s, const char *value) {
  static const char *const words[] = {"table", "jsonl", "csv", "plover", "gdelt", "gdelt-mentions", "icews", "polecat", "phoenix", "arrow", NULL};
  int i = one_of(words, value, "no target '%s': demarche export --help lists them; did you mean %s?");
  return i >= 0 && (s->target = (dem_target)i, s->targeted = true);
}

static const option options[] = {
    {"format", "WORD", 'f', ON(CMD_CODE) | ON(CMD_ACTORS) | ON(CMD_EVENTS) | ON(CMD_TIES),
     "code: jsonl (one event a line; default), record (one dispatch a line), csv, table; events, ties: table (default), csv, jsonl; "
     "actors: table (default), jsonl",
     take_format},
    {"date", "YYYY-MM-DD", 'd', WRITERS | ON(CMD_INGEST), "publication date of dispatches that name none", take_date},
    {"on", "YYYY-MM-DD", 0, ON(CMD_ACTORS), "the day that is asked about", take_on},
    {"from", "FORMAT", 0, WRITERS | ON(CMD_INGEST),
     "read text, html, jsonl, csv, tsv, warc, rss, newsml1, newsmlg2, nitf, ninjs, afp, petrarch, lexis or factiva, whatever it looks like",
     take_from},
    {"map", "FIELD=NAME,...", 0, WRITERS | ON(CMD_INGEST),
     "names of fields in JSON and tables: text=maintext,date=date_publish; paths have dots", take_map},
    {"limits", "NAME=N,...", 0, WRITERS | ON(CMD_INGEST),
     "of a dispatch: input=67108864 and text=4194304 (bytes), depth=512, attributes=256, layers=2, ratio=200", take_limits},
    {"check", NULL, 0, ON(CMD_READ), "tell in a line for each dispatch what was read and what is missing", take_check},
    {"conllu", NULL, 0, ON(CMD_PARSE), "the input is CoNLL-U; keep its tokens", take_conllu},
    {"jobs", "N", 'j', WRITERS | ON(CMD_INGEST) | ON(CMD_REBUILD), "code with N threads (0: one per processor); the output is the same", take_jobs},
    {"output", "FILE", 'o', WRITERS | ON(CMD_RELATE) | ON(CMD_ACTORS) | ON(CMD_LEXICON) | ON(CMD_MODEL) | ASKERS,
     "write to FILE, not to standard output; lexicon import: the folder of tables", take_output},
    {"model", "FILE", 'm', MODEL_USERS,
     "the compiled model; default: $DEMARCHE_MODEL, then en.dmm beside the program, then ../share/demarche/en.dmm", take_model},
    {"lexicon", "DIR", 'l', MODEL_USERS,
     "a folder of lexicon tables laid over the model's: its forms are added or replace those of the model", take_lexicon},
    {"store", "DB", 's', STORERS, "the store: one SQLite file; ingest makes it", take_store},
    {"target", "WORD", 't', ON(CMD_EXPORT) | ON(CMD_CODE),
     "plover, gdelt, gdelt-mentions, icews, polecat, phoenix, csv (default of export) or arrow; on code: as if ingested and exported", take_target},
    {"by", "PERIOD", 0, ON(CMD_TIES), "a row a day, week, month, quarter or year; all (default): one row", take_by},
    {"svg", "FILE", 0, ON(CMD_TIES), "draw the dyad into FILE", take_svg},
    {"type", "TYPE", 0, ASKERS, "only this PLOVER type", take_type},
    {"status", "WORD", 0, ASKERS, "only asserted, negated, future, hypothetical, historical, suspected or denied", take_status},
    {"actor", "WHO", 0, ON(CMD_EVENTS) | ON(CMD_EXPORT), "only what this code, code:sector or name did", take_actor},
    {"recipient", "WHO", 0, ON(CMD_EVENTS) | ON(CMD_EXPORT), "only what was done to it", take_recipient},
    {"claimant", "WHO", 0, ON(CMD_EVENTS) | ON(CMD_EXPORT), "only what it says", take_claimant},
    {"place", "WHERE", 0, ON(CMD_EVENTS) | ON(CMD_EXPORT), "only at this place, or in the country of this code", take_place},
    {"since", "YYYY-MM-DD", 0, ASKERS, "only what ended on this day or later", take_since},
    {"until", "YYYY-MM-DD", 0, ASKERS, "only what began on this day or earlier", take_until},
    {"search", "QUERY", 0, ON(CMD_EVENTS) | ON(CMD_EXPORT), "only of dispatches whose headline or text matches (FTS5 query)", take_search},
    {"limit", "N", 0, ON(CMD_EVENTS) | ON(CMD_EXPORT), "at most N rows", take_limit},
    {"all", NULL, 0, ON(CMD_EVENTS) | ON(CMD_EXPORT), "every account of a happening, the retracted too", take_all},
    {"window", "DAYS", 0, ON(CMD_INGEST) | ON(CMD_REBUILD) | ON(CMD_LINK), "days between two accounts of one happening (default 2)",
     take_window},
    {"explain", NULL, 0, ON(CMD_LINK), "write why events were joined or retracted", take_explain},
    {"no-link", NULL, 0, ON(CMD_INGEST) | ON(CMD_REBUILD), "do not link at the end", take_no_link},
    {"progress", "WORD", 0, ON(CMD_INGEST) | ON(CMD_REBUILD), "auto (a line on a terminal; default), never, json (on standard error)",
     take_progress},
};
enum { OPTIONS = sizeof options / sizeof *options };

/* ---- help and manual ---- */

static void help_option(const option *o) {
  char left[64];
  snprintf(left, sizeof left, "%s%c%s --%s%s%s", o->letter ? "-" : " ", o->letter ? o->letter : ' ', o->letter ? "," : " ",
           o->name, o->argument ? " " : "", o->argument ? o->argument : "");
  printf("  %-25s %s\n", left, o->help);
}

static void help_all(void) {
  printf(
      "demarche: who did, said or promised what, to whom, when, where and according to whom, from news text\n\n"
      "  demarche code --format table examples/summit.txt    the events, for reading\n"
      "  demarche code dispatches.jsonl > events.jsonl       one event a line, for programs\n"
      "  demarche explain \"Kenya accused Uganda of closing the border.\"\n\nCommands (demarche COMMAND --help tells more):\n");
  for (int i = 0; i < CMD_COUNT; i++) printf("  %-8s %-20s %s\n", commands[i].name, commands[i].arguments, commands[i].summary);
  printf("\nOptions:\n");
  for (int i = 0; i < OPTIONS; i++) help_option(&options[i]);
  printf("  -h, --help                this text, or that of a command\n  -V, --version             the version\n");
  printf(
      "\nWith no FILE, or with -, standard input is read. Directories are read whole, in sorted order, hidden files and\n"
      "*.gold.jsonl skipped. Exit status: 0 all well, 1 some inputs failed (named on stderr, the rest done), 2 wrong usage.\n");
}

void options_help(command_id id) {
  if (id == CMD_COUNT) {
    help_all();
    return;
  }
  const command *c = &commands[id];
  printf("demarche %s %s: %s\n\n%s\n\n  %s\n\nOptions:\n", c->name, c->arguments, c->summary, c->text, c->example);
  for (int i = 0; i < OPTIONS; i++)
    if (options[i].commands & ON(id)) help_option(&options[i]);
  printf("  -h, --help                this text\n");
}

/* A string of the tables as roff: hyphens and backslashes kept as typed, no line begins with a request. */
static void roff(const char *s) {
  for (; *s; s++) {
    if (*s == '\\') fputs("\\e", stdout);
    else if (*s == '-') fputs("\\-", stdout);
    else putchar(*s);
  }
}

static void manual_option(const option *o) {
  printf(".TP\n.BR ");
  if (o->letter) printf("\\-%c \", \" ", o->letter);
  printf("\\-\\-%s", o->name);
  if (o->argument) printf(" \" \" \\fI%s\\fR", o->argument);
  printf("\n");
  roff(o->help);
  printf(" (");
  const char *comma = "";
  for (int i = 0; i < CMD_COUNT; i++)
    if (o->commands & ON(i)) printf("%s%s", comma, commands[i].name), comma = ", ";
  printf(")\n");
}

static void manual(void) {
  printf(".\\\" Made by `demarche --man` from the tables in src/cli/options.c.\n.TH DEMARCHE 1 \"\" \"demarche " DEMARCHE_VERSION
         "\"\n"
         ".SH NAME\ndemarche \\- coded political events from news dispatches\n.SH SYNOPSIS\n");
  for (int i = 0; i < CMD_COUNT; i++)
    printf(".B demarche %s\n.RI [ options ] \" %s\"\n.br\n", commands[i].name, commands[i].arguments);
  printf(".SH COMMANDS\n");
  for (int i = 0; i < CMD_COUNT; i++) {
    printf(".TP\n.B %s\n", commands[i].name);
    roff(commands[i].summary);
    printf(".\n");
    roff(commands[i].text);
    printf("\n.RS\n.nf\n");
    roff(commands[i].example);
    printf("\n.fi\n.RE\n");
  }
  printf(".SH OPTIONS\n");
  for (int i = 0; i < OPTIONS; i++) manual_option(&options[i]);
  printf(
      ".TP\n.BR \\-h \", \" \\-\\-help\nhelp, for each command too\n.TP\n.BR \\-V \", \" \\-\\-version\nthe version\n"
      ".SH FILES\nStandard input is read when no file is given, or for \\-. Directories are read whole, in sorted order; hidden "
      "files\nand *.gold.jsonl are skipped.\n"
      ".SH EXIT STATUS\n0: all well. 1: some inputs failed, each named on standard error, the rest done. 2: wrong usage or no "
      "usable model.\nA closed pipe is success.\n"
      ".SH ENVIRONMENT\n.TP\n.B DEMARCHE_MODEL\nthe compiled model, where \\-\\-model is not given\n");
}

/* ---- parsing ---- */

static const option *known_letter(char letter, command_id id) {
  for (int i = 0; i < OPTIONS; i++)
    if (options[i].letter == letter && letter && options[i].commands & ON(id)) return &options[i];
  return NULL;
}

static const option *known_name(const char *name, size_t len, command_id id) {
  for (int i = 0; i < OPTIONS; i++)
    if (strlen(options[i].name) == len && memcmp(options[i].name, name, len) == 0 && options[i].commands & ON(id))
      return &options[i];
  return NULL;
}

static bool unknown_option(const char *word, command_id id) {
  char name[LONGEST_WORD + 1] = "";
  const char *best = "help";
  size_t least = LONGEST_WORD;
  snprintf(name, sizeof name, "%s", word + (word[1] == '-' ? 2 : 1));
  name[strcspn(name, "=")] = 0;
  for (int i = 0; i < OPTIONS; i++)
    if (options[i].commands & ON(id)) nearer(name, options[i].name, &best, &least);
  if (least > 3) return wrong("no option '%s' here: demarche %s --help lists them", word, commands[id].name);
  return wrong("no option '%s' here; did you mean --%s?", word, best);
}

/* One option word at argv[*i]; moves *i past a separate value. */
static bool parse_option(int argc, char **argv, int *i, settings *s) {
  const char *word = argv[*i], *value = NULL;
  const option *o;
  if (word[1] == '-') {
    size_t len = strcspn(word + 2, "=");
    o = known_name(word + 2, len, s->command);
    if (word[2 + len]) value = word + 3 + len;
  } else {
    o = known_letter(word[1], s->command);
    if (word[2]) value = word + 2;
  }
  if (!o) return unknown_option(word, s->command);
  if (!o->argument && value) return wrong("--%s takes no value%s", o->name, "");
  if (o->argument && !value) {
    if (*i + 1 >= argc) return wrong("--%s needs a value: %s", o->name, o->argument);
    value = argv[++*i];
  }
  return o->take(s, value);
}

static parsed before_command(const char *word) {
  if (strcmp(word, "--help") == 0 || strcmp(word, "-h") == 0 || strcmp(word, "help") == 0)
    return options_help(CMD_COUNT), PARSED_DONE;
  if (strcmp(word, "--version") == 0 || strcmp(word, "-V") == 0) return puts("demarche " DEMARCHE_VERSION), PARSED_DONE;
  if (strcmp(word, "--man") == 0) return manual(), PARSED_DONE;
  return PARSED_RUN;
}

static bool find_command(const char *word, command_id *id) {
  const char *best = "code";
  size_t least = LONGEST_WORD;
  for (int i = 0; i < CMD_COUNT; i++) {
    if (strcmp(commands[i].name, word) == 0) return *id = (command_id)i, true;
    nearer(word, commands[i].name, &best, &least);
  }
  return wrong("no command '%s'; did you mean %s? (demarche --help lists all)", word, best);
}

static demarche_part default_part(command_id id) {
  static const demarche_part part[CMD_COUNT] = {
      [CMD_CODE] = DEMARCHE_EVENTS, [CMD_READ] = DEMARCHE_READING, [CMD_PARSE] = DEMARCHE_CONLLU, [CMD_EXPLAIN] = DEMARCHE_WHY,
      [CMD_EVENTS] = DEMARCHE_TABLE, [CMD_TIES] = DEMARCHE_TABLE,
      [CMD_ACTORS] = DEMARCHE_TABLE};
  return part[id];
}

parsed options_parse(int argc, char **argv, settings *s) {
  *s = (settings){.program = argc ? argv[0] : "", .jobs = 1, .window = DEM_HAPPENING_WINDOW, .target = DEM_TARGET_CSV};
  if (argc < 2) return options_help(CMD_COUNT), PARSED_DONE;
  parsed early = before_command(argv[1]);
  if (early != PARSED_RUN) return early;
  if (!find_command(argv[1], &s->command)) return PARSED_WRONG;
  s->part = default_part(s->command);
  s->args = argv + 2;
  if (s->command == CMD_TRAIN) return s->n = (size_t)argc - 2, PARSED_RUN;
  bool only_files = false;
  for (int i = 2; i < argc; i++) {
    char *word = argv[i];
    if (only_files || word[0] != '-' || !word[1]) {
      s->args[s->n++] = word;
    } else if (strcmp(word, "--") == 0) {
      only_files = true;
    } else if (strcmp(word, "--help") == 0 || strcmp(word, "-h") == 0) {
      return options_help(s->command), PARSED_DONE;
    } else if (!parse_option(argc, argv, &i, s)) {
      return PARSED_WRONG;
    }
  }
  return PARSED_RUN;
}
