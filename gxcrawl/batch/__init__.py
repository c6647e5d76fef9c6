"""Many files in one call: which they are, and reading them one by one or side by side, in order."""
