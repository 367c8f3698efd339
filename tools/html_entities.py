#!/usr/bin/env python3
"""html_entities.py > src/read/html_entities.c: the named character references of the HTML standard, as Python's html.entities
has them (https://html.spec.whatwg.org/entities.json), in the order of their bytes."""
from html.entities import html5

print("""/* Named character references of the HTML standard (section 13.5), made by tools/html_entities.py: name, its characters in
 * UTF-8. Sorted by name, bytewise. */
#include "read/html_entities.h"

// clang-format off
const dem_html_entity dem_html_entities[] = {""")
line = ""
for name in sorted(html5, key=str.encode):
    value = "".join(f"\\{b:03o}" if b < 32 or b > 126 or chr(b) in '"\\?' else chr(b) for b in html5[name].encode())
    item = f'{{"{name}", "{value}"}},'
    if len(line) + len(item) > 128:
        print(" " + line)
        line = ""
    line += " " + item
print(" " + line)
print("""};
// clang-format on
const size_t dem_html_entities_count = sizeof dem_html_entities / sizeof dem_html_entities[0];""")
