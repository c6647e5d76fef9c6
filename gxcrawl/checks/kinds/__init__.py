"""The kinds of checks, one file for each family; table.py lists them."""
