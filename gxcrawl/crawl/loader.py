"""`scrapy list` shows portals: each is the one spider, bound to an entry and to its family."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

from scrapy import Request, Spider
from scrapy.settings import BaseSettings
from scrapy.utils.misc import walk_modules_iter

from gxcrawl.crawl.guard import GuardedResolver
from gxcrawl.pages.address import allowed
from gxcrawl.portals import Portal, load_portals, portals
from gxcrawl.settings import PORTALS_VARIABLE, SPIDER_MODULES


@cache
def families() -> Mapping[str, Any]:
    """One instance of every family of the folder of spiders, by name. They share no state."""
    base: Any = import_module(f"{SPIDER_MODULES[0]}.base").Family
    values = [value for module in walk_modules_iter(SPIDER_MODULES[0]) for value in vars(module).values()]
    kinds: list[Any] = [value for value in values if isinstance(value, type) and issubclass(value, base)]
    return {kind.name: kind() for kind in kinds if kind.name}


def all_portals(extra: tuple[Path, ...]) -> Mapping[str, Portal]:
    known = {name: family.options for name, family in families().items()}
    return portals(extra, families=known)


def own_portals(files: tuple[Path, ...]) -> Sequence[Portal]:
    """The portals of these files alone."""
    known = {name: family.options for name, family in families().items()}
    return list(load_portals(files, known).values())


def extra_files() -> tuple[Path, ...]:
    """The user's own files of portals. `gxcrawl --portals` sets the variable; with scrapy alone people do."""
    return tuple(Path(name) for name in os.environ.get(PORTALS_VARIABLE, "").split(os.pathsep) if name)


class PortalLoader:
    """Scrapy's way to spiders (SPIDER_LOADER_CLASS)."""

    def __init__(self, entries: Mapping[str, Portal]) -> None:
        self.entries = entries

    @classmethod
    def from_settings(cls, settings: BaseSettings) -> PortalLoader:  # noqa: ARG003
        return cls(all_portals(extra_files()))

    def load(self, spider_name: str) -> type[Spider]:
        return spider_class(self.entries[spider_name])

    def find_by_request(self, request: Request) -> list[str]:
        return [name for name, portal in self.entries.items() if allowed(request.url, portal.hosts)]

    def list(self) -> list[str]:
        return sorted(self.entries)


def spider_class(portal: Portal) -> type[Spider]:
    base = import_module(f"{SPIDER_MODULES[0]}.spider").PortalSpider
    GuardedResolver.allow(portal.hosts)
    bound: type[Spider] = type(
        "".join(part.title() for part in portal.id.replace("-", "_").split("_")) + "Spider",
        (base,),
        {
            "name": portal.id,
            "portal": portal,
            "family": families()[portal.family],
            "custom_settings": {"DOWNLOAD_DELAY": portal.delay, "DOWNLOAD_TIMEOUT": portal.timeout},
        },
    )
    return bound
