$D code --formt table
