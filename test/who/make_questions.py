#!/usr/bin/env python3
"""Write test/who/questions.tsv: 300 questions "who was X on day D", taken from ../shared/data/actors and from nothing else. For
REIGN, the cabinets of 2019, the World Factbook, the leaders of 2026 and the United States executive people are drawn by a hash
of the row, and a day inside the office; for those whose end is known also a day two years after it, on which they no longer
held it. `python3 test/who/make_questions.py -` prints the table instead; `- SALT` draws other questions, for a look at people
whom nobody has looked at."""
import datetime
import os
import pathlib
import re
import sys
import zlib

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT / "tools"))
from build_offices import country_names, plain_case  # noqa: E402
from lexicon_common import COUNTRIES, data_rows  # noqa: E402

SALT = sys.argv[2] if len(sys.argv) > 2 else ""
HEADER = "name\tday\tcountry\toffice\theld\tsource"
COW = {"345": "SRB", "260": "DEU", "816": "VNM", "679": "YEM"}


def day(y, m, d):
    return datetime.date(int(y), int(m), min(28, int(d)))


def middle(start, end):
    return (start + (end - start) / 2).isoformat()


def reign():
    cow = {r["cown"]: "KOS" if r["country.name.en"] == "Kosovo" else r["iso3c"] for r in data_rows("country-codes.tsv.gz")} | COW
    rows = [r for r in data_rows("reign-leaders.csv.gz") if cow.get(r["ccode"]) in COUNTRIES]
    last = {}
    for r in rows:  # the end of a person's last term, for the days after it
        key = (r["ccode"], r["leader"].split()[-1])
        last[key] = max(last.get(key, day(1900, 1, 1)), day(r["eyear"], r["emonth"], 28) if r["eyear"] else day(9999, 1, 1))
    for r in rows:
        start, end = day(r["syear"], r["smonth"], r["sdate"]), day(r["eyear"], r["emonth"], 1) if r["eyear"] else day(2021, 3, 1)
        if end.year < 1991 or end <= start:
            continue
        yield r["leader"], middle(max(start, day(1990, 1, 1)), end), cow[r["ccode"]], "leader", "yes", "reign"
        over = last[(r["ccode"], r["leader"].split()[-1])]
        if over.year < 2019 and len(r["leader"].split()) > 1:
            yield r["leader"], (over + datetime.timedelta(730)).isoformat(), cow[r["ccode"]], "leader", "no", "reign"


def cabinets():
    names = country_names()
    for r in data_rows("cabinets-2019-06.tsv.gz"):
        known = names.get(("gec", r["gec"])) or names.get(("iso2", r["iso2"]))
        if known and re.match(r"(Min\.|Prime Min|Pres\.|Sec\.|Minister|President)", r["office"]) and len(r["person"].split()) > 1:
            yield plain_case(r["person"])[0], "2019-06-15", known[0], r["office"], "yes", "cabinets"


def factbook():
    names = country_names()
    for d in data_rows("factbook.jsonl.gz"):
        for h in (d.get("head_of_government") or {}).get("holders") or []:
            m = re.match(r"^([A-Za-z -]*?(?:Minister|President|Chancellor|Premier|Taoiseach|King|Emir))\s+(.*?)\s*\(since", h["text"])
            if ("gec", d["gec"]) in names and m and len(h.get("since") or "") == 10 and len(m.group(2).split()) > 1:
                since = datetime.date.fromisoformat(h["since"])
                name = plain_case(re.sub(r"^and [\w-]+ (President|Minister) ", "", m.group(2)))[0]
                yield (name, middle(since, datetime.date(2026, 2, 4)), names[("gec", d["gec"])][0], m.group(1),
                       "yes", "factbook")


def leaders():
    names = country_names()
    for r in data_rows("world-leaders-2026-08.jsonl.gz"):
        if r["name"] and r["since"] and ("iso2", r["iso2"].lower()) in names:
            yield (r["name"], middle(datetime.date.fromisoformat(r["since"]), datetime.date(2026, 8, 22)),
                   names[("iso2", r["iso2"].lower())][0], r["title_en"], "yes", "leaders-2026")


def executive():
    for r in data_rows("us-executive.tsv.gz"):
        start, end = datetime.date.fromisoformat(r["start"]), datetime.date.fromisoformat(r["end"])
        if start.year >= 1969:
            name = re.sub(r" [A-Z]\.(?= )", "", r["name"])
            yield name, middle(start, min(end, datetime.date(2026, 6, 30))), "USA", r["role"], "yes", "congress"


def draw(questions, n):
    distinct = sorted(set(questions), key=lambda q: (zlib.crc32((SALT + "\t".join(q)).encode()), q))
    return distinct[:n]


def main():
    asked = reign()
    yes, no = [], []
    for q in asked:
        (yes if q[4] == "yes" else no).append(q)
    rows = draw(yes, 90) + draw(no, 40) + draw(cabinets(), 70) + draw(factbook(), 45) + draw(leaders(), 35) + draw(executive(), 20)
    lines = [HEADER] + sorted("\t".join(r) for r in rows)
    out = sys.stdout if "-" in sys.argv else open(pathlib.Path(__file__).with_name("questions.tsv"), "w", encoding="utf-8")
    print("\n".join(lines), file=out)


if __name__ == "__main__":
    main()
