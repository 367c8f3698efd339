/* The dyad as a table with a plot, as CSV, as JSON Lines and as a picture. The plot shows conflict (quads 3 and 4) to the left
 * and cooperation (1 and 2) to the right of a line, to one scale; the picture stacks the four quads and draws the PLOVER mean
 * over them. Invariant: text from the store is escaped for where it goes. Refuses: fonts, scripts and links in the picture. */
#include <stdio.h>

#include "store/rows.h"
#include "store/ties.h"

enum { PLOT_WIDTH = 24 };
static const char *const quad_name[] = {"verbal_cooperation", "material_cooperation", "verbal_conflict", "material_conflict"};
static const char *const status_name[] = {"asserted", "negated", "future", "hypothetical", "historical", "suspected", "denied"};

static void raw(dem_json *out, const char *s) { dem_json_raw(out, dem_str_of(s)); }

static void number(dem_json *out, int64_t value, unsigned places) {
  out->comma = false;
  dem_json_fixed(out, NULL, value, places);
  out->comma = false;
}

static void integer(dem_json *out, int64_t value) {
  out->comma = false;
  dem_json_int(out, NULL, value);
  out->comma = false;
}

/* The mean of tenths, in hundredths. */
static int64_t mean(int64_t sum, int64_t n) {
  int64_t twice = 20 * sum;
  if (!n) return 0;
  return (twice + (twice < 0 ? -n : n)) / (2 * n);
}

/* ---- CSV and JSON ---- */

void dem_ties_csv(const dem_ties *t, dem_json *out) {
  raw(out, "period,a,b,events,dispatches");
  for (int i = 0; i < 4; i++) raw(out, ","), raw(out, quad_name[i]);
  raw(out, ",plover_mean,goldstein_mean");
  for (int i = 0; i < DEM_STATUSES; i++) raw(out, ","), raw(out, status_name[i]);
  raw(out, ",claimed,claimants\r\n");
  for (size_t k = 0; k < t->n; k++) {
    const dem_tie *r = &t->at[k];
    raw(out, r->period), raw(out, ",");
    dem_csv_cell(out, dem_str_of(r->one)), raw(out, ",");
    dem_csv_cell(out, dem_str_of(r->two)), raw(out, ",");
    integer(out, r->events), raw(out, ",");
    integer(out, r->dispatches);
    for (int i = 0; i < 4; i++) raw(out, ","), integer(out, r->quad[i]);
    raw(out, ","), number(out, mean(r->score, r->events), 2);
    raw(out, ","), number(out, mean(r->goldstein, r->events), 2);
    for (int i = 0; i < DEM_STATUSES; i++) raw(out, ","), integer(out, r->status[i]);
    raw(out, ","), integer(out, r->claimed), raw(out, ",\"");
    for (size_t i = 0; i < r->claimants; i++) raw(out, i ? ";" : ""), raw(out, r->claimant[i].code), raw(out, ":"), integer(out, r->claimant[i].n);
    raw(out, "\"\r\n");
  }
}

void dem_ties_jsonl(const dem_ties *t, dem_json *out) {
  for (size_t k = 0; k < t->n; k++) {
    const dem_tie *r = &t->at[k];
    dem_json_open(out, NULL, '{');
    dem_json_maybe(out, "period", dem_str_of(r->period));
    dem_json_str(out, "a", dem_str_of(r->one));
    dem_json_str(out, "b", dem_str_of(r->two));
    dem_json_int(out, "events", r->events);
    dem_json_int(out, "dispatches", r->dispatches);
    for (int i = 0; i < 4; i++) dem_json_int(out, quad_name[i], r->quad[i]);
    dem_json_fixed(out, "plover_mean", mean(r->score, r->events), 2);
    dem_json_fixed(out, "goldstein_mean", mean(r->goldstein, r->events), 2);
    dem_json_open(out, "status", '{');
    for (int i = 0; i < DEM_STATUSES; i++)
      if (r->status[i]) dem_json_int(out, status_name[i], r->status[i]);
    dem_json_close(out, '}');
    dem_json_int(out, "claimed", r->claimed);
    dem_json_open(out, "claimants", '{');
    for (size_t i = 0; i < r->claimants; i++) dem_json_int(out, r->claimant[i].code, r->claimant[i].n);
    dem_json_close(out, '}');
    dem_json_close(out, '}');
    raw(out, "\n");
    out->comma = false;
  }
}

/* ---- the table ---- */

static void right(dem_json *out, int64_t value, int width) {
  int digits = 1;
  for (int64_t v = value; v >= 10; v /= 10) digits++;
  for (; digits < width; digits++) raw(out, " ");
  integer(out, value);
  raw(out, "  ");
}

static void right_mean(dem_json *out, int64_t hundredths) {
  int64_t whole = (hundredths < 0 ? -hundredths : hundredths) / 100;
  raw(out, whole < 10 ? " " : "");
  raw(out, hundredths < 0 ? "" : " ");
  number(out, hundredths, 2);
  raw(out, "  ");
}

static void blanks(dem_json *out, int64_t n, const char *what) {
  while (n-- > 0) raw(out, what);
}

/* Conflict to the left, cooperation to the right, in units of the largest count. */
static void plot(dem_json *out, const dem_tie *r, int64_t most) {
  int64_t good = r->quad[0] + r->quad[1], bad = r->quad[2] + r->quad[3];
  int64_t left = most ? (bad * PLOT_WIDTH + most - 1) / most : 0, width = most ? (good * PLOT_WIDTH + most - 1) / most : 0;
  blanks(out, PLOT_WIDTH - left, " ");
  blanks(out, left, "\xE2\x96\x92"); /* medium shade */
  raw(out, "\xE2\x94\x82");          /* box drawings light vertical */
  blanks(out, width, "\xE2\x96\x88"); /* full block */
  raw(out, "\n");
}

static void notable(dem_json *out, const dem_tie *r) {
  bool any = false;
  for (int i = 1; i < DEM_STATUSES; i++)
    if (r->status[i]) raw(out, any ? ", " : "    "), integer(out, r->status[i]), raw(out, " "), raw(out, status_name[i]), any = true;
  if (r->claimed) raw(out, any ? "; " : "    "), integer(out, r->claimed), raw(out, " claimed"), any = true;
  for (size_t i = 0; i < r->claimants && i < 6; i++)
    raw(out, i ? ", " : " by "), raw(out, r->claimant[i].code), raw(out, " "), integer(out, r->claimant[i].n);
  if (any) raw(out, "\n");
}

void dem_ties_table(const dem_ties *t, dem_json *out) {
  int64_t most = 0;
  if (!t->n) raw(out, "no events\n");
  if (!t->n) return;
  for (size_t k = 0; k < t->n; k++) {
    const dem_tie *r = &t->at[k];
    int64_t good = r->quad[0] + r->quad[1], bad = r->quad[2] + r->quad[3];
    most = good > most ? good : most;
    most = bad > most ? bad : most;
  }
  raw(out, "PERIOD      A         B         EVENTS  VERB+  MAT+  VERB-  MAT-  PLOVER  GOLDST        conflict \xE2\x94\x82 cooperation\n");
  for (size_t k = 0; k < t->n; k++) {
    const dem_tie *r = &t->at[k];
    dem_table_cell_out(out, dem_str_of(r->period[0] ? r->period : "undated"), 10);
    dem_table_cell_out(out, dem_str_of(r->one), 8);
    dem_table_cell_out(out, dem_str_of(r->two), 8);
    right(out, r->events, 6);
    right(out, r->quad[0], 5);
    right(out, r->quad[1], 4);
    right(out, r->quad[2], 5);
    right(out, r->quad[3], 4);
    right_mean(out, mean(r->score, r->events));
    right_mean(out, mean(r->goldstein, r->events));
    plot(out, r, most);
    notable(out, r);
  }
}

/* ---- the picture ---- */

enum { LEFT = 60, TOP = 50, BOTTOM = 370, RIGHT = 940, LABELS = 12 };

static void xml(dem_json *out, const char *s) {
  for (; *s; s++) {
    char one[2] = {*s, 0};
    unsigned char c = (unsigned char)*s;
    raw(out, c == '<' ? "&lt;" : c == '&' ? "&amp;" : c == '"' ? "&quot;" : c < 0x20 ? " " : one);
  }
}

static void attribute(dem_json *out, const char *name, int64_t tenths) {
  raw(out, " "), raw(out, name), raw(out, "=\"");
  number(out, tenths, 1);
  raw(out, "\"");
}

static void words(dem_json *out, int64_t x, int64_t y, const char *anchor, const char *text) {
  raw(out, "<text");
  attribute(out, "x", x * 10);
  attribute(out, "y", y * 10);
  raw(out, " text-anchor=\""), raw(out, anchor), raw(out, "\">");
  xml(out, text);
  raw(out, "</text>\n");
}

static const char *const fill[] = {"#2166ac", "#67a9cf", "#ef8a62", "#b2182b"};

static void column(dem_json *out, const dem_tie *r, size_t k, size_t n, int64_t most) {
  int64_t step = 10 * (RIGHT - LEFT) / (int64_t)n, x = 10 * LEFT + step * (int64_t)k, width = step > 20 ? step * 8 / 10 : step, y = 10 * BOTTOM;
  for (int q = 0; q < 4; q++) {
    int64_t height = most ? 10 * (BOTTOM - TOP) * r->quad[q] / most : 0;
    if (!height) continue;
    y -= height;
    raw(out, "<rect");
    attribute(out, "x", x);
    attribute(out, "y", y);
    attribute(out, "width", width);
    attribute(out, "height", height);
    raw(out, " fill=\""), raw(out, fill[q]), raw(out, "\"><title>");
    xml(out, r->period), raw(out, " "), raw(out, quad_name[q]), raw(out, " "), integer(out, r->quad[q]);
    raw(out, "</title></rect>\n");
  }
  if (n <= LABELS || k % (n / LABELS + 1) == 0) words(out, (x + width / 2) / 10, BOTTOM + 18, "middle", r->period);
}

/* The PLOVER mean, from -10 at the bottom to 10 at the top. */
static void mean_line(dem_json *out, const dem_ties *t) {
  int64_t step = 10 * (RIGHT - LEFT) / (int64_t)t->n;
  raw(out, "<polyline fill=\"none\" stroke=\"currentColor\" stroke-width=\"1.5\" points=\"");
  for (size_t k = 0; k < t->n; k++) {
    int64_t m = mean(t->at[k].score, t->at[k].events);
    number(out, 10 * LEFT + step * (int64_t)k + step * 4 / 10, 1);
    raw(out, ",");
    number(out, 10 * BOTTOM - (m + 1000) * 10 * (BOTTOM - TOP) / 2000, 1);
    raw(out, " ");
  }
  raw(out, "\"/>\n");
}

void dem_ties_svg(const dem_ties *t, dem_json *out) {
  int64_t most = 0;
  for (size_t k = 0; k < t->n; k++) most = t->at[k].events > most ? t->at[k].events : most;
  raw(out, "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 960 420\" font-family=\"sans-serif\" font-size=\"12\" role=\"img\">\n<title>");
  xml(out, t->a ? t->a : "all dyads"), raw(out, t->b ? " - " : ""), xml(out, t->b ? t->b : "");
  raw(out, ": events by quad class, and the PLOVER mean</title>\n");
  words(out, LEFT, 24, "start", "Events (columns: verbal and material cooperation in blue, verbal and material conflict in red)");
  words(out, LEFT, 40, "start", "Line: PLOVER mean, -10 at the bottom, 10 at the top");
  raw(out, "<path stroke=\"currentColor\" d=\"M60 50V370H940\" fill=\"none\"/>\n");
  char label[24] = "";
  snprintf(label, sizeof label, "%lld", (long long)most);
  words(out, LEFT - 6, TOP + 4, "end", label);
  words(out, LEFT - 6, BOTTOM, "end", "0");
  for (size_t k = 0; k < t->n; k++) column(out, &t->at[k], k, t->n, most);
  if (t->n) mean_line(out, t);
  raw(out, "</svg>\n");
}
