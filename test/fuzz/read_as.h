/* Fuzz target of one format: any bytes are read as FROM, and written. What must hold whatever the bytes: what was read is valid UTF-8
 * with paragraphs inside the text. */
#include <stdlib.h>
#include <string.h>

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
  const dem_str fields[] = {doc->text,      doc->headline, doc->byline, doc->agency,
                            doc->publisher, doc->url,      doc->source, doc->dateline.text};
  for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++) require(dem_utf8_valid(fields[i]));
  for (uint32_t i = 0; i < doc->notes.n; i++) require(dem_utf8_valid(doc->notes.at[i].message));
  for (uint32_t i = 0; i < doc->captions.n; i++)
    require(dem_utf8_valid(doc->captions.at[i].text) && dem_utf8_valid(doc->captions.at[i].credit));
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
  static demarche_doc *doc; /* reused, as the command reuses it */
  demarche_error err;
  size_t written = 0;
  if (!doc) {
    doc = demarche_doc_new();
    require(doc && !demarche_set(doc, "from", (demarche_str){FROM, strlen(FROM)}, &err));
    require(!demarche_set(doc, "map", (demarche_str){"text=doc.0.text,date=when", 25}, &err));
  }
  if (demarche_read(doc, (demarche_str){(const char *)data, size}, &err) != DEMARCHE_OK) return 0;
  check(doc);
  require(demarche_write_part(doc, DEMARCHE_READING, swallow, &written, &err) == DEMARCHE_OK);
  require(demarche_write_part(doc, DEMARCHE_CHECK, swallow, &written, &err) == DEMARCHE_OK);
  return 0;
}
