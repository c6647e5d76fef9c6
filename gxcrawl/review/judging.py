"""Some organs are judged: their duties for every year, and the checks where something changed."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from gxcrawl.checks.across.model import Case, Filed, Peers, Publication
from gxcrawl.checks.across.run import check_case
from gxcrawl.duties.deadlines import Rule
from gxcrawl.duties.model import Duty
from gxcrawl.duties.season import running_year
from gxcrawl.duties.status import backdated, decide
from gxcrawl.review.changes import changes_of
from gxcrawl.review.knowing import Knowledge, known
from gxcrawl.review.organs import Organ, organ_of, owed
from gxcrawl.review.peers import Group, peers_of
from gxcrawl.review.scope import Scope, settled, years_of, years_of_peers
from gxcrawl.review.sights import Standing, agreed, standings
from gxcrawl.review.traces import (
    dead_links,
    figures_of,
    foreign_organ,
    listed_name,
    page_of,
)
from gxcrawl.review.writing import Subject, forget, write_across, write_duties
from gxcrawl.store.filed import filed_of
from gxcrawl.store.marks import about_organ
from gxcrawl.store.organ_facts import names_of
from gxcrawl.store.organs import known_organ

REACH = 2  # so many years later a report is still compared with


class Judging:
    """Judges organs within one transaction; what they share is asked once."""

    def __init__(self, connection: sqlite3.Connection, rules: Sequence[Rule], today: date) -> None:
        self.connection = connection
        self.today = today
        self.shared = Knowledge(
            connection, rules, today, lambda name, code: known_organ(connection, name, code)
        )
        self.peers: dict[Group, Peers | None] = {}

    def judge(self, keys: Iterable[str], scope: Scope) -> None:
        for key in keys:
            organ = organ_of(self.connection, key)
            if organ is not None:
                changed = {0} if scope.everything else years_of(self.connection, key)
                self._judge(organ, changed)
            settled(self.connection, key)

    def _judge(self, organ: Organ, changed: set[int]) -> None:
        found = standings(self.connection, organ.key, self.shared.view)
        portals = [self.shared.view(one) for one in self.shared.portals_of(organ, found)]
        years = agreed(organ.key, found, portals)
        duties = {
            year: decide(known(self.shared, organ, (year, basis), years, portals), self.today)
            for year, basis in owed(organ, years, running_year(self.today))
        }
        told = write_duties(self.connection, organ.key, list(duties.values()), self.today)
        wanted = told | {year + later for year in changed for later in range(REACH + 1)}
        wanted |= set(duties) if 0 in changed else years_of_peers(self.connection, organ.code, organ.kind)
        forget(self.connection, organ.key, wanted - set(duties))
        wanted &= set(duties)
        if not wanted:
            return
        filed = filed_of(self.connection, organ.key)
        for year in sorted(wanted):
            subject = Subject(organ.key, organ.name, year, about_organ(organ.key, year))
            case = self._case(organ, duties[year], years.get(year, ()), filed)
            write_across(self.connection, subject, check_case(case))

    def _case(self, organ: Organ, duty: Duty, here: Sequence[Standing], filed: Mapping[int, Filed]) -> Case:
        sights = tuple(standing.sight for standing in here)
        report = filed.get(duty.year)
        group = Group(organ.code, organ.kind, duty.year, report.form) if report and report.form else None
        listed = listed_name(self.connection, here)
        names = (listed, *(report.organ_names if report else ()))
        return Case(
            organ.key,
            organ.name,
            organ.kind,
            organ.code,
            duty.year,
            self.today,
            filed,
            organ.events,
            Publication(
                duty,
                sights,
                page_of(self.connection, duty.report),
                backdated(sights, duty.year),
                tuple(changes_of(self.connection, organ.key, duty.year)),
                dead_links(self.connection, organ.key, duty.year),
                outside_column=bool(here) and not any(one.list or one.by_hand for one in here),
                figures=figures_of(self.connection, here),
            ),
            self._peers(group) if group else None,
            column_organ=listed,
            confirmed=organ.registered,
            aliases=names_of(self.connection, organ.key),
            foreign_organ=foreign_organ(self.connection, organ.key, organ.code, names),
        )

    def _peers(self, group: Group) -> Peers | None:
        if group not in self.peers:
            self.peers[group] = peers_of(self.connection, group)
        return self.peers[group]
