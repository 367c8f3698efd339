printf 'It rained.\n' | $D code --format csv | tr -d '\r'
