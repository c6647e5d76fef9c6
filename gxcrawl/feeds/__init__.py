"""Alerts about organs as Atom feeds, for whoever wants to follow an area or an organ."""
