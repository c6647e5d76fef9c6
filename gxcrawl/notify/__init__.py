"""Tells people: which events go to whom, in one message, and whether it reached them."""
