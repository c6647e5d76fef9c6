"""Portals that are healthy for all their troubles, traps and lies: each has its own, and all its reports."""

from __future__ import annotations

import http.client
import time
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest

from gxcrawl.samples.portals import DEFAULT_DAY, Replica, Served, fault_replicas, serve
from gxcrawl.samples.portals.model import Request

Ask = Callable[..., Any]
LIST = "/zfxxgknb/"
SURVIVED = [
    replica.id
    for replica in fault_replicas()
    if replica.verdict == "healthy" and replica.entry and not replica.id.startswith("fault")
]


@pytest.fixture(scope="module")
def served() -> Iterator[Served]:
    with serve(fault_replicas()) as everything:
        yield everything


def online(replica: Replica) -> list[str]:
    assert replica.address
    return [replica.address(report) for report in replica.reports if report.at(DEFAULT_DAY)]


def lost(served: Served, name: str) -> str:
    """The address that stands in the list of a portal and is not among its truths."""
    whole, broken = served.replicas["robots-page"], served.replicas[name]
    (path,) = set(online(whole)) - set(online(broken))
    return path


@pytest.mark.parametrize("name", SURVIVED)
def test_the_truth_of_a_healthy_portal_is_in_its_lists(name: str) -> None:
    """Each of them asked three times, with a cookie: no trouble that passes lasts longer."""
    replica = next(one for one in fault_replicas() if one.id == name)

    def text(path: str) -> str:
        replies = [replica.respond(Request("GET", path, {"cookie": "CT6T=1"}), DEFAULT_DAY) for _ in range(3)]
        encoding = "gb18030" if "gb18030" in name else "utf-8"
        return replies[-1].body.decode(encoding)

    shown = text(LIST) + "".join(text(f"{LIST}index_{place}.html") for place in range(1, 8))
    assert all(f'"./{path.removeprefix(LIST)}"' in shown for path in online(replica))
    assert len(online(replica)) in {replica.lists[LIST].reports, replica.lists[LIST].reports - 1}


@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("trouble-500", 500),
        ("trouble-502", 502),
        ("trouble-429", 429),
        ("trouble-503", 503),
        ("trouble-503-date", 503),
    ],
)
def test_a_status_that_passes(name: str, status: int, ask: Ask) -> None:
    first, second = ask(name, f"{LIST}index_1.html"), ask(name, f"{LIST}index_1.html")
    assert (first.status, second.status) == (status, 200)
    told = first.headers.get("retry-after", "")
    assert told == {500: "", 502: "", 429: "2"}.get(status, told)
    assert told == "2" or told.endswith("GMT") or not told


@pytest.mark.parametrize(("name", "told"), [("soon", "soon"), ("minus", "-1"), ("a-day", "86400")])
def test_waiting_times_that_nobody_should_obey(name: str, told: str, served: Served, ask: Ask) -> None:
    path = lost(served, "trouble-503-a-day") if name == "a-day" else f"{LIST}index_1.html"
    assert ask(f"trouble-503-{name}", path).headers["retry-after"] == told
    assert ask(f"trouble-503-{name}", path).status == (503 if name == "a-day" else 200)


@pytest.mark.parametrize(
    ("name", "error"), [("trouble-reset", OSError), ("trouble-cut", http.client.IncompleteRead)]
)
def test_a_connection_that_breaks_once(name: str, error: type[Exception], ask: Ask) -> None:
    with pytest.raises(error):
        ask(name, f"{LIST}index_1.html")
    assert ask(name, f"{LIST}index_1.html").status == 200


def test_a_cookie_is_all_that_a_redirect_to_itself_wants(ask: Ask) -> None:
    first = ask("trouble-cookie", LIST)
    assert (first.status, first.headers["location"]) == (302, LIST)
    assert ask("trouble-cookie", LIST, Cookie=first.headers["set-cookie"].partition(";")[0]).status == 200


def test_a_loop_of_redirects(served: Served, ask: Ask) -> None:
    path = lost(served, "trouble-loop")
    assert ask("trouble-loop", path).headers["location"] == "/loop/"
    assert ask("trouble-loop", "/loop/").headers["location"] == path


def test_a_page_that_is_not_there_says_200(served: Served, ask: Ask) -> None:
    answer = ask("trouble-soft-404", lost(served, "trouble-soft-404"))
    assert answer.status == 200
    assert "页面不存在" in answer.text


def test_pages_that_are_no_article(served: Served, ask: Ask) -> None:
    assert ask("trouble-empty", lost(served, "trouble-empty")).body == b""
    assert "防火墙" in ask("trouble-firewall", lost(served, "trouble-firewall")).text
    away = ask("trouble-home-redirect", lost(served, "trouble-home-redirect"))
    assert (away.status, away.headers["location"]) == (302, "/index.html")
    assert "欢迎" in ask("trouble-home-redirect", "/index.html").text


def test_a_small_gzip_that_becomes_three_hundred_megabytes(served: Served, ask: Ask) -> None:
    answer = ask("trouble-bomb", lost(served, "trouble-bomb"))
    assert answer.headers["content-encoding"] == "gzip"
    assert len(answer.body) < 1_000_000
    unpacker, size, rest = zlib.decompressobj(wbits=31), 0, answer.body
    while rest:
        size += len(unpacker.decompress(rest, 8_000_000))
        rest = unpacker.unconsumed_tail
    assert unpacker.eof
    assert 290_000_000 < size < 320_000_000


def test_a_page_without_end(served: Served) -> None:
    connection = http.client.HTTPConnection(served.host("trouble-endless"), timeout=5)
    try:
        connection.request("GET", lost(served, "trouble-endless"))
        assert len(connection.getresponse().read(8_000_000)) == 8_000_000
    finally:
        connection.close()


@pytest.mark.parametrize("kind", ["foreign", "private", "metadata", "port", "file"])
def test_redirects_to_where_nobody_may_go(kind: str, served: Served, ask: Ask) -> None:
    name = f"trouble-{kind}-redirect"
    target = ask(name, lost(served, name)).headers["location"]
    assert not target.startswith(f"http://{served.host(name)}")


def test_a_page_instead_of_a_file(served: Served, ask: Ask) -> None:
    replica = served.replicas["trouble-captcha"]
    portal = served.replicas["robots-page"]  # the same reports, those among them that are files
    assert replica.address
    assert portal.address
    report = next(r for r in portal.reports if r.carrier == "row" and r.at(DEFAULT_DAY))
    answer = ask("trouble-captcha", portal.address(report))
    assert (answer.status, answer.headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert "验证码" in answer.text


def test_robots_of_many_kinds(ask: Ask) -> None:
    assert "Crawl-delay: 0.4" in ask("robots-delay", "/robots.txt").text
    assert ask("robots-page", "/robots.txt").headers["content-type"].startswith("text/html")
    assert ask("robots-403", "/robots.txt").status == 403
    assert ask("robots-500", "/robots.txt").status == 500


def test_links_that_lead_astray_stand_in_every_list(served: Served, ask: Ask) -> None:
    page = ask("trap-links", LIST).text
    for href in ("http://10.0.0.1/", "http://169.254.169.254/", "file:///", "ftp://", "http://[::1]/"):
        assert f'href="{href}' in page
    assert f'href="http://{served.host("trap-sink")}/nb.html"' in page
    replica = served.replicas["trap-links"]
    assert all("杜撰局" not in report.title for report in replica.reports)
    article = ask("trap-files", online(served.replicas["trap-files"])[0]).text
    assert article.count('<p>附件：<a href="') >= 12


def test_charsets_and_types_that_lie(ask: Ask) -> None:
    told = ask("trap-gb18030", LIST)
    assert told.headers["content-type"] == "text/html; charset=utf-8"
    assert "政府信息公开" in told.body.decode("gb18030")
    told = ask("trap-gb18030-meta", LIST)
    assert told.headers["content-type"] == "text/html"
    assert 'charset="gb2312"' in told.body.decode("gb18030")
    told = ask("trap-gb2312", LIST)
    assert told.headers["content-type"] == "text/html; charset=gb2312"
    assert '<meta charset="gb2312">' in told.text
    assert ask("trap-text-plain", LIST).headers["content-type"] == "text/plain"
    assert ask("trap-octet-stream", LIST).headers["content-type"] == "application/octet-stream"
    assert "content-type" not in ask("trap-no-type", LIST).headers


def test_names_of_files_that_are_paths(served: Served, ask: Ask) -> None:
    replica = served.replicas["trap-file-names"]
    assert replica.address
    reports = [r for r in replica.reports if r.carrier == "row" and r.at(DEFAULT_DAY)]
    assert reports
    for report in reports:
        assert ask("trap-file-names", replica.address(report)).headers["content-disposition"]
    report = next(r for r in served.replicas["trap-files-as-html"].reports if r.carrier == "row")
    answer = ask("trap-files-as-html", replica.address(report))
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert answer.body.startswith(b"%PDF")


def test_rows_that_come_twice_or_lead_nowhere(ask: Ask) -> None:
    pages = [ask("trap-duplicates", LIST).text, ask("trap-duplicates", f"{LIST}index_1.html").text]
    first = [page.partition('<a href="/')[2].partition('"')[0] for page in pages]
    assert first[0] == first[1] != ""
    assert pages[0].count(first[0].rpartition("/")[2]) >= 3
    assert 'href=""' in ask("trap-empty-href", LIST).text


def test_calendars_and_years_have_no_end(ask: Ask) -> None:
    target, months = LIST, []
    for _ in range(14):
        page = ask("trap-calendar", target).text
        target = LIST + page.partition("»")[0].rpartition('href="')[2].partition('"')[0]
        months.append(target)
    assert (months[0], months[7], len(set(months))) == (f"{LIST}?month=2026-06", f"{LIST}?month=2027-01", 14)
    target, years = LIST, []
    for _ in range(4):
        page = ask("trap-year-tabs", target).text
        target = page.partition('<div class="tab"><a href="')[2].partition('"')[0].replace("&amp;", "&")
        years.append(target)
    assert [len(one) for one in years] == sorted({len(one) for one in years})
    assert "t2022" in page
    assert "t2025" not in page.partition("u-list")[2].partition("</ul>")[0]


def test_new_rows_for_ever(ask: Ask) -> None:
    for place in (1, 50, 4_000):
        page = ask("trap-junk-pages", f"{LIST}index_{place}.html").text
        assert f"/tz/{place}-4.html" in page
        assert f"index_{place + 1}.html" in page


def test_faults_begin_anew_with_new_replicas() -> None:
    def asked() -> int:
        replica = next(one for one in fault_replicas() if one.id == "trouble-500")
        return replica.respond(Request("GET", f"{LIST}index_1.html", {}), DEFAULT_DAY).status

    assert asked() == asked() == 500


def test_faults_have_names_of_their_own_and_are_quick_to_make() -> None:
    start = time.monotonic()
    made = fault_replicas(seed=2, day=date(2026, 6, 1))
    assert time.monotonic() - start < 5
    assert max(Counter(replica.id for replica in made).values()) == 1
