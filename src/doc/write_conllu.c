/* Writes the text layers as CoNLL-U: a block a sentence, `# newpar` where a paragraph begins, `# text` as it stands in the
 * dispatch. White space inside a form is written as U+00A0, so that columns hold. Words written as one ("don't", "Kenya's",
 * "cannot") are announced as a multiword token, by UD's range of ids. */
#include "doc/write.h"

#include "base/utf8.h"

static void number(dem_json *j, uint32_t n) {
  char digit[10];
  size_t at = sizeof digit;
  do digit[--at] = (char)('0' + n % 10);
  while (n /= 10);
  dem_json_raw(j, (dem_str){digit + at, sizeof digit - at});
}

static void cell(dem_json *j, dem_str s) {
  if (s.len == 0) s = DEM_S("_");
  size_t begin = 0;
  for (size_t i = 0; i < s.len; i++) {
    if (!dem_is_space((unsigned char)s.data[i])) continue;
    dem_json_raw(j, dem_str_sub(s, begin, i));
    dem_json_raw(j, DEM_S("\xC2\xA0"));
    begin = i + 1;
  }
  dem_json_raw(j, dem_str_sub(s, begin, s.len));
}

/* On one line: what would end it is a space. */
static void line(dem_json *j, dem_str s) {
  size_t begin = 0;
  for (size_t i = 0; i < s.len; i++) {
    if (s.data[i] == ' ' || !dem_is_space((unsigned char)s.data[i])) continue;
    dem_json_raw(j, dem_str_sub(s, begin, i));
    dem_json_raw(j, DEM_S(" "));
    begin = i + 1;
  }
  dem_json_raw(j, dem_str_sub(s, begin, s.len));
  dem_json_raw(j, DEM_S("\n"));
}

static void tab(dem_json *j) { dem_json_raw(j, DEM_S("\t")); }

static uint32_t last_cp(dem_str s) {
  size_t at = s.len ? s.len - 1 : 0;
  while (at && ((unsigned char)s.data[at] & 0xC0) == 0x80) at--;
  return s.len ? dem_utf8_next(s, &at) : 0;
}

/* Is token i + 1 written together with the letters of token i, as one word: a clitic, a possessive mark, or "not" of "cannot"? */
static bool goes_on(const dem_doc *doc, const dem_sentence *s, uint32_t i) {
  if (i + 1 >= s->last || doc->tokens.at[i].space_after) return false;
  const dem_token *t = &doc->tokens.at[i + 1];
  dem_str form = dem_doc_slice(doc, t->span);
  size_t at = 0, n = 0;
  uint32_t before = last_cp(dem_doc_slice(doc, doc->tokens.at[i].span)), first = form.len ? dem_utf8_next(form, &at) : 0;
  bool mark = first == '\'' || first == '`' || first == 0x2019 || first == 0x02BC;
  if (!dem_cp_is_letter(before) && !(mark && dem_cp_is_digit(before))) return false;
  if (dem_cp_is_letter(first) || dem_str_is(t->tag, "POS")) return true;
  for (n = at; n < form.len && dem_is_alpha((unsigned char)form.data[n]);) n++;
  return mark && n == form.len && n > at && n - at <= 2;
}

/* "1-2 don't": the line that announces the words [first, last] of one token. */
static void range(const dem_doc *doc, dem_json *j, const dem_sentence *s, uint32_t first, uint32_t last) {
  const dem_token *t = doc->tokens.at;
  number(j, first - s->first + 1);
  dem_json_raw(j, DEM_S("-"));
  number(j, last - s->first + 1);
  tab(j);
  cell(j, dem_doc_slice(doc, (dem_span){t[first].span.begin, t[last].span.end}));
  dem_json_raw(j, DEM_S("\t_\t_\t_\t_\t_\t_\t_\t"));
  dem_json_raw(j, t[last].space_after ? DEM_S("_\n") : DEM_S("SpaceAfter=No\n"));
}

/* `inside` a multiword token, whose range tells what follows it. */
static void misc(dem_json *j, const dem_token *t, bool inside) {
  bool glued = !t->space_after && !inside;
  if (glued) dem_json_raw(j, DEM_S("SpaceAfter=No"));
  if (t->name != DEM_NAME_O) {
    dem_json_raw(j, glued ? DEM_S("|NE=") : DEM_S("NE="));
    dem_json_raw(j, t->name_begin ? DEM_S("B-") : DEM_S("I-"));
    dem_json_raw(j, dem_name_text(t->name));
  } else if (!glued) {
    dem_json_raw(j, DEM_S("_"));
  }
}

static void token(const dem_doc *doc, dem_json *j, const dem_sentence *s, uint32_t i, bool inside) {
  const dem_token *t = &doc->tokens.at[i];
  number(j, i - s->first + 1);
  tab(j);
  cell(j, dem_doc_slice(doc, t->span));
  tab(j);
  cell(j, t->lemma);
  tab(j);
  cell(j, dem_upos_text(t->upos));
  tab(j);
  cell(j, t->tag);
  dem_json_raw(j, DEM_S("\t_\t"));
  number(j, t->head == DEM_NONE ? 0 : t->head - s->first + 1);
  tab(j);
  cell(j, dem_deprel_text(t->deprel));
  dem_json_raw(j, DEM_S("\t_\t"));
  misc(j, t, inside);
  dem_json_raw(j, DEM_S("\n"));
}

bool dem_write_conllu(dem_doc *doc, dem_json *j) {
  uint32_t paragraph = DEM_NONE;
  for (uint32_t k = 0; k < doc->sentences.n; k++) {
    const dem_sentence *s = &doc->sentences.at[k];
    if (s->paragraph != paragraph) dem_json_raw(j, DEM_S("# newpar\n"));
    paragraph = s->paragraph;
    dem_json_raw(j, DEM_S("# sent_id = "));
    number(j, k + 1);
    dem_json_raw(j, DEM_S("\n# text = "));
    line(j, dem_doc_slice(doc, s->span));
    for (uint32_t i = s->first, until = 0; i < s->last; i++) {
      uint32_t last = i;
      while (i >= until && goes_on(doc, s, last)) last++;
      if (last > i) range(doc, j, s, i, last), until = last + 1;
      token(doc, j, s, i, i < until);
    }
    dem_json_raw(j, DEM_S("\n"));
  }
  return dem_json_flush(j);
}
