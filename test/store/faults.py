#!/usr/bin/env python3
"""What may happen to a store: kills at random moments (12; DEMARCHE_KILLS asks for more), kills again and again at short intervals,
a full disk, files and folders that may not be written, a lock, damaged pages, older and newer stores, files that are no store.
Each time: a clear line, the right exit status, nothing lost, and running again ends with the store of an undisturbed run."""
import os
import pathlib
import random
import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent), str(HERE)]
import made
from harness import DEMARCHE, SANITIZED, check, demarche, end

folder = pathlib.Path(tempfile.mkdtemp())
os.chmod(folder, 0o755)
random_ = random.Random(7)
KILLS = int(os.environ.get("DEMARCHE_KILLS", "4" if SANITIZED else "12"))
looked = 0


def want(good, message):
    global looked
    looked += 1
    check(good, message)


def start(store, *more):
    return subprocess.Popen([DEMARCHE, "ingest", "--store", str(store), *more, str(corpus)], stderr=subprocess.PIPE)


def run(*args, limit=None, user=None):
    """Exit status and stderr, under a limit of bytes a file may have, or as another user."""
    def before():
        if limit:
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
        if user:
            os.setgid(user)
            os.setuid(user)
    done = subprocess.run([DEMARCHE, *map(str, args)], capture_output=True, preexec_fn=before, timeout=280)
    return done.returncode, done.stderr.decode(errors="replace"), done.stdout


def contents(store):
    connection = sqlite3.connect(store)
    want(connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok", f"{store.name}: integrity")
    want(connection.execute("PRAGMA foreign_key_check").fetchall() == [], f"{store.name}: foreign keys")
    text = made.dump(connection)
    connection.close()
    return text


corpus = made.write(folder / "made.jsonl", int(os.environ.get("DEMARCHE_KILL_STORIES", "300")))
begun = time.monotonic()
status, words, _ = run("ingest", "--store", folder / "calm.db", corpus)
seconds = time.monotonic() - begun
want(status == 0, f"undisturbed: {words}")
calm = contents(folder / "calm.db")

# ---- killed anywhere, run again ----
slowest, largest = 0.0, 0
for k in range(KILLS):
    store = folder / f"killed{k}.db"
    victim = start(store, "-j", str(1 + k % 2))
    time.sleep(random_.uniform(0.01, seconds))
    victim.kill()
    victim.communicate()
    log = folder / f"killed{k}.db-wal"
    largest = max(largest, log.stat().st_size if log.exists() else 0)
    begun = time.monotonic()
    status, words, _ = run("ingest", "--store", store, corpus)
    slowest = max(slowest, time.monotonic() - begun)
    want(status == 0, f"kill {k}: the rerun said {words}")
    if k < 5 or k % 10 == 0:
        want(contents(store) == calm, f"kill {k}: the store differs from an undisturbed run")
    else:
        want(made.dump(sqlite3.connect(store)) == calm, f"kill {k}: the store differs from an undisturbed run")
    store.unlink()
print(f"{KILLS} kills; log at most {largest} bytes; rerun at most {slowest:.2f} s (undisturbed {seconds:.2f} s)")

# ---- stopped between the last dispatch and linking ----
status, words, _ = run("ingest", "--no-link", "--store", folder / "unlinked.db", corpus)
want(status == 0 and contents(folder / "unlinked.db") != calm, "without links the store is the same: the test looks at nothing")
status, words, _ = run("ingest", "--store", folder / "unlinked.db", corpus)
want(status == 0 and contents(folder / "unlinked.db") == calm, f"the next run links: {words}")

# ---- killed every so often, it still gets on ----
store, runs = folder / "hunted.db", 0
pause = max(0.25, seconds / 6)
while runs < 200:
    runs += 1
    victim = start(store)
    try:
        victim.communicate(timeout=pause)
        break
    except subprocess.TimeoutExpired:
        victim.kill()
        victim.communicate()
want(runs < 200 and contents(store) == calm, f"killed every {pause:.2f} s: {runs} runs were not enough")

# ---- a full disk ----
for limit in (60_000, 200_000, 400_000):
    store = folder / f"full{limit}.db"
    status, words, _ = run("ingest", "--store", store, corpus, limit=limit)
    want(status in (1, 2) and "full" in words, f"limit {limit}: exit {status}, {words}")
    status, words, _ = run("ingest", "--store", store, corpus)
    want(status == 0 and contents(store) == calm, f"limit {limit}: after more room: {words}")
status, words, _ = run("export", "--store", folder / "calm.db", "-t", "csv", "-o", "/dev/full")
want(status == 1, f"export to a full disk: {status} {words}")
if os.getuid() == 0:
    disk = folder / "disk"
    disk.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=600k", "tmpfs", disk], capture_output=True).returncode == 0:
        try:
            status, words, _ = run("ingest", "--store", disk / "s.db", corpus)
            want(status in (1, 2) and "full" in words, f"a full tmpfs: {status} {words}")
            subprocess.run(["mount", "-o", "remount,size=64m", disk], check=True)
            status, words, _ = run("ingest", "--store", disk / "s.db", corpus)
            want(status == 0 and contents(disk / "s.db") == calm, f"tmpfs after growth: {words}")
        finally:
            subprocess.run(["umount", disk])
    else:
        print("mounting is not allowed here: a full tmpfs was not looked at")

# ---- read-only ----
locked_away = folder / "away"
locked_away.mkdir()
shutil.copy(folder / "calm.db", locked_away / "calm.db")
os.chmod(locked_away / "calm.db", 0o444)
os.chmod(locked_away, 0o555)
user = 65534 if os.getuid() == 0 else None
reachable = user is None or run("--version", user=user)[0] == 0
if reachable:
    status, words, out = run("events", "--store", locked_away / "calm.db", "--format", "csv", user=user)
    want(status == 0 and out == run("events", "--store", folder / "calm.db", "--format", "csv")[2], f"reading a read-only store: {status} {words}")
    status, words, _ = run("link", "--store", locked_away / "calm.db", user=user)
    want(status == 2 and ("read-only" in words or "opened" in words), f"writing a read-only store: {status} {words}")
    status, words, _ = run("ingest", "--store", locked_away / "new.db", corpus, user=user)
    want(status == 2 and "opened" in words, f"a store in a read-only folder: {status} {words}")
else:
    print("the program cannot be run as another user here: read-only files were not looked at")
os.chmod(locked_away, 0o755)

# ---- locked ----
holder = sqlite3.connect(folder / "calm.db", isolation_level=None)
holder.execute("BEGIN IMMEDIATE")
status, words, _ = run("link", "--store", folder / "calm.db")
want(status in (1, 2) and "another program" in words, f"locked: {status} {words}")
want(run("events", "--store", folder / "calm.db")[0] == 0, "readers do not wait for the writer")
holder.execute("ROLLBACK")
holder.close()
want(contents(folder / "calm.db") == calm, "the lock changed the store")

# ---- damaged ----
bytes_ = (folder / "calm.db").read_bytes()
crashes, told = 0, 0
for k in range(60):
    hurt = bytearray(bytes_)
    at = random_.randrange(len(hurt)) if k % 2 else random_.randrange(0, len(hurt), 8192) + random_.randrange(16)
    for i in range(at, min(at + random_.choice((1, 16, 4096)), len(hurt))):
        hurt[i] ^= 0xFF
    (folder / "hurt.db").write_bytes(hurt)
    for command in (("events", "--format", "jsonl"), ("ties",), ("link",)):
        status, words, _ = run(command[0], "--store", folder / "hurt.db", *command[1:])
        crashes += status not in (0, 1, 2)
        told += status != 0 and len(words.strip()) > 20
    for old in folder.glob("hurt.db*"):
        old.unlink(missing_ok=True)
want(crashes == 0, f"{crashes} of 180 runs on damaged stores crashed")
want(told > 10, f"only {told} of 180 runs on damaged stores said something")
(folder / "cut.db").write_bytes(bytes_[: len(bytes_) // 2])
status, words, _ = run("events", "--store", folder / "cut.db", "--format", "jsonl")
want(status in (1, 2) and "damaged" in words, f"half a store: {status} {words}")

# ---- older, newer, none ----
shutil.copy(folder / "calm.db", folder / "old.db")
old = sqlite3.connect(folder / "old.db")
for view in [r[0] for r in old.execute("SELECT name FROM sqlite_schema WHERE type = 'view'").fetchall()]:
    old.execute(f"DROP VIEW {view}")
old.executescript("DROP TABLE link; DROP TABLE retracted; PRAGMA user_version = 1;")
old.close()
status, words, _ = run("events", "--store", folder / "old.db")
want(status == 2 and "older" in words, f"an older store, read: {status} {words}")
status, words, _ = run("link", "--store", folder / "old.db")
want(status == 0 and contents(folder / "old.db") == calm, f"an older store is brought up to date: {status} {words}")
sqlite3.connect(folder / "old.db").executescript("PRAGMA user_version = 99")
want(run("events", "--store", folder / "old.db")[0] == 2 and "newer" in run("link", "--store", folder / "old.db")[1], "a newer store is refused")
(folder / "text.db").write_text("This is no store but a text that somebody named so.\n" * 400)
sqlite3.connect(folder / "other.db").executescript("CREATE TABLE t(x); INSERT INTO t VALUES(1);")
(folder / "empty.db").write_bytes(b"")
for name, say in (("text.db", "no demarche store"), ("other.db", "no demarche store"), ("absent.db", "cannot be opened"), ("empty.db", "empty")):
    status, words, _ = run("events", "--store", folder / name)
    want(status == 2 and say in words, f"{name}: {status} {words}")
for name in ("text.db", "other.db"):
    before = (folder / name).read_bytes()
    want(run("ingest", "--store", folder / name, corpus)[0] == 2 and (folder / name).read_bytes() == before, f"{name} is left as it is")
shutil.rmtree(folder, ignore_errors=True)
end(looked, "things")
