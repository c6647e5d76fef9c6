"""Organs by years: who reported when, in letters and colours."""
