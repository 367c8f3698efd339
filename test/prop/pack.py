#!/usr/bin/env python3
"""The model file: packing twice gives the same bytes; a file cut short or with a byte changed is refused with one line and
exit 2, or, where the byte belongs to nothing (padding), answers as before."""
import pathlib
import random
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
from harness import MODEL, PACK, ROOT, SANITIZED, check, demarche, end

rand = random.Random(3)
whole = pathlib.Path(MODEL).read_bytes()
story = b"Kenya accused Uganda of lying on Monday."
right = demarche("code", "--format", "record", "-", stdin=story)
looked = 0


def damaged(folder, data, what):
    global looked
    looked += 1
    path = folder / "damaged.dmm"
    path.unlink(missing_ok=True)  # never written in place: a mapped file must not change
    path.write_bytes(data)
    done = demarche("code", "--format", "record", "--model", path, "-", stdin=story, expect=None)
    if done.returncode == 0:
        check(done.stdout == right, f"{what}: taken, and another answer")
    else:
        check(done.returncode == 2 and len(done.stderr.splitlines()) == 1, f"{what}: exit {done.returncode}: {done.stderr[-500:]}")
    return done.returncode


with tempfile.TemporaryDirectory() as folder:
    folder = pathlib.Path(folder)
    for name in ("a.dmm", "b.dmm"):
        done = subprocess.run([PACK, str(ROOT / "lexicon"), str(ROOT / "model"), str(folder / name)], capture_output=True, text=True)
        check(done.returncode == 0, f"pack: {done.stderr}")
    check((folder / "a.dmm").read_bytes() == (folder / "b.dmm").read_bytes() == whole, "packing again gives other bytes")
    cuts = [0, 1, 63, 64, 100, len(whole) // 2, len(whole) - 1] + [rand.randrange(len(whole)) for _ in range(4 if SANITIZED else 30)]
    for n in cuts:
        check(damaged(folder, whole[:n], f"cut at {n}") == 2, f"cut at {n}: taken")
    check(damaged(folder, whole + b"\0", "one byte more") == 2, "one byte more: taken")
    for i in list(range(0, 24)) + [rand.randrange(len(whole)) for _ in range(4 if SANITIZED else 60)]:
        damaged(folder, whole[:i] + bytes([whole[i] ^ 1 << rand.randrange(8)]) + whole[i + 1:], f"bit flipped at {i}")
end(looked, "damaged files")
