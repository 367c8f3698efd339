#!/usr/bin/env python3
"""Write lexicon/actors/states-countries.tsv: names, adjectives, peoples and capitals of all states and dependencies, from the
tables of countries in ../shared/data/actors. Forms that people keep by hand in states.tsv win: they are left out here."""
import json, os, re
from lexicon_common import *

OWN_ONLY = {"ATA", "PSE", "ESH", "UNK"}  # written by hand in states.tsv
NOT_CAPITALS = {"City of San Marino", "El Aaiún", "South Tarawa", "Djibouti", "Luxembourg", "Monaco", "Singapore", "Gibraltar",
                "City of Victoria", "Kingston", "Hamilton", "Jamestown", "Stanley", "Georgetown", "Plymouth", "Douglas", "Victoria"}
NOT_NAMES = re.compile(r"^[A-Z]{2}$|,|[^\x00-\u024f’]")


def demonyms(noun):
    """("Malian", "Malians") pairs of a factbook noun such as "Malian(s)" or "Dane(s)"."""
    for part in re.split(r",| or |/", noun or ""):
        part = re.sub(r"\((US|singular).*$", "(=)" if "singular and plural" in part else "", part.strip())
        m = re.fullmatch(r"([A-Z][\w' .-]*?)(?:\((s|=)\)| \(=\))?", part.strip())
        if m and m.group(2) and m.group(1).strip() not in ("Chinese", "Korean", "Congolese", "Dominican", "Nigerien"):
            yield m.group(1).strip()
            if m.group(2) == "s":
                yield m.group(1).strip() + "s"


def main():
    own = {r["form"].lower() for r in read_tsv(os.path.join(LEXICON, "actors", "states.tsv"))}
    iso2 = {}
    rows = []

    def add(form, kind, code, name):
        if not form or form.lower() in own or re.search(r"^(Al-|Ad-|Ash-)?(Jum|Mam)|Republik|Rep[uú]bl", form):
            return
        for f in {form, plain(form)}:
            if f.lower() in own:
                continue
            rows.append({"form": f, "kind": kind, "country": DEPENDENCIES.get(code, code),
                         "sector": "GOV" if kind == "capital" else "", "name": name, "source": "countries"})

    by_name = {}
    for c in json.load(data("countries.json")):
        code, name = c["cca3"], c["name"]["common"]
        if code in OWN_ONLY:
            continue
        by_name[name.lower()] = by_name[plain(name).lower()] = (code, name)
        for alt in c["altSpellings"]:
            by_name.setdefault(plain(alt).lower(), (code, name))
        for form in (name, c["name"]["official"]):  # alternative spellings are mostly in other languages
            if not NOT_NAMES.search(form):
                add(form, "name", code, name)
        adjective = c["demonyms"].get("eng", {}).get("m", "")
        if re.fullmatch(r"[A-Z][\w' -]+", adjective):
            add(adjective, "adjective", code, name)
        for capital in c["capital"]:
            if capital not in NOT_CAPITALS and DEPENDENCIES.get(code, code) == code:
                add(capital, "capital", code, capital)
    for d in data_rows("factbook.jsonl.gz"):
        known = by_name.get(plain(d["names"].get("conventional short form") or "").lower())
        if not known:
            continue
        code, name = known
        for form in (d["names"].get("conventional long form"), d["names"].get("conventional short form")):
            if form and form != "none" and not NOT_NAMES.search(form) and "(" not in form:
                add(form, "name", code, name)
        for form in demonyms(d["nationality"]["noun"]):
            add(form, "people", code, name)
        for form in re.split(r" or |, ", d["nationality"]["adjective"] or ""):
            if re.fullmatch(r"[A-Z][\w' -]+", form):
                add(form, "adjective", code, name)
    allowed = COUNTRIES
    rows = [r for r in rows if r["country"] in allowed]
    print(write_tsv(os.path.join(LEXICON, "actors", "states-countries.tsv"), "actors/states", rows,
                    "Written by tools/build_states.py; mend states.tsv, which wins."), "rows")


if __name__ == "__main__":
    main()
