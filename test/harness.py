"""What the Python tests share: the command under test, the examples, and how a test ends. Standard library only."""
import json
import os
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
BUILD = ROOT / "build" / "release"
DEMARCHE = os.environ.get("DEMARCHE", str(BUILD / "demarche"))
PACK = os.environ.get("DEMARCHE_PACK", str(BUILD / "demarche-pack"))
MODEL = os.environ.setdefault("DEMARCHE_MODEL", str(BUILD / "en.dmm"))
SANITIZED = bool(os.environ.get("DEMARCHE_SANITIZE"))  # everything is some ten times slower
EXAMPLES = sorted((ROOT / "examples").glob("*.txt"))
SKIP = 77  # ctest counts it as skipped

_wrong = []


def demarche(*args, stdin=b"", expect=0, timeout=280):
    """Run the command; its stdout. Another exit status than expected is an error of the test."""
    done = subprocess.run([DEMARCHE, *map(str, args)], input=stdin, capture_output=True, timeout=timeout)
    if expect is not None and done.returncode != expect:
        check(False, f"demarche {' '.join(map(str, args))}: exit {done.returncode}, not {expect}: {done.stderr[-2000:].decode(errors='replace')}")
    return done if expect is None else done.stdout


def records(*args, **more):
    return [json.loads(line) for line in demarche("code", "--format", "record", *args, **more).splitlines()]


def check(good, message):
    if not good:
        _wrong.append(message)
        print("WRONG:", message)
    return good


def end(count, what):
    """Say how many things were looked at; a test that looked at nothing fails."""
    check(count > 0, f"no {what} was looked at")
    print(f"{count} {what}, {len(_wrong)} wrong")
    sys.exit(1 if _wrong else 0)


def skip(why):
    print("skipped:", why)
    sys.exit(SKIP)
