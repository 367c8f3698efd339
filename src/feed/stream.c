/* A chain of layers, the first of raw bytes, each further one unpacking the one before; the last layer's buffer is the window.
 * Small plain files are mapped and need no copy; everything else is read in steps, so that memory is bounded by the window that
 * the caller lets grow. Invariant: bytes between begin and end of a layer's buffer are read and not taken. Refuses: more than the
 * layers allowed, and what unpacks to more than the ratio allowed. */
#include "feed/stream.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/unpack.h"

enum { STEP = 256 << 10, MAPPED = 16 << 20, MAX_LAYERS = 8 };

typedef struct layer {
  dem_unpacker *unpacker; /* NULL: raw bytes */
  dem_packing kind;
  char *at;
  size_t begin, end, cap;
  uint64_t in, out;
  bool ended, broken, inside; /* inside: in the middle of a member */
} layer;

struct dem_stream {
  int fd; /* -1: none */
  dem_file file;
  bool whole;
  layer layers[MAX_LAYERS + 1];
  size_t n; /* layers in use */
  uint64_t ratio;
  char damage[120];
  bool over; /* nothing can be read any more */
};

static layer *last(dem_stream *s) { return &s->layers[s->n - 1]; }

static bool stop(dem_stream *s, const char *why) {
  snprintf(s->damage, sizeof s->damage, "%s", why);
  s->over = true;
  return false;
}

/* Room at the end of the layer's buffer. */
static bool make_room(layer *l) {
  if (l->begin == l->end) l->begin = l->end = 0;
  if (l->cap - l->end >= STEP) return true;
  if (l->begin && l->cap - (l->end - l->begin) >= l->cap / 2 && l->cap - (l->end - l->begin) >= STEP) {
    memmove(l->at, l->at + l->begin, l->end - l->begin);
    l->end -= l->begin;
    l->begin = 0;
    return true;
  }
  size_t used = l->end - l->begin, cap = used * 2 > STEP ? used * 2 + STEP : 2 * STEP;
  char *wider = malloc(cap);
  if (!wider) return false;
  if (used) memcpy(wider, l->at + l->begin, used);
  free(l->at);
  *l = (layer){.unpacker = l->unpacker,
               .kind = l->kind,
               .at = wider,
               .end = used,
               .cap = cap,
               .in = l->in,
               .out = l->out,
               .ended = l->ended,
               .broken = l->broken,
               .inside = l->inside};
  return true;
}

static bool fill_raw(dem_stream *s, layer *l) {
  if (s->whole || s->fd < 0 || l->ended) return l->ended = true, false;
  if (!make_room(l)) return stop(s, "out of memory");
  for (;;) {
    ssize_t got = read(s->fd, l->at + l->end, l->cap - l->end);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return stop(s, strerror(errno));
    l->ended = got == 0;
    l->end += (size_t)got;
    return got > 0;
  }
}

static bool fill(dem_stream *s, size_t index);

static dem_str bytes_of(const layer *l) { return (dem_str){l->at + l->begin, l->end - l->begin}; }

static bool damaged(dem_stream *s, layer *l) {
  l->broken = true;
  snprintf(s->damage, sizeof s->damage, "damaged %s data", l->kind == DEM_PACKED_GZIP ? "gzip" : "zstd");
  return false;
}

/* Between members: is another one there, or is the rest padding? */
static bool next_member(dem_stream *s, size_t index) {
  layer *l = &s->layers[index], *from = &s->layers[index - 1];
  while (from->end - from->begin < 4 && fill(s, index - 1)) continue;
  if (dem_packing_of(bytes_of(from)) == l->kind) return true;
  l->ended = true;
  if (from->end > from->begin && from->at[from->begin]) return damaged(s, l);
  return false;
}

static bool fill_unpacked(dem_stream *s, size_t index) {
  layer *l = &s->layers[index], *from = &s->layers[index - 1];
  if (l->ended || l->broken) return false;
  if (!make_room(l)) return stop(s, "out of memory");
  for (size_t made = 0; !made;) {
    if (!l->inside && !next_member(s, index)) return false;
    l->inside = true;
    if (from->begin == from->end && !fill(s, index - 1)) return s->over ? false : damaged(s, l); /* cut off */
    dem_str in = bytes_of(from);
    size_t before = in.len;
    dem_unpacked status = dem_unpacker_step(l->unpacker, &in, l->at + l->end, l->cap - l->end, &made);
    from->begin += before - in.len;
    l->in += before - in.len;
    l->end += made;
    l->out += made;
    if (status == DEM_UNPACK_NOMEM) return stop(s, "out of memory");
    if (status == DEM_UNPACK_MEMBER) l->inside = false;
    if (status == DEM_UNPACK_DAMAGED) return damaged(s, l) || made > 0;
    if (dem_unpack_is_bomb(l->in, l->out, s->ratio))
      return stop(s, "unpacks to far more than its size: refused (--limits ratio=N)");
  }
  return true;
}

static bool fill(dem_stream *s, size_t index) {
  if (s->over) return false;
  return index ? fill_unpacked(s, index) : fill_raw(s, &s->layers[0]);
}

/* Put a layer on top for each packing that shows. */
static bool add_layers(dem_stream *s, uint32_t most, demarche_error *err) {
  for (;;) {
    layer *l = last(s);
    while (l->end - l->begin < 4 && fill(s, s->n - 1)) continue;
    dem_packing kind = dem_packing_of(bytes_of(l));
    if (kind == DEM_PACKED_NOT) return true;
    if (s->n > most || s->n > MAX_LAYERS) {
      snprintf(err->text, sizeof err->text, "packed more than %u times: refused (--limits layers=N)", (unsigned)most);
      err->status = DEMARCHE_LIMIT;
      return false;
    }
    layer *next = &s->layers[s->n++];
    *next = (layer){.kind = kind, .unpacker = dem_unpacker_new(kind)};
    if (next->unpacker) continue;
    err->status = DEMARCHE_NOMEM;
    snprintf(err->text, sizeof err->text, "out of memory");
    return false;
  }
}

static bool open_path(dem_stream *s, const char *path, demarche_error *err) {
  struct stat st;
  char start[4];
  bool input = strcmp(path, "-") == 0;
  s->fd = input ? dup(STDIN_FILENO) : open(path, O_RDONLY | O_CLOEXEC);
  bool known = s->fd >= 0 && fstat(s->fd, &st) == 0;
  if (!known || S_ISDIR(st.st_mode)) {
    err->status = DEMARCHE_IO;
    snprintf(err->text, sizeof err->text, "%s", known ? "is a directory" : strerror(errno));
    return false;
  }
  bool plain = S_ISREG(st.st_mode) && !input && st.st_size > 0 && st.st_size <= MAPPED && pread(s->fd, start, 4, 0) == 4 &&
               dem_packing_of((dem_str){start, 4}) == DEM_PACKED_NOT;
  if (!plain || !dem_file_open(path, MAPPED, &s->file, err)) return true;
  s->whole = true;
  s->layers[0].at = (char *)(uintptr_t)s->file.bytes.data;
  s->layers[0].end = s->file.bytes.len;
  return true;
}

static dem_stream *new_stream(uint64_t ratio) {
  dem_stream *s = calloc(1, sizeof *s);
  if (!s) return NULL;
  s->fd = -1;
  s->n = 1;
  s->ratio = ratio;
  return s;
}

dem_stream *dem_stream_open(const char *path, uint32_t layers, uint64_t ratio, demarche_error *err) {
  dem_stream *s = new_stream(ratio);
  if (!s) {
    err->status = DEMARCHE_NOMEM;
    snprintf(err->text, sizeof err->text, "out of memory");
    return NULL;
  }
  if (open_path(s, path, err) && (s->whole || add_layers(s, layers, err))) return s;
  dem_stream_close(s);
  return NULL;
}

dem_stream *dem_stream_of(dem_str bytes) {
  dem_stream *s = new_stream(UINT64_MAX);
  if (!s) return NULL;
  s->whole = true;
  s->layers[0].at = (char *)(uintptr_t)bytes.data;
  s->layers[0].end = bytes.len;
  return s;
}

void dem_stream_close(dem_stream *s) {
  if (!s) return;
  for (size_t i = 0; i < s->n; i++) {
    dem_unpacker_free(s->layers[i].unpacker);
    if (i || !s->whole) free(s->layers[i].at);
  }
  if (s->file.bytes.data) dem_file_close(&s->file);
  if (s->fd >= 0) close(s->fd);
  free(s);
}

dem_str dem_stream_window(const dem_stream *s) { return bytes_of(&s->layers[s->n - 1]); }

bool dem_stream_more(dem_stream *s) {
  size_t before = dem_stream_window(s).len, now = before;
  while (now < before * 2 + STEP && fill(s, s->n - 1)) now = dem_stream_window(s).len;
  return dem_stream_window(s).len > before;
}

void dem_stream_take(dem_stream *s, uint64_t n) {
  while (n) {
    layer *l = last(s);
    size_t here = l->end - l->begin, step = n < here ? (size_t)n : here;
    l->begin += step;
    n -= step;
    if (n && !fill(s, s->n - 1)) return;
  }
}

bool dem_stream_is_whole(const dem_stream *s) { return s->whole; }
bool dem_stream_is_refused(const dem_stream *s) { return s->over; }
const char *dem_stream_damage(const dem_stream *s) { return s->damage; }

/* The next place where a member may begin. */
static bool seek_member(dem_stream *s, size_t index) {
  layer *l = &s->layers[index], *from = &s->layers[index - 1];
  if (from->begin < from->end) from->begin++;
  for (;;) {
    while (from->end - from->begin < 4 && fill(s, index - 1)) continue;
    dem_str rest = bytes_of(from);
    if (rest.len < 4) return false;
    if (dem_packing_of(rest) == l->kind) return true;
    const char *p = memchr(rest.data + 1, l->kind == DEM_PACKED_GZIP ? 0x1F : 0x28, rest.len - 1);
    from->begin += p ? (size_t)(p - rest.data) : rest.len;
  }
}

bool dem_stream_resume(dem_stream *s) {
  if (s->over) return false;
  for (size_t i = 1; i < s->n; i++) {
    layer *l = &s->layers[i];
    if (!l->broken) continue;
    for (size_t above = i; above < s->n; above++) s->layers[above].begin = s->layers[above].end = 0;
    if (!seek_member(s, i)) return l->ended = true, l->broken = false, s->damage[0] = 0, false;
    dem_unpacker_restart(l->unpacker);
    l->broken = l->inside = l->ended = false;
    s->damage[0] = 0;
    return true;
  }
  return false;
}
