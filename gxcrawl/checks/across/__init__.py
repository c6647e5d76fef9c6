"""Checks that need more than one report: other years, other organs, and how a report was published."""
