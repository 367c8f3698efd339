# The first screen of README.md is what the program says today.
sed -n 's/^> \{0,1\}//p' "$ROOT/README.md" > story.txt
$D code --format table --date 2019-03-04 story.txt | sed -n '2,$s/ *$//p' | sed '/^$/d' > now.txt
sed -n '/^becomes$/,/^and, as JSON/s/^    //p' "$ROOT/README.md" | sed 's/ *$//' > said.txt
diff said.txt now.txt && wc -l < now.txt
