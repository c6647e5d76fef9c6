"""Every kind of check between reports. A kind is one function; the catalogue says what it looks for."""

from __future__ import annotations

from collections.abc import Mapping

from gxcrawl.checks.across.kinds import (
    changes,
    continued,
    copies,
    dates,
    disputes,
    duties,
    gap,
    organ,
    pages,
    peers,
)
from gxcrawl.checks.across.published import as_published
from gxcrawl.checks.across.years import Kind, over_two_years

KINDS: Mapping[str, Kind] = {
    "continued": over_two_years(continued.continued),
    "same_numbers": over_two_years(changes.same_numbers),
    "jumps": over_two_years(changes.jumps),
    "pending": over_two_years(disputes.pending),
    "disputes_over_years": disputes.disputes_over_years,
    "year_missing": gap.year_missing,
    "outlier": peers.outlier,
    "same_organ": organ.same_organ,
    "missing": as_published(duties.missing),
    "late": as_published(duties.late),
    "gone": as_published(duties.gone),
    "early": as_published(dates.early),
    "backdated": as_published(dates.backdated),
    "undated": as_published(dates.undated),
    "only_files": as_published(pages.only_files),
    "only_pictures": as_published(pages.only_pictures),
    "outside_column": as_published(pages.outside_column),
    "dead_links": as_published(pages.dead_links),
    "changed": as_published(copies.changed),
    "several": as_published(copies.several),
}
