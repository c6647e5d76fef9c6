"""Facts and rules in, a verdict with its class and reasons out."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Literal, NamedTuple

from gxcrawl.health.facts import RunFacts, leading_failure, measures

Verdict = Literal["healthy", "degraded", "blocked", "failed"]
GRAVITY: Mapping[Verdict, int] = {"healthy": 0, "degraded": 1, "blocked": 2, "failed": 3}


class Judgement(NamedTuple):
    verdict: Verdict
    failure: str  # the class; empty for a healthy run
    reasons: tuple[str, ...]


class Rule(NamedTuple):
    measure: str
    verdict: str
    failure: str
    text: str
    above: float | None = None
    below: float | None = None

    def holds(self, value: float) -> bool:
        return (self.above is not None and value > self.above) or (
            self.below is not None and value < self.below
        )


@cache
def rules() -> tuple[Rule, ...]:
    raw = tomllib.loads(Path(__file__).with_name("rules.toml").read_text(encoding="utf-8"))["rule"]
    return tuple(Rule(failure=one.pop("class"), **one) for one in raw)


def judge(facts: RunFacts) -> Judgement:
    """The gravest verdict of all rules that hold; what it was given for, and every other reason."""
    measured = measures(facts)
    leading = leading_failure(facts)
    held = [
        (rule, measured[rule.measure])
        for rule in rules()
        if rule.measure in measured and rule.holds(measured[rule.measure])
    ]
    if not held:
        return Judgement("healthy", "", ())
    verdicts = [_verdict(rule, leading) for rule, _ in held]
    gravest = max(range(len(held)), key=lambda index: (GRAVITY[verdicts[index]], -index))
    rule = held[gravest][0]
    reasons = tuple(one.text.format(value=value, leading=leading, **_words(measured)) for one, value in held)
    return Judgement(verdicts[gravest], leading if rule.failure == "leading" else rule.failure, reasons)


def _verdict(rule: Rule, leading: str) -> Verdict:
    if rule.verdict == "leading":
        return "blocked" if leading.startswith("blocked") else "failed"
    return next(verdict for verdict in GRAVITY if verdict == rule.verdict)


def _words(measured: Mapping[str, float]) -> dict[str, float]:
    """What a text may name beside its own value."""
    return {name: measured[name] for name in ("lists", "rows")}
