/* The dyad over time, between asking and writing. Internal to store/. */
#ifndef DEM_STORE_TIES_H
#define DEM_STORE_TIES_H

#include "base/json.h"
#include "store/parts.h"

enum { DEM_STATUSES = 7, MOST_CLAIMANTS = 24 /* codes counted in one row; the rest count as claimed only */ };

typedef struct dem_claims {
  char code[16];
  int64_t n;
} dem_claims;

typedef struct dem_tie {
  char period[16], one[96], two[96];
  int64_t events, dispatches, quad[4], status[DEM_STATUSES], claimed; /* in the order of the contract's statuses */
  int64_t score, goldstein;                                           /* sums of tenths */
  dem_claims claimant[MOST_CLAIMANTS];
  size_t claimants;
} dem_tie;

typedef struct dem_ties {
  const char *a, *b; /* as asked; NULL: any */
  dem_period by;
  dem_tie *at;
  size_t n, cap;
} dem_ties;

typedef void (*dem_ties_writer)(const dem_ties *ties, dem_json *out);
void dem_ties_table(const dem_ties *ties, dem_json *out);
void dem_ties_csv(const dem_ties *ties, dem_json *out);
void dem_ties_jsonl(const dem_ties *ties, dem_json *out);
void dem_ties_svg(const dem_ties *ties, dem_json *out);

#endif
