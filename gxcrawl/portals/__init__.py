"""Portals as data: what an entry may say, and whether it does."""

from gxcrawl.portals.entry import Families
from gxcrawl.portals.faults import PortalsError
from gxcrawl.portals.load import load_portals
from gxcrawl.portals.model import Column, Portal
from gxcrawl.portals.shipped import portals, shipped_files
from gxcrawl.portals.write import entry_text

__all__ = [
    "Column",
    "Families",
    "Portal",
    "PortalsError",
    "entry_text",
    "load_portals",
    "portals",
    "shipped_files",
]
