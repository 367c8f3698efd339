/* What linking needs of every dispatch and event, as small numbers: names and codes become hashes, days become integers.
 * Invariant: parties enter `who` as a set, so their order and number of mentions make no difference; for types that are mutual
 * (CONSULT, AGREE, COOPERATE) actors and recipients are one set. Refuses: comparing words of one account with those of another
 * beyond equality. */
#include "store/link.h"

#include <stdlib.h>

static dem_str column(sqlite3_stmt *st, int i) {
  const char *text = (const char *)sqlite3_column_text(st, i);
  return (dem_str){text, text ? (size_t)sqlite3_column_bytes(st, i) : 0};
}

/* Of a text without regard to ASCII case and to blanks at its ends; 0 for an empty one. */
static uint64_t hash(dem_str s) {
  uint64_t h = 0x2545F4914F6CDD1Du;
  s = dem_str_trim(s);
  for (size_t i = 0; i < s.len; i++) h = (h ^ dem_lower((unsigned char)s.data[i])) * 0x100000001B3u;
  return s.len ? (h ^ h >> 29) | 1 : 0;
}

static uint32_t hash32(dem_str s) { return (uint32_t)hash(s); }
static uint64_t blend(uint64_t h, uint64_t more) { return (h ^ more ^ h >> 31) * 0x9E3779B97F4A7C15u + 0x632BE59BD9B4E019u; }

static dem_day day_of(dem_str iso) {
  dem_day day;
  return dem_day_parse(iso, &day) ? day : DEM_NO_DAY;
}

static bool widen(void **at, uint32_t n, uint32_t *cap, size_t size) {
  if (n < *cap) return true;
  uint32_t more = *cap ? *cap * 2 : 256;
  void *wider = more < *cap ? NULL : realloc(*at, more * size);
  if (!wider) return false;
  *at = wider;
  *cap = more;
  return true;
}

/* ---- dispatches ---- */

static dem_story story_of(sqlite3_stmt *st) {
  uint32_t version = 1;
  dem_str status = column(st, 6);
  dem_str_u32(column(st, 5), &version);
  return (dem_story){.id = sqlite3_column_int64(st, 0),
                     .lead = sqlite3_column_int64(st, 1),
                     .published = day_of(column(st, 2)),
                     .url = hash(column(st, 3)),
                     .title = hash(column(st, 4)),
                     .version = version,
                     .killed = dem_str_is(status, "killed"),
                     .corrected = dem_str_is(status, "corrected"),
                     .name = hash(column(st, 7))};
}

static int load_stories(dem_store *s, dem_links *l) {
  sqlite3_stmt *st = NULL;
  int code = sqlite3_prepare_v2(s->db,
                                "SELECT dispatch, coalesce(lead, dispatch), published, url, headline, version, status, id"
                                " FROM record ORDER BY dispatch",
                                -1, &st, NULL);
  while (code == SQLITE_OK && (code = sqlite3_step(st)) == SQLITE_ROW) {
    code = widen((void **)&l->story, l->stories, &l->story_cap, sizeof *l->story) ? SQLITE_OK : SQLITE_NOMEM;
    if (code == SQLITE_OK) l->story[l->stories++] = story_of(st);
  }
  sqlite3_finalize(st);
  return code == SQLITE_DONE ? SQLITE_OK : code;
}

/* ---- events ---- */

/* Stories come by id, and so do events: the search goes on from where the last one ended. */
static uint32_t story_index(const dem_links *l, int64_t id) {
  uint32_t lo = 0, hi = l->stories;
  while (lo < hi) {
    uint32_t mid = lo + (hi - lo) / 2;
    if (l->story[mid].id < id) lo = mid + 1;
    else hi = mid;
  }
  return lo < l->stories && l->story[lo].id == id ? lo : DEM_NONE;
}

static bool is_plan(dem_str status) { return dem_str_is(status, "future") || dem_str_is(status, "hypothetical"); }

static int32_t hundredths(sqlite3_stmt *st, int i) {
  return sqlite3_column_type(st, i) == SQLITE_NULL ? INT32_MAX : (int32_t)(sqlite3_column_double(st, i) * 100);
}

static dem_account account_of(sqlite3_stmt *st, const dem_links *l, uint32_t story) {
  const dem_story *told = &l->story[story];
  dem_account a = {.id = sqlite3_column_int64(st, 0),
                   .story = story,
                   .name = told->name,
                   .published = told->published,
                   .retracted_by = DEM_NONE,
                   .n = (uint32_t)sqlite3_column_int64(st, 2),
                   .from = day_of(column(st, 3)),
                   .to = day_of(column(st, 4)),
                   .type = hash32(column(st, 5)),
                   .mode = hash32(column(st, 6)),
                   .cameo = hash32(column(st, 7)),
                   .trigger = hash32(column(st, 8)),
                   .country = hash32(column(st, 9)),
                   .place = hash32(column(st, 10)),
                   .lat = hundredths(st, 11),
                   .lon = hundredths(st, 12),
                   .plan = is_plan(column(st, 13))};
  if (a.from == DEM_NO_DAY) a.from = a.to != DEM_NO_DAY ? a.to : told->published;
  if (a.to == DEM_NO_DAY) a.to = a.from;
  a.copy = blend(blend(blend((uint64_t)told->lead, a.type), a.trigger), a.plan);
  return a;
}

static int load_accounts(dem_store *s, dem_links *l) {
  sqlite3_stmt *st = NULL;
  int code = sqlite3_prepare_v2(s->db,
                                "SELECT id, dispatch, n, date_from, date_to, type, mode, cameo, trigger, country, place, lat, lon,"
                                " status FROM event ORDER BY id",
                                -1, &st, NULL);
  while (code == SQLITE_OK && (code = sqlite3_step(st)) == SQLITE_ROW) {
    uint32_t story = story_index(l, sqlite3_column_int64(st, 1));
    code = widen((void **)&l->account, l->accounts, &l->account_cap, sizeof *l->account) ? SQLITE_OK : SQLITE_NOMEM;
    if (code == SQLITE_OK && story != DEM_NONE) l->account[l->accounts++] = account_of(st, l, story);
  }
  sqlite3_finalize(st);
  return code == SQLITE_DONE ? SQLITE_OK : code;
}

/* ---- parties ---- */

/* The parties of one event while its rows pass: sums of mixed hashes, which make sets of lists without repeats. */
typedef struct gathering {
  uint64_t actors, recipients, seen[16];
  uint32_t n, person;
  bool unknown;
} gathering;

static void add_party(gathering *g, sqlite3_stmt *st, bool recipient) {
  dem_str code = column(st, 2), name = column(st, 4);
  uint64_t key = code.len ? blend(hash(code), hash(column(st, 3))) : hash(name), mixed = blend(key, recipient);
  if (!code.len && !name.len) g->unknown = true;
  if (!g->n && !recipient && (column(st, 5).len || column(st, 6).len)) g->person = hash32(name);
  for (uint32_t i = 0; i < g->n && i < 16; i++)
    if (g->seen[i] == mixed) return;
  if (g->n < 16) g->seen[g->n] = mixed;
  g->n++;
  if (recipient) g->recipients += blend(key, 7);
  else g->actors += blend(key, 7);
}

static void close_party(gathering *g, dem_account *a) {
  static const char *const mutual[] = {"CONSULT", "AGREE", "COOPERATE"};
  bool both = false;
  for (int i = 0; i < 3; i++) both = both || a->type == hash32(dem_str_of(mutual[i]));
  uint64_t who = both ? blend(g->actors + g->recipients, 1) : blend(blend(g->actors, 2), g->recipients);
  a->who = g->n && !g->unknown && g->actors ? blend(blend(who, a->type), a->plan) | 1 : 0;
  a->person = g->person;
}

static int load_parties(dem_store *s, dem_links *l) {
  sqlite3_stmt *st = NULL;
  uint32_t at = 0;
  gathering g = {0};
  int code = sqlite3_prepare_v2(s->db,
                                "SELECT p.event, p.side = 'recipient', a.code, a.sector, a.name, a.office, a.role FROM party p"
                                " JOIN actor a ON a.id = p.actor WHERE p.side <> 'claimant' ORDER BY p.event, p.side, p.n",
                                -1, &st, NULL);
  while (code == SQLITE_OK && (code = sqlite3_step(st)) == SQLITE_ROW) {
    int64_t event = sqlite3_column_int64(st, 0);
    code = SQLITE_OK;
    if (at < l->accounts && l->account[at].id == event) {
      add_party(&g, st, sqlite3_column_int(st, 1) != 0);
      continue;
    }
    if (at < l->accounts && g.n) close_party(&g, &l->account[at]);
    g = (gathering){0};
    while (at < l->accounts && l->account[at].id < event) at++;
    if (at < l->accounts && l->account[at].id == event) add_party(&g, st, sqlite3_column_int(st, 1) != 0);
  }
  if (at < l->accounts && g.n) close_party(&g, &l->account[at]);
  sqlite3_finalize(st);
  return code == SQLITE_DONE ? SQLITE_OK : code;
}

int dem_links_load(dem_store *s, dem_links *l) {
  int code = load_stories(s, l);
  if (code == SQLITE_OK) code = load_accounts(s, l);
  return code == SQLITE_OK ? load_parties(s, l) : code;
}

void dem_links_free(dem_links *l) {
  free(l->story);
  free(l->account);
  *l = (dem_links){0};
}
