"""`gxcrawl watch`: one whole cycle, or one after the other."""

from __future__ import annotations

import time
from collections.abc import Sequence
from contextlib import closing
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from gxcrawl.commands.options import (
    archive_option,
    database_option,
    deadlines_of,
    deadlines_option,
    portals_option,
    receivers_option,
    today_option,
)
from gxcrawl.console import Console

if TYPE_CHECKING:
    import sqlite3

    from gxcrawl.store import Store
    from gxcrawl.watch.cycle import Places, Steps

NAP = 600.0  # seconds; in between what waits to be delivered is tried again


@click.command()
@click.argument("names", nargs=-1, metavar="[PORTAL]...")
@portals_option
@database_option
@archive_option
@deadlines_option
@receivers_option
@today_option
@click.option("--every", metavar="TIME", help="Go on: a cycle every 90m, 6h, 2d, or `season`.")
@click.option("--when-due", is_flag=True, help="Leave at once when no cycle is due by the calendar.")
@click.option("--wait", is_flag=True, help="Wait for another watch on this database instead of leaving.")
@click.pass_obj
def watch(
    console: Console,
    names: tuple[str, ...],
    portals: tuple[Path, ...],
    db: Path,
    archive: Path | None,
    deadlines: Path | None,
    receivers: Path | None,
    every: str | None,
    when_due: bool,
    wait: bool,
) -> None:
    """One cycle: crawls PORTALs, reads, stores, judges, alerts and delivers. Safe to start from cron.

    Without a PORTAL all of the files given with --portals are crawled, or portals.toml beside the database
    if it is there, or else all portals that come with gxcrawl.

    \b
    Examples:
      gxcrawl watch acheng
      gxcrawl watch --portals mine.toml --when-due
      gxcrawl watch --every season

    Exit code 1: a portal was not healthy, or a receiver could not be reached.
    """
    from gxcrawl.watch.cycle import Places, interval

    try:
        pause = interval(every) if every else None
    except ValueError as error:
        raise click.UsageError(f"--every: {error}") from error
    places = Places(db, deadlines, receivers)
    lock = _alone(db, wait=wait)
    if lock is None:
        console.note(f"gxcrawl: another watch is at work on {db}; this one leaves")
        return
    with closing(lock):
        steps = _steps(console, places, names, portals, archive)
        if when_due and _due_in(places, None) > 0:
            console.note("gxcrawl: no cycle is due yet")
            return
        fine = _cycle(console, places, steps)
        while every:
            _rest(console, places, steps, fine, pause)
            fine = _cycle(console, places, steps)
    if not fine:
        raise SystemExit(1)


def _alone(db: Path, *, wait: bool) -> sqlite3.Connection | None:
    """The right to watch this database; None when another process has it."""
    import sqlite3

    from gxcrawl.lock import hold

    try:
        while (lock := hold(db.with_name(f"{db.name}.watch"))) is None and wait:
            time.sleep(1)
    except sqlite3.Error as error:
        raise click.ClickException(
            f"{db.parent}: cannot be written ({error}); correct its rights or name another file with --db"
        ) from error
    return lock


def _steps(
    console: Console, places: Places, names: Sequence[str], portals: Sequence[Path], archive: Path | None
) -> Steps:
    """A wrong name, entry, deadline or receiver is said before anything begins."""
    from gxcrawl import clock
    from gxcrawl.commands.check import tell
    from gxcrawl.commands.crawl import chosen
    from gxcrawl.commands.telling import deliver, receivers_of
    from gxcrawl.review import check
    from gxcrawl.watch.crawling import run_crawl
    from gxcrawl.watch.cycle import Steps, words_of

    chosen(names, portals, places.database)
    receivers_of(places.database, places.receivers)
    rules = deadlines_of(places.database, places.deadlines)

    def crawl() -> bool:
        done = run_crawl(console, words_of(names, portals, places, archive))
        console.note(done.said)
        return done.healthy

    def judge(store: Store) -> bool:
        tell(console, check(store, clock.today(), local_rules=rules))
        return True

    return Steps(crawl, judge, lambda store: deliver(console, store, places.receivers))


def _cycle(console: Console, places: Places, steps: Steps) -> bool:
    from gxcrawl import clock
    from gxcrawl.watch.cycle import cycle

    console.result(f"{clock.now().astimezone(clock.BEIJING):%Y-%m-%d %H:%M} gxcrawl watch")
    return cycle(places, steps, lambda fault: console.error(f"gxcrawl: {fault}"))


def _due_in(places: Places, every: timedelta | None) -> float:
    """Seconds until the next cycle; 0 or less: now."""
    from gxcrawl import clock
    from gxcrawl.store import StoreError, open_store
    from gxcrawl.watch.cycle import due_at

    if not places.database.is_file():
        return 0
    try:
        with open_store(places.database) as store:
            return (due_at(store, every) - clock.now()).total_seconds()
    except StoreError:
        return 0  # the cycle itself will say what is wrong


def _rest(console: Console, places: Places, steps: Steps, fine: bool, every: timedelta | None) -> None:
    """Until the next cycle is due, but at least a nap after a failed one. Deliveries do not wait for that."""
    from gxcrawl.store import StoreError, open_store
    from gxcrawl.watch.cycle import attempt

    def tell(fault: str) -> None:
        console.error(f"gxcrawl: {fault}")

    least = time.monotonic() + (0.0 if fine else NAP)
    while (left := max(_due_in(places, every), least - time.monotonic())) > 0:
        time.sleep(min(left, NAP))
        try:
            with open_store(places.database) as store:
                attempt(partial(steps.deliver, store), tell)
        except StoreError as error:
            tell(str(error))
