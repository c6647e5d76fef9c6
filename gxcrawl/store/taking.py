"""A finished bundle becomes part of the main database: all of it in one transaction, and once only."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from gxcrawl.store.areas import write_areas
from gxcrawl.store.errors import StoreError
from gxcrawl.store.history import History
from gxcrawl.store.opening import Store
from gxcrawl.store.reports import Reports
from gxcrawl.store.rows import highest, insert, kept
from gxcrawl.store.source import BY_HAND, Source, open_bundle

COUNTS = ("new", "changed", "unchanged", "same_as", "unread", "missed", "gone", "back")
OF_RUN = ("id", "portal", "verdict", "started", "finished", "options", "version")
OF_DEPOSITS = ("file", "url", "seen", "who", "origin", "added")
# fmt: off
OF_RESPONSES = ("url", "method", "kind", "status", "fetched", "content_type", "etag", "last_modified",
                "sha256", "length", "warc", "offset", "record_length", "revisit", "failure")
OF_LISTINGS = ("column", "scope", "year", "url", "pages", "rows", "declared_rows", "declared_pages", "wanted",
               "decoys", "stop_reason", "complete", "failure")
# fmt: on


class TakenIn(NamedTuple):
    """What a run brought. Numbers of reports, but for missed, gone and back: those are pages."""

    run: str
    new: int
    changed: int
    unchanged: int
    same_as: int  # of the new and changed ones, those known under another address
    unread: int  # an unhealthy run could not read what had been read before: nothing is changed
    missed: int  # not there, for the first time
    gone: int  # not there, for the second time
    back: int  # gone before, there again
    again: bool  # this run had been taken in before; nothing was done


def take_in(store: Store, bundle_folder: Path) -> TakenIn:
    """Take in the bundle of one run. Done twice it changes nothing; killed halfway it leaves nothing."""
    with open_bundle(bundle_folder) as source, store.writing() as connection:
        before = _taken_before(connection, source)
        return before or _take(connection, source)


def _taken_before(connection: sqlite3.Connection, source: Source) -> TakenIn | None:
    run = source.run
    query = f"SELECT portal, started, {', '.join(COUNTS)} FROM runs WHERE id = ?"
    found = connection.execute(query, (run["id"],)).fetchone()
    if found is None:
        return None
    portal, started, *counts = found
    if (portal, started) != (run["portal"], run["started"]):
        raise StoreError(f"{source.folder}: another run with the id {run['id']} was taken in before")
    return TakenIn(run["id"], **dict(zip(COUNTS, counts, strict=True)), again=True)


def _take(connection: sqlite3.Connection, source: Source) -> TakenIn:
    portal, started = source.run["portal"], source.run["started"]
    query = "SELECT count(*) FROM runs WHERE portal = ? AND started > ? AND verdict <> ?"
    late = connection.execute(query, (portal, started, BY_HAND)).fetchone()[0] > 0
    write_areas(connection)
    _write_portal(connection, source, late=late)
    _write_run(connection, source)
    if source.by_hand:
        _write_deposit(connection, source)
    first_response = _write_responses(connection, source)
    first_listing = _write_listings(connection, source)
    history = History(connection, source, late=late)
    for listed in source.listed():
        history.note_list(listed, first_listing + listed.listing)
    for task in source.tasks():
        history.note_task(task)
    reports = Reports(connection, source, history, first_response)
    reports.take_all()
    history.note_answers(reports.shown, reports.ignored)
    for row in source.rows("responses"):
        history.note_other(row)
    counts = reports.counts + _settle_pages(connection, history, first_listing)
    history.write()
    told = {name: counts[name] for name in COUNTS}
    assignments = ", ".join(f"{name} = :{name}" for name in COUNTS)
    connection.execute(f"UPDATE runs SET {assignments} WHERE id = :id", told | {"id": source.run["id"]})
    return TakenIn(source.run["id"], **told, again=False)


def _settle_pages(connection: sqlite3.Connection, history: History, first_listing: int) -> Counter[str]:
    list_urls = dict(
        connection.execute(
            "SELECT id, url FROM listings WHERE id > ? OR id IN (SELECT listing FROM pages WHERE portal = ?)",
            (first_listing, history.portal),
        )
    )
    counts: Counter[str] = Counter()
    moved = []
    for page, what in history.settle(history.signs(list_urls)):
        counts[what] += 1
        moved.append((page.status, page.id))
    connection.executemany("UPDATE reports SET status = ? WHERE page = ?", moved)
    return counts


def _write_portal(connection: sqlite3.Connection, source: Source, *, late: bool) -> None:
    entry, run = source.entry, source.run
    columns: Mapping[str, object] = {
        "id": run["portal"],
        "name": entry["name"],
        "code": entry["code"],
        "family": entry["family"],
        "hosts": json.dumps(entry["hosts"]),
        "entry": run["entry"],
        "verified": int(entry["verified"]),
        "first_seen": run["started"],
    }
    told_again = [name for name in columns if name not in ("id", "first_seen")]
    news = ", ".join(f"{name} = excluded.{name}" for name in told_again)
    when_known = "NOTHING" if late else f"UPDATE SET {news}"
    insert(connection, "portals", [columns], f"ON CONFLICT (id) DO {when_known}")


def _write_run(connection: sqlite3.Connection, source: Source) -> None:
    row = kept(source.run, OF_RUN) | {
        "class": source.run["class"] or "",
        "reasons": source.run["reasons"] or "[]",
        "requests": source.count("responses"),
        "listed": source.count("listed"),
        "folder": "/".join(source.folder.resolve().parts[-2:]),
    }
    insert(connection, "runs", [row | dict.fromkeys(COUNTS, 0)])


def _write_deposit(connection: sqlite3.Connection, source: Source) -> None:
    given = json.loads(source.run["options"])
    insert(connection, "deposits", [{"run": source.run["id"]} | {name: given[name] for name in OF_DEPOSITS}])


def _write_responses(connection: sqlite3.Connection, source: Source) -> int:
    """Returns what is added to the number of a response to get its id here."""
    first = highest(connection, "responses")
    insert(
        connection,
        "responses",
        (
            {"id": first + row["id"], "run": source.run["id"], "number": row["id"]} | kept(row, OF_RESPONSES)
            for row in source.rows("responses")
        ),
    )
    return first


def _write_listings(connection: sqlite3.Connection, source: Source) -> int:
    """Returns what is added to the number of a listing to get its id here."""
    first = highest(connection, "listings")
    insert(
        connection,
        "listings",
        (
            {"id": first + row["id"], "run": source.run["id"]} | kept(row, OF_LISTINGS)
            for row in source.rows("listings")
        ),
    )
    return first
