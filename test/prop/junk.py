#!/usr/bin/env python3
"""What is no news: random bytes, cut UTF-8, NULs, an empty file, a 50 MB line, pathological shapes, a folder of all of it.
No crash, no hang; exit 0 or 1; one line on stderr for each input that failed; the good ones coded all the same."""
import pathlib
import random
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
from harness import EXAMPLES, SANITIZED, check, demarche, end

rand = random.Random(20)
BIG = 1_000_000 if SANITIZED else 50_000_000
BAD = {"random.bin": rand.randbytes(200_000), "empty.txt": b"", "nul.bin": bytes(5000), "elf.bin": b"\x7fELF" + rand.randbytes(3000)}
ODD = {
    "cut-utf8.txt": "Kenya’s “plan” failed, the Élysée said.".encode() + b"\xe2\x80",
    "nuls.txt": b"Kenya accused\0 Uganda of lying on Monday.\0\n\nUganda denied it.\n" * 20,
    "latin1.txt": "Le président français a rencontré la chancelière à Paris.".encode("latin-1"),
    "quotes.txt": '"“'.encode() * 20_000, "brackets.txt": b"((((" * 50_000, "commas.txt": b"Kenya, " * 50_000, "dots.txt": b". . . " * 50_000,
    "lines.txt": b"Kenya\n\n" * 50_000, "names.txt": b"Abdul Karim of Kenya and " * 20_000, "said.txt": b'he said, "no", she said. ' * 20_000,
    "that.txt": b"Kenya said that " * 20_000, "token.txt": b"x" * 2_000_000, "marks.txt": "a\u0301".encode() * 200_000,
    "dates.txt": b"June 26, 2020 on Monday last week " * 20_000, "json.jsonl": b'{"text": "Kenya accused Uganda of lying."}\n' * 3000,
}
SLOWEST = 120 if SANITIZED else 40  # seconds for one of them, on a busy machine


def one(path):
    start = time.monotonic()
    done = demarche("code", "--format", "record", path, expect=None)
    took = time.monotonic() - start
    name = path.name
    check(took < SLOWEST, f"{name}: {took:.0f} s")
    check(done.returncode in (0, 1), f"{name}: exit {done.returncode}: {done.stderr[-1500:].decode(errors='replace')}")
    words = done.stderr.decode(errors="replace").splitlines()
    check((done.returncode == 1) == (len(words) > 0), f"{name}: exit {done.returncode} with {len(words)} lines on stderr")
    if name in BAD:
        check(done.returncode == 1 and len(words) == 1 and name in words[0], f"{name}: should fail with one line: {words[:3]}")


with tempfile.TemporaryDirectory() as folder:
    folder = pathlib.Path(folder)
    for name, data in {**BAD, **ODD}.items():
        if SANITIZED and len(data) > 60_000:
            data = data[:60_000]
        (folder / name).write_bytes(data)
        one(folder / name)
    mixed = folder / "mixed" / "deep"
    mixed.mkdir(parents=True)
    for name, data in BAD.items():
        (mixed / name).write_bytes(data)
    for example in EXAMPLES:
        (mixed / example.name).write_bytes(example.read_bytes())
    (mixed / ".hidden").write_bytes(b"not to be read")
    (mixed / "loop").symlink_to(mixed)
    done = demarche("code", "--format", "record", "-j2", folder / "mixed", folder / "absent.txt", expect=None)
    words = done.stderr.decode().splitlines()
    check(done.returncode == 1, f"mixed folder: exit {done.returncode}")
    check(len(words) == len(BAD) + 1, f"mixed folder: {len(words)} lines for {len(BAD) + 1} bad inputs: {words}")
    check(len(done.stdout.splitlines()) == len(EXAMPLES), "mixed folder: not every good dispatch was coded")
    (folder / "long.txt").write_bytes((b"Kenya accused Uganda of lying on Monday and " * (BIG // 44 + 1))[:BIG])
    one(folder / "long.txt")
end(len(BAD) + len(ODD) + 2, "inputs")
