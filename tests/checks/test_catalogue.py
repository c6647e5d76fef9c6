"""The catalogue is complete, and the page made from it shows all of it."""

from __future__ import annotations

import re

import pytest

from gxcrawl.checks.across import table as across
from gxcrawl.checks.catalogue import NEEDS, load_checks, read_check
from gxcrawl.checks.document import render
from gxcrawl.checks.kinds.table import KINDS
from gxcrawl.problems import problem, problem_entries

# Every code that outsiders may look for: arithmetic, across years, across tables, narrative, cells, outline,
# identity, publication, sameness, aggregation.
CODES = [
    code
    for line in (
        "T3-BAL T3-COL T3-ROW T4-SUM T2-INEQ T3-2019 T2-2019 S-2014 Y-CARRY Y-VALID Y-REPEAL Y-PEND",
        "Y-SAME Y-JUMP Y-GAP C-FEE C-T4T3 C-LIC N-NEW N-CARRY N-DONE N-REV N-LIT N-LIT-OMIT N-APP-OMIT",
        "N-FEE N-FEE-MISSING N-NORM N-SUM N-UNIT N-ALIEN V-FORM V-ROWS V-LABEL V-BLANK V-NUM V-FEE4",
        "V-ALLBLANK Z-ALLZERO Z-OUTLIER SEC-MISSING SEC-ORDER SEC-NUM SEC-DUP SEC-HEAD SEC-EMPTY",
        "SEC-TOPICS SEC-IMPROVE SEC-COUNT SEC-TRUNC L-GOV50 I-ORG I-ORGNAME I-SELF I-FOREIGN I-TITLE",
        "I-YEAR I-PERIOD I-BASIS I-STALE I-CONTACT P-MISSING P-MISSING-LOCAL P-LATE P-LATE-LOCAL P-EARLY",
        "P-BACKDATED P-NODATE P-ATTACH P-IMAGE P-COLUMN P-CHANGED P-GONE P-DEADLINK P-MULTI S-SELF S-PEER",
        "S-GENERIC A-SUM A-LOW A-SCOPE",
    )
    for code in line.split()
]


def test_no_check_is_lost_or_unknown() -> None:
    assert sorted(load_checks()) == sorted(CODES)


# Made by gxcrawl/sameness from the texts of many reports, without a kind.
SAMENESS = {"S-SELF", "S-PEER", "S-GENERIC"}
MAY_BE_LEFT_OUT = {"S-2014", "I-FOREIGN", "A-SUM", "A-LOW", "A-SCOPE"}


def test_every_kind_is_used_and_every_used_kind_exists() -> None:
    checks = load_checks().values()
    between = {check.kind for check in checks if check.needs} | {check.again for check in checks}
    assert {check.kind for check in checks if check.kind and not check.needs} == set(KINDS)
    assert between - {""} == set(across.KINDS)


def test_every_check_is_made_or_left_out_with_a_reason() -> None:
    for code, check in load_checks().items():
        assert check.kind or check.alias or check.left_out or code in SAMENESS, code
        assert not check.left_out or code in MAY_BE_LEFT_OUT, code
        assert not check.left_out or check.left_out.endswith("。")


@pytest.mark.parametrize("code", CODES)
def test_every_check_explains_itself(code: str) -> None:
    check = load_checks()[code]
    assert check.title
    assert check.meaning.endswith("。")
    assert check.example.endswith("。")
    assert bool(check.outcomes) == bool(check.kind or code in SAMENESS)
    assert not check.needs or check.needs in NEEDS


@pytest.mark.parametrize("code", list(problem_entries()))
def test_every_problem_explains_itself(code: str) -> None:
    entry = problem_entries()[code]
    assert entry.title
    assert entry.meaning.endswith("。")
    assert _template(entry.message).fullmatch(entry.example), "the example must be the message, filled in"


def _template(message: str) -> re.Pattern[str]:
    return re.compile("".join(".+" if part.startswith("{") else re.escape(part) for part in _parts(message)))


def _parts(message: str) -> list[str]:
    return re.split(r"(\{\w+\})", message)


def test_a_problem_is_told_in_the_words_of_the_catalogue() -> None:
    told = problem("R-TRUNC", "line 3", printed="不掌握相关政府信", label="不掌握相关政府信息")
    assert told == ("R-TRUNC", "“不掌握相关政府信”不完整，按“不掌握相关政府信息”读取", "line 3")


def test_an_unknown_problem_is_refused() -> None:
    with pytest.raises(KeyError):
        problem("R-NOSUCH")


def test_an_entry_that_nobody_could_make_is_refused() -> None:
    entry = {"code": "X", "title": "x", "meaning": "x", "example": "x"}
    with pytest.raises(ValueError, match="exactly one"):
        read_check(entry, {})
    with pytest.raises(ValueError, match="exactly one"):
        read_check({**entry, "kind": "blank", "alias": ["Y"]}, {})
    with pytest.raises(ValueError, match="needs must be one of"):
        read_check({**entry, "needs": "luck"}, {})


def test_the_page_lists_every_check_and_problem_with_its_example() -> None:
    page = render().replace("\\|", "|")
    for check in load_checks().values():
        assert check.code in page
        assert check.alias or check.example in page
        assert check.left_out in page
    for entry in problem_entries().values():
        assert entry.example in page


@pytest.mark.parametrize("code", ["N-FEE", "N-FEE-MISSING"])
def test_the_quick_word_of_a_fee_check_hides_nothing_its_pattern_finds(code: str) -> None:
    check = load_checks()[code]
    ways = check.patterns["about"].pattern.split("|")
    assert all(check.parameters["word"] in way for way in ways)


@pytest.mark.parametrize("end", "。；;！!？?\n")
def test_a_work_plan_is_never_read_across_the_end_of_a_sentence(end: str) -> None:
    plan = load_checks()["I-STALE"].patterns["plan"]
    assert plan.search("2020年全县政务公开工作要点")
    assert not plan.search(f"2020年全县{end}政务公开工作要点")
