"""What becomes of an alert when its cause is looked for. Pure; docs/alerts.md has the same table in words."""

from __future__ import annotations

from typing import NamedTuple

from gxcrawl.alerts.model import State, Trust, What


class Sign(NamedTuple):
    """What a look says of one cause."""

    present: bool
    trust: Trust
    changed: bool = False  # it rests on other facts than before
    may_open: bool = True


class Step(NamedTuple):
    """None: no alert is made, or nothing happened that is worth an event."""

    state: State | None
    event: What | None = None


def step(state: State | None, sign: Sign) -> Step:
    """Every change of the state has exactly one event."""
    if state == "dismissed":
        # Its findings are no cause any more, so an absent cause says nothing about the facts.
        again = sign.present and sign.trust == "judged" and sign.changed
        return Step("open", "reopened") if again else Step(state)
    if sign.trust != "judged":
        return Step("held", "held") if state == "open" and sign.trust == "blind" else Step(state)
    if sign.present:
        return _confirmed(state, sign)
    return Step(state) if state in (None, "closed") else Step("closed", "closed")


def _confirmed(state: State | None, sign: Sign) -> Step:
    if state is None:
        return Step("open", "opened") if sign.may_open else Step(None)
    if state == "closed":
        return Step("open", "reopened")
    if state == "held":
        return Step("open", "resumed")
    return Step(state, "changed" if sign.changed else None)
