#!/usr/bin/env python3
"""How many of REIGN's leaders since 1990 does offices/people know in government in the middle of their rule? A measure of the
hand-written and built tables against a third one (REIGN gives surnames only). Prints the share and, with -v, who is missing."""
import collections, datetime, sys
from build_offices import name_key
from lexicon_common import *


def main():
    people = collections.defaultdict(list)
    for path in table_files("offices/people"):
        for r in read_tsv(path):
            for word in set(r["short"].split() + r["form"].split() + [r["short"]]):
                people[(r["country"], name_key(word))].append((r["from"] or "0000", r["to"] or "9999"))
    cow = {r["cown"]: "KOS" if r["country.name.en"] == "Kosovo" else r["iso3c"] for r in data_rows("country-codes.tsv.gz")}
    cow.update({"345": "SRB", "260": "DEU", "816": "VNM", "679": "YEM"})
    asked, known, missing = 0, 0, []
    for r in data_rows("reign-leaders.csv.gz"):
        country = cow.get(r["ccode"])
        start = datetime.date(int(r["syear"]), int(r["smonth"]), min(28, int(r["sdate"])))
        end = datetime.date(int(r["eyear"]), int(r["emonth"]), 1) if r["eyear"] else datetime.date(2021, 3, 1)
        start = max(start, datetime.date(1990, 1, 1))
        if end <= start or country not in COUNTRIES:
            continue
        asked += 1
        day = (start + (end - start) / 2).isoformat()
        words = [w for w in r["leader"].replace("-", " ").split() if len(w) > 2] + [r["leader"]]
        if any(a <= day <= b for w in words for a, b in people.get((country, name_key(w)), ())):
            known += 1
        else:
            missing.append(f"{country} {r['leader']} {start}..{end}")
    print(f"{known} of {asked} leaders known in office at mid-term ({1000 * known // asked / 10} %)")
    if "-v" in sys.argv:
        print("\n".join(missing))


if __name__ == "__main__":
    main()
