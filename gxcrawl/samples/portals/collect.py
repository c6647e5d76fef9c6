"""All replicas. A new one is a module with `make(seed, day)` -> its replicas, and a line here."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from . import (
    faults,
    generic,
    gkmlpt,
    jeecms,
    jpaas,
    jpage,
    lonsun,
    sanmenxia,
    traps,
    troubles,
    trs,
    ucap_sites,
    vsb,
    xxgk,
)
from .model import Replica
from .server import DEFAULT_DAY

Maker = Callable[[int, date], tuple[Replica, ...]]

MAKERS: tuple[Maker, ...] = (
    ucap_sites.make,
    jpage.make,
    jpaas.make,
    xxgk.make,
    trs.make,
    vsb.make,
    sanmenxia.make,
    gkmlpt.make,
    lonsun.make,
    jeecms.make,
    generic.make,
)
FAULT_MAKERS: tuple[Maker, ...] = (faults.make, troubles.make, traps.make)


def replicas(seed: int = 1, day: date = DEFAULT_DAY) -> tuple[Replica, ...]:
    """Every portal with the same seed; the truths about lists are those of `day`."""
    return tuple(replica for make in MAKERS for replica in make(seed, day))


def fault_replicas(seed: int = 1, day: date = DEFAULT_DAY) -> tuple[Replica, ...]:
    """Portals that something is wrong with, those that must be survived among them. They remember what
    they were asked, so each crawl needs new ones."""
    return tuple(replica for make in FAULT_MAKERS for replica in make(seed, day))
