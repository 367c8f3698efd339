/* Cutters of text that holds many dispatches: CSV and TSV (RFC 4180: a quoted field may hold line ends), JSON lists, and the text
 * exports of newspaper databases (Lexis: "End of Document", "3 of 120 DOCUMENTS"; Factiva: "Document RTRS000020200626eg6q000ab").
 * Each search goes on where the last window ended. */
#include "feed/cut.h"

#include <stdlib.h>

static bool give(dem_cutting *out, size_t begin, size_t end, size_t next) {
  *out = (dem_cutting){.begin = begin, .end = end, .next = next};
  return true;
}

/* ---- CSV ---- */

/* One past the line end of the row that begins at `from`; SIZE_MAX when it is not there. A quote opens a quoted field only at the
 * field's start. */
static size_t row_end(dem_str s, size_t from, char sign) {
  bool start = true, quoted = false;
  for (size_t i = from; i < s.len; i++) {
    char c = s.data[i];
    if (quoted) {
      if (c == '"' && i + 1 < s.len && s.data[i + 1] == '"') i++;
      else if (c == '"') quoted = false;
    } else if (c == '"' && start && sign != '\t') {
      quoted = true;
    } else if (c == '\n') {
      return i + 1;
    }
    start = c == sign;
  }
  return SIZE_MAX;
}

static size_t count(dem_str s, char c) {
  size_t n = 0;
  for (size_t i = 0; i < s.len; i++) n += s.data[i] == c;
  return n;
}

bool dem_is_csv(dem_cutter *c, dem_str s) {
  if (dem_str_starts(s, "\xEF\xBB\xBF")) s = dem_str_sub(s, 3, s.len);
  dem_str line = dem_str_cut(&s, '\n');
  size_t tabs = count(line, '\t'), commas = count(line, ','), semicolons = count(line, ';');
  c->sign = tabs ? '\t' : semicolons > commas ? ';' : ',';
  return line.len > 0;
}

static dem_cut take_header(dem_cutter *c, dem_str s, bool ended, dem_cutting *out) {
  size_t end = row_end(s, 0, c->sign);
  if (end == SIZE_MAX && !ended) return DEM_CUT_MORE;
  if (end == SIZE_MAX) end = s.len;
  c->prefix = malloc(end + 2);
  if (!c->prefix) return *out = (dem_cutting){.next = s.len, .why = "out of memory"}, DEM_CUT_LOST;
  memcpy(c->prefix, s.data, end);
  c->prefix_len = end;
  return give(out, 0, 0, end), DEM_CUT_SKIP;
}

dem_cut dem_cut_csv(dem_cutter *c, dem_str s, bool ended, dem_cutting *out) {
  size_t from = 0;
  if (!c->prefix) return take_header(c, s, ended, out);
  while (from < s.len && (s.data[from] == '\n' || s.data[from] == '\r')) from++;
  if (from == s.len) return ended ? DEM_CUT_END : DEM_CUT_MORE;
  size_t end = row_end(s, from, c->sign);
  if (end == SIZE_MAX && !ended) return DEM_CUT_MORE;
  if (end == SIZE_MAX) end = s.len;
  return give(out, from, end, end), DEM_CUT_PIECE;
}

/* ---- JSON lists ---- */

dem_cut dem_cut_json_list(dem_cutter *c, dem_str s, bool ended, dem_cutting *out) {
  size_t from = 0, depth = 0;
  while (from < s.len &&
         (dem_is_space((unsigned char)s.data[from]) || s.data[from] == ',' || (!c->list && s.data[from] == '['))) {
    if (s.data[from] == '[') c->list = true;
    from++;
  }
  if (from == s.len) return ended ? DEM_CUT_END : DEM_CUT_MORE;
  if (s.data[from] == ']') return DEM_CUT_END;
  if (s.data[from] != '{')
    return *out = (dem_cutting){.next = s.len, .why = "a JSON list that holds other things than objects"}, DEM_CUT_LOST;
  bool quoted = false;
  for (size_t i = from; i < s.len; i++) {
    char here = s.data[i];
    if (quoted) {
      if (here == '\\') i++;
      else quoted = here != '"';
    } else if (here == '"') {
      quoted = true;
    } else if (here == '{' || here == '[') {
      depth++;
    } else if ((here == '}' || here == ']') && --depth == 0) {
      return give(out, from, i + 1, i + 1), DEM_CUT_PIECE;
    }
  }
  if (!ended) return DEM_CUT_MORE;
  return *out = (dem_cutting){.next = s.len, .why = "a JSON object that does not end"}, DEM_CUT_LOST;
}

/* ---- text exports ---- */

static bool is_end_line(dem_str line) { /* the last line of an article */
  line = dem_str_trim(line);
  if (dem_str_is(line, "End of Document")) return true;
  if (!dem_str_starts(line, "Document ") || line.len < 25 || line.len > 45) return false;
  for (size_t i = 9; i < line.len; i++)
    if (!dem_is_digit((unsigned char)line.data[i]) && !dem_is_alpha((unsigned char)line.data[i])) return false;
  return true;
}

static bool is_start_line(dem_str line) { /* "3 of 120 DOCUMENTS" */
  line = dem_str_trim(line);
  size_t i = 0;
  if (line.len > 60) return false;
  while (i < line.len && dem_is_digit((unsigned char)line.data[i])) i++;
  if (!i || !dem_str_starts(dem_str_sub(line, i, line.len), " of ")) return false;
  size_t from = i += 4;
  while (i < line.len && dem_is_digit((unsigned char)line.data[i])) i++;
  return i > from && dem_str_is(dem_str_sub(line, i, line.len), " DOCUMENTS");
}

bool dem_is_articles(dem_str s) {
  while (s.len) {
    dem_str line = dem_str_cut(&s, '\n');
    if (is_end_line(line) || is_start_line(line)) return true;
  }
  return false;
}

static bool is_blank(dem_str s) { return dem_str_trim(s).len == 0; }

/* One past the line at `at`; SIZE_MAX when its end is not there. */
static size_t line_end(dem_str s, size_t at) {
  const char *p = at < s.len ? memchr(s.data + at, '\n', s.len - at) : NULL;
  return p ? (size_t)(p - s.data) + 1 : SIZE_MAX;
}

dem_cut dem_cut_articles(dem_cutter *c, dem_str s, bool ended, dem_cutting *out) {
  for (size_t at = c->scanned, end; at < s.len; at = end) {
    end = line_end(s, at);
    if (end == SIZE_MAX && !ended) return c->scanned = at, DEM_CUT_MORE;
    if (end == SIZE_MAX) end = s.len;
    dem_str line = dem_str_sub(s, at, end);
    if (is_end_line(line)) return c->scanned = 0, give(out, 0, end, end), DEM_CUT_PIECE;
    if (!is_start_line(line)) continue;
    c->scanned = 0;
    if (is_blank(dem_str_sub(s, 0, at))) {
      c->scanned = end; /* the start of this one: look behind it */
      continue;
    }
    return give(out, 0, at, at), DEM_CUT_PIECE;
  }
  if (!ended) return c->scanned = s.len, DEM_CUT_MORE;
  c->scanned = 0;
  if (is_blank(s)) return DEM_CUT_END;
  return give(out, 0, s.len, s.len), DEM_CUT_PIECE;
}

/* ---- rows to JSON ---- */

typedef struct text {
  char *at;
  size_t n, cap;
  bool failed;
} text;

static void put(text *t, const char *bytes, size_t n) {
  if (t->failed) return;
  if (t->cap - t->n < n) {
    size_t cap = (t->n + n) * 2 + 256;
    char *wider = realloc(t->at, cap);
    if (!wider) {
      t->failed = true;
      return;
    }
    t->at = wider;
    t->cap = cap;
  }
  memcpy(t->at + t->n, bytes, n);
  t->n += n;
}

static void put_json(text *t, char c) {
  static const char hex[] = "0123456789abcdef";
  unsigned char u = (unsigned char)c;
  if (c == '"' || c == '\\') {
    put(t, (char[]){'\\', c}, 2);
  } else if (c == '\n') {
    put(t, "\\n", 2);
  } else if (u < 0x20) {
    put(t, (char[]){'\\', 'u', '0', '0', hex[u >> 4], hex[u & 15]}, 6);
  } else {
    put(t, &c, 1);
  }
}

/* The field at *at as a JSON string; *at is passed over it and its separator. False behind the last one. */
static bool put_field(text *t, dem_str row, size_t *at, char sign, bool *last) {
  size_t i = *at;
  if (*last) return false;
  bool quoted = sign != '\t' && i < row.len && row.data[i] == '"';
  put(t, "\"", 1);
  for (i += quoted; i < row.len; i++) {
    char c = row.data[i];
    if (quoted && c == '"') {
      if (i + 1 >= row.len || row.data[i + 1] != '"') {
        quoted = false;
        continue;
      }
      i++;
    } else if (!quoted && c == sign) {
      break;
    }
    put_json(t, c);
  }
  put(t, "\"", 1);
  *last = i >= row.len;
  *at = i + 1;
  return true;
}

static dem_str bare_row(dem_str row) {
  if (dem_str_starts(row, "\xEF\xBB\xBF")) row = dem_str_sub(row, 3, row.len);
  while (row.len && (row.data[row.len - 1] == '\n' || row.data[row.len - 1] == '\r')) row.len--;
  return row;
}

char *dem_csv_to_json(dem_str header, dem_str row, char sign, size_t *len) {
  text t = {0};
  size_t key = 0, value = 0, columns = 0;
  bool no_key = false, no_value = false;
  header = bare_row(header);
  row = bare_row(row);
  put(&t, "{", 1);
  for (;; columns++) {
    size_t before = t.n;
    if (columns) put(&t, ", ", 2);
    if (!put_field(&t, header, &key, sign, &no_key)) {
      t.n = before; /* more fields than the header has: passed over */
      break;
    }
    put(&t, ": ", 2);
    if (!put_field(&t, row, &value, sign, &no_value)) put(&t, "\"\"", 2);
  }
  put(&t, "}", 1);
  *len = t.n;
  if (!t.failed) return t.at;
  free(t.at);
  return NULL;
}
