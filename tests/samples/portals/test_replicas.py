"""Every replica, whatever CMS it plays: its reports are where it says, and gone when they are gone."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Callable
from datetime import date
from html import unescape
from typing import Any
from urllib.parse import unquote, urljoin

import pytest

from gxcrawl.samples.portals import DEFAULT_DAY, Replica, Request, Served, replicas

REPLICAS = replicas()
WITH_REPORTS = [
    replica for replica in REPLICAS if replica.address and replica.reports and replica.verdict == "healthy"
]


def answer(replica: Replica, path: str, day: date = DEFAULT_DAY) -> tuple[int, str, bytes]:
    reply = replica.respond(Request("GET", path, {"host": "here", "referer": "http://here/"}), day)
    return reply.status, dict(reply.headers).get("Content-Type", ""), reply.body


def test_every_replica_has_a_name_and_a_county_of_its_own() -> None:
    assert max(Counter(replica.id for replica in REPLICAS).values()) == 1
    names = Counter(replica.reports[0].organ.name for replica in WITH_REPORTS)
    assert max(names.values()) == 1


@pytest.mark.parametrize("replica", WITH_REPORTS, ids=lambda replica: replica.id)
def test_every_report_is_at_its_address_while_it_is_online(replica: Replica) -> None:
    assert replica.address
    addresses = [replica.address(report) for report in replica.reports]
    assert len(set(addresses)) == len(addresses)
    step = 1 + len(addresses) // 60
    for report, path in list(zip(replica.reports, addresses, strict=True))[::step]:
        status, kind, body = answer(replica, path)
        if report.at(DEFAULT_DAY) is None:
            assert status == 404
            continue
        assert status == 200
        if report.carrier == "row":
            assert body.startswith(b"%PDF")
        else:
            assert "html" in kind
            assert any(report.title[:4] in body.decode(code, "replace") for code in ("utf-8", "gb18030"))


@pytest.mark.parametrize("replica", WITH_REPORTS, ids=lambda replica: replica.id)
def test_nothing_is_there_before_its_day(replica: Replica) -> None:
    assert replica.address
    report = next(r for r in replica.reports if r.year == 2025 and not r.vanishes)
    assert answer(replica, replica.address(report), date(2025, 12, 31))[0] == 404
    assert answer(replica, replica.address(report), date(2026, 12, 31))[0] == 200


def test_the_entries_are_one_toml_file(served: Served) -> None:
    portals = tomllib.loads(served.entries())["portal"]
    assert [portal["id"] for portal in portals] == [r.id for r in REPLICAS if r.entry]
    for portal in portals:
        replica = served.replicas[portal["id"]]
        assert portal["family"] == replica.family
        assert portal["hosts"][0] == served.host(portal["id"])
        assert portal["delay"] == 0
        assert "{host" not in str(portal)


def test_robots_are_told(served: Served, ask: Callable[..., Any]) -> None:
    for name in ("ucap", "jpage-record", "jpage-page", "jpaas"):
        told = ask(name, "/robots.txt")
        assert told.text.startswith("User-agent: *")
    assert served.requests("ucap")[-1].target == "/robots.txt"


@pytest.mark.parametrize("name", ["ucap", "ucap-search", "ucap-blind", "jpage-record", "jpage-page", "jpaas"])
def test_files_of_an_article_can_be_fetched(name: str, served: Served, ask: Callable[..., Any]) -> None:
    """By the links that stand in its page."""
    replica = served.replicas[name]
    assert replica.address
    seen = set()
    for report in replica.reports:
        if report.carrier not in {"attachment", "viewer", "tables-as-images"} or not report.at(DEFAULT_DAY):
            continue
        path = replica.address(report)
        page = ask(name, path).text
        found = re.findall(
            r'(?:href="([^"]*(?:/files/|downfile|download\?)[^"]*)"|file=([^"]+)"|<img src="([^"]+t\d.png)")',
            page,
        )
        assert found
        for attachment, viewed, image in found:
            link = unescape(attachment or image) or unquote(viewed)
            got = ask(name, urljoin(path, link))
            assert (got.status, got.body[:2]) in {(200, b"PK"), (200, b"%P"), (200, b"\x89P")}
        seen.add(report.carrier)
    assert "attachment" in seen


def test_a_charset_that_lies(ask: Callable[..., Any]) -> None:
    for path in ("/nitixian/c106195/xlist.shtml", "/nitixian/c106194/xlist.shtml"):
        answer = ask("ucap-years", path)
        assert "charset=utf-8" in answer.headers["content-type"]
        assert 'charset="utf-8"' in answer.text
        assert (answer.text == answer.body.decode("utf-8", "replace")) == ("c106194" in path)


def test_details_are_known_again_and_change_with_their_report(ask: Callable[..., Any]) -> None:
    replica = next(replica for replica in REPLICAS if replica.id == "ucap")
    assert replica.address
    report = next(r for r in replica.reports if len(r.versions) == 2 and r.at(DEFAULT_DAY))
    path = replica.address(report)
    tag = ask("ucap", path).headers["etag"]
    assert ask("ucap", path, If_None_Match=tag).status == 304
    first, second = (answer(replica, path, version.since)[2] for version in report.versions)
    assert first != second
