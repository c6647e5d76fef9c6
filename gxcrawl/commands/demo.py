"""`gxcrawl demo`: sample portals are crawled, read and stored, and the result is held against the truth."""

from __future__ import annotations

import tempfile
from contextlib import ExitStack, closing
from pathlib import Path

import click

from gxcrawl.commands.samples import writing_to
from gxcrawl.console import Console

DATABASE, PORTALS = "gxcrawl.db", "portals.toml"
MOST = 20  # faults that are told one by one


@click.command()
@click.option("--once", is_flag=True, help="Leave when the results are printed.")
@click.option(
    "--keep",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="FOLDER",
    help="Leave the database and the archive in this folder.",
)
@click.pass_obj
def demo(console: Console, once: bool, keep: Path | None) -> None:
    """Crawls sample portals on this machine, prints what was found and whether it is true, serves the pages.

    Portals of every family, filled with the reports of invented counties, are served on 127.0.0.1; two of
    them fail on purpose. In February they are crawled, the reports read, stored and checked; in spring once
    more. The database is held against what is truly on the portals: every number, who is missing or late,
    what does not fit between the years. Then its pages are served until Ctrl-C. No internet is needed.

    \b
    Examples:
      gxcrawl demo
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
            _serve(console, folder / DATABASE)
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


def _serve(console: Console, database: Path) -> None:
    """On the usual port, or where another program has it on a free one, and on the last day of the story."""
    from gxcrawl import clock
    from gxcrawl.commands.serve import HOST, PORT
    from gxcrawl.demo.portals import LATER
    from gxcrawl.serving.listening import AddressError, InUseError, listen
    from gxcrawl.serving.running import run
    from gxcrawl.serving.setting import SettingError, datasette_over

    clock.pretend(LATER)
    try:
        try:
            listening = listen(HOST, PORT)
        except InUseError:
            listening = listen(HOST, 0)
        with listening:
            run(datasette_over(database), listening, console, HOST)
    except (AddressError, SettingError) as error:
        raise click.ClickException(str(error)) from error
