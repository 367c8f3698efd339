#!/usr/bin/env python3
"""The acceptance dispatch in ../shared, and dispatches of our own in this folder with other countries, people, verbs and
dates, each beside its NAME.facts.json: no must_not is violated, all facts about the dispatch itself hold, and at least as
many must facts as test/accept/least.json asks. Scored by ../shared/score/dispatch.py; skipped without it."""
import json
import pathlib
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
from harness import ROOT, check, demarche, end, skip

HERE = pathlib.Path(__file__).resolve().parent
SHARED = ROOT.parent / "shared"
if not (SHARED / "score" / "dispatch.py").exists():
    skip("no ../shared/score")
least = json.loads((HERE / "least.json").read_text())
facts = sorted(SHARED.glob("acceptance/*.facts.json")) + sorted(HERE.glob("*.facts.json"))

for path in facts:
    story = path.with_name(path.name.replace(".facts.json", ".txt"))
    with tempfile.NamedTemporaryFile(suffix=".jsonl") as record:
        record.write(demarche("code", "--format", "record", story))
        record.flush()
        done = subprocess.run([sys.executable, str(SHARED / "score" / "dispatch.py"), record.name, str(path), "--json"], capture_output=True,
                              text=True)
    if not check(done.returncode in (0, 1) and done.stdout, f"{path.name}: {done.stderr}"):
        continue
    verdicts = json.loads(done.stdout)["facts"]
    must = [f for f in verdicts if f["level"] == "must"]
    held = [f for f in must if f["verdict"] == "ok"]
    check(not [f for f in verdicts if f["verdict"] == "VIOLATED"], f"{path.name}: must not be: {[f for f in verdicts if f['verdict'] == 'VIOLATED']}")
    check(all(f in held for f in must if f["kind"] == "dispatch"), f"{path.name}: a fact about the dispatch itself does not hold")
    wanted = least.get(path.name, least["others"])
    check(len(held) >= wanted, f"{path.name}: {len(held)} of {len(must)} must facts hold, {wanted} are asked")
    print(f"{path.name}: {len(held)} of {len(must)} must facts; {sum(f['verdict'] == 'ok' for f in verdicts if f['level'] == 'should')} should")
end(len(facts), "dispatches")
