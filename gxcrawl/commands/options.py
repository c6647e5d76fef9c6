"""Options that several verbs have, each written once."""

from __future__ import annotations

from pathlib import Path

import click

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
