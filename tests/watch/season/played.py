"""A season, played day by day in this process: runs are taken in, the watch checks, what it says is noted."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from datetime import date
from pathlib import Path
from typing import NamedTuple

from click.testing import CliRunner

from gxcrawl import clock
from gxcrawl.cli import main
from gxcrawl.review import check
from gxcrawl.store import Store, brief, last_good_run, open_store, take_in
from tests.watch.season.made import make_bundle
from tests.watch.season.story import Failure, commands, portals
from tests.watch.season.truth import Open, Subject, organs

CITY = "示例市"  # a candidate may be called with it or without
OPEN = ("open", "acknowledged")
TOLD = ("opened", "closed", "reopened", "held", "resumed")
ALERTS = """
SELECT id, kind, organ, year, portal, state FROM alerts
WHERE stream = 'organ' AND (severity <> 'info' OR kind = 'portal-summary') OR kind = 'portal-unhealthy'
"""


class Said(NamedTuple):
    """What the database says when a day is over. Alerts of mere interest are left out."""

    statuses: Mapping[Subject, tuple[str, int | None]]
    open: Open
    events: tuple[tuple[str, str, Subject], ...]  # what, kind, subject


class Season:
    """A played season: what was said on each day, and the database as it was when that day was over."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.said: dict[date, Said] = {}

    def database(self, day: date) -> Path:
        return self.folder / f"{day}.db"


@contextmanager
def pretending(day: date) -> Iterator[None]:
    clock.pretend(day)
    try:
        yield
    finally:
        clock.pretend(None)


def play(
    folder: Path, start: Path, days: Sequence[date], failures: Iterable[Failure], *, keep: bool
) -> Season:
    """`start`: the database to go on with; `keep`: a copy of it for each day."""
    folder.mkdir(parents=True, exist_ok=True)
    season, database = Season(folder), folder / "season.db"
    shutil.copy(start, database)
    with open_store(database) as store:
        for day in days:
            before = _last_event(store)
            with pretending(day):
                for words in commands(day):
                    say(database, *words)
                crawl(store, folder / "archive", day, failures)
                check(store, day)
            season.said[day] = said(store.connection, before)
            if keep:
                store.connection.execute("VACUUM INTO ?", (str(season.database(day)),))
    return season


def crawl(store: Store, archive: Path, day: date, failures: Iterable[Failure]) -> None:
    """What a crawl of all portals would have left and stored on that day."""
    failing = {failure.portal: failure.kind for failure in failures if failure.on(day)}
    for portal in portals():
        known = {page.key: page.sha256 for page in brief(store, portal)}
        last = last_good_run(store, portal)
        rows = last.listed if last else None
        take_in(store, make_bundle(archive, portal, day, failing.get(portal, ""), known, rows))


def said(connection: sqlite3.Connection, since: int) -> Said:
    """`since`: the last event of an alert that was told before."""
    names = names_of(connection)
    duties = connection.execute("SELECT organ, year, status, days FROM duties").fetchall()
    alerts = {
        number: (kind, (names[organ], year or 0) if organ else (portal or "", 0), state)
        for number, kind, organ, year, portal, state in connection.execute(ALERTS).fetchall()
    }
    events = connection.execute("SELECT alert, what FROM alert_events WHERE id > ? ORDER BY id", (since,))
    told = [(what, *alerts[alert][:2]) for alert, what in events.fetchall() if alert in alerts]
    return Said(
        {(names[organ], year): (status, days) for organ, year, status, days in duties},
        frozenset((kind, subject) for kind, subject, state in alerts.values() if state in OPEN),
        tuple(event for event in told if event[0] in TOLD),
    )


def names_of(connection: sqlite3.Connection) -> dict[str, str]:
    """Key of an organ -> its name in the table of truth, or that in the database."""
    names = connection.execute("SELECT key, name FROM organs").fetchall()
    return {key: name if name in organs() else name.removeprefix(CITY) for key, name in names}


def _last_event(store: Store) -> int:
    return int(store.connection.execute("SELECT coalesce(max(id), 0) FROM alert_events").fetchone()[0])


def say(database: Path, *words: str) -> None:
    """One command about the registry."""
    done = CliRunner().invoke(main, [*words, "--db", str(database)])
    assert done.exit_code == 0, done.output


def new_database(path: Path, registry: Path) -> Path:
    """Empty but for the registry."""
    say(path, "organ", "import", str(registry))
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return path
