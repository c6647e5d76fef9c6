"""A bundle is there whole or not at all, keeps what it is told, and hands out tasks in their order."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gxcrawl.bundle.bundle import FILE, Bundle, BundleError
from gxcrawl.bundle.model import PRIORITY, Kind, Known, Task, row_as_json, row_from_json
from gxcrawl.pages.model import Ask, Row

RUN = {
    "id": "shili-1",
    "portal": "shili",
    "entry": "{}",
    "started": "2026-05-01T00:00:00+00:00",
    "options": "{}",
    "version": "gxcrawl/0",
}
HOST = "http://www.shili.gov.cn"
ROOT = Path(__file__).resolve().parents[2]


def known(key: str) -> Known:
    return Known(key, HOST + key, "detail", 2024, '"e"', "", "0" * 64, "", 0, "run/x.warc.gz", 5, "online")


def task(path: str, kind: Kind = "detail", **more: object) -> Task:
    return Task(0, kind, Ask(f"{HOST}{path}"), **more)  # type: ignore[arg-type]


@pytest.fixture
def bundle(tmp_path: Path) -> Iterator[Bundle]:
    made = Bundle.create(tmp_path / "run", RUN, [known("/a.html")])
    yield made
    made.connection.close()


# --- made, opened, closed ---


def test_a_new_bundle_knows_its_run_and_what_earlier_runs_left(bundle: Bundle) -> None:
    assert {name: bundle.run[name] for name in RUN} == RUN
    assert bundle.run["finished"] is None
    assert bundle.known("/a.html") == known("/a.html")
    assert bundle.known("/b.html") is None


def test_a_closed_bundle_is_one_file(bundle: Bundle) -> None:
    bundle.add(task("/a.html"))
    bundle.close()
    assert [path.name for path in bundle.folder.iterdir()] == [FILE]
    again = Bundle.open(bundle.folder)
    assert again.one("SELECT count(*) FROM frontier")[0] == 1
    again.close()


def test_a_finished_run_has_its_verdict_and_reasons(bundle: Bundle) -> None:
    bundle.finish("2026-05-01T01:00:00+00:00", "blocked", "blocked:瑞数", ["没有读完"])
    assert (bundle.run["verdict"], bundle.run["class"]) == ("blocked", "blocked:瑞数")
    assert json.loads(bundle.run["reasons"]) == ["没有读完"]


@pytest.mark.parametrize("left", [b"", b"SQLite format 3\0 and then the power went out"])
def test_killed_before_it_was_moved_into_place_there_is_no_bundle_and_a_new_one_can_be_made(
    tmp_path: Path, left: bytes
) -> None:
    (tmp_path / f"{FILE}.new").write_bytes(left)
    with pytest.raises(BundleError, match="name the folder of one run"):
        Bundle.open(tmp_path)
    Bundle.create(tmp_path, RUN, []).close()
    assert [path.name for path in tmp_path.iterdir()] == [FILE]


def test_a_bundle_of_another_version_is_refused_and_left_alone(bundle: Bundle) -> None:
    bundle.connection.execute("PRAGMA user_version = 99")
    bundle.close()
    before = (bundle.folder / FILE).read_bytes()
    with pytest.raises(BundleError, match="another version of gxcrawl"):
        Bundle.open(bundle.folder)
    assert (bundle.folder / FILE).read_bytes() == before


@pytest.mark.parametrize("content", [b"", b"no database at all" * 300])
def test_what_is_no_bundle_is_refused_in_one_sentence(tmp_path: Path, content: bytes) -> None:
    (tmp_path / FILE).write_bytes(content)
    with pytest.raises(BundleError):
        Bundle.open(tmp_path)


# --- all or nothing ---


def test_a_transaction_is_done_as_a_whole_also_when_it_is_part_of_another(bundle: Bundle) -> None:
    with bundle.transaction():
        bundle.add(task("/a.html"))
        with bundle.transaction():
            bundle.add(task("/b.html"))
    assert bundle.one("SELECT count(*) FROM frontier")[0] == 2


def test_what_fails_halfway_leaves_nothing(bundle: Bundle) -> None:
    def stopped_halfway() -> None:
        with bundle.transaction():
            bundle.add(task("/a.html"))
            with bundle.transaction():
                bundle.add(task("/b.html"))
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        stopped_halfway()
    assert bundle.one("SELECT count(*) FROM frontier")[0] == 0
    assert bundle.add(task("/a.html"))


def test_killed_within_a_transaction_only_what_was_done_before_is_there(bundle: Bundle) -> None:
    bundle.close()
    script = (
        "import os, signal; from pathlib import Path\n"
        "from gxcrawl.bundle.bundle import Bundle\nfrom gxcrawl.bundle.model import Task\n"
        "from gxcrawl.pages.model import Ask\n"
        f"b = Bundle.open(Path({str(bundle.folder)!r}))\n"
        f"b.add(Task(0, 'detail', Ask({HOST + '/a.html'!r})))\n"
        "with b.transaction():\n"
        f"    b.add(Task(0, 'detail', Ask({HOST + '/b.html'!r})))\n"
        "    b.settle(1, 'done')\n"
        "    os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, "-c", script], check=False, env=environment)
    assert done.returncode == -signal.SIGKILL
    again = Bundle.open(bundle.folder)
    rows = [tuple(row) for row in again.all("SELECT key, status FROM frontier")]
    again.close()
    assert rows == [("/a.html", "queued")]


# --- the frontier ---


def test_a_page_is_asked_once_however_its_address_is_written(bundle: Bundle) -> None:
    spellings = ("/nb/index.html", "/nb/", "/nb/#top", "/nb/?utm_source=x", "//nb/")
    assert [bundle.add(task(path)) for path in spellings] == [True, False, False, False, False]
    assert not bundle.add(Task(0, "detail", Ask("https://shili.gov.cn/nb/")))


def test_requests_for_lists_differ_by_all_that_they_say(bundle: Bundle) -> None:
    asks = (
        (Ask(f"{HOST}/list"), 1),
        (Ask(f"{HOST}/list"), 2),
        (Ask(f"{HOST}/list", "POST"), 1),
        (Ask(f"{HOST}/list", "POST", "page=1"), 1),
        (Ask(f"{HOST}/list", "POST", "page=2"), 1),
    )
    assert all(bundle.add(Task(0, "listing", ask, listing)) for ask, listing in asks)
    assert not any(bundle.add(Task(0, "listing", ask, listing)) for ask, listing in asks)
    assert bundle.add(Task(0, "directory", Ask(f"{HOST}/list"), 1))


def test_lists_go_before_files_before_articles_and_recent_articles_before_old_ones(bundle: Bundle) -> None:
    for kind in sorted(PRIORITY, reverse=True):
        bundle.add(task(f"/{kind}", kind, priority=3))
    bundle.add(task("/recent", priority=1))
    order = []
    while found := bundle.next_in("www.shili.gov.cn", 0):
        order.append(found.ask.url.rpartition("/")[2])
        bundle.settle(found.id, "done")
    assert order == ["discovery", "directory", "listing", "attachment", "recent", "detail"]


def test_what_is_archived_already_goes_before_everything_else(bundle: Bundle) -> None:
    bundle.add(task("/list", "listing"))
    bundle.add(task("/old", priority=50))
    bundle.update("frontier", 2, status="fetched", response=7)
    found = bundle.next_in("www.shili.gov.cn", 0)
    assert found is not None
    assert (found.id, found.response) == (2, 7)


def test_a_task_waits_for_its_time_and_the_others_do_not_wait_for_it(bundle: Bundle) -> None:
    bundle.add(task("/first", priority=1))
    bundle.add(task("/second", priority=2))
    bundle.again(1, 100.0, "timeout: no answer")
    now = bundle.next_in("www.shili.gov.cn", 99.0)
    assert now is not None
    assert now.id == 2
    bundle.settle(2, "done")
    assert bundle.next_in("www.shili.gov.cn", 99.0) is None
    assert bundle.earliest() == 100.0
    later = bundle.next_in("www.shili.gov.cn", 100.0)
    assert later is not None
    assert (later.id, later.attempts) == (1, 1)


def test_what_is_asked_again_forgets_its_answer(bundle: Bundle) -> None:
    bundle.add(task("/a"))
    bundle.update("frontier", 1, status="fetched", response=3)
    bundle.again(1, 0.0, "503")
    bundle.again(1, 0.0, "503")
    again = bundle.task(1)
    assert (again.response, again.attempts) == (None, 2)


def test_lanes_do_not_take_each_others_tasks_and_nobody_takes_one_twice(bundle: Bundle) -> None:
    bundle.add(task("/a"))
    bundle.add(Task(0, "detail", Ask("http://127.0.0.1:8701/a2")))
    found = bundle.next_in("127.0.0.1:8701", 0)
    assert found is not None
    assert found.id == 2
    assert bundle.next_in("127.0.0.1:8701", 0, {2}) is None
    assert bundle.next_in("127.0.0.1:8702", 0) is None
    assert bundle.next_in("127.0.0.1", 0) is None


def test_nothing_is_waited_for_when_all_is_settled(bundle: Bundle) -> None:
    assert bundle.earliest() is None
    bundle.add(task("/a"), status="skipped", reason="decoy:财政")
    assert bundle.earliest() is None
    assert bundle.next_in("www.shili.gov.cn", 0) is None


texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)


@given(
    title=texts,
    organ=texts,
    day=st.none() | st.dates(),
    body=texts,
    headers=st.lists(st.tuples(texts, texts), max_size=3),
    state=st.dictionaries(
        texts, texts | st.integers(-(2**53), 2**53) | st.booleans() | st.none(), max_size=3
    ),
)
def test_a_task_comes_back_from_the_queue_as_it_went_in(
    title: str,
    organ: str,
    day: date | None,
    body: str,
    headers: list[tuple[str, str]],
    state: dict[str, str],
) -> None:
    url = f"{HOST}/nb.html"
    row = Row(url, title, day, organ)
    assert row_from_json(url, json.loads(json.dumps(row_as_json(row)))) == row
    asked = Task(0, "listing", Ask(url, "POST", body, tuple(headers), state), 4, 2, row, 1)
    connection = sqlite3.connect(":memory:", isolation_level=None)
    try:
        connection.row_factory = sqlite3.Row
        from gxcrawl.bundle.schema import DDL

        connection.executescript(DDL)
        bundle = Bundle(Path(), connection)
        assert bundle.add(asked)
        assert bundle.task(1) == asked._replace(id=1, priority=PRIORITY["listing"] * 100 + 1)
    finally:
        connection.close()


def test_what_was_passed_over_under_one_title_is_asked_when_another_one_wants_it(bundle: Bundle) -> None:
    bundle.add(task("/a.html", row=Row(f"{HOST}/a.html", "报告格式")), status="skipped", reason="decoy:模板")
    wanted = task("/a.html", row=Row(f"{HOST}/a.html", "示例县2024年政府信息公开工作年度报告"), priority=2)
    assert bundle.add(wanted)
    assert not bundle.add(wanted)
    [row] = bundle.all("SELECT * FROM frontier")
    assert (row["status"], row["reason"]) == ("queued", "")
    assert bundle.task(1).row == wanted.row


def test_what_was_read_and_passed_over_is_not_asked_again(bundle: Bundle) -> None:
    bundle.add(task("/a.html"))
    bundle.update("frontier", 1, response=1)
    bundle.settle(1, "skipped", "no report: not-a-report")
    assert not bundle.add(task("/a.html"))


def test_a_page_of_somebody_else_never_stands_for_one_of_ours(bundle: Bundle) -> None:
    elsewhere = Task(0, "detail", Ask("http://www.elsewhere.invalid/a.html"), foreign=True)
    assert bundle.add(elsewhere, status="skipped", reason="foreign")
    assert bundle.add(task("/a.html"))
    assert bundle.one("SELECT count(*) FROM frontier")[0] == 2
