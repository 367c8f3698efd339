#!/usr/bin/env python3
"""Every offset of every record lies in its text, and every text beside a span is that slice of it; ids are unique; a blank
line more or an accent before changes no event. Looked at: the examples, and the same with signs of 2, 3 and 4 bytes put in."""
import json
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
from harness import EXAMPLES, check, end, records

seen = 0


def is_span(v):
    return isinstance(v, list) and len(v) == 2 and all(isinstance(n, int) and not isinstance(n, bool) for n in v)


def walk(node, text, where):
    global seen
    if isinstance(node, list):
        for n in node:
            walk(n, text, where)
    if not isinstance(node, dict):
        return
    for key, value in node.items():
        spans = value if key in ("spans", "sentences") else [value] if key in ("span", "evidence") else []
        for s in spans or []:
            if s is None:
                continue
            seen += 1
            check(is_span(s) and 0 <= s[0] <= s[1] <= len(text), f"{where}: {key} {s} is no span of the text")
        walk(value, text, where)
    if is_span(node.get("span")) and isinstance(node.get("text"), str) and "spans" not in node and "dispatch" not in where:
        check(text[slice(*node["span"])] == node["text"], f"{where}: {node['span']} is not {node['text']!r}")


def shape(record):
    return [(e["type"], e["mode"], e["status"], [p["code"] for p in e["actor"]], [p["code"] for p in e["recipient"]], e["date"]["from"],
             e["trigger"]["text"]) for e in record["events"]]


given = []
for path in EXAMPLES:
    story = path.read_text()
    given.append({"id": path.name, "text": story})
    given.append({"id": path.name + "+", "text": "Zürich — “déjà vu” 🕊 came first.\n\n" + story.replace(" and ", " \U0001F54A and ")})
lines = "".join(json.dumps(g, ensure_ascii=False) + "\n" for g in given).encode()
for record in records(stdin=lines):
    walk(record, record["text"], record["source"])
    ids = [e["id"] for e in record["events"]] + [e["id"] for e in record["entities"]]
    check(len(ids) == len(set(ids)), f"{record['source']}: an id is used twice")
for record in records(*EXAMPLES):
    walk(record, record["text"], record["source"])
for path, record in zip(EXAMPLES, records(*EXAMPLES)):
    more = records(stdin=path.read_bytes().replace(b"\n\n", b"\n\n\n"))[0]
    check(shape(record) == shape(more), f"{path.name}: blank lines change the events")
end(seen, "spans")
