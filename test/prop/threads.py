#!/usr/bin/env python3
"""Many copies of the examples: the same bytes with one thread and with more; and the record of a dispatch does not depend on
what was coded before it, nor on whether it came alone."""
import pathlib
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
from harness import EXAMPLES, SANITIZED, check, demarche, end

COPIES = 24 if SANITIZED else 1000

with tempfile.TemporaryDirectory() as folder:
    folder = pathlib.Path(folder)
    for i in range(COPIES):
        example = EXAMPLES[(i * 7) % len(EXAMPLES)]
        (folder / f"{i:04}.txt").write_bytes(example.read_bytes())
    for form in ("record", "csv"):
        one = demarche("code", "--format", form, "-j1", folder)
        for jobs in ("-j2", "-j7"):
            check(one == demarche("code", "--format", form, jobs, folder), f"{form}: {jobs} differs from -j1")
        check(len(one) > 100 * COPIES, f"{form}: hardly any output")
    names = sorted(folder.iterdir())
    lines = demarche("code", "--format", "record", *names[:len(EXAMPLES)]).splitlines()
    backwards = demarche("code", "--format", "record", *names[:len(EXAMPLES)][::-1]).splitlines()
    check(lines == backwards[::-1], "the order of the dispatches changes a record")
    for name, line in zip(names, lines):
        check(demarche("code", "--format", "record", name).rstrip(b"\n") == line, f"{name.name}: alone it is another record")
end(COPIES, "dispatches")
