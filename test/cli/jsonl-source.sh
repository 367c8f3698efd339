printf '{"id": "first", "text": "Kenya accused Uganda of lying."}\n\n{"id": "second", "text": "Uganda denied it."}\nnot json\n' > two.jsonl
$D read -j2 two.jsonl | sed 's/.*"source": "\([^"]*\)".*/\1/'
