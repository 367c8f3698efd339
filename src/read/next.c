/* Cutting one dispatch off an input. Input that begins with '{' is JSON Lines: a piece is an object to its closing brace, be it
 * on one line or pretty-printed over many, and to the end of that line. An object that never closes ends where the next line with
 * '{' in its first column begins, so it fails alone, and no byte is looked at more than twice. Everything else is one dispatch.
 *
 * Lines between objects that are no JSON have to fail and not pass for plain text, though this function has no memory: a cut
 * leaves the object's own '}' at the front of the input when such a line follows, and the line's piece begins with it. */
#include "read/read.h"

static size_t skip_blank(dem_str s, size_t at) {
  if (at == 0 && s.len >= 3 && memcmp(s.data, "\xEF\xBB\xBF", 3) == 0) at = 3;
  while (at < s.len && dem_is_space((unsigned char)s.data[at])) at++;
  return at;
}

static size_t line_end(dem_str s, size_t at) {
  const char *p = at < s.len ? memchr(s.data + at, '\n', s.len - at) : NULL;
  return p ? (size_t)(p - s.data) + 1 : s.len;
}

/* The start of the next line whose first sign is '{', from the line that ends at `at` on; the end when there is none. */
static size_t next_object(dem_str s, size_t at) {
  while (at < s.len && s.data[at] != '{') at = line_end(s, at);
  return at;
}

/* One past the brace that closes the object at `at`; SIZE_MAX when it does not close before another begins. */
static size_t object_end(dem_str s, size_t at) {
  size_t depth = 0;
  bool quoted = false;
  for (size_t i = at; i < s.len; i++) {
    char c = s.data[i];
    if (c == '\n' && (quoted || (i + 1 < s.len && s.data[i + 1] == '{'))) return SIZE_MAX;
    if (quoted) {
      if (c == '\\' && i + 1 < s.len && s.data[i + 1] != '\n') i++;
      quoted = c != '"';
    } else if (c == '"') {
      quoted = true;
    } else if (c == '{' || c == '[') {
      depth++;
    } else if ((c == '}' || c == ']') && --depth == 0) {
      return c == '}' ? i + 1 : SIZE_MAX;
    }
  }
  return SIZE_MAX;
}

static bool cut(dem_str *input, dem_str *piece, size_t from, size_t to, size_t rest) {
  *piece = dem_str_sub(*input, from, to);
  *input = dem_str_sub(*input, rest, input->len);
  return true;
}

static bool cut_object(dem_str *input, dem_str *piece, size_t at) {
  dem_str s = *input;
  size_t end = object_end(s, at);
  if (end == SIZE_MAX) {
    end = next_object(s, line_end(s, at));
    return cut(input, piece, at, end, end);
  }
  size_t line = line_end(s, end), same = end;
  while (same < line && dem_is_space((unsigned char)s.data[same])) same++;
  if (same < line && s.data[same] == '{') return cut(input, piece, at, end, same); /* {...} {...} */
  size_t next = skip_blank(s, line);
  bool junk = next < s.len && s.data[next] != '{';
  return cut(input, piece, at, line, junk ? end - 1 : next);
}

bool dem_read_next(dem_str *input, dem_str *piece) {
  size_t at = skip_blank(*input, 0);
  if (at == input->len) return input->len && cut(input, piece, 0, input->len, input->len);
  if (input->data[at] == '{') return cut_object(input, piece, at);
  if (input->data[0] != '}') return cut(input, piece, 0, input->len, input->len);
  size_t end = next_object(*input, line_end(*input, 0));
  return cut(input, piece, 0, end, end);
}
