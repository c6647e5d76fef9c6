"""What verbs share by which people say something: who says so, and of which alerts or findings."""

from __future__ import annotations

import getpass
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from gxcrawl.commands.database import opened

if TYPE_CHECKING:
    import sqlite3

Act = Callable[["sqlite3.Connection", int], None]

who_option = click.option(
    "--who", metavar="NAME", help="Who says so; by default the user who is logged in here."
)


def for_each(db: Path, numbers: Iterable[int], act: Act) -> None:
    """All of them, or none where one is not possible."""
    from gxcrawl.decisions.deciding import NotPossibleError

    try:
        with opened(db) as store, store.writing() as connection:
            for number in dict.fromkeys(numbers):
                act(connection, number)
    except NotPossibleError as error:
        raise click.ClickException(str(error)) from error


def person(who: str | None) -> str:
    if who is not None:
        return who
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):  # a container without users, Windows without a name
        return ""


def reason(option: str, text: str) -> str:
    """What people will read must not be empty."""
    if not text.strip():
        raise click.UsageError(f"{option} is empty; people will read it, so write why")
    return text.strip()
