"""Whatever a crawl can say of a failure is in the runbook: its words are collected from code and data."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from gxcrawl.crawl.failures import PASSING, failure_of
from gxcrawl.crawl.open import INTERRUPTED
from gxcrawl.crawl.reading import UNREAD
from gxcrawl.health.judge import GRAVITY, rules
from gxcrawl.samples.portals import Replica, fault_replicas, replicas

ROOT = Path(__file__).resolve().parents[1]
CODE = sorted([*(ROOT / "gxcrawl" / "crawl").glob("*.py"), *(ROOT / "spiders").glob("*.py")])
PAGE = (ROOT / "docs" / "runbook.md").read_text(encoding="utf-8")
NAMES = set(re.findall(r"^\| `([^`]+)` \|", PAGE, re.M))

# Calls whose argument at this place is a class of a failure, or the stop reason of a list.
CLASS_AT = {"Refused": 0, "leave_lane": 1, "_give_up": 1, "_try_again": 1, "no_list": 1, "_abandon": 0}
REASON_AT = {"Turn": 0, "_end": 0, "end": 1}
CLASS_NAMED = ("failure", "broken", "moved")  # arguments and variables that hold one


@cache
def sample_portals() -> tuple[Replica, ...]:
    return (*replicas(), *fault_replicas())


def texts(node: ast.AST | None) -> list[str]:
    """The words that an expression may be, as far as they are written down."""
    if isinstance(node, ast.Constant):
        return [node.value] if isinstance(node.value, str) and node.value else []
    if isinstance(node, ast.IfExp):
        return texts(node.body) + texts(node.orelse)
    if isinstance(node, ast.BoolOp):
        return [text for value in node.values for text in texts(value)]
    return []


def said(source: str) -> Iterator[tuple[str, str]]:
    """("class" or "reason", word) for everything that a source text says of a failure or an end."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) in CLASS_NAMED:
            yield from (("class", text) for text in texts(node.value))
        if not isinstance(node, ast.Call):
            continue
        name = ast.unparse(node.func).rpartition(".")[2]
        for kind, places in (("class", CLASS_AT), ("reason", REASON_AT)):
            if name in places and len(node.args) > places[name]:
                yield from ((kind, text) for text in texts(node.args[places[name]]))
        for keyword in node.keywords:
            if keyword.arg in CLASS_NAMED:
                yield from (("class", text) for text in texts(keyword.value))


def all_said(kind: str) -> set[str]:
    return {word for path in CODE for what, word in said(path.read_text(encoding="utf-8")) if what == kind}


def test_every_class_that_the_code_names_is_explained() -> None:
    found = {word for word in all_said("class") if word != "empty"}  # between spider and search only
    assert {"foreign", "robots", "moved", "listing-empty", "listing-not-found", "hijacked"} <= found
    assert sorted(found - NAMES) == []


def test_every_class_of_the_rules_is_explained() -> None:
    of_health = {rule.failure for rule in rules()} - {"leading"}
    of_network = set(PASSING) | {failure_of(error)[0] for error in (OSError(), TimeoutError())}
    source = ROOT.joinpath("gxcrawl/pages/refusal.toml").read_text(encoding="utf-8")
    of_pages = {rule["class"] for rule in tomllib.loads(source)["rules"]}
    assert "blocked:瑞数" in of_pages
    found = of_health | of_network | of_pages | {INTERRUPTED.failure, UNREAD, "bare", "too-large", "tls"}
    assert sorted(found - NAMES) == []


def test_every_class_of_the_sample_portals_is_explained() -> None:
    assert sorted({replica.failure for replica in sample_portals()} - NAMES - {""}) == []
    assert {replica.verdict for replica in sample_portals()} <= NAMES


def test_every_verdict_is_explained() -> None:
    assert set(GRAVITY) <= NAMES


def test_every_stop_reason_is_explained() -> None:
    reasons = all_said("reason")
    assert {"declared-total", "last-page", "no-next", "cap", "replaced"} <= reasons
    failed = {reason.removeprefix("failed:") for reason in reasons if reason.startswith("failed:")}
    ends = {reason for reason in reasons if not reason.startswith("failed:")}
    assert sorted((failed | ends) - NAMES) == []
    table = PAGE.partition("## Why a list ended")[2].partition("\n## ")[0]
    expected = {
        stop.partition(":")[0] + ":<class>" * (":" in stop)
        for replica in sample_portals()
        for truth in replica.lists.values()
        for stop in truth.stop_reasons
    }
    assert sorted(stop for stop in ends | expected if f"`{stop}`" not in table) == []


def test_a_class_and_a_reason_are_found_wherever_they_are_said() -> None:
    source = (
        "lists.end(1, 'failed:x', failure='one')\n"
        "raise Refused('two', text)\n"
        "moved = 'three' if far else ''\n"
        "return Turn('stop', failure=name or 'four')\n"
    )
    assert sorted(said(source)) == [
        ("class", "four"),
        ("class", "one"),
        ("class", "three"),
        ("class", "two"),
        ("reason", "failed:x"),
        ("reason", "stop"),
    ]
