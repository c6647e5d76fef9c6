"""The examples in deploy/ do what they say."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
from pathlib import Path

import click
import pytest

from gxcrawl.cli import main

DEPLOY = Path(__file__).resolve().parents[1] / "deploy"
COMMAND = re.compile(r"(?:^|[\s\"\[/])gxcrawl\"?,? ((?:-q )?(?:watch|archive)[^>&|\n\]]*)", re.M)


def commands() -> list[tuple[str, str]]:
    found = []
    for path in sorted(DEPLOY.iterdir()):
        text = path.read_text(encoding="utf-8")
        text = re.sub(r"CMD \[(.*)\]", lambda cmd: " " + cmd[1].replace('"', "").replace(",", ""), text)
        found += [(path.name, words.strip().strip("`")) for words in COMMAND.findall(text)]
    return found


def test_there_is_an_example_for_cron_systemd_and_a_container() -> None:
    assert {name for name, _ in commands()} >= {"gxcrawl.cron", "gxcrawl-watch.service", "Containerfile"}


@pytest.mark.parametrize(("name", "words"), commands())
def test_every_command_of_an_example_is_one_that_exists(name: str, words: str) -> None:
    parts = [part.rstrip("`") for part in shlex.split(words.replace("`", ""))]
    context: click.Context = main.make_context("gxcrawl", parts, resilient_parsing=True)
    verb = main.get_command(context, next(part for part in parts if not part.startswith("-")))
    assert verb is not None, name
    known = {option for param in verb.params for option in (*param.opts, *param.secondary_opts)}
    given = {part for part in parts if part.startswith("--")}
    assert given <= known, name


def test_what_goes_wrong_is_mailed_by_cron_and_not_lost_in_a_log() -> None:
    lines = (DEPLOY / "gxcrawl.cron").read_text(encoding="utf-8").splitlines()
    commands = [line for line in lines if "bin/gxcrawl" in line]
    assert len(commands) == 2
    for line in commands:
        assert re.search(r">> \w+\.log$", line), line
        assert "gxcrawl -q " in line, "else every word about the work would be a mail"


def test_systemd_takes_the_units(tmp_path: Path, systemd_analyze: str) -> None:
    service = (DEPLOY / "gxcrawl-watch.service").read_text(encoding="utf-8")
    (tmp_path / "gxcrawl-watch.service").write_text(
        service.replace("/opt/gxcrawl/.venv/bin/gxcrawl", "/bin/true"), encoding="utf-8"
    )
    shutil.copy(DEPLOY / "gxcrawl-watch.timer", tmp_path)
    checked = subprocess.run(
        [systemd_analyze, "verify", *map(str, tmp_path.iterdir())],
        capture_output=True,
        text=True,
        check=False,
    )
    complaints = [line for line in checked.stderr.splitlines() if "gxcrawl-watch" in line]
    assert complaints == []
