"""The data of the alerts: complete, and about checks that there are."""

from __future__ import annotations

import re
from pathlib import Path

from gxcrawl.alerts.rules import advice, rules
from gxcrawl.checks.catalogue import load_checks

RUNBOOK = Path(__file__).resolve().parents[2] / "docs" / "runbook.md"


def test_every_class_of_a_failure_has_its_advice_and_no_other() -> None:
    chapter = RUNBOOK.read_text(encoding="utf-8").partition("## Classes of failures")[2].partition("\n## ")[0]
    classes = set(re.findall(r"^\| `([^`]+)` \|", chapter, re.M))
    assert len(classes) > 20
    assert set(advice()) == classes


def test_every_rule_is_about_a_check_of_the_catalogue() -> None:
    assert sorted(set(rules().checks) - set(load_checks())) == []


def test_what_rests_on_no_check_has_its_own_words() -> None:
    assert set(rules().own) == {
        "portal-unhealthy",
        "portal-stale",
        "reports-unnamed",
        "portal-summary",
        "receiver-failed",
    }
