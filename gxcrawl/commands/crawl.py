"""`gxcrawl crawl`: crawls portals, archives what they answer, reads it and stores it."""

from __future__ import annotations

import logging
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from gxcrawl.commands.options import archive_option, database_option, portals_option, today_option
from gxcrawl.console import Console
from gxcrawl.settings import CONTACT_VARIABLE

if TYPE_CHECKING:
    from gxcrawl.crawl.runner import Crawled
    from gxcrawl.portals import Portal

PORTALS = "portals.toml"  # the user's own, beside the database


@click.command()
@click.argument("names", nargs=-1, metavar="[PORTAL]...")
@portals_option
@database_option
@archive_option
@today_option
@click.option("--since", type=int, metavar="YEAR", help="Only reports of this year and later ones.")
@click.option("--full", is_flag=True, help="Ask for every known page again.")
@click.option("--dry-run", is_flag=True, help="Only show what would be asked.")
@click.pass_obj
def crawl(
    console: Console,
    names: tuple[str, ...],
    portals: tuple[Path, ...],
    db: Path,
    archive: Path | None,
    since: int | None,
    full: bool,
    dry_run: bool,
) -> None:
    """Crawls PORTALs: every answer is archived, every report read and stored.

    Without a PORTAL all of the files given with --portals are crawled. Without these it is all of
    portals.toml beside the database, and where that is not there all portals that come with gxcrawl. A run
    that was interrupted is taken up where it was.

    \b
    Examples:
      gxcrawl crawl acheng
      gxcrawl crawl --portals mine.toml --db mine.db

    Exit code 1: a portal was not healthy. What it did not show is then not missing.
    """
    entries = chosen(names, portals, db)
    changes = {
        "GXCRAWL_DB": str(db),
        "GXCRAWL_ARCHIVE": str(archive) if archive else None,
        "GXCRAWL_SINCE": since,
        "GXCRAWL_FULL": full,
        "LOG_LEVEL": "DEBUG" if console.verbose else None,
    }
    if dry_run:
        from gxcrawl.crawl.dryrun import plan

        for line in plan(entries, db, since=since, full=full):
            console.result(line)
        return
    if CONTACT_VARIABLE not in os.environ and not all(is_own_machine(entry) for entry in entries):
        console.note(
            f"gxcrawl: portals see no contact of yours; set {CONTACT_VARIABLE} to a mail address or a page"
        )
    if not crawl_all(console, entries, changes):
        raise SystemExit(1)


def is_own_machine(entry: Portal) -> bool:
    return all(host.startswith(("127.", "localhost", "[::1]")) for host in entry.hosts)


def own_files(given: Sequence[Path], db: Path | None) -> tuple[Path, ...]:
    """The user's own files of portals: those that are given, else the one beside the database."""
    beside = db.with_name(PORTALS) if db else None
    return tuple(given) or ((beside,) if beside and beside.is_file() else ())


def chosen(names: Sequence[str], given: Sequence[Path], db: Path | None = None) -> list[Portal]:
    """The entries that are meant; what is wrong with them is said in one line for each fault."""
    from gxcrawl.crawl.loader import all_portals, own_portals
    from gxcrawl.portals import PortalsError
    from gxcrawl.settings import PORTALS_VARIABLE

    files = own_files(given, db)
    try:
        known: Mapping[str, Portal] = all_portals(files)
        own = own_portals(files)
    except PortalsError as error:
        raise click.UsageError(str(error)) from error
    os.environ[PORTALS_VARIABLE] = os.pathsep.join(str(path.resolve()) for path in files)
    unknown = [name for name in names if name not in known]
    if unknown:
        raise click.UsageError(f"no portal is called {', '.join(unknown)}; `gxcrawl portal list` shows them")
    return [known[name] for name in names] or list(own or known.values())


def crawl_all(console: Console, entries: Sequence[Portal], changes: Mapping[str, object]) -> bool:
    """Whether all of them were healthy."""
    from gxcrawl.crawl.display import Display
    from gxcrawl.crawl.runner import Runner, project_settings

    settings = project_settings(**changes)
    _log_to_stderr(settings["LOG_LEVEL"], settings["LOG_FORMAT"])
    healthy = True

    def tell(crawled: Crawled) -> None:
        nonlocal healthy
        display.clear()
        healthy &= _tell(console, crawled)

    runner = Runner(settings, tell)
    with Display(runner, len(entries), shown=not console.quiet) as display:
        runner.crawl(entries)
    return healthy


def _log_to_stderr(level: str, style: str) -> None:
    """Scrapy lets its loggers say everything; the handler decides what people see."""
    handler = logging.StreamHandler()
    handler.setLevel(level)
    handler.setFormatter(logging.Formatter(style))
    logging.getLogger().addHandler(handler)


def _tell(console: Console, crawled: Crawled) -> bool:
    from gxcrawl.bundle.bundle import Bundle
    from gxcrawl.crawl.summary import summary

    if crawled.reason or crawled.run is None:
        console.error(f"gxcrawl: {crawled.portal.id}: {crawled.reason}")
    if crawled.run is None:
        return False
    bundle = Bundle.open(crawled.run.bundle.folder)
    try:
        for line in summary(bundle, every_item=console.verbose):
            console.result(line)
        return not crawled.reason and bool(bundle.run["verdict"] == "healthy")
    finally:
        bundle.close()
