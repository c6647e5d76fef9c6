"""Under which portal, and in which area, a report that somebody saved belongs."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Mapping
from typing import Any, NamedTuple

from gxcrawl.intake.given import Given, RefusedError
from gxcrawl.pages.address import allowed, lane
from gxcrawl.store.source import BY_HAND

_CODE = re.compile("[0-9]{6,12}")
_PORTALS = "SELECT id, code, entry FROM portals WHERE family <> ? ORDER BY id"
_CODES = """
SELECT DISTINCT organs.code FROM organs LEFT JOIN organ_names ON organ_names.organ = organs.key
WHERE organs.status = 'registered' AND organs.code <> '' AND ? IN (organs.name, organ_names.name)
"""


class Entry(NamedTuple):
    """A portal as its run will name it; of a known one the very entry that the database has."""

    portal: str
    code: str
    entry: str

    @property
    def hosts(self) -> tuple[str, ...]:
        found: Mapping[str, Any] = json.loads(self.entry)
        return tuple(found["hosts"])


def entry_for(connection: sqlite3.Connection, given: Given, code: str) -> Entry:
    """The portal that has the address; where none is known, one that stands for what is put in by hand."""
    known = [entry for entry in _known(connection) if allowed(given.url, entry.hosts)]
    fitting = [entry for entry in known if code in ("", entry.code)]
    if len(fitting) == 1:
        return fitting[0]
    names = ", ".join(f"{entry.portal} ({entry.code})" for entry in known)
    if fitting:
        raise RefusedError(
            f"several portals are at {lane(given.url)}: {names}; say with --code which area it is"
        )
    if known:
        raise RefusedError(f"{lane(given.url)} belongs to {names}; leave --code {code} out, or correct it")
    area = code or _registered_in(connection, given.organ)
    if not _CODE.fullmatch(area):
        raise RefusedError(f"{area!r} is no division code; give its six to twelve digits with --code")
    hosts: list[str] = []  # nothing is asked of it
    name = f"{BY_HAND}-{area}"
    entry = {
        "id": name,
        "name": "人工存入",
        "code": area,
        "family": BY_HAND,
        "hosts": hosts,
        "verified": False,
    }
    return Entry(name, area, json.dumps(entry, ensure_ascii=False, sort_keys=True))


def _known(connection: sqlite3.Connection) -> list[Entry]:
    return [Entry(*row) for row in connection.execute(_PORTALS, (BY_HAND,))]


def _registered_in(connection: sqlite3.Connection, organ: str) -> str:
    codes = [row[0] for row in connection.execute(_CODES, (organ,))]
    if len(codes) == 1:
        return str(codes[0])
    reason = f"is registered in several areas ({', '.join(codes)})" if codes else "is not in the registry"
    raise RefusedError(f"the portal is not known and {organ} {reason}; add --code with the code of its area")
