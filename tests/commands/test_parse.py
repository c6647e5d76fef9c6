"""`gxcrawl parse`, started as people start it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest

from gxcrawl.samples import Sample
from tests.commands.conftest import ROOT, Run

pytestmark = pytest.mark.usefixtures("files")


def sources(printed: str) -> list[str]:
    return [json.loads(line)["source"] for line in printed.splitlines()]


def test_a_good_report_is_shown_as_tables_and_exits_with_0(run: Run, clean: Sample) -> None:
    done = run("parse", "good.html")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith(clean.title)
    assert f"机关  {clean.organ}" in done.stdout
    assert "三、收到和处理政府信息公开申请情况" in done.stdout
    assert "\x1b[" not in done.stdout, "colours are for terminals"


def test_jsonl_holds_what_was_printed_in_the_report(run: Run, clean: Sample) -> None:
    read = json.loads(run("parse", "--jsonl", "good.html").stdout, parse_float=Decimal)
    assert (read["source"], read["organ"], read["year"]) == ("good.html", clean.organ, clean.year)
    assert {cell["id"]: cell["value"] for cell in read["cells"]} == clean.cells


def test_what_is_no_report_is_one_line_and_exit_code_1(run: Run) -> None:
    done = run("parse", "noise.html")
    assert (done.returncode, done.stdout) == (1, "")
    [line] = done.stderr.splitlines()
    assert line.startswith("gxcrawl: noise.html: not-a-report: ")


def test_the_other_files_of_the_same_call_are_read(run: Run) -> None:
    done = run("parse", "--jsonl", "noise.html", "lost.html", "good.html")
    assert done.returncode == 1
    assert sources(done.stdout) == ["noise.html", "lost.html", "good.html"]
    codes = [
        json.loads(line)["error"] and json.loads(line)["error"]["code"] for line in done.stdout.splitlines()
    ]
    assert codes == ["not-a-report", "unreadable", None]
    assert "gxcrawl: lost.html: unreadable: there is no such file; check the path" in done.stderr


def test_failed_checks_count_only_when_asked(run: Run) -> None:
    assert run("parse", "--jsonl", "spoiled.html").returncode == 0
    assert run("parse", "--jsonl", "--strict", "spoiled.html").returncode == 1


def test_wrong_usage_exits_with_2(run: Run) -> None:
    assert run("parse").returncode == 2
    assert run("parse", "--jobs", "0", "good.html").returncode == 2
    assert run("parse", "--nonsense", "good.html").returncode == 2
    assert run("-q", "-v", "parse", "good.html").returncode == 2


def test_standard_input_is_read_where_a_minus_stands(run: Run, clean: Sample) -> None:
    for jobs in ("1", "2"):
        done = run("parse", "--jsonl", "--jobs", jobs, "noise.html", "-", data=clean.data)
        assert sources(done.stdout) == ["noise.html", "-"]
        assert json.loads(done.stdout.splitlines()[1])["organ"] == clean.organ


def test_a_folder_is_read_and_what_was_skipped_is_counted(run: Run, files: Path) -> None:
    files.joinpath("photo.png").write_bytes(b"x")
    done = run("parse", "--jsonl", ".")
    assert sources(done.stdout) == ["good.html", "noise.html", "spoiled.html"]
    assert "skipped in folders: 1 (only .html" in done.stderr
    assert "skipped" not in run("-q", "parse", "--jsonl", ".").stderr


def test_the_order_is_that_of_the_command_line_with_many_processes_too(run: Run) -> None:
    names = ["good.html", "noise.html", "lost.html", "spoiled.html"] * 12
    alone, together = (run("parse", "--jsonl", "--jobs", jobs, *names) for jobs in ("1", "3"))
    assert sources(alone.stdout) == names
    assert (together.stdout, together.stderr) == (alone.stdout, alone.stderr)


@pytest.mark.parametrize("locale", ["C", "POSIX", "zh_CN.GBK"])
def test_the_output_is_utf_8_whatever_the_locale(run: Run, clean: Sample, locale: str) -> None:
    done = run("parse", "--jsonl", "good.html", LC_ALL=locale, PYTHONUTF8="0", PYTHONCOERCECLOCALE="0")
    assert json.loads(done.stdout)["organ"] == clean.organ


def test_a_reader_that_leaves_early_is_no_error(files: Path) -> None:
    for jobs in ("1", "2"):
        command = [sys.executable, "-m", "gxcrawl", "parse", "--jsonl", "--jobs", jobs, *["good.html"] * 60]
        with subprocess.Popen(
            command,
            cwd=files,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        ) as process:
            assert process.stdout
            assert process.stderr
            process.stdout.readline()
            process.stdout.close()
            assert process.stderr.read() == b""


def test_colours_are_for_terminals_and_can_be_refused(files: Path) -> None:
    def on_a_terminal(**environment: str) -> str:
        """What a terminal would get: the command is started on a pseudo terminal."""
        code = (
            "import os, pty, sys\n"
            "status = pty.spawn([sys.executable, '-m', 'gxcrawl', 'parse', 'good.html'])\n"
            "sys.exit(os.waitstatus_to_exitcode(status))\n"
        )
        clean_environment = {name: value for name, value in os.environ.items() if name != "NO_COLOR"}
        done = subprocess.run(
            [sys.executable, "-c", code],
            cwd=files,
            env={**clean_environment, "PYTHONPATH": str(ROOT), "TERM": "xterm", **environment},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=True,
        )
        return done.stdout.decode("utf-8")

    assert "\x1b[1m" in on_a_terminal()
    assert "\x1b[" not in on_a_terminal(NO_COLOR="1")
    assert "\x1b[" not in on_a_terminal(TERM="dumb")
