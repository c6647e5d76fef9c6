"""What is told about web pages: a page as it came, a row of a list, a request to be made. Plain values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Literal, NamedTuple

from lxml import etree

Json = str | int | float | bool | None | list["Json"] | dict[str, "Json"]


@dataclass(frozen=True)
class Page:
    """One response, as any reader of pages gets it, whether from the network, the archive or a test."""

    url: str  # after redirects
    body: bytes
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)  # names in lower case

    @cached_property
    def text(self) -> str:
        from gxcrawl.documents.charset import decode

        return decode(self.body, self.headers.get("content-type")).text

    @cached_property
    def tree(self) -> etree._Element | None:
        """The markup, or None when there is none to speak of. Nobody changes it: it is shared."""
        from gxcrawl.documents.tree import parse

        return parse(self.text)[0]


class Ask(NamedTuple):
    """A request to be made. `state` comes back with its answer; it must survive JSON."""

    url: str
    method: Literal["GET", "POST"] = "GET"
    body: str = ""
    headers: tuple[tuple[str, str], ...] = ()
    state: Mapping[str, Json] = {}


class Row(NamedTuple):
    """One entry of a list of reports."""

    url: str  # absolute
    title: str  # whole: @title where the text is cut off
    day: date | None = None
    organ: str = ""  # only where the list has a column for it


class Attachment(NamedTuple):
    url: str  # absolute
    name: str  # as people see it: the text of the link, or its file name


class Child(NamedTuple):
    """A list below a list: one year, one class of organs, one organ."""

    url: str
    title: str
    kind: Literal["year", "class", "organ"]
    year: int | None = None


class Declared(NamedTuple):
    """What a list says about its own size; None: it says nothing."""

    rows: int | None = None
    pages: int | None = None


class Signs(NamedTuple):
    """Why a page seems to be made by a family: 0 no sign, 100 proof."""

    score: int = 0
    reasons: tuple[str, ...] = ()


class Marks(NamedTuple):
    """Where a family puts the parts of a detail page: CSS selectors, the surest first."""

    body: tuple[str, ...] = ()
    title: tuple[str, ...] = ()
    day: tuple[str, ...] = ()
    organ: tuple[str, ...] = ()  # never 来源: only fields for the publishing organ


@dataclass(frozen=True, slots=True)
class Detail:
    """What a detail page tells about its article, beside the article itself."""

    title: str = ""
    days: Mapping[str, date] = field(default_factory=dict)  # meta-pubdate, visible-date, url-month ...
    source: str = ""  # 来源, as evidence only
    organ: str = ""  # 发布机构 where the page has a field for it
    site_code: str = ""
    has_body: bool = False
    attachments: tuple[Attachment, ...] = ()
