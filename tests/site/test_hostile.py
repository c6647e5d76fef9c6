"""Whatever stands in the database or the archive, and whatever is sent: an honest answer, and soon."""

from __future__ import annotations

import asyncio
import json
import shutil
import sqlite3
import time
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import pytest

from gxcrawl.evidence.outline import find_cells
from gxcrawl.evidence.records import Bound
from gxcrawl.serving.running import LONGEST_BODY, with_closed_cookies, with_small_bodies
from gxcrawl.site import evidence, site
from gxcrawl.site.report import archived, view
from gxcrawl.site.report.texts import differences
from gxcrawl.site.routes import BROKEN, TOO_SLOW
from tests.site.conftest import Get, asking
from tests.site.world import change, rows

MISSING = "SELECT min(id) FROM alerts WHERE kind = 'P-MISSING-LISTED' OR kind LIKE 'P-MISSING%'"
READ = "SELECT reports.id, response FROM reports WHERE form = '2021' AND current = 1 LIMIT 1"


def number_of(folder: Path, query: str) -> int:
    number: int = rows(folder, query)[0][0]
    return number


# --- broken rows ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("damage", "page"),
    [
        ("UPDATE alerts SET evidence = '{no JSON'", "/alert/1"),
        ("UPDATE alerts SET evidence = '[]'", "/alert/1"),
        ("UPDATE reports SET title = cast(x'e4bd00ff41' AS text)", "/report/1"),
        ("UPDATE portals SET hosts = '{no JSON'", "/health"),
    ],
)
def test_a_broken_row_is_told_in_a_sentence(
    own_demo: Path, damage: str, page: str, capfd: pytest.CaptureFixture[str]
) -> None:
    broken = change(own_demo, (damage, ()))(page, headers={"Cookie": "ds_actor=secret-of-a-clerk"})
    assert broken.status == 500
    assert BROKEN in broken.text
    assert "script-src 'self'" in broken.headers["content-security-policy"]
    assert "Traceback" not in broken.text
    printed = "".join(capfd.readouterr())
    assert "secret-of-a-clerk" not in printed


def test_the_log_of_datasettes_own_faults_holds_no_secrets(
    get: Get, capfd: pytest.CaptureFixture[str]
) -> None:
    assert get("/gxcrawl/no-such-table", headers={"Cookie": "ds_actor=secret-of-a-clerk"}).status == 404
    assert "secret-of-a-clerk" not in "".join(capfd.readouterr())


@pytest.mark.parametrize(
    ("damage", "page"),
    [
        ("UPDATE duties SET lacking = 'gone'", "/organ/{}/2025"),
        ("UPDATE duties SET report = 99999999", "/organ/{}/2025"),
        ("UPDATE findings SET year = NULL", "/organ/{}"),
    ],
)
def test_what_points_to_nothing_does_not_take_the_page_with_it(
    own_demo: Path, damage: str, page: str
) -> None:
    [(organ,)] = rows(own_demo, "SELECT organ FROM duties WHERE year = 2025 AND report IS NOT NULL LIMIT 1")
    with closing(sqlite3.connect(own_demo / "gxcrawl.db")) as connection, connection:
        connection.execute(damage)
    assert asking(own_demo / "gxcrawl.db")(page.format(quote(organ, safe=""))).status == 200


# --- the archive ----------------------------------------------------------------------------------


def test_no_path_of_the_database_leads_out_of_the_archive(own_demo: Path, demo: Path) -> None:
    [(number, response)] = rows(own_demo, READ)
    [(folder, file)] = rows(
        own_demo,
        "SELECT folder, warc FROM responses JOIN runs ON runs.id = run WHERE responses.id = ?",
        response,
    )
    outside = own_demo / "outside"
    outside.mkdir()
    shutil.copy(demo / "gxcrawl-archive" / folder / file, outside)
    for path in ("../outside", str(outside), f"{folder}/../../../outside", "a\0b"):
        get = change(own_demo, ("UPDATE runs SET folder = ?", (path,)))
        assert "无法核对" in get(f"/report/{number}").text, path
        assert "存档记录不在或已损坏" in get(f"/report/{number}/archived/page").text


def test_only_so_many_pages_of_lists_are_read_and_the_others_are_called_unchecked(
    own_demo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = number_of(own_demo, MISSING)
    get = asking(own_demo / "gxcrawl.db")
    whole = get(f"/alert/{number}").text
    assert whole.count("摘要相符") > 1
    assert "未核对" not in whole
    monkeypatch.setattr(evidence, "CHECKED", Bound(1, 10**9))
    some = get(f"/alert/{number}").text
    assert some.count("摘要相符") == 1
    assert some.count("未核对") >= whole.count("摘要相符") - 1
    assert "gxcrawl explain" in some


def test_the_report_itself_is_always_checked(own_demo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    [(number, _)] = rows(own_demo, READ)
    monkeypatch.setattr(evidence, "CHECKED", Bound(0, 0))
    assert "摘要相符" in asking(own_demo / "gxcrawl.db")(f"/report/{number}").text


def test_asking_for_evidence_has_a_limit_of_time(get: Get, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(evidence, "PATIENCE", 0)
    monkeypatch.setattr(site, "STEPS", 1)
    late = get("/report/1")
    assert late.status == 503
    assert TOO_SLOW in late.text


def test_an_archived_page_that_is_too_long_is_not_shown(get: Get, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archived, "LONGEST", 1000)
    framed = get("/report/1/archived/page")
    assert framed.status == 200
    assert "gxcrawl explain R1 --html" in framed.text
    assert "<td" not in framed.text


def test_a_long_page_is_not_read_three_times() -> None:
    body = b"<html><table>" + b"<tr><td>12</td></tr>" * 60_000 + b"</table></html>"
    from gxcrawl.evidence.model import EvidenceCell

    begun = time.monotonic()
    source = find_cells(body, "text/html", (EvidenceCell(1, "x", "x", None, "7", "ok", "somewhere"),))
    assert time.monotonic() - begun < 5
    assert len(source.lost) == 1


# --- what people print ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "now"),
    [
        ("甲。" * 1500, "甲。乙。" * 750),
        ("甲。乙。" * 750, "乙。甲。甲。" * 500),
        ("".join(f"甲。{n}。" for n in range(750)), "".join(f"{n}乙。甲。" for n in range(750))),
    ],
)
def test_texts_of_equal_sentences_keep_nobody_waiting(before: str, now: str) -> None:
    begun = time.monotonic()
    differences(before, now)
    assert time.monotonic() - begun < 1


def test_only_so_many_texts_of_versions_are_compared(own_demo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    query = """SELECT now.id, old.id FROM reports AS now JOIN reports AS old ON old.page = now.page
      AND old.version = now.version - 1 WHERE now.current = 1 LIMIT 1"""
    [(now, old)] = rows(own_demo, query)
    text = "UPDATE sections SET text = ? WHERE report = ?"
    get = change(own_demo, (text, ("改前。", old)), (text, ("改后。", now)))
    assert "<ins>" in get(f"/report/{now}").text
    monkeypatch.setattr(view, "MOST_TEXTS", 0)
    page = get(f"/report/{now}").text
    assert "部分文字有变动" in page
    assert "<ins>" not in page


@pytest.mark.parametrize("page", ["/rankings.csv", "/matrix.xlsx"])
def test_no_code_of_an_area_breaks_out_of_the_name_of_a_file(own_demo: Path, page: str) -> None:
    code = 'x";\r\nSet-Cookie: a=b'
    get = change(own_demo, ("UPDATE organs SET code = ?", (code,)))
    sent = get(f"{page}?area={quote(code[:20])}")
    if sent.status == 200:
        assert not set("\r\n") & set(sent.headers["content-disposition"])
        assert sent.headers["content-disposition"].count('"') == 2
        assert "set-cookie" not in sent.headers


# --- what strangers ask in SQL ----------------------------------------------------------------------


@pytest.mark.parametrize(
    "query",
    [
        "SELECT length(hex(zeroblob(300000000)))",
        "SELECT instr(printf('%.3000000c', 'a'), printf('%.1500000c', 'a') || 'b')",
        "SELECT instr(printf('%.499000c', 'a'), printf('%.250000c', 'a') || 'b')",
        "SELECT trim(printf('%.499000c', 'a'), printf('%.490000c', 'b') || 'a')",
        "SELECT printf('%.499000c', 'a') LIKE printf('%%%.40000c', 'a') || 'b'",
    ],
)
def test_no_question_in_sql_takes_the_memory_or_the_hour(get: Get, query: str) -> None:
    begun = time.monotonic()
    assert get("/gxcrawl.json?" + urlencode({"sql": query})).status in (200, 400)
    assert time.monotonic() - begun < 10


@pytest.mark.parametrize(
    ("query", "answer"),
    [
        ("trim('xxaxx', 'x')", "a"),
        ("ltrim('xxaxx', 'x')", "axx"),
        ("rtrim(NULL, 'x')", None),
        ("trim(' a ')", "a"),
    ],
)
def test_texts_are_trimmed_as_ever(get: Get, query: str, answer: object) -> None:
    asked = urlencode({"sql": f"SELECT {query}", "_shape": "arrayfirst"})
    assert json.loads(get(f"/gxcrawl.json?{asked}").text) == [answer]


def test_our_own_pages_show_what_is_longer(own_demo: Path) -> None:
    [(number, _)] = rows(own_demo, READ)
    get = change(own_demo, ("UPDATE sections SET text = ? WHERE report = ?", ("公开。" * 300_000, number)))
    assert "太长，余下部分见" in get(f"/report/{number}").text


# --- what is sent ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({b"content-length": str(LONGEST_BODY + 1).encode()}, 413),
        ({b"content-length": b"9" * 5000}, 413),
        ({b"content-length": "٣".encode()}, 413),
        ({b"transfer-encoding": b"chunked"}, 411),
        ({b"content-length": str(LONGEST_BODY).encode()}, 200),
        ({}, 200),
    ],
)
def test_a_body_that_is_longer_than_any_form_is_not_read(headers: Mapping[bytes, bytes], status: int) -> None:
    answers: list[Any] = []

    async def app(_scope: Any, _receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})

    async def send(message: Any) -> None:
        answers.append(message)

    async def receive() -> Any:
        raise AssertionError("nothing of the body may be read")

    scope = {"type": "http", "method": "POST", "path": "/-/login", "headers": list(headers.items())}
    asyncio.run(with_small_bodies(app)(scope, receive, send))
    assert answers[0]["status"] == status


def test_no_script_reads_the_cookies() -> None:
    sent: list[Any] = []

    async def app(_scope: Any, _receive: Any, send: Any) -> None:
        heads = [(b"content-type", b"text/html"), (b"set-cookie", b"ds_actor=a; Path=/; SameSite=lax")]
        await send({"type": "http.response.start", "status": 302, "headers": heads})

    async def send(message: Any) -> None:
        sent.append(message)

    asyncio.run(with_closed_cookies(app)({"type": "http"}, None, send))
    assert sent[0]["headers"] == [
        (b"content-type", b"text/html"),
        (b"set-cookie", b"ds_actor=a; Path=/; SameSite=lax; HttpOnly"),
    ]
