"""What portals of whole pages have in common: columns, their lists, articles with their files, addresses."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from html import escape
from typing import ClassVar
from urllib.parse import quote, unquote

from .county import number_of
from .model import ListTruth, Published, Replica, Reply, Request
from .pages import (
    Entry,
    Site,
    article_body,
    common_reply,
    decoys,
    entry_toml,
    file_name,
    file_reply,
    page_reply,
    pages_of,
    shelf,
    truth_of,
)

ALL = ("区本级", "部门", "镇街")


@dataclass(frozen=True)
class Column:
    path: str  # of its first page, as an entry names it
    name: str
    reports: tuple[Published, ...]
    scope: str = ""


class Cms:
    """One site. A CMS says where articles and pages of lists are, and how both look."""

    family: ClassVar[str] = ""
    per_page: ClassVar[int] = 15
    stop_reasons: ClassVar[tuple[str, ...]] = ("declared-total", "last-page", "no-next")

    def __init__(self, site: Site, columns: Sequence[Column]) -> None:
        self.site, self.columns = site, tuple(columns)
        self.column_of = {id(report): column for column in columns for report in column.reports}
        reports = [report for column in columns for report in column.reports]
        self.by_page = {unquote(self.page_of(report)): report for report in reports}
        self.by_file = {unquote(self.file_of(report)): report for report in reports}
        self.by_folder = {self.files_of(report): report for report in reports}
        years = sorted({report.year for report in reports})
        self.decoys = {
            column.path: decoys(site, years, partial(self.decoy_path, column))[place :: len(columns)]
            for place, column in enumerate(columns)
        }

    # --- what a CMS must say ---

    def page_of(self, report: Published) -> str:
        """The path of an article."""
        raise NotImplementedError

    def decoy_path(self, column: Column, key: str, day: date) -> str:
        raise NotImplementedError

    def place_asked(self, column: Column, request: Request, count: int) -> int | None:  # noqa: ARG002
        """Which of `count` pages of a column is asked for, from 0; None when it is none of them, as always
        where the rows come from an interface."""
        return None

    def list_page(self, column: Column, pages: Sequence[Sequence[Entry]], place: int) -> Reply:
        raise NotImplementedError

    def article(self, column: Column, report: Published, today: date) -> str:
        raise NotImplementedError

    def other(self, request: Request, today: date) -> Reply | None:  # noqa: ARG002
        """What is neither a list nor an article: a home page, an interface."""
        return None

    # --- what follows from it ---

    def files_of(self, report: Published) -> str:
        """The folder of an article's files; it ends in /."""
        return f"{self.page_of(report).rpartition('/')[0]}/P{number_of(report)}/"

    def file_of(self, report: Published) -> str:
        """The path of the file of an article that has one; a store may know no names."""
        return self.files_of(report) + quote(file_name(report))

    def address(self, report: Published) -> str:
        return self.file_of(report) if report.carrier == "row" else self.page_of(report)

    def body(self, report: Published, today: date) -> str:
        """The text of a link tells the name of a file even where its path does not."""
        if report.carrier == "attachment":
            href, shown = escape(self.file_of(report)), escape(file_name(report))
            return f'<p>附件：<a href="{href}" target="_blank">{shown}</a></p>'
        if report.carrier == "viewer":
            file = quote(self.file_of(report), safe="")
            return f'<iframe src="/pdfjs/web/viewer.html?file={file}" width="100%" height="900"></iframe>'
        return article_body(report, today, self.files_of(report))

    def rows(self, column: Column, today: date) -> list[Entry]:
        return shelf(column.reports, self.decoys[column.path], self.address, today)

    def pages(self, column: Column, today: date) -> list[Sequence[Entry]]:
        return pages_of(self.rows(column, today), self.per_page)

    def respond(self, request: Request, today: date) -> Reply:
        every = (decoy for rows in self.decoys.values() for decoy in rows)
        return (
            self.other(request, today)
            or self.listing(request, today)
            or self.detail(request, today)
            or common_reply(self.site, request, every)
        )

    def listing(self, request: Request, today: date) -> Reply | None:
        for column in self.columns:
            pages = self.pages(column, today)
            place = self.place_asked(column, request, len(pages))
            if place is not None:
                return self.list_page(column, pages, place)
        return None

    def detail(self, request: Request, today: date) -> Reply | None:
        path = unquote(request.path)
        report = self.by_page.get(path) or self.by_page.get(unquote(request.target))
        version = report.at(today) if report else None
        if report and version and report.carrier != "row":
            text = self.article(self.column_of[id(report)], report, today)
            return self.article_reply(text, version.since)
        owner = self.by_file.get(path)
        if owner:
            return file_reply(owner, today, quote(file_name(owner)))
        folder, _, name = path.rpartition("/")
        owner = self.by_folder.get(f"{folder}/")
        return file_reply(owner, today, name) if owner else None

    def article_reply(self, text: str, modified: date) -> Reply:
        return page_reply(text, modified=modified)

    def lists(self, today: date) -> dict[str, ListTruth]:
        return {
            column.path.partition("?")[0]: truth_of(self.rows(column, today), *self.stop_reasons)
            for column in self.columns
        }

    def replica(self, name: str, day: date, columns: Sequence[Mapping[str, str | int]] = ()) -> Replica:
        """With an entry that names the columns given, or all there are."""
        told = columns or [named(column) for column in self.columns]
        return Replica(
            id=name,
            family=self.family,
            entry=entry_toml(name, self.site, self.family, told),
            respond=self.respond,
            reports=tuple(report for column in self.columns for report in column.reports),
            decoys=tuple(row.title for rows in self.decoys.values() for row in rows),
            address=self.address,
            lists=self.lists(day),
        )


def named(column: Column) -> dict[str, str | int]:
    scope: dict[str, str | int] = {"scope": column.scope} if column.scope else {}
    return {"url": f"http://{{host}}{column.path}", **scope}


def numbered(name: str, first: str, pattern: str, count: int) -> int | None:
    """The place of a page by its file name: `first`, or `pattern` with a number for the others."""
    names = [first, *(pattern.format(place) for place in range(1, count))]
    return names.index(name) if name in names else None
