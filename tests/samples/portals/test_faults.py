"""Every portal with a fault really has it, and has nothing else."""

from __future__ import annotations

import http.client
import re
import socket
import ssl
import tomllib
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest

from gxcrawl.samples.portals import DEFAULT_DAY, Replica, Served, fault_replicas, serve

Ask = Callable[..., Any]
LIST, SECOND = "/zfxxgknb/", "/zfxxgknb/zj/"
CLASSES = {
    *("dns", "refused", "timeout", "tls", "http-error", "blocked:瑞数", "blocked:jsl", "blocked:403"),
    *("robots", "moved", "listing-empty", "listing-incomplete", "listing-frozen", "layout-changed"),
    "hijacked",
}


@pytest.fixture(scope="module")
def served() -> Iterator[Served]:
    with serve(fault_replicas()) as everything:
        yield everything


def online(replica: Replica) -> list[str]:
    assert replica.address
    return [replica.address(report) for report in replica.reports if report.at(DEFAULT_DAY)]


def test_every_class_of_failure_but_the_unknown_start_has_a_portal(served: Served) -> None:
    every = served.replicas.values()
    assert {replica.failure for replica in every if replica.failure} == CLASSES
    for replica in every:
        assert replica.failure.startswith("blocked") or replica.verdict != "blocked"
        assert (replica.verdict == "healthy") == (not replica.failure)
        assert replica.verdict != "failed" or not replica.reports


def test_entries_are_one_toml_file_with_the_settings_of_each_fault(served: Served) -> None:
    portals = {portal["id"]: portal for portal in tomllib.loads(served.entries())["portal"]}
    assert set(portals) == {replica.id for replica in served.replicas.values() if replica.entry}
    assert portals["fault-dns"]["hosts"] == ["x.invalid"]
    assert portals["fault-dns"]["columns"][0]["url"].startswith("http://x.invalid/")
    assert portals["fault-tls"]["scheme"] == "https"
    assert portals["fault-tls"]["columns"][0]["url"].startswith("https://127.0.0.1:")
    for name, portal in portals.items():
        assert portal["family"] == served.replicas[name].family
        for column in portal["columns"]:
            assert urlsplit(column["url"]).netloc == portal["hosts"][0]


def test_nobody_listens_where_the_connection_is_refused(served: Served) -> None:
    host, _, port = tomllib.loads(served.entries("fault-refused"))["portal"][0]["hosts"][0].partition(":")
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection((host, int(port)), timeout=5)


def test_no_tls_is_spoken(served: Served) -> None:
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    host, _, port = served.host("fault-tls").partition(":")
    with socket.create_connection((host, int(port)), timeout=5) as plain, pytest.raises(ssl.SSLError):
        context.wrap_socket(plain)


@pytest.mark.parametrize(
    ("name", "status", "sign"),
    [
        ("fault-http-error", 500, ""),
        ("fault-ruishu", 412, '$_ts=window["$_ts"]'),
        ("fault-jsl", 521, "jsl_clearance_s"),
        ("fault-403", 403, "403 Forbidden"),
        ("fault-layout", 200, "中心"),
        ("fault-hijacked", 200, "投注"),
    ],
)
def test_what_comes_instead_of_a_list(name: str, status: int, sign: str, ask: Ask) -> None:
    answer = ask(name, LIST)
    assert answer.status == status
    assert sign in answer.text
    assert "u-list" not in answer.text


def test_all_is_moved_to_another_host(ask: Ask) -> None:
    answer = ask("fault-moved", LIST)
    assert (answer.status, answer.headers["location"]) == (301, "http://www.new-place.invalid/")


def test_robots_forbid_what_would_be_there(ask: Ask) -> None:
    assert ask("fault-robots", "/robots.txt").text.split() == ["User-agent:", "*", "Disallow:", "/"]
    assert "t20" in ask("fault-robots", LIST).text


def test_an_empty_list_is_a_list_without_rows(ask: Ask) -> None:
    page = ask("fault-listing-empty", LIST).text
    assert '<ul class="u-list"></ul>' in page
    assert "createPageHTML(0, 0," in page
    assert page.count("<li>") == 0


def test_a_portal_that_never_answers(served: Served) -> None:
    connection = http.client.HTTPConnection(served.host("fault-timeout"), timeout=0.3)
    try:
        connection.request("GET", LIST)
        with pytest.raises(TimeoutError):
            connection.getresponse()
    finally:
        connection.close()


@pytest.mark.parametrize("name", ["fault-hijacked", "fault-mirror"])
def test_another_site_code(name: str, served: Served, ask: Ask) -> None:
    code = tomllib.loads(served.entries(name))["portal"][0]["site_code"]
    page = ask(name, LIST).text
    assert code not in page
    assert 'name="SiteIDCode"' in page


@pytest.mark.parametrize(
    ("name", "readable"),
    [("fault-page-500", 2), ("fault-page-404", 2), ("fault-page-stub", 2), ("fault-frozen", 1)],
)
def test_one_of_two_lists_ends_too_soon(name: str, readable: int, served: Served, ask: Ask) -> None:
    replica = served.replicas[name]
    pages = [ask(name, SECOND + (f"index_{place}.html" if place else "")) for place in range(4)]
    told = re.search(r"createPageHTML\((\d+), 0", pages[0].text)
    assert told
    assert int(told[1]) >= 4
    shown = "".join(page.text for page in pages[:readable])
    below = [path for path in online(replica) if path.startswith(SECOND)]
    assert below
    assert all(path.removeprefix(SECOND) in shown for path in below)
    assert replica.lists[SECOND].reports == len(below)
    assert not replica.lists[SECOND].complete
    assert replica.lists["/zfxxgknb/bm/"].complete
    third = pages[2]
    expected = {"fault-page-500": 500, "fault-page-404": 404}.get(name, 200)
    assert third.status == expected
    assert (third.body == pages[0].body) == (name == "fault-frozen")


def test_a_list_is_whole_and_the_articles_are_not_to_be_had(served: Served, ask: Ask) -> None:
    replica = served.replicas["fault-details-ruishu"]
    assert replica.lists[LIST].complete
    links = re.findall(r'href="\./(\d+/t[^"]+)"', ask(replica.id, LIST).text)
    answers = [ask(replica.id, LIST + link) for link in links]
    assert {answer.status for answer in answers} <= {412, 200}
    assert any(answer.status == 412 for answer in answers)
    assert all(path.endswith((".pdf", ".docx")) for path in online(replica))


def test_a_list_shorter_than_its_entry_expects(served: Served) -> None:
    replica = served.replicas["fault-few-rows"]
    least = tomllib.loads(served.entries(replica.id))["portal"][0]["min_rows"]
    assert replica.lists[LIST].reports + len(replica.decoys) < least
