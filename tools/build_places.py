#!/usr/bin/env python3
"""Write the gazetteer lexicon/places/places-{countries,admin,cities}.tsv and the words in lexicon/words/words-place-common.tsv.

    tools/build_places.py DATA     DATA: the folder with places/ actors/ news/ treebank/ (../shared/data)

Facts from GeoNames (CC BY 4.0; December 2010 extract CC BY 3.0) and mledoze/countries (ODbL). lexicon/places/places.tsv is written
by hand. Administrative areas have no coordinates in the extracts: theirs is the middle of their towns."""
import collections
import csv
import gzip
import json
import pathlib
import re
import sys
import unicodedata

csv.field_size_limit(1 << 24)
HEADER = "name forms others geonameid country admin1 admin2 feature lat lon population source".split()
LEAST_OLD = 1000     # people, of the towns that only the 2010 extract has
LEAST_OTHER_NAMES = 80_000  # people, from which on a town's other names are kept
COMMON = 4           # lower-case uses in the reference texts that make a town's name a common word
KOSOVO = {"XKX": "KOS"}
LARGE_AREAS = {  # the middle of large or lopsided areas, known better than from their towns (of the United States by their short forms)
    "AL": (32.75, -86.75), "AK": (64.0, -150.0), "AZ": (34.5, -111.5), "AR": (34.75, -92.5), "CA": (37.25, -119.75),
    "CO": (39.0, -105.5), "CT": (41.67, -72.67), "DE": (39.0, -75.5), "FL": (28.75, -82.5), "GA": (32.75, -83.5),
    "HI": (20.75, -156.5), "ID": (44.5, -114.25), "IL": (40.0, -89.25), "IN": (40.0, -86.25), "IA": (42.0, -93.5),
    "KS": (38.5, -98.5), "KY": (38.2, -84.88), "LA": (31.0, -92.0), "ME": (45.5, -69.25), "MD": (39.0, -76.75),
    "MA": (42.37, -71.11), "MI": (44.25, -85.5), "MN": (46.25, -94.25), "MS": (32.75, -89.75), "MO": (38.25, -92.5),
    "MT": (47.0, -109.75), "NE": (41.5, -99.75), "NV": (39.25, -116.75), "NH": (43.67, -71.5), "NJ": (40.17, -74.5),
    "NM": (34.5, -106.0), "NY": (43.0, -75.5), "NC": (35.5, -80.0), "ND": (47.5, -100.5), "OH": (40.25, -83.0),
    "OK": (35.5, -97.5), "OR": (44.0, -120.5), "PA": (40.9, -77.75), "RI": (41.75, -71.5), "SC": (34.0, -81.0),
    "SD": (44.5, -100.25), "TN": (35.75, -86.25), "TX": (31.25, -99.25), "UT": (39.25, -111.75), "VT": (44.0, -72.75),
    "VA": (37.5, -78.5), "WA": (47.5, -120.5), "WV": (38.5, -80.5), "WI": (44.5, -90.0), "WY": (43.0, -107.5),
    "Ontario": (49.25, -84.5), "Quebec": (52.0, -72.0), "British Columbia": (54.0, -125.0), "Alberta": (55.0, -115.0),
    "Manitoba": (55.0, -97.0), "Saskatchewan": (54.0, -106.0), "Newfoundland and Labrador": (53.2, -59.9), "Yukon": (63.0, -135.0),
    "Northwest Territories": (65.0, -118.0), "Nunavut": (70.5, -86.8), "New South Wales": (-33.0, 146.0),
    "Queensland": (-20.0, 145.0), "South Australia": (-30.0, 135.0), "Western Australia": (-25.0, 122.0), "Northern Territory": (-20.0, 134.0),
    "Victoria": (-37.0, 144.0), "Xinjiang": (41.0, 85.0), "Tibet": (31.5, 88.0), "Inner Mongolia": (43.0, 113.0), "Qinghai": (35.5, 96.0),
    "Amazonas": (-4.0, -64.0), "Para": (-4.0, -53.0), "Mato Grosso": (-13.0, -56.0), "Sakha": (66.5, 129.0),
    "Krasnoyarsk Krai": (65.0, 95.0), "Balochistan": (28.5, 65.5), "Greenland": (72.0, -40.0)}


def table(path, header=True):
    with gzip.open(path, "rt", encoding="utf-8", newline="") as f:
        lines = [line.rstrip("\n").split("\t") for line in f if not line.startswith("# ")]
    return [dict(zip(lines[0], row)) for row in lines[1:]] if header else lines


def plain(name):
    return "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))


def degrees(value):
    """Four decimals: eleven metres, and a smaller table."""
    return f"{float(value):.4f}"


def is_name(form):
    return 2 <= len(form) <= 60 and form[0].isupper() and re.fullmatch(r"[^\W\d_][\w .,'’()/&-]*", form) is not None


DIRECTIONS = set("North South East West Northern Southern Eastern Western Central Northeast Northwest Southeast Southwest Capital "
                 "North Central Upper Lower Northeastern Northwestern Southeastern Southwestern Metro Federal".split()) | {"North Central"}
POINTS = {"USA": (39.76, -98.5), "CAN": (60.10867, -113.64258), "JPN": (35.68536, 139.75309), "GBR": (54.75844, -2.69531),
          "RUS": (60.0, 100.0)}  # where GeoNames puts its pin


class Gazetteer:
    def __init__(self, data):
        self.data = data
        self.info = table(data / "places/countryInfo.tsv.gz")
        self.alpha3 = {r["ISO"]: KOSOVO.get(r["ISO3"], r["ISO3"]) for r in self.info}
        self.admin1 = {r[0]: r for r in table(data / "places/admin1CodesASCII.tsv.gz", header=False)}
        self.admin2 = {r[0]: r for r in table(data / "places/admin2Codes.tsv.gz", header=False)}
        self.towns = self.read_towns()

    def read_towns(self):
        new = table(self.data / "places/cities15000.tsv.gz")
        known = {r["geonameid"] for r in new}
        names = {(r["asciiname"].lower(), r["country_code"], r["admin1_code"]) for r in new}
        old = [r for r in table(self.data / "places/cities1000-2010.tsv.gz")
               if r["geonameid"] not in known and (r["asciiname"].lower(), r["country_code"], r["admin1_code"]) not in names]
        for r in new:
            r["source"] = "gn"
        for r in old:
            r["source"] = "gn10"
        return [r for r in new + old if r["country_code"] in self.alpha3]

    def country_code(self, row):
        return self.alpha3[row["country_code"]]

    def admin1_name(self, row):
        found = self.admin1.get(f"{row['country_code']}.{row['admin1_code']}")
        return found[2] if found else ""

    def admin2_name(self, row):
        found = self.admin2.get(f"{row['country_code']}.{row['admin1_code']}.{row['admin2_code']}")
        return found[2] if found else ""

    def cities(self):
        for r in self.towns:
            people = int(r["population"] or 0)
            if r["source"] == "gn10" and people < LEAST_OLD:
                continue
            if r["feature_code"] in ("PPLH", "PPLQ", "PPLW"):
                continue
            forms, others = {r["name"]}, set()
            for name in (r["name"], r["asciiname"]):
                forms.add(re.sub(r" City$", "", plain(name)) if people > 200_000 else plain(name))
            if people >= LEAST_OTHER_NAMES or r["feature_code"] == "PPLC":
                others = {o for o in r["alternatenames"].split(",")
                          if len(o) >= 4 and o.isascii() and is_name(o) and not o.isupper() and "'" not in o}
            yield self.row(r["asciiname"] or plain(r["name"]), forms, others, r["geonameid"], self.country_code(r), self.admin1_name(r), self.admin2_name(r),
                           r["feature_code"] or "PPL", r["latitude"], r["longitude"], people, r["source"])

    @staticmethod
    def row(name, forms, others, number, country, admin1, admin2, feature, lat, lon, people, source):
        """A row of the table: `forms` beside the name itself, `others` in further languages."""
        for long, short in (("Saint ", "St. "), ("Saint ", "St "), ("Mount ", "Mt. "), ("Fort ", "Ft. ")):
            forms |= {short + f[len(long):] for f in [name, *forms] if f.startswith(long)}
        forms = {f for f in forms if is_name(f) and not re.search(r"[(),/]", f)} - {name}
        others = {o for o in others if not re.search(r"[(),/]", o)} - forms - {name}
        return [name, "|".join(sorted(forms)), "|".join(sorted(others)), str(number), country, admin1, admin2, feature,
                degrees(lat), degrees(lon), str(people), source]

    def middles(self, key):
        places = collections.defaultdict(list)
        for r in self.towns:
            places[key(r)].append((float(r["latitude"]), float(r["longitude"]), int(r["population"] or 0)))
        out = {}
        for k, points in places.items():
            lats, lons = [p[0] for p in points], [p[1] for p in points]
            lat = (min(lats) + max(lats)) / 4 + sum(lats) / len(lats) / 2
            lon = (min(lons) + max(lons)) / 4 + sum(lons) / len(lons) / 2
            out[k] = (lat, lon, sum(p[2] for p in points))
        return out

    def areas(self):
        middle = self.middles(lambda r: f"{r['country_code']}.{r['admin1_code']}")
        for code, row in self.admin1.items():
            country, part = code.split(".", 1)
            if code not in middle or country not in self.alpha3:
                continue
            lat, lon, people = middle[code]
            lat, lon = LARGE_AREAS.get(row[2] if country != "US" else part, (lat, lon))
            names = {row[1], row[2], plain(row[1])}
            names |= {re.sub(r" (Province|Region|Oblast|Governorate|State|Department|District|Prefecture|Krai)$", "", n) for n in names}
            names |= {re.sub(r"^(State of|Province of|Region of) ", "", n) for n in names}
            names = {n for n in names if len(n) > 3 and n not in DIRECTIONS}
            if names:
                yield self.row(row[2], names, (), row[3], self.alpha3[country], row[2], "", "ADM1", lat, lon, people, "gn")
        middle = self.middles(lambda r: f"{r['country_code']}.{r['admin1_code']}.{r['admin2_code']}")
        for code, row in self.admin2.items():
            country, part = code.split(".")[:2]
            if code not in middle or country not in self.alpha3 or len(row[2]) < 3 or row[2] in DIRECTIONS or not is_name(plain(row[2])):
                continue
            lat, lon, people = middle[code]
            area = self.admin1.get(f"{country}.{part}")
            names = {row[1], plain(row[1])}
            names |= {re.sub(r" (Governorate|Province|Oblast|Rayon|Raion|District|Municipality|Regency)$", "", n) for n in names}
            names |= {re.sub(r"^(Powiat|Landkreis|Provincia di|Provincia de|Departement de la|Departement de) ", "", n) for n in names}
            if country == "IE":
                names |= {re.sub(r"^County ", "Co. ", n) for n in names}
            yield self.row(row[2], names, (), row[3], self.alpha3[country], area[2] if area else "", row[2], "ADM2", lat, lon, people, "gn")

    def countries(self):
        known = {KOSOVO.get(c["cca3"], c["cca3"]): c for c in json.loads((self.data / "actors/countries.json").read_text())}
        known["KOS"] = known.get("KOS") or known.get("UNK")
        for r in self.info:
            code = KOSOVO.get(r["ISO3"], r["ISO3"])
            c = known.get(code)
            if not c or not r["geonameid"]:
                continue
            lat, lon = POINTS.get(code, c["latlng"])
            forms = {r["Country"], plain(r["Country"]), c["name"]["common"], plain(c["name"]["common"]), c["name"]["official"]}
            forms |= {re.sub(r"^The ", "", f) for f in forms} | {f.replace("Saint ", "St. ") for f in forms}
            yield self.row(r["Country"], forms, (), r["geonameid"], code, "", "", "PCLI" if c.get("independent") else "PCLD", lat, lon,
                           r["Population"], "gn")

    def common(self, forms):
        """Names of towns that are common words too, by their lower-case use in open texts."""
        seen = collections.Counter()
        for part in ("ewt-train", "gum-train"):
            with gzip.open(self.data / f"treebank/{part}.conllu.gz", "rt", encoding="utf-8") as f:
                for line in f:
                    cells = line.split("\t")
                    if len(cells) > 3 and cells[1].islower():
                        seen[cells[1]] += 1
        with gzip.open(self.data / "news/wikinews.jsonl.gz", "rt", encoding="utf-8") as f:
            for line in f:
                seen.update(re.findall(r"\b[a-z]+\b", json.loads(line)["text"]))
        return sorted({f.lower() for f in forms if seen[f.lower()] >= COMMON})


def write(path, about, header, rows):
    rows = sorted(set(map(tuple, rows)))
    path.write_text(f"# {about}\n" + "\t".join(header) + "\n" + "".join("\t".join(r) + "\n" for r in rows), encoding="utf-8")
    print(f"{path}: {len(rows)} rows")


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    out = pathlib.Path(__file__).resolve().parent.parent / "lexicon"
    g = Gazetteer(pathlib.Path(sys.argv[1]))
    about = "Written by tools/build_places.py, do not edit: "
    cities, areas, countries = list(g.cities()), list(g.areas()), list(g.countries())
    write(out / "places/places-cities.tsv", about + "towns.", HEADER, cities)
    write(out / "places/places-admin.tsv", about + "first- and second-level areas of the world.", HEADER, areas)
    write(out / "places/places-countries.tsv", about + "countries and dependencies.", HEADER, countries)
    words = [(w, "place-common", "x", "own") for w in g.common(f for r in cities + areas for f in [r[0], *r[1].split("|")])]
    write(out / "words/words-place-common.tsv", about + "names of towns that are common words too.", "form class value source".split(), words)


if __name__ == "__main__":
    main()
