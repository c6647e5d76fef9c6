"""The portals that come with gxcrawl, and those that a user adds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path

from gxcrawl.portals.entry import Families
from gxcrawl.portals.faults import PortalsError
from gxcrawl.portals.load import load_portals
from gxcrawl.portals.model import Portal
from gxcrawl.settings import SPIDER_MODULES

FOLDER = "portals"


def shipped_files() -> list[Path]:
    """One file for each province. They lie beside the spiders, wherever those are installed."""
    spec = find_spec(SPIDER_MODULES[0])
    for place in (spec and spec.submodule_search_locations) or ():
        if files := sorted((Path(place) / FOLDER).glob("*.toml")):
            return files
    raise PortalsError(f"{SPIDER_MODULES[0]}/{FOLDER}: there is no file of portals; install gxcrawl again.")


def portals(extra: Sequence[Path] = (), *, families: Families) -> Mapping[str, Portal]:
    """All portals by id: the shipped ones first, then those of the user's own files."""
    shipped = shipped_files()
    return load_portals([*shipped, *extra], families, public=shipped)
