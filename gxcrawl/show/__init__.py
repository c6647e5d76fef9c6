"""How a report looks outside: one JSON object per line, or tables for people."""
