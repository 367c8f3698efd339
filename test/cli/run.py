#!/usr/bin/env python3
"""Runs every test/cli/*.sh and compares what it prints with NAME.out and NAME.err (empty when absent), and its exit status
with NAME.exit (0 when absent). In the files {VERSION} and the like stand for nothing: bytes are compared. --update writes
what came out; look at the diff."""
import os
import pathlib
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
from harness import DEMARCHE, ROOT, check, end

HERE = pathlib.Path(__file__).resolve().parent
update = "--update" in sys.argv
scripts = sorted(HERE.glob("*.sh"))


def expected(script, suffix, default):
    path = script.with_suffix(suffix)
    return path.read_text() if path.exists() else default


def store(script, suffix, text, default):
    path = script.with_suffix(suffix)
    if text == default:
        path.unlink(missing_ok=True)
    else:
        path.write_text(text)


for script in scripts:
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "D": DEMARCHE, "ROOT": str(ROOT), "LC_ALL": "C.UTF-8"}
        done = subprocess.run(["sh", "-u", str(script)], capture_output=True, cwd=folder, env=environment, stdin=subprocess.DEVNULL, timeout=200)
        got = {".out": done.stdout.decode(), ".err": done.stderr.decode(), ".exit": f"{done.returncode}\n"}
        for suffix, text in got.items():
            default = "0\n" if suffix == ".exit" else ""
            text = text.replace(folder, "FOLDER").replace(str(ROOT), "ROOT")
            if update:
                store(script, suffix, text, default)
            else:
                want = expected(script, suffix, default)
                check(text == want, f"{script.name}{suffix}:\n--- wanted\n{want}--- got\n{text}")
end(len(scripts), "scripts")
