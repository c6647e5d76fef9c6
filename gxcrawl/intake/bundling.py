"""Writes the files that somebody saved as a run of its own: a WARC file and the database of its bundle."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Mapping, Sequence
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

from gxcrawl.archive.model import Located, Resource
from gxcrawl.archive.write import ArchiveWriter
from gxcrawl.bundle.bundle import Bundle
from gxcrawl.bundle.model import Kind, Task
from gxcrawl.clock import now
from gxcrawl.crawl.reading import Reading
from gxcrawl.intake.given import File, Given
from gxcrawl.intake.place import Entry
from gxcrawl.intake.reading import media_type
from gxcrawl.pages.address import allowed
from gxcrawl.pages.model import Ask, Attachment
from gxcrawl.store.source import BY_HAND, SAVED

SOFTWARE = f"gxcrawl/{version('gxcrawl')}"


class Deposit(NamedTuple):
    run: str
    entry: Entry
    given: Given
    seen: datetime


class _Kept(NamedTuple):
    """A file that lies in the archive now."""

    url: str
    media: str
    length: int
    located: Located


def write_bundle(folder: Path, deposit: Deposit, files: Sequence[File], reading: Reading) -> None:
    """The folder appears whole or not at all: a crawl would go on with a run that is not finished."""
    unready = folder.parent.parent / f"{deposit.run}.{os.getpid()}.part"
    try:
        _write(unready, deposit, files, reading)
        folder.parent.mkdir(parents=True, exist_ok=True)
        _move(unready, folder)
    finally:
        shutil.rmtree(unready, ignore_errors=True)


def _move(unready: Path, folder: Path) -> None:
    try:
        unready.rename(folder)
    except OSError:
        if not folder.is_dir():  # else somebody added the same at the same time
            raise


def _write(folder: Path, deposit: Deposit, files: Sequence[File], reading: Reading) -> None:
    added = now()
    kept = _archived(folder, deposit, files, added)
    bundle = Bundle.create(folder, _run(deposit, files, added), [])
    with bundle.transaction():
        page = _note(bundle, deposit, kept[0], "detail", None)
        for attached in kept[1:]:
            _note(bundle, deposit, attached, "attachment", page)
        bundle.insert("reports", _report(deposit, reading, kept, files))
    bundle.finish(added.isoformat(), BY_HAND, "", [])
    bundle.close()


def _archived(folder: Path, deposit: Deposit, files: Sequence[File], added: datetime) -> list[_Kept]:
    given = deposit.given
    about = {"who": given.who, "origin": given.origin, "seen": given.seen.isoformat()}
    about |= {"organ": given.organ, "year": str(given.year)}
    kept = []
    with ArchiveWriter(folder, BY_HAND, software=SOFTWARE) as writer:
        for number, file in enumerate(files):
            url = given.url + (f"#{number}-{quote(file.name, safe='')}" if number else "")
            fields = tuple({"file": file.name, **about}.items())
            media = media_type(file)
            located = writer.write_resource(Resource(url, media, file.data, added, fields))
            kept.append(_Kept(url, media, len(file.data), located))
    return kept


def _run(deposit: Deposit, files: Sequence[File], added: datetime) -> Mapping[str, str]:
    given = deposit.given
    told = {"file": files[0].name, "url": given.url, "seen": given.seen.isoformat()}
    told |= {"who": given.who, "origin": given.origin, "added": added.isoformat()}
    return {
        "id": deposit.run,
        "portal": deposit.entry.portal,
        "entry": deposit.entry.entry,
        "started": deposit.seen.isoformat(),
        "options": json.dumps(told, ensure_ascii=False),
        "version": SOFTWARE,
    }


def _note(bundle: Bundle, deposit: Deposit, kept: _Kept, kind: Kind, parent: int | None) -> int:
    """A task that is done, and the row that says where its answer lies."""
    foreign = not allowed(kept.url, deposit.entry.hosts) or kind == "attachment"
    task = Task(0, kind, Ask(kept.url), parent=parent, foreign=foreign)
    bundle.add(task, status="done")
    number: int = bundle.one("SELECT id FROM frontier WHERE key = ?", task.key)[0]
    response = bundle.insert(
        "responses",
        {
            "task": number,
            "key": task.key,
            "kind": kind,
            "url": kept.url,
            "method": "",
            "status": SAVED,
            "fetched": deposit.seen.isoformat(),
            "content_type": kept.media,
            "etag": "",
            "last_modified": "",
            "sha256": kept.located.digest,
            "length": kept.length,
            "warc": kept.located.file,
            "offset": kept.located.offset,
            "record_length": kept.located.length,
            "revisit": 0,
        },
    )
    bundle.update("frontier", number, response=response)
    return number


def _report(
    deposit: Deposit, reading: Reading, kept: Sequence[_Kept], files: Sequence[File]
) -> Mapping[str, object]:
    """What the person says is whose and which year's report it is; what is read agrees, or it was refused."""
    beside = [Attachment(one.url, file.name) for one, file in zip(kept[1:], files[1:], strict=True)]
    foreign = not allowed(deposit.given.url, deposit.entry.hosts)
    return {
        "task": 1,
        "response": 1,
        "key": Task(0, "detail", Ask(deposit.given.url), foreign=foreign).key,
        "url": deposit.given.url,
        "organ": deposit.given.organ,
        "year": deposit.given.year,
        "form": reading.form,
        "title": reading.title,
        "published": reading.published.isoformat() if reading.published else None,
        "published_basis": reading.published_basis,
        "days": json.dumps({name: day.isoformat() for name, day in (reading.days or {}).items()}),
        "list_day": None,
        "source": reading.source,
        "reading": reading.reading,
        "sha256": hashlib.sha256(files[0].data).hexdigest(),
        "content_sha256": reading.content_sha256,
        "carrier": reading.carrier,
        "attachments": json.dumps(
            [file._asdict() for file in (*reading.attachments, *beside)], ensure_ascii=False
        ),
        "error": reading.error,
    }
