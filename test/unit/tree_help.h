/* Sheets on given trees, for tests of finding: words as "form/lemma/UPOS/head/rel", "~" before a form when no white space
 * stands before it, "|" after a sentence, "||" after a paragraph. Heads count from 1 in the sentence, 0 is the root. */
#ifndef TREE_HELP_H
#define TREE_HELP_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/utf8.h"
#include "doc/doc.h"

typedef struct sheet {
  demarche_doc *doc;
  char text[4096];
  uint32_t length, paragraph, from; /* from: the first token of this sentence */
} sheet;

static void sheet_end_sentence(sheet *s) {
  demarche_doc *doc = s->doc;
  if (s->from == doc->tokens.n) return;
  dem_sentence *last = dem_push(&doc->arena, &doc->sentences);
  *last = (dem_sentence){.first = s->from, .last = doc->tokens.n, .root = DEM_NONE, .paragraph = s->paragraph};
  last->span = (dem_span){doc->tokens.at[s->from].span.begin, s->length};
  s->from = doc->tokens.n;
}

static void sheet_add_word(sheet *s, dem_str word) {
  demarche_doc *doc = s->doc;
  bool close = word.data[0] == '~';
  if (close) word = dem_str_sub(word, 1, word.len);
  else if (s->length && s->text[s->length - 1] != '\n') s->text[s->length++] = ' ';
  if (doc->tokens.n) doc->tokens.at[doc->tokens.n - 1].space_after = !close;
  dem_str form = dem_str_cut(&word, '/');
  assert_true(s->length + form.len + 2 < sizeof s->text);
  dem_token *t = dem_push(&doc->arena, &doc->tokens);
  *t = (dem_token){.sentence = doc->sentences.n, .mention = DEM_NONE, .over = DEM_NONE, .kid = DEM_NONE, .next = DEM_NONE};
  t->span = (dem_span){s->length, s->length + (uint32_t)form.len};
  memcpy(s->text + s->length, form.data, form.len);
  s->length += (uint32_t)form.len;
  t->norm = dem_norm(&doc->arena, form);
  t->lemma = dem_str_copy(&doc->arena, dem_str_cut(&word, '/'));
  t->upos = (uint8_t)dem_upos_of(dem_str_cut(&word, '/'));
  t->tag = t->upos == DEM_UPOS_VERB ? DEM_S("VBD") : (dem_str){NULL, 0};
  uint32_t head = 0;
  assert_true(dem_str_u32(dem_str_cut(&word, '/'), &head));
  t->head = head ? s->from + head - 1 : DEM_NONE;
  t->deprel = (uint8_t)dem_deprel_of(word);
}

static void sheet_build(sheet *s, const char *compact) {
  dem_str rest = dem_str_of(compact);
  while (rest.len) {
    dem_str word = dem_str_cut(&rest, ' ');
    if (word.data[0] != '|') {
      sheet_add_word(s, word);
      continue;
    }
    sheet_end_sentence(s);
    if (word.len < 2) continue;
    s->paragraph++;
    s->text[s->length++] = '\n';
    s->text[s->length++] = '\n';
  }
  sheet_end_sentence(s);
  s->doc->text = (dem_str){s->text, s->length};
  dem_doc_index_tree(s->doc);
}

#endif
