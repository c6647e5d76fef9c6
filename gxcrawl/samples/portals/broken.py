"""Small portals that something is wrong with: the usual answer, and what comes instead of it."""

from __future__ import annotations

import json
from collections.abc import Callable, Container, Mapping, Sequence
from dataclasses import replace
from datetime import date

from .cms import Column
from .county import county
from .model import Published, Replica, Reply, Request
from .pages import Entry, Site
from .trs import Trs

Usual = Callable[[], Reply]
Change = Callable[[Request, Usual], Reply]

LIST = "/zfxxgknb/"
SECOND = "/zfxxgknb/zj/"  # of the two lists of a pair the one that is broken


class Small(Trs):
    """About fifteen reports and few decoys on five pages, or on two lists."""

    per_page = 5

    def __init__(self, site: Site, columns: Sequence[Column]) -> None:
        super().__init__(site, columns)
        self.decoys = {path: rows[:: 4 * len(columns)] for path, rows in self.decoys.items()}


def small(seed: int) -> Small:
    site = site_of(seed, 5)
    return Small(site, [Column(LIST, "政府信息公开年报", site.county.reports)])


def pair(seed: int) -> Small:
    """Two lists; the second one has five pages."""
    site = site_of(seed, 12)
    return Small(
        site,
        [
            Column("/zfxxgknb/bm/", "部门年报", site.county.of("区本级", "部门"), "部门"),
            Column(SECOND, "镇街年报", site.county.of("镇街"), "镇街"),
        ],
    )


def site_of(seed: int, organs: int) -> Site:
    made = county("故障县", seed=seed, organs=organs, years=(2021, 2022, 2023, 2024))
    return Site("故障县人民政府", "9920010001", made)


def changed(
    name: str,
    day: date,
    portal: Trs,
    change: Change,
    *,
    lost: Container[str] = (),
    settings: Mapping[str, object] = {},
) -> Replica:
    """`lost` are addresses of reports that stand in a list and cannot be had; `settings` go to the entry."""
    replica = portal.replica(name, day)

    def respond(request: Request, today: date) -> Reply:
        return change(request, lambda: portal.respond(request, today))

    return replace(
        replica,
        entry=with_settings(replica.entry, settings),
        respond=respond,
        reports=tuple(report for report in replica.reports if portal.address(report) not in lost),
    )


def with_settings(entry: str, settings: Mapping[str, object]) -> str:
    """An entry with other values for keys that it has, and with more keys."""
    head, _, columns = entry.partition("\n\n")
    lines = [line for line in head.split("\n") if line.partition(" = ")[0] not in settings]
    lines += [f"{key} = {json.dumps(value)}" for key, value in settings.items()]
    return "\n".join(lines) + "\n\n" + columns


def plain_rows(portal: Trs, day: date) -> list[Entry]:
    """The rows whose reports stand in the page itself, in the order of the lists."""
    rows = (row for column in portal.columns for row in portal.rows(column, day))
    return [row for row in rows if row.report and row.report.carrier == "html"]


def files(portal: Trs, day: date) -> list[Published]:
    """The reports that are an attachment of their page."""
    reports = (report for column in portal.columns for report in column.reports)
    return [report for report in reports if report.at(day) and report.carrier == "attachment"]


def first_times(times: int, paths: Container[str], instead: Callable[[Reply], Reply]) -> Change:
    """Each of the paths answers otherwise for the first times, then as usual."""
    asked: dict[str, int] = {}

    def change(request: Request, usual: Usual) -> Reply:
        if request.path not in paths:
            return usual()
        asked[request.path] = asked.get(request.path, 0) + 1
        return instead(usual()) if asked[request.path] <= times else usual()

    return change


def always(paths: Container[str], instead: Callable[[Reply], Reply]) -> Change:
    def change(request: Request, usual: Usual) -> Reply:
        return instead(usual()) if request.path in paths else usual()

    return change
