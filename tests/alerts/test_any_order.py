"""Whatever happens in whatever order, the book of alerts stays in order."""

from __future__ import annotations

import shutil
import tempfile
from functools import cache
from itertools import pairwise
from pathlib import Path

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from gxcrawl.alerts.people import NotPossibleError, acknowledge, dismiss, reopen
from gxcrawl.store import open_store
from tests.alerts.world import World, noon

NOW = noon("2026-02-02")
AFTER = {
    "opened": "open",
    "held": "held",
    "resumed": "open",
    "acknowledged": "acknowledged",
    "dismissed": "dismissed",
    "closed": "closed",
    "reopened": "open",
}


@cache
def template() -> Path:
    """A database with one department, made once."""
    path = Path(tempfile.mkdtemp()) / "gxcrawl.db"
    with open_store(path) as store:
        world = World(store)
        world.portal()
        world.organ("财政局")
        world.run("2026-02-01")
        store.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return path


class Book(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        path = Path(shutil.copy(template(), self.folder.name))
        self.world = World(open_store(path))

    def teardown(self) -> None:
        self.world.store.close()
        self.folder.cleanup()

    @rule(check=st.sampled_from(["P-MISSING", "T3-BAL"]), mark=st.sampled_from("abc"))
    def finding_comes(self, check: str, mark: str) -> None:
        self.world.forget("财政局", 2025, check)
        self.world.finding("财政局", 2025, check, mark=mark, severity="error" if mark == "a" else "warn")
        if check == "P-MISSING":
            self.world.duty("财政局", 2025, "missing", due=f"2026-01-{'abc'.index(mark) + 10}")

    @rule(check=st.sampled_from(["P-MISSING", "T3-BAL"]))
    def finding_goes(self, check: str) -> None:
        self.world.forget("财政局", 2025, check)
        self.world.duty("财政局", 2025, "on_time")

    @rule()
    def nothing_can_be_said(self) -> None:
        self.world.settled("财政局", "unknown")

    @rule()
    def checked_twice(self) -> None:
        """The second time it is no news."""
        self.world.refresh("2026-02-02")
        [(before,)] = self.world.rows("SELECT count(*) FROM alert_events")
        self.world.refresh("2026-02-02")
        assert self.world.rows("SELECT count(*) FROM alert_events") == [(before,)]

    @rule(act=st.sampled_from(["acknowledge", "dismiss", "reopen"]), number=st.integers(1, 3))
    def person_acts(self, act: str, number: int) -> None:
        try:
            with self.world.store.writing() as connection:
                if act == "acknowledge":
                    acknowledge(connection, number, "李某", NOW)
                elif act == "dismiss":
                    dismiss(connection, number, "误判", "李某", NOW)
                else:
                    reopen(connection, number, "李某", NOW)
        except NotPossibleError:
            pass

    @invariant()
    def every_alert_is_where_its_events_have_led(self) -> None:
        for number, state in self.world.rows("SELECT id, state FROM alerts"):
            events = [
                what
                for (what,) in self.world.rows(
                    "SELECT what FROM alert_events WHERE alert = ? AND what <> 'changed' ORDER BY id", number
                )
            ]
            states = [AFTER[what] for what in events]
            assert events.count("opened") == 1
            assert states[-1] == state
            assert all(one != later for one, later in pairwise(states))

    @invariant()
    def a_subject_has_one_alert_of_a_kind_and_only_a_closed_one_has_ended(self) -> None:
        assert self.world.rows("SELECT kind FROM alerts GROUP BY kind, subject HAVING count(*) > 1") == []
        assert (
            self.world.rows("SELECT id FROM alerts WHERE (state = 'closed') <> (closed_at IS NOT NULL)") == []
        )
        assert (
            self.world.rows(
                "SELECT id FROM alerts WHERE reopened <> (SELECT count(*) FROM alert_events"
                " WHERE alert = alerts.id AND what = 'reopened')"
            )
            == []
        )


TestBook = Book.TestCase
