"""Options that several verbs have, each written once."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from gxcrawl import clock

if TYPE_CHECKING:
    from gxcrawl.duties.deadlines import Rule

database_option = click.option(
    "--db",
    type=click.Path(dir_okay=False, path_type=Path),
    default=Path("gxcrawl.db"),
    show_default=True,
    metavar="FILE",
    help="The database.",
)

portals_option = click.option(
    "--portals",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    multiple=True,
    metavar="FILE",
    help="A file with portals of your own; may be given several times.",
)

archive_option = click.option(
    "--archive",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="FOLDER",
    help="Where the archive is; by default beside the database.",
)


def _pretend(_: click.Context, __: click.Parameter, day: datetime | None) -> None:
    """From here on it is that day, for this process and for those that it starts."""
    if day is None:
        return
    if day.year not in clock.YEARS:
        raise click.BadParameter(f"{day.date()} is of no year of reports; give one such as 2026-02-01")
    clock.pretend(day.date())


today_option = click.option(
    "--today",
    type=click.DateTime(["%Y-%m-%d"]),
    callback=_pretend,
    expose_value=False,
    metavar="DATE",
    help="Take this day for today, such as 2026-02-01.",
)

deadlines_option = click.option(
    "--deadlines",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Deadlines of your own; by default deadlines.toml beside the database, if it is there.",
)

receivers_option = click.option(
    "--receivers",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Who is told; by default receivers.toml beside the database, if it is there.",
)


def archive_of(db: Path, given: Path | None) -> Path:
    """The folder of the archive that belongs to a database."""
    return given or db.with_name(f"{db.stem}-archive")


def deadlines_of(db: Path, given: Path | None) -> tuple[Rule, ...]:
    """The deadlines of the user's own; a faulty file is wrong usage."""
    from gxcrawl.duties.deadlines import DeadlinesError, local_rules

    try:
        return local_rules(db, given)
    except DeadlinesError as error:
        raise click.UsageError(str(error)) from error
