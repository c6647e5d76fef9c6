"""How the portals are: when each was last read well, what went wrong, what to do."""
