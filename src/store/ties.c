/* The dyad over time. Happenings are counted, not accounts; a happening counts once for a pair however many of its people act.
 * Means are integers in hundredths, rounded half away from zero. Invariant: rows come in the order of the period (or, where all
 * dyads are asked for, of their counts). Refuses: events without any date in rows by period; they have one of their own. */
#include "store/ties.h"

#include <stdio.h>
#include <stdlib.h>

/* ---- asking ---- */

static const char *const period_sql[] = {
    [DEM_BY_ALL] = "'all'",
    [DEM_BY_DAY] = "e.date_from",
    [DEM_BY_WEEK] = "date(e.date_from, 'weekday 0', '-6 days')",
    [DEM_BY_MONTH] = "substr(e.date_from, 1, 7)",
    [DEM_BY_QUARTER] = "substr(e.date_from, 1, 4) || '-Q' || ((substr(e.date_from, 6, 2) + 2) / 3)",
    [DEM_BY_YEAR] = "substr(e.date_from, 1, 4)"};

/* Pairs of parties of every standing happening, as told: actor and recipient, or the actors among themselves in the order of
 * their codes. A spec is CODE, CODE:SECTOR or a name; the dyad of two specs is looked for both ways round. */
#define IS(P, X) \
  "(" X " IS NULL OR " P ".code = upper(" X ") OR " P ".code || ':' || " P ".sector = upper(" X ") OR " P ".name = " X " COLLATE NOCASE)"
#define SWAPPED "(q.side = 'actor' AND y.code < x.code)"
#define PAIRS                                                                                                                   \
  "WITH pair AS (SELECT DISTINCT p.event, CASE WHEN " SWAPPED " THEN y.code ELSE x.code END AS one,"                            \
  " CASE WHEN " SWAPPED " THEN x.code ELSE y.code END AS two, CASE WHEN " IS("x", "?1") " THEN y.code ELSE x.code END AS partner" \
  " FROM party p JOIN actor x ON x.id = p.actor JOIN party q ON q.event = p.event JOIN actor y ON y.id = q.actor"               \
  " WHERE p.side = 'actor' AND ((x.code <> '' AND y.code <> '' AND x.code <> y.code) OR (?2 IS NOT NULL AND x.id <> y.id))"     \
  " AND (q.side = 'recipient' OR (q.side = 'actor' AND p.n < q.n AND NOT EXISTS(SELECT 1 FROM party r WHERE r.event = p.event"  \
  " AND r.side = 'recipient'))) AND NOT EXISTS(SELECT 1 FROM link l WHERE l.event = p.event)"                                   \
  " AND NOT EXISTS(SELECT 1 FROM retracted t WHERE t.event = p.event)"                                                          \
  " AND ((" IS("x", "?1") " AND " IS("y", "?2") ") OR (" IS("y", "?1") " AND " IS("x", "?2") ")))"

static const char *const rows_sql =
    PAIRS
    " SELECT %s AS period, %s AS one, %s AS two, e.quad, e.status, e.score, e.goldstein,"
    " (SELECT count(DISTINCT d.dispatch) FROM event d WHERE d.id = e.id OR d.id IN (SELECT l.event FROM link l WHERE l.happening ="
    " e.id)), (SELECT min(nullif(c.code, '')) FROM party k JOIN actor c ON c.id = k.actor WHERE k.event = e.id AND k.side ="
    " 'claimant'), EXISTS(SELECT 1 FROM party k WHERE k.event = e.id AND k.side = 'claimant')"
    " FROM (SELECT DISTINCT event%s FROM pair) AS t JOIN event e ON e.id = t.event"
    " WHERE (?3 IS NULL OR e.type = upper(?3)) AND (?4 IS NULL OR e.status = lower(?4)) AND (?5 IS NULL OR e.date_to >= ?5)"
    " AND (?6 IS NULL OR e.date_from <= ?6) ORDER BY 1, 2, 3, e.date_from, e.hash, e.id";

static const char *const status_name[] = {"asserted", "negated", "future", "hypothetical", "historical", "suspected", "denied"};

static int64_t scaled(sqlite3_stmt *st, int i, int64_t by) {
  double v = sqlite3_column_double(st, i) * (double)by;
  return (int64_t)(v < 0 ? v - 0.5 : v + 0.5);
}

static void copy_text(sqlite3_stmt *st, int i, char *out, size_t room) {
  const char *s = (const char *)sqlite3_column_text(st, i);
  snprintf(out, room, "%s", s ? s : "");
}

static void count_claimant(dem_tie *t, const char *code) {
  size_t i = 0;
  while (i < t->claimants && strcmp(t->claimant[i].code, code) != 0) i++;
  if (i == MOST_CLAIMANTS) return;
  if (i == t->claimants) snprintf(t->claimant[t->claimants++].code, sizeof t->claimant[0].code, "%.15s", code);
  t->claimant[i].n++;
}

static void count_row(dem_tie *t, sqlite3_stmt *st) {
  const char *status = (const char *)sqlite3_column_text(st, 4), *claimant = (const char *)sqlite3_column_text(st, 8);
  int quad = sqlite3_column_int(st, 3);
  t->events++;
  if (quad >= 1 && quad <= 4) t->quad[quad - 1]++;
  for (int i = 0; i < DEM_STATUSES; i++) t->status[i] += status && strcmp(status, status_name[i]) == 0;
  t->score += scaled(st, 5, 10);
  t->goldstein += scaled(st, 6, 10);
  t->dispatches += sqlite3_column_int64(st, 7);
  t->claimed += sqlite3_column_int64(st, 9);
  if (claimant) count_claimant(t, claimant);
}

static dem_tie *tie_for(dem_ties *t, sqlite3_stmt *st) {
  dem_tie key = {.events = 0};
  copy_text(st, 0, key.period, sizeof key.period);
  copy_text(st, 1, key.one, sizeof key.one);
  copy_text(st, 2, key.two, sizeof key.two);
  dem_tie *last = t->n ? &t->at[t->n - 1] : NULL;
  if (last && strcmp(last->period, key.period) == 0 && strcmp(last->one, key.one) == 0 && strcmp(last->two, key.two) == 0) return last;
  if (t->n == t->cap) {
    size_t cap = t->cap ? t->cap * 2 : 64;
    dem_tie *wider = realloc(t->at, cap * sizeof *wider);
    if (!wider) return NULL;
    t->at = wider;
    t->cap = cap;
  }
  t->at[t->n] = key;
  return &t->at[t->n++];
}

static int bind(sqlite3_stmt *st, const char *a, const char *b, const dem_filter *f) {
  const char *const text[] = {a, b, f->type, f->status, f->from, f->to};
  int code = SQLITE_OK;
  for (int i = 0; i < 6 && code == SQLITE_OK; i++)
    if (text[i] && *text[i]) code = sqlite3_bind_text(st, i + 1, text[i], -1, SQLITE_STATIC);
  return code;
}

static int ask(dem_store *s, const char *a, const char *b, dem_period by, const dem_filter *f, dem_ties *out) {
  sqlite3_stmt *st = NULL;
  const char *one = a ? "?1" : "t.one", *two = b ? "?2" : a ? "t.partner" : "t.two";
  char *sql = sqlite3_mprintf(rows_sql, period_sql[by], one, two, b ? "" : a ? ", partner" : ", one, two");
  int code = sql ? sqlite3_prepare_v2(s->db, sql, -1, &st, NULL) : SQLITE_NOMEM;
  sqlite3_free(sql);
  if (code == SQLITE_OK) code = bind(st, a, b, f);
  while (code == SQLITE_OK && (code = sqlite3_step(st)) == SQLITE_ROW) {
    dem_tie *t = tie_for(out, st);
    code = t ? SQLITE_OK : SQLITE_NOMEM;
    if (t) count_row(t, st);
  }
  sqlite3_finalize(st);
  return code == SQLITE_DONE ? SQLITE_OK : code;
}

static int by_count(const void *a_, const void *b_) {
  const dem_tie *a = a_, *b = b_;
  if (a->events != b->events) return a->events < b->events ? 1 : -1;
  int order = strcmp(a->one, b->one);
  if (!order) order = strcmp(a->two, b->two);
  return order ? order : strcmp(a->period, b->period);
}

static int by_claims(const void *a_, const void *b_) {
  const dem_claims *a = a_, *b = b_;
  return a->n != b->n ? (a->n < b->n ? 1 : -1) : strcmp(a->code, b->code);
}

/* ---- the door ---- */

demarche_status dem_store_ties(dem_store *s, const char *a, const char *b, dem_period by, const dem_filter *filter,
                               dem_ties_form form, demarche_write write, void *to, demarche_error *err) {
  static const dem_ties_writer writer[] = {[DEM_TIES_TABLE] = dem_ties_table, [DEM_TIES_CSV] = dem_ties_csv,
                                           [DEM_TIES_JSONL] = dem_ties_jsonl, [DEM_TIES_SVG] = dem_ties_svg};
  dem_ties t = {.a = a, .b = b, .by = by};
  dem_json out;
  dem_json_init(&out, write, to);
  int code = ask(s, a, b, by, filter, &t);
  if (code == SQLITE_OK && by == DEM_BY_ALL && t.n) qsort(t.at, t.n, sizeof *t.at, by_count);
  for (size_t i = 0; i < t.n; i++) qsort(t.at[i].claimant, t.at[i].claimants, sizeof t.at[i].claimant[0], by_claims);
  if (code == SQLITE_OK) writer[form](&t, &out);
  bool flushed = dem_json_flush(&out);
  free(t.at);
  if (code != SQLITE_OK) return dem_store_error(s, code, err);
  if (!flushed && err) *err = (demarche_error){DEMARCHE_IO, ""};
  return flushed ? DEMARCHE_OK : DEMARCHE_IO;
}
