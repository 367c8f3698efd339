$D --version
