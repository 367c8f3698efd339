#!/usr/bin/env python3
"""purity.py BUILD: fail when a stage calls an allocator, I/O, clock or locale, or the library exports more than demarche_*.

The stages read, text, find and code may use what base, model and doc give, and the few plain functions listed here."""
import pathlib
import re
import subprocess
import sys

build = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else "build/release")
ALLOWED = {"memcpy", "memmove", "memset", "memcmp", "memchr", "strlen", "strcmp", "strncmp", "strchr", "strrchr", "snprintf",
           "_setjmp", "_GLOBAL_OFFSET_TABLE_", "__stack_chk_fail", "abort", "__assert_fail",
           "__memcpy_chk", "__snprintf_chk", "bcmp", "__cpu_model", "__cpu_features2", "__cpu_indicator_init"}
bad = []


def symbols(*command):
    return [line.split()[-1] for line in subprocess.run(["nm", *command], check=True, capture_output=True, text=True).stdout.splitlines()
            if line and not line.endswith(":")]


for stage in ("read", "text", "find", "code"):
    for obj in sorted(build.glob(f"CMakeFiles/dem_{stage}.dir/src/{stage}/*.o")):
        for name in symbols("-u", str(obj)):
            if not re.match(r"(dem_|demarche_|__(asan|ubsan|tsan))", name) and name not in ALLOWED:
                bad.append(f"src/{stage}/{obj.name[:-2]}: calls {name}")
for name in symbols("-D", "--defined-only", str(next(build.glob("libdemarche.so.*.*")))):
    if not name.startswith("demarche_"):
        bad.append(f"libdemarche.so exports {name}")
print("\n".join(bad) if bad else "purity: the stages call no allocator, I/O, clock or locale; the library exports demarche_* only")
sys.exit(1 if bad else 0)
