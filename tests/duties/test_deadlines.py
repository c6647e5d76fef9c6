"""Local dates are entries that a clerk can write; what is wrong with one is said in a sentence."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from gxcrawl.duties.deadlines import DeadlinesError, deadline, read_rules, shipped_rules

LOCAL = """
[[deadline]]
id = "示例县2025"
area = "990101"
kinds = ["town", "subdistrict"]
first_year = 2025
last_year = 2025
due = "02-20"
text = "示例县关于做好2025年度报告编制工作的通知"
"""


def test_a_local_rule_stands_before_the_statute_for_its_area_kinds_and_years(tmp_path: Path) -> None:
    path = tmp_path / "deadlines.toml"
    path.write_text(LOCAL, encoding="utf-8")
    rules = (*read_rules(path), *shipped_rules())
    assert deadline(rules, "town", "990101", 2025).due == date(2026, 2, 20)
    assert deadline(rules, "town", "990101", 2025).statutory is False
    assert deadline(rules, "department", "990101", 2025).due == date(2026, 1, 31)
    assert deadline(rules, "town", "990102", 2025).due == date(2026, 3, 31)
    assert deadline(rules, "town", "990101", 2024).due == date(2025, 3, 31)


def test_a_local_rule_may_free_organs_from_reporting(tmp_path: Path) -> None:
    path = tmp_path / "deadlines.toml"
    path.write_text(
        '[[deadline]]\nid = "x"\ntext = "x"\nfirst_year = 2025\nexempt = "由上级统一编制"\n', "utf-8"
    )
    assert deadline(read_rules(path), "other", "990101", 2025).exempt == "由上级统一编制"


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        ("id = 1", "id must be"),
        ('id = "x"', "the key text is missing"),
        ('id = "x"\ntext = "x"\nfirst_year = 2025\ndue = "13-40"', "13-40"),
        ('id = "x"\ntext = "x"\nfirst_year = 2025\ndue = "02-29"', "02-29"),
        ('id = "x"\ntext = "x"\nfirst_year = 2025', "due must be"),
        ('id = "x"\ntext = "x"\nfirst_year = 2025\ndue = "02-20"\nkinds = ["village"]', "village"),
        ('id = "x"\ntext = "x"\nfirst_year = 2025\ndue = "02-20"\nwhere = "x"', "no key 'where'"),
        ('id = "x"\ntext = ""\nfirst_year = 2025\ndue = "02-20"', "the key text is missing"),
        ('id = "x"\ntext = "x"\nfirst_year = 2025\nlast_year = 2024\ndue = "02-20"', "is before first_year"),
        ('id = "x"\ntext = "x"\nfirst_year = 2025\ndue = "02-20"\narea = "示例县"', "area must be"),
        ('id = "x"\ntext = "x"\nfirst_year = true\ndue = "02-20"', "first_year must be a whole number"),
        ("id = ", "cannot be read"),
    ],
)
def test_a_fault_names_its_entry_and_what_to_correct(tmp_path: Path, entry: str, said: str) -> None:
    path = tmp_path / "deadlines.toml"
    path.write_text(f"[[deadline]]\n{entry}\n", encoding="utf-8")
    with pytest.raises(DeadlinesError, match=said) as caught:
        read_rules(path)
    assert str(path) in str(caught.value)


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    path = tmp_path / "deadlines.toml"
    path.write_text(
        '[[deadline]]\nid = 1\ndue = "40"\nkinds = ["village", 7]\n\n'
        '[[deadline]]\nid = "x"\ntext = "x"\nfirst_year = "2025"\n',
        encoding="utf-8",
    )
    with pytest.raises(DeadlinesError) as caught:
        read_rules(path)
    faults = [line.removeprefix(f"{path}: entry ") for line in str(caught.value).splitlines()]
    kinds = "government, department, town, township, subdistrict, area_committee, vertical, other"
    assert faults == [
        "1: id must be a text in quotes; correct it",
        "1: the key text is missing; add it",
        "1: the key first_year is missing; add it",
        f"1: no kind of organ is called 'village'; use {kinds}",
        f"1: no kind of organ is called 7; use {kinds}",
        "1: due must be a month and a day such as 01-31, not '40'",
        "2: first_year must be a whole number; correct it",
        "2: due must be a month and a day such as 01-31, not ''",
    ]
