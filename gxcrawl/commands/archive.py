"""`gxcrawl archive`: what was kept of the portals' answers."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

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
