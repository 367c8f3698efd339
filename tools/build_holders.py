#!/usr/bin/env python3
"""Writes lexicon/words/words-holders.tsv: the surnames by which heads of state and government may be called without any first
name while in office (class who-holder, value the full names, '|' between). From offices/people: rows whose office is that of
a president, prime minister, chancellor or the like. First names, states, nouns for people and common words are left out."""
import csv
import glob
import os
import re

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..")
OFFICE = re.compile(r"^(Acting |Interim |Transitional )?(President|Prime Minister|Chancellor|Premier|Supreme Leader|Taoiseach|Emir|"
                    r"Head of (State|Government)|Secretary of State of the United States|Secretary[- ]General of (the United Nations|NATO)|"
                    r"President of the European Commission)( of |$)")
COMMON = set("king may brown rice bush park do major long young black white wood hill day gore may hope li ma he lee cook ford grant "
             "carter reid rey rose price sale thomas george charles martin james paul pierre joseph santos".split())


def rows(pattern):
    for path in sorted(glob.glob(os.path.join(ROOT, "lexicon", pattern))):
        lines = [line for line in open(path, encoding="utf-8") if not line.startswith("#")]
        yield from csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)


def main():
    taken = {r["form"].lower() for r in rows("actors/states*.tsv")} | {r["form"].lower() for r in rows("words/roles*.tsv")}
    taken |= {r["form"].lower() for r in rows("words/words*.tsv") if r["class"] in ("who-given", "who-noname", "place-common", "who-short")}
    names = {}
    for r in rows("offices/people*.tsv"):
        short = r["short"]
        if not OFFICE.match(r["office"]) or len(short) < 4 or short.lower() in taken | COMMON or not short[0].isupper():
            continue
        if r["form"] == r["name"]:
            names.setdefault(short, set()).add(r["name"])
    path = os.path.join(ROOT, "lexicon/words/words-holders.tsv")
    with open(path, "w", encoding="utf-8") as out:
        out.write("# Surnames that name a head of state or government on the days of office: written by tools/build_holders.py.\n")
        out.write("form\tclass\tvalue\tsource\n")
        lines = [f"{short}\twho-holder\t{'|'.join(sorted(people))}\town" for short, people in names.items()]
        out.write("\n".join(sorted(lines, key=str.encode)) + "\n")
    print(f"{len(names)} surnames")


if __name__ == "__main__":
    main()
