"""`gxcrawl organ` as clerks and scripts see it."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from gxcrawl.cli import main
from gxcrawl.store import Store
from tests.registry.conftest import Crawl

Run = Callable[..., Result]


@pytest.fixture
def run(store: Store, crawl: Crawl) -> Run:
    """`gxcrawl organ …` on a database in which four names were met."""
    crawl("2026-01-05", "示例县财政局", "示例县小岭街道办事处", "小岭街", "示例县")
    store.close()

    def command(*words: str) -> Result:
        return CliRunner().invoke(main, ["organ", *words, "--db", str(store.path)])

    return command


def test_candidates_are_listed_with_the_organ_they_may_be(run: Run) -> None:
    assert run("confirm", "990101:小岭街道").output == "1 organs registered\n"
    lines = run("list", "--candidates").output.splitlines()
    assert [line.split()[0] for line in lines] == ["990101:人民政府", "990101:小岭街", "990101:财政局"]
    assert lines[1].endswith("小岭街  perhaps 990101:小岭街道 (小岭街 is part of 小岭街道)")
    assert len(run("list").output.splitlines()) == 4
    assert run("list", "--area", "990102").output == ""
    for area in ("990101", "990100", "990000", "9901"):
        assert len(run("list", "--area", area).output.splitlines()) == 4, area


def test_scripts_get_one_json_object_for_each_organ(run: Run) -> None:
    found = {
        one["key"]: one for one in map(json.loads, run("list", "--json", "--candidates").output.splitlines())
    }
    street = found["990101:小岭街道"]
    assert (street["kind"], street["level"], street["status"]) == ("subdistrict", "township", "candidate")
    assert street["likely"]["key"] == "990101:小岭街"
    assert (street["aliases"], street["years"]) == ([], 1)
    assert found["990101:财政局"]["likely"] is None


def test_the_clerks_way_from_a_crawl_to_a_registry(run: Run, tmp_path: Path) -> None:
    table = tmp_path / "organs.csv"
    assert run("export", "-o", str(table)).output == f"{table}: 4 organs\n"
    text = table.read_text(encoding="utf-8-sig")
    rows = [row for row in text.splitlines() if not row.startswith("990101:小岭街,")]
    corrected = "\n".join(rows).replace("示例县小岭街道办事处,,", "示例县小岭街道办事处,小岭街,")
    table.write_bytes(corrected.encode("gb18030"))
    done = run("import", str(table))
    assert done.output == "3 organs: 0 new, 3 changed, 0 as they were; 1 candidates were one of them\n"
    assert run("import", str(table)).output.startswith("3 organs: 0 new, 0 changed, 3 as they were")
    assert run("list", "--candidates").output == ""


def test_faults_of_a_table_are_told_by_line_and_nothing_is_taken(run: Run, tmp_path: Path) -> None:
    table = tmp_path / "organs.csv"
    table.write_text("name,code\n示例县教育局,990101\n,990101\n示例县民政局,99\n", encoding="utf-8")
    done = run("import", str(table))
    assert done.exit_code == 1
    assert done.output.splitlines() == [
        f"{table}:3: the name is empty; write the full name of the organ.",
        f"{table}:4: code '99' is no division code; write its 6 digits, such as 230112.",
        "Error: 2 faults; nothing was written",
    ]
    assert len(run("list").output.splitlines()) == 4


def test_names_are_given_taken_and_merged(run: Run) -> None:
    merged = run("merge", "990101:小岭街", "990101:小岭街道")
    assert merged.stdout == "990101:小岭街 is 990101:小岭街道\n"
    assert "both have reports of 2023; if they are two organs" in merged.stderr
    told = "小岭街 is no name of 990101:小岭街道 any more;"
    assert run("alias", "990101:小岭街道", "小岭街", "--remove").output == (
        f"{told} its reports are those of the candidate 990101:小岭街\n"
    )
    assert run("alias", "990101:小岭街道", "小岭街").output == (
        "小岭街 is 990101:小岭街道; so is what was 990101:小岭街\n"
    )


def test_an_event_is_noted_once(run: Run) -> None:
    words = (
        "event",
        "990101:小岭街",
        "merged",
        "2024-03-01",
        "--other",
        "990101:小岭街道",
        "--source",
        "文件",
    )
    assert run(*words).output == "990101:小岭街 merged 2024-03-01\n"
    assert run(*words).output == "990101:小岭街 merged 2024-03-01, as noted before\n"
    assert run("event", "990101:小岭街", "gone", "2024-03-01").exit_code == 2


@pytest.mark.parametrize(
    "words",
    [
        ("merge", "nobody", "990101:小岭街"),
        ("confirm", "nobody"),
        ("alias", "nobody", "小岭街"),
        ("event", "nobody", "split", "2024-03-01"),
    ],
)
def test_an_organ_that_is_not_there_is_said_plainly(run: Run, words: tuple[str, ...]) -> None:
    done = run(*words)
    assert (done.exit_code, done.output) == (
        1,
        "Error: there is no organ nobody; `gxcrawl organ list` shows their keys\n",
    )


def test_a_database_that_is_not_there_is_made_by_an_import_only(tmp_path: Path) -> None:
    database = tmp_path / "new.db"
    done = CliRunner().invoke(main, ["organ", "list", "--db", str(database)])
    assert (done.exit_code, database.exists()) == (2, False)
    table = tmp_path / "organs.csv"
    table.write_text("name,code\n示例县人民政府,990101\n示例县财政局,990101\n", encoding="utf-8")
    done = CliRunner().invoke(main, ["organ", "import", str(table), "--db", str(database)])
    assert done.output.startswith("2 organs: 2 new")


def test_a_hostile_name_steers_no_terminal(run: Run, store: Store) -> None:
    connection = sqlite3.connect(store.path)
    connection.execute("UPDATE organs SET name = ? WHERE core = '财政局'", ("\x1b[2J财政局\n假的一行",))
    connection.commit()
    connection.close()
    assert "\x1b" not in run("list").output
    assert len(run("list").output.splitlines()) == 4
