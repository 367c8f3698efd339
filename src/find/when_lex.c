/* Cutting a sentence into words, numbers and signs, and naming those that tell time (lexicon/words/words-time.tsv).
 *
 * One pass over the bytes. A number keeps how many digits it has, because only a bare group of four is a year; a number
 * with a comma or a point is an amount. Letters beyond ASCII are parts of words. Ordinals ("21st") are one piece. */
#include "find/when_lex.h"

#include "base/utf8.h"

static const char *const class_name[] = {
#define DEM_LEX_TEXT(name, text) text,
  DEM_LEX_LIST(DEM_LEX_TEXT)
#undef DEM_LEX_TEXT
};
enum { CLASSES = sizeof class_name / sizeof *class_name };

static bool is_word_byte(unsigned char c) { return dem_is_alpha(c) || c >= 0x80; }

/* The ASCII sign that a punctuation mark of the U+2000 block stands for, 0 for none: three bytes, E2 80 xx. */
static char typographic(dem_str s, size_t at) {
  if (at + 2 >= s.len || (unsigned char)s.data[at] != 0xE2 || (unsigned char)s.data[at + 1] != 0x80) return 0;
  unsigned char c = (unsigned char)s.data[at + 2];
  if (c >= 0x90 && c <= 0x95) return '-';
  if (c == 0x98 || c == 0x99) return '\'';
  return c == 0x9C || c == 0x9D || c == 0x9E ? '"' : '?';
}

static void classify(const dem_table *words, dem_lex *l) {
  uint32_t row = dem_table_find(words, l->word);
  if (row == DEM_NONE) return;
  for (uint32_t end = dem_table_end(words, row); row < end; row++) {
    dem_str class = dem_table_cell(words, row, WORDS_CLASS);
    for (uint32_t c = 0; c < CLASSES; c++) {
      if (!dem_str_is(class, class_name[c])) continue;
      l->kind = (uint8_t)(DEM_LEX_DIGITS + 1 + c);
      l->text = dem_table_cell(words, row, WORDS_VALUE);
      bool minus = dem_str_starts(l->text, "-");
      uint32_t n;
      if (dem_str_u32(dem_str_sub(l->text, minus, l->text.len), &n)) l->value = minus ? -(int32_t)n : (int32_t)n;
      return;
    }
  }
}

static size_t cut_word(dem_doc *doc, const dem_table *words, size_t i, dem_lex *l) {
  size_t begin = i, n = doc->text.len;
  while (i < n && is_word_byte((unsigned char)doc->text.data[i]) && !typographic(doc->text, i)) i++;
  dem_str form = dem_str_sub(doc->text, begin, i);
  l->kind = DEM_LEX_WORD;
  l->capital = dem_is_upper((unsigned char)form.data[0]);
  if (form.len > 24) return i;
  char *lower = dem_arena_push(&doc->arena, form.len + 1);
  for (size_t k = 0; k < form.len; k++) lower[k] = (char)dem_lower((unsigned char)form.data[k]);
  l->word = (dem_str){lower, form.len};
  classify(words, l);
  return i;
}

static bool ordinal_ending(dem_str s, size_t at) {
  dem_str end = dem_str_sub(s, at, at + 2);
  bool is = dem_str_is_nocase(end, "st") || dem_str_is_nocase(end, "nd") || dem_str_is_nocase(end, "rd") || dem_str_is_nocase(end, "th");
  return is && (at + 2 >= s.len || !is_word_byte((unsigned char)s.data[at + 2]));
}

static size_t cut_number(dem_str s, size_t i, dem_lex *l) {
  l->kind = DEM_LEX_DIGITS;
  bool amount = false;
  uint32_t digits = 0;
  for (; i < s.len; i++) {
    unsigned char c = (unsigned char)s.data[i];
    if (dem_is_digit(c)) {
      if (l->value < 100000000) l->value = l->value * 10 + (c - '0');
      digits++;
    } else if (c == ',' && i + 3 < s.len && dem_is_digit((unsigned char)s.data[i + 1]) &&
               dem_is_digit((unsigned char)s.data[i + 2]) && dem_is_digit((unsigned char)s.data[i + 3])) {
      amount = true;
    } else if (c == '.' && i + 1 < s.len && dem_is_digit((unsigned char)s.data[i + 1])) {
      amount = true;
      l->value = 0;
    } else {
      break;
    }
  }
  l->digits = amount || digits > 200 ? 0 : (uint8_t)digits;
  if (l->digits && l->digits <= 2 && ordinal_ending(s, i)) {
    l->kind = DEM_LEX_ORDINAL;
    i += 2;
  }
  return i;
}

static size_t cut_sign(dem_str s, size_t i, dem_lex *l) {
  char c = typographic(s, i);
  l->kind = DEM_LEX_SIGN;
  l->sign = c ? c : s.data[i];
  return i + (c ? 3 : 1);
}

void dem_lex_sentence(dem_doc *doc, const dem_table *words, const dem_sentence *sentence, dem_lexes *out) {
  uint32_t end = sentence->span.begin, token = sentence->first;
  dem_str text = dem_str_sub(doc->text, 0, sentence->span.end);
  out->n = 0;
  for (size_t i = sentence->span.begin; i < text.len;) {
    unsigned char c = (unsigned char)text.data[i];
    if (dem_is_space(c) || (c == 0xC2 && i + 1 < text.len && (unsigned char)text.data[i + 1] == 0xA0)) {
      i += c == 0xC2 ? 2 : 1;
      continue;
    }
    dem_lex l = {.span = {(uint32_t)i, 0}, .glued = out->n && end == i};
    if (dem_is_digit(c)) i = cut_number(text, i, &l);
    else if (is_word_byte(c) && !typographic(text, i)) i = cut_word(doc, words, i, &l);
    else i = cut_sign(text, i, &l);
    l.span.end = end = (uint32_t)(i < text.len ? i : text.len);
    while (token + 1 < sentence->last && doc->tokens.at[token].span.end <= l.span.begin) token++;
    l.token = token;
    *dem_push(&doc->arena, out) = l;
  }
  for (int i = 0; i < DEM_LEX_PADDING; i++)
    *dem_push(&doc->arena, out) = (dem_lex){.kind = DEM_LEX_END, .token = token, .span = {sentence->span.end, sentence->span.end}};
}
