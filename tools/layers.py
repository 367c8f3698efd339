#!/usr/bin/env python3
"""Fail when a file includes past its folder's line in src/LAYERS, or past another folder's door.

A folder may include only the folders its line names, and only through one header, X/X.h; the headers of base/ are
its doors one by one. A stage's trainers (text/*_train.h) are open to train/ alone."""
import pathlib
import re
import sys

src = pathlib.Path(__file__).resolve().parent.parent / "src"
allow = {}
for line in (src / "LAYERS").read_text().splitlines():
    if line.strip() and not line.startswith("#"):
        name, rest = line.split(None, 1)
        allow[name] = {w for w in re.split(r"\s{2,}", rest)[0].split() if w != "-"}
        if not allow[name] <= allow.keys():
            sys.exit(f"LAYERS: {name} names a folder below itself: the graph must stay a list")

bad = []
for f in sorted(src.rglob("*.[ch]")):
    here = f.relative_to(src).parts[0]
    for n, line in enumerate(f.read_text().splitlines(), 1):
        m = re.match(r'\s*#\s*include\s+"(\w+)/(\w+)\.h"', line)
        if not m or here not in allow or m[1] == here:
            continue
        door = m[1] == "base" or m[2] == m[1] or (here == "train" and m[2].endswith("_train"))
        why = "not in LAYERS" if m[1] not in allow[here] else None if door else "not its door"
        if why:
            bad.append(f"{f.relative_to(src)}:{n}: {here} includes {m[1]}/{m[2]}.h: {why}")
bad += [f"folder and LAYERS disagree: {name}" for name in sorted({p.name for p in src.iterdir() if p.is_dir()} ^ allow.keys())]
print("\n".join(bad) if bad else f"layers: {len(allow)} folders, no file out of place")
sys.exit(1 if bad else 0)
