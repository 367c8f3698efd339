/* A row in, a row out. The header line names the columns in any order. A row without a sentence, with too few columns, or that the
 * library refuses is named on stderr and answered with the type of plain talk (CONSULT) at confidence 0, since readers pair rows
 * by order. Refuses: input whose header lacks id or sentence. */
#include "cli/relate.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "cli/run.h"

enum { ID, SENTENCE, SOURCE, TARGET, FIELDS, MOST_COLUMNS = 64 };
static const char *const fields[FIELDS] = {"id", "sentence", "source", "target"};

typedef struct table {
  int column[FIELDS]; /* where each field stands; -1: nowhere */
} table;

static void cells(dem_str line, dem_str cell[MOST_COLUMNS]) {
  for (int i = 0; i < MOST_COLUMNS; i++) cell[i] = (dem_str){NULL, 0};
  for (int i = 0; i < MOST_COLUMNS && line.len; i++) cell[i] = dem_str_trim(dem_str_cut(&line, '\t'));
}

static bool header(dem_str line, table *t) {
  dem_str cell[MOST_COLUMNS];
  cells(line, cell);
  for (int f = 0; f < FIELDS; f++) {
    t->column[f] = -1;
    for (int i = 0; i < MOST_COLUMNS && t->column[f] < 0; i++)
      if (dem_str_is(cell[i], fields[f])) t->column[f] = i;
  }
  return t->column[ID] >= 0 && t->column[SENTENCE] >= 0;
}

static dem_str field(const table *t, const dem_str *cell, int f) {
  return t->column[f] < 0 ? (dem_str){NULL, 0} : cell[t->column[f]];
}

static bool answer(const demarche_model *model, demarche_doc *doc, const table *t, dem_str line, unsigned number, int out) {
  dem_str cell[MOST_COLUMNS];
  cells(line, cell);
  demarche_relation r = {.type = "CONSULT", .status = "asserted"};
  demarche_error err = {.text = "no sentence"};
  dem_str sentence = field(t, cell, SENTENCE), id = field(t, cell, ID);
  bool ok = sentence.len && demarche_relate(doc, model, sentence, field(t, cell, SOURCE), field(t, cell, TARGET), &r, &err) == DEMARCHE_OK;
  char row[128], where[32];
  if (!ok) {
    snprintf(where, sizeof where, "row %u", number);
    complain(where, err.text);
  }
  int n = snprintf(row, sizeof row, "\t%s\t%s\t%s\t%u.%03u\n", r.type, r.mode, r.status, r.per_mille / 1000, r.per_mille % 1000);
  if (!write_all(out, id.data ? id.data : "", id.len) || !write_all(out, row, (size_t)n)) return false;
  return ok || (errno = 0, false);
}

static int rows(const demarche_model *model, FILE *in, int out) {
  static const char head[] = "id\ttype\tmode\tstatus\tconfidence\n";
  demarche_doc *doc = demarche_doc_new();
  char *line = NULL;
  size_t room = 0;
  ssize_t len = getline(&line, &room, in);
  table t;
  int status = 0;
  if (!doc || len <= 0 || !header((dem_str){line, (size_t)len}, &t)) {
    complain("relate", "the first line must name the columns: id, sentence, source, target, with tabs between");
    status = 2;
  } else if (!write_all(out, head, sizeof head - 1)) {
    status = errno == EPIPE ? 0 : 1;
  } else {
    for (unsigned number = 1; (len = getline(&line, &room, in)) > 0; number++) {
      if (!dem_str_trim((dem_str){line, (size_t)len}).len) continue;
      if (answer(model, doc, &t, (dem_str){line, (size_t)len}, number, out)) continue;
      status = 1;
      if (errno) break; /* the output refused */
    }
    if (status && errno == EPIPE) status = 0;
  }
  free(line);
  demarche_doc_free(doc);
  return status;
}

int dem_cli_relate(const demarche_model *model, const char *path, int out) {
  bool standard = strcmp(path, "-") == 0;
  FILE *in = standard ? stdin : fopen(path, "r");
  if (!in) {
    complain(path, strerror(errno));
    return 1;
  }
  int status = rows(model, in, out);
  if (!standard) fclose(in);
  return status;
}
