$D --help
$D code --help
