"""`gxcrawl explain`: what an alert, a finding or a report rests on, down to the archived answer."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from gxcrawl.commands.database import opened
from gxcrawl.commands.options import archive_of, archive_option, database_option
from gxcrawl.console import Console

if TYPE_CHECKING:
    from gxcrawl.evidence.model import Chain
    from gxcrawl.evidence.records import Archive


@click.command()
@click.argument("subject", metavar="ALERT")
@click.argument("cells", nargs=-1, metavar="[CELL]...")
@database_option
@archive_option
@click.option(
    "--html",
    "page",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Write a page that needs nothing else: the chain, and the archived report with its cells outlined.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the chain as JSON.")
@click.pass_obj
def explain(
    console: Console,
    subject: str,
    cells: tuple[str, ...],
    db: Path,
    archive: Path | None,
    page: Path | None,
    as_json: bool,
) -> None:
    """Shows the whole chain of evidence of one ALERT (12), of one finding (F34) or of one report (R20).

    From the alert to the findings, their cells, the report, and the archived answer. That is read again, and
    its digest is held against the one that was noted when it came. The number of a report stands in the
    column `report` of an export; behind it CELLs of the report may be named, as the column `cell` has them.

    \b
    Examples:
      gxcrawl explain 12
      gxcrawl explain F34 --html evidence.html
      gxcrawl explain R20 t3.received.total

    Exit code 1: there is no such alert, finding, report or cell.
    """
    from gxcrawl.evidence.chain import UnknownError, chain_of
    from gxcrawl.evidence.model import as_object
    from gxcrawl.evidence.records import Archive
    from gxcrawl.show.jsonl import encode

    with opened(db) as store:
        shelf = Archive(store.connection, archive_of(db, archive))
        try:
            chain = chain_of(shelf, subject, cells)
        except UnknownError as error:
            raise click.ClickException(str(error)) from error
        if page:
            _write(page, chain, shelf)
    if as_json:
        console.result(encode(as_object(chain)))
    else:
        for line in _drawn(console, chain):
            console.result(line)


def _write(page: Path, chain: Chain, shelf: Archive) -> None:
    from gxcrawl.evidence.page import evidence_page

    text = evidence_page(chain, shelf)
    try:
        page.write_text(text, encoding="utf-8", errors="replace")
    except OSError as error:
        raise click.ClickException(f"{page}: it cannot be written: {error.strerror or error}") from error


def _drawn(console: Console, chain: Chain) -> Iterator[str]:
    """A program that reads it wants its lines whole; a terminal has so many columns."""
    from gxcrawl.evidence.telling import SCREEN, tell
    from gxcrawl.show.wide import painted, wrapped

    paints = {"head": "bold", "good": "green", "bad": "red"}
    for told in tell(chain, SCREEN):
        indent, paint = "  " * told.depth, paints.get(told.tone)
        columns = max(console.width - len(indent), 20)
        for line in wrapped(told.text, columns) if console.is_terminal else [told.text]:
            yield indent + (painted(line, paint, console.colours) if paint else line)
