#!/usr/bin/env python3
"""Write lexicon/actors/organisations-data.tsv: political parties and the local names of parliaments, from the World Factbook in
../shared/data/actors. What people keep by hand in the other files wins. Which party governs is not in the source, so that the
rows say PTY alone. A form that parties of two countries share is left out."""
import collections, os, re
from build_offices import country_names
from lexicon_common import *

GENERIC = re.compile(r"^(National|People's|Popular|Democratic|Republican|Labou?r|Socialist|Communist|Liberal|Conservative|Green|Social|"
                     r"Progressive|United|Workers'?|Christian|Independent|Parliament|Senate|Union|Party|Centre|Center|Freedom|Justice)+"
                     r"( (Party|Movement|Front|Alliance|Union|Assembly|Council))?$")


def party_names(text):
    """"Rally for Mali or RPM" -> ("Rally for Mali", "RPM"); notes in brackets are dropped."""
    text = re.sub(r"[\[(].*?[\])]|[\"“”]", "", text)
    text = re.split(r";|, note| \[|:", text)[0]
    parts = [re.sub(r"\s+", " ", p).strip() for p in re.split(r"\bor\b", text)]
    name = parts[0]
    acronyms = [p for p in parts[1:] if re.fullmatch(r"[A-Z][A-Z-]{3,6}", p)]  # three letters mean too much ("MAN", "ANZ")
    if not 5 <= len(name) <= 60 or not name[0].isupper() or GENERIC.match(name) or "," in name or "/" in name \
            or " " not in name or name.startswith("The "):  # one word, such as "Forward", means too much
        return None, []
    return name, acronyms


def main():
    own = set()
    for path in table_files("actors/organisations"):
        if not path.endswith("-data.tsv"):
            own |= {r["form"].lower() for r in read_tsv(path)}
    for path in table_files("actors/states"):
        own |= {r["form"].lower() for r in read_tsv(path)}
    names, rows, means = country_names(), [], collections.defaultdict(set)
    for d in data_rows("factbook.jsonl.gz"):
        known = names.get(("gec", d["gec"]))
        if not known:
            continue
        for text in d.get("parties") or []:
            name, acronyms = party_names(text)
            for form in ([name] + acronyms if name else []):
                for f in {form, plain(form)}:
                    means[f.lower()].add(known[0])
                    rows.append({"form": f, "name": name, "kind": "organisation", "country": known[0], "sector": "PTY",
                                 "source": "factbook"})
        legislature = d.get("legislature") or {}
        for text in filter(None, (legislature.get("name"), legislature.get("lower"), legislature.get("upper"))):
            for local in re.findall(r"\(([^)]*)\)", text):
                for form in re.split(r" or |;|, | - ", local):
                    form = form.strip()
                    if re.fullmatch(r"[A-Z][\w' -]{4,40}", form) and " of " not in form and not GENERIC.match(form):
                        for f in {form, plain(form)}:
                            means[f.lower()].add(known[0])
                            rows.append({"form": f, "name": form, "kind": "government", "country": known[0], "sector": "LEG",
                                         "source": "factbook"})
    rows = [r for r in rows if r["form"].lower() not in own and (len(means[r["form"].lower()]) == 1)]
    print(write_tsv(os.path.join(LEXICON, "actors", "organisations-data.tsv"), "actors/organisations", rows,
                    "Written by tools/build_organisations.py: parties and parliaments of the World Factbook."), "rows")


if __name__ == "__main__":
    main()
