"""A run once more, from the archive alone: does today's code find in it what was found then?"""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from gxcrawl.bundle.bundle import FILE, Bundle
from gxcrawl.crawl.runner import Crawled, Runner, project_settings
from gxcrawl.portals.model import Portal


class Replayed(NamedTuple):
    """Addresses of report pages."""

    same: int
    added: tuple[str, ...]
    changed: tuple[str, ...]
    lost: tuple[str, ...]


def replay(portal: Portal, folder: Path) -> Replayed:
    """Crawl the portal with the answers that this run and earlier ones archived; nothing of it is kept."""
    older = [
        path.parent for path in sorted(folder.parent.glob(f"*/{FILE}")) if path.parent.name <= folder.name
    ]
    with tempfile.TemporaryDirectory(prefix="gxcrawl-replay-") as scratch:
        settings = project_settings(
            GXCRAWL_DB=f"{scratch}/replay.db",
            GXCRAWL_ARCHIVE=f"{scratch}/archive",
            GXCRAWL_REPLAY=[str(path) for path in older],
            LOG_LEVEL="ERROR",
        )
        done: list[Crawled] = []
        Runner(settings, done.append).crawl([portal])
        if not done or done[0].run is None or done[0].reason:
            raise RuntimeError(f"{portal.id}: {done[0].reason if done else 'the replay was stopped'}")
        return _compared(_found(folder), _found(done[0].run.bundle.folder))


def _found(folder: Path) -> Mapping[str, str]:
    """The report pages that a run's lists showed, each with what was read from it, if it was."""
    bundle = Bundle.open(folder)
    try:
        rows = bundle.all(
            "SELECT listed.key, coalesce(content_sha256, '') AS content FROM listed"
            " LEFT JOIN reports USING (key) WHERE judgement = 'wanted'"
        )
        return {row["key"]: row["content"] for row in rows}
    finally:
        bundle.close()


def _compared(then: Mapping[str, str], now: Mapping[str, str]) -> Replayed:
    both = then.keys() & now.keys()
    changed = {key for key in both if then[key] and now[key] != then[key]}
    return Replayed(
        len(both) - len(changed),
        tuple(sorted(now.keys() - then.keys())),
        tuple(sorted(changed)),
        tuple(sorted(then.keys() - now.keys())),
    )
