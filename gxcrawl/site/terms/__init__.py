"""What the words of the pages mean, and every check in one sentence."""
