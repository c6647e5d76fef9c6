"""`gxcrawl export`: what leaves the house, for clerks and for researchers."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import click

from gxcrawl import clock
from gxcrawl.commands.database import opened
from gxcrawl.commands.options import database_option, deadlines_of, deadlines_option, today_option
from gxcrawl.console import Console
from gxcrawl.exports import FORMATS, KINDS


def _list_of(words: tuple[str, ...]) -> Callable[[click.Context, click.Parameter, str], tuple[str, ...]]:
    """Reads words that are parted by commas."""

    def read(_: click.Context, __: click.Parameter, value: str) -> tuple[str, ...]:
        given = tuple(dict.fromkeys(word.strip() for word in value.split(",") if word.strip()))
        wrong = [word for word in given if word not in words]
        if wrong or not given:
            raise click.BadParameter(f"{', '.join(wrong) or 'nothing'} is not one of {', '.join(words)}")
        return given

    return read


@click.command()
@click.option(
    "--what",
    callback=_list_of(KINDS),
    default="panel,matrix,issues",
    show_default=True,
    metavar="LIST",
    help=f"Of {', '.join(KINDS)}. The cells are large: about 200 rows for each report.",
)
@click.option(
    "--format",
    "formats",
    callback=_list_of(FORMATS),
    default="csv",
    show_default=True,
    metavar="LIST",
    help="Of csv, xlsx, parquet, for the panel and the cells; matrix and issues are Excel, notices Word.",
)
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="FOLDER",
    help="A new folder; by default gxcrawl-export-DAY.",
)
@click.option("--area", default="", metavar="CODE", help="Only in this area; 230100 is the whole city.")
@click.option("--organ", "organs", multiple=True, metavar="KEY", help="Only this organ; may be repeated.")
@click.option(
    "--year", "years", multiple=True, type=int, metavar="N", help="Only this year; may be repeated."
)
@deadlines_option
@today_option
@database_option
@click.pass_obj
def export(
    console: Console,
    what: tuple[str, ...],
    formats: tuple[str, ...],
    out: Path | None,
    area: str,
    organs: tuple[str, ...],
    years: tuple[int, ...],
    deadlines: Path | None,
    db: Path,
) -> None:
    """Writes tables, spreadsheets and letters into a new folder.

    \b
    panel    one row for each organ, year and report, with a codebook and a datapackage.json
    cells    every number with its text, state and place
    matrix   who reported when, as Excel
    issues   the list of problems, as Excel
    notices  a letter to each organ that has problems, as Word

    \b
    Examples:
      gxcrawl export --format csv,xlsx,parquet --out data
      gxcrawl export --what issues,notices,matrix --area 990101 --year 2025
    """
    from gxcrawl.exports.run import Order
    from gxcrawl.exports.run import export as write
    from gxcrawl.exports.selection import ExportError, Selection

    target = out or Path(f"gxcrawl-export-{clock.today()}")
    order = Order(what, formats, Selection(area, organs, years), deadlines_of(db, deadlines))
    with opened(db) as store:
        try:
            written = write(store, target, order)
        except ExportError as error:
            raise click.ClickException(str(error)) from error
    for file in written:
        console.result(f"{target / file.name}: {file.number} {file.what}")
        if file.without_room:
            advice = "their digits do not fit into Parquet, where they are empty; the CSV has them"
            console.note(f"gxcrawl: {file.name}: {file.without_room} numbers are too long: {advice}")
