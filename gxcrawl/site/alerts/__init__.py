"""Alerts: what is told about organs and about the crawl, why, since when, and on what it rests."""
