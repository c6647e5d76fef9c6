"""The kinds of checks between reports, one function for each kind."""
