"""Who must report: areas and their codes, kinds of organs, and what a name means where it is met. Pure."""
