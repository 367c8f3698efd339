/* The order of reading: unpack -> what is it? -> fields and body -> dateline -> what the fields imply. Formats are told by their first
 * signs alone, unless the option "from" says. Invariant: afterwards text is valid UTF-8, paragraphs tile it, and id depends on the
 * content only, never on the options. Refuses what holds no text it can reach, with a line that says what to do. */
#include "read/read.h"

#include "base/unpack.h"
#include "base/utf8.h"
#include "read/parts.h"
#include "read/xml.h"

typedef struct signature {
  const char *bytes;
  size_t len;
  const char *advice;
} signature;

#define SIGNATURE(bytes, advice)                                                                                                 \
  { bytes, sizeof(bytes) - 1, advice }

static const signature refused[] = {
    SIGNATURE("PK\x03\x04", "a ZIP archive (or DOCX): save its text as plain text first"),
    SIGNATURE("%PDF-", "a PDF: extract its text first (pdftotext)"),
    SIGNATURE("\x89PNG", "an image: give text"),
    SIGNATURE("\xFF\xD8\xFF", "an image: give text"),
    SIGNATURE("\x7F"
              "ELF",
              "a program: give text"),
    SIGNATURE("\xD0\xCF\x11\xE0", "an old Office file: save it as plain text first"),
    SIGNATURE("{\\rtf", "rich text (RTF): save it as plain text first"),
    SIGNATURE("BZh", "bzip2 data: unpack it first (bzcat FILE | demarche code -)"),
    SIGNATURE("\xFD"
              "7zXZ",
              "xz data: unpack it first (xzcat FILE | demarche code -)"),
};

static void refuse_binaries(dem_doc *doc, dem_str s) {
  for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++)
    if (s.len >= refused[i].len && memcmp(s.data, refused[i].bytes, refused[i].len) == 0)
      dem_arena_fail(&doc->arena, DEMARCHE_FORMAT, refused[i].advice);
}

_Noreturn void dem_read_fail(dem_doc *doc, demarche_status status, dem_str why) {
  char line[200];
  size_t n = why.len < sizeof line - 1 ? why.len : sizeof line - 1;
  if (n) memcpy(line, why.data, n);
  line[n] = 0;
  dem_arena_fail(&doc->arena, status, line);
}

/* ---- what is it? ---- */

typedef enum format { TEXT, HTML, JSON, XML, WARC, EXPORT } format;

static bool starts_nocase(dem_str s, const char *lowered) {
  return dem_str_is_nocase(dem_str_sub(s, 0, strlen(lowered)), lowered);
}

static bool has_nocase(dem_str s, const char *lowered) { /* begins with '<' */
  for (size_t i = 0; i < s.len; i++)
    if (s.data[i] == '<' && i + 1 < s.len && dem_lower((unsigned char)s.data[i + 1]) == lowered[1] && starts_nocase(dem_str_sub(s, i, s.len), lowered))
      return true;
  return false;
}

/* The start of the bytes, in ASCII as far as it goes: UTF-16 is thinned, white space and byte order marks are off. */
static dem_str look(dem_arena *arena, dem_str s) {
  bool wide = s.len > 3 && (memcmp(s.data, "\xFF\xFE", 2) == 0 || memcmp(s.data, "\xFE\xFF", 2) == 0);
  if (!wide) {
    if (dem_str_starts(s, "\xEF\xBB\xBF")) s = dem_str_sub(s, 3, s.len);
    size_t at = 0;
    while (at < s.len && dem_is_space((unsigned char)s.data[at])) at++;
    return dem_str_sub(s, at, at + 4096);
  }
  size_t n = 0;
  char *out = dem_arena_push(arena, 4096);
  for (size_t i = s.data[0] == '\xFF' ? 2 : 3; i < s.len && n < 4096; i += 2) out[n++] = s.data[i];
  return dem_str_trim((dem_str){out, n});
}

static format format_by_look(dem_str s) {
  static const char *const roots[] = {"<rss", "<rdf:rdf", "<feed", "<entry", "<newsml", "<newsitem", "<newsmessage", "<packageitem", "<nitf", "<sentence"};
  static const char *const html[] = {"<html", "<!doctype html", "<head", "<body", "<div", "<meta", "<table", "<script"};
  if (dem_str_starts(s, "WARC/1.")) return WARC;
  if (s.len && (s.data[0] == '{' || (s.data[0] == '[' && dem_str_starts(dem_str_trim(dem_str_sub(s, 1, s.len)), "{")))) return JSON;
  bool tag = s.len > 1 && s.data[0] == '<' && (dem_is_alpha((unsigned char)s.data[1]) || s.data[1] == '!' || s.data[1] == '?');
  if (!tag || !memchr(s.data, '>', s.len)) return TEXT;
  for (size_t i = 0; i < sizeof roots / sizeof roots[0]; i++)
    if (has_nocase(s, roots[i])) return XML;
  for (size_t i = 0; i < sizeof html / sizeof html[0]; i++)
    if (has_nocase(s, html[i])) return HTML;
  return starts_nocase(s, "<?xml") ? XML : HTML;
}

static format format_by_name(dem_doc *doc, dem_str looked) {
  static const struct {
    const char *name;
    format format;
  } names[] = {{"text", TEXT},  {"print", TEXT},   {"html", HTML},    {"jsonl", JSON},    {"csv", JSON},    {"tsv", JSON},
               {"ninjs", JSON}, {"afp", JSON},     {"warc", WARC},    {"rss", XML},       {"newsml1", XML}, {"newsmlg2", XML},
               {"nitf", XML},   {"petrarch", XML}, {"lexis", EXPORT}, {"factiva", EXPORT}};
  dem_str from = dem_str_of(doc->option_from);
  if (!from.len) return format_by_look(looked);
  for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
    if (dem_str_is(from, names[i].name)) return names[i].format;
  dem_arena_fail(
      &doc->arena, DEMARCHE_FORMAT,
      "no such format to read from: text, html, jsonl, csv, tsv, warc, rss, newsml1, newsmlg2, nitf, ninjs, afp, petrarch, lexis, factiva");
}

static void refuse_lists(dem_doc *doc, dem_str s) {
  if (s.len && s.data[0] == '[')
    dem_arena_fail(&doc->arena, DEMARCHE_FORMAT, "a JSON array: give one object a line (jq -c '.[]')");
}

static void read_text(dem_doc *doc, dem_str bytes, bool export) {
  dem_str text = dem_read_decode(doc, bytes), start = dem_str_trim(dem_str_sub(text, 0, 4096));
  if (start.len && start.data[0] == '}')
    dem_arena_fail(&doc->arena, DEMARCHE_FORMAT, "not JSON, among lines that are: give one JSON object a line");
  if (doc->whole) dem_read_whole(doc, text);
  else if (export || dem_read_is_lexis(text) || dem_read_is_factiva(text)) dem_read_export(doc, text);
  else dem_read_page(doc, text);
}

void dem_read_bytes(dem_doc *doc, dem_str bytes, dem_str charset) {
  refuse_binaries(doc, bytes);
  dem_str start = look(&doc->arena, bytes);
  switch (format_by_name(doc, start)) {
    case HTML: dem_read_html(doc, bytes, charset); break;
    case XML: dem_read_xml(doc, bytes); break;
    case WARC: dem_read_warc(doc, bytes); break;
    case JSON:
      refuse_lists(doc, start);
      dem_read_record(doc, dem_read_decode(doc, bytes));
      break;
    case EXPORT: read_text(doc, bytes, true); break;
    case TEXT: read_text(doc, bytes, false);
  }
}

/* Take off what it is packed in, as many layers as may be. */
static dem_str unpacked(dem_doc *doc, dem_str bytes) {
  dem_packing kind;
  for (uint64_t layers = 0; (kind = dem_packing_of(bytes)) != DEM_PACKED_NOT; layers++) {
    bool damaged;
    dem_str out, why;
    if (layers == doc->limits.layers)
      dem_arena_fail(&doc->arena, DEMARCHE_LIMIT, "packed more often than the limit allows (2 times by default)");
    if (!dem_unpack_all(&doc->arena, kind, bytes, doc->limits.input, doc->limits.ratio, &out, &damaged, &why))
      dem_read_fail(doc, DEMARCHE_LIMIT, why);
    if (damaged) dem_doc_note(doc, "damaged", DEM_S("the packed data is damaged: what came before is read"), (dem_span){0, 0});
    bytes = out;
  }
  return bytes;
}

/* ---- what is the same for every format ---- */

static dem_str content_id(dem_doc *doc) {
  uint64_t h = dem_hash(doc->text.data, doc->text.len, 0);
  h = dem_hash(doc->headline.data, doc->headline.len, h);
  h = dem_hash(doc->published.data, doc->published.len, h);
  return dem_str_format(&doc->arena, "%08x%08x", (unsigned)(h >> 32), (unsigned)(h & 0xFFFFFFFF));
}

/* The agency that the dateline names, in its usual form. */
static void agency_from_dateline(dem_doc *doc) {
  dem_str usual;
  if (!doc->agency.len && dem_read_agency(doc->dateline.agency, &usual)) doc->agency = usual;
}

static void publication_date(dem_doc *doc) {
  doc->id = content_id(doc);
  if (!doc->published.len && doc->option_date) dem_read_published(doc, dem_str_copy(&doc->arena, dem_str_of(doc->option_date)));
  if (!doc->published.len)
    dem_doc_note(doc, "no-date", DEM_S("no publication date: days like \"Monday\" cannot be resolved (--date gives one)"),
                 (dem_span){0, 0});
}

static void read_conllu(dem_doc *doc) { /* the text stage reads the tokens off doc->bytes */
  doc->format = DEM_S("conllu");
  doc->text = doc->bytes;
  doc->id = content_id(doc);
}

static void read_any(dem_doc *doc) {
  dem_read_bytes(doc, unpacked(doc, doc->bytes), (dem_str){NULL, 0});
  if (!doc->published.len) dem_read_url_date(doc);
  if (!doc->dateline.text.len && !doc->whole) dem_read_dateline(doc);
  agency_from_dateline(doc);
  dem_read_labels(doc);
  publication_date(doc);
  if (!doc->whole) dem_read_judge_language(doc);
}

void dem_read(dem_doc *doc) {
  doc->status = DEM_S("usable");
  doc->version = DEM_S("1");
  doc->genre = DEM_S("news");
  doc->source = doc->option_source ? dem_str_copy(&doc->arena, dem_str_of(doc->option_source)) : (dem_str){NULL, 0};
  if (doc->option_conllu) read_conllu(doc);
  else read_any(doc);
}
