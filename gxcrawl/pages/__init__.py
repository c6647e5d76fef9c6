"""What web pages tell: addresses, lists, pagers, metas, refusals. Pure functions over a page."""
