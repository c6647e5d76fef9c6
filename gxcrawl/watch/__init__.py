"""One whole cycle: crawl, read, store, check, alert, deliver."""
