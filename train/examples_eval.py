#!/usr/bin/env python3
"""How `demarche code` reads our own marked sentences (train/examples): is the event found, with its type, mode, status, actor and
recipient, and do the traps stay silent?   examples_eval.py [--errors] [FILE...]"""
import json
import os
import pathlib
import subprocess
import sys
from collections import Counter

HERE = pathlib.Path(__file__).resolve().parent
PROGRAM = os.environ.get("DEMARCHE", str(HERE.parent / "build/release/demarche"))


def unmark(marked):
    """(text, {mark: [(begin, end), ...]})"""
    text, spans, begin = "", {"{": [], "<": [], "*": []}, {}
    for ch in marked:
        opens = "{" if ch in "{}" else "<" if ch in "<>" else "*" if ch == "*" else None
        if opens is None:
            text += ch
        elif ch in "{<" or (ch == "*" and "*" not in begin):
            begin[opens] = len(text)
        else:
            spans[opens].append((begin.pop(opens), len(text)))
    return text, spans


def examples(paths):
    for path in paths:
        for number, line in enumerate(open(path, encoding="utf-8"), 1):
            line = line.strip()
            if not line or line.startswith("#"):
                continue
            label, marked = line.split(" | ", 1)
            code, _, status = label.partition(" ")
            kind, _, mode = code.partition(".")
            text, spans = unmark(marked)
            yield dict(where=f"{path.name}:{number}", type=kind, mode=mode, status=status or "asserted", text=text, spans=spans)


def meets(span, spans):
    return any(span and span[0] < e and span[1] > b for b, e in spans)


def party(event, field, spans):
    return any(meets(p["span"], spans) for p in event[field])


def main():
    errors = "--errors" in sys.argv
    paths = [pathlib.Path(a) for a in sys.argv[1:] if not a.startswith("--")] or sorted((HERE / "examples").glob("*.txt"))
    gold = list(examples(paths))
    feed = "".join(json.dumps({"id": str(i), "text": g["text"], "date": "2021-06-16"}) + "\n" for i, g in enumerate(gold))
    out = subprocess.run([PROGRAM, "code", "--format", "record"], input=feed.encode(), stdout=subprocess.PIPE, check=True).stdout
    records = [json.loads(line) for line in out.decode().splitlines()]
    count, by_type = Counter(), {}
    for g, r in zip(gold, records):
        events = r["events"]
        if g["type"] == "NONE":
            fired = [e for e in events if meets(e["trigger"]["span"], g["spans"]["*"])]
            count["traps"] += 1
            count["traps silent"] += not fired
            if fired and errors:
                print(f"FIRED  {fired[0]['type']:9} {fired[0]['trigger']['text']:12} {g['where']}: {g['text']}")
            continue
        count["events"] += 1
        row = by_type.setdefault(g["type"], Counter())
        row["gold"] += 1
        right = [e for e in events if e["type"] == g["type"]]
        if not right:
            if errors:
                print(f"MISSED {g['type']:9} got {','.join(e['type'] for e in events) or '-':16} {g['where']}: {g['text']}")
            continue
        best = max(right, key=lambda e: party(e, "actor", g["spans"]["{"]) + party(e, "recipient", g["spans"]["<"]))
        everyone = g["spans"]["<"] + g["spans"]["{"]
        actor = party(best, "actor", g["spans"]["{"])
        recipient = party(best, "recipient", g["spans"]["<"]) or party(best, "actor", g["spans"]["<"]) or not g["spans"]["<"]
        row["type"] += 1
        count["type"] += 1
        count["actor"] += actor
        count["recipient"] += recipient
        count["status"] += best["status"] == g["status"]
        count["mode"] += (g["mode"] in best["mode"]) if g["mode"] else not best["mode"]
        if errors:
            wrong = [w for w, ok in (("actor", actor), ("recipient", recipient), ("status " + best["status"], best["status"] == g["status"]),
                                     ("mode " + ",".join(best["mode"]), (g["mode"] in best["mode"]) if g["mode"] else not best["mode"])) if not ok]
            if wrong:
                print(f"WRONG  {g['type']:9} {'; '.join(wrong)}  {g['where']}: {g['text']}  ({g['mode']} {g['status']})")
    for kind, row in sorted(by_type.items()):
        print(f"{kind:10} {row['type']:5} of {row['gold']:5}  {100 * row['type'] / row['gold']:5.1f}")
    for what in ("type", "actor", "recipient", "status", "mode"):
        print(f"{what:10} {count[what]:5} of {count['events']:5}  {100 * count[what] / max(1, count['events']):5.1f}")
    print(f"{'traps':10} {count['traps silent']:5} of {count['traps']:5}  {100 * count['traps silent'] / max(1, count['traps']):5.1f}")


main()
