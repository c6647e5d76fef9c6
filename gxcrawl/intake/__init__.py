"""What a person brings: reports saved by hand, and drafts to be checked before they are published."""
