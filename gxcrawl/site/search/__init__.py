"""Search in the sections of reports, for words of two characters and more."""
