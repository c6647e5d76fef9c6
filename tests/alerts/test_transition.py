"""What becomes of an alert: every case of the table, one by one."""

from __future__ import annotations

from itertools import product

import pytest

from gxcrawl.alerts.model import STATES, State
from gxcrawl.alerts.transition import Sign, Step, step

HERE = {"present": True, "judged": True}
GONE = {"present": False, "judged": True}
DARK = {"present": False, "judged": False}  # nothing can be seen
SHADE = {"present": True, "judged": False}  # it seems so, while nothing can be trusted

# state, sign, facts changed -> state, event
TABLE: list[tuple[State | None, dict[str, bool], bool, State | None, str | None]] = [
    (None, HERE, False, "open", "opened"),
    (None, HERE, True, "open", "opened"),
    (None, SHADE, False, None, None),
    (None, SHADE, True, None, None),
    (None, GONE, False, None, None),
    (None, DARK, False, None, None),
    ("open", HERE, False, "open", None),
    ("open", HERE, True, "open", "changed"),
    ("open", SHADE, False, "open", None),
    ("open", SHADE, True, "open", None),
    ("open", GONE, False, "closed", "closed"),
    ("open", DARK, False, "held", "held"),
    ("held", HERE, False, "open", "resumed"),
    ("held", HERE, True, "open", "resumed"),
    ("held", SHADE, False, "held", None),
    ("held", SHADE, True, "held", None),
    ("held", GONE, False, "closed", "closed"),
    ("held", DARK, False, "held", None),
    ("acknowledged", HERE, False, "acknowledged", None),
    ("acknowledged", HERE, True, "acknowledged", "changed"),
    ("acknowledged", SHADE, False, "acknowledged", None),
    ("acknowledged", SHADE, True, "acknowledged", None),
    ("acknowledged", GONE, False, "closed", "closed"),
    ("acknowledged", DARK, False, "acknowledged", None),
    ("dismissed", HERE, False, "dismissed", None),
    ("dismissed", HERE, True, "open", "reopened"),
    ("dismissed", SHADE, False, "dismissed", None),
    ("dismissed", SHADE, True, "dismissed", None),
    ("dismissed", GONE, False, "dismissed", None),
    ("dismissed", DARK, False, "dismissed", None),
    ("closed", HERE, False, "open", "reopened"),
    ("closed", HERE, True, "open", "reopened"),
    ("closed", SHADE, False, "closed", None),
    ("closed", SHADE, True, "closed", None),
    ("closed", GONE, False, "closed", None),
    ("closed", DARK, False, "closed", None),
]


@pytest.mark.parametrize(("state", "sign", "changed", "after", "event"), TABLE)
def test_each_case_has_its_one_outcome(
    state: State | None, sign: dict[str, bool], changed: bool, after: State | None, event: str | None
) -> None:
    assert step(state, Sign(**sign, changed=changed)) == Step(after, event)  # type: ignore[arg-type]


def test_the_table_has_every_case() -> None:
    cases = {(state, sign["present"], sign["judged"], changed) for state, sign, changed, *_ in TABLE}
    possible = {
        case for case in product((None, *STATES), (True, False), (True, False), (True, False))
        if case[1] or not case[3]  # without a cause there are no facts to differ
    }  # fmt: skip
    assert cases == possible
    assert len(TABLE) == len(cases)


def test_what_is_too_old_begins_nothing_but_what_was_told_goes_on() -> None:
    old = Sign(present=True, judged=True, changed=True, may_open=False)
    assert step(None, old) == Step(None)
    assert step("open", old) == Step("open", "changed")
    assert step("closed", old) == Step("open", "reopened")


@pytest.mark.parametrize(
    ("state", "signs"), [*product((None, *STATES), product((True, False), (True, False), (True, False)))]
)
def test_a_state_never_changes_without_an_event(state: State | None, signs: tuple[bool, bool, bool]) -> None:
    after, event = step(state, Sign(*signs))
    assert (after != state) == (event is not None and event != "changed")
