#!/usr/bin/env python3
"""text_scores.py PROGRAM: the text engine's figures on the development sets beside the goals set for them, one table. Needs
../shared beside the repository (SHARED names another place) and the bench programs beside PROGRAM."""
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
SHARED = pathlib.Path(os.environ.get("SHARED", ROOT.parent / "shared"))
SCORE, DATA = SHARED / "score", SHARED / "data"
program = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else ROOT / "build/release/demarche").resolve()
NAMES = "Person=PER,Location=LOC,Organization=ORG,NORP=GRP,Facility=,FAC=,Date=,Misc=,MISC=,Money=,Product="


def out(*command, stdin=None):
    return subprocess.run([str(c) for c in command], input=stdin, stdout=subprocess.PIPE, cwd=SCORE).stdout


def treebank(name, folder):
    gold = DATA / f"treebank/{name}-dev.conllu.gz"
    made = folder / f"{name}.conllu"
    made.write_bytes(out(program, "parse", stdin=out("./feed.py", gold)))
    return json.loads(out(sys.executable, "parse.py", "--json", gold, made))


def names(folder):
    gold = DATA / "ner/en-ww-dev.tsv.gz"
    made = folder / "names.conllu"
    made.write_bytes(out(program, "parse", "--conllu", stdin=out("./feed.py", gold)))
    return json.loads(out(sys.executable, "ner.py", "--json", gold, made, "--map", NAMES))


def f1(table, row):
    return 100 * (table.get(row) or {}).get("f1", 0)


def speed():
    stories = out("zcat", DATA / "news/wikinews.jsonl.gz")
    text = out(program.parent / "bench_text", program.parent / "en.dmm", stdin=stories).decode()
    rate, load = re.search(r"(\d+) tokens/s", text), re.search(r"opened in ([\d.]+) ms", text)
    return float(rate[1]) if rate else 0, float(load[1]) if load else 0


def main():
    if not SCORE.is_dir():
        print(f"{SHARED}: not there; nothing scored")
        return 77
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        ewt, gum, ner = treebank("ewt", folder), treebank("gum", folder), names(folder)
    rate, load = speed()
    weights = sum(p.stat().st_size for p in (ROOT / "model").glob("*.bin")) / 1e6
    rows = [("EWT dev, raw text: sentences F1", f1(ewt, "Sentences"), 85, 1)]
    rows += [(f"EWT dev, raw text: {what}", f1(ewt, row), goal, 1)
             for what, row, goal in (("UPOS", "UPOS", 95.5), ("lemma", "Lemmas", 97), ("UAS", "UAS", 87), ("LAS", "LAS", 84.5))]
    rows += [("EWT dev, raw text: tokens / words F1", f1(ewt, "Tokens"), 99, 1), ("  words", f1(ewt, "Words"), 99, 1)]
    rows += [(f"GUM dev, raw text: {what}", f1(gum, row), goal, 1) for what, row, goal in
             (("sentences F1", "Sentences", 0), ("tokens F1", "Tokens", 99), ("UPOS", "UPOS", 0), ("lemma", "Lemmas", 0), ("UAS", "UAS", 0),
              ("LAS", "LAS", 85))]
    rows += [("EN-WW dev: names, micro F1", f1(ner, "ALL (micro)"), 84, 1), ("text stage, tokens a second on one core", rate, 150000, 1),
             ("model open, ms of processor time", load, 20, -1), ("weights, MB", weights, 12, -1)]
    for what, figure, goal, sign in rows:
        verdict = "" if not goal else "reached" if sign * figure >= sign * goal else "missed"
        print(f"{what:42} {figure:10.2f} {'goal ' + format(goal, 'g') if goal else '':>12}  {verdict}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
