/* Lines to paragraphs. A line break inside a block is a wrap or the end of a paragraph. It is a wrap when the next word would not
 * have fitted into the page's width, or when the line does not end a sentence; in a page without a width (lines longer than any
 * column) every line is a paragraph of its own. Indentation and bullets begin paragraphs too. Invariant: no word is lost, added
 * or moved. Refuses: guessing whether a hyphen at a line's end was there before ("co-operation" keeps it). */
#include "read/parts.h"

enum { COLUMN = 120 }; /* bytes; longer lines are paragraphs, not lines of a column */

dem_lines dem_read_lines(dem_arena *arena, dem_str text) {
  dem_lines lines = {0};
  bool gap = true;
  while (text.len) {
    dem_str line = dem_str_cut(&text, '\n'), bare = dem_str_trim(line);
    if (bare.len) *dem_push(arena, &lines) = (dem_line){.text = bare, .gap = gap, .indent = bare.data > line.data};
    gap = bare.len == 0;
  }
  return lines;
}

static size_t first_word(dem_str s) {
  size_t n = 0;
  while (n < s.len && !dem_is_space((unsigned char)s.data[n])) n++;
  return n;
}

/* The width lines were wrapped to, 0 when they were not wrapped: one line in five may be longer (a link, a table). */
static size_t width_of(const dem_lines *lines) {
  size_t width = 0, longer = 0, wraps = 0;
  for (uint32_t i = 0; i < lines->n; i++) {
    size_t len = lines->at[i].text.len;
    longer += len > COLUMN;
    wraps += !lines->at[i].gap;
    if (len <= COLUMN && len > width) width = len;
  }
  return wraps && longer * 5 <= lines->n ? width : 0;
}

static bool is_bullet(dem_str s) {
  return dem_str_starts(s, "- ") || dem_str_starts(s, "* ") || dem_str_starts(s, "\xE2\x80\xA2");
}

static bool continues(const dem_lines *lines, uint32_t i, size_t width) {
  const dem_line *a = &lines->at[i - 1], *b = &lines->at[i];
  if (b->gap || a->taken || width == 0 || is_bullet(b->text) || (b->indent && !a->indent)) return false;
  bool full = a->text.len + 1 + first_word(b->text) > width;
  bool title = i == 1 && a->text.len * 4 < width * 3 && !full; /* a short first line above the text */
  if (title || a->text.len > COLUMN) return false;
  return full || !dem_read_ends_sentence(a->text);
}

static bool ends_in_hyphen(const char *out, size_t n) {
  return n >= 2 && out[n - 1] == '-' && dem_is_alpha((unsigned char)out[n - 2]);
}

/* Append with single blanks. */
static size_t append(char *out, size_t n, dem_str s) {
  bool blank = false;
  for (size_t i = 0; i < s.len; i++) {
    if (dem_is_space((unsigned char)s.data[i])) {
      blank = true;
      continue;
    }
    if (blank) out[n++] = ' ';
    blank = false;
    out[n++] = s.data[i];
  }
  return n;
}

static dem_str join(dem_arena *arena, const dem_lines *lines, uint32_t first, uint32_t last) {
  size_t size = 0, n = 0;
  for (uint32_t i = first; i < last; i++) size += lines->at[i].text.len + 1;
  char *out = dem_arena_push(arena, size);
  for (uint32_t i = first; i < last; i++) {
    dem_str line = lines->at[i].text;
    bool whole_word = ends_in_hyphen(out, n) && dem_is_alpha((unsigned char)line.data[0]);
    if (n && !whole_word) out[n++] = ' ';
    n = append(out, n, line);
  }
  return (dem_str){out, n};
}

dem_blocks dem_read_blocks(dem_arena *arena, const dem_lines *lines) {
  dem_blocks blocks = {0};
  size_t width = width_of(lines);
  for (uint32_t i = 0, last; i < lines->n; i = last) {
    last = i + 1;
    if (lines->at[i].taken) continue;
    while (last < lines->n && !lines->at[last].taken && continues(lines, last, width)) last++;
    *dem_push(arena, &blocks) = join(arena, lines, i, last);
  }
  return blocks;
}
