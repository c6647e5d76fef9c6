"""`gxcrawl alerts send` and `feed`: how alerts come to people."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from gxcrawl.commands.database import opened
from gxcrawl.commands.options import database_option, receivers_option, today_option
from gxcrawl.console import Console

if TYPE_CHECKING:
    import sqlite3

    from gxcrawl.notify.receivers import Receiver
    from gxcrawl.store import Store

RECEIVERS = "receivers.toml"


@click.command()
@receivers_option
@click.option("--dry-run", is_flag=True, help="Only show what would be sent to whom.")
@today_option
@database_option
@click.pass_obj
def send(console: Console, receivers: Path | None, dry_run: bool, db: Path) -> None:
    """Tells the receivers what is new. What does not arrive is tried again the next time.

    \b
    Example:
      gxcrawl alerts send --dry-run

    Exit code 1: somebody could not be reached.
    """
    with opened(db) as store:
        if dry_run:
            _show(console, store, receivers_of(store.path, receivers))
        elif not deliver(console, store, receivers):
            raise SystemExit(1)


def deliver(console: Console, store: Store, receivers: Path | None) -> bool:
    """Whether everybody whose turn it was could be reached."""
    from gxcrawl.clock import now
    from gxcrawl.notify import sending

    known = receivers_of(store.path, receivers)
    if not known:
        console.note(f"gxcrawl: nobody is to be told; docs/alerts.md says how to write {RECEIVERS}")
        return True
    try:
        sent = sending.send(store, known, now())
    except sending.BusyError as error:
        console.note(f"gxcrawl: {error}")
        return True
    for one in sent:
        if one.reason:
            console.error(f"gxcrawl: {one.receiver}: not delivered: {one.reason}; it is tried again later")
        else:
            console.note(f"{one.receiver}: {one.alerts} alerts in one message")
    return not any(one.reason for one in sent)


def receivers_of(db: Path, given: Path | None) -> tuple[Receiver, ...]:
    from gxcrawl.notify.receivers import ReceiversError, load_receivers

    path = given or db.with_name(RECEIVERS)
    if not path.is_file():
        return ()
    try:
        return load_receivers(path)
    except ReceiversError as error:
        raise click.UsageError(str(error)) from error


def _show(console: Console, store: Store, receivers: tuple[Receiver, ...]) -> None:
    from gxcrawl.clock import now
    from gxcrawl.notify.letter import body_of
    from gxcrawl.notify.rules import rules
    from gxcrawl.notify.sending import preview

    parcels = preview(store, receivers, now())
    for parcel in parcels:
        console.result(f"{parcel.receiver.name}: {parcel.letter.title}")
        console.result(body_of(parcel.letter, rules().longest_body))
    number = len({parcel.receiver.name for parcel in parcels})
    console.note(f"gxcrawl: nothing was sent; {number} of {len(receivers)} receivers have something to get")


@click.command()
@click.option("--area", metavar="CODE", help="The alerts of this area; 230100 is the whole city.")
@click.option("--organ", metavar="KEY", help="The alerts of this organ.")
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="FOLDER",
    help="Write a feed for every area and organ into this folder, and an index.html.",
)
@database_option
@click.pass_obj
def feed(console: Console, area: str | None, organ: str | None, out: Path | None, db: Path) -> None:
    """Prints an Atom feed of the alerts about organs, or writes all of them into a folder.

    \b
    Examples:
      gxcrawl alerts feed --area 230100 > harbin.atom
      gxcrawl alerts feed --out feeds
    """
    if sum(given is not None for given in (area, organ, out)) > 1:
        raise click.UsageError("--area, --organ and --out exclude each other; give one of them, or none")
    with opened(db) as store:
        if out:
            _write(console, store.connection, out)
        else:
            console.result(_one(store.connection, area, organ))


def _write(console: Console, connection: sqlite3.Connection, folder: Path) -> None:
    from gxcrawl.feeds.folder import write_feeds

    try:
        number = write_feeds(connection, folder)
    except OSError as error:
        raise click.ClickException(f"{folder}: {error.strerror}; name another folder") from error
    console.note(f"{number} feeds in {folder}")


def _one(connection: sqlite3.Connection, area: str | None, organ: str | None) -> str:
    from gxcrawl.feeds.alerts import feed_of_all, feed_of_area, feed_of_organ
    from gxcrawl.feeds.atom import written

    if area:
        found = feed_of_area(connection, area)
    elif organ:
        found = feed_of_organ(connection, organ)
    else:
        found = feed_of_all(connection)
    return written(found).decode().rstrip()
