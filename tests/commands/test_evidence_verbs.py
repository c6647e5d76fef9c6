"""`gxcrawl explain`, `add` and `draft` as people and scripts see them."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from gxcrawl.samples import Sample
from tests.commands.conftest import ROOT, Run

URL = "http://www.shili.example/2021.html"


def said(sample: Sample, year: int = 0) -> tuple[str, ...]:
    return ("--organ", sample.organ, "--year", str(year or sample.year))


def about(sample: Sample) -> tuple[str, ...]:
    return ("--url", URL, "--seen", "2026-02-03", "--who", "张三", "--code", "990101", *said(sample))


@pytest.fixture(scope="session")
def desk(tmp_path_factory: pytest.TempPathFactory, spoiled: Sample) -> Path:
    """A folder with a report that was added; each test gets a copy."""
    folder = tmp_path_factory.mktemp("desk")
    (folder / "spoiled.html").write_bytes(spoiled.data)
    done = subprocess.run(
        [sys.executable, "-m", "gxcrawl", "add", "spoiled.html", *about(spoiled)],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), "GXCRAWL_TODAY": "2026-02-10"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.endswith(": 1 new, 0 changed\n")
    return folder


@pytest.fixture
def added(desk: Path, files: Path) -> Path:
    shutil.copytree(desk, files, dirs_exist_ok=True)
    return files


@pytest.mark.usefixtures("added")
def test_adding_it_again_is_told(run: Run, spoiled: Sample) -> None:
    done = run("add", "spoiled.html", *about(spoiled), GXCRAWL_TODAY="2026-02-10")
    assert done.stdout.endswith(": it was there already\n")


def test_what_was_added_is_in_an_archive_without_a_fault(run: Run, added: Path) -> None:
    done = run("archive", "verify", str(added / "gxcrawl-archive"))
    assert done.returncode == 0
    assert "3 records in 1 files, no fault" in done.stdout


def test_a_finding_is_explained_down_to_the_digest(run: Run, added: Path) -> None:
    done = run("explain", "F1", "--html", "evidence.html")
    assert done.returncode == 0
    assert "摘要相符" in done.stdout
    assert "人工存入：张三于 2026-02-03 取得" in done.stdout
    assert len(done.stdout.splitlines()) <= 40
    page = (added / "evidence.html").read_text(encoding="utf-8")
    assert 'class="cell"' in page
    told = json.loads(run("explain", "F1", "--json").stdout)
    assert told["reports"][0]["record"]["agreement"] == "match"


@pytest.mark.usefixtures("added")
def test_a_program_gets_every_line_whole(run: Run) -> None:
    done = run("explain", "F1", COLUMNS="60")
    [digest] = [line for line in done.stdout.splitlines() if "SHA-256" in line]
    assert re.fullmatch(r"  SHA-256 [0-9a-f]{64}  摘要相符", digest)
    assert sum("可能的笔误" in line for line in done.stdout.splitlines()) == 1


@pytest.mark.usefixtures("added")
def test_a_report_and_a_cell_of_it_are_explained(run: Run) -> None:
    done = run("explain", "R1", "t3.received.total")
    assert done.returncode == 0
    assert "“一、本年新收政府信息公开申请数量”×“总计”" in done.stdout
    assert "摘要相符" in done.stdout


@pytest.mark.usefixtures("added")
@pytest.mark.parametrize(
    ("words", "code", "sentence"),
    [
        (("explain", "77"), 1, "there is no alert 77"),
        (("explain", "F77777"), 1, "there is no finding F77777"),
        (("explain", "seven"), 1, "is no number"),
        (("explain", "F1", "--db", "none.db"), 2, "there is no such database"),
        (("explain", "F1", "--html", "none/x.html"), 1, "it cannot be written"),
        (
            ("add", "noise.html", "--url", URL, "--seen", "2026-02-03", "--organ", "甲", "--year", "2025"),
            1,
            "--code",
        ),
        (
            ("add", "noise.html", "--url", URL, "--seen", "03.02.2026", "--organ", "甲", "--year", "2025"),
            2,
            "--seen",
        ),
        (("draft", "noise.html", "--organ", "甲", "--year", "2025"), 1, "not-a-report"),
        (("draft", "none.html", "--organ", "甲", "--year", "2025"), 1, "no such file"),
        (("draft", "good.html", "--organ", "甲"), 2, "--year"),
    ],
)
def test_what_cannot_be_done_is_one_clear_line(
    run: Run, words: tuple[str, ...], code: int, sentence: str
) -> None:
    done = run(*words, GXCRAWL_TODAY="2026-02-10")
    assert done.returncode == code
    assert sentence.lower() in done.stderr.lower()
    assert "Traceback" not in done.stderr


def test_a_draft_is_checked_without_a_database_and_leaves_none(
    run: Run, files: Path, spoiled: Sample
) -> None:
    done = run("draft", "spoiled.html", *said(spoiled))
    assert done.returncode == 0
    assert "错误  T" in done.stdout
    assert "未能比对" in done.stdout
    assert not (files / "gxcrawl.db").exists()
    assert run("draft", "spoiled.html", *said(spoiled), "--strict").returncode == 1


@pytest.mark.usefixtures("added")
def test_a_draft_is_compared_with_the_database(run: Run, spoiled: Sample) -> None:
    next_year = spoiled.year + 1
    done = run("draft", "spoiled.html", *said(spoiled, next_year))
    assert f"稿件中的年度是{spoiled.year}年" in done.stdout
    assert f"已与数据库中{spoiled.year}年度的报告（报告 1）比对" in done.stdout
    told = json.loads(run("draft", "spoiled.html", *said(spoiled, next_year), "--json").stdout)
    assert told["compared_with"] == {"report": 1, "year": spoiled.year}
    assert told["year"] == next_year
    assert len(told["mismatches"]) == 1


def test_a_draft_can_come_from_the_standard_input(run: Run, clean: Sample) -> None:
    done = run("draft", "-", *said(clean), "--json", data=clean.data)
    assert json.loads(done.stdout)["organ"] == clean.organ


def test_draft_needs_nothing_that_only_some_systems_have() -> None:
    blocked = ("fcntl", "pwd", "grp", "resource", "termios", "scrapy", "twisted")
    rooms = ("commands.draft", "intake.draft", "batch.one", "batch.inputs", "show.draft", "store")
    imports = "; ".join(f"import gxcrawl.{room}" for room in rooms)
    code = f"import sys; sys.modules.update(dict.fromkeys({blocked!r})); {imports}"
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True)
