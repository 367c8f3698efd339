#!/usr/bin/env python3
"""How well near-duplicates are found. copies.py COPIES_PROGRAM [N]: takes N stories of at least 60 words from ../shared/data/news (seed
5), makes one altered copy of each (words changed, cut, boilerplate added, first sentence rewritten, paragraphs moved, or two of
these), hides them among all other stories, and prints recall over the copies and precision over everything that was called a copy.
A pair of stories that was not made here counts as right when at least half of the shorter one's 4-grams stand in the longer:
the raw news holds true repeats. What fails that is wrong, and the hardest of it are different stories on one event, counted
apart: pairs of one source within a day that share a fifth to a half of their words of five letters and more."""
import collections
import gzip
import json
import pathlib
import random
import re
import subprocess
import sys

NEWS = pathlib.Path(__file__).resolve().parent.parent.parent / "shared" / "data" / "news"
if not NEWS.exists():
    sys.exit("no ../shared/data/news")
program, count = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 3000
random_ = random.Random(5)
FILLER = ["Sign up for our newsletter and get the morning's stories in your inbox.", "Additional reporting by staff in three bureaus.",
          "This story was updated with comments from officials and market reaction.", "Read more stories like this one in our world section.",
          "All rights reserved. No part of this may be published or rewritten without permission.",
          "Subscribers can listen to this article in the application.", "The views in comments are those of readers and are not edited."]
stories = []
for path in sorted(NEWS.glob("*.jsonl.gz")):
    for line in gzip.open(path, "rt"):
        r = json.loads(line)
        stories.append({"source": path.name, "date": r.get("date"), "text": r["text"]})


def words(text):
    return re.findall(r"[0-9a-z\x80-\U0010ffff]+", text.lower())


vocabulary = [w for s in random_.sample(stories, 500) for w in s["text"].split()]


def change(text):
    parts = re.split(r"(\s+)", text)
    for i in range(0, len(parts), 2):
        if random_.random() < 0.06:
            parts[i] = random_.choice(vocabulary)
    return "".join(parts)


def cut(text):
    sentences = re.split(r"(?<=[.!?])\s+", text)
    keep = max(2, round(len(sentences) * random_.uniform(0.5, 0.8)))
    return " ".join(sentences[:keep])


def pad(text):
    extra = random_.sample(FILLER, 3)
    return extra[0] + "\n\n" + text + "\n\n" + " ".join(extra[1:])


def rewrite(text):
    rest = re.split(r"(?<=[.!?])\s+", text, maxsplit=1)
    return " ".join(random_.choice(vocabulary) for _ in range(25)) + ". " + (rest[1] if len(rest) > 1 else "")


def move(text):
    parts = re.split(r"\n\n|(?<=[.!?])\s+", text)
    at = random_.randrange(1, max(2, len(parts) - 1))
    return "\n\n".join(parts[at:] + parts[:at])


EDITS = {"words changed": change, "cut": cut, "boilerplate": pad, "new first sentence": rewrite, "moved": move,
         "cut and boilerplate": lambda t: pad(cut(t)), "changed and moved": lambda t: move(change(t))}
long_enough = [i for i, s in enumerate(stories) if len(words(s["text"])) >= 60]
bases = random_.sample(long_enough, min(count, len(long_enough)))
everything = [(s, None, None) for s in stories]
for i in bases:
    kind = random_.choice(sorted(EDITS))
    everything.append(({"source": "made", "date": stories[i]["date"], "text": EDITS[kind](stories[i]["text"])}, i, kind))
order = list(range(len(everything)))
random_.shuffle(order)
feed = "".join(json.dumps({"text": everything[k][0]["text"]}) + "\n" for k in order)
out = subprocess.run([program], input=feed.encode(), capture_output=True, check=True).stdout.decode().split("\n")
lead = {order[n]: order[int(line.split("\t")[0]) - 1] if line.split("\t")[0] != "0" else None for n, line in enumerate(out) if line}


def grams(k, size=4):
    w = words(everything[k][0]["text"])
    return {tuple(w[i:i + size]) for i in range(len(w) - size + 1)}


def shared(a, b, cut_):
    x, y = cut_(a), cut_(b)
    return len(x & y) / max(1, min(len(x), len(y)))


group = {}
for k in range(len(everything)):
    group[k] = lead[k] if lead[k] is not None else k
found, by_kind = collections.Counter(), collections.Counter()
for k, (_, base, kind) in enumerate(everything):
    if base is not None:
        by_kind[kind] += 1
        found[kind] += group[k] == group[base]
right = wrong = 0
examples = []
for k, at in lead.items():
    if at is None:
        continue
    a, b = everything[k], everything[at]
    related = a[1] == at or b[1] == k or (a[1] is not None and a[1] == b[1])
    if related or shared(k, at, grams) >= 0.5:
        right += 1
    else:
        wrong += 1
        examples.append(shared(k, at, grams))


def content(k):
    return {w for w in words(everything[k][0]["text"]) if len(w) >= 5}


by_day = collections.defaultdict(list)
for k, (s, base, _) in enumerate(everything):
    if base is None and s["date"] and len(words(s["text"])) >= 60:
        by_day[s["source"], s["date"]].append(k)
hard = confused = 0
for day, members in sorted(by_day.items(), key=lambda x: str(x[0])):
    bags = {k: content(k) for k in members}
    for i, a in enumerate(members):
        for b in members[i + 1:]:
            share = len(bags[a] & bags[b]) / max(1, min(len(bags[a]), len(bags[b])))
            if 0.2 <= share < 0.5:
                hard += 1
                confused += group[a] == group[b] and shared(a, b, grams) < 0.5
for kind in sorted(by_kind):
    print(f"{kind:20} {found[kind]:5} of {by_kind[kind]:5} {100 * found[kind] / by_kind[kind]:6.1f} %")
print(f"recall    {100 * sum(found.values()) / sum(by_kind.values()):.2f} % of {sum(by_kind.values())} made copies among {len(stories)} stories")
print(f"precision {100 * right / max(1, right + wrong):.2f} % of {right + wrong} called copies; containment of the wrong ones: {[round(e, 2) for e in sorted(examples)[-8:]]}")
print(f"different stories on one event: {hard} pairs, {confused} of them called copies")
