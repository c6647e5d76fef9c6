"""One finding: what was checked, what is printed, and the evidence down to the archived page."""
