"""What is counted about a run before it is judged."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple


class ListFacts(NamedTuple):
    scope: str
    url: str
    rows: int
    complete: bool
    stop_reason: str
    failure: str


@dataclass(frozen=True, slots=True)
class RunFacts:
    lists: tuple[ListFacts, ...]
    details: int = 0  # article pages that were wanted and asked
    failures: Mapping[str, int] = field(default_factory=dict)  # of article pages, by class
    bare: int = 0  # article pages with neither title nor body
    reports: int = 0
    min_rows: int = 0
    last_rows: int | None = None  # of the last good run
    rows: int = 0  # distinct addresses that the lists show
    budget_spent: bool = False


def measures(facts: RunFacts) -> dict[str, float]:
    """The numbers that rules are about. A share of nothing is no share."""
    broken = [one for one in facts.lists if one.failure]
    measured: dict[str, float] = {
        "lists": len(facts.lists),
        "lists.broken": len(broken),
        "lists.incomplete": sum(not one.complete for one in facts.lists),
        "rows": facts.rows,
        "rows.below_floor": max(0, facts.min_rows - facts.rows),
        "budget.spent": int(facts.budget_spent),
    }
    if facts.lists:
        measured["lists.lost_share"] = sum(not one.rows for one in broken) / len(facts.lists)
    if facts.last_rows:
        measured["rows.lost_share"] = 1 - facts.rows / facts.last_rows
    if facts.details:
        measured["details.failed_share"] = sum(facts.failures.values()) / facts.details
        measured["details.bare_share"] = facts.bare / facts.details
    return measured


def leading_failure(facts: RunFacts) -> str:
    """The class that explains most: of the lists when one is broken, else of the article pages."""
    classes = Counter(one.failure for one in facts.lists if one.failure) or Counter(facts.failures)
    return classes.most_common(1)[0][0] if classes else ""
