"""A report that somebody saved becomes evidence of its own kind, and part of the database."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Sequence
from datetime import UTC, datetime, time
from pathlib import Path

from gxcrawl.clock import BEIJING, today
from gxcrawl.intake.bundling import Deposit, write_bundle
from gxcrawl.intake.given import File, Given, RefusedError
from gxcrawl.intake.place import entry_for
from gxcrawl.intake.reading import read_saved
from gxcrawl.pages.address import absolute
from gxcrawl.store import Store, TakenIn, take_in
from gxcrawl.store.organs import locality_in
from gxcrawl.store.source import BY_HAND

LONGEST_NAME = 100


def add(store: Store, archive: Path, files: Sequence[File], given: Given, code: str = "") -> TakenIn:
    """The first file is the report, the others hang on it. Done twice it changes nothing."""
    given = given._replace(url=_address(given.url), organ="".join(given.organ.split()))
    if given.seen > today():
        raise RefusedError(f"--seen {given.seen} is still to come; give the day on which the report was seen")
    if not 0 < len(given.organ) <= LONGEST_NAME:
        raise RefusedError(f"--organ must name the organ, in at most {LONGEST_NAME} characters")
    run = _name(files, given)
    folder = _folder(store.connection, archive, run)
    if folder is None:
        entry = entry_for(store.connection, given, code)
        # The start of that day: nobody may be told late by our not knowing the hour.
        seen = datetime.combine(given.seen, time(), BEIJING).astimezone(UTC)
        reading = read_saved(files[0], given, seen, locality_in(store.connection, entry.code))
        folder = archive / entry.portal / run
        write_bundle(folder, Deposit(run, entry, given, seen), files, reading)
    return take_in(store, folder)


def _address(url: str) -> str:
    found = absolute(url, url)
    if not found:
        raise RefusedError(f"{url[:200]!r} is no address; give the http:// or https:// address of the report")
    return found


def _name(files: Sequence[File], given: Given) -> str:
    """The same for the same bytes and the same words about them."""
    digest = hashlib.sha256("\0".join((given.url, given.organ, str(given.year))).encode())
    for file in files:
        digest.update(hashlib.sha256(file.data).digest())
    return f"{BY_HAND}-{given.seen:%Y%m%d}-{digest.hexdigest()[:12]}"


def _folder(connection: sqlite3.Connection, archive: Path, run: str) -> Path | None:
    """Where it lies when it was added before, even if that was interrupted."""
    row = connection.execute("SELECT folder FROM runs WHERE id = ?", (run,)).fetchone()
    places = [archive / row[0]] if row else archive.glob(f"*/{run}")
    return next((place for place in places if place.is_dir()), None)
