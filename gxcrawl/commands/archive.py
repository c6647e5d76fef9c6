"""`gxcrawl archive`: what was kept of the portals' answers."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from gxcrawl.commands.crawl import chosen
from gxcrawl.commands.database import opened
from gxcrawl.commands.options import database_option, portals_option
from gxcrawl.console import Console

if TYPE_CHECKING:
    from gxcrawl.archive.verify import Verified


@click.group()
def archive() -> None:
    """Works on the archive of a crawl.

    \b
    Example:
      gxcrawl archive verify archive/
    """


@archive.command()
@click.argument(
    "folders",
    metavar="FOLDER...",
    nargs=-1,
    required=True,
    type=click.Path(exists=True, file_okay=False, path_type=Path),
)
@click.option("--json", "as_json", is_flag=True, help="Print the results as JSON.")
@click.pass_obj
def verify(console: Console, folders: tuple[Path, ...], as_json: bool) -> None:
    """Proves every record of the bundles in the FOLDERs.

    A record is whole, has the digests and lengths that it tells, and what it refers to exists. Where a
    bundle has its database, each row of it points to exactly its record. Every fault is one line, and
    any of them makes the exit code 1.

    \b
    Example:
      gxcrawl archive verify archive/acheng
    """
    from gxcrawl.archive.verify import verify as proven

    results = [proven(bundle) for folder in folders for bundle in _bundles(folder)]
    if as_json:
        console.result(json.dumps([_as_json(result) for result in results], ensure_ascii=False, indent=2))
    else:
        for result in results:
            _print(console, result)
    if any(result.faults for result in results):
        click.get_current_context().exit(1)


def _bundles(folder: Path) -> list[Path]:
    """The folders in it that hold records; itself when there are none, which then is a fault."""
    return sorted({path.parent for name in ("*.warc.gz", "bundle.db") for path in folder.rglob(name)}) or [
        folder
    ]


def _print(console: Console, result: Verified) -> None:
    faults = f"{len(result.faults)} faults" if result.faults else "no fault"
    console.result(f"{result.folder}: {result.records} records in {result.files} files, {faults}")
    for fault in result.faults:
        console.error(f"{result.folder}/{fault}")


def _as_json(result: Verified) -> dict[str, object]:
    return {
        "folder": str(result.folder),
        "files": result.files,
        "records": result.records,
        "faults": [fault._asdict() for fault in result.faults],
    }


@archive.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@portals_option
@click.pass_obj
def replay(console: Console, folder: Path, portals: tuple[Path, ...]) -> None:
    """Crawls again what the run in FOLDER saw, from the archive and without the network.

    Says which reports today's code finds, reads differently or loses. Nothing is stored.

    \b
    Example:
      gxcrawl archive replay gxcrawl-archive/acheng/acheng-20260131T020000000000

    Exit code 1: a report was lost.
    """
    from gxcrawl.bundle.bundle import Bundle, BundleError
    from gxcrawl.crawl.replay import replay as crawl_again

    try:
        bundle = Bundle.open(folder)
    except BundleError as error:
        raise click.UsageError(str(error)) from error
    name = bundle.run["portal"]
    bundle.close()
    [entry] = chosen((name,), portals)
    result = crawl_again(entry, folder)
    for what, addresses in (("added", result.added), ("changed", result.changed), ("lost", result.lost)):
        for address in addresses:
            console.result(f"{what}: {address}")
    counts = f"{len(result.added)} added, {len(result.changed)} changed, {len(result.lost)} lost"
    console.result(f"{name}: {result.same} reports as they were, {counts}")
    if result.lost:
        raise SystemExit(1)


@archive.command()
@click.argument(
    "folders",
    metavar="FOLDER...",
    nargs=-1,
    required=True,
    type=click.Path(exists=True, file_okay=False, path_type=Path),
)
@database_option
@click.pass_obj
def take(console: Console, folders: tuple[Path, ...], db: Path) -> None:
    """Takes the finished runs in the FOLDERs into the database.

    This brings home what was crawled on another machine: copy the folders of its runs into the archive beside
    the database, then take them in. A run that is in the database already is left as it is.

    \b
    Example:
      gxcrawl archive take gxcrawl-archive/acheng/acheng-*
    """
    from gxcrawl.store import take_in

    with opened(db, make=True) as store:
        for folder in folders:
            taken = take_in(store, folder)
            state = "in the database already" if taken.again else f"{taken.new} new, {taken.changed} changed"
            console.result(f"{taken.run}: {state}")
