"""`gxcrawl check` from a terminal: what it tells, and when it ends in 1."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from gxcrawl.alerts import Tally
from gxcrawl.cli import main
from gxcrawl.clock import VARIABLE
from gxcrawl.commands.check import tell
from gxcrawl.console import Console
from gxcrawl.review import Outcome
from gxcrawl.store import open_store, take_in
from tests.store.made_bundles import Run, Said, make_bundle

Command = Callable[..., Result]
LIST = "http://shili.example/list"


@pytest.fixture
def gxcrawl(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Command:
    """`gxcrawl …` beside a database with one report whose sums do not add up."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv(VARIABLE, "2026-01-05")
    run = Run("2026-01-05", lists={LIST: ["a"]}, pages={"a": Said("一份报告", year=2025)})
    with open_store(tmp_path / "gxcrawl.db") as store:
        take_in(store, make_bundle(tmp_path / "gxcrawl-archive", run))
    return lambda *words: CliRunner().invoke(main, words, prog_name="gxcrawl")


def alerts() -> list[str]:
    with open_store(Path("gxcrawl.db")) as store:
        query = "SELECT id FROM alerts WHERE stream = 'organ' AND year = 2025"
        return [str(number) for (number,) in store.connection.execute(query)]


def test_strict_ends_in_1_while_a_finding_of_the_running_year_stands(gxcrawl: Command) -> None:
    assert gxcrawl("check").exit_code == 0
    done = gxcrawl("check", "--strict")
    assert done.exit_code == 1
    assert "findings on the reports of 2025 failed" in done.stderr
    assert gxcrawl("alerts", "ack", *alerts()).exit_code == 0
    assert gxcrawl("check", "--strict").exit_code == 1, "somebody looks after it, and it is there still"
    assert gxcrawl("alerts", "dismiss", *alerts(), "--why", "误报").exit_code == 0
    done = gxcrawl("check", "--strict")
    assert (done.exit_code, done.stderr) == (0, "")


def test_strict_looks_at_the_running_year_only(gxcrawl: Command) -> None:
    assert gxcrawl("check", "--strict", "--today", "2027-01-05").exit_code == 0


@pytest.mark.parametrize("way", Tally._fields)
def test_every_way_of_an_alert_is_told(way: str, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    tell(Console(), Outcome(1, 2025, Counter(), Tally(**{way: 7})))
    assert "没有变化" not in capfdbinary.readouterr().out.decode()


@pytest.mark.parametrize("verb", ["check", "export"])
def test_faulty_deadlines_are_wrong_usage(verb: str, gxcrawl: Command) -> None:
    Path("deadlines.toml").write_text("[[deadline]]\nid = 1\n", encoding="utf-8")
    done = gxcrawl(verb)
    assert done.exit_code == 2
    assert "deadlines.toml: entry 1: id must be" in done.stderr


@pytest.mark.parametrize(
    "words", [("check",), ("export",), ("reparse",), ("explain", "1"), ("alerts",)], ids=str
)
def test_a_database_that_is_not_there_is_wrong_usage(words: tuple[str, ...], gxcrawl: Command) -> None:
    done = gxcrawl(*words, "--db", "nowhere.db")
    assert (done.exit_code, Path("nowhere.db").exists()) == (2, False)
    assert "nowhere.db: there is no such database; name it with --db" in done.stderr
