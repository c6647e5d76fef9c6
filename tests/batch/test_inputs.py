"""What the words on the command line stand for."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from gxcrawl.batch.inputs import Input, Inputs


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in (
        "b.html",
        "a.txt",
        "c.SHTML",
        "d.md",
        "e.htm",
        "photo.png",
        "sub/a.html",
        ".git/x.html",
        "t/2.txt",
    ):
        path = tmp_path / "reports" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x")
    monkeypatch.chdir(tmp_path)
    return tmp_path / "reports"


def sources(*names: str) -> list[str]:
    return [item.source.replace(os.sep, "/") for item in Inputs(names)]


def messages(*names: str) -> list[str]:
    return [item.error.message for item in Inputs(names) if item.error]


@pytest.mark.usefixtures("folder")
def test_a_folder_is_read_with_its_folders_in_the_order_of_names() -> None:
    assert sources("reports") == [
        "reports/a.txt",
        "reports/b.html",
        "reports/c.SHTML",
        "reports/d.md",
        "reports/e.htm",
        "reports/sub/a.html",
        "reports/t/2.txt",
    ]


@pytest.mark.usefixtures("folder")
def test_other_files_of_a_folder_are_counted() -> None:
    inputs = Inputs(["reports"])
    assert len(list(inputs)) == 7
    assert inputs.skipped == 1


@pytest.mark.usefixtures("folder")
def test_a_named_file_is_read_whatever_its_name() -> None:
    assert sources("reports/photo.png", "reports/a.txt") == ["reports/photo.png", "reports/a.txt"]


@pytest.mark.usefixtures("folder")
def test_a_pattern_works_where_no_shell_expands_it() -> None:
    assert sources("reports/*.html", "reports/**/*.txt") == [
        "reports/b.html",
        "reports/a.txt",
        "reports/t/2.txt",
    ]
    assert sources("reports/s*") == ["reports/sub/a.html"]


def test_a_file_whose_name_looks_like_a_pattern_is_that_file(folder: Path) -> None:
    (folder / "2021[1].html").write_bytes(b"x")
    assert sources("reports/2021[1].html") == ["reports/2021[1].html"]


def test_standard_input_stands_where_it_was_named() -> None:
    assert list(Inputs(["-"])) == [Input("-")]


@pytest.mark.usefixtures("folder")
def test_what_is_not_there_is_told_and_the_rest_is_read() -> None:
    assert sources("lost.html", "reports/a.txt", "*.xyz") == ["lost.html", "reports/a.txt", "*.xyz"]
    assert messages("lost.html", "reports/a.txt", "*.xyz") == [
        "there is no such file; check the path",
        "no file matches this pattern; check it, or name a folder",
    ]


def test_a_folder_with_nothing_to_read_says_what_was_looked_for(tmp_path: Path) -> None:
    (tmp_path / "photo.png").write_bytes(b"x")
    [message] = messages(str(tmp_path))
    assert message == "the folder holds nothing to read; looked for .html, .htm, .shtml, .txt, .md"


def test_a_broken_link_in_a_folder_is_not_passed_over(folder: Path) -> None:
    (folder / "gone.html").symlink_to("nowhere")
    assert "reports/gone.html" in sources("reports")


def test_a_pipe_in_a_folder_does_not_stop_the_walk(folder: Path) -> None:
    os.mkfifo(folder / "pipe.html")
    assert "reports/pipe.html" not in sources("reports")


def test_inputs_are_found_while_they_are_read_so_a_large_folder_costs_no_memory(folder: Path) -> None:
    first = next(iter(Inputs([str(folder), *("never/looked/at",) * 10])))
    assert first.source.endswith("a.txt")
