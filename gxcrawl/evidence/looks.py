"""The runs that looked for a report: their lists, and where the pages of these lie in the archive."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path

from gxcrawl.evidence.model import Look, Page, PastRun, ReadList
from gxcrawl.evidence.records import Archive
from gxcrawl.store.source import BY_HAND

_RUN = "SELECT id, portal, started, verdict, folder FROM runs WHERE id = ?"
_LISTS = """
SELECT id, url, scope, rows, stop_reason, complete FROM listings WHERE run = ? ORDER BY id
"""
_RESPONSES = "SELECT number, id FROM responses WHERE run = ? AND kind = 'listing'"
# Which answer belongs to which list is known in the bundle of the run only.
_PAGES = """
SELECT frontier."column", responses.id FROM responses JOIN frontier ON frontier.id = responses.task
WHERE frontier.kind = 'listing' AND responses.failure = '' ORDER BY responses.id
"""
_LATEST = """
SELECT id, started, verdict, class, reasons FROM runs
WHERE portal = ? AND verdict <> ? ORDER BY started DESC, id DESC LIMIT ?
"""
NOT_HERE = "这次抓取的档案目录不在，无法指出列表各页的位置"


def runs_named_in(connection: sqlite3.Connection, texts: Iterable[str]) -> list[str]:
    """The runs whose ids stand somewhere in these JSON texts, the earliest first."""
    words = {word for text in texts if text for word in _words(json.loads(text))}
    found = [
        connection.execute("SELECT started, id FROM runs WHERE id = ?", (word,)).fetchone() for word in words
    ]
    return [run for _, run in sorted(filter(None, found))]


def _words(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from _words(part)
    elif isinstance(value, list):
        for part in value:
            yield from _words(part)


def look_of(archive: Archive, run: str, asked: Sequence[int] = ()) -> Look | None:
    """`asked`: its answers that are told besides the lists."""
    connection = archive.connection
    found = connection.execute(_RUN, (run,)).fetchone()
    if found is None:
        return None
    _, portal, started, verdict, folder = found
    rows = connection.execute(_LISTS, (run,)).fetchall()
    numbers = _pages_of_lists(archive.place(folder))
    first = rows[0][0] - 1 if rows else 0  # lists are numbered from 1 in their bundle
    responses = dict(connection.execute(_RESPONSES, (run,)).fetchall())
    lists = tuple(
        ReadList(
            url,
            scope,
            count,
            stop_reason,
            bool(complete),
            _pages(archive, [responses[n] for n in numbers.get(number - first, ()) if n in responses]),
        )
        for number, url, scope, count, stop_reason, complete in rows
    )
    unplaced = "" if numbers or not rows else NOT_HERE
    answers = tuple(filter(None, map(archive.listed, asked)))
    return Look(run, portal, started, verdict, lists, unplaced, answers)


def _pages(archive: Archive, responses: Sequence[int]) -> tuple[Page, ...]:
    records = (archive.listed(response) for response in responses)
    return tuple(Page(number, record) for number, record in enumerate(records, 1) if record is not None)


def _pages_of_lists(folder: Path | None) -> Mapping[int, Sequence[int]]:
    """Number of a list in the bundle -> numbers of its answers; nothing where the bundle cannot be read."""
    pages: defaultdict[int, list[int]] = defaultdict(list)
    if folder is None or not (path := folder / "bundle.db").is_file():
        return pages
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as connection:
            for number, response in connection.execute(_PAGES):
                pages[number].append(response)
    except sqlite3.Error:
        return {}
    return pages


def latest_runs(connection: sqlite3.Connection, portal: str, count: int) -> tuple[PastRun, ...]:
    rows = connection.execute(_LATEST, (portal, BY_HAND, count))
    return tuple(PastRun._make((*row, tuple(json.loads(reasons)))) for *row, reasons in rows)
