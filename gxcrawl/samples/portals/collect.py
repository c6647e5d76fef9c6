"""All replicas. A new one is a module with `make(seed, day)` -> its replicas, and a line here."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from . import jpaas, jpage, ucap_sites
from .model import Replica
from .server import DEFAULT_DAY

Maker = Callable[[int, date], tuple[Replica, ...]]

MAKERS: tuple[Maker, ...] = (
    ucap_sites.make,
    jpage.make,
    jpaas.make,
)


def replicas(seed: int = 1, day: date = DEFAULT_DAY) -> tuple[Replica, ...]:
    """Every portal with the same seed; the truths about lists are those of `day`."""
    return tuple(replica for make in MAKERS for replica in make(seed, day))
