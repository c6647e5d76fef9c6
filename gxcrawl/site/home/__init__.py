"""The first page: what is watched, what has changed, how much time is left, how fresh the data are."""
