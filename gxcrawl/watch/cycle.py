"""The steps of one cycle in their order, and when the next one is due."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from click import ClickException

from gxcrawl import clock
from gxcrawl.duties.season import pace
from gxcrawl.review.state import read_state, write_state
from gxcrawl.store import Store, StoreError, open_store
from gxcrawl.watch.crawling import CrawlFailedError

SEASON = "season"
_DURATION = re.compile(r"(\d{1,4})([mhd])")
_UNITS = {"m": "minutes", "h": "hours", "d": "days"}


class Places(NamedTuple):
    """Where a cycle finds its things."""

    database: Path
    deadlines: Path | None = None
    receivers: Path | None = None


class Steps(NamedTuple):
    """What a cycle does. Each step is done whatever came of those before, and says whether all was well."""

    crawl: Callable[[], bool]
    check: Callable[[Store], bool]
    deliver: Callable[[Store], bool]


def cycle(places: Places, steps: Steps, tell: Callable[[str], None]) -> bool:
    """Whether everything was as it should be; what was not is told in a line."""
    fine = attempt(steps.crawl, tell)
    try:
        with open_store(places.database) as store:
            fine &= attempt(lambda: steps.check(store), tell)
            fine &= attempt(lambda: steps.deliver(store), tell)
            with store.writing() as connection:
                write_state(connection, "cycle", clock.now().isoformat())
    except StoreError as error:
        tell(str(error))
        return False
    return fine


def attempt(step: Callable[[], bool], tell: Callable[[str], None]) -> bool:
    """A fault that can be foreseen is no reason to leave the rest undone."""
    try:
        return step()
    except (CrawlFailedError, StoreError, ClickException) as error:
        tell(error.message if isinstance(error, ClickException) else str(error))
        return False


def interval(text: str) -> timedelta | None:
    """The time between two cycles: 90m, 6h, 2d; None for what the calendar says."""
    if text == SEASON:
        return None
    found = _DURATION.fullmatch(text)
    if found is None or not int(found[1]):
        raise ValueError(f"{text!r} is no duration; write 90m, 6h, 2d, or {SEASON}")
    return timedelta(**{_UNITS[found[2]]: int(found[1])})


def due_at(store: Store, every: timedelta | None) -> datetime:
    """When the next cycle is due: now, where there was none yet."""
    last = read_state(store.connection, "cycle")
    return datetime.fromisoformat(last) + (every or pace(clock.today())) if last else clock.now()


def words_of(
    names: Sequence[str], portals: Sequence[Path], places: Places, archive: Path | None
) -> list[str]:
    """What a crawl is told."""
    words = [*names, "--db", str(places.database)]
    words += [word for path in portals for word in ("--portals", str(path))]
    return words + (["--archive", str(archive)] if archive else [])
