"""What a new reading of a page means for the history of its report. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple

Decision = Literal[
    "new",  # the page had no report
    "same",  # the report as we know it
    "mended",  # the same report, which could not be read before
    "changed",  # another content, or the same under another organ, year or date: a new version
    "older",  # another content, but a later run was taken in before: it never becomes the current one
    "unread",  # an unhealthy run could not read what was read before: our failure, not theirs
]


# Dates that a page prints anew at each request, or that nobody printed, are no word of the publisher.
PASSING = ("", "url", "url-month", "relative-date", "generated-date", "meta-created", "signature")


class Said(NamedTuple):
    """What the page says of its report besides its content. None: nothing."""

    organ: str | None = None
    year: int | None = None
    published: str | None = None

    def differs(self, before: Said) -> bool:
        """Something that is said now was not said before, or otherwise."""
        return any(now is not None and now != old for now, old in zip(self, before, strict=True))


def said_by(organ: str | None, year: int | None, published: str | None, basis: str) -> Said:
    return Said(organ, year, published if basis not in PASSING else None)


class Version(NamedTuple):
    """A version of a report as the database has it."""

    report: int
    version: int
    current: bool
    sha256: str
    content_sha256: str
    error: str
    said: Said = Said()


class Met(NamedTuple):
    """A report as a run met it."""

    sha256: str
    content_sha256: str
    error: str
    said: Said = Said()


def decide(
    versions: Sequence[Version], met: Met, *, healthy: bool, late: bool
) -> tuple[Decision, Version | None]:
    """The decision, and the version it is about. `late`: a later run of this portal was taken in before."""
    if not versions:
        return "new", None
    current = next(version for version in versions if version.current)
    if late:
        same = next((version for version in versions if _is_same(version, met)), None)
        return ("same", same) if same else ("older", current)
    if _is_same(current, met):
        return ("mended" if current.error and not met.error else "same"), current
    if met.error and not current.error and not healthy:
        return "unread", current
    return "changed", current


def _is_same(version: Version, met: Met) -> bool:
    if version.sha256 and version.sha256 == met.sha256:
        return True
    alike = bool(version.content_sha256) and version.content_sha256 == met.content_sha256
    return alike and not met.said.differs(version.said)
