"""One organ and year: why a report is there, late, missing or unknown, and what shows it."""
