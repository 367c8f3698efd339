#!/usr/bin/env python3
"""agree.py A.conllu B.conllu > C.conllu: the trees of A where B says the same.

Both files hold the same tokens and sentences, parsed by two networks. Where they disagree about a head, HEAD and DEPREL become "_": a
network that learns from C is told nothing there. Prints to stderr how often they agree."""
import sys

same = all_tokens = 0
with open(sys.argv[1], encoding="utf-8") as a, open(sys.argv[2], encoding="utf-8") as b:
    other = (line.rstrip("\n").split("\t") for line in b if "\t" in line)
    for line in a:
        columns = line.rstrip("\n").split("\t")
        if len(columns) == 10 and columns[0].isdigit():
            rival = next(x for x in other if x[0].isdigit())
            if rival[1] != columns[1]:
                sys.exit(f"agree.py: {columns[1]!r} against {rival[1]!r}: not the same tokens")
            all_tokens += 1
            if columns[6] == rival[6] and columns[7].split(":")[0] == rival[7].split(":")[0]:
                same += 1
            elif columns[6] == rival[6]:
                columns[7] = "_"
            else:
                columns[6] = columns[7] = "_"
            line = "\t".join(columns) + "\n"
        if not line.startswith("#"):
            sys.stdout.write(line)
print(f"{same} of {all_tokens} arcs are the same", file=sys.stderr)
