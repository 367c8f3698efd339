mkdir -p over/actors
printf 'form\tname\tkind\tcountry\tsector\tsectors\tfrom\tto\tsource\nHarbour League\tHarbour League\tgroup\tFJI\tREB\t\t\t\town\nNATO\t\t\t\t\t\t\t\t\n' > over/actors/organisations.tsv
$D actors show Harbour League -l over
$D actors show NATO -l over
$D actors show Kremlin -l over
printf '%s\n' 'The Harbour League accused Kenya of lying on Monday.' > story.txt
$D code --date 2020-06-26 -l over --format csv story.txt | cut -d , -f 1-2 | wc -l
$D explain --date 2020-06-26 -l over 'The Harbour League accused Kenya of lying on Monday.' | grep 'who.*Harbour'
$D explain --date 2020-06-26 'The Harbour League accused Kenya of lying on Monday.' | grep -c 'FJI'
$D lexicon diff over over
mkdir -p other/actors
printf 'form\tname\tkind\tcountry\tsector\tsectors\tfrom\tto\tsource\nHarbour League\tHarbour League\tgroup\tTON\tREB\t\t\t\town\n' > other/actors/organisations.tsv
$D lexicon diff over other
echo "exit $?"
printf 'form\tname\tkind\tcountry\tsector\tsectors\tfrom\tto\tsource\nB\tB\tgroup\tXXX\tREB|BAD\t\t2020-02-30\t\town\nA\tA\tgroup\tTON\tREB\tSOC\t2020-01-02\t2020-01-01\tnosuch\nA\tA\n' > other/actors/organisations-more.tsv
$D lexicon check other
echo "exit $?"
$D actors show Kremlin -l other
mkdir -p empty; $D actors show Kremlin -l empty
$D actors show Kremlin -l nowhere
$D lexicon check empty
$D lexicon diff over
