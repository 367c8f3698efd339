#!/usr/bin/env python3
"""Hostile text, a hundred families of it: cost is linear in the text whatever the text, and the record stays sound. For each
family at two sizes, the larger four times the smaller, one thread: exit 0, or 1 with one line on stderr; valid JSON; every span
inside the text; the larger costs no more than a bounded multiple of the smaller; no family costs far more a byte than news does.

  hostile.py            8 and 32 KB, generous bounds: no more than "does not explode"; part of `make test`
  hostile.py --full     64 and 256 KB, and the bounds of the design: 8 times the cost for 4 times the text, 20 times the news
  hostile.py --big      256 KB and 1 MB, the same bounds
  hostile.py ... NAME   only the families whose name begins so
"""
import json
import os
import pathlib
import random
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
from harness import DEMARCHE, EXAMPLES, SANITIZED, check, end

rand = random.Random(8)
NEWS = "\n\n".join(p.read_text().split("\n\n", 1)[1].strip() for p in EXAMPLES)
GIVEN = "John Mary Ali Chen Olga Pedro Amina Kofi Yuki Lars Ivan Fatima Omar Jose Anna Peter Hassan Ravi Lucia Tomas".split()
STATES = ("Kenya Uganda France Germany Iran Iraq Syria Turkey Russia China Japan India Pakistan Brazil Chile Peru Ghana Mali Chad Niger "
          "Egypt Libya Sudan Spain Italy Greece Poland Ukraine Georgia Armenia Israel Jordan Lebanon Qatar Oman Yemen Cuba Mexico").split()
TOWNS = "Paris London Nairobi Kampala Berlin Tehran Moscow Beijing Delhi Cairo Tripoli Lima Accra Bamako Kyiv Tbilisi Doha Muscat".split()
MONTHS = "January February March April May June July August September October November December".split()
VERBS = "attacked accused condemned met rejected praised sanctioned arrested bombed threatened supported criticised urged".split()


def syllables(n):
    return "".join(rand.choice("bdfgklmnprstvz") + rand.choice("aeiou") for _ in range(n))


def name():
    return f"{rand.choice(GIVEN)} {syllables(3).capitalize()}"


def near(word):  # a name that is almost in the gazetteer
    at = rand.randrange(1, len(word))
    return word[:at] + rand.choice("aeioxq") + word[at + rand.randrange(2):]


BEFORE = "Kenya accused Uganda of lying.\n\nUganda denied it on Monday, and its president left.\n\n"  # so that there is some news in it


def repeat(piece, before=""):
    """A family from a text, or from a function that makes one more piece each time."""
    def make(size):
        out, n = [before], len(before)
        while n < size:
            out.append(piece() if callable(piece) else piece * max(1, min(200, size // len(piece))))
            n += len(out[-1].encode())
        return "".join(out).encode()[:size]
    return make


def nest(opening, inside, closing):
    def make(size):
        depth = max(1, (size - len(inside)) // (len(opening.encode()) + len(closing.encode())))
        return (opening * depth + inside + closing * depth).encode()
    return make


def plain(piece):
    return repeat(piece, BEFORE)


def state():
    return rand.choice(STATES)


WORDS = "the a of to in old new big red house river people market day man water bread road work time city goes sees runs and near with".split()
FAMILIES = {
    "quotes": plain('"'), "curly": plain("“”"), "apostrophes": plain("'"), "commas": plain(","), "stops": plain("."),
    "stops-apart": plain(". "), "questions": plain("?! "), "dashes": plain("- — "), "capitals": plain("A"),
    "initials": plain("A. "), "capitals-apart": plain("A "), "digits": plain("7"), "digits-apart": plain("7 "),
    "long-word": plain("x"), "long-shape": plain("Xx9-"), "newlines": plain("\n"), "blanks": plain(" \t"),
    "one-word-lines": plain("Kenya\n"), "paragraphs": plain(lambda: f"{state()} {rand.choice(VERBS)} {state()}.\n\n"),
    "emoji": plain("🕊️👩‍🚀 "), "right-to-left": plain("وقال الوزير إن كينيا "),
    "bidi": plain("\u202eKenya\u202c \u2067said\u2069 "), "combining": plain("a" + "\u0301" * 30),
    "marks-only": plain("\u0301"), "wide": plain("Ｋｅｎｙａ ﬁ "), "chinese": plain("肯尼亚外交部长说"),
    "parens": nest("(", "Kenya accused Uganda.", ")"), "parens-open": plain("(Kenya "), "parens-short": plain("(Kenya) ) ( "),
    "quotes-nest": nest("“Kenya said ‘", "no", "’ ”"), "quotes-open": plain("“Kenya said no, "),
    "quotes-short": plain('"no," "yes" he said. '), "quotes-broken": plain('"We will," he said, "attack," he added. '),
    "said": plain("said "), "said-that": plain("Kenya said that "),
    "said-names": plain(lambda: f"{name()} said {name()} said "), "according": plain("according to "),
    "told": plain("he told her "), "sources": plain("A senior official told reporters on condition of anonymity. "),
    "names": plain(lambda: f"{name()} met {name()}. "), "names-line": plain(lambda: f"{name()}, "),
    "surnames": plain(lambda: f"{rand.choice(GIVEN)} Karim met. "), "titles": plain("President Prime Minister General Dr. "),
    "roles": plain(lambda: f"The {state()} foreign minister and the general met. "), "pronouns": plain("he she it they "),
    "pronouns-apart": plain("He told her they met him. She left him. "),
    "names-pronouns": plain(lambda: f"{name()} said he met him. "), "one-person": plain("Mr. Karim met Karim. "),
    "one-line-person": plain("Abdul Karim and "), "states": plain(lambda: state() + " "),
    "states-apart": plain(lambda: state() + ". "), "states-list": plain(lambda: state() + ", "),
    "towns": plain(lambda: f"in {rand.choice(TOWNS)}, {state()}, "),
    "near-misses": plain(lambda: near(rand.choice(STATES + TOWNS)) + " "),
    "long-names": plain("United States of America and United Nations Security "), "united": plain("United "),
    "new-york": plain("New York "), "of-the": plain("Ministry of the "), "verbs": plain("attacked "),
    "verbs-names": plain(lambda: f"{state()} {rand.choice(VERBS)} "), "verbs-that": plain("accused of attacking "),
    "passives": plain("was attacked by "), "infinitives": plain("to agree to "), "negations": plain("not never no "),
    "hedges": plain("allegedly might reportedly "), "coordination": plain(lambda: f"{state()} and "),
    "coordination-verbs": plain(lambda: f"{rand.choice(VERBS)} and "),
    "coordination-events": plain(lambda: f"{state()} and {state()} {rand.choice(VERBS)} {state()}, {state()} and "),
    "coordination-sentences": plain(lambda: ", ".join(state() for _ in range(40)) + " and Kenya attacked " + ", ".join(state() for _ in range(40)) + ". "),
    "dates": plain(lambda: f"{rand.choice(MONTHS)} {rand.randrange(1, 29)}, {rand.randrange(1950, 2040)}, "),
    "dates-near": plain("June June 31 of 2020-13-45 "), "dates-said": plain("on Monday last week two days ago "),
    "durations": plain("two three hundred million and "), "times": plain("5:30 p.m. on 3/4/05 at "), "years": plain("2020 "),
    "the": plain("the "), "the-that": plain("the man that the dog that "), "of": plain("of "), "possessives": plain("Kenya's "),
    "words": plain(lambda: rand.choice(WORDS) + " "), "new-words": plain(lambda: syllables(4) + " "),
    "new-names": plain(lambda: syllables(4).capitalize() + " "), "hyphens": plain("Kenya-"), "slashes": plain("and/or/"),
    "dotted": plain("news.example.org."), "dotted-apart": plain("alt.politics.misc "), "rules": plain("-=*~_"), "signs": plain("$$//++<>"),
    "abbreviations": plain("Mr. Gen. U.S. p.m. No. "), "clitics": plain("don't he'll 's n't '"), "joiners": plain("👩\u200d"),
    "flags": plain("🇰🇪🇺🇬"), "one-sentence": plain(lambda: f"{rand.choice(WORDS)}, {state()} "), "stops-small": plain("no. yes! who? "),
    "quotes-stops": plain('." '), "brackets-stops": plain(".) ("), "mails": plain("a@b.c,"), "mail-signs": plain("@.@"),
    "addresses": plain("http://a.b/c?d=e&f "), "ampersands": plain("&amp;amp;"), "tags": repeat("<b>"),
    "comments": repeat("<!--"), "page": nest("<div>", "<p>Kenya accused Uganda of lying.</p>", "</div>"),
    "page-links": repeat("<p><a href='x'>Kenya</a> said <i>no</i>.\n"),
    "attributes": lambda size: b"<html><body><p " + repeat("a='b' ")(size) + b">Kenya said no.</p>",
    "lines-json": repeat('{"text": "Kenya accused Uganda of lying."}\n'),
    "json-deep": lambda size: nest("[", "1", "]")(size) + b"\n",
    "json-lines-deep": repeat('{"text": "Kenya accused Uganda.", "a": ' + "[" * 300 + "]" * 300 + "}\n"),
    "json-open": repeat('{"text":'),
    "json-escapes": lambda size: b'{"text": "' + repeat("\\u00e9\\n")(size - size % 8) + b'"}\n',
    "json-keys": lambda size: ('{"text": "Kenya said no."' + "".join(f', "k{i}": {i}' for i in range(size // 16)) + "}\n").encode(),
    "control": lambda size: BEFORE.encode() + bytes(rand.randrange(1, 32) for _ in range(size)),
    "bytes": lambda size: BEFORE.encode() + rand.randbytes(size), "bad-utf8": lambda size: b"Kenya said \xff\xe2\x80 " * (size // 15),
    "dateline": plain("NAIROBI, Kenya (AP) — "), "headline": plain("KENYA ACCUSES UGANDA "),
    "labels": plain("Date: 2020-01-01\nBy: Kenya\n"),
}


def run(data, folder):
    """Code it: CPU seconds, exit status, lines on stderr, the file of stdout."""
    path = folder / "hostile.txt"
    path.write_bytes(data)
    with open(folder / "out", "wb") as out, open(folder / "err", "wb") as err:
        child = subprocess.Popen([DEMARCHE, "code", "--format", "record", "-j1", str(path)], stdout=out, stderr=err)
        _, status, used = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
    words = (folder / "err").read_bytes().decode(errors="replace").splitlines()
    return used.ru_utime + used.ru_stime, child.returncode, words, folder / "out"


def spans(node):
    if isinstance(node, list):
        if len(node) == 2 and all(type(n) is int for n in node):
            yield node
        else:
            for n in node:
                yield from spans(n)
    elif isinstance(node, dict):
        for key, value in node.items():
            if key in ("span", "spans", "sentences", "evidence") or isinstance(value, (dict, list)):
                yield from spans(value)


def look(name, done):
    """What must hold of any input; the number of events."""
    _, code, words, out = done
    lines = len(words) < 2 if name != "json-lines-deep" else True
    if not check(code in (0, 1) and lines and (code == 1) == bool(words), f"{name}: exit {code}, stderr {words[-3:]}"):
        return 0
    events = 0
    for line in open(out, "rb"):
        try:
            record = json.loads(line)
        except ValueError as why:
            check(False, f"{name}: no JSON: {why}")
            continue
        events += len(record["events"])
        length = len(record["text"])
        wrong = [s for s in spans(record) if not 0 <= s[0] <= s[1] <= length]
        check(not wrong, f"{name}: spans outside the text of {length}: {wrong[:3]}")
    return events


def main():
    full, big = "--full" in sys.argv, "--big" in sys.argv
    wanted = [a for a in sys.argv[1:] if not a.startswith("-")]
    small, large = (1 << 18, 1 << 20) if big else (1 << 16, 1 << 18) if full else (1 << 12, 1 << 14) if SANITIZED else (1 << 13, 1 << 15)
    most, dearest = (8, 20) if full or big else (12, 60)
    seen = 0
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        start = min(run(b"Kenya.\n", folder)[0] for _ in range(3))
        news = max(run(repeat(NEWS)(large), folder)[0] - start, 0.01)
        if full or big:
            print(f"{'news':24} {large:8} {news:7.2f} s")
        for family, make in FAMILIES.items():
            if wanted and not family.startswith(tuple(wanted)):
                continue
            seen += 1
            cost = []
            for size in (small, large):
                done = run(make(size), folder)
                events = look(f"{family} at {size}", done)
                cost.append(max(done[0] - start, 0))
            ratio = cost[1] / max(cost[0], 0.02)
            check(ratio <= most, f"{family}: 4 times the text costs {ratio:.1f} times the CPU ({cost[0]:.2f} s, {cost[1]:.2f} s)")
            check(cost[1] <= dearest * max(news, 0.02), f"{family}: {cost[1] / news:.1f} times as dear as news ({cost[1]:.2f} s)")
            if full or big:
                print(f"{family:24} {large:8} {cost[1]:7.2f} s  x{ratio:4.1f}  {cost[1] / news:5.1f} news  "
                      f"{events:6} events  {done[3].stat().st_size / large:5.1f} out  exit {done[1]}")
    end(seen, "families")


if __name__ == "__main__":
    main()
