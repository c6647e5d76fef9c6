"""League tables of a year: shares with their uncertainty, a minimum number of cases, and what is left out."""
