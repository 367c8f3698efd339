#!/usr/bin/env python3
"""Plain-text cases: what comes out of a few sentences. In test/case/WHAT.case each case is

    == title                (a date after @ is the publication date; 2020-06-26, a Friday, when absent)
    the text
    --
    the lines that must come out, all of them, in order

WHAT says what is printed: events, at (their places and dates), who, said, when, where (the functions below). `--update` writes
what came out; look at
the diff before you commit it. Cases in WHAT-wanted.case are known failures: the run says when one has come right, so that it
can move to WHAT.case, and how many are left."""
import json
import pathlib
import re
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
from harness import check, end, records

HERE = pathlib.Path(__file__).resolve().parent


def party(p):
    code = " ".join(x for x in (p["code"], p["sector"]) if x)
    return code or p["name"] or p["role"] or p["text"] or "?"


def parties(list_):
    return "; ".join(party(p) for p in list_) or "-"


def interval(d):
    return d["from"] if d["from"] == d["to"] else f"{d['from'] or ''}/{d['to'] or ''}"


def events(r):
    for e in r["events"]:
        what = " ".join([e["type"], *e["mode"]])
        claim = f" | says {parties(e['claimant'])}" if e["claimant"] else ""
        yield f"{what} {e['status']}: {parties(e['actor'])} > {parties(e['recipient'])} | {interval(e['date'])}{claim}"


def at(r):
    for e in r["events"]:
        p, d = e["place"], e["date"]
        where = " ".join(x for x in (p["kind"], p.get("name")) if x)
        yield f"{e['type']}: {where} | {interval(d)} {d['precision']}: {d['rule']}"


def who(r):
    for e in r["entities"]:
        words = " = ".join(m["text"] for m in e["mentions"])
        yield f"{e['name'] or e['role'] or '?'} ({party(e)}, {e['kind']}): {words}"


def said(r):
    names = {e["id"]: e["name"] or e["role"] or e["mentions"][0]["text"] for e in r["entities"]}
    for q in r["quotes"]:
        speaker = q["speaker"] and (names.get(q["speaker"]["entity"]) or q["speaker"]["text"])
        yield f"{q['kind']} {speaker or '?'}: {q['text']}"


def when(r):
    for t in r["times"]:
        yield f"{t['text']} = {t['type']} {t['value']} ({interval(t)})"


def where(r):
    for p in r["places"]:
        yield f"{p['text']} = {p['name']}, {p['country'] or '?'} {p['feature'] or ''}".rstrip()


def sentences(r):
    for begin, end_ in r["sentences"]:
        yield r["text"][begin:end_]


PRINTERS = {"at": at, "sentences": sentences, "events": events, "who": who, "said": said, "when": when, "where": where}


def cases(path):
    head, *blocks = re.split(r"^== ", path.read_text(), flags=re.M)
    for block in blocks:
        title, _, rest = block.partition("\n")
        text, _, lines = rest.partition("\n--\n")
        yield title, text.strip(), lines.strip("\n")


def run(path, printer, update):
    found = list(cases(path))
    given = [{"id": str(i), "text": text, "published": (re.search(r"@(\S+)", title) or ["", "2020-06-26"])[1]}
             for i, (title, text, _) in enumerate(found)]
    made = records(stdin="".join(json.dumps(g) + "\n" for g in given).encode())
    check(len(made) == len(found), f"{path.name}: {len(found)} cases, {len(made)} records")
    got = ["\n".join(printer(r)) for r in made]
    if update:
        comment = re.split(r"^== ", path.read_text(), flags=re.M)[0]
        path.write_text(comment + "\n".join(f"== {t}\n{x}\n--\n{g}\n" if g else f"== {t}\n{x}\n--\n" for (t, x, _), g in zip(found, got)))
    return found, got


total, wanted = 0, 0
for path in sorted(HERE.glob("*.case")):
    what, _, rest = path.stem.partition("-")
    update = "--update" in sys.argv and not rest
    found, got = run(path, PRINTERS[what], update)
    total += len(found)
    for (title, text, want), is_ in zip(found, got):
        if rest == "wanted":
            wanted += want != is_
            if want == is_:
                print(f"{path.name}: {title}: has come right: move it to {what}.case")
        elif not update:
            check(want == is_, f"{path.name}: {title}\n--- wanted\n{want}\n--- got\n{is_}")
print(f"{wanted} known failures")
end(total, "cases")
