"""What the screens about processes show: versions, steps and findings, in the words of people."""
