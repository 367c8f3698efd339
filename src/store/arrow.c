/* The events as Arrow columns: those of the CSV, typed, batch by batch. Rows fill buffers, buffers are wrapped in the C data
 * interface, and the IPC writer takes it from there. Invariant: a batch holds at most BATCH rows, so memory is bounded whatever
 * the store holds. Refuses: nested columns; lists are ';'-separated texts, as in the CSV. */
#include "store/arrow.h"

#include <stdlib.h>

#include "store/rows.h"

enum { BATCH = 8192 };

typedef enum column_kind { TEXT, NUMBER, REAL, FLAG, DAY } column_kind;
static const char *const formats[] = {[TEXT] = "u", [NUMBER] = "l", [REAL] = "g", [FLAG] = "b", [DAY] = "tdD"};

/* C(name, kind, what): what is a dem_row_column, or one of the numbers below. */
enum { OF_ACTOR = 1000, OF_ACTOR_NAME, OF_RECIPIENT, OF_RECIPIENT_NAME, OF_CLAIMANT, OF_ACCOUNTS, OF_DISPATCHES, OF_CONTESTED };
static const struct {
  const char *name;
  column_kind kind;
  int what;
} columns[] = {{"id", TEXT, ROW_HASH},           {"dispatch", TEXT, ROW_RECORD_ID},  {"source", TEXT, ROW_SOURCE},
               {"published", TEXT, ROW_PUBLISHED}, {"headline", TEXT, ROW_HEADLINE},  {"type", TEXT, ROW_TYPE},
               {"mode", TEXT, ROW_MODE},         {"context", TEXT, ROW_CONTEXT},     {"quad", NUMBER, ROW_QUAD},
               {"score", REAL, ROW_SCORE},       {"cameo", TEXT, ROW_CAMEO},         {"goldstein", REAL, ROW_GOLDSTEIN},
               {"status", TEXT, ROW_STATUS},     {"actor", TEXT, OF_ACTOR},          {"actor_name", TEXT, OF_ACTOR_NAME},
               {"recipient", TEXT, OF_RECIPIENT}, {"recipient_name", TEXT, OF_RECIPIENT_NAME}, {"claimant", TEXT, OF_CLAIMANT},
               {"date_from", DAY, ROW_FROM},     {"date_to", DAY, ROW_TO},           {"place_kind", TEXT, ROW_PLACE_KIND},
               {"place", TEXT, ROW_PLACE},       {"country", TEXT, ROW_COUNTRY},     {"lat", REAL, ROW_LAT},
               {"lon", REAL, ROW_LON},           {"trigger", TEXT, ROW_TRIGGER},     {"sentence", NUMBER, ROW_SENTENCE},
               {"confidence", REAL, ROW_CONFIDENCE}, {"happening", NUMBER, ROW_HAPPENING}, {"accounts", NUMBER, OF_ACCOUNTS},
               {"dispatches", NUMBER, OF_DISPATCHES}, {"contested", FLAG, OF_CONTESTED}, {"retracted", FLAG, ROW_RETRACTED}};
enum { COLUMNS = sizeof columns / sizeof *columns };

typedef struct column {
  unsigned char valid[BATCH / 8];
  union {
    int32_t offset[BATCH + 1]; /* texts */
    int32_t day[BATCH];
    int64_t number[BATCH];
    double real[BATCH];
    unsigned char flag[BATCH / 8];
  } u;
  char *text;
  size_t cap;
  int64_t nulls;
} column;

struct dem_arrow {
  column at[COLUMNS];
  int64_t rows;
  struct ArrowSchema schema, field[COLUMNS], *fields[COLUMNS];
  dem_ipc ipc;
};

static bool set_text(column *c, int64_t row, dem_str s) {
  size_t from = (size_t)c->u.offset[row];
  if (s.len > INT32_MAX - from) return false;
  if (from + s.len > c->cap) {
    size_t cap = c->cap ? c->cap * 2 : 4096;
    while (cap < from + s.len) cap *= 2;
    char *wider = realloc(c->text, cap);
    if (!wider) return false;
    c->text = wider;
    c->cap = cap;
  }
  if (s.len) memcpy(c->text + from, s.data, s.len);
  c->u.offset[row + 1] = (int32_t)(from + s.len);
  return true;
}

static void mark(unsigned char *bits, int64_t row) { bits[row / 8] = (unsigned char)(bits[row / 8] | 1u << (row % 8)); }

static dem_str text_of(dem_rows *r, int what) {
  switch (what) {
    case OF_ACTOR: return dem_row_codes(r, r->actor, ";");
    case OF_ACTOR_NAME: return dem_row_names(r, r->actor, ";");
    case OF_RECIPIENT: return dem_row_codes(r, r->recipient, ";");
    case OF_RECIPIENT_NAME: return dem_row_names(r, r->recipient, ";");
    case OF_CLAIMANT: return dem_row_names(r, r->claimant, ";");
    default: return dem_row_text(r, (dem_row_column)what);
  }
}

static int64_t number_of(dem_rows *r, int what) {
  if (what == OF_ACCOUNTS) return r->count.accounts;
  if (what == OF_DISPATCHES) return r->count.dispatches;
  return what == OF_CONTESTED ? r->count.contested : dem_row_int(r, (dem_row_column)what);
}

/* Is there a value? False: out of memory or too long a batch. */
static bool set(dem_rows *r, column *c, size_t i, int64_t row, bool *there) {
  int what = columns[i].what;
  dem_day day = DEM_NO_DAY;
  *there = what >= OF_ACTOR || dem_row_has(r, (dem_row_column)what);
  switch (columns[i].kind) {
    case TEXT: return set_text(c, row, text_of(r, what));
    case NUMBER: c->u.number[row] = number_of(r, what); break;
    case REAL: c->u.real[row] = *there ? sqlite3_column_double(r->main, what) : 0; break;
    case FLAG:
      if (number_of(r, what)) mark(c->u.flag, row);
      break;
    case DAY:
      *there = dem_day_parse(dem_row_text(r, (dem_row_column)what), &day);
      c->u.day[row] = *there ? day : 0;
      break;
  }
  return true;
}

static void empty(struct dem_arrow *a) {
  for (size_t i = 0; i < COLUMNS; i++) {
    memset(a->at[i].valid, 0, sizeof a->at[i].valid);
    memset(&a->at[i].u, 0, sizeof a->at[i].u);
    a->at[i].nulls = 0;
  }
  a->rows = 0;
}

static void flush(struct dem_arrow *a) {
  const void *buffers[COLUMNS][3];
  struct ArrowArray child[COLUMNS], *children[COLUMNS], batch = {.length = a->rows, .n_children = COLUMNS, .children = children};
  for (size_t i = 0; i < COLUMNS; i++) {
    column *c = &a->at[i];
    buffers[i][0] = c->nulls ? c->valid : NULL;
    buffers[i][1] = &c->u;
    buffers[i][2] = c->text;
    child[i] = (struct ArrowArray){.length = a->rows, .null_count = c->nulls, .n_buffers = columns[i].kind == TEXT ? 3 : 2, .buffers = buffers[i]};
    children[i] = &child[i];
  }
  if (a->rows) dem_ipc_batch(&a->ipc, &a->schema, &batch);
  empty(a);
}

void dem_begin_arrow(dem_rows *r) {
  struct dem_arrow *a = r->arrow = calloc(1, sizeof *a);
  if (!a) {
    r->code = SQLITE_NOMEM;
    return;
  }
  for (size_t i = 0; i < COLUMNS; i++) {
    a->field[i] = (struct ArrowSchema){.format = formats[columns[i].kind], .name = columns[i].name, .flags = ARROW_FLAG_NULLABLE};
    a->fields[i] = &a->field[i];
  }
  a->schema = (struct ArrowSchema){.format = "+s", .name = "", .n_children = COLUMNS, .children = a->fields};
  dem_ipc_open(&a->ipc, &r->out, &a->schema);
}

void dem_write_row_arrow(dem_rows *r) {
  struct dem_arrow *a = r->arrow;
  for (size_t i = 0; i < COLUMNS; i++) {
    bool there;
    if (!set(r, &a->at[i], i, a->rows, &there)) r->code = SQLITE_NOMEM;
    if (there) mark(a->at[i].valid, a->rows);
    a->at[i].nulls += !there;
  }
  if (++a->rows == BATCH) flush(a);
}

void dem_end_arrow(dem_rows *r) {
  struct dem_arrow *a = r->arrow;
  if (!a) return;
  flush(a);
  dem_ipc_close(&a->ipc, &a->schema);
  if (a->ipc.failed && r->code == SQLITE_OK) r->code = SQLITE_NOMEM;
  for (size_t i = 0; i < COLUMNS; i++) free(a->at[i].text);
  free(a);
}
