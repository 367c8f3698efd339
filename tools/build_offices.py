#!/usr/bin/env python3
"""Write lexicon/offices/people-data-*.tsv from the tables in ../shared/data/actors: leaders with exact dates (PETRARCH,
1985 to 2012), heads of state and government of early 2026 (World Factbook) and of August 2026, cabinets of June 2019, members of
the United States Congress. People who are kept by hand in the other files of the folder win: they are left out here, whatever
their spelling. Disagreements between the hand-written dates and the tables go to standard output (--checks)."""
import collections, datetime, os, re, sys
from lexicon_common import *

SNAPSHOT = ("2019-06-01", "2019-06-30")
SINGLE = re.compile(r"(President|Prime Minister|King|Chancellor|Emir|Sultan) of ")
SKIP = {"von", "van", "de", "der", "den", "al", "el", "bin", "la", "le", "di", "da", "dos", "do", "of", "ibn", "and"}


def name_key(name):
    """Letters only, so that Lavrov, Sergey and Sergei differ but accents and hyphens do not."""
    return re.sub(r"[^a-z]", "", plain(name).lower())


def capitals(word):
    return "-".join(p[:1] + p[1:].lower() if p.isupper() and len(p) > 1 else p for p in word.split("-"))


def plain_case(person):
    """"Mohammad Farid HAMIDI" -> ("Mohammad Farid Hamidi", "Hamidi"): the surname is what stands in capitals."""
    person = re.sub(r"\(.*?\)|,.*$|\b(Dr|Gen|Lt|Maj|Col|Brig|Sir|Dame|Adm|Capt|Prof|Ret)\.", " ", person)
    words = person.split()
    upper = [w for w in words if len(w) > 1 and w == w.upper() and re.search(r"[A-Z]", w) and not w.endswith(".")]
    upper = [w for w in upper if not re.fullmatch(r"[IVX]+", w)]
    name = " ".join(w if re.fullmatch(r"[IVX]+", w) else capitals(w) for w in words)
    name = re.sub(r"\bMc([a-z])", lambda m: "Mc" + m.group(1).upper(), name)
    name = re.sub(r"\b([DO])'([a-z])", lambda m: m.group(1) + "'" + m.group(2).upper(), name)
    return name, " ".join(capitals(w) for w in upper) or (name.split() or [""])[-1]


def sector_of(office):
    o = office.lower()
    if "ambassador" in o or "representative" in o or "minister" in o:
        return "GOV", "MIL" if re.search(r"def[ea]n|armed forces|war\b", o) else ""
    if re.search(r"chief justice|supreme court", o):
        return "JUD", ""
    if re.search(r"speaker|parliament|assembly", o):
        return "LEG", ""
    if re.search(r"commander|chief of (the )?(general|defen[cs]e) staff|army", o):
        return "MIL", ""
    if re.search(r"intelligence|directorate of security", o):
        return "SPY", ""
    return "GOV", ""


def covers(spans, since, until):
    """Does one of the intervals share a day with this one? An empty bound is open."""
    return any((not until or a <= until) and (not since or not b or since <= b) for a, b in spans)


class Table:
    """Rows of one file. `own`: (country, letters of the name) to the intervals that better tables have for that person."""

    def __init__(self, own):
        self.own, self.rows, self.usual = own, [], collections.defaultdict(list)

    def usual_name(self, country, name, office, since, until):
        """Of an office that one person holds at a time, the holder's name in better tables and the end, which an old list does
        not know; None when they name somebody else."""
        held = [(a, b, usual) for a, b, usual in self.usual.get((country, office), ())
                if covers([(a, b)], since, until) and (not b or since < b)]  # one may come on the day the other goes
        words = [name_key(w)[:3] for w in name.split()]
        if not held or not SINGLE.match(office):
            return name, until
        best = max((sum(name_key(w)[:3] in words for w in usual.split() if len(w) > 2), a, b, usual) for a, b, usual in held)
        return (best[3], until or best[2]) if best[0] else (None, None)

    def add(self, name, short, country, sector, sectors, office, since, until, source, gender=""):
        if country not in COUNTRIES or len(name.split()) < 2 or not re.fullmatch(r"[\w .'’-]+", name):
            return
        if covers(self.own.get((country, name_key(name)), ()), since, until):
            return
        if re.search("co-prince", name + office, re.I):  # Andorra's two rule elsewhere
            return
        usual, until = self.usual_name(country, name, office, since, until)
        if not usual:
            return
        if usual == name:
            self.usual[(country, office)].append((since, until, name))
        for form in {name, plain(name)}:
            self.rows.append({"form": form, "name": usual, "short": plain(short) if form.isascii() else short, "gender": gender,
                              "country": country, "sector": sector, "sectors": sectors, "office": office, "from": since,
                              "to": until, "source": source})

    def write(self, name, comment):
        first = {}
        for row in self.rows:
            first.setdefault(tuple(v for k, v in row.items() if k != "source"), row)
        self.rows = list(first.values())
        path = os.path.join(LEXICON, "offices", f"people-data-{name}.tsv")
        print(os.path.relpath(path), write_tsv(path, "offices/people", self.rows, comment), "rows")
        for r in self.rows:
            self.own[(r["country"], name_key(r["name"]))].append((r["from"], r["to"]))
        self.rows = []


USUAL = {"Myanmar (Burma)": "Myanmar", "Palestinian Territories": "Palestine", "Côte d’Ivoire": "Ivory Coast",
         "Czechia": "Czech Republic"}


def country_names():
    """GEC (FIPS), ISO 2 and plain names to (code, English name)."""
    found = {}
    for r in data_rows("country-codes.tsv.gz"):
        code = {"XKX": "KOS"}.get(r["iso3c"], r["iso3c"])
        if r["country.name.en"] == "Kosovo":
            code = "KOS"
        if code in COUNTRIES:
            name = re.sub(r" - (Kinshasa|Brazzaville)$", "", r["country.name.en"].replace("&", "and"))
            for formal, usual in USUAL.items():
                name = name.replace(formal, usual)
            for key in (r["fips"], r["iso2c"]):
                found.setdefault(("gec" if key == r["fips"] else "iso2", key.lower()), (code, name))
            found[("gec", r["fips"].lower())] = found[("iso2", r["iso2c"].lower())] = (code, name)
            found[("iso3", code)] = (code, name)
    found[("gec", "kv")] = ("KOS", "Kosovo")
    found[("gec", "vt")] = ("VAT", "Vatican")
    return found


def petrarch_date(text, end=False):
    """PETRARCH dates are [CC]YYMMDD; the century is missing for 19xx and 20xx alike."""
    if len(text) == 8:
        y, m, d = int(text[:4]), int(text[4:6]), int(text[6:])
    elif len(text) == 6:
        y, m, d = int(text[:2]), int(text[2:4]), int(text[4:])
        y += 2000 if y <= 14 else 1900
    else:
        return None
    try:
        return datetime.date(y, m, d).isoformat()
    except ValueError:
        return None


def petrarch_name(raw):
    words = raw.strip().strip("_").replace("_", " ").split()
    return " ".join("-".join(p.capitalize() if p.lower() not in SKIP or i == 0 else p.lower() for p in w.split("-"))
                    for i, w in enumerate(words))


def reign_starts(names):
    """(country, surname's last word, day) for every leader of REIGN who came to power."""
    cow = {r["cown"]: r["iso3c"] for r in data_rows("country-codes.tsv.gz") if r["iso3c"] in COUNTRIES}
    return {(cow.get(r["ccode"]), name_key(r["leader"].split()[-1]), f"{int(r['syear']):04}-{int(r['smonth']):02}-{int(r['sdate']):02}")
            for r in data_rows("reign-leaders.csv.gz")}


def rulers(table, names):
    """Members of governments with both dates. An open start ("<") or end (">") is not trusted: PETRARCH lets people rule for ever."""
    name, starts = None, reign_starts(names)
    pattern = re.compile(r"\[([A-Z]{3})GOV\s+(\d{6,8})-(\d{6,8})\]")
    with data("petrarch/Phoenix.Countries.actors.txt.gz") as f:
        for line in f:
            head = re.match(r"^([A-Z][A-Z_'.-]+)\s+# CountryInfo", line)
            if head:
                name = petrarch_name(head.group(1))
            elif re.match(r"^[A-Z#]", line):
                name = None
            for code, since, until in pattern.findall(line) if name else ():
                a, b = petrarch_date(since), petrarch_date(until)
                code = {"KSV": "KOS", "TMP": "TLS", "ROM": "ROU", "ZAR": "COD"}.get(code, code)
                if not (a and b and ("iso3", code) in names and a <= b and "1985" <= b[:4] < "2013" and int(b[:4]) - int(a[:4]) < 45):
                    continue
                short = name.split()[-1]
                office = "leader" if (code, name_key(short), a) in starts else "member of the government"
                table.add(name, short, code, "GOV", "", f"{office} of {names['iso3', code][1]}", a, b, "petrarch")
    table.write("rulers", "Written by tools/build_offices.py: members of governments, 1985 to 2012.\n"
                "Dates on the first or last of a month are those of lists.")


def leaders_2026(table, names):
    for r in data_rows("world-leaders-2026-08.jsonl.gz"):
        known = names.get(("iso2", r["iso2"].lower()))
        if known and r["name"] and r["since"]:
            table.add(r["name"], r["name"].split()[-1], known[0], "GOV", "", f"{r['title_en']} of {known[1]}", r["since"], "",
                      "leaders-2026")
    for d in data_rows("factbook.jsonl.gz"):
        known = names.get(("gec", d["gec"]))
        for key in ("chief_of_state", "head_of_government"):
            for h in (d.get(key) or {}).get("holders") or []:
                m = re.match(r"^((?:[A-Z][a-z]+ |of |the )*)(.*?)\s*\(since", h["text"])
                if not known or not m or not h.get("since") or len(h["since"]) != 10:
                    continue
                title = m.group(1).strip()
                words, title_words = m.group(2).split(), title.split()
                # The given name is read as the last title word when only the surname stands in capitals.
                while title_words and title_words[-1] not in TITLES:
                    words.insert(0, title_words.pop())
                name, short = plain_case(" ".join(words))
                if name == "Charles III" and known[0] != "GBR":  # a realm's own voice is its governor-general
                    continue
                if not name[:1].isupper() or re.search(r"\b(of|the|represented|vacant)\b", name):
                    continue
                office = " ".join(title_words) or ("head of state" if key == "chief_of_state" else "head of government")
                table.add(name, short, known[0], "GOV", "", f"{office} of {known[1]}", h["since"], "", "factbook")
    table.write("leaders", "Written by tools/build_offices.py: heads of state and government of 2026.")


TITLES = set("""President Prime Minister King Queen Emperor Sultan Amir Grand Duke Prince Premier Chancellor Transition Transitional
Interim Acting Vice First Second Captain Regent Chairman Chairperson General Supreme Leader Governor Governor-General Co-prince State
Council Affairs Presidency Head Government Administrator Sovereign Paramount Chief Minister-President Taoiseach""".split())


def cabinets(table, names):
    for r in data_rows("cabinets-2019-06.tsv.gz"):
        known = names.get(("gec", r["gec"])) or names.get(("iso2", r["iso2"]))
        if not known or re.search(r"Governor General|vacant", r["office"] + r["person"], re.I):
            continue
        name, short = plain_case(r["person"])
        office = r["office"].replace("&", "and").replace("Dep.", "Deputy").replace("Intl.", "International").replace("Govt.", "Government")
        sector, more = sector_of(office)
        if re.search(r"Ambassador to|Permanent Representative", office):
            office = office + " from " + known[1]
        else:
            office = office + " of " + known[1]
        table.add(name, short, known[0], sector, more, office, *SNAPSHOT, "cabinets")
    table.write("cabinets", "Written by tools/build_offices.py: cabinets as of June 2019.\n"
                "The dates are those of the list, not of the offices.")


USA = dict(pair.split(":") for pair in """AL:Alabama AK:Alaska AZ:Arizona AR:Arkansas CA:California CO:Colorado CT:Connecticut DE:Delaware
FL:Florida GA:Georgia HI:Hawaii ID:Idaho IL:Illinois IN:Indiana IA:Iowa KS:Kansas KY:Kentucky LA:Louisiana ME:Maine MD:Maryland
MA:Massachusetts MI:Michigan MN:Minnesota MS:Mississippi MO:Missouri MT:Montana NE:Nebraska NV:Nevada NH:New_Hampshire NJ:New_Jersey
NM:New_Mexico NY:New_York NC:North_Carolina ND:North_Dakota OH:Ohio OK:Oklahoma OR:Oregon PA:Pennsylvania RI:Rhode_Island
SC:South_Carolina SD:South_Dakota TN:Tennessee TX:Texas UT:Utah VT:Vermont VA:Virginia WA:Washington WV:West_Virginia WI:Wisconsin
WY:Wyoming PR:Puerto_Rico GU:Guam VI:US_Virgin_Islands AS:American_Samoa MP:Northern_Mariana_Islands DC:Washington_DC""".split())


def congress(table):
    for r in data_rows("us-congress-current.tsv.gz"):
        office = "Senator" if r["chamber"] == "Senate" else "Representative"
        for name in {r["name"], f"{r['first']} {r['last']}"}:
            state = USA[r["state"]].replace("_", " ")
            table.add(name, r["last"], "USA", "LEG", "", f"{office} from {state}", r["term_start"], r["term_end"], "congress")
            if r["first_term_start"] < r["term_start"]:  # earlier terms, perhaps in the other chamber, perhaps with gaps
                before = (datetime.date.fromisoformat(r["term_start"]) - datetime.timedelta(1)).isoformat()
                table.add(name, r["last"], "USA", "LEG", "", f"member of Congress from {state}", r["first_term_start"], before, "congress")
    table.write("congress", "Written by tools/build_offices.py: members of the United States Congress in 2026.")


def own_people():
    own, rows = collections.defaultdict(list), []
    for path in table_files("offices/people"):
        if "people-data-" not in path:
            rows += read_tsv(path)
    for r in rows:
        for key in {(r["country"], name_key(r["form"])), (r["country"], name_key(r["name"]))}:
            own[key].append((r["from"], r["to"]))
    return own, rows


def intervals(rows):
    return "; ".join(sorted({f"{r['office']} {r['from']}..{r['to']}" for r in rows}))


def checks(rows, names):
    """Print where the hand-written dates and the tables differ."""
    by_person = collections.defaultdict(list)
    for r in rows:
        by_person[(r["country"], name_key(r["short"]))].append(r)
    for d in data_rows("factbook.jsonl.gz"):
        known = names.get(("gec", d["gec"]))
        for key in ("chief_of_state", "head_of_government"):
            for h in (d.get(key) or {}).get("holders") or []:
                name, short = plain_case(re.sub(r"\s*\(since.*", "", h["text"]))
                ours = by_person.get((known[0], name_key(short)), []) if known else []
                if ours and h.get("since") and not any(r["from"] == h["since"] for r in ours):
                    print("factbook", known[0], h["text"], "ours:", intervals(ours))
    for r in data_rows("reign-leaders.csv.gz"):
        if int(r["syear"]) < 1990:
            continue
        start = f"{int(r['syear']):04}-{int(r['smonth']):02}-{int(r['sdate']):02}"
        ours = by_person.get((r["stateabb"], name_key(r["leader"].split()[-1])), [])
        if ours and not any(o["from"] == start for o in ours):
            print("reign", r["stateabb"], r["leader"], start, "ours:", intervals(ours))


def main():
    own, rows = own_people()
    names = country_names()
    if "--checks" in sys.argv:
        checks(rows, names)
        return
    table = Table(own)
    for r in rows:
        table.usual[(r["country"], r["office"])].append((r["from"], r["to"], r["name"]))
    leaders_2026(table, names)
    rulers(table, names)
    cabinets(table, names)
    congress(table)


if __name__ == "__main__":
    main()
