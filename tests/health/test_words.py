"""Whoever reads Chinese is told of every class and every end of a list in Chinese."""

from __future__ import annotations

import re
from pathlib import Path

from gxcrawl.health.words import class_in_chinese, stop_in_chinese

RUNBOOK = Path(__file__).parents[2] / "docs" / "runbook.md"


def codes(heading: str, until: str) -> list[str]:
    """The first column of the tables of a chapter of the runbook."""
    text = RUNBOOK.read_text(encoding="utf-8").partition(f"## {heading}\n")[2].partition(f"## {until}\n")[0]
    return re.findall(r"^\| `([^`]+)` \|", text, re.M)


def test_every_class_of_failure_has_a_chinese_word() -> None:
    classes = codes("Classes of failures", "Why a list ended")
    assert len(classes) > 20
    assert [one for one in classes if class_in_chinese(one) == one] == []


def test_every_reason_for_the_end_of_a_list_has_a_chinese_word() -> None:
    stops = codes("Why a list ended", "Reasons why a page was left out")
    assert len(stops) > 10
    assert [one for one in stops if stop_in_chinese(one).isascii() and "<" not in one] == []
    assert stop_in_chinese("failed:timeout") == class_in_chinese("timeout") == "应答超时"
    assert stop_in_chinese("of-tomorrow") == "of-tomorrow"
