/* Fuzz target of stage 1: any bytes are cut into pieces, read and written. What must hold whatever the bytes: every piece is not
 * empty and lies in the input, pieces never overlap, and what was read is valid UTF-8 with paragraphs inside the text.
 *
 *   clang -fsanitize=fuzzer,address,undefined ... ; ./read test/fuzz/corpus/read */
#include <stdlib.h>

#include "base/utf8.h"
#include "doc/doc.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static int swallow(void *to, const char *bytes, size_t len) {
  (void)bytes;
  *(size_t *)to += len;
  return 0;
}

static void require(bool holds) {
  if (!holds) abort();
}

static void check(const demarche_doc *doc) {
  const dem_str fields[] = {doc->text, doc->headline, doc->byline, doc->agency, doc->publisher, doc->url, doc->dateline.text};
  for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++) require(dem_utf8_valid(fields[i]));
  for (uint32_t i = 0; i < doc->notes.n; i++) require(dem_utf8_valid(doc->notes.at[i].message));
  uint32_t end = 0;
  for (uint32_t i = 0; i < doc->paragraphs.n; i++) {
    dem_span p = doc->paragraphs.at[i];
    require(p.begin == end + (i ? 2 : 0) && p.end > p.begin);
    require(!memchr(doc->text.data + p.begin, '\n', p.end - p.begin));
    end = p.end;
  }
  require(end == doc->text.len && doc->dateline.span.end <= end);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  demarche_doc *doc = demarche_doc_new();
  demarche_str input = {(const char *)data, size}, piece;
  const char *last = input.data;
  demarche_error err;
  size_t written = 0;
  require(doc != NULL);
  while (demarche_next(&input, &piece)) {
    require(piece.len > 0 && piece.data + piece.len <= (const char *)data + size && (piece.data >= last || *piece.data == '}'));
    last = piece.data + piece.len;
    if (demarche_read(doc, piece, &err) != DEMARCHE_OK) continue;
    check(doc);
    require(demarche_write_part(doc, DEMARCHE_READING, swallow, &written, &err) == DEMARCHE_OK);
  }
  demarche_doc_free(doc);
  return 0;
}
