"""`gxcrawl alerts` from a terminal."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import feedparser
import pytest
from click.testing import CliRunner

from gxcrawl.alerts.model import SEVERITIES, STATES
from gxcrawl.cli import main
from gxcrawl.clock import VARIABLE
from gxcrawl.commands import alerts
from gxcrawl.notify.receivers import STREAMS
from tests.alerts.world import World, crawled
from tests.commands.conftest import Run
from tests.notify.servers import hook

SHOWN = "error  示例县财政局 2025  P-MISSING: 法定期限为2026-01-31，列表中没有此报告，已逾期1天。"


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """A department whose report is missing, and the summary of its portal."""
    with crawled(tmp_path) as world:
        world.missing("财政局", days=1)
        world.refresh("2026-02-01")
        yield world


class Done(NamedTuple):
    returncode: int
    stdout: str
    stderr: str


Command = Callable[..., Done]


@pytest.fixture
def command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Command:
    """`gxcrawl …` in the folder of the database, on the day of the alerts, within this process."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv(VARIABLE, "2026-02-01")

    def run(*words: str) -> Done:
        done = CliRunner().invoke(main, words, prog_name="gxcrawl")
        assert done.exception is None or isinstance(done.exception, SystemExit)
        return Done(done.exit_code, done.stdout, done.stderr)

    return run


def receivers(folder: Path, *urls: str) -> None:
    entries = [f'[[receiver]]\nname = "r{n}"\nurl = "{url}"\n' for n, url in enumerate(urls)]
    folder.joinpath("receivers.toml").write_text("\n".join(entries), encoding="utf-8")


@pytest.mark.usefixtures("world")
def test_open_alerts_are_listed_a_line_each_the_worst_first(command: Command) -> None:
    done = command("alerts")
    lines = done.stdout.splitlines()
    assert (done.returncode, lines[0].partition("  ")[2].lstrip()) == (0, SHOWN)
    assert [line.split()[1] for line in lines] == ["error", "info"]
    assert len(command("alerts", "--severity", "warn").stdout.splitlines()) == 1
    assert command("alerts", "--area", "2301").stdout == command("alerts", "--stream", "crawler").stdout == ""
    [first, _] = [json.loads(line) for line in command("alerts", "--json").stdout.splitlines()]
    assert (first["organ"], first["year"], first["state"]) == ("财政局", 2025, "open")
    assert first["evidence"]["duty"]["status"] == "missing"


def test_alerts_are_acknowledged_dismissed_and_opened_again(command: Command, world: World) -> None:
    assert command("alerts", "ack", "1", "--who", "李某").stderr == "acknowledged: 1\n"
    assert command("alerts", "dismiss", "1", "2", "--why", "已并入他局").stderr == "dismissed: 1, 2\n"
    assert command("alerts").stdout == ""
    assert "(dismissed)" in command("alerts", "--all").stdout
    assert len(command("alerts", "--state", "dismissed").stdout.splitlines()) == 2
    assert command("alerts", "reopen", "1").stderr == "open again: 1\n"
    assert world.states("P-MISSING") == {"财政局 2025": "open"}
    assert world.rows("SELECT who FROM alert_events WHERE what = 'acknowledged'") == [("李某",)]


def test_of_several_alerts_all_change_or_none(command: Command, world: World) -> None:
    done = command("alerts", "ack", "1", "99")
    assert (done.returncode, done.stderr) == (
        1,
        "Error: there is no alert 99; `gxcrawl alerts --all` lists them\n",
    )
    assert world.states("P-MISSING") == {"财政局 2025": "open"}


def test_a_dismissal_needs_a_reason(command: Command, world: World) -> None:
    assert command("alerts", "dismiss", "1").returncode == 2
    assert "--why is empty" in command("alerts", "dismiss", "1", "--why", " ").stderr
    assert world.events("P-MISSING") == ["opened"]


def test_the_database_may_be_named_before_the_verb(command: Command, world: World, tmp_path: Path) -> None:
    world.store.close()
    tmp_path.joinpath("gxcrawl.db").rename(tmp_path / "mine.db")
    assert command("alerts", "--db", "mine.db", "ack", "1").returncode == 0
    assert command("alerts", "ack", "2", "--db", "mine.db").returncode == 0
    done = command("alerts")
    assert (done.returncode, "there is no such database" in done.stderr) == (2, True)
    assert not tmp_path.joinpath("gxcrawl.db").exists()


@pytest.mark.usefixtures("world")
def test_what_would_be_sent_is_shown_and_then_sent_once(run: Run, tmp_path: Path) -> None:
    with hook() as service:
        receivers(tmp_path, f"json://127.0.0.1:{service.port}/tok3n")
        shown = run("alerts", "send", "--dry-run", "--today", "2026-02-01")
        assert "r0: 政府信息公开年报告警：错误1条（2026-02-01）" in shown.stdout
        assert service.bodies == []
        done = run("alerts", "send", "--today", "2026-02-01")
        assert (done.returncode, done.stderr) == (0, "r0: 1 alerts in one message\n")
        assert run("alerts", "send", "--today", "2026-02-01").stderr == ""
    [message] = service.messages
    assert message["message"] in shown.stdout
    assert "tok3n" not in shown.stdout + shown.stderr + done.stderr


@pytest.mark.usefixtures("world")
def test_who_cannot_be_reached_is_named_without_the_address(command: Command, tmp_path: Path) -> None:
    with hook() as service:
        receivers(tmp_path, "json://127.0.0.1:1/tok3n", f"json://127.0.0.1:{service.port}")
        done = command("alerts", "send")
    assert done.returncode == 1
    assert "gxcrawl: r0: not delivered: " in done.stderr
    assert "tok3n" not in done.stderr
    assert len(service.bodies) == 1


@pytest.mark.usefixtures("world")
def test_without_receivers_nobody_is_told_and_a_wrong_file_is_explained(
    command: Command, tmp_path: Path
) -> None:
    done = command("alerts", "send")
    assert (done.returncode, "nobody is to be told" in done.stderr) == (0, True)
    tmp_path.joinpath("receivers.toml").write_text("[[receiver]]\nname = 'a'\n", encoding="utf-8")
    done = command("alerts", "send")
    assert (done.returncode, "receivers.toml:1: give either url" in done.stderr) == (2, True)


@pytest.mark.usefixtures("world")
def test_feeds_are_printed_or_written(command: Command, tmp_path: Path) -> None:
    for words in ((), ("--area", "990000"), ("--organ", "财政局")):
        found = feedparser.parse(command("alerts", "feed", *words).stdout)
        assert not found.bozo
        assert found.entries
    assert command("alerts", "feed", "--out", "feeds").stderr.endswith("5 feeds in feeds\n")
    assert tmp_path.joinpath("feeds", "index.html").is_file()
    assert command("alerts", "feed", "--out", "feeds", "--area", "99").returncode == 2
    assert "name another folder" in command("alerts", "feed", "--out", "gxcrawl.db/x").stderr


def test_the_help_knows_all_states() -> None:
    assert (alerts.STATES, alerts.SEVERITIES, alerts.STREAMS) == (STATES, SEVERITIES, STREAMS)
