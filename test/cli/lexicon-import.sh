cp "$ROOT"/test/lexicon/harbour.* .
$D lexicon import -o mine harbour.actors.txt harbour.agents.txt harbour.discards.txt
for f in actors/states actors/organisations offices/people codes/bodies words/roles words/words; do echo "== $f"; cat mine/$f-import.tsv; done
$D lexicon check mine
$D actors show "Marit Olesen" --on 2015-01-01 --lexicon mine
$D actors show "Harbour League" --on 1990-01-01 -l mine | cut -f 1-6
$D actors show "Harbour League" --on 1980-01-01 -l mine | cut -f 1-6
$D actors show "Zebulonia" -l mine
$D lexicon import absent.actors.txt
$D lexicon import -o mine absent.actors.txt
for s in 'Kenya accused Uganda of lying.' 'At the golden oar dinner Kenya accused Uganda of lying.' 'Kenya accused Uganda of lying after the Zebulon regatta.' 'Kenya accused Uganda of lying over the 1871 treaty.'; do
  printf '%s\n' "$s" > s.txt; $D code --date 2020-06-26 -l mine s.txt | grep -o '"status": "[a-z]*"' | head -n 1; echo "-"
done
$D explain -l mine 'At the golden oar dinner Kenya accused Uganda of lying.' | grep 'left out'
