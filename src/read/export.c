/* Articles of newspaper databases as their text exports have them. Lexis (old and Nexis Uni): labelled lines ("BYLINE:", "LENGTH:"),
 * the story between the last label, or the line "Body", and the first label behind it ("LOAD-DATE:", "Classification"). Factiva:
 * fields of two letters (HD, BY, PD, SN, LA, LP, TD, AN) whose lines go on indented. A correction printed with an article makes its
 * status. Refuses: cover pages, which have no length or body. */
#include "read/parts.h"

/* ---- shared ---- */

static void take_byline(dem_doc *doc, dem_str line) {
  dem_str names, agency;
  if (doc->byline.len || !line.len) return;
  doc->byline = dem_read_byline(line, &names) ? names : line;
  if (dem_read_agency_in(doc->byline, &agency)) doc->agency = agency;
}

static void take_publication(dem_doc *doc, dem_str name) {
  dem_str agency;
  if (!doc->agency.len && dem_read_agency(name, &agency)) doc->agency = agency;
  else if (!doc->publisher.len) doc->publisher = name;
}

static void give_body(dem_doc *doc, const dem_lines *body) {
  dem_blocks blocks = dem_read_blocks(&doc->arena, body);
  dem_read_body(doc, &blocks);
  if (!doc->text.len) dem_doc_note(doc, "empty", DEM_S("the article has no text"), (dem_span){0, 0});
}

/* ---- Lexis ---- */

typedef enum lexis_label {
  BYLINE,
  SECTION,
  LENGTH,
  URL,
  DATELINE,
  HEADLINE,
  LANGUAGE,
  LOADED,
  CORRECTION,
  HIGHLIGHT,
  TAIL,
  LEXIS_LABELS
} lexis_label;
static const char *const lexis_names[LEXIS_LABELS][5] = {
    {"byline", NULL},    {"section", NULL},
    {"length", NULL},    {"url", NULL},      {"dateline", NULL},
    {"headline", NULL},  {"language", NULL},
    {"load-date", NULL}, {"correction-date", "correction", NULL},
    {"highlight", NULL}, {"publication-type", "graphic", "subject", "document-type", NULL},
};

/* Which label begins the line; `rest` is what follows it. LEXIS_LABELS when none does. */
static lexis_label label_of(dem_str line, dem_str *rest) {
  if (line.len > 2000) return LEXIS_LABELS;
  for (lexis_label l = 0; l < LEXIS_LABELS; l++) {
    for (size_t i = 0; lexis_names[l][i]; i++) {
      size_t n = strlen(lexis_names[l][i]);
      if (line.len <= n || line.data[n] != ':' || !dem_str_is_nocase(dem_str_sub(line, 0, n), lexis_names[l][i])) continue;
      *rest = dem_str_trim(dem_str_sub(line, n + 1, line.len));
      return l;
    }
  }
  return LEXIS_LABELS;
}

static bool is_counter(dem_str line) { /* "3 of 120 DOCUMENTS" */
  return line.len < 60 && dem_str_ends(line, " DOCUMENTS") && dem_is_digit((unsigned char)line.data[0]);
}

typedef struct lexis {
  dem_doc *doc;
  dem_str head[8]; /* lines without label before the story */
  size_t heads;
  bool said, body, tail; /* a label was met; inside the story; behind it */
  dem_lines story;
} lexis;

static void take_label(lexis *x, lexis_label l, dem_str rest) {
  x->said = true;
  switch (l) {
    case BYLINE: take_byline(x->doc, rest); break;
    case HEADLINE: x->doc->headline = rest; break;
    case DATELINE: dem_read_dateline_field(x->doc, rest); break;
    case URL:
      if (dem_read_is_url(rest)) x->doc->url = rest;
      break;
    case LANGUAGE: dem_read_language(x->doc, rest); break;
    case LOADED:
      if (!x->doc->published.len) dem_read_published(x->doc, rest);
      break;
    case CORRECTION:
      x->doc->status = DEM_S("corrected");
      dem_doc_note(x->doc, "editors", dem_str_format(&x->doc->arena, "correction: %.*s", DEM_FMT(dem_read_start(rest, 200))),
                   (dem_span){0, 0});
      break;
    default: break;
  }
}

static bool ends_story(lexis_label l) { return l == LOADED || l == URL || l == LANGUAGE || l == CORRECTION || l == TAIL; }

static void lexis_line(lexis *x, dem_line line) {
  dem_str rest = {NULL, 0}, s = line.text;
  lexis_label l = label_of(s, &rest);
  if (is_counter(s) || dem_str_is(s, "End of Document")) return;
  if (dem_str_is(s, "Body") && !x->body) {
    x->body = true;
    return;
  }
  bool closing = dem_str_is(s, "Classification") || dem_str_is(s, "Graphic") || dem_str_is(s, "Load-Date:");
  if (closing || (x->story.n && ends_story(l))) x->tail = true;
  if (l != LEXIS_LABELS && !(x->body && !x->tail)) {
    take_label(x, l, rest);
    return;
  }
  bool copyright = dem_str_starts(s, "Copyright") || dem_str_is_nocase(s, "all rights reserved");
  if (x->tail || copyright) return;
  if (x->said || x->body) *dem_push(&x->doc->arena, &x->story) = line;
  else if (x->heads < 8) x->head[x->heads++] = s;
}

/* Newspaper, date, edition, headline; or headline, newspaper, date. */
static void sort_heads(lexis *x) {
  dem_date_found f;
  size_t date = 0;
  while (date < x->heads && !(dem_read_date(x->head[date], &f) && f.year)) date++;
  if (date == x->heads) {
    if (x->heads && !x->doc->headline.len) x->doc->headline = x->head[0];
    return;
  }
  dem_read_published(x->doc, x->head[date]);
  if (date >= 2) {
    if (!x->doc->headline.len) x->doc->headline = x->head[0];
    take_publication(x->doc, x->head[1]);
    return;
  }
  if (date == 1) take_publication(x->doc, x->head[0]);
  for (size_t i = date + 1; i < x->heads && !x->doc->headline.len; i++)
    if (dem_str_find(x->head[i], DEM_S("Edition"), 0) == SIZE_MAX && dem_str_find(x->head[i], DEM_S(" GMT"), 0) == SIZE_MAX)
      x->doc->headline = x->head[i];
}

bool dem_read_is_lexis(dem_str text) {
  bool length = false, more = false;
  for (size_t lines = 0; text.len && lines < 400; lines++) {
    dem_str line = dem_str_trim(dem_str_cut(&text, '\n')), rest;
    lexis_label l = label_of(line, &rest);
    length |= l == LENGTH && dem_str_find(dem_str_sub(rest, 0, 40), DEM_S(" word"), 0) != SIZE_MAX;
    more |= is_counter(line) || dem_str_is(line, "Body") || l == LOADED;
    if (length && more) return true;
  }
  return false;
}

static void read_lexis(dem_doc *doc, dem_str text) {
  lexis x = {.doc = doc};
  dem_lines lines = dem_read_lines(&doc->arena, text);
  for (uint32_t i = 0; i < lines.n; i++) lexis_line(&x, lines.at[i]);
  sort_heads(&x);
  doc->format = DEM_S("lexis");
  give_body(doc, &x.story);
}

/* ---- Factiva ---- */

/* "HD", "HD  Headline", "LP\tText": two or three capitals, then blanks or the end. */
static bool tag_of(dem_str line, dem_str *rest) {
  static const char tags[] = "|SE|HD|CR|WC|PD|ET|SN|SC|ED|PG|LA|CY|LP|TD|CT|RF|CO|IN|NS|RE|IPC|IPD|PUB|AN|BY|CLM|ART|VOL|";
  size_t n = 0;
  char with[6] = "|";
  while (n < line.len && n < 3 && dem_is_upper((unsigned char)line.data[n])) n++;
  if (n < 2 || (n < line.len && line.data[n] != ' ' && line.data[n] != '\t')) return false;
  if (n < line.len && line.data[n] == ' ' && !(n + 1 < line.len && line.data[n + 1] == ' ') &&
      dem_str_trim(dem_str_sub(line, n, line.len)).len)
    return false;
  memcpy(with + 1, line.data, n);
  with[n + 1] = '|';
  with[n + 2] = 0;
  if (dem_str_find(dem_str_of(tags), dem_str_of(with), 0) == SIZE_MAX) return false;
  *rest = dem_str_trim(dem_str_sub(line, n, line.len));
  return true;
}

bool dem_read_is_factiva(dem_str text) {
  bool headline = false;
  for (size_t lines = 0; text.len && lines < 400; lines++) {
    dem_str line = dem_str_cut(&text, '\n'), rest;
    if (line.len && line.data[line.len - 1] == '\r') line.len--;
    if (!tag_of(line, &rest)) continue;
    if (dem_str_starts(line, "HD")) headline = true;
    if (headline && (dem_str_starts(line, "LP") || dem_str_starts(line, "TD") || dem_str_starts(line, "AN"))) return true;
  }
  return false;
}

static dem_str joined(dem_doc *doc, dem_str a, dem_str b) {
  return a.len ? dem_str_format(&doc->arena, "%.*s %.*s", DEM_FMT(a), DEM_FMT(b)) : b;
}

static void factiva_field(dem_doc *doc, const char tag[4], dem_str value) {
  if (strcmp(tag, "HD") == 0) doc->headline = joined(doc, doc->headline, value);
  else if (strcmp(tag, "BY") == 0) take_byline(doc, value);
  else if (strcmp(tag, "PD") == 0) dem_read_published(doc, value);
  else if (strcmp(tag, "SN") == 0) take_publication(doc, value);
  else if (strcmp(tag, "LA") == 0) dem_read_language(doc, value);
  else if (strcmp(tag, "AN") == 0) doc->source = dem_str_starts(value, "Document ") ? dem_str_sub(value, 9, value.len) : value;
}

static void read_factiva(dem_doc *doc, dem_str text) {
  dem_lines body = {0};
  char tag[4] = "";
  bool gap = true;
  while (text.len) {
    dem_str line = dem_str_cut(&text, '\n'), rest = dem_str_trim(line);
    bool named = tag_of(line, &rest);
    if (named) {
      size_t n = dem_is_upper((unsigned char)line.data[line.len > 2 ? 2 : 0]) && line.len > 2 ? 3 : 2;
      memcpy(tag, line.data, n);
      tag[n] = 0;
    }
    bool in_body = strcmp(tag, "LP") == 0 || strcmp(tag, "TD") == 0;
    if (in_body && rest.len) *dem_push(&doc->arena, &body) = (dem_line){.text = rest, .gap = gap || named};
    gap = in_body && !rest.len;
    if (!in_body && rest.len) factiva_field(doc, tag, rest);
  }
  doc->format = DEM_S("factiva");
  give_body(doc, &body);
}

void dem_read_export(dem_doc *doc, dem_str text) {
  if (dem_read_is_factiva(text)) read_factiva(doc, text);
  else read_lexis(doc, text);
}
