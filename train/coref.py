#!/usr/bin/env python3
"""Scores coreference on OntoGUM dev: all documents, and those of the genres the program is for.

    coref.py [--program PATH] [--shared DIR] [--genres news,interview,bio,speech] [--show DOCUMENT]

Runs ../shared/score/feed.py and coref.py (MUC, B3, CEAF-phi4 and their mean F1): on the records as they are, and with the
genitive mark added to each mention, which OntoNotes counts in and our spans leave out. --show prints one document with gold mentions
as [12 ... ] and the program's as {7 ... }. Exit 0 scored, 2 when the data is not there."""
import argparse
import gzip
import json
import os
import re
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))


def documents(path):
    """[(id, its lines)] of a CoNLL-U file."""
    out = []
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            head = re.match(r"# newdoc id = (\S+)", line)
            if head:
                out.append((head[1], []))
            out[-1][1].append(line)
    return out


def run(args, gold):
    """The records of the gold file's documents, as text."""
    score = os.path.join(args.shared, "score")
    fed = subprocess.run([sys.executable, "feed.py", gold, "--as", "jsonl"], cwd=score, capture_output=True, text=True, check=True)
    return subprocess.run([os.path.abspath(args.program), "code", "-f", "record", "-"], input=fed.stdout, capture_output=True,
                          text=True, check=True).stdout


def with_genitives(records):
    """OntoNotes counts the genitive mark into the mention ("Byron's"); ours ends before it."""
    out = []
    for line in records.splitlines():
        record = json.loads(line)
        for e in record["entities"]:
            for m in e["mentions"]:
                mark = re.compile(r"['\u2019]s\b|(?<=s)['\u2019](?!\w)").match(record["text"], m["span"][1]) if m["form"] != "pronoun" else None
                m["span"][1] += len(mark[0]) if mark else 0
        out.append(json.dumps(record))
    return "\n".join(out) + "\n"


def score(args, docs, title):
    with tempfile.TemporaryDirectory() as folder:
        gold, records = os.path.join(folder, "gold.conllu"), os.path.join(folder, "records.jsonl")
        with open(gold, "w", encoding="utf-8") as f:
            f.writelines(line for _, lines in docs for line in lines)
        made = run(args, gold)
        for note, text in (("", made), (", genitive marks counted in", with_genitives(made))):
            with open(records, "w", encoding="utf-8") as f:
                f.write(text)
            print(f"== {title}{note}", flush=True)
            subprocess.run([sys.executable, "coref.py", gold, records], cwd=os.path.join(args.shared, "score"), check=False)


def show(args, docs):
    """Gold brackets from the file, the program's by the same characters without white space."""
    sys.path.insert(0, os.path.join(args.shared, "score"))
    from coref import gold_documents  # pylint: disable=import-outside-toplevel
    with tempfile.TemporaryDirectory() as folder:
        gold = os.path.join(folder, "gold.conllu")
        with open(gold, "w", encoding="utf-8") as f:
            f.writelines(line for _, lines in docs for line in lines)
        key, record = gold_documents(gold)[0], json.loads(run(args, gold))
    marks = {}
    for n, cluster in enumerate(key["clusters"]):
        for b, e in cluster if len(cluster) > 1 else ():
            marks.setdefault(b, [[], []])[0].append((e - b, f"[{n} "))
            marks.setdefault(e, [[], []])[1].append((e - b, "]"))
    text, where, at = record["text"], {}, 0
    for i, c in enumerate(text):
        where[i] = at
        at += not c.isspace()
    where[len(text)] = at
    for n, entity in enumerate(record["entities"]):
        for m in entity["mentions"] if len(entity["mentions"]) > 1 else ():
            b, e = where[m["span"][0]], where[m["span"][1]]
            marks.setdefault(b, [[], []])[0].append((e - b, "{%d " % n))
            marks.setdefault(e, [[], []])[1].append((e - b, "}"))
    out, done = [], -1
    for i, c in enumerate(text + "\n"):
        if where.get(i, at) in marks and done != where.get(i, at):
            opening, closing = marks[where.get(i, at)]
            if closing and i and not text[i - 1].isspace() or i == len(text):
                out += [s for _, s in sorted(closing)]
                marks[where.get(i, at)][1] = []
            if opening and not c.isspace():
                out += [s for _, s in sorted(closing)] + [s for _, s in sorted(opening, reverse=True)]
                done = where.get(i, at)
        out.append(c)
    print("".join(out))


def main():
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    args.add_argument("--program", default=os.path.join(HERE, "../build/release/demarche"))
    args.add_argument("--shared", default=os.path.join(HERE, "../../shared"))
    args.add_argument("--genres", default="news,interview,bio,speech")
    args.add_argument("--set", default="dev", help="dev or train")
    args.add_argument("--show")
    args = args.parse_args()
    path = os.path.join(args.shared, f"data/coref/ontogum-{args.set}.conllu.gz")
    if not os.path.exists(path):
        print(f"{path}: not here; nothing was scored", file=sys.stderr)
        return 2
    docs = documents(path)
    if args.show:
        show(args, [d for d in docs if d[0] == args.show])
        return 0
    genres = args.genres.split(",")
    score(args, [d for d in docs if d[0].split("_")[1] in genres], f"coreference, OntoGUM {args.set}: {', '.join(genres)}")
    score(args, docs, f"coreference, OntoGUM {args.set}: all genres")
    return 0


if __name__ == "__main__":
    sys.exit(main())
