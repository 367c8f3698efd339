printf 'Kenya accused Uganda of lying on Monday.\n' > good.txt
$D read -o /dev/full good.txt
