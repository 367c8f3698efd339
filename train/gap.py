#!/usr/bin/env python3
"""Scores pronouns on GAP development (Webster et al. 2018): for each passage, is the pronoun name A, name B, or neither?

    gap.py [--program PATH] [--data FILE] [--errors N]

A name counts as chosen when a mention of the pronoun's entity overlaps it. Precision, recall and F1 over the names that gold
says the pronoun means; masculine, feminine and their ratio (bias) as in the paper. --errors N prints N passages that are
wrong. Exit 0 scored, 2 when the data is not there."""
import argparse
import csv
import gzip
import json
import os
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))


def chosen(record, shift, row):
    """(is it A, is it B, was the pronoun found) by the record."""
    pronoun, spans = int(row["Pronoun-offset"]), [(int(row[k + "-offset"]), int(row[k + "-offset"]) + len(row[k])) for k in "AB"]
    for e in record["entities"]:
        own = [[shift.get(i) for i in m["span"]] for m in e["mentions"]]
        own = [(b, x) for b, x in own if b is not None and x is not None]
        if (pronoun, pronoun + len(row["Pronoun"])) in own:
            return [any(b < e2 and b2 < x for b, x in own) for b2, e2 in spans] + [True]
    return [False, False, False]


def shift_of(record, text):
    """Offsets of the record's text in ours: the same characters, white space aside."""
    ours = [i for i, c in enumerate(text) if not c.isspace()]
    theirs = [i for i, c in enumerate(record["text"]) if not c.isspace()]
    out = {}
    for a, b in zip(theirs, ours):
        out[a] = b
        out[a + 1] = b + 1
    for a, b in zip(theirs, ours):
        out[a] = b
    return out


def add(sums, key, guess, gold):
    s = sums.setdefault(key, [0, 0, 0])
    for g, want in zip(guess, gold):
        s[0] += g and want
        s[1] += g
        s[2] += want


def f1(s):
    p, r = (100 * s[0] / s[1] if s[1] else 0), (100 * s[0] / s[2] if s[2] else 0)
    return p, r, 2 * p * r / (p + r) if p + r else 0


def main():
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    args.add_argument("--program", default=os.path.join(HERE, "../build/release/demarche"))
    args.add_argument("--data", default=os.path.join(HERE, "../../shared/data/coref/gap-dev.tsv.gz"))
    args.add_argument("--errors", type=int, default=0)
    args = args.parse_args()
    if not os.path.exists(args.data):
        print(f"{args.data}: not here; nothing was scored", file=sys.stderr)
        return 2
    with gzip.open(args.data, "rt", encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
    feed = "".join(json.dumps({"id": r["ID"], "text": r["Text"]}) + "\n" for r in rows)
    run = subprocess.run([args.program, "code", "-f", "record", "-"], input=feed, capture_output=True, text=True, check=True)
    sums, missing, shown = {}, 0, 0
    for row, line in zip(rows, run.stdout.splitlines()):
        record = json.loads(line)
        a, b, found = chosen(record, shift_of(record, row["Text"]), row)
        gold = [row["A-coref"].upper() == "TRUE", row["B-coref"].upper() == "TRUE"]
        missing += not found
        add(sums, "feminine" if row["Pronoun"].lower() in ("she", "her", "hers") else "masculine", (a, b), gold)
        add(sums, "all", (a, b), gold)
        if [a, b] != gold and shown < args.errors:
            shown += 1
            at = int(row["Pronoun-offset"])
            print(f"{row['ID']} A={row['A']} {gold[0]} B={row['B']} {gold[1]}; said {a} {b}{'' if found else ' (no mention)'}\n  "
                  f"{row['Text'][:at]}<<{row['Pronoun']}>>{row['Text'][at + len(row['Pronoun']):]}")
    for key in ("masculine", "feminine", "all"):
        print(f"{key:10} P {f1(sums[key])[0]:5.1f}  R {f1(sums[key])[1]:5.1f}  F1 {f1(sums[key])[2]:5.1f}")
    print(f"bias (feminine / masculine F1) {f1(sums['feminine'])[2] / f1(sums['masculine'])[2]:.2f}; pronouns that are no mention: {missing}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
