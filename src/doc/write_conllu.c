/* Writes the text layers as CoNLL-U: a block a sentence, `# newpar` where a paragraph begins, `# text` as it stands in the
 * dispatch. White space inside a form is written as U+00A0, so that columns hold. */
#include "doc/write.h"

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

static void misc(dem_json *j, const dem_token *t) {
  if (!t->space_after) dem_json_raw(j, DEM_S("SpaceAfter=No"));
  if (t->name != DEM_NAME_O) {
    dem_json_raw(j, t->space_after ? DEM_S("NE=") : DEM_S("|NE="));
    dem_json_raw(j, t->name_begin ? DEM_S("B-") : DEM_S("I-"));
    dem_json_raw(j, dem_name_text(t->name));
  } else if (t->space_after) {
    dem_json_raw(j, DEM_S("_"));
  }
}

static void token(const dem_doc *doc, dem_json *j, const dem_sentence *s, uint32_t i) {
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
  misc(j, t);
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
    for (uint32_t i = s->first; i < s->last; i++) token(doc, j, s, i);
    dem_json_raw(j, DEM_S("\n"));
  }
  return dem_json_flush(j);
}
