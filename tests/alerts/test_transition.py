"""What becomes of an alert: every case of the table, one by one."""

from __future__ import annotations

from itertools import product
from typing import get_args

import pytest

from gxcrawl.alerts.model import STATES, State, Trust
from gxcrawl.alerts.transition import Sign, Step, step

HERE = (True, "judged")
GONE = (False, "judged")
DARK = (False, "blind")  # nothing can be seen
SHADE = (True, "blind")  # it seems so, while nothing can be seen
LASTS = (True, "lasting")  # nothing can be seen, and nothing that could be would take it back

# state, sign, facts changed -> state, event
TABLE: list[tuple[State | None, tuple[bool, Trust], bool, State | None, str | None]] = [
    (None, HERE, False, "open", "opened"),
    (None, HERE, True, "open", "opened"),
    (None, SHADE, False, None, None),
    (None, SHADE, True, None, None),
    (None, LASTS, False, None, None),
    (None, LASTS, True, None, None),
    (None, GONE, False, None, None),
    (None, DARK, False, None, None),
    ("open", HERE, False, "open", None),
    ("open", HERE, True, "open", "changed"),
    ("open", SHADE, False, "held", "held"),
    ("open", SHADE, True, "held", "held"),
    ("open", LASTS, False, "open", None),
    ("open", LASTS, True, "open", None),
    ("open", GONE, False, "closed", "closed"),
    ("open", DARK, False, "held", "held"),
    ("held", HERE, False, "open", "resumed"),
    ("held", HERE, True, "open", "resumed"),
    ("held", SHADE, False, "held", None),
    ("held", SHADE, True, "held", None),
    ("held", LASTS, False, "held", None),
    ("held", LASTS, True, "held", None),
    ("held", GONE, False, "closed", "closed"),
    ("held", DARK, False, "held", None),
    ("acknowledged", HERE, False, "acknowledged", None),
    ("acknowledged", HERE, True, "acknowledged", "changed"),
    ("acknowledged", SHADE, False, "acknowledged", None),
    ("acknowledged", SHADE, True, "acknowledged", None),
    ("acknowledged", LASTS, False, "acknowledged", None),
    ("acknowledged", LASTS, True, "acknowledged", None),
    ("acknowledged", GONE, False, "closed", "closed"),
    ("acknowledged", DARK, False, "acknowledged", None),
    ("dismissed", HERE, False, "dismissed", None),
    ("dismissed", HERE, True, "open", "reopened"),
    ("dismissed", SHADE, False, "dismissed", None),
    ("dismissed", SHADE, True, "dismissed", None),
    ("dismissed", LASTS, False, "dismissed", None),
    ("dismissed", LASTS, True, "dismissed", None),
    ("dismissed", GONE, False, "dismissed", None),
    ("dismissed", DARK, False, "dismissed", None),
    ("closed", HERE, False, "open", "reopened"),
    ("closed", HERE, True, "open", "reopened"),
    ("closed", SHADE, False, "closed", None),
    ("closed", SHADE, True, "closed", None),
    ("closed", LASTS, False, "closed", None),
    ("closed", LASTS, True, "closed", None),
    ("closed", GONE, False, "closed", None),
    ("closed", DARK, False, "closed", None),
]


@pytest.mark.parametrize(("state", "sign", "changed", "after", "event"), TABLE)
def test_each_case_has_its_one_outcome(
    state: State | None, sign: tuple[bool, Trust], changed: bool, after: State | None, event: str | None
) -> None:
    assert step(state, Sign(*sign, changed)) == Step(after, event)  # type: ignore[arg-type]


def test_the_table_has_every_case() -> None:
    cases = {(state, *sign, changed) for state, sign, changed, *_ in TABLE}
    possible = {
        case for case in product((None, *STATES), (True, False), get_args(Trust), (True, False))
        if case[1] or not (case[3] or case[2] == "lasting")  # without a cause no facts differ or last
    }  # fmt: skip
    assert cases == possible
    assert len(TABLE) == len(cases)


def test_what_is_too_old_begins_nothing_but_what_was_told_goes_on() -> None:
    old = Sign(present=True, trust="judged", changed=True, may_open=False)
    assert step(None, old) == Step(None)
    assert step("open", old) == Step("open", "changed")
    assert step("closed", old) == Step("open", "reopened")


@pytest.mark.parametrize(
    ("state", "signs"), [*product((None, *STATES), product((True, False), get_args(Trust), (True, False)))]
)
def test_a_state_never_changes_without_an_event(state: State | None, signs: tuple[bool, Trust, bool]) -> None:
    after, event = step(state, Sign(*signs))
    assert (after != state) == (event is not None and event != "changed")
