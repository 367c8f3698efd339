#!/usr/bin/env python3
"""What the command writes is what include/demarche.schema.json says: records, readings and events of the examples and of odd
input. The checker knows the part of JSON Schema that the file uses, and refuses what it does not know."""
import json
import pathlib
import re
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
from harness import EXAMPLES, ROOT, check, demarche, end, records

SCHEMA = json.loads((ROOT / "include" / "demarche.schema.json").read_text())
TYPES = {"object": dict, "array": list, "string": str, "null": type(None), "boolean": bool}
KNOWN = {"$ref", "$schema", "$id", "$defs", "title", "description", "type", "enum", "properties", "required", "additionalProperties",
         "items", "minItems", "maxItems", "minimum", "maximum", "pattern", "anyOf", "const"}


def is_type(value, name):
    if name in ("integer", "number"):
        return not isinstance(value, bool) and isinstance(value, int if name == "integer" else (int, float))
    return isinstance(value, TYPES[name])


def faults(value, schema, at):
    """The first thing wrong with a value, or None."""
    unknown = set(schema) - KNOWN
    if unknown:
        return f"{at}: the checker does not know {unknown}"
    if "$ref" in schema:
        return faults(value, SCHEMA["$defs"][schema["$ref"].split("/")[-1]], at)
    if "anyOf" in schema:
        found = [faults(value, s, at) for s in schema["anyOf"]]
        return None if None in found else found[-1]
    names = schema.get("type", [])
    names = [names] if isinstance(names, str) else names
    if names and not any(is_type(value, n) for n in names):
        return f"{at}: {value!r:.60} is no {'/'.join(names)}"
    if "enum" in schema and value not in schema["enum"] or "const" in schema and value != schema["const"]:
        return f"{at}: {value!r:.60} is none of {schema.get('enum', schema.get('const'))}"
    if isinstance(value, str) and "pattern" in schema and not re.search(schema["pattern"], value):
        return f"{at}: {value!r:.60} does not match {schema['pattern']}"
    if is_type(value, "number") and not schema.get("minimum", value) <= value <= schema.get("maximum", value):
        return f"{at}: {value} is out of range"
    if isinstance(value, list):
        if not schema.get("minItems", 0) <= len(value) <= schema.get("maxItems", len(value)):
            return f"{at}: {len(value)} items"
        return next((f for i, v in enumerate(value) if (f := faults(v, schema.get("items", {}), f"{at}[{i}]"))), None)
    if isinstance(value, dict):
        properties = schema.get("properties", {})
        missing = [k for k in schema.get("required", []) if k not in value]
        extra = [k for k in value if k not in properties] if schema.get("additionalProperties") is False else []
        if missing or extra:
            return f"{at}: lacks {missing}, has {extra}"
        return next((f for k, v in value.items() if (f := faults(v, properties.get(k, {}), f"{at}.{k}"))), None)
    return None


looked = 0
ODD = '{"id": "odd", "text": "\\u0007\\"“Oui,” dit-il\\" — Kenya\\u2028accused Uganda."}\n'.encode()


def look(values, kind):
    global looked
    for value in values:
        looked += 1
        fault = faults(value, SCHEMA["$defs"][kind], f"{kind} {value.get('source', '')}")
        check(fault is None, fault)


look(records(*EXAMPLES), "record")
look(records(stdin=ODD), "record")
look([json.loads(line) for line in demarche("read", *EXAMPLES).splitlines()], "reading")
look([json.loads(line) for line in demarche("code", *EXAMPLES).splitlines()], "event")
check(faults({"id": 3}, SCHEMA["$defs"]["record"], "x") is not None, "the checker takes anything")
end(looked, "objects")
