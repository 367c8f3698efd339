#!/usr/bin/env python3
"""Every export, column by column, against the events of the store: numbers of columns, names, codes, dates, both directions of
what is mutual, no stray tabs. pandas and pyarrow read the files back where they are installed; else that is said."""
import csv
import datetime
import io
import json
import pathlib
import sqlite3
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent), str(HERE)]
import made
from harness import EXAMPLES, check, demarche, end

# The published column lists: GDELT Event Codebook V2.0; ICEWS on Dataverse; POLECAT weekly files.
GDELT = ("GLOBALEVENTID SQLDATE MonthYear Year FractionDate Actor1Code Actor1Name Actor1CountryCode Actor1KnownGroupCode Actor1EthnicCode "
         "Actor1Religion1Code Actor1Religion2Code Actor1Type1Code Actor1Type2Code Actor1Type3Code Actor2Code Actor2Name Actor2CountryCode "
         "Actor2KnownGroupCode Actor2EthnicCode Actor2Religion1Code Actor2Religion2Code Actor2Type1Code Actor2Type2Code Actor2Type3Code "
         "IsRootEvent EventCode EventBaseCode EventRootCode QuadClass GoldsteinScale NumMentions NumSources NumArticles AvgTone Actor1Geo_Type "
         "Actor1Geo_FullName Actor1Geo_CountryCode Actor1Geo_ADM1Code Actor1Geo_ADM2Code Actor1Geo_Lat Actor1Geo_Long Actor1Geo_FeatureID "
         "Actor2Geo_Type Actor2Geo_FullName Actor2Geo_CountryCode Actor2Geo_ADM1Code Actor2Geo_ADM2Code Actor2Geo_Lat Actor2Geo_Long "
         "Actor2Geo_FeatureID ActionGeo_Type ActionGeo_FullName ActionGeo_CountryCode ActionGeo_ADM1Code ActionGeo_ADM2Code ActionGeo_Lat "
         "ActionGeo_Long ActionGeo_FeatureID DATEADDED SOURCEURL").split()
MENTIONS = ("GLOBALEVENTID EventTimeDate MentionTimeDate MentionType MentionSourceName MentionIdentifier SentenceID Actor1CharOffset "
            "Actor2CharOffset ActionCharOffset InRawText Confidence MentionDocLen MentionDocTone MentionDocTranslationInfo Extras").split()
ICEWS = ("Event ID|Event Date|Source Name|Source Sectors|Source Country|Event Text|CAMEO Code|Intensity|Target Name|Target Sectors|Target Country|"
         "Story ID|Sentence Number|Publisher|City|District|Province|Country|Latitude|Longitude").split("|")
POLECAT = ("Event ID|Event Date|Event Type|Event Mode|Intensity|Quad Code|Contexts|Actor Name|Actor Country|Actor COW|Primary Actor Sector|"
           "Actor Sectors|Actor Title|Actor Name Raw|Wikipedia Actor ID|Recipient Name|Recipient Country|Recipient COW|Primary Recipient Sector|"
           "Recipient Sectors|Recipient Title|Recipient Name Raw|Wikipedia Recipient ID|Placename|City|District|Province|Country|Latitude|Longitude|"
           "GeoNames ID|Raw Placename|Feature Type|Source|Publication Date|Story People|Story Organizations|Story Locations|Language|Version").split("|")
PHOENIX = ("EventID Date Year Month Day SourceActorFull SourceActorEntity SourceActorRole SourceActorAttribute TargetActorFull TargetActorEntity "
           "TargetActorRole TargetActorAttribute EventCode EventRootCode QuadClass GoldsteinScore Issues Lat Lon LocationName StateName CountryCode "
           "SentenceID URLs NewsSources").split()

folder = pathlib.Path(tempfile.mkdtemp())
store = folder / "s.db"
demarche("ingest", "--store", store, made.write(folder / "made.jsonl", 80), *EXAMPLES)
db = sqlite3.connect(store)
looked = 0


def want(good, message):
    global looked
    looked += 1
    check(good, message)


def table(target, names, header):
    text = demarche("export", "--store", store, "-t", target).decode()
    lines = text.split("\n")
    want(lines.pop() == "", f"{target}: the last line has no end")
    if header:
        want(lines.pop(0).split("\t") == names, f"{target}: header")
    rows = [line.split("\t") for line in lines]
    want(rows and all(len(r) == len(names) for r in rows), f"{target}: {len(names)} columns in each of {len(rows)} rows")
    want(all(not any(ord(c) < 32 for c in cell) for r in rows for cell in r), f"{target}: control characters")
    return [dict(zip(names, r)) for r in rows]


happened = {e["happening"]["id"]: e for e in map(json.loads, demarche("events", "--store", store, "--format", "jsonl").splitlines())
            if e["status"] not in ("negated", "denied", "future", "hypothetical")}

# ---- GDELT ----
gdelt = table("gdelt", GDELT, False)
want(len({r["GLOBALEVENTID"] for r in gdelt}) == len(gdelt), "GDELT ids are one each")
want({int(r["GLOBALEVENTID"]) // 1000 for r in gdelt} == {i for i, e in happened.items() if e["actor"] or e["recipient"]}, "GDELT: every event that happened")
for r in gdelt:
    e = happened[int(r["GLOBALEVENTID"]) // 1000]
    day = datetime.date.fromisoformat(e["date"]["from"])
    want(r["SQLDATE"] == day.strftime("%Y%m%d") and r["MonthYear"] == r["SQLDATE"][:6] and r["Year"] == r["SQLDATE"][:4], f"GDELT dates {r['SQLDATE']}")
    want(abs(float(r["FractionDate"]) - (day.year + ((day.month - 1) * 30 + day.day) / 365)) < 0.00006, f"FractionDate {r['FractionDate']}")
    want(r["EventCode"] == e["cameo"] and r["EventCode"].startswith(r["EventBaseCode"]) and r["EventRootCode"] == e["cameo"][:2], "GDELT codes")
    root = int(r["EventRootCode"])
    want(int(r["QuadClass"]) == (1 if root <= 5 else 2 if root <= 9 else 3 if root <= 14 else 4), f"GDELT quad of {root}")
    want(r["Actor1Name"] == r["Actor1Name"].upper() and (not r["Actor1CountryCode"] or r["Actor1Code"].startswith(r["Actor1CountryCode"])), "GDELT actor")
    want(r["ActionGeo_Type"] in "012345" and (r["ActionGeo_Type"] == "0") == (not e["place"].get("name")), "GDELT place")
    want(len(r["ActionGeo_CountryCode"]) in (0, 2) and len(r["DATEADDED"]) == 14, "FIPS and DATEADDED")
fraction = {"2017-06-01": "2017.4137", "2017-06-30": "2017.4932"}
for day, wanted in fraction.items():
    one = folder / f"{day}.db"
    demarche("ingest", "--store", one, "--date", day, "-", stdin=b"Kenya accused Uganda of spying.")
    want(demarche("export", "--store", one, "-t", "gdelt").decode().split("\t")[4] == wanted, f"FractionDate of {day}")
for mutual in [e for e in happened.values() if e["type"] == "CONSULT" and len(e["actor"]) == 2 and not e["recipient"]]:
    rows = [r for r in gdelt if int(r["GLOBALEVENTID"]) // 1000 == mutual["happening"]["id"]]
    want(len(rows) == 2 and rows[0]["Actor1Name"] == rows[1]["Actor2Name"], "both directions of talks")

mentions = table("gdelt-mentions", MENTIONS, False)
ids = {r["GLOBALEVENTID"] for r in gdelt}
want({r["GLOBALEVENTID"] for r in mentions} <= ids, "mentions join events")
want(all(10 <= int(r["Confidence"]) <= 100 and int(r["Confidence"]) % 10 == 0 and int(r["SentenceID"]) >= 1 for r in mentions), "mentions: confidence, sentence")
accounts = db.execute("SELECT count(*) FROM accounts WHERE NOT retracted AND status NOT IN ('negated', 'denied', 'future', 'hypothetical')").fetchone()[0]
want(len({(r["GLOBALEVENTID"], r["MentionIdentifier"], r["SentenceID"]) for r in mentions}) > 0 and len(mentions) >= accounts * 0.9, "mentions of every account")

# ---- ICEWS, POLECAT, Phoenix ----
icews = table("icews", ICEWS, True)
want(len(icews) == len(gdelt), "ICEWS and GDELT have the same rows")
for r in icews:
    e = happened[int(r["Event ID"]) // 1000]
    want(r["Event Date"] == e["date"]["from"] and r["CAMEO Code"] == e["cameo"] and bool(r["Event Text"]), "ICEWS date, code, text")
    want(-10 <= float(r["Intensity"]) <= 10 and r["Source Country"] != e["actor"][0]["code"], "ICEWS intensity and country in words")
polecat = table("polecat", POLECAT, True)
want(len(polecat) == len(happened), "POLECAT: a row an event")
for r in polecat:
    e = happened[int(r["Event ID"])]
    want(r["Event Type"] == e["type"] and float(r["Intensity"]) == e["score"] and r["Event Mode"] == ";".join(e["mode"]), "POLECAT type, mode, intensity")
    want(r["Actor Country"] == (";".join(a["code"] or "" for a in e["actor"]) if any(a["code"] for a in e["actor"]) else ""), "POLECAT countries")
phoenix = table("phoenix", PHOENIX, False)
want(len(phoenix) == len(gdelt), "Phoenix and GDELT have the same rows")
for r in phoenix:
    want(r["Date"] == r["Year"] + r["Month"] + r["Day"] and r["SourceActorFull"].startswith(r["SourceActorEntity"]) and r["QuadClass"] in "01234", "Phoenix row")

# ---- PLOVER, CSV ----
plover = [json.loads(line) for line in demarche("export", "--store", store, "-t", "plover").splitlines()]
everything = {e["id"]: e for e in map(json.loads, demarche("events", "--store", store, "--format", "jsonl").splitlines())}
want(len(plover) == len(everything), "PLOVER: every happening")
for p in plover:
    e = everything[p["id"]]
    want({"id", "date", "actor", "event"} <= p.keys() and p["event"] == e["type"] and len(p["actor"]) == len(e["actor"]), "PLOVER required fields")
    want(p["text"] and p["text_info"]["end"] - p["text_info"]["start"] == len(p["text"]), "PLOVER text and its place")
    want(("future" in p["mode"]) == (e["status"] == "future"), "PLOVER auxiliary modes")
rows = list(csv.DictReader(io.StringIO(demarche("export", "--store", store, "-t", "csv").decode(), newline="")))
want([r["id"] for r in rows] and {r["id"] for r in rows} == everything.keys(), "CSV: every happening")
formula = folder / "formula.db"
demarche("ingest", "--store", formula, "-", stdin=json.dumps({"headline": "=SUM(A1) \"x\"", "date": "2021-03-02", "text": "Kenya accused Uganda of spying on Monday."}).encode())
cell = next(csv.DictReader(io.StringIO(demarche("export", "--store", formula, "-t", "csv").decode(), newline="")))
want(cell["headline"] == "'=SUM(A1) \"x\"", f"a formula is guarded: {cell['headline']}")

# ---- without a store ----
for target in ("gdelt", "icews", "phoenix", "csv"):
    direct = demarche("code", "-t", target, folder / "made.jsonl", *EXAMPLES)
    want(direct == demarche("export", "--store", store, "-t", target), f"code -t {target} is ingest and export")

# ---- other people's readers ----
arrow = folder / "s.arrow"
demarche("export", "--store", store, "-t", "arrow", "-o", arrow)
want(arrow.read_bytes()[:8] == b"ARROW1\0\0" and arrow.read_bytes()[-6:] == b"ARROW1", "Arrow magic")
try:
    import pyarrow.ipc
    back = pyarrow.ipc.open_file(arrow).read_all()
    back.validate(full=True)
    want(back.num_rows == len(rows) and back.column_names == list(rows[0]), "Arrow: rows and columns of the CSV")
    for a, b in zip(back.to_pylist(), rows):
        want(all(str(a[k] if a[k] is not None else "") == b[k] for k in ("id", "type", "status", "date_from", "place", "country", "sentence", "happening")), f"Arrow row {a['id']}")
        want(all((a[k] is None and b[k] == "") or abs(a[k] - float(b[k])) < 1e-9 for k in ("lat", "lon", "score", "confidence")), "Arrow numbers")
except ImportError:
    print("pyarrow is not installed: the Arrow file was not read back")
try:
    import pandas
    frame = pandas.read_csv(io.BytesIO(demarche("export", "--store", store, "-t", "gdelt")), sep="\t", header=None, names=GDELT, dtype={"EventCode": str, "EventBaseCode": str, "EventRootCode": str}, quoting=3)
    want(frame.shape == (len(gdelt), 61) and frame["GoldsteinScale"].between(-10, 10).all(), "pandas reads GDELT")
    frame = pandas.read_csv(io.BytesIO(demarche("export", "--store", store, "-t", "polecat")), sep="\t")
    want(list(frame.columns) == POLECAT and len(frame) == len(polecat), "pandas reads POLECAT")
except ImportError:
    print("pandas is not installed: GDELT and POLECAT files were read by this test alone")
end(looked, "things")
