#!/usr/bin/env python3
"""Scores actors with country and sector on the 200 annotated sentences (actors-200.md says what is what).

    actors_200.py [--program PATH] [--data DIR] [--errors]

Prints precision, recall and F1: mentions found whatever their codes, then with code and sector right; by corpus. --errors lists
what is wrong or missing, with the sentence. Exit 0 scored, 2 when the corpora are not there."""
import argparse
import gzip
import json
import os
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))


def gold_lines(path):
    for line in open(path, encoding="utf-8"):
        if line.startswith("#"):
            continue
        corpus, doc, published, sentence, actors = line.rstrip("\n").split("\t")
        found = []
        for actor in [] if actors == "-" else actors.split(" "):
            span, codes, sectors = actor.split(":")
            found.append({"span": tuple(map(int, span.split("-"))), "codes": codes.split("/"), "sectors": sectors.split("/"),
                          "optional": codes == "?"})
        yield {"corpus": corpus, "id": doc, "published": published, "span": tuple(map(int, sentence.split("-"))), "actors": found}


def dispatches(gold, data):
    wanted = {(g["corpus"], g["id"]) for g in gold}
    out = {}
    for corpus in sorted({g["corpus"] for g in gold}):
        with gzip.open(os.path.join(data, corpus + ".jsonl.gz"), "rt", encoding="utf-8") as lines:
            for line in lines:
                d = json.loads(line)
                if (corpus, d["id"]) in wanted:
                    out[corpus, d["id"]] = d
    return out


def records(gold, docs, program):
    """The record of each gold line, or None."""
    feed = []
    for g in gold:
        d = docs[g["corpus"], g["id"]]
        feed.append(json.dumps({"id": d["id"], "text": d["text"], "published": g["published"], "headline": d.get("headline")}))
    run = subprocess.run([program, "code", "-f", "record", "-"], input="\n".join(feed) + "\n", capture_output=True, text=True, check=False)
    made = [json.loads(line) for line in run.stdout.splitlines()]
    if len(made) != len(gold):
        sys.exit(f"{program}: {len(made)} records for {len(gold)} dispatches\n{run.stderr[:500]}")
    return made


def shift_of(text, record_text, span):
    """Where the sentence stands in the record's text (white space may differ), as a map of offsets; None if it is not there."""
    squeeze = [(i, c) for i, c in enumerate(record_text) if not c.isspace()]
    plain = "".join(c for _, c in squeeze)
    wanted = "".join(c for c in text[span[0]:span[1]] if not c.isspace())
    before = sum(1 for c in text[:span[0]] if not c.isspace())
    at, near = -1, None
    while (at := plain.find(wanted, at + 1)) >= 0:
        if near is None or abs(at - before) < abs(near - before):
            near = at
    if near is None:
        return None
    places, k = {}, 0
    for i in range(span[0], span[1]):
        if not text[i].isspace():
            places[squeeze[near + k][0]] = i
            k += 1
    return places


def codes_of(record, entity):
    """All (code, sectors) an entity stands for; groups give their members'."""
    by_id = {e["id"]: e for e in record["entities"]}
    members = [by_id[m] for m in entity.get("members") or [] if m in by_id]
    return [(e.get("code") or "-", [e.get("sector") or "-"] + (e.get("sectors") or [])) for e in [entity] + members]


def system_actors(record, places):
    """The mentions in the sentence, in gold offsets, shortest first."""
    out = []
    for e in record["entities"]:
        if e["kind"] == "place" or not (e.get("code") or e.get("sector") or e.get("members")):
            continue
        for m in e["mentions"]:
            b, end = m["span"]
            inside = [places[i] for i in range(b, end) if i in places]
            if m["form"] == "pronoun" or m.get("use", "actor") != "actor" or not inside:
                continue
            out.append({"span": (inside[0], inside[-1] + 1), "text": m["text"], "codes": codes_of(record, e)})
    return sorted(out, key=lambda m: (m["span"][1] - m["span"][0], m["span"]))


def right(actor, mention):
    return any(("*" in actor["codes"] or code in actor["codes"]) and ("*" in actor["sectors"] or set(sectors) & set(actor["sectors"]))
               for code, sectors in mention["codes"])


def pair(gold, mentions):
    """[(mention, actor or None)] and the actors nobody took."""
    free, pairs = list(gold["actors"]), []
    for m in mentions:
        held = [a for a in free if m["span"][0] <= a["span"][0] and a["span"][1] <= m["span"][1]]
        held.sort(key=lambda a: (a["optional"], not right(a, m)))
        pairs.append((m, held[0] if held else None))
        if held:
            free.remove(held[0])
    return pairs, [a for a in free if not a["optional"]]


def name_of(actor, text):
    return f"{text[slice(*actor['span'])]} = {'/'.join(actor['codes'])} {'/'.join(actor['sectors'])}"


def report(name, made, wanted, found, good):
    figures = []
    for n in (found, good):
        p, r = (100 * n / made if made else 0), (100 * n / wanted if wanted else 0)
        figures.append(f"{p:5.1f} {r:5.1f} {2 * p * r / (p + r) if p + r else 0:5.1f}")
    print(f"{name:22} {made:5} {wanted:6}   {figures[0]}   {figures[1]}")


def main():
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    args.add_argument("--program", default=os.path.join(HERE, "../build/release/demarche"))
    args.add_argument("--data", default=os.path.join(HERE, "../../shared/data/news"))
    args.add_argument("--errors", action="store_true")
    args = args.parse_args()
    if not os.path.isdir(args.data):
        print(f"{args.data}: the corpora are not here; nothing was scored", file=sys.stderr)
        return 2
    gold = list(gold_lines(os.path.join(HERE, "actors-200.tsv")))
    docs = dispatches(gold, args.data)
    sums = {}
    for number, (g, record) in enumerate(zip(gold, records(gold, docs, args.program)), 1):
        text = docs[g["corpus"], g["id"]]["text"]
        places = shift_of(text, record["text"], g["span"])
        mentions = system_actors(record, places) if places else []
        pairs, missed = pair(g, mentions)
        judged = [(m, a) for m, a in pairs if not (a and a["optional"])]
        counts = (len(judged), sum(not a["optional"] for a in g["actors"]), sum(a is not None for _, a in judged),
                  sum(a is not None and right(a, m) for m, a in judged))
        for key in (g["corpus"], "all"):
            sums[key] = tuple(map(sum, zip(sums.get(key, (0,) * 4), counts)))
        wrong = [f"   false   {m['text']} {m['codes']}" for m, a in judged if a is None]
        wrong += [f"   wrong   {m['text']} {m['codes']}   gold {name_of(a, text)}" for m, a in judged if a and not right(a, m)]
        wrong += [f"   missed  {name_of(a, text)}" for a in missed]
        if args.errors and (wrong or places is None):
            print(f"{number} {g['id']} {'' if places else 'NOT IN THE RECORD '}{text[slice(*g['span'])]}", *wrong, sep="\n")
    print(f"{'':22} {'coded':>5} {'wanted':>6}   {'found P R F1':^17}   {'code and sector P R F1':^17}")
    for key, counts in sums.items():
        report(key, *counts)
    return 0


if __name__ == "__main__":
    sys.exit(main())
