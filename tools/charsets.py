#!/usr/bin/env python3
"""charsets.py > src/read/charset_tables.c: the upper halves of single-byte encodings (https://encoding.spec.whatwg.org/#indexes),
as Python's codecs have them; bytes that mean nothing are C1 controls in Windows encodings and U+FFFD elsewhere, as there. Then the
labels under which pages name them."""
NAMES = ["windows-1250", "windows-1251", "windows-1252", "windows-1253", "windows-1254", "windows-1255", "windows-1256", "windows-1257",
         "windows-1258", "windows-874", "iso-8859-2", "iso-8859-3", "iso-8859-4", "iso-8859-5", "iso-8859-6", "iso-8859-7", "iso-8859-8",
         "iso-8859-10", "iso-8859-13", "iso-8859-14", "iso-8859-15", "iso-8859-16", "koi8-r", "koi8-u", "ibm866", "macintosh"]
CODEC = {"windows-874": "cp874", "ibm866": "cp866", "macintosh": "mac_roman"}
print("""/* Upper halves (0x80 to 0xFF) of single-byte encodings, made by tools/charsets.py from the WHATWG Encoding Standard's indexes. */
#include "read/charset.h"

// clang-format off
const dem_charset_table dem_charset_tables[] = {""")
for name in NAMES:
    codec = CODEC.get(name, name.replace("windows-", "cp"))
    cells = []
    for b in range(128, 256):
        c = bytes([b]).decode(codec, "replace")
        cells.append(f"{b}" if c == "\ufffd" and name.startswith("windows") else f"{ord(c)}")
    print(f'  {{"{name}", {{')
    line = "   "
    for cell in cells:
        if len(line) + len(cell) > 126:
            print(line)
            line = "   "
        line += " " + cell + ","
    print(line[:-1] + "}},")
print("""};
// clang-format on
const size_t dem_charset_tables_count = sizeof dem_charset_tables / sizeof dem_charset_tables[0];""")
