#!/usr/bin/env python3
"""The size budget: no function over 100 lines, 95 of 100 within 60, the median small; no file of 800 lines. Prints the
figures and the largest; fails when the budget is passed. Functions are found by layout: a line that begins in the first
column and opens a body which a '}' in the first column closes."""
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
functions, files = [], []
for path in sorted([*ROOT.glob("src/**/*.[ch]"), *ROOT.glob("bench/*.c"), *ROOT.glob("test/**/*.c")]):
    lines = path.read_text().splitlines()
    name = path.relative_to(ROOT)
    files.append((len(lines), str(name)))
    start = None
    for n, line in enumerate(lines, 1):
        if re.match(r"[A-Za-z_].*\)\s*\{.*\}$", line):
            functions.append((1, f"{name}:{n}"))
        elif start is None and re.match(r"[A-Za-z_ ].*\)\s*\{$", line):
            start = n
        elif line.startswith("}") and start is not None:
            functions.append((n - start + 1, f"{name}:{start}"))
            start = None

sizes = sorted(n for n, _ in functions)
within = sum(n <= 60 for n in sizes) / len(sizes)
print(f"size: {len(sizes)} functions, median {sizes[len(sizes) // 2]} lines, {within:.1%} within 60, largest {sizes[-1]}; "
      f"{len(files)} files, largest {max(files)[0]} lines")
wrong = [f"{at}: a function of {n} lines" for n, at in functions if n > 100] + [f"{at}: {n} lines" for n, at in files if n >= 800]
if within < 0.95:
    wrong += [f"only {within:.1%} of the functions are within 60 lines"] + [f"  {at}: {n}" for n, at in sorted(functions)[::-1] if n > 60]
print("\n".join(wrong), end="\n" if wrong else "")
sys.exit(1 if wrong else 0)
