"""Who owes which report by when, and what became of it."""

from gxcrawl.duties.deadlines import deadline, local_rules, read_rules, shipped_rules
from gxcrawl.duties.season import running_year
from gxcrawl.duties.status import decide

__all__ = ["deadline", "decide", "local_rules", "read_rules", "running_year", "shipped_rules"]
