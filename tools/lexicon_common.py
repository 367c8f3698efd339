"""Shared by the tools that write lexicon tables: codes, dates, sorted TSV files, plain-letter variants of names."""
import csv, gzip, json, os, re, unicodedata

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
LEXICON = os.path.join(ROOT, "lexicon")
SHARED = os.environ.get("DEMARCHE_SHARED") or os.path.join(ROOT, "..", "shared")

HEADERS = {
    "actors/states": "form kind country sector name from to source",
    "actors/organisations": "form name kind country sector sectors from to source",
    "offices/people": "form name short gender country sector sectors office from to source",
}
CODE_HEADERS = {
    "codes/countries": "code name cow gw cameo fips iso2 source",
    "codes/bodies": "name country cameo source",
}
EXTRA_CODES = "UNO EUR IGO NGO ISM IMG MNC KOS PSE HKG VAT ATA".split()
STATES = """AFG AGO ALB AND ARE ARG ARM ATG AUS AUT AZE BDI BEL BEN BFA BGD BGR BHR BHS BIH BLR BLZ BOL BRA BRB BRN BTN BWA CAF CAN
CHE CHL CHN CIV CMR COD COG COL COM CPV CRI CUB CYP CZE DEU DJI DMA DNK DOM DZA ECU EGY ERI ESP EST ETH FIN FJI FRA FSM GAB GBR GEO
GHA GIN GMB GNB GNQ GRC GRD GTM GUY HND HRV HTI HUN IDN IND IRL IRN IRQ ISL ISR ITA JAM JOR JPN KAZ KEN KGZ KHM KIR KNA KOR KWT LAO
LBN LBR LBY LCA LIE LKA LSO LTU LUX LVA MAR MCO MDA MDG MDV MEX MHL MKD MLI MLT MMR MNE MNG MOZ MRT MUS MWI MYS NAM NER NGA NIC NLD
NOR NPL NRU NZL OMN PAK PAN PER PHL PLW PNG POL PRK PRT PRY QAT ROU RUS RWA SAU SDN SEN SGP SLB SLE SLV SMR SOM SRB SSD STP SUR SVK
SVN SWE SWZ SYC SYR TCD TGO THA TJK TKM TLS TON TTO TUN TUR TUV TWN TZA UGA UKR URY USA UZB VCT VEN VNM VUT WSM YEM ZAF ZMB ZWE""".split()
COUNTRIES = set(STATES) | set(EXTRA_CODES)
SECTORS = set("COP GOV JUD LEG MIL PRM PTY REB SPY UAF UNK AGR BUS CRM CVL EDU ELI JRN LAB MED REF OPP PRE REL SOC".split())
DEPENDENCIES = dict(pair.split(":") for pair in """ABW:NLD AIA:GBR ALA:FIN ASM:USA ATF:FRA BES:NLD BLM:FRA BMU:GBR BVT:NOR CCK:AUS
COK:NZL CUW:NLD CXR:AUS CYM:GBR FLK:GBR FRO:DNK GGY:GBR GIB:GBR GLP:FRA GRL:DNK GUF:FRA GUM:USA HMD:AUS IMN:GBR IOT:GBR JEY:GBR
MAC:CHN MAF:FRA MNP:USA MSR:GBR MTQ:FRA MYT:FRA NCL:FRA NFK:AUS NIU:NZL PCN:GBR PRI:USA PYF:FRA REU:FRA SGS:GBR SHN:GBR SJM:NOR
SPM:FRA SXM:NLD TCA:GBR TKL:NZL UMI:USA VGB:GBR VIR:USA WLF:FRA""".split())

PLAIN = str.maketrans({"ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ı": "i", "ß": "ss", "æ": "ae", "Æ": "Ae",
                       "ð": "d", "Ð": "D", "þ": "th", "Þ": "Th", "ə": "a", "Ə": "A", "œ": "oe", "’": "'", "ʻ": "'", "ʿ": "'"})


def plain(text):
    """The name in ASCII letters, as English wires print it."""
    return "".join(c for c in unicodedata.normalize("NFD", text.translate(PLAIN)) if not unicodedata.combining(c))


def read_tsv(path):
    """Rows of one lexicon file as dictionaries; comments left out."""
    with open(path, encoding="utf-8") as f:
        lines = [line.rstrip("\n") for line in f if line.strip() and not line.startswith("#")]
    header = lines[0].split("\t")
    return [dict(zip(header, line.split("\t"))) for line in lines[1:]]


def table_files(table):
    folder, base = os.path.split(os.path.join(LEXICON, table))
    return sorted(os.path.join(folder, f) for f in os.listdir(folder) if re.fullmatch(re.escape(base) + r"(-.*)?\.tsv", f))


def write_tsv(path, table, rows, comment=""):
    """Write rows (dictionaries; missing cells are empty) sorted by bytes, each once."""
    columns = (HEADERS.get(table) or CODE_HEADERS[table]).split()
    lines = {"\t".join(row.get(c, "") for c in columns) for row in rows}
    with open(path, "w", encoding="utf-8", newline="\n") as f:
        for line in comment.splitlines():
            f.write("# " + line + "\n")
        f.write("\t".join(columns) + "\n")
        for line in sorted(lines, key=lambda s: s.encode()):
            f.write(line + "\n")
    return len(lines)


def data(name):
    """A file of ../shared/data/actors, decompressed."""
    path = os.path.join(SHARED, "data", "actors", name)
    return gzip.open(path, "rt", encoding="utf-8") if path.endswith(".gz") else open(path, encoding="utf-8")


def data_rows(name):
    """Dictionaries of a CSV, TSV or JSONL file of ../shared/data/actors."""
    with data(name) as f:
        if ".jsonl" in name:
            return [json.loads(line) for line in f]
        return list(csv.DictReader(f, delimiter="\t" if ".tsv" in name else ","))
