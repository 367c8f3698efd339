for i in 1 2 3 4 5 6 7 8 9; do cp "$ROOT"/examples/*.txt . ; done
($D code --format record . . . . . . . . ; echo "exit $?" >&2) | head -c 1 | wc -c
