#!/usr/bin/env python3
"""Fixtures of every format that is read: for each file FILE here, FILE.want holds the records that come of it, one field a line,
and what stderr said. `--update` writes them: read the diff before you commit it. Everything must come out the same packed
(gzip, zstd where its command is there) and through standard input, but for what names the source."""
import gzip
import json
import pathlib
import shutil
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
from harness import check, demarche, end

HERE = pathlib.Path(__file__).resolve().parent
OPTIONS = {"map.jsonl": ["--map", "text=doc.main,date=doc.when.0,title=names.title"], "afp-newsml1.xml": ["--from", "newsml1"]}


def run(path, stdin=None):
    name = path.name.removesuffix(".gz").removesuffix(".zst")
    options = OPTIONS.get(name, [])
    done = demarche("read", *options, "-" if stdin is not None else path, stdin=stdin or b"", expect=None)
    out = []
    for line in done.stdout.splitlines():
        record = json.loads(line)
        spans_hold(record, name)
        for key, value in record.items():
            if key == "source" and value and (str(path) in value or value == "-"):
                value = "(the file)"
            if value not in (None, [], "") and key != "id":
                out.append(f"{key}: {value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)}".replace("\n", "\\n"))
        out.append("")
    out += ["stderr: " + line.replace(str(path), "(the file)").replace("demarche: -:", "demarche: (the file):")
            for line in done.stderr.decode().splitlines()]
    return "\n".join(out) + "\n"


def spans_hold(record, name):
    size = len(record["text"])
    for note in record["notes"]:
        check(note["span"] is None or 0 <= note["span"][0] <= note["span"][1] <= size, f"{name}: a span outside the text")
    check(record["text"] == "" or all(p.strip() == p and p and "\n" not in p for p in record["text"].split("\n\n")), f"{name}: odd paragraphs")


def main():
    update = "--update" in sys.argv
    files = [p for p in sorted(HERE.iterdir()) if p.suffix not in (".py", ".want", ".md")]
    with tempfile.TemporaryDirectory() as scratch:
        for path in files:
            got, want = run(path), path.with_name(path.name + ".want")
            if update:
                want.write_text(got)
            check(want.exists() and want.read_text() == got, f"{path.name}: not as {want.name} says (--update writes it)")
            packed = pathlib.Path(scratch) / (path.name + ".gz")
            packed.write_bytes(gzip.compress(path.read_bytes()[:100]) + gzip.compress(path.read_bytes()[100:]))
            check(run(packed) == got, f"{path.name}: another record when packed in two gzip members")
            if shutil.which("zstd"):
                packed = packed.with_suffix(".zst")
                packed.write_bytes(subprocess.run(["zstd", "-q", "-c", str(path)], check=True, capture_output=True).stdout)
                check(run(packed) == got, f"{path.name}: another record when packed with zstd")
            if path.suffix not in (".csv", ".tsv"):
                check(run(path, path.read_bytes()) == got, f"{path.name}: another record from standard input")
    end(len(files), "fixtures")


main()
