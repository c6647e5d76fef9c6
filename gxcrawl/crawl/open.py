"""A run is opened: a new one, or the one that a crash left. It is closed: judged, taken into the database."""

from __future__ import annotations

import asyncio
import hashlib
import json
import logging
import sqlite3
from collections.abc import Container, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, replace
from datetime import datetime, timedelta
from pathlib import Path

from scrapy.settings import BaseSettings

from gxcrawl.archive.heads import ascii_url
from gxcrawl.archive.index import ArchiveIndex
from gxcrawl.archive.members import Damage, walk
from gxcrawl.archive.mend import mend
from gxcrawl.archive.model import Located, Stored
from gxcrawl.archive.read import stored_of
from gxcrawl.bundle.bundle import FILE, Bundle
from gxcrawl.clock import now, pretended
from gxcrawl.crawl.facts import facts_of
from gxcrawl.crawl.run import SOFTWARE, Options, Run
from gxcrawl.health import Judgement, judge
from gxcrawl.lock import hold
from gxcrawl.portals.model import Portal
from gxcrawl.store import Store, TakenIn, brief, last_good_run, open_store, take_in

log = logging.getLogger(__name__)

STALE = timedelta(days=3)  # an interrupted run that is older would mix two times in one list
INTERRUPTED = Judgement("failed", "interrupted", ("the run was interrupted and not taken up again",))
_storing = ThreadPoolExecutor(1, "storing")  # one bundle at a time, while the other crawls go on


class BusyError(RuntimeError):
    """Another process crawls this portal now."""


def open_run(portal: Portal, settings: BaseSettings) -> Run:
    """The interrupted run of a portal if there is one, else a new one that knows what the database knows."""
    database, archive = places(settings)
    folder = archive / portal.id
    folder.mkdir(parents=True, exist_ok=True)
    day = pretended()
    options = Options(
        settings.getint("GXCRAWL_SINCE") or None,
        settings.getbool("GXCRAWL_FULL"),
        day.isoformat() if day else None,
    )
    lock = _lock(folder)
    with open_store(database) as store:
        run = _interrupted(portal, folder, store, lock)
        run = run or Run(portal, _new_bundle(portal, folder, store, options), options, folder, lock)
        last = last_good_run(store, portal.id)
        run.last_rows = last.listed if last else None
    if replayed := settings.getlist("GXCRAWL_REPLAY"):
        run.source = ArchiveIndex([Path(name) for name in replayed])
    return run


async def close_run(run: Run, settings: BaseSettings) -> TakenIn:
    """The run is judged by what it saw; then all of it becomes part of the main database at once."""
    database, _ = places(settings)
    run.writer.close()
    _finish(run.bundle, judge(facts_of(run.bundle, run.portal, run.last_rows)))
    taken = await asyncio.get_running_loop().run_in_executor(_storing, _take, database, run.bundle.folder)
    run.lock.close()
    return taken


def places(settings: BaseSettings) -> tuple[Path, Path]:
    """The main database, and the folder of the archive beside it."""
    database = Path(settings.get("GXCRAWL_DB", "gxcrawl.db"))
    archive = settings.get("GXCRAWL_ARCHIVE")
    return database, Path(archive) if archive else database.with_name(f"{database.stem}-archive")


def _interrupted(portal: Portal, folder: Path, store: Store, lock: sqlite3.Connection) -> Run | None:
    """The run that a crash left. Finished ones that the crash kept from the database go there first."""
    run: Run | None = None
    for bundle in _bundles(folder, _taken(store, portal)):
        if not bundle.run["finished"] and _can_go_on(bundle, portal):
            run = Run(portal, bundle, Options(**json.loads(bundle.run["options"])), folder, lock)
            _mend(run)
            continue
        if bundle.run["finished"]:
            bundle.close()
        else:
            _finish(bundle, INTERRUPTED)
        take_in(store, bundle.folder)
    return run


def _bundles(folder: Path, besides: Container[str]) -> Iterator[Bundle]:
    for path in sorted(folder.glob(f"*/{FILE}")):
        if path.parent.name not in besides:
            yield Bundle.open(path.parent)


def _taken(store: Store, portal: Portal) -> set[str]:
    """The runs that the database has; their folders have the same names."""
    rows = store.connection.execute("SELECT id FROM runs WHERE portal = ?", (portal.id,))
    return {row[0] for row in rows}


def _lock(folder: Path) -> sqlite3.Connection:
    """Held while a portal is crawled."""
    lock = hold(folder / "lock.db")
    if lock is None:
        raise BusyError(f"{folder.name} is being crawled by another process; wait for its end")
    return lock


def _can_go_on(bundle: Bundle, portal: Portal) -> bool:
    started = datetime.fromisoformat(bundle.run["started"])
    same = bundle.run["entry"] == _entry(portal) and bundle.run["version"] == SOFTWARE
    return same and now() - started < STALE


def _new_bundle(portal: Portal, folder: Path, store: Store, options: Options) -> Bundle:
    started = now()
    name = f"{portal.id}-{started:%Y%m%dT%H%M%S%f}"
    run = {
        "id": name,
        "portal": portal.id,
        "entry": _entry(portal),
        "started": started.isoformat(),
        "options": json.dumps(options._asdict()),
        "version": SOFTWARE,
    }
    return Bundle.create(folder / name, run, brief(store, portal.id))


def _entry(portal: Portal) -> str:
    """What the entry says, wherever its file lies."""
    return json.dumps(asdict(replace(portal, place="")), ensure_ascii=False, sort_keys=True)


def _mend(run: Run) -> None:
    """After a crash: the torn tail of the archive is cut off, what was archived but not noted is noted."""
    for found in mend(run.bundle.folder):
        log.warning("%s: %s", run.portal.id, found)
    noted = 'SELECT max("offset" + record_length) FROM responses WHERE warc = ?'
    for path in sorted(run.bundle.folder.glob("*.warc.gz")):
        end = run.bundle.one(noted, path.name)[0] or 0
        for part in walk(path):
            if isinstance(part, Damage):
                log.warning("%s: %s", run.portal.id, part.error)
            elif part.offset >= end and (stored := stored_of(part, path.name)) and stored.kind != "request":
                _note(run, Located(path.name, part.offset, part.length, stored.digest), stored)


def _note(run: Run, located: Located, stored: Stored) -> None:
    """The task that asked for it waits to be read; the target of a redirect is nobody's task."""
    revisit = stored.kind == "revisit"
    for row in run.bundle.all("SELECT id, url FROM frontier WHERE status = 'queued'"):
        if ascii_url(row["url"]) != stored.url:
            continue
        task = run.bundle.task(row["id"])
        body = hashlib.sha256(task.ask.body.encode()).hexdigest()
        if (task.ask.method, body) == (stored.method, stored.request_body_digest):
            run.note(stored, located, stored.digest, task.key, task, revisit=revisit)
            return
    run.note(stored, located, stored.digest, f"{stored.asked_for}:{stored.url}", None, revisit=revisit)


def _finish(bundle: Bundle, judgement: Judgement) -> None:
    bundle.finish(now().isoformat(), *judgement)
    bundle.close()


def _take(database: Path, folder: Path) -> TakenIn:
    with open_store(database) as store:
        return take_in(store, folder)
