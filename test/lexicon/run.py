#!/usr/bin/env python3
"""The PETRARCH dictionaries in ../shared/data/actors import without loss: the report's counts of what went in are those of a count
that knows nothing of the reader, what came out is as much as went in, every phrase stands in a table, every line that could not
be read is listed, and the tables are sound and load. Skips without ../shared."""
import collections
import gzip
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import unicodedata

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
from harness import DEMARCHE, ROOT, check, end, skip

SHARED = pathlib.Path(os.environ.get("DEMARCHE_SHARED") or ROOT.parent / "shared") / "data" / "actors" / "petrarch"
if not SHARED.is_dir():
    skip("no ../shared/data/actors/petrarch")


def lines_of(text, kind):
    for line in text.splitlines():
        line = re.sub(r"#.*", "", line)
        if kind == "actors":
            line = re.sub(r";.*", "", line)
        if line.strip() and not line.strip().startswith("<!"):
            yield line.strip()


def count(text, kind):
    """Names, synonyms, codes, as a reader of lines would count them."""
    n = collections.Counter()
    for line in lines_of(text, kind):
        if kind == "discards":
            n["records"] += 1
        elif kind == "agents":
            n["records"] += not re.match(r"!\w+!\s*=", line)
        elif line[0] == "+":
            n["synonyms"] += 1
        elif line[0] != "[":
            n["records"] += 1
        n["codes"] += len(re.findall(r"\[[^\]]*\]", line)) if kind != "discards" else 0
    return n


def words(phrase):
    """The letters and digits, without accents and the Turkish dot."""
    phrase = "".join(c for c in unicodedata.normalize("NFKD", phrase.lower()) if not unicodedata.combining(c))
    return re.sub(r"[\W_]+", " ", phrase).strip()


with tempfile.TemporaryDirectory() as folder:
    folder = pathlib.Path(folder)
    files, looked = [], 0
    for path in sorted(SHARED.glob("*.txt.gz")):
        files.append(folder / path.name[:-3])
        files[-1].write_bytes(gzip.decompress(path.read_bytes()))
    done = subprocess.run([DEMARCHE, "lexicon", "import", "-o", folder / "out", *files], capture_output=True, text=True)
    check(done.returncode == 0, f"import: exit {done.returncode}: {done.stderr[-500:]}")
    tables = collections.defaultdict(set)
    for path in (folder / "out").glob("*/*.tsv"):
        for line in path.read_text().splitlines()[1:]:
            tables[path.parent.name].add(words(line.split("\t")[0]))
    everything = set().union(*tables.values())
    reports = re.split(r"(?m)^(?=\S+: (?:actors|agents|discards)$)", done.stdout)[1:]
    check(len(reports) == len(files), f"{len(files)} files, {len(reports)} reports")
    for path, report in zip(files, reports):
        kind = re.search(r"\.(\w+)\.txt$", path.name)[1]
        text = path.read_text(errors="replace")
        want = count(text, kind)
        records, synonyms, codes, code_lines, dated, markers = map(int, re.search(
            r"in\s+(\d+) records, (\d+) synonyms, (\d+) codes on (\d+) lines, (\d+) of them dated, (\d+) markers", report).groups())
        phrases, kept = map(int, re.search(r"out\s+(\d+) phrases, (\d+) codes", report).groups())
        unread = int(re.search(r"(\d+) lines could not be read in full", report)[1])
        listed = len(re.findall(rf"(?m)^  {re.escape(str(path))}:\d+: ", report))
        check(listed == unread, f"{path.name}: {unread} lines unread, {listed} listed")
        lost = unread if kind == "agents" else 0  # a line without a code is no agent
        check(records == want["records"] - lost, f"{path.name}: {want['records']} records, {records} read, {lost} listed")
        check(synonyms == want["synonyms"], f"{path.name}: {want['synonyms']} synonyms, {synonyms} read")
        check(codes <= want["codes"] <= codes + unread, f"{path.name}: {want['codes']} codes, {codes} read, {unread} listed")
        check(kept == codes, f"{path.name}: {codes} codes in, {kept} out")
        check(phrases >= records + synonyms if kind == "agents" else phrases == records + synonyms,
              f"{path.name}: {records} + {synonyms} phrases in, {phrases} out")
        missing = 0
        if kind == "actors":
            for line in lines_of(text, kind):
                name = line.lstrip("+").split("[")[0]
                missing += line[0] != "[" and not {words(name), words(re.sub(r"\(.*?\)", "", name))} & everything
        check(missing == 0, f"{path.name}: {missing} names stand in no table")
        print(f"{path.name}: {records} records, {synonyms} synonyms, {codes} codes ({dated} dated) in and out; {unread} lines listed")
        looked += 1
    done = subprocess.run([DEMARCHE, "lexicon", "check", folder / "out"], capture_output=True, text=True)
    check(done.returncode == 0, f"check: {done.stdout[:500]}{done.stderr}")
    done = subprocess.run([DEMARCHE, "actors", "show", "Nicolas Sarkozy", "--on", "2010-01-01", "-l", folder / "out"], capture_output=True, text=True)
    check(done.stdout.split("\t")[:3] == ["Nicolas Sarkozy", "person", "FRA GOV"], f"Sarkozy in 2010: {done.stdout}{done.stderr}")
end(looked, "dictionaries")
