/* One record of a web archive: its WARC header (address, time of the fetch), the HTTP response in it (status, type, charset, transfer
 * and content encodings undone), and what that carries, read as what it is. The time of the fetch is taken for the publication when
 * the page gives none, and a note says so: crawls of news come within hours. A chunk that is cut off keeps what came. */
#include "base/unpack.h"
#include "read/parts.h"

static bool starts_nocase(dem_str s, const char *lowered) {
  return dem_str_is_nocase(dem_str_sub(s, 0, strlen(lowered)), lowered);
}

static dem_str header_of(dem_str head, const char *name) {
  size_t n = strlen(name);
  while (head.len) {
    dem_str line = dem_str_cut(&head, '\n');
    if (line.len > n && line.data[n] == ':' && dem_str_is_nocase(dem_str_sub(line, 0, n), name))
      return dem_str_trim(dem_str_sub(line, n + 1, line.len));
  }
  return (dem_str){NULL, 0};
}

/* Cut the header block off the front of *s. */
static dem_str cut_head(dem_str *s) {
  dem_str all = *s;
  for (size_t at = 0; at < all.len;) {
    const char *p = memchr(all.data + at, '\n', all.len - at);
    if (!p) break;
    at = (size_t)(p - all.data) + 1;
    size_t end = at < all.len && all.data[at] == '\r' ? at + 1 : at;
    if (end >= all.len || all.data[end] != '\n') continue;
    *s = dem_str_sub(all, end + 1, all.len);
    return dem_str_sub(all, 0, at);
  }
  *s = (dem_str){NULL, 0};
  return all;
}

static size_t chunk_size(dem_str line, bool *good) {
  size_t n = 0, i = 0;
  for (; i < line.len && i < 12; i++) {
    unsigned char c = dem_lower((unsigned char)line.data[i]);
    int digit = dem_is_digit(c) ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
    if (digit < 0) break;
    n = n * 16 + (size_t)digit;
  }
  *good = i > 0;
  return n;
}

/* Bodies that crawlers kept as they came over the wire; those stored without their chunks are told by their first line. */
static dem_str without_chunks(dem_doc *doc, dem_str s) {
  char *out = dem_arena_push(&doc->arena, s.len + 1);
  size_t n = 0;
  dem_str rest = s;
  for (bool first = true; rest.len; first = false) {
    bool good;
    size_t size = chunk_size(dem_str_cut(&rest, '\n'), &good);
    if (!good && first) return s;
    if (!good || size == 0) break;
    dem_str chunk = dem_str_sub(rest, 0, size);
    if (chunk.len) memcpy(out + n, chunk.data, chunk.len);
    n += chunk.len;
    if (chunk.len < size) dem_doc_note(doc, "cut", DEM_S("the page is cut off: what came is read"), (dem_span){0, 0});
    rest = dem_str_sub(rest, size, rest.len);
    if (dem_str_starts(rest, "\r\n")) rest = dem_str_sub(rest, 2, rest.len);
    else if (dem_str_starts(rest, "\n")) rest = dem_str_sub(rest, 1, rest.len);
  }
  return (dem_str){out, n};
}

static dem_str unpacked(dem_doc *doc, dem_str body, dem_str encoding) {
  dem_packing kind = dem_packing_of(body);
  bool damaged, deflate = starts_nocase(encoding, "deflate");
  dem_str out, why;
  if (kind == DEM_PACKED_NOT && deflate) kind = DEM_PACKED_DEFLATE;
  if (kind == DEM_PACKED_NOT) {
    if (starts_nocase(encoding, "br"))
      dem_arena_fail(&doc->arena, DEMARCHE_FORMAT, "a page packed with brotli, which is not read");
    return body;
  }
  if (!dem_unpack_all(&doc->arena, kind, body, doc->limits.input, doc->limits.ratio, &out, &damaged, &why))
    dem_read_fail(doc, DEMARCHE_LIMIT, why);
  if (damaged)
    dem_doc_note(doc, "damaged", DEM_S("the page's packed data is damaged: what came before is read"), (dem_span){0, 0});
  return out;
}

static dem_str charset_of(dem_str type) {
  size_t at = dem_str_find(type, DEM_S("charset="), 0);
  if (at == SIZE_MAX) at = dem_str_find(type, DEM_S("Charset="), 0);
  if (at == SIZE_MAX) return (dem_str){NULL, 0};
  dem_str label = dem_str_sub(type, at + 8, type.len);
  size_t n = 0;
  while (n < label.len && label.data[n] != ';' && label.data[n] != ' ') n++;
  label = dem_str_sub(label, 0, n);
  if (label.len > 1 && (label.data[0] == '"' || label.data[0] == '\'')) label = dem_str_sub(label, 1, label.len - 1);
  return label;
}

static void from_address(dem_doc *doc, dem_str uri, dem_str date) {
  uri = dem_str_trim(dem_read_clean(&doc->arena, uri));
  if (uri.len > 2 && uri.data[0] == '<' && dem_str_ends(uri, ">")) uri = dem_str_sub(uri, 1, uri.len - 1);
  if (!doc->url.len && dem_read_is_url(uri)) doc->url = uri;
  if (uri.len) doc->source = uri;
  if (doc->published.len || dem_read_url_date(doc) || doc->option_date) return;
  if (date.len && dem_read_published(doc, date))
    dem_doc_note(doc, "date-from-fetch", DEM_S("the page names no date; the day it was fetched is used"), (dem_span){0, 0});
}

void dem_read_warc(dem_doc *doc, dem_str bytes) {
  dem_str body = bytes, head = cut_head(&body), type = header_of(head, "content-type");
  if (dem_str_starts(body, "HTTP/")) {
    dem_str http = cut_head(&body), transfer = header_of(http, "transfer-encoding");
    type = header_of(http, "content-type");
    if (starts_nocase(transfer, "chunked")) body = without_chunks(doc, body);
    body = unpacked(doc, body, header_of(http, "content-encoding"));
  }
  if (!dem_str_trim(dem_str_sub(body, 0, 4096)).len) dem_arena_fail(&doc->arena, DEMARCHE_FORMAT, "an empty record");
  dem_read_bytes(doc, body, charset_of(type));
  from_address(doc, header_of(head, "warc-target-uri"), header_of(head, "warc-date"));
  doc->format = DEM_S("warc");
}
