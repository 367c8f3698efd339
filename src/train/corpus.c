/* Turns training files of every kind into one stream of words. What a line is, is told by its first byte and its tabs; text
 * goes through the text stage's own segmenter, so that words are cut as readers will see them. Memory: one file and one
 * dispatch. Lines that are none of the known kinds are skipped. */
#include "train/corpus.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/json.h"
#include "base/utf8.h"
#include "doc/doc.h"
#include "train/data.h"

typedef struct stream {
  dem_doc *doc;
  dem_corpus_take take;
  void *to;
} stream;

static void give(stream *s, dem_str form) {
  dem_str norm = dem_norm(&s->doc->arena, form);
  char *c = dem_array(&s->doc->arena, char, norm.len + 1);
  for (size_t i = 0; i < norm.len; i++) c[i] = dem_is_digit((unsigned char)norm.data[i]) ? '0' : norm.data[i];
  if (norm.len) s->take(s->to, (dem_str){c, norm.len});
}

static void end_sentence(stream *s) { s->take(s->to, (dem_str){NULL, 0}); }

static void give_text(stream *s, dem_str text) {
  dem_doc *doc = s->doc;
  doc->text = text;
  doc->paragraphs.n = doc->tokens.n = doc->sentences.n = 0;
  dem_segment(doc, (dem_str){NULL, 0});
  for (uint32_t i = 0; i < doc->sentences.n; i++) {
    for (uint32_t k = doc->sentences.at[i].first; k < doc->sentences.at[i].last; k++) give(s, dem_doc_slice(doc, doc->tokens.at[k].span));
    end_sentence(s);
  }
}

/* Forget the dispatch, keep the block it lay in. */
static void clear(dem_doc *doc) {
  dem_arena_reset(&doc->arena);
  memset(&doc->paragraphs, 0, sizeof doc->paragraphs);
  memset(&doc->sentences, 0, sizeof doc->sentences);
  memset(&doc->tokens, 0, sizeof doc->tokens);
}

static uint32_t count_tabs(dem_str line) {
  uint32_t n = 0;
  for (size_t i = 0; i < line.len; i++) n += line.data[i] == '\t';
  return n;
}

static void give_object(stream *s, dem_str line) {
  dem_members members = {0};
  dem_str why;
  if (!dem_json_members(&s->doc->arena, line, &members, &why)) return;
  for (uint32_t i = 0; i < members.n; i++)
    if (dem_str_is(members.at[i].key, "text") || dem_str_is(members.at[i].key, "headline")) give_text(s, members.at[i].value);
}

static void give_line(stream *s, dem_str line) {
  enum { NUMBERED = 4 }; /* tabs: files with so many columns begin with a word number */
  uint32_t number, tabs = count_tabs(line);
  dem_str first = dem_str_cut(&line, '\t');
  if (tabs == 0 && dem_str_starts(first, "{")) give_object(s, first);
  else if (tabs == 0 && dem_str_trim(first).len == 0) end_sentence(s);
  else if (tabs > 0 && tabs < NUMBERED) give(s, first);
  else if (tabs >= NUMBERED && dem_str_u32(first, &number)) give(s, dem_str_cut(&line, '\t'));
}

bool dem_corpus_read(const char *path, dem_corpus_take take, void *to) {
  size_t len = 0;
  char *bytes = dem_data_bytes(path, &len);
  dem_doc *doc = calloc(1, sizeof *doc);
  if (!bytes || !doc) {
    free(bytes);
    free(doc);
    return false;
  }
  stream s = {doc, take, to};
  dem_str rest = {bytes, len};
  dem_arena_init(&doc->arena, SIZE_MAX);
  bool ok = !dem_arena_catch(&doc->arena);
  if (!ok) fprintf(stderr, "demarche train: %s: %s\n", path, doc->arena.error.text);
  while (ok && rest.len) {
    clear(doc);
    give_line(&s, dem_str_cut(&rest, '\n'));
  }
  end_sentence(&s);
  dem_arena_free(&doc->arena);
  free(doc);
  free(bytes);
  return ok;
}
