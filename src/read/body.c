/* The body: paragraphs with one blank line between. Cuts what is longer than DEMARCHE_MAX_TEXT after a paragraph, failing that
 * after a sentence, a word, a character, and says so in a note. Invariant: every paragraph's span holds one line, not empty. */
#include "read/parts.h"

enum { LOOK_BACK = 64 << 10 }; /* bytes searched for a sentence's end */

/* Where to cut a paragraph so that at most `room` bytes are left. */
static size_t cut_at(dem_str s, size_t room) {
  size_t least = room > LOOK_BACK ? room - LOOK_BACK : 0, word = 0;
  for (size_t n = room; n > least + 1; n--) {
    if (s.data[n] != ' ') continue;
    if (!word) word = n;
    if (dem_read_ends_sentence(dem_str_sub(s, n > 8 ? n - 8 : 0, n))) return n;
  }
  return word ? word : dem_read_start(s, room).len;
}

static void note_cut(dem_doc *doc) {
  uint32_t end = (uint32_t)doc->text.len;
  dem_doc_note(doc, "cut", dem_str_format(&doc->arena, "longer than %u bytes: cut, the rest is not read", (unsigned)doc->limits.text),
               (dem_span){end, end});
}

void dem_read_body(dem_doc *doc, const dem_blocks *blocks) {
  size_t size = 0;
  for (uint32_t i = 0; i < blocks->n; i++) size += blocks->at[i].len + 2;
  if (size > doc->limits.text) size = (size_t)doc->limits.text;
  char *out = dem_arena_push(&doc->arena, size);
  size_t n = 0;
  bool cut = false;
  for (uint32_t i = 0; i < blocks->n && !cut; i++) {
    dem_str p = blocks->at[i];
    if (!p.len) continue;
    size_t gap = n ? 2 : 0;
    cut = n + gap + p.len > size;
    if (cut && n > size / 2) break;
    if (cut) p.len = cut_at(p, size - n - gap);
    if (!p.len) break;
    memcpy(out + n, "\n\n", gap);
    memcpy(out + n + gap, p.data, p.len);
    n += gap + p.len;
    *dem_push(&doc->arena, &doc->paragraphs) = (dem_span){(uint32_t)(n - p.len), (uint32_t)n};
  }
  doc->text = (dem_str){out, n};
  if (cut) note_cut(doc);
}
