"""What is crawled and how: one module per family of portal software, and the portals as data beside them.

Spiders import gxcrawl by its full name and each other relatively; nothing in gxcrawl imports them.
"""
