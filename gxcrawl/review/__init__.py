"""The check over the database: duties, checks between reports and alerts, where something changed."""

from gxcrawl.review.engine import Outcome, check

__all__ = ["Outcome", "check"]
