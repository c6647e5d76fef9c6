"""The database that a verb works on, and what is wrong with it in one line."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from gxcrawl.store import Store


@contextmanager
def opened(db: Path, *, make: bool = False) -> Iterator[Store]:
    """`make`: one that is not there is made."""
    from gxcrawl.store import StoreError, open_store

    if not make:
        _must_be_there(db)
    try:
        with open_store(db) as store:
            yield store
    except StoreError as error:
        raise click.ClickException(str(error)) from error


def check_as_it_is(db: Path) -> None:
    """The same refusals for one that must not be changed, not even to bring it up to date."""
    from gxcrawl.store import StoreError
    from gxcrawl.store.fixed import check_fixed

    _must_be_there(db)
    try:
        check_fixed(db)
    except StoreError as error:
        raise click.ClickException(str(error)) from error


def _must_be_there(db: Path) -> None:
    if not db.is_file():
        raise click.UsageError(f"{db}: there is no such database; name it with --db")
