#!/usr/bin/env python3
"""300 questions "who was X on day D" (questions.tsv, written by make_questions.py from ../shared/data/actors) put to `demarche
actors`. Right: a row of that country in government holds on the day, of the kind of office asked about where the lexicon
names one; for people out of office none may hold. Prints the wrong ones; fails below 95 of 100. Where ../shared is, the table
must be what its maker writes today."""
import json
import os
import pathlib
import re
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
from harness import ROOT, check, demarche, end

HERE = pathlib.Path(__file__).resolve().parent
SHARED = pathlib.Path(os.environ.get("DEMARCHE_SHARED") or ROOT.parent / "shared")
LEAST = 95
HEAD = "president|prime minister|leader|head of|king|chancellor|premier|emir|sultan"
KINDS = {"president": "president|head of state|leader", "prime min": "prime minister|head of (the )?government|leader|premier|chancellor",
         "king": "king|head of state", "foreign": "foreign|external|member of", "defen": "defen|armed forces|member of",
         "interior": "interior|home|internal|member of", "finance": "financ|treasury|member of", "vice pres": "vice.president"}


def kind_of(office):
    found = [pattern for word, pattern in sorted(KINDS.items(), key=lambda k: -len(k[0])) if word in office.lower()]
    return found[0] if len(found) == 1 else "."


def rows(*words):
    done = demarche("actors", *words, "--format", "jsonl", expect=None)
    return [json.loads(line) for line in done.stdout.splitlines()]


def answer(name, day):
    """By name, else by its last word."""
    found = rows("show", name, "--on", day)
    return found or [r for r in rows("find", name.split()[-1], "--on", day)]


def right(name, day, country, office, held):
    got = [r for r in answer(name, day) if r["code"] == country and r["held"] == "now" and r["kind"] == "person"]
    got = [r for r in got if r["sector"] == "GOV"]
    if held == "no":  # another office may follow that of the leader
        got = [r for r in got if re.search(HEAD, r["office"] or "", re.I) and not re.search("vice|deputy", r["office"], re.I)]
        return not got, got
    return any(re.search(kind_of(office), (r["office"] or "").lower()) for r in got), got


lines = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else HERE / "questions.tsv").read_text().splitlines()[1:]
if len(sys.argv) < 2 and (SHARED / "data" / "actors").is_dir():
    made = subprocess.run([sys.executable, str(HERE / "make_questions.py"), "-"], capture_output=True, text=True, check=True).stdout
    check(made.splitlines()[1:] == lines, "questions.tsv is not what make_questions.py writes")
elif len(sys.argv) < 2:
    print("no ../shared/data/actors: the table itself is not checked")
good = 0
for line in lines:
    name, day, country, office, held, source = line.split("\t")
    ok, got = right(name, day, country, office, held)
    good += ok
    if not ok:
        print(f"  {source}: {name} on {day}, {country} {office}, held {held}: {[r['office'] for r in got] or 'nobody'}")
print(f"who was X on day D: {good} of {len(lines)} right ({100 * good / len(lines):.1f} %)")
check(good * 100 >= LEAST * len(lines), f"fewer than {LEAST} of 100 right")
end(len(lines), "questions")
