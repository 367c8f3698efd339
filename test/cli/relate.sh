printf 'sentence\tid\ttarget\tsource\nBenin condemned Mali for the raid.\t1\tMali\tBenin\n\t2\tMali\tBenin\n' | $D relate | cut -f1,2,4
printf 'no\theader\n' | $D relate
