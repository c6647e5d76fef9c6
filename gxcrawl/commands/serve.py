"""`gxcrawl serve`: the pages over a database, for browsers."""

from __future__ import annotations

from pathlib import Path

import click

from gxcrawl.commands.database import check_as_it_is, opened
from gxcrawl.commands.options import archive_option, database_option, today_option
from gxcrawl.console import Console

HOST, PORT = "127.0.0.1", 8001


@click.command()
@database_option
@archive_option
@click.option(
    "--host",
    default=HOST,
    show_default=True,
    metavar="ADDRESS",
    help="Where to listen; 0.0.0.0 is every address of this machine.",
)
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=PORT,
    show_default=True,
    metavar="N",
    help="0 takes a free one.",
)
@click.option(
    "--immutable",
    is_flag=True,
    help="The file does not change meanwhile: it is never written, and nobody can decide anything.",
)
@today_option
@click.pass_obj
def serve(console: Console, db: Path, archive: Path | None, host: str, port: int, immutable: bool) -> None:
    """Serves the pages of a database until Ctrl-C: Datasette with the pages of gxcrawl in it.

    Everybody who reaches the address may read everything. With the hash of a password in the environment
    (GXCRAWL_PASSWORD_HASH, see docs/site.md) somebody can sign in, and decide about alerts and findings.

    \b
    Examples:
      gxcrawl serve
      gxcrawl serve --db demo/gxcrawl.db --port 8080

    Exit code 1: the port is in use, or the database cannot be served.
    """
    from gxcrawl.serving.listening import AddressError, listen
    from gxcrawl.serving.running import run
    from gxcrawl.serving.setting import SettingError, datasette_over

    if immutable:
        check_as_it_is(db)
    else:
        with opened(db):
            pass  # it is ours, and now of this version
    try:
        with listen(host, port) as listening:
            datasette = datasette_over(db, archive=archive, immutable=immutable)
            run(datasette, listening, console, host)
    except (AddressError, SettingError) as error:
        raise click.ClickException(str(error)) from error
