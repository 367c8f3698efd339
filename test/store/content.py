#!/usr/bin/env python3
"""What the store keeps: the records and events as the coder wrote them, once each, whatever the threads and however often; what
the commands tell of it; near-duplicates, happenings, corrections and kills; rebuilding."""
import json
import pathlib
import sqlite3
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent), str(HERE)]
import made
from harness import EXAMPLES, ROOT, check, demarche, end

folder = pathlib.Path(tempfile.mkdtemp())
looked = 0


def ingest(name, *inputs, expect=0, more=()):
    demarche("ingest", "--store", folder / name, *more, *inputs, expect=expect)
    return sqlite3.connect(folder / name)


def same(a, b, what):
    global looked
    looked += 1
    check(a == b, f"{what}: {str(a)[:90]} is not {str(b)[:90]}")


def events(name, *more):
    return [json.loads(line) for line in demarche("events", "--store", folder / name, "--format", "jsonl", *more).splitlines()]


def write(name, *stories):
    path = folder / name
    path.write_text("".join(json.dumps(s) + "\n" for s in stories))
    return path


# ---- kept as written ----
corpus = made.write(folder / "made.jsonl", 60)
first = ingest("a.db", corpus, *EXAMPLES)
coded = [json.loads(line) for line in demarche("code", corpus, *EXAMPLES).splitlines()]
stored = {e["id"]: e for e in events("a.db", "--all")}
for e in coded:
    kept = stored.get(e["id"], {})
    kept.pop("happening", None)
    same(json.dumps(kept, sort_keys=True), json.dumps(e, sort_keys=True), f"event {e['id']}")
same(len(stored), len(coded), "events")
same(first.execute("SELECT count(*) FROM dispatch").fetchone()[0], 60 + len(EXAMPLES), "dispatches")
same(first.execute("PRAGMA application_id").fetchone()[0], 0x444D5243, "application_id")
same(first.execute("PRAGMA integrity_check").fetchone()[0], "ok", "integrity")
same(first.execute("PRAGMA foreign_key_check").fetchall(), [], "foreign keys")
strict = first.execute("SELECT name FROM pragma_table_list WHERE type = 'table' AND NOT strict AND name NOT LIKE 'search%' AND name NOT LIKE 'sqlite%'").fetchall()
same(strict, [], "tables that are not STRICT")

# ---- once each ----
before = made.dump(first)
ingest("a.db", corpus, *EXAMPLES)
same(made.dump(first), before, "a second ingest changed the store")
same(made.dump(ingest("j4.db", corpus, *EXAMPLES, more=("-j", "4"))), before, "four threads made another store")
half = folder / "half.jsonl"
half.write_text("".join(corpus.read_text().splitlines(True)[:20]))
ingest("parts.db", half)
whole = ingest("parts.db", corpus)
same(whole.execute("SELECT count(*) FROM event").fetchone(), ingest("one.db", corpus).execute("SELECT count(*) FROM event").fetchone(), "events in two parts")

# ---- the same happenings in any order ----
plain = made.write(folder / "plain.jsonl", 150, unlike=True)
backwards = folder / "backwards.jsonl"
backwards.write_text("".join(reversed(plain.read_text().splitlines(True))))
forwards, back = ingest("forth.db", plain), ingest("back.db", backwards)
same(forwards.execute("SELECT count(lead) FROM record").fetchone(), (0,), "unlike stories are near-duplicates")
check(forwards.execute("SELECT count(*) FROM link").fetchone()[0] > 10, "nothing was joined: the test looks at nothing")
groups = "SELECT group_concat(h, ' ') FROM (SELECT happening, hash AS h FROM accounts ORDER BY hash) GROUP BY happening ORDER BY 1"
same(forwards.execute(groups).fetchall(), back.execute(groups).fetchall(), "happenings depend on the order")

# ---- what failed is named ----
bad = folder / "bad.jsonl"
bad.write_text('{"text": "Kenya accused Uganda of spying on Monday."}\n{"text": \n')
broken = ingest("bad.db", bad, expect=1)
same(broken.execute("SELECT record FROM rejected").fetchall(), [(2,)], "rejected")
same(broken.execute("SELECT count(*) FROM dispatch").fetchone(), (1,), "the good one is in")

# ---- copies, happenings, contradictions ----
TEXT = ("Kenya accused Uganda of moving troops to the border near Busia on Monday. The defence ministry in Nairobi said that two "
        "battalions had crossed the river before dawn and set up a camp beside the road. Traders at the crossing said that they had "
        "heard lorries all night and that the customs office had stayed shut. Both countries are members of the same regional bloc, "
        "which called for calm and offered to send observers to the area within a week.")
OTHER = ("Soldiers from Uganda have been seen close to Busia, and that is why Kenya accused Uganda of moving troops on Monday, a "
         "newspaper in Mombasa reported. Its reporter counted eleven vehicles at a petrol station.")
copies = ingest("copies.db", write("copies.jsonl",
    {"date": "2021-03-02", "headline": "Kenya accuses Uganda", "text": TEXT},
    {"date": "2021-03-02", "headline": "Troops at Busia, says Nairobi", "text": TEXT + " Additional reporting by the Kampala desk."},
    {"date": "2021-03-02", "headline": "A paper looks at Busia", "text": OTHER},
    {"date": "2021-06-02", "headline": "Months later", "text": "Kenya accused Uganda of smuggling sugar in lorries, a customs officer wrote in June."},
    {"date": "2021-03-03", "headline": "Denial", "text": "Ugandan officials denied that Kenya had accused Uganda of moving troops on Monday."}))
same(copies.execute("SELECT dispatch, lead FROM record WHERE lead IS NOT NULL").fetchall(), [(2, 1)], "near-duplicates")
told = [(r[0], r[1]) for r in copies.execute("SELECT accounts, dispatches FROM happenings WHERE type = 'ACCUSE' ORDER BY date_from, 1 DESC")]
check(bool(told) and told[0][1] >= 3, f"three dispatches tell of the accusation: {told}")
check(len(told) >= 2, f"the one of June is another: {told}")
looked += 2
reasons = demarche("link", "--store", folder / "copies.db", "--explain").decode()
check("joins" in reasons and "near-duplicate" in reasons, f"link --explain: {reasons}")
same(len(reasons.splitlines()), copies.execute("SELECT count(*) FROM link").fetchone()[0], "a line a join")

# ---- a correction replaces, a kill retracts ----
WRONG = "Norway expelled three Swedish diplomats on Tuesday, the foreign ministry in Oslo said. They have a week to leave the country."
RIGHT = "Norway summoned the Swedish ambassador on Tuesday, the foreign ministry in Oslo said. Nobody was asked to leave the country."
fixed = ingest("fixed.db", write("fixed.jsonl",
    {"date": "2021-05-05", "headline": "Norway and Sweden in a row", "text": WRONG},
    {"date": "2021-05-05", "headline": "Norway and Sweden in a row", "text": RIGHT, "status": "corrected", "version": "2"},
    {"date": "2021-05-06", "headline": "Mali coup is a false alarm", "text": "Soldiers in Mali arrested the prime minister on Wednesday, a radio station said."},
    {"date": "2021-05-06", "headline": "Mali coup is a false alarm", "text": "Editors: please kill this story.", "status": "killed"}))
gone = fixed.execute("SELECT DISTINCT e.dispatch, t.dispatch, t.why FROM retracted t JOIN event e ON e.id = t.event ORDER BY 1").fetchall()
same([g for g in gone if g[0] != 4], [(1, 2, "corrected"), (3, 4, "killed")], "retracted")
same({e["dispatch"]["published"] for e in events("fixed.db")}, {"2021-05-05"}, "what still stands")
check(all("expel" not in e["mode"] for e in events("fixed.db")), "the expulsion still stands")
check(any("expel" in e["mode"] for e in events("fixed.db", "--all")), "the expulsion was never coded: the test looks at nothing")

# ---- asking ----
for option, value, test in [("--type", "consult", lambda e: e["type"] == "CONSULT"), ("--status", "denied", lambda e: e["status"] == "denied"),
                            ("--actor", "FRA:GOV", lambda e: any(a["code"] == "FRA" and a["sector"] == "GOV" for a in e["actor"])),
                            ("--recipient", "RUS", lambda e: any(a["code"] == "RUS" for a in e["recipient"])),
                            ("--since", "2021-03-15", lambda e: e["date"]["to"] >= "2021-03-15"),
                            ("--until", "2021-03-15", lambda e: e["date"]["from"] <= "2021-03-15"),
                            ("--actor", "Emmanuel Macron", lambda e: any(a["name"] == "Emmanuel Macron" for a in e["actor"]))]:
    got, wanted = events("a.db", option, value), [e for e in events("a.db") if e["date"]["from"] and test(e)]
    same(sorted(e["id"] for e in got), sorted(e["id"] for e in wanted), f"{option} {value}")
    check(len(got) > 0, f"{option} {value} finds nothing")
found = events("a.db", "--search", '"turned back"')
check(found and all("made-" in e["dispatch"]["source"] or e["dispatch"]["headline"] for e in found), "--search finds nothing")
def matching(test):
    return sorted(e["id"] for e in events("a.db") if test(texts[e["dispatch"]["id"]]))


texts = {json.loads(line)["id"]: " ".join(json.loads(line)["text"].lower().split()) for line in demarche("read", corpus, *EXAMPLES).splitlines()}
for query, test in [('"turned back"', lambda t: "turned back" in t), ('"back turned"', lambda t: "back turned" in t),
                    ('"Foreign ministry" AND markets', lambda t: "foreign ministry" in t and "markets" in t),
                    ('"turned back" OR "stayed open"', lambda t: "turned back" in t or "stayed open" in t)]:
    same(sorted(e["id"] for e in events("a.db", "--search", query)), matching(test), f"--search {query}")
same(demarche("events", "--store", folder / "a.db", "--search", '"unclosed', expect=None).returncode, 2, "a query that cannot be read")
same(len(events("a.db", "--limit", "3")), 3, "--limit")

# ---- ties ----
listed = [(r["a"], r["b"]) for r in map(json.loads, demarche("ties", "--store", folder / "a.db", "--format", "jsonl").splitlines())]
same(len(listed), len(set(listed)), "dyads listed twice")
check(len(listed) > 5, "few dyads")
A, B = listed[0]
rows = [json.loads(line) for line in demarche("ties", "--store", folder / "a.db", A, B, "--by", "month", "--format", "jsonl").splitlines()]
direct = 0
for e in events("a.db"):
    sides = [{a["code"] for a in e["actor"]}, {a["code"] for a in e["recipient"]}]
    pairs = {(x, y) for x in sides[0] for y in sides[1]} if sides[1] else {(x, y) for x in sides[0] for y in sides[0]}
    direct += (A, B) in pairs or (B, A) in pairs
same(sum(r["events"] for r in rows), direct, f"events of {A} and {B}")
check(direct > 0, "no events of the dyad")
for r in rows:
    quads = sum(r[q] for q in ("verbal_cooperation", "material_cooperation", "verbal_conflict", "material_conflict"))
    same((quads, sum(r["status"].values())), (r["events"], r["events"]), f"quads and statuses of {r['period']}")
partners = [r["b"] for r in map(json.loads, demarche("ties", "--store", folder / "a.db", A, "--format", "jsonl").splitlines())]
check(B in partners and A not in partners, f"partners of {A}: {partners}")
demarche("ties", "--store", folder / "a.db", A, B, "--by", "week", "--svg", folder / "tie.svg")
import xml.dom.minidom
check(xml.dom.minidom.parse(str(folder / "tie.svg")).getElementsByTagName("rect").length >= 1, "the picture has columns")
acceptance = ROOT.parent / "shared" / "acceptance" / "dispatch-2020-06-26.txt"
if acceptance.exists():
    ingest("accept.db", acceptance)
    dyads = {(r["a"], r["b"]) for r in map(json.loads, demarche("ties", "--store", folder / "accept.db", "--format", "jsonl").splitlines())}
    for pair in [("FRA", "RUS"), ("FRA", "TUR"), ("RUS", "LBY"), ("TUR", "LBY")]:
        looked += 1
        check(pair in dyads, f"the acceptance dispatch's dyad {pair}: {sorted(dyads)}")
else:
    print("no ../shared: the acceptance dispatch's dyads were not looked at")

# ---- rebuilding ----
again = ingest("again.db", corpus)
wanted = made.dump(again)
again.execute("UPDATE coder SET model = 'en-of-old'")
again.execute("UPDATE event SET type = 'AID', trigger = 'nonsense'")
again.execute("DELETE FROM party")
again.commit()
demarche("rebuild", "--store", folder / "again.db")
content = "SELECT r.dispatch, e.n, e.hash, e.type, e.trigger, e.actor, e.recipient, e.claimant_name FROM accounts e JOIN record r USING(dispatch) ORDER BY 1, 2"
same(again.execute(content).fetchall(), sqlite3.connect(folder / "one.db").execute(content).fetchall(), "rebuilt events")
same(again.execute("SELECT count(*) FROM search WHERE search MATCH 'diplomats'").fetchone(),
     sqlite3.connect(folder / "one.db").execute("SELECT count(*) FROM search WHERE search MATCH 'diplomats'").fetchone(), "search after rebuilding")
same(again.execute("SELECT model FROM coder").fetchall() == [("en-of-old",)], False, "the old stamp is gone")
end(looked, "things")
