printf 'Kenya accused Uganda of lying on Monday.\n' > good.txt
$D read < good.txt > a; $D read - < good.txt > b; cat good.txt | $D read > c
cmp a b && cmp b c && echo same
