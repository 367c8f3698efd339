printf 'not a model' > bad.dmm
$D code --model bad.dmm story.txt
