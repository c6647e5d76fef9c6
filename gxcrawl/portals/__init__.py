"""Portals as data: what an entry may say, and whether it does."""
