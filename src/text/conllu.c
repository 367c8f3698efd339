/* Decides nothing: takes CoNLL-U's word for tokens and sentences. The text is built from the forms, one space where
 * SpaceAfter=No does not stand, a blank line at `# newpar` and `# newdoc`. Multiword tokens give their words. */
#include "text/conllu.h"

#include "base/utf8.h"
#include "text/segment.h"

enum { COLUMNS = 10 };

typedef dem_list(char) byte_list;

typedef struct reader {
  dem_doc *doc;
  byte_list text;
  uint32_t first;     /* token the sentence began with */
  uint32_t paragraph; /* byte the paragraph began with */
  uint32_t range_end; /* last word of the multiword token being read, 0: none */
  bool range_space;   /* white space follows it */
  bool new_paragraph;
} reader;

static void append(reader *r, dem_str s) {
  if (s.len > UINT32_MAX / 2 - r->text.n) dem_arena_fail(&r->doc->arena, DEMARCHE_LIMIT, "the text is too long");
  for (size_t i = 0; i < s.len; i++) *dem_push(&r->doc->arena, &r->text) = s.data[i];
}

static bool has_feature(dem_str list, const char *feature) { return dem_str_in_list(list, dem_str_of(feature)); }

static void close_paragraph(reader *r) {
  uint32_t end = r->doc->tokens.n ? r->doc->tokens.at[r->doc->tokens.n - 1].span.end : 0;
  if (end > r->paragraph) *dem_push(&r->doc->arena, &r->doc->paragraphs) = (dem_span){r->paragraph, end};
  r->paragraph = r->text.n;
}

/* Heads are read as positions in the sentence; turn them into tokens. */
static void close_sentence(reader *r) {
  dem_doc *doc = r->doc;
  uint32_t n = doc->tokens.n - r->first;
  for (uint32_t i = r->first; i < doc->tokens.n; i++) {
    uint32_t head = doc->tokens.at[i].head;
    bool sound = head != 0 && head <= n && head - 1 != i - r->first && n <= DEM_SENTENCE_MAX;
    doc->tokens.at[i].head = sound ? r->first + head - 1 : DEM_NONE;
  }
  dem_sentence_close(doc, r->first, doc->paragraphs.n);
  r->first = doc->tokens.n;
}

static void open_text(reader *r) {
  if (!r->text.n || !r->doc->tokens.n) return;
  if (r->new_paragraph) append(r, DEM_S("\n\n"));
  else if (r->doc->tokens.at[r->doc->tokens.n - 1].space_after) append(r, DEM_S(" "));
  if (r->new_paragraph) close_paragraph(r);
}

/* The form, made valid UTF-8 and free of white space at its ends. */
static void append_form(reader *r, dem_str s) {
  char cp[4];
  s = dem_str_trim(s);
  for (size_t i = 0; i < s.len;) append(r, (dem_str){cp, dem_utf8_put(cp, dem_utf8_next(s, &i))});
}

static void read_word(reader *r, dem_str *column, uint32_t id) {
  dem_doc *doc = r->doc;
  open_text(r);
  r->new_paragraph = false;
  uint32_t begin = r->text.n, head = 0;
  append_form(r, column[1]);
  if (r->text.n == begin) append(r, DEM_S("_"));
  dem_token *t = dem_push(&doc->arena, &doc->tokens);
  t->span = (dem_span){begin, r->text.n};
  t->lemma = column[2];
  t->upos = (uint8_t)dem_upos_of(column[3]);
  t->tag = column[4];
  t->head = dem_str_u32(column[6], &head) ? head : 0;
  t->deprel = (uint8_t)dem_deprel_of(column[7]);
  t->space_after = !has_feature(column[9], "SpaceAfter=No");
  if (id < r->range_end) t->space_after = false;
  if (id == r->range_end) t->space_after = r->range_space;
  if (id >= r->range_end) r->range_end = 0;
}

static void read_line(reader *r, dem_str line) {
  dem_str column[COLUMNS] = {{NULL, 0}};
  unsigned n = 0;
  while (n < COLUMNS && (line.len || n == 0)) column[n++] = dem_str_cut(&line, '\t');
  if (n < 2) return;
  dem_str id = dem_str_cut(&column[0], '-');
  uint32_t number, last;
  if (!dem_str_u32(id, &number)) return; /* empty nodes, "1.1" */
  if (dem_str_u32(column[0], &last)) {
    r->range_end = last;
    r->range_space = !has_feature(column[9], "SpaceAfter=No");
    return;
  }
  read_word(r, column, number);
}

void dem_conllu_read(dem_doc *doc, dem_str bytes) {
  reader r = {.doc = doc};
  doc->paragraphs.n = 0; /* of the text before it was CoNLL-U */
  doc->dateline = (dem_dateline){.date = DEM_NO_DAY};
  while (bytes.len) {
    dem_str line = dem_str_cut(&bytes, '\n');
    if (dem_str_ends(line, "\r")) line.len--;
    if (dem_str_starts(line, "# newpar") || dem_str_starts(line, "# newdoc")) {
      if (!dem_str_starts(line, "# newpar_")) r.new_paragraph = r.text.n > 0;
    } else if (dem_str_trim(line).len == 0) {
      close_sentence(&r);
    } else if (line.data[0] != '#' || memchr(line.data, '\t', line.len)) {
      read_line(&r, line);
    }
  }
  close_sentence(&r);
  close_paragraph(&r);
  doc->text = (dem_str){r.text.at, r.text.n};
}
