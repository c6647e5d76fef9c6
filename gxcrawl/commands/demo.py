"""`gxcrawl demo`: sample portals are crawled, read and stored, and the result is held against the truth."""

from __future__ import annotations

import shlex
import tempfile
from contextlib import ExitStack, closing
from pathlib import Path

import click

from gxcrawl.commands.samples import writing_to
from gxcrawl.console import Console

DATABASE, PORTALS, METADATA = "gxcrawl.db", "portals.toml", "datasette-metadata.json"
MOST = 20  # faults that are told one by one


@click.command()
@click.option("--once", is_flag=True, help="Leave when the results are printed, and say nothing of pages.")
@click.option(
    "--keep",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="FOLDER",
    help="Leave the database and the archive in this folder.",
)
@click.pass_obj
def demo(console: Console, once: bool, keep: Path | None) -> None:
    """Crawls sample portals on this machine, and prints what was found and whether it is true.

    Portals of every family, filled with the reports of invented counties, are served on 127.0.0.1; two of
    them fail on purpose. In February they are crawled, the reports read, stored and checked; in spring once
    more. The database is held against what is truly on the portals: every number, who is missing or late,
    what does not fit between the years. No internet is needed.

    \b
    Example:
      gxcrawl demo --once --keep demo

    Exit code 1: a number is wrong, a report was missed, something was stored that is no report, or an organ
    is said to be missing or late and is not.
    """
    with ExitStack() as stack:
        folder = keep or Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="gxcrawl-demo-")))
        with writing_to(folder):
            faults = _play(console, folder)
    for fault in faults[:MOST]:
        console.error(f"! {fault}")
    if len(faults) > MOST:
        console.error(f"! … and {len(faults) - MOST} more")
    if not once:
        console.result(_pages(keep))
    if faults:
        raise SystemExit(1)


def _play(console: Console, folder: Path) -> list[str]:
    """Everything that must not be, one line for each."""
    import sqlite3

    from gxcrawl.demo import running, show
    from gxcrawl.demo.between import hold_links
    from gxcrawl.demo.duties import hold_duties
    from gxcrawl.demo.portals import LATER, SEASON, chosen
    from gxcrawl.demo.truth import hold
    from gxcrawl.samples.portals import serve
    from gxcrawl.watch.crawling import CrawlFailedError

    database, portals = folder / DATABASE, folder / PORTALS
    if database.exists():
        raise click.ClickException(f"{database} is there already; name another folder")
    replicas = chosen()
    looks, told = [], {}
    try:
        with serve(replicas, SEASON) as served:
            served.portals_file(portals)
            for day in (SEASON, LATER):
                served.today = day
                running.crawl(console, portals, database, day)
                running.check(console, database, day)
                looks.append(day)
                with closing(sqlite3.connect(database)) as connection:
                    told[day] = hold_duties(connection, replicas, looks)
    except CrawlFailedError as error:
        raise click.ClickException(str(error)) from error
    faults = [fault for one in told.values() for fault in one.faults]
    with closing(sqlite3.connect(database)) as connection:
        tally = hold(connection, {replica.id: replica for replica in replicas}, LATER)
        hold_links(connection, replicas, LATER, tally)
        for part in (
            show.portals(connection, replicas, faults),
            show.summary(connection, tally),
            (*show.duties(told), *show.alerts(connection)),
        ):
            console.result("\n".join((*part, "")))
    return faults + tally.faults


def _pages(kept: Path | None) -> str:
    """How to look at the database with Datasette."""
    beside = (Path(__file__).parents[1] / METADATA, Path(__file__).parents[2] / METADATA)
    metadata = next((path for path in beside if path.is_file()), Path(METADATA))
    command = shlex.join(["datasette", str((kept or Path("demo")) / DATABASE), "-m", str(metadata)])
    return f"\nPages to browse: {'' if kept else 'gxcrawl demo --keep demo, then '}{command}"
