"""The shared table parser: the grids of a document and a form give cells, each with its state and place."""

from gxcrawl.tables.read import read_tables

__all__ = ["read_tables"]
