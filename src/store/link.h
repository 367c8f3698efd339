/* What loading, joining and retracting share. Internal to store/. */
#ifndef DEM_STORE_LINK_H
#define DEM_STORE_LINK_H

#include "base/date.h"
#include "store/parts.h"

/* One dispatch, as far as linking looks at it. */
typedef struct dem_story {
  int64_t id, lead;     /* lead: of its near-duplicates, or its own id */
  dem_day published;    /* DEM_NO_DAY when unknown */
  uint64_t url, title, name; /* hashes; 0: none. name: of the record id, the order that does not depend on arrival */
  uint32_t version;
  bool killed, corrected;
} dem_story;

/* One event of one dispatch. */
typedef struct dem_account {
  int64_t id;
  uint64_t name;     /* of its story's record */
  uint32_t story, n;
  dem_day published; /* of its story */
  dem_day from, to; /* publication where the event has none; DEM_NO_DAY when neither is known */
  uint64_t who;     /* type and parties; 0: somebody is not known by code or name */
  uint64_t copy;    /* type, words and near-duplicates */
  uint32_t type, mode, cameo, trigger, country, place; /* hashes; 0: none */
  uint32_t person;  /* the first actor's name, if it is somebody in an office or a role */
  int32_t lat, lon; /* hundredths of a degree; INT32_MAX when unknown */
  bool plan;        /* future or hypothetical: not the same as what happened */
  uint32_t retracted_by; /* story; DEM_NONE: it stands */
  uint32_t happening; /* index of the account that founded it */
} dem_account;

typedef struct dem_links {
  dem_story *story;
  uint32_t stories, story_cap;
  dem_account *account; /* loaded by id; then sorted by date */
  uint32_t accounts, account_cap;
} dem_links;

int dem_links_load(dem_store *s, dem_links *l); /* an SQLite result code */
void dem_links_free(dem_links *l);

#endif
