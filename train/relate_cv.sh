#!/bin/sh
# Five-fold cross-validation of `demarche relate` on marked pairs, and the same with our own examples alone.
#   train/relate_cv.sh [BUILD]      needs ../shared; prints the scorer's tables
set -e
cd "$(dirname "$0")/.."
build=$(realpath "${1:-build/release}")
gold=${PAIRS:-../shared/data/events/plv-train.tsv}
score=../shared/score/relate.py
[ -r "$gold" ] || { echo "relate_cv: skipped, no $gold"; exit 0; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/model"
cp model/* "$work/model/"

# Rows of one sentence ("12", "12-2") go to one fold; types are dealt out evenly.
python3 - "$gold" "$work" <<'PY'
import hashlib, sys
lines = open(sys.argv[1], encoding="utf-8").read().splitlines()
head, rows = lines[0], [line for line in lines[1:] if line.strip()]
column = head.split("\t").index
of = {}
key = lambda row: row.split("\t")[column("id")].split("-")[0]
first = {}
for row in rows:
    first.setdefault(key(row), row.split("\t")[column("type")])
for n, k in enumerate(sorted(first, key=lambda k: (first[k], hashlib.md5(k.encode()).hexdigest()))):
    of[k] = n % 5
for fold in range(5):
    for name, keep in (("train", lambda f: f != fold), ("test", lambda f: f == fold)):
        with open(f"{sys.argv[2]}/{name}{fold}.tsv", "w", encoding="utf-8") as out:
            out.write("\n".join([head] + [row for row in rows if keep(of[key(row)])]) + "\n")
PY

relate() { # train on the rest, answer the file
  input=$1; shift
  "$build/demarche" train relate --model "$build/en.dmm" --out "$work/model/relate.bin" "$@" 2>/dev/null
  "$build/demarche-pack" lexicon "$work/model" "$work/en.dmm"
  cut -f1-4 "$input" | "$build/demarche" relate --model "$work/en.dmm"
}

for fold in 0 1 2 3 4; do relate "$work/test$fold.tsv" "$work/train$fold.tsv" train/examples/*.txt; done > "$work/both.tsv"
relate "$gold" train/examples/*.txt > "$work/ours.tsv"
sed -i '1!{/^id\ttype/d}' "$work/both.tsv"
echo "== relate, five folds"; (cd "$(dirname $score)" && python3 relate.py "$OLDPWD/$gold" "$work/both.tsv")
echo "== relate, our examples alone"; (cd "$(dirname $score)" && python3 relate.py "$OLDPWD/$gold" "$work/ours.tsv")
