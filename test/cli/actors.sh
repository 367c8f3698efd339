$D actors show Emmanuel Macron --on 2016-05-01
$D actors show Macron --on 2020-06-26 --format jsonl | head -n 1
$D actors show "Angela Merkel" --on 2023-01-01
$D actors show "Angela Merkel" --on 2099-01-01 | cut -f 6
$D actors show "Emmanuel Macron" --on 2099-01-01 | cut -f 6
$D actors find lavrov --on 2010-01-01
$D actors show Kremlin
$D actors show "Nobody Whatsoever"
$D actors show Macron --on Friday
$D actors show Macron --format csv
