"""Whoever is signed in decides on the page what the command line decides; nobody else decides anything."""

from __future__ import annotations

import asyncio
import re
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from click.testing import CliRunner
from datasette.app import Datasette

from gxcrawl.cli import main
from gxcrawl.site.decisions import acting
from gxcrawl.site.decisions.words import fault_in_chinese, words
from gxcrawl.store import StoreError
from gxcrawl.store.errors import clear_errors
from tests.site.conftest import ROOT, Answer

ALERT = "SELECT min(id) FROM alerts WHERE kind = ? AND state = 'open'"
OTHER_PAGE = "https://evil.example/"
# The tables in which a decision leaves something, without the moment at which it was made.
LEFT_BEHIND = (
    "SELECT id, state, severity, message, reopened, closed_at FROM alerts ORDER BY id",
    "SELECT id, alert, what, severity, message, who, note FROM alert_events ORDER BY id",
    'SELECT id, mark, "check", organ_key, year, decision, comment, who FROM decisions ORDER BY id',
    "SELECT organ, year FROM stale_organs ORDER BY 1, 2",
)


class Browser:
    """Keeps the cookies that it is given, and sends the forms that it is shown."""

    def __init__(self, database: Path, who: object = None, **options: object) -> None:
        self.runner = asyncio.Runner()
        self.datasette = Datasette([str(database)], **options)  # type: ignore[arg-type]
        self.cookies: dict[str, str] = {}
        if who:
            self.cookies["ds_actor"] = self.datasette.sign({"a": who}, "actor")
        self.runner.run(self.datasette.invoke_startup())

    def ask(self, method: str, path: str, **more: Any) -> Answer:
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        headers = ({"Cookie": cookies} if cookies else {}) | more.pop("headers", {})
        calls = {"GET": self.datasette.client.get, "POST": self.datasette.client.post}
        got = self.runner.run(calls[method](path, headers=headers, **more))
        self.cookies |= dict(got.cookies)
        if 'ds_messages=""' in got.headers.get("set-cookie", ""):
            self.cookies.pop("ds_messages", None)
        return Answer(got.status_code, got.text, dict(got.headers), got.content)

    def get(self, path: str) -> Answer:
        return self.ask("GET", path)

    def send(self, path: str, **fields: str) -> Answer:
        """With the token of this browser, as a form on a page has it."""
        if "ds_csrftoken" not in self.cookies:
            self.get("/-/login")
        fields.setdefault("csrftoken", self.cookies.get("ds_csrftoken", ""))
        return self.post(path, urlencode(fields))

    def post(self, path: str, body: str | bytes, **headers: str) -> Answer:
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        return self.ask("POST", path, content=body, headers=kind | headers)


Browse = Callable[..., Browser]


@pytest.fixture
def database(own_demo: Path) -> Path:
    return own_demo / "gxcrawl.db"


@pytest.fixture
def browse(database: Path) -> Iterator[Browse]:
    """A browser of whoever is named, over the database."""
    browsers: list[Browser] = []

    def opened(who: object = None, **options: object) -> Browser:
        browsers.append(Browser(database, who, **options))
        return browsers[-1]

    yield opened
    for browser in browsers:
        browser.runner.close()


@pytest.fixture
def clerk(browse: Browse) -> Browser:
    return browse({"id": "clerk"})


def rows(database: Path, query: str, *values: object) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(database)) as connection:
        return connection.execute(query, values).fetchall()


def left_behind(database: Path) -> list[list[tuple[Any, ...]]]:
    return [rows(database, query) for query in LEFT_BEHIND]


def an_alert(database: Path, kind: str = "T3-COL") -> int:
    number: int = rows(database, ALERT, kind)[0][0]
    return number


def findings_of(database: Path, alert: int, result: str = "fail") -> list[int]:
    query = """
      SELECT findings.id FROM alerts JOIN findings ON organ_key = alerts.organ AND findings.year = alerts.year
        AND "check" = alerts.kind WHERE alerts.id = ? AND result = ?
    """
    return [number for (number,) in rows(database, query, alert, result)]


def state_of(database: Path, alert: int) -> str:
    state: str = rows(database, "SELECT state FROM alerts WHERE id = ?", alert)[0][0]
    return state


def command(database: Path, *arguments: str) -> None:
    done = CliRunner().invoke(main, [*arguments, "--db", str(database), "--who", "clerk"])
    assert done.exit_code == 0, done.output


# --- as the command line --------------------------------------------------------------------------

ACTS: Mapping[str, tuple[list[tuple[str, str]], list[list[str]]]] = {
    "acknowledge": ([("acknowledge", "")], [["ack"]]),
    "dismiss": ([("dismiss", "已核实")], [["dismiss", "--why", "已核实"]]),
    "acknowledge, dismiss, reopen": (
        [("acknowledge", ""), ("dismiss", "已核实"), ("reopen", "")],
        [["ack"], ["dismiss", "--why", "已核实"], ["reopen"]],
    ),
}
VERDICTS: Mapping[str, tuple[list[tuple[str, str]], list[list[str]]]] = {
    "confirm": ([("confirm", "电话核实")], [["confirm", "--comment", "电话核实"]]),
    "confirm in silence, undo": ([("confirm", ""), ("undo", "")], [["confirm"], ["undo"]]),
    "dismiss": ([("dismiss", "口径不同")], [["dismiss", "--why", "口径不同"]]),
    "dismiss, undo": (
        [("dismiss", "口径不同"), ("undo", "")],
        [["dismiss", "--why", "口径不同"], ["undo"]],
    ),
    "comment": ([("comment", "已发函\n待复")], [["comment", "--text", "已发函\n待复"]]),
}


@pytest.mark.parametrize("what", ACTS)
def test_what_is_done_to_an_alert_is_what_the_command_line_does(
    clerk: Browser, database: Path, tmp_path: Path, what: str
) -> None:
    other = Path(shutil.copy(database, tmp_path / "other.db"))
    number, (sent, typed) = an_alert(database), ACTS[what]
    for act, text in sent:
        answer = clerk.send(f"/alert/{number}/decide", act=act, text=text)
        assert (answer.status, answer.headers["location"]) == (302, f"/alert/{number}")
    for verb, *more in typed:
        command(other, "alerts", verb, str(number), *more)
    assert left_behind(database) == left_behind(other)


@pytest.mark.parametrize("what", VERDICTS)
def test_what_is_said_of_a_finding_is_what_the_command_line_says(
    clerk: Browser, database: Path, tmp_path: Path, what: str
) -> None:
    other = Path(shutil.copy(database, tmp_path / "other.db"))
    [number] = findings_of(database, an_alert(database, "T3-ROW"))[:1]
    sent, typed = VERDICTS[what]
    for act, text in sent:
        answer = clerk.send(f"/finding/{number}/decide", act=act, text=text)
        assert (answer.status, answer.headers["location"]) == (302, f"/finding/{number}")
    for verb, *more in typed:
        command(other, "finding", verb, str(number), *more)
    assert left_behind(database) == left_behind(other)


def test_an_alert_follows_when_all_its_findings_are_dismissed_and_when_that_is_undone(
    clerk: Browser, database: Path
) -> None:
    alert = an_alert(database, "T3-BAL")
    findings = findings_of(database, alert)
    for number in findings:
        assert state_of(database, alert) == "open"
        clerk.send(f"/finding/{number}/decide", act="dismiss", text="口径不同")
    assert state_of(database, alert) == "dismissed"
    clerk.send(f"/finding/{findings[0]}/decide", act="undo")
    assert state_of(database, alert) == "open"


def test_decisions_in_the_browser_and_on_the_command_line_at_once_are_all_kept(
    clerk: Browser, database: Path
) -> None:
    [number] = findings_of(database, an_alert(database, "T3-ROW"))[:1]

    def typed(count: int) -> int:
        words_typed = ["finding", "comment", str(number), "--text", f"命令{count}", "--db", str(database)]
        return subprocess.run(
            [sys.executable, "-m", "gxcrawl", *words_typed], cwd=ROOT, check=False
        ).returncode

    with ThreadPoolExecutor(2) as pool:
        commands = [pool.submit(typed, count) for count in range(4)]
        answers = []
        while not all(one.done() for one in commands):
            answers.append(clerk.send(f"/finding/{number}/decide", act="comment", text=f"网页{len(answers)}"))
    assert [one.result() for one in commands] == [0] * 4
    assert {answer.status for answer in answers} == {302}
    kept = {comment for (comment,) in rows(database, "SELECT comment FROM decisions")}
    assert kept == {f"命令{n}" for n in range(4)} | {f"网页{n}" for n in range(len(answers))}


# --- what the reader sees -------------------------------------------------------------------------


def test_afterwards_the_page_says_once_what_was_done(clerk: Browser, database: Path) -> None:
    number = an_alert(database)
    page = clerk.get(f"/alert/{number}").text
    assert "知悉，由我负责" in page
    clerk.send(f"/alert/{number}/decide", act="acknowledge")
    page = clerk.get(f"/alert/{number}").text
    assert f'role="status">告警 {number} 已记为知悉。' in page
    assert "已知悉</span>" in page
    assert "知悉，由我负责" not in page
    assert 'role="status"' not in clerk.get(f"/alert/{number}").text


def test_the_forms_of_the_pages_work_as_they_stand(clerk: Browser, database: Path) -> None:
    """Every form is sent as a browser would: with its own fields."""
    alert = an_alert(database)
    [finding] = findings_of(database, alert)[:1]
    for path, act in ((f"/alert/{alert}", "dismiss"), (f"/finding/{finding}", "confirm")):
        page = clerk.get(path).text
        forms = re.findall(r'<form class="decide" method="post" action="(.*?)">(.*?)</form>', page, re.S)
        [(action, inside)] = [form for form in forms if f'name="act" value="{act}"' in form[1]]
        fields = dict(re.findall(r'<input type="hidden" name="(\w+)" value="(.*?)">', inside))
        assert 'name="text"' in inside
        assert ("required" in inside) == (act == "dismiss")
        answer = clerk.post(unescape(action), urlencode({**fields, "text": "已核实"}))
        assert (answer.status, answer.headers["location"]) == (302, path)
    assert "已确认属实" in clerk.get(f"/finding/{finding}").text


def test_reasons_and_names_are_shown_as_they_were_written_and_run_nothing(
    browse: Browse, database: Path
) -> None:
    evil = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>{{ 7*7 }}"
    browser = browse({"id": "a", "name": f"张三{evil}\u202e"})
    alert = an_alert(database, "T3-ROW")
    [finding] = findings_of(database, alert)[:1]
    browser.send(f"/alert/{alert}/decide", act="acknowledge")
    browser.send(f"/finding/{finding}/decide", act="comment", text=f"{evil}\0\u202e后\r\n再")
    for path in (f"/alert/{alert}", f"/finding/{finding}"):
        page = browser.get(path).text
        assert evil in unescape(page)
        assert "<script" not in page
        assert "<img" not in page
    [(comment, who)] = rows(database, "SELECT comment, who FROM decisions")
    assert (comment, who) == (f"{evil}后\n再", f"张三{evil}")


# --- nothing is done, and why ---------------------------------------------------------------------


def refused(browser: Browser, database: Path, path: str, **fields: str) -> Answer:
    """Nothing was changed, and a sentence says so."""
    before = left_behind(database)
    answer = browser.send(path, **fields)
    assert left_behind(database) == before
    assert re.search('<p class="lead">.*[一-龥].*。</p>', answer.text), answer.text
    return answer


def test_nobody_decides_without_having_signed_in(browse: Browse, database: Path) -> None:
    reader, alert = browse(), an_alert(database)
    [finding] = findings_of(database, alert)[:1]
    for path in (f"/alert/{alert}", f"/finding/{finding}"):
        page = reader.get(path).text
        assert "<form class=" not in page.replace('<form class="filters"', "")
        assert "/-/login" not in page
        assert refused(reader, database, f"{path}/decide", act="dismiss", text="无").status == 403


def test_where_one_can_sign_in_the_page_says_so(browse: Browse, database: Path) -> None:
    account = {"datasette-auth-passwords": {"clerk_password_hash": "pbkdf2_sha256$1$a$b"}}
    page = browse(metadata={"plugins": account}).get(f"/alert/{an_alert(database)}").text
    assert '<a href="/-/login">登录</a>后可以处理告警。' in page


def test_a_cookie_that_somebody_made_up_is_no_sign_in(browse: Browse, database: Path) -> None:
    reader = browse()
    for cookie in ("clerk", "eyJhIjp7ImlkIjoicm9vdCJ9fQ.AAAA", browse({"id": "root"}).cookies["ds_actor"]):
        reader.cookies["ds_actor"] = cookie
        answer = refused(reader, database, f"/alert/{an_alert(database)}/decide", act="acknowledge")
        assert answer.status == 403


def test_an_immutable_file_is_never_written(browse: Browse, database: Path) -> None:
    alert = an_alert(database)
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    browser = browse({"id": "clerk"}, immutables=[str(database)])
    browser.datasette.remove_database("gxcrawl_2")
    assert "只供查看" in browser.get(f"/alert/{alert}").text
    assert refused(browser, database, f"/alert/{alert}/decide", act="acknowledge").status == 409


@pytest.mark.parametrize(
    ("subject", "fields", "status"),
    [
        ("alert", {"act": "dismiss", "text": " \r\n\t "}, 400),
        ("alert", {"act": "dismiss", "text": "\u202e\0"}, 400),
        ("alert", {"act": "dismiss", "text": "长" * 2001}, 400),
        ("alert", {"act": "confirm"}, 400),
        ("alert", {"act": ""}, 400),
        ("alert", {}, 400),
        ("alert", {"act": "reopen"}, 409),
        ("finding", {"act": "comment"}, 400),
        ("finding", {"act": "acknowledge"}, 400),
        ("finding", {"act": "undo"}, 409),
        ("alert", {"act": "acknowledge", "csrftoken": ""}, 403),
        ("alert", {"act": "acknowledge", "csrftoken": "x" * 50}, 403),
    ],
)
def test_a_form_that_asks_for_something_impossible_changes_nothing(
    clerk: Browser, database: Path, subject: str, fields: dict[str, str], status: int
) -> None:
    number = an_alert(database) if subject == "alert" else findings_of(database, an_alert(database))[0]
    before = left_behind(database)
    answer = clerk.send(f"/{subject}/{number}/decide", **fields)
    assert (answer.status, left_behind(database)) == (status, before)


@pytest.mark.parametrize("path", ["/alert/99999/decide", "/finding/99999/decide", "/alert/x/decide"])
def test_what_is_not_there_cannot_be_decided(clerk: Browser, database: Path, path: str) -> None:
    assert refused(clerk, database, path, act="dismiss", text="无").status == 404


def test_an_address_of_a_form_is_no_page(clerk: Browser, database: Path) -> None:
    assert clerk.get(f"/alert/{an_alert(database)}/decide").status == 405


def test_a_form_without_cookies_is_not_taken_either(browse: Browse, database: Path) -> None:
    """Datasette asks for no token where there are no cookies; a browser may send a password by itself."""
    from base64 import b64encode

    from datasette_auth_passwords.utils import hash_password

    account = {"datasette-auth-passwords": {"clerk_password_hash": hash_password("right", iterations=1)}}
    browser = browse(metadata={"plugins": account})
    signed = {"Authorization": f"Basic {b64encode(b'clerk:right').decode()}"}
    alert = an_alert(database)
    assert browser.ask("GET", f"/alert/{alert}", headers=signed).text.count("知悉，由我负责") == 1
    browser.cookies.clear()
    before = left_behind(database)
    answer = browser.post(f"/alert/{alert}/decide", "act=acknowledge&csrftoken=", **signed)
    assert (answer.status, left_behind(database)) == (403, before)


@pytest.mark.parametrize("body", [b"\xff\xfe=%ff", b"a=1&" * 500, b"", b"%", b"act=acknowledge&act[]=x"])
def test_a_broken_form_is_refused(clerk: Browser, database: Path, body: bytes) -> None:
    clerk.get("/-/login")
    token = {"x-csrftoken": clerk.cookies["ds_csrftoken"]}
    before = left_behind(database)
    answer = clerk.post(f"/alert/{an_alert(database)}/decide", body, **token)
    assert answer.status in (400, 403)
    assert left_behind(database) == before


@pytest.mark.parametrize(
    ("back", "goes"),
    [
        ("/alerts?area=990303&page=2", "/alerts?area=990303&page=2"),
        ("/finding/12", "/finding/12"),
        (
            "/organ/990303%3A%E8%B4%A2%E6%94%BF%E5%B1%80/2025",
            "/organ/990303%3A%E8%B4%A2%E6%94%BF%E5%B1%80/2025",
        ),
        *(
            (evil, "")
            for evil in (OTHER_PAGE, "//evil.example/alerts", "/\\evil.example", "/alerts/../-/logout")
        ),
        *(
            (evil, "")
            for evil in ("/alert/%2e%2E/x", "/alerts\r\nSet-Cookie: a=b", "javascript:alert(1)", "/")
        ),
        *(
            (evil, "")
            for evil in ("/-/logout", "/alerts@evil.example", "alerts", "/alertsevil", "/alerts?a=<b>")
        ),
    ],
)
def test_the_way_back_leads_to_our_own_pages_only(
    clerk: Browser, database: Path, back: str, goes: str
) -> None:
    number = an_alert(database)
    answer = clerk.send(f"/alert/{number}/decide", act="acknowledge", back=back)
    assert (answer.status, answer.headers["location"]) == (302, goes or f"/alert/{number}")


def test_below_a_path_of_a_web_server_the_ways_lead_below_it(browse: Browse, database: Path) -> None:
    browser = browse({"id": "clerk"}, settings={"base_url": "/gx/"})
    number = an_alert(database)
    answer = browser.send(f"/alert/{number}/decide", act="acknowledge", back="/alerts")
    assert answer.headers["location"] == f"/gx/alert/{number}"


# --- the database cannot be written ---------------------------------------------------------------


def test_somebody_who_writes_for_long_is_told_of_and_the_text_is_not_lost(
    clerk: Browser, database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(acting, "PATIENCE", 50)
    number = an_alert(database)
    with closing(sqlite3.connect(database, isolation_level=None)) as crawl:
        crawl.execute("BEGIN IMMEDIATE")
        answer = refused(
            clerk, database, f"/alert/{number}/decide", act="dismiss", text="写了很久的原因", back="/alerts"
        )
    assert answer.status == 503
    assert "正被另一个程序写入" in answer.text
    assert "写了很久的原因" in answer.text
    assert '<a href="/alerts">回到原来的页面</a>' in answer.text
    assert str(database) not in answer.text


def test_a_database_that_is_gone_is_not_made_anew(clerk: Browser, database: Path) -> None:
    number = an_alert(database)
    clerk.get(f"/alert/{number}")
    database.unlink()
    answer = clerk.send(f"/alert/{number}/decide", act="acknowledge")
    assert answer.status == 503
    assert words().faults["other"] in answer.text
    assert not database.exists()


def test_each_fault_of_the_disk_has_its_sentence(database: Path, tmp_path: Path) -> None:
    def said(address: str, *statements: str) -> str:
        try:
            with clear_errors(database), closing(sqlite3.connect(address, uri=True, timeout=0)) as connection:
                for statement in statements:
                    connection.execute(statement)
        except StoreError as error:
            return fault_in_chinese(error)
        raise AssertionError("it was written")

    write = "INSERT INTO stale_texts VALUES (1000000)"
    file = database.as_uri()
    faults = words().faults
    assert said(f"{file}?mode=ro", write) == faults["SQLITE_READONLY"]
    assert said(f"{(tmp_path / 'none' / 'x.db').as_uri()}?mode=rw", write) == faults["SQLITE_CANTOPEN"]
    full = "CREATE TABLE full_up AS SELECT zeroblob(1000000) AS zeros"
    assert said(file, "PRAGMA max_page_count = 1", full) == faults["SQLITE_FULL"]
    assert fault_in_chinese(sqlite3.OperationalError("unheard of")) == faults["other"]
