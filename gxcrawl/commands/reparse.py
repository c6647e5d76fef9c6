"""`gxcrawl reparse`: reads everything again from the archive, and tells what is read otherwise now."""

from __future__ import annotations

from pathlib import Path

import click

from gxcrawl.commands.database import opened
from gxcrawl.commands.options import archive_of, archive_option, database_option
from gxcrawl.console import Console


@click.command()
@database_option
@archive_option
@click.option("--jobs", type=click.IntRange(min=1), default=1, metavar="N", help="Read in N processes.")
@click.pass_obj
def reparse(console: Console, db: Path, archive: Path | None, jobs: int) -> None:
    """Reads the archived page of every report again, without the network, and stores the new readings.

    Do this after every change of the reader, before the next crawl.

    \b
    Example:
      gxcrawl reparse --db gxcrawl.db --jobs 2

    Exit code 1: a fact that was read before is not read any more. It is named.
    """
    from gxcrawl.archive.read import read_at
    from gxcrawl.store.reparse import reparse as read_again

    root = archive_of(db, archive)

    def load(file: str, offset: int) -> tuple[bytes, dict[str, str]]:
        stored = read_at(root / file, offset)
        return stored.body, {name.lower(): value for name, value in stored.headers}

    with opened(db) as store:
        changes = read_again(store, load, jobs)
    for what, facts in (("added", changes.added), ("changed", changes.changed), ("lost", changes.lost)):
        for fact in facts:
            console.result(f"{what}: report {fact.report} {fact.fact}: {fact.before} -> {fact.now}")
    for report, why in changes.unreadable:
        console.error(f"gxcrawl: report {report}: {why}")
    counts = f"{len(changes.added)} facts added, {len(changes.changed)} changed, {len(changes.lost)} lost"
    console.result(f"{changes.read} reports read again: {counts}")
    if changes.lost or changes.unreadable:
        raise SystemExit(1)
