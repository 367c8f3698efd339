mkdir -p in/b in/a in/.hidden
for f in in/b/2.txt in/b/1.txt in/a/3.txt in/.hidden/4.txt in/5.gold.jsonl; do printf 'Kenya accused Uganda of lying on Monday.\n' > $f; done
$D read in | sed 's/.*"source": "\([^"]*\)".*/\1/'
