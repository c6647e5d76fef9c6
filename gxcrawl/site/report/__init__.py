"""One report: its tables as the official form has them, what is wrong with them, and where they were seen."""
