#!/usr/bin/env python3
"""Write lexicon/codes/countries.tsv (COW, Gleditsch-Ward, CAMEO, FIPS and ISO codes of every PLOVER country) and
codes/bodies-data.tsv (CAMEO codes that the Phoenix dictionaries give to bodies our lexicon knows) from ../shared/data/actors.
Bodies kept by hand in codes/bodies.tsv win."""
import collections, os, re
from lexicon_common import *

COW = {"DEU": "255", "SRB": "345", "YEM": "679", "VNM": "816", "KOS": "347"}  # as the COW list of states after 1991 has them
GW = {"DEU": "260", "SRB": "340", "YEM": "678", "VNM": "816", "KOS": "347"}
INTERNATIONAL = {"UNO": ("United Nations", "IGOUNO"), "EUR": ("European Union", "IGOEUREEC"), "IGO": ("intergovernmental organisation", "IGO"),
                 "NGO": ("non-governmental organisation", "NGO"), "ISM": ("international movement", "NGM"),
                 "IMG": ("transnational armed group", "IMG"), "MNC": ("multinational company", "MNC"), "ATA": ("Antarctica", "ATA")}


def countries():
    rows = [{"code": code, "name": name, "cameo": cameo, "source": "cameo"} for code, (name, cameo) in INTERNATIONAL.items()]
    for r in data_rows("country-codes.tsv.gz"):
        code = "KOS" if r["country.name.en"] == "Kosovo" else r["iso3c"]
        if code not in COUNTRIES or code in INTERNATIONAL:
            continue
        rows.append({"code": code, "name": r["country.name.en"].replace("&", "and"), "cow": COW.get(code, r["cown"]),
                     "gw": GW.get(code, r["gwn"]), "cameo": "KSV" if code == "KOS" else code, "fips": r["fips"], "iso2": r["iso2c"],
                     "source": "codelist"})
    return rows


def entries():
    """(name, code) of undated codes in the Phoenix actor files, names in lower case."""
    for part in ("International", "MilNonState", "Countries"):
        names = []
        with data(f"petrarch/Phoenix.{part}.actors.txt.gz") as f:
            for line in f:
                line = re.sub(r"[#;].*", "", line).rstrip()
                head = re.match(r"^(\+?)([^\[\t]+)", line)
                if head:
                    if not head.group(1):
                        names = []
                    names.append(re.sub(r"\s*\(.*?\)", "", head.group(2).replace("_", " ")).strip().lower())
                for code in re.findall(r"\[([A-Z]{3,15})\]", line):
                    if len(code) % 3 == 0:
                        for name in names:
                            yield name, code


# Of the codes that Phoenix gives, those that do not contradict the country and the sectors that our lexicon gives are taken.
START = {"UNO": "IGOUNO", "EUR": "IGOEUR", "IGO": "IGO", "NGO": "NGO", "ISM": "NGM", "IMG": "IMG", "MNC": "MNC"}


def bodies(codes):
    own = {(r["name"].lower(), r["country"]) for r in read_tsv(os.path.join(LEXICON, "codes", "bodies.tsv"))}
    found = collections.defaultdict(collections.Counter)
    known = {}
    for path in table_files("actors/organisations"):
        for r in read_tsv(path):
            start = START.get(r["country"], r["country"])
            known.setdefault((r["name"].lower(), r["country"]), r["name"])
            for form in {r["form"].lower(), plain(r["form"]).lower()}:
                for code in codes.get(form, ()):
                    if code.startswith(start) and len(code) > 6 and r["country"] in START and r["country"] != "IMG":
                        found[(r["name"].lower(), r["country"])][code] += 1
    rows = []
    for key, counter in sorted(found.items()):
        if key not in own:
            code = sorted(counter.items(), key=lambda c: (-c[1], c[0]))[0][0]
            rows.append({"name": known[key], "country": key[1], "cameo": code, "source": "petrarch"})
    return rows


def main():
    print(write_tsv(os.path.join(LEXICON, "codes", "countries.tsv"), "codes/countries", countries(),
                    "Written by tools/build_codes.py."), "countries")
    codes = collections.defaultdict(set)
    for name, code in entries():
        codes[name].add(code)
    print(write_tsv(os.path.join(LEXICON, "codes", "bodies-data.tsv"), "codes/bodies", bodies(codes),
                    "Written by tools/build_codes.py: CAMEO codes of bodies, from the Phoenix dictionaries."), "bodies")


if __name__ == "__main__":
    main()
