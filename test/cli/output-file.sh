printf 'Kenya accused Uganda of lying on Monday.\n' > good.txt
$D read -o out.jsonl good.txt && $D read good.txt | cmp - out.jsonl && echo same
