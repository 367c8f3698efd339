$D code --model absent.dmm story.txt
