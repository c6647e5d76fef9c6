"""The verbs of the command, one module each. Heavy libraries are imported when a verb runs, not before."""
