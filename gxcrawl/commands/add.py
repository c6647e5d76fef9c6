"""`gxcrawl add`: takes in a report that somebody saved by hand."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from gxcrawl.commands.database import opened
from gxcrawl.commands.options import archive_of, archive_option, database_option, today_option
from gxcrawl.console import Console

if TYPE_CHECKING:
    from gxcrawl.intake.given import File

MOST_BYTES = 64 * 2**20  # of one file


@click.command()
@click.argument(
    "files",
    nargs=-1,
    required=True,
    metavar="FILE...",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
)
@click.option("--url", required=True, metavar="URL", help="The address of the report.")
@click.option(
    "--seen",
    required=True,
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="DATE",
    help="The day on which the report was there, such as 2026-02-03.",
)
@click.option("--organ", required=True, metavar="NAME", help="Whose report it is.")
@click.option("--year", required=True, type=click.IntRange(2008, 2100), metavar="N", help="Of which year.")
@click.option("--who", default="", metavar="NAME", help="Who saved it.")
@click.option("--origin", default="", metavar="TEXT", help="Where it is from: a mail, a blocked portal ...")
@click.option("--code", default="", metavar="CODE", help="Division code of the area, for an unknown portal.")
@today_option
@database_option
@archive_option
@click.pass_obj
def add(
    console: Console,
    files: tuple[Path, ...],
    url: str,
    seen: datetime,
    organ: str,
    year: int,
    who: str,
    origin: str,
    code: str,
    db: Path,
    archive: Path | None,
) -> None:
    """Takes in a report from FILE: saved by hand from a portal that blocks us, or come by mail.

    The first FILE is the report, further ones are kept as its attachments. The bytes go into the archive with
    who saved them, when and where from. It proves that the report was there on that day, and nothing about
    other reports.

    \b
    Example:
      gxcrawl add report.html --url http://www.example.gov.cn/a/2025.html --seen 2026-02-03 \\
        --organ 示例县财政局 --year 2025 --who 张三 --code 990101

    Exit code 1: it is no report, or that of another organ or year.
    """
    from gxcrawl.intake.deposit import add as take
    from gxcrawl.intake.given import Given, RefusedError

    given = Given(url, seen.date(), organ.strip(), year, who, origin)
    loaded = [_load(path) for path in files]
    with opened(db, make=True) as store:
        try:
            taken = take(store, archive_of(db, archive), loaded, given, code)
        except RefusedError as error:
            raise click.ClickException(str(error)) from error
        except OSError as error:
            why = error.strerror or error
            raise click.ClickException(f"the archive cannot be written: {why}") from error
    state = "it was there already" if taken.again else f"{taken.new} new, {taken.changed} changed"
    console.result(f"{taken.run}: {state}")


def _load(path: Path) -> File:
    from gxcrawl.intake.given import File

    try:
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise click.ClickException(f"{path}: it cannot be read: {error.strerror or error}") from error
    if len(data) > MOST_BYTES:
        raise click.ClickException(
            f"{path}: it is larger than {MOST_BYTES // 2**20} MB; no report is that large"
        )
    return File(path.name, data)
