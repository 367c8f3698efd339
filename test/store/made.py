"""Dispatches made for the store's tests: short stories of our own, as JSON Lines, the same for the same seed."""
import json
import random

SIDES = [("France", "President Emmanuel Macron"), ("Russia", "President Vladimir Putin"), ("Kenya", "the Kenyan government"),
         ("Turkey", "President Recep Tayyip Erdogan"), ("Japan", "the Japanese foreign ministry"), ("Egypt", "Egypt's army"),
         ("Poland", "Polish police"), ("Brazil", "the Brazilian president")]
DEEDS = ["accused {b} of closing the border", "held talks with {b} in Geneva", "signed an agreement with {b} on trade",
         "expelled three diplomats from {b}", "sent grain to {b}", "denied that it had attacked {b}", "urged {b} to free two reporters",
         "imposed sanctions on {b}"]
MORE = ["The foreign ministry said the decision was taken late in the evening after long talks among ministers.",
        "A spokesman told reporters that no further step was planned before the end of the month.",
        "Markets in the capital were calm and shops stayed open through the afternoon.",
        "Diplomats from both sides had met twice in the spring without a result.",
        "Opposition lawmakers asked for a debate in parliament, which the speaker refused.",
        "Residents near the frontier said lorries had been turned back since the weekend."]


def story(random_, number, unlike):
    (a, who), (b, _) = random_.sample(SIDES, 2)
    deed = random_.choice(DEEDS).format(b=b)
    body = [f"{who[0].upper()}{who[1:]} {deed} on Monday, officials in {a} said, in case number {number} of the file."]
    if unlike:  # no words shared but those of the deed
        body += [" ".join(random_.choice("bdfgklmnprstvz") + random_.choice("aeiou") + random_.choice("bdglmnrst") for _ in range(60)).capitalize() + "."]
    else:
        body += random_.sample(MORE, random_.randint(2, 5))
    day = 1 + random_.randrange(28)
    return {"id": f"made-{number}", "date": f"2021-03-{day:02d}", "headline": f"{a} and {b}: {deed.split()[0]} ({number})", "text": "\n\n".join(body)}


def write(path, n, seed=1, unlike=False):
    random_ = random.Random(seed)
    with open(path, "w") as out:
        for i in range(n):
            out.write(json.dumps(story(random_, i, unlike)) + "\n")
    return path


def dump(connection):
    """Everything a store holds, as text; FTS shadow tables aside (their segments depend on how work was cut)."""
    tables = [r[0] for r in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'search%' ORDER BY name")]
    lines = []
    for t in tables:
        lines += [t + repr(tuple(row)) for row in connection.execute(f"SELECT * FROM {t} ORDER BY 1, 2")]
    return "\n".join(lines)
