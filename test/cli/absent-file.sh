printf 'Kenya accused Uganda of lying on Monday.\n' > good.txt
$D read absent.txt good.txt absent2.txt | wc -l
$D read absent.txt good.txt absent2.txt > /dev/null
