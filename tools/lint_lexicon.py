#!/usr/bin/env python3
"""Check the actor tables of the lexicon: header, order, duplicates, codes, dates, sources. Prints each problem with file and
line; exit status 1 when there is one."""
import datetime, os, re, sys, unicodedata
from lexicon_common import COUNTRIES, HEADERS, LEXICON, SECTORS, read_tsv, table_files

KINDS = {
    "actors/states": {"name", "adjective", "people", "capital", "seat", "region"},
    "actors/organisations": {"government", "organisation", "group"},
}
# Offices that one person holds at a time, and who did hold one of them together with another: claims that both made, and deputies
# while the holder could not act.
SINGLE = re.compile(r"(President|Prime Minister|Foreign Minister|Defence Minister|Interior Minister|Finance Minister|King|Chancellor|"
                    r"Emir|Sultan) of ")
BOTH = {("CIV", "Alassane Ouattara"), ("ISR", "Ehud Olmert"), ("LBY", "Fayez al-Sarraj"), ("LBY", "Abdullah al-Thinni"),
        ("MDG", "Marc Ravalomanana"), ("ZMB", "Rupiah Banda"), ("UKR", "Arseniy Yatsenyuk")}
DAYS_OF_HANDING_OVER = 45
problems = 0


def problem(path, line, what):
    global problems
    problems += 1
    print(f"{os.path.relpath(path)}:{line}: {what}")


def is_date(text):
    try:
        return bool(re.fullmatch(r"\d{4}-\d\d-\d\d", text)) and bool(datetime.date.fromisoformat(text))
    except ValueError:
        return False


def check_row(table, path, n, row, sources):
    if not row["form"].strip() or row["form"] != row["form"].strip():
        problem(path, n, "the form is empty or has spaces around it")
    if row["country"] and row["country"] not in COUNTRIES:
        problem(path, n, f"unknown country {row['country']}")
    if not row["country"] and not (table == "actors/states" and (row["kind"] == "region" or not row["sector"])):
        problem(path, n, "no country")
    for sector in [row["sector"]] + row.get("sectors", "").split("|"):
        if sector and sector not in SECTORS:
            problem(path, n, f"unknown sector {sector}")
    if table in KINDS and row["kind"] not in KINDS[table]:
        problem(path, n, f"unknown kind {row['kind']}")
    if table == "offices/people" and row["gender"] not in ("m", "f", ""):
        problem(path, n, f"unknown gender {row['gender']}")
    for key in ("from", "to"):
        if row[key] and not is_date(row[key]):
            problem(path, n, f"not a date: {row[key]}")
    if row["from"] and row["to"] and row["from"] > row["to"]:
        problem(path, n, f"ends before it begins: {row['from']} {row['to']}")
    if row["source"] not in sources:
        problem(path, n, f"no such source: {row['source']}")


def check_file(table, path, sources, seen):
    header, last = None, b""
    with open(path, encoding="utf-8") as f:
        for n, line in enumerate(f, 1):
            line = line.rstrip("\n")
            if not line or line.startswith("#"):
                continue
            cells = line.split("\t")
            if header is None:
                header = cells
                if cells != HEADERS[table].split():
                    problem(path, n, "wrong header")
                    return 0
                continue
            if len(cells) != len(header):
                problem(path, n, f"{len(cells)} columns, not {len(header)}")
                continue
            if unicodedata.normalize("NFC", line) != line:
                problem(path, n, "not in Unicode normal form C")
            if line.encode() <= last:
                problem(path, n, "not in byte order, or the same line twice")
            last = line.encode()
            key = "\t".join(cells[:-1])
            if key in seen:
                problem(path, n, f"the same row is in {os.path.relpath(seen[key])}")
            seen[key] = path
            check_row(table, path, n, dict(zip(header, cells)), sources)
    return 0


def check_offices():
    """No office that one person holds at a time may have two holders for long."""
    held = {}
    for path in table_files("offices/people"):
        for r in read_tsv(path):
            if SINGLE.match(r["office"]) and is_date(r["from"]):
                held.setdefault((r["country"], r["office"]), set()).add((r["from"], r["to"] or "9999-12-31", r["name"], path))
    for (country, office), rows in sorted(held.items()):
        rows = sorted(rows)
        for a, b in zip(rows, rows[1:]):
            days = (datetime.date.fromisoformat(a[1]) - datetime.date.fromisoformat(b[0])).days
            if a[2] != b[2] and days > DAYS_OF_HANDING_OVER and not {(country, a[2]), (country, b[2])} & BOTH:
                problem(b[3], 0, f"two holders of one office: {office}: {a[2]} ({a[0]}..{a[1]}) and {b[2]} ({b[0]}..)")


def read_sources():
    with open(os.path.join(LEXICON, "SOURCES.tsv"), encoding="utf-8") as f:
        return {line.split("\t")[0] for line in f if line.strip() and not line.startswith("#")} - {"key"}


def main():
    sources = read_sources()
    for table in HEADERS:
        seen = {}
        files = table_files(table)
        if not files:
            problem(os.path.join(LEXICON, table + ".tsv"), 0, "no such table")
        for path in files:
            check_file(table, path, sources, seen)
        print(f"{table}: {len(files)} files, {len(seen)} rows, {len({k.split(chr(9))[0].lower() for k in seen})} forms")
    check_offices()
    print(f"{problems} problems")
    return problems > 0


if __name__ == "__main__":
    sys.exit(main())
