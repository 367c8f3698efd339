/* The order of reading: what is it? -> decode -> fields and body -> dateline -> what the fields imply. Formats are told by their
 * first signs alone. Invariant: afterwards text is valid UTF-8, paragraphs tile it, and id depends on the content only, never on
 * the options. Refuses containers it cannot open, with a line that says what to do. */
#include "read/read.h"

#include "base/utf8.h"
#include "read/parts.h"

typedef struct signature {
  const char *bytes;
  size_t len;
  const char *advice;
} signature;

#define SIGNATURE(bytes, advice)                                                                                                 \
  { bytes, sizeof(bytes) - 1, advice }

static const signature refused[] = {
    SIGNATURE("\x1F\x8B", "gzip data: unpack it first (zcat FILE | demarche code -)"),
    SIGNATURE("\x28\xB5\x2F\xFD", "zstd data: unpack it first (zstdcat FILE | demarche code -)"),
    SIGNATURE("PK\x03\x04", "a ZIP archive (or DOCX): save its text as plain text first"),
    SIGNATURE("%PDF-", "a PDF: extract its text first (pdftotext)"),
    SIGNATURE("\x89PNG", "an image: give text"),
    SIGNATURE("\xFF\xD8\xFF", "an image: give text"),
    SIGNATURE("\x7F"
              "ELF",
              "a program: give text"),
    SIGNATURE("\xD0\xCF\x11\xE0", "an old Office file: save it as plain text first"),
    SIGNATURE("{\\rtf", "rich text (RTF): save it as plain text first"),
    SIGNATURE("WARC/1.", "a web archive (WARC): this version reads plain text, print views and JSON Lines"),
};

static void refuse_containers(dem_doc *doc, dem_str s) {
  for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++)
    if (s.len >= refused[i].len && memcmp(s.data, refused[i].bytes, refused[i].len) == 0)
      dem_arena_fail(&doc->arena, DEMARCHE_FORMAT, refused[i].advice);
}

static bool starts_nocase(dem_str s, const char *lowered) {
  return dem_str_is_nocase(dem_str_sub(s, 0, strlen(lowered)), lowered);
}

static bool is_html(dem_str s) {
  static const char *const starts[] = {"<!doctype html", "<html", "<head", "<body", "<!-- ", "<!--[if"};
  if (s.len >= 3 && memcmp(s.data, "\xEF\xBB\xBF", 3) == 0) s = dem_str_trim(dem_str_sub(s, 3, s.len));
  if (dem_str_starts(s, "<?xml") &&
      (dem_str_find(s, DEM_S("<html"), 0) != SIZE_MAX || dem_str_find(s, DEM_S("<!DOCTYPE html"), 0) != SIZE_MAX))
    return true;
  for (size_t i = 0; i < sizeof starts / sizeof starts[0]; i++)
    if (starts_nocase(s, starts[i])) return true;
  return false;
}

static void refuse_markup(dem_doc *doc, dem_str s) {
  s = dem_str_trim(dem_str_sub(s, 0, 256));
  if (starts_nocase(s, "<!doctype") || starts_nocase(s, "<html") || starts_nocase(s, "<?xml"))
    dem_arena_fail(&doc->arena, DEMARCHE_FORMAT, "HTML or XML: this version reads plain text, print views and JSON Lines");
  if (s.len > 1 && s.data[0] == '[' && dem_str_trim(dem_str_sub(s, 1, s.len)).len &&
      dem_str_trim(dem_str_sub(s, 1, s.len)).data[0] == '{')
    dem_arena_fail(&doc->arena, DEMARCHE_FORMAT, "a JSON array: give one object a line (jq -c '.[]')");
  if (s.len && s.data[0] == '}')
    dem_arena_fail(&doc->arena, DEMARCHE_FORMAT, "not JSON, among lines that are: give one JSON object a line");
}

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

/* What is the same for every format. */
static void finish(dem_doc *doc) {
  if (!doc->published.len) dem_read_url_date(doc);
  if (!doc->dateline.text.len && !doc->whole) dem_read_dateline(doc);
  agency_from_dateline(doc);
  dem_read_labels(doc);
  publication_date(doc);
}

static void read_any(dem_doc *doc) {
  refuse_containers(doc, doc->bytes);
  if (is_html(dem_str_trim(dem_str_sub(doc->bytes, 0, 4096)))) {
    dem_read_html(doc, doc->bytes, (dem_str){NULL, 0});
    finish(doc);
    return;
  }
  dem_str text = dem_read_decode(doc, doc->bytes), start = dem_str_trim(dem_str_sub(text, 0, 4096));
  refuse_markup(doc, start);
  if (start.len && start.data[0] == '{') dem_read_record(doc, text);
  else if (doc->whole) dem_read_whole(doc, text);
  else dem_read_page(doc, text);
  finish(doc);
}

void dem_read(dem_doc *doc) {
  doc->status = DEM_S("usable");
  doc->version = DEM_S("1");
  doc->genre = DEM_S("news");
  doc->source = doc->option_source ? dem_str_copy(&doc->arena, dem_str_of(doc->option_source)) : (dem_str){NULL, 0};
  if (doc->option_conllu) read_conllu(doc);
  else read_any(doc);
}
