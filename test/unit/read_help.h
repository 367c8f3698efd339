/* Reading a literal and looking at the sheet: what the tests of stage 1 share. */
#ifndef READ_HELP_H
#define READ_HELP_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
/* cmocka wants the four above first */
#include <cmocka.h>

#include "doc/doc.h"

static inline demarche_doc *read_bytes(const char *bytes, size_t len, const char *date) {
  demarche_error err = {0};
  demarche_doc *doc = demarche_doc_new();
  assert_non_null(doc);
  assert_int_equal(demarche_set(doc, "date", dem_str_of(date), &err), DEMARCHE_OK);
  if (demarche_read(doc, (demarche_str){bytes, len}, &err) != DEMARCHE_OK) fail_msg("%s", err.text);
  return doc;
}

static inline demarche_doc *read_text(const char *text) { return read_bytes(text, strlen(text), ""); }

static inline void is(dem_str got, const char *want) {
  if (!dem_str_is(got, want)) fail_msg("got \"%.*s\", want \"%s\"", DEM_FMT(got), want);
}

static inline const dem_note *note_of(const demarche_doc *doc, const char *code) {
  for (uint32_t i = 0; i < doc->notes.n; i++)
    if (dem_str_is(doc->notes.at[i].code, code)) return &doc->notes.at[i];
  return NULL;
}

/* The text that comes of the bytes. */
static inline void reads_as(const char *bytes, size_t len, const char *want) {
  demarche_doc *doc = read_bytes(bytes, len, "");
  is(doc->text, want);
  demarche_doc_free(doc);
}

static inline void fails_with(const char *bytes, size_t len, const char *part_of_message) {
  demarche_error err = {0};
  demarche_doc *doc = demarche_doc_new();
  assert_int_equal(demarche_read(doc, (demarche_str){bytes, len}, &err), DEMARCHE_FORMAT);
  if (!strstr(err.text, part_of_message)) fail_msg("\"%s\" does not say \"%s\"", err.text, part_of_message);
  demarche_doc_free(doc);
}

#define BYTES(literal) (literal), sizeof(literal) - 1

#endif
