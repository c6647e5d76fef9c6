"""The pages of rows, and the files that hang on them: read elsewhere, then noted in one step."""

from __future__ import annotations

import hashlib
import json
from datetime import datetime

from gxcrawl.bundle.model import Task
from gxcrawl.crawl.readers import read_elsewhere
from gxcrawl.crawl.reading import Article, Reading
from gxcrawl.crawl.run import Run
from gxcrawl.pages.address import allowed
from gxcrawl.pages.model import Ask, Attachment, Marks, Page, Row
from gxcrawl.pages.refusal import refused_file

MOST_FILES = 10  # of one report


class Articles:
    def __init__(self, run: Run, marks: Marks) -> None:
        self.run = run
        self.marks = marks

    async def take(self, task: Task, page: Page, status: int, fetched: datetime) -> None:
        if status == 304:
            self.run.bundle.settle(task.id, "done", "unchanged")
        elif status in (404, 410):
            self.run.bundle.settle(task.id, "failed", "not-found")
        elif 300 <= status < 400:
            self.run.bundle.settle(task.id, "failed", "http-error: it redirects, but to no address")
        elif task.kind == "attachment":
            self._file(task, page)
        elif self._is_known(task, page):
            self.run.bundle.settle(task.id, "done", "unchanged")
        else:
            row = task.row or Row(page.url, "")
            reading = await read_elsewhere(Article(page, row, self.marks, fetched))
            with self.run.bundle.transaction():
                self._note(task, page, row, reading)

    def _is_known(self, task: Task, page: Page) -> bool:
        known = self.run.bundle.known(task.key)
        return known is not None and known.sha256 == hashlib.sha256(page.body).hexdigest()

    def _file(self, task: Task, page: Page) -> None:
        name = task.row.title if task.row else ""
        failure = refused_file(page, name)
        self.run.bundle.settle(task.id, "failed" if failure else "done", failure)

    def _note(self, task: Task, page: Page, row: Row, reading: Reading) -> None:
        bundle = self.run.bundle
        if reading.hop:
            self._through(task, row, reading.hop.url)
        elif reading.failure or self._is_foreign(reading):
            self.run.counts.problems += 1
            bundle.settle(task.id, "failed", reading.failure or "hijacked")
        elif not reading.reading:
            status = "failed" if reading.bare else "skipped"
            bundle.settle(task.id, status, "bare" if reading.bare else f"no report: {reading.refused}")
        elif self._is_too_old(reading):
            bundle.settle(task.id, "skipped", f"before {self.run.options.since}")
        else:
            self._keep(task, page, row, reading)
            for file in reading.attachments[:MOST_FILES]:
                self._ask_for(task, file)
            bundle.settle(task.id, "done")
            self.run.counts.reports += 1

    def _through(self, task: Task, row: Row, url: str) -> None:
        """A shell around another page; within that one we look no further."""
        bundle = self.run.bundle
        if task.ask.state.get("_hop"):
            bundle.settle(task.id, "failed", f"layout-changed: a shell within a shell, around {url}")
        elif not allowed(url, self.run.portal.hosts):
            bundle.settle(task.id, "failed", f"foreign: a shell around {url}")
        else:
            through = Ask(url, state={"_hop": True})
            bundle.add(Task(0, "detail", through, task.listing, task.id, row._replace(url=url)))
            bundle.settle(task.id, "done", f"shell around {url}")

    def _keep(self, task: Task, page: Page, row: Row, reading: Reading) -> None:
        response = self.run.bundle.one("SELECT response FROM frontier WHERE id = ?", task.id)["response"]
        self.run.bundle.insert(
            "reports",
            {
                "task": task.id,
                "response": response,
                "key": task.key,
                "url": page.url,
                "organ": reading.organ,
                "year": reading.year,
                "form": reading.form,
                "title": reading.title,
                "published": reading.published.isoformat() if reading.published else None,
                "published_basis": reading.published_basis,
                "days": json.dumps({name: day.isoformat() for name, day in (reading.days or {}).items()}),
                "list_day": row.day.isoformat() if row.day else None,
                "source": reading.source,
                "reading": reading.reading,
                "sha256": hashlib.sha256(page.body).hexdigest(),
                "content_sha256": reading.content_sha256,
                "carrier": reading.carrier,
                "attachments": json.dumps(
                    [file._asdict() for file in reading.attachments], ensure_ascii=False
                ),
                "error": reading.error,
            },
        )

    def _ask_for(self, task: Task, file: Attachment) -> None:
        row = Row(file.url, file.name)
        ask = Ask(file.url, headers=(("Referer", task.ask.url),))  # some hosts give no file without it
        foreign = not allowed(file.url, self.run.portal.hosts)
        asked = Task(0, "attachment", ask, task.listing, task.id, row, foreign=foreign)
        reason = "foreign: not on a host of the entry" if foreign else ""
        if not reason and (known := self.run.bundle.known(asked.key)) and known.status == "online":
            reason = "" if self.run.options.full else "known"
        self.run.bundle.add(asked, status="skipped" if reason else "queued", reason=reason)

    def _is_foreign(self, reading: Reading) -> bool:
        wanted = self.run.portal.site_code
        return bool(wanted and reading.site_code and reading.site_code != wanted)

    def _is_too_old(self, reading: Reading) -> bool:
        since = self.run.options.since
        return bool(since and reading.year and reading.year < since)
