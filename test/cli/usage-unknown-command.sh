$D cod story.txt
