"""What can happen to an organ. The years on both sides of it are not compared."""

EVENTS = ("renamed", "merged", "split", "abolished")
