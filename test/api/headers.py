#!/usr/bin/env python3
"""demarche.h compiles by itself as strict C11 and, where a C++ compiler is, as C++17; every public function has a
comment; the library exports exactly the functions that the header declares."""
import os
import pathlib
import re
import shutil
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
from harness import DEMARCHE, ROOT, check, end

header = ROOT / "include" / "demarche.h"
text = header.read_text()
compilers = [[os.environ.get("CC", "cc"), "-std=c11", "-x", "c"]]
if shutil.which("c++"):
    compilers.append(["c++", "-std=c++17", "-x", "c++"])
for command in compilers:
    done = subprocess.run([*command, "-pedantic-errors", "-Wall", "-Wextra", "-Werror", "-fsyntax-only", f"-I{header.parent}", "-"],
                          input="#include <demarche.h>\n#include <demarche.h>\n", capture_output=True, text=True)
    check(done.returncode == 0, f"{' '.join(command)}: {done.stderr}")
declared = set(re.findall(r"^DEMARCHE_API[^;]*?\b(demarche_\w+)\(", text, re.M))
library = next(pathlib.Path(DEMARCHE).parent.glob("libdemarche.so.*.*"))
listed = subprocess.run(["nm", "-D", "--defined-only", str(library)], capture_output=True, text=True, check=True).stdout
exported = {line.split()[-1] for line in listed.splitlines()}
exported = {name for name in exported if not name.startswith(("__asan", "__ubsan", "__tsan", "__odr_asan"))}
check(declared == exported, f"declared and exported differ: {sorted(declared ^ exported)}")
for name in declared:
    found = re.search(rf"^DEMARCHE_API[^;]*?\b{name}\([^;]*;(.*)$", text, re.M)
    check(text[:found.start()].rstrip().endswith("*/") or "/*" in found[1], f"{name} has no comment")
end(len(declared), "public functions")
