"""`gxcrawl status`: who has not published, in one line for each."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from gxcrawl.cli import main
from gxcrawl.commands.status import STATUSES
from gxcrawl.duties.words import status_words
from gxcrawl.store import open_store, take_in
from tests.store.made_bundles import Run, Said, make_bundle

LIST = "http://shili.example/list"
ORGANS = ("财政局", "教育局", "民政局")
Command = Callable[..., Result]


@pytest.fixture
def db(tmp_path: Path) -> Path:
    """Three departments reported in 2024, and one of them for 2025; a street office never did."""
    path = tmp_path / "gxcrawl.db"
    pages = {f"{organ}-2024": Said(f"{organ}2024", organ=f"示例县{organ}", year=2024) for organ in ORGANS}
    now = pages | {"财政局-2025": Said("财政局2025", organ="示例县财政局", year=2025)}
    with open_store(path) as store:
        for day, shown in (("2026-01-05", pages), ("2026-01-20", now), ("2026-02-05", now)):
            take_in(
                store, make_bundle(tmp_path / "archive", Run(day, lists={LIST: list(shown)}, pages=shown))
            )
    return path


@pytest.fixture
def run(db: Path) -> Command:
    def command(*words: str) -> Result:
        return CliRunner().invoke(main, [*words, "--db", str(db)])

    assert command("check", "--today", "2026-02-05").exit_code == 0
    return command


def status(run: Command, *words: str) -> Result:
    return run("status", "--today", "2026-02-05", *words)


def test_what_needs_attention_comes_first_and_the_last_line_counts(run: Command) -> None:
    *lines, last = status(run).output.splitlines()
    assert [line.split()[:3] for line in lines] == [
        ["未发布，逾期5天", "2026-01-31", "示例县教育局"],
        ["未发布，逾期5天", "2026-01-31", "示例县民政局"],
        ["按期", "2026-01-31", "示例县财政局"],
    ]
    assert lines[0].endswith("法定期限为2026-01-31，2026-02-05的列表完整而没有此报告，已逾期5天")
    assert last == "2025年度报告：未发布2，按期1；共3个机关。"


def test_organ_status_area_and_year_choose(run: Command) -> None:
    assert (
        status(run, "--organ", "990101:财政局").output.splitlines()[-1] == "2025年度报告：按期1；共1个机关。"
    )
    assert len(status(run, "--status", "missing", "--status", "late").output.splitlines()) == 3
    for area in ("99", "990100", "990101"):
        assert len(status(run, "--area", area).output.splitlines()) == 4
    assert status(run, "--year", "2024").output.endswith("共3个机关。\n")


def test_scripts_get_one_json_object_for_each_duty(run: Command) -> None:
    found = [json.loads(line) for line in status(run, "--json").output.splitlines()]
    assert [(one["organ"], one["status"], one["days"]) for one in found] == [
        ("990101:教育局", "missing", 5),
        ("990101:民政局", "missing", 5),
        ("990101:财政局", "on_time", None),
    ]
    assert found[2]["url"] == "http://财政局-2025"
    assert found[0]["statutory"] is True


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--area", "110000"), "no organ is in the area 110000; `gxcrawl organ list` shows"),
        (("--organ", "nobody"), "there is no organ nobody; `gxcrawl organ list` shows"),
    ],
)
def test_whom_nobody_knows_is_said_and_not_passed_over(
    run: Command, words: tuple[str, ...], told: str
) -> None:
    done = status(run, *words)
    assert (done.exit_code, done.output.startswith(f"Error: {told}")) == (1, True)


def test_before_any_check_it_says_what_to_do(db: Path) -> None:
    done = CliRunner().invoke(main, ["status", "--year", "2025", "--db", str(db)])
    assert (done.exit_code, done.stdout) == (0, "2025年度报告：尚无；共0个机关。\n")
    assert "`gxcrawl check` finds out who owes what" in done.stderr


def test_every_status_can_be_asked_for() -> None:
    assert sorted(STATUSES) == sorted(status_words())
