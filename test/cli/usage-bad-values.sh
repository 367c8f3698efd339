for words in "--format tabel" "--date yesterday" "--jobs many" "--jobs" "-x" "--conllu"; do
  $D code $words < /dev/null
  echo "$words: $?"
done
