"""The links of a chain of evidence. Plain frozen values."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Literal, NamedTuple

from gxcrawl.model import Number

Agreement = Literal["match", "mismatch", "damaged", "absent", "unchecked"]


class Record(NamedTuple):
    """An archived answer, and whether its body still has the digest that was noted when it came."""

    url: str
    fetched: str
    status: int  # 0: nobody answered, somebody saved a file
    content_type: str
    sha256: str
    file: str  # below the archive: where the body lies
    offset: int
    agreement: Agreement
    why: str = ""  # what is wrong with the record


class Page(NamedTuple):
    """One page of a list, as a run read it."""

    number: int
    record: Record


class ReadList(NamedTuple):
    url: str
    scope: str
    rows: int
    stop_reason: str
    complete: bool
    pages: tuple[Page, ...]


class Look(NamedTuple):
    """A run that looked for a report. `unplaced`: why it cannot be said where the pages of its lists lie."""

    run: str
    portal: str
    started: str
    verdict: str
    lists: tuple[ReadList, ...]
    unplaced: str = ""
    answers: tuple[Record, ...] = ()  # to those who asked for the page itself

    @property
    def unchecked(self) -> int:
        """Records that were left unread, because there were too many."""
        pages = (page.record for found in self.lists for page in found.pages)
        return sum(record.agreement == "unchecked" for record in (*pages, *self.answers))


class PastRun(NamedTuple):
    run: str
    started: str
    verdict: str
    failure: str
    reasons: tuple[str, ...]


class Decision(NamedTuple):
    decision: str
    comment: str
    who: str
    at: str


class EvidenceCell(NamedTuple):
    report: int
    id: str
    label: str
    value: Number | None
    raw: str
    state: str
    place: str


class Change(NamedTuple):
    """A fact that a version tells otherwise than the one before it. None: it does not tell it."""

    fact: str
    before: str | None
    now: str | None


class Version(NamedTuple):
    report: int
    version: int
    first_seen: str
    current: bool
    changes: tuple[Change, ...]


class Deposit(NamedTuple):
    """Who saved a report by hand, and where from."""

    file: str
    seen: str
    who: str
    origin: str
    added: str


class Report(NamedTuple):
    id: int
    title: str
    organ: str
    year: int | None
    version: int
    published: str
    published_basis: str
    url: str
    status: str
    error: str
    first_seen: str
    last_seen: str
    others: tuple[Version, ...]  # all versions of its page, when there are several
    record: Record | None
    deposit: Deposit | None


class Finding(NamedTuple):
    id: int
    check: str
    title: str
    result: str
    severity: str
    message: str
    expected: str
    printed: str
    report: int | None
    decisions: tuple[Decision, ...]
    cells: tuple[EvidenceCell, ...]


class Alert(NamedTuple):
    id: int
    stream: str
    kind: str
    title: str
    organ: str
    year: int | None
    portal: str
    severity: str
    state: str
    message: str
    opened: str
    seen: str
    closed: str


@dataclass(frozen=True, slots=True)
class Chain:
    """Everything that one alert, finding or report rests on."""

    alert: Alert | None = None
    findings: tuple[Finding, ...] = ()
    reports: tuple[Report, ...] = ()
    looks: tuple[Look, ...] = ()
    runs: tuple[PastRun, ...] = ()
    cells: tuple[EvidenceCell, ...] = ()  # of a report, that were asked for by name


def as_object(chain: Chain) -> dict[str, object]:
    """For JSON: every link with the names of its parts."""
    return {field.name: _plain(getattr(chain, field.name)) for field in fields(chain)}


def _plain(value: object) -> object:
    if isinstance(value, tuple):
        named = getattr(value, "_fields", None)
        if named:
            return {name: _plain(part) for name, part in zip(named, value, strict=True)}
        return [_plain(part) for part in value]
    return value
