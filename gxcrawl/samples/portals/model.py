"""What a replica of a portal is made of: what it has published and when, and how it answers a request."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, NamedTuple

from gxcrawl.samples.model import Value

Scope = Literal["区本级", "部门", "镇街"]
Carrier = Literal["html", "attachment", "row", "viewer", "tables-as-images"]


class Request(NamedTuple):
    """One request as a replica gets it."""

    method: str
    target: str  # path with query, as sent
    headers: Mapping[str, str]  # names in lower case
    body: bytes = b""

    @property
    def path(self) -> str:
        return self.target.partition("?")[0]


class Reply(NamedTuple):
    """What a replica answers, and how it misbehaves while it does."""

    body: bytes = b""
    status: int = 200
    headers: tuple[tuple[str, str], ...] = (("Content-Type", "text/html; charset=utf-8"),)
    fault: Literal["", "reset", "stall", "cut", "endless", "drip"] = ""


@dataclass(frozen=True, slots=True)
class Organ:
    name: str  # whole: 示例市示例县青石桥镇人民政府
    short: str  # as titles print it: 青石桥镇人民政府
    scope: Scope


@dataclass(frozen=True, slots=True)
class Version:
    """What a report said from one day on. It is written when somebody asks for it."""

    since: date
    form: str  # "" before there was a national form
    written: Callable[[], tuple[bytes, Mapping[str, Value]]] = field(compare=False, repr=False)

    @property
    def body(self) -> bytes:
        """An HTML fragment in UTF-8: the whole report without the page around it."""
        return self.written()[0]

    @property
    def cells(self) -> Mapping[str, Value]:
        return self.written()[1]


@dataclass(frozen=True, slots=True)
class Published:
    """One report of one organ and year on one portal, with its truth."""

    organ: Organ
    year: int
    title: str
    printed_day: date | None  # the date that the page prints
    versions: tuple[Version, ...]  # the first one's day is that of its appearance
    vanishes: date | None = None  # from this day on neither listed nor answered
    carrier: Carrier = "html"
    republished: bool = False  # the same report under a second address, with a later date
    planted: tuple[str, ...] = ()  # codes of checks that must fail on it

    def at(self, today: date) -> Version | None:
        """What is online on a day; None before it appears and after it vanished."""
        if self.vanishes and today >= self.vanishes:
            return None
        return next((version for version in reversed(self.versions) if version.since <= today), None)


class ListTruth(NamedTuple):
    """What a whole walk through one column must find."""

    stop_reasons: tuple[str, ...]  # any of these is right
    complete: bool
    reports: int  # distinct addresses of true reports in it


@dataclass(frozen=True)
class Replica:
    """One portal on one port. `respond` gets the day on which it is asked."""

    id: str
    family: str
    entry: str  # the TOML of its portal entry; {host} stands for host:port
    respond: Callable[[Request, date], Reply]
    reports: tuple[Published, ...] = ()
    decoys: tuple[str, ...] = ()  # titles that are no reports and stand in the same lists
    address: Callable[[Published], str] | None = None  # path of a report's page
    lists: Mapping[str, ListTruth] = field(default_factory=dict)  # by the url path of the column
    verdict: str = "healthy"
    failure: str = ""  # the class when the verdict is another one
