/* One line a dispatch for whoever looks over an input before coding it: name, format, date, size, then what is missing and what was
 * odd, by the codes of the notes, each once. Invariant: the line's fields are parted by tabs and hold none. */
#include "doc/write.h"

static void put(dem_writer *w, dem_str s) { dem_json_raw(&w->j, s); }

/* A name as it can stand in a field and go to a terminal: control signs out. */
static dem_str printable(dem_arena *arena, dem_str s) {
  char *out = dem_arena_push(arena, s.len + 1);
  for (size_t i = 0; i < s.len; i++) out[i] = (unsigned char)s.data[i] < 0x20 || s.data[i] == 0x7F ? '?' : s.data[i];
  return (dem_str){out, s.len};
}

static uint32_t words_of(dem_str s) {
  uint32_t n = 0;
  for (size_t i = 0; i < s.len; i++)
    n += !dem_is_space((unsigned char)s.data[i]) && (i == 0 || dem_is_space((unsigned char)s.data[i - 1]));
  return n;
}

static void list_missing(dem_writer *w, const dem_doc *doc) {
  const struct {
    const char *name;
    bool missing;
  } fields[] = {{"text", !doc->text.len},
                {"headline", !doc->headline.len},
                {"date", !doc->published.len},
                {"byline", !doc->byline.len},
                {"source", !doc->agency.len && !doc->publisher.len},
                {"url", !doc->url.len},
                {"dateline", !doc->dateline.text.len}};
  const char *between = "";
  for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++) {
    if (!fields[i].missing) continue;
    put(w, dem_str_of(between));
    put(w, dem_str_of(fields[i].name));
    between = ", ";
  }
  if (!*between) put(w, DEM_S("nothing"));
}

static bool told_before(const dem_doc *doc, uint32_t note) {
  for (uint32_t i = 0; i < note; i++)
    if (dem_str_eq(doc->notes.at[i].code, doc->notes.at[note].code)) return true;
  return false;
}

static void list_notes(dem_writer *w, const dem_doc *doc) {
  const char *between = "";
  for (uint32_t i = 0; i < doc->notes.n && i < 200; i++) {
    if (told_before(doc, i)) continue;
    put(w, dem_str_of(between));
    put(w, doc->notes.at[i].code);
    between = ", ";
  }
  if (!*between) put(w, DEM_S("none"));
}

void dem_write_check(dem_writer *w) {
  dem_doc *doc = w->doc;
  put(w, doc->source.len ? printable(&doc->arena, doc->source) : DEM_S("-"));
  put(w, dem_str_format(&doc->arena, "\t%.*s\t%.*s\t%.*s\t%u words\tmissing: ", DEM_FMT(doc->format),
                        DEM_FMT(doc->published.len ? doc->published : DEM_S("-")), DEM_FMT(doc->status),
                        (unsigned)words_of(doc->text)));
  list_missing(w, doc);
  put(w, DEM_S("\tnotes: "));
  list_notes(w, doc);
  put(w, DEM_S("\n"));
}
