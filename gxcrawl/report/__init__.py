"""Everything a report says outside its tables: who, when, what in words."""

from __future__ import annotations

from gxcrawl.report.narrative import read_narrative

__all__ = ["read_narrative"]
