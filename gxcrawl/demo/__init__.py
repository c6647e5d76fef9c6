"""The demo: sample portals are served, crawled as users crawl, and held against what is truly on them."""
