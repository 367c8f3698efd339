#!/usr/bin/env python3
"""docs/demarche.1 is what the option table says today; every command and option stands in it; README names no other."""
import pathlib
import re
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
from harness import ROOT, check, demarche, end

page = demarche("--man").decode()
check((ROOT / "docs" / "demarche.1").read_text() == page, "docs/demarche.1 is old: demarche --man > docs/demarche.1")
overview = demarche("--help").decode()
commands = re.findall(r"^  (\w+)  +\S", overview.split("Commands")[1].split("Options:")[0], re.M)
options = set(re.findall(r"--(\w+)", overview.split("Options:")[1]))
for command in commands:
    check(f"\n.B {command}\n" in page, f"{command} is not in the manual")
    own = demarche(command, "--help").decode() if command != "train" else ""
    options |= set(re.findall(r"^  (?:-\w, |    )--(\w+)", own, re.M))
plain = page.replace("\\", "")
for option in options:
    check(f"--{option}" in plain, f"--{option} is not in the manual")
readme = (ROOT / "README.md").read_text() if (ROOT / "README.md").exists() else ""
for command, rest in re.findall(r"\bdemarche (\w+)((?: [^\n`]*)?)", "\n".join(re.findall(r"^    (.*)$", readme, re.M))):
    check(command in commands, f"README: no command {command}")
    for option in re.findall(r" --([a-z]+)", rest):
        check(option in options, f"README: no option --{option}")
end(len(commands) + len(options), "commands and options")
