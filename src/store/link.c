/* Which accounts tell of one happening. Accounts are taken in the order of their dates; each joins the happening it fits best,
 * or founds one. To fit, both must have the same type and the same parties (or stand in near-duplicates with the same words),
 * days within the window, and nothing that speaks against it: another place, another mode, another speaker, a plan against a
 * fact. A denial fits what it denies, so contradictions meet in one happening. Then a kill retracts, and a correction replaces,
 * the versions before it. Invariant: two accounts of one dispatch are never joined. Refuses: joining parties that are known
 * neither by code nor by name. */
#include "store/link.h"

#include <stdio.h>
#include <stdlib.h>

enum {
  LOOK_BACK = 64,    /* happenings of the same parties that are tried, newest first */
  WIDE = 7,          /* days: a longer interval is compared by publication too */
  NEWS_LIFE = 7,     /* days within which one story is told */
  CORRECTION_DAYS = 10 /* a correction or kill speaks of stories that are not older */
};

/* ---- fitting ---- */

static uint32_t apart(dem_day a, dem_day b) { return (uint32_t)(a > b ? a - b : b - a); }

/* Days between two intervals, 0 when they overlap. */
static uint32_t gap(const dem_account *a, const dem_account *b) {
  if (a->from > b->to) return apart(a->from, b->to);
  return b->from > a->to ? apart(b->from, a->to) : 0;
}

static bool days_fit(const dem_links *l, const dem_account *a, const dem_account *b, uint32_t window) {
  if (a->from == DEM_NO_DAY || b->from == DEM_NO_DAY) return false;
  bool wide = apart(a->from, a->to) > WIDE || apart(b->from, b->to) > WIDE;
  dem_day p = l->story[a->story].published, q = l->story[b->story].published;
  if (!wide) return gap(a, b) <= window;
  return gap(a, b) == 0 && p != DEM_NO_DAY && q != DEM_NO_DAY && apart(p, q) <= NEWS_LIFE;
}

static bool both_differ(uint32_t a, uint32_t b) { return a && b && a != b; }

static bool places_fit(const dem_account *a, const dem_account *b) {
  if (both_differ(a->country, b->country)) return false;
  if (!both_differ(a->place, b->place) || a->lat == INT32_MAX || b->lat == INT32_MAX) return true;
  int64_t dlat = (int64_t)a->lat - b->lat, dlon = (int64_t)a->lon - b->lon;
  return dlat > -200 && dlat < 200 && dlon > -300 && dlon < 300; /* within some 200 km */
}

/* How well `a` fits the happening founded by `h`; negative: not. */
static int fit(const dem_links *l, const dem_account *a, const dem_account *h, uint32_t window) {
  bool copies = a->copy == h->copy && a->trigger;
  if (a->story == h->story || a->plan != h->plan || a->type != h->type) return -1;
  if (!copies && (!a->who || a->who != h->who || !days_fit(l, a, h, window))) return -1;
  if (!copies && (both_differ(a->mode, h->mode) || both_differ(a->person, h->person) || !places_fit(a, h))) return -1;
  int words = 3 * (a->trigger && a->trigger == h->trigger) + 2 * (a->cameo && a->cameo == h->cameo) +
              2 * (a->mode && a->mode == h->mode) + 2 * (a->place && a->place == h->place);
  uint32_t days = copies || a->from == DEM_NO_DAY ? 0 : gap(a, h);
  if (days && words < 3) return -1; /* another day needs more than the same parties */
  return 8 * copies + 2 * (a->who == h->who) + words + 4 - (int)(days < 4 ? days : 4);
}

/* ---- joining ---- */

/* Chains of founders by key: head[key % n], then next. */
typedef struct chains {
  uint32_t *head, *next, mask;
} chains;

static bool chains_new(chains *c, uint32_t n) {
  uint32_t size = 64;
  while (size < n && size < (1u << 30)) size *= 2;
  c->mask = size - 1;
  c->head = malloc(size * sizeof *c->head);
  c->next = malloc(((size_t)n + 1) * sizeof *c->next);
  if (!c->head || !c->next) return false;
  memset(c->head, 0xFF, size * sizeof *c->head);
  return true;
}

static void chains_free(chains *c) {
  free(c->head);
  free(c->next);
}

static void chain(chains *c, uint64_t key, uint32_t account) {
  if (!key) return; /* nothing to be found by */
  uint32_t *head = &c->head[(key >> 20) & c->mask];
  c->next[account] = *head;
  *head = account;
}

typedef struct choice {
  uint32_t founder;
  int best;
} choice;

/* Has the happening an account of this dispatch already? Members of a happening are chained from its founder, newest first. */
static bool tells(const dem_links *l, const uint32_t *member, uint32_t founder, uint32_t story) {
  uint32_t looked = 0;
  for (uint32_t i = founder; i != DEM_NONE && looked < LOOK_BACK; i = member[i], looked++)
    if (l->account[i].story == story) return true;
  return false;
}

static void try_chain(const dem_links *l, const chains *c, uint64_t key, const uint32_t *member, uint32_t account, uint32_t window,
                      choice *out) {
  const dem_account *a = &l->account[account];
  uint32_t looked = 0;
  if (!key) return;
  for (uint32_t i = c->head[(key >> 20) & c->mask]; i != DEM_NONE && looked < LOOK_BACK; i = c->next[i], looked++) {
    int score = fit(l, a, &l->account[i], window);
    if (score < 0 || score < out->best || (score == out->best && i > out->founder) || tells(l, member, i, a->story)) continue;
    *out = (choice){i, score};
  }
}

static void join_all(dem_links *l, chains *who, chains *copy, uint32_t *member, uint32_t window) {
  for (uint32_t i = 0; i < l->accounts; i++) {
    dem_account *a = &l->account[i];
    choice found = {DEM_NONE, 0};
    member[i] = DEM_NONE;
    try_chain(l, who, a->who, member, i, window, &found);
    try_chain(l, copy, a->copy, member, i, window, &found);
    a->happening = found.founder == DEM_NONE ? i : found.founder;
    if (found.founder == DEM_NONE) {
      chain(who, a->who, i);
      chain(copy, a->copy, i);
    } else { /* the newest member stands right after the founder */
      member[i] = member[a->happening];
      member[a->happening] = i;
    }
  }
}

/* By date, then publication, then names that do not depend on arrival. */
static int three_way(int64_t a, int64_t b) { return (a > b) - (a < b); }

static int by_date(const void *a_, const void *b_) {
  const dem_account *a = a_, *b = b_;
  int order = three_way(a->from, b->from);
  if (!order) order = three_way(a->published, b->published);
  if (!order) order = (a->name > b->name) - (a->name < b->name);
  if (!order) order = three_way(a->story, b->story);
  return order ? order : three_way(a->n, b->n);
}

/* ---- retracting ---- */

/* Is `old` a version of the story that `now` kills or corrects? They share an address, a headline or most of their text. */
static bool overtakes(const dem_story *now, const dem_story *old) {
  bool same = now->lead == old->lead || (now->url && now->url == old->url) || (now->title && now->title == old->title);
  if (now == old || !same || old->killed) return false;
  bool dated = now->published != DEM_NO_DAY && old->published != DEM_NO_DAY;
  if (dated && (old->published > now->published || now->published - old->published > CORRECTION_DAYS)) return false;
  if (now->killed || !old->corrected) return true;
  if (now->version != old->version) return now->version > old->version;
  return dated && old->published != now->published ? old->published < now->published : old->id < now->id;
}

static void mark(dem_links *l, const chains *c, uint64_t key, uint32_t now, uint32_t *by) {
  uint32_t looked = 0;
  if (!key) return;
  for (uint32_t i = c->head[(key >> 20) & c->mask]; i != DEM_NONE && looked < LOOK_BACK * LOOK_BACK; i = c->next[i], looked++)
    if (overtakes(&l->story[now], &l->story[i]) && (by[i] == DEM_NONE || l->story[now].killed)) by[i] = now;
}

static uint64_t lead_key(const dem_story *s) { return ((uint64_t)s->lead * 0x9E3779B97F4A7C15u) | 1; }

/* by[story]: the story that kills or replaces it. A killed story is killed by itself. */
static bool find_overtaken(dem_links *l, uint32_t *by) {
  chains url, title, lead;
  bool good = chains_new(&url, l->stories);
  good = chains_new(&title, l->stories) && good;
  good = chains_new(&lead, l->stories) && good;
  for (uint32_t i = 0; good && i < l->stories; i++) {
    chain(&url, l->story[i].url, i);
    chain(&title, l->story[i].title, i);
    chain(&lead, lead_key(&l->story[i]), i);
  }
  for (uint32_t i = 0; good && i < l->stories; i++) {
    const dem_story *now = &l->story[i];
    if (now->killed) by[i] = i;
    if (!now->killed && !now->corrected) continue;
    mark(l, &url, now->url, i, by);
    mark(l, &title, now->title, i, by);
    mark(l, &lead, lead_key(now), i, by);
  }
  chains_free(&url);
  chains_free(&title);
  chains_free(&lead);
  return good;
}

/* What is retracted stands for nothing: the happening goes on under its first account that stands. */
static void refound(dem_links *l, uint32_t *standing) {
  for (uint32_t i = 0; i < l->accounts; i++) standing[i] = DEM_NONE;
  for (uint32_t i = 0; i < l->accounts; i++) {
    dem_account *a = &l->account[i];
    uint32_t *first = &standing[a->happening];
    if (a->retracted_by == DEM_NONE && *first == DEM_NONE) *first = i;
  }
  for (uint32_t i = 0; i < l->accounts; i++) {
    dem_account *a = &l->account[i];
    if (standing[a->happening] != DEM_NONE) a->happening = standing[a->happening];
  }
}

static bool retract(dem_links *l, uint32_t *scratch) {
  uint32_t *by = malloc(((size_t)l->stories + 1) * sizeof *by);
  if (!by) return false;
  memset(by, 0xFF, ((size_t)l->stories + 1) * sizeof *by);
  bool good = find_overtaken(l, by);
  for (uint32_t i = 0; good && i < l->accounts; i++) l->account[i].retracted_by = by[l->account[i].story];
  free(by);
  if (good) refound(l, scratch);
  return good;
}

/* ---- saving ---- */

typedef struct saver {
  dem_store *s;
  const dem_links *l;
  sqlite3_stmt *link, *retracted;
  demarche_write say;
  void *to;
  dem_linked done;
  bool closed; /* the reader of the reasons went away */
} saver;

static void why_joined(const dem_account *a, const dem_account *h, char *why, size_t room) {
  snprintf(why, room, "%s%s%s%s%s", a->copy == h->copy && a->trigger ? "near-duplicate, same words" : "same type and parties",
           a->trigger && a->trigger == h->trigger ? ", same trigger" : "", a->mode && a->mode == h->mode ? ", same mode" : "",
           a->place && a->place == h->place ? ", same place" : "",
           a->from != DEM_NO_DAY && h->from != DEM_NO_DAY && gap(a, h) ? ", another day within the window" : ", same day");
}

static int say_join(saver *v, const dem_account *a, const dem_account *h, const char *why) {
  char line[400];
  const dem_links *l = v->l;
  if (!v->say || v->closed) return SQLITE_OK;
  int n = snprintf(line, sizeof line, "event %lld of dispatch %lld joins event %lld of dispatch %lld: %s\n", (long long)a->id,
                   (long long)l->story[a->story].id, (long long)h->id, (long long)l->story[h->story].id, why);
  v->closed = n > 0 && v->say(v->to, line, (size_t)n) != 0;
  return SQLITE_OK;
}

static int say_retracted(saver *v, const dem_account *a, const char *why) {
  char line[200];
  if (!v->say || v->closed) return SQLITE_OK;
  int n = snprintf(line, sizeof line, "event %lld of dispatch %lld is retracted: %s by dispatch %lld\n", (long long)a->id,
                   (long long)v->l->story[a->story].id, why, (long long)v->l->story[a->retracted_by].id);
  v->closed = n > 0 && v->say(v->to, line, (size_t)n) != 0;
  return SQLITE_OK;
}

static int insert(sqlite3_stmt *st, int64_t event, int64_t other, const char *why) {
  sqlite3_reset(st);
  int code = sqlite3_bind_int64(st, 1, event);
  if (code == SQLITE_OK) code = sqlite3_bind_int64(st, 2, other);
  if (code == SQLITE_OK) code = sqlite3_bind_text(st, 3, why, -1, SQLITE_TRANSIENT);
  if (code == SQLITE_OK) code = sqlite3_step(st);
  return code == SQLITE_DONE ? SQLITE_OK : code;
}

static int save_account(saver *v, uint32_t i) {
  char why[120];
  const dem_account *a = &v->l->account[i], *h = &v->l->account[a->happening];
  int code = SQLITE_OK;
  if (a->retracted_by != DEM_NONE) {
    const dem_story *by = &v->l->story[a->retracted_by];
    v->done.retracted++;
    code = insert(v->retracted, a->id, by->id, by->killed ? "killed" : "corrected");
    if (code == SQLITE_OK) code = say_retracted(v, a, by->killed ? "killed" : "corrected");
  }
  if (a->happening == i) return v->done.happenings += a->retracted_by == DEM_NONE, code;
  v->done.joined++;
  why_joined(a, h, why, sizeof why);
  if (code == SQLITE_OK) code = insert(v->link, a->id, h->id, why);
  return code == SQLITE_OK ? say_join(v, a, h, why) : code;
}

static int save(saver *v) {
  sqlite3 *db = v->s->db;
  int code = dem_sql(db, "DELETE FROM link; DELETE FROM retracted;");
  if (code == SQLITE_OK) code = sqlite3_prepare_v2(db, "INSERT INTO link VALUES(?1, ?2, ?3)", -1, &v->link, NULL);
  if (code == SQLITE_OK) code = sqlite3_prepare_v2(db, "INSERT INTO retracted VALUES(?1, ?2, ?3)", -1, &v->retracted, NULL);
  for (uint32_t i = 0; code == SQLITE_OK && i < v->l->accounts; i++) code = save_account(v, i);
  sqlite3_finalize(v->link);
  sqlite3_finalize(v->retracted);
  return code;
}

/* What the links were made from, so that a run which was stopped before linking is known. */
#define STAMP "CAST(?1 || ' ' || (SELECT count(*) FROM record) || ' ' || (SELECT coalesce(max(id), 0) || ' ' || count(*) FROM event) AS BLOB)"

static int stamp(dem_store *s, int window, const char *sql, bool *found) {
  sqlite3_stmt *st = NULL;
  int code = sqlite3_prepare_v2(s->db, sql, -1, &st, NULL);
  if (code == SQLITE_OK) code = sqlite3_bind_int(st, 1, window);
  if (code == SQLITE_OK) code = sqlite3_step(st);
  *found = code == SQLITE_ROW;
  sqlite3_finalize(st);
  return code == SQLITE_ROW || code == SQLITE_DONE ? SQLITE_OK : code;
}

bool dem_store_is_linked(dem_store *s, int window) {
  bool found;
  return stamp(s, window, "SELECT 1 FROM meta WHERE key = 'linked' AND value = " STAMP, &found) == SQLITE_OK && found;
}

static int join_and_retract(dem_links *l, uint32_t window) {
  chains who = {0}, copy = {0};
  uint32_t *member = malloc(((size_t)l->accounts + 1) * sizeof *member);
  bool good = chains_new(&who, l->accounts);
  good = chains_new(&copy, l->accounts) && good && member;
  if (good && l->accounts) qsort(l->account, l->accounts, sizeof *l->account, by_date);
  if (good) join_all(l, &who, &copy, member, window);
  if (good) good = retract(l, member);
  chains_free(&who);
  chains_free(&copy);
  free(member);
  return good ? SQLITE_OK : SQLITE_NOMEM;
}

demarche_status dem_store_link(dem_store *s, int window, demarche_write say, void *to, dem_linked *out, demarche_error *err) {
  dem_links l = {0};
  saver v = {.s = s, .l = &l, .say = say, .to = to};
  *out = (dem_linked){0};
  demarche_status bad = dem_store_commit(s, err);
  if (bad) return bad;
  int code = dem_sql(s->db, "BEGIN IMMEDIATE");
  if (code == SQLITE_OK) code = dem_links_load(s, &l);
  if (code == SQLITE_OK) code = join_and_retract(&l, (uint32_t)(window < 0 ? 0 : window));
  if (code == SQLITE_OK) code = save(&v);
  if (code == SQLITE_OK) code = stamp(s, window, "INSERT OR REPLACE INTO meta VALUES('linked', " STAMP ")", &(bool){false});
  if (code == SQLITE_OK) code = dem_sql(s->db, "COMMIT");
  bad = code == SQLITE_OK ? DEMARCHE_OK : dem_store_error(s, code, err);
  if (bad && !sqlite3_get_autocommit(s->db)) dem_sql(s->db, "ROLLBACK");
  v.done.events = l.accounts;
  *out = v.done;
  dem_links_free(&l);
  return bad;
}
